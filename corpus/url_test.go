package corpus_test

import (
	"os"
	"strings"
	"testing"

	"newsdesk/corpus"
)

func urlCases(tb testing.TB) []string {
	tb.Helper()
	data, err := os.ReadFile("testdata/urls.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var cases []string
	for line := range strings.SplitSeq(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			cases = append(cases, line)
		}
	}
	return cases
}

func TestCanonical(t *testing.T) {
	for _, line := range urlCases(t) {
		if address, want, ok := strings.Cut(line, " -> "); ok {
			if got, err := corpus.Canonical(address); err != nil || got != want {
				t.Errorf("%s became %s, %v; want %s", address, got, err, want)
			}
			continue
		}
		address, want, _ := strings.Cut(line, " ! ")
		if got, err := corpus.Canonical(address); err == nil || err.Error() != want {
			t.Errorf("%s became %q, %v; want the error %q", address, got, err, want)
		}
	}
}

func FuzzCanonical(f *testing.F) {
	for _, line := range urlCases(f) {
		address, _, _ := strings.Cut(line, " ")
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		once, err := corpus.Canonical(address)
		if err != nil {
			return
		}
		twice, err := corpus.Canonical(once)
		if err != nil || twice != once {
			t.Errorf("%q became %q and then %q, %v", address, once, twice, err)
		}
		if !strings.HasPrefix(once, "http://") && !strings.HasPrefix(once, "https://") {
			t.Errorf("%q became %q", address, once)
		}
	})
}
