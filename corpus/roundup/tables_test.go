package roundup

import (
	"os"
	"strings"
	"testing"
	"time"
)

// rows returns the lines of a file of testdata, cut in two at sep.
func rows(t *testing.T, name, sep string) [][2]string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all [][2]string
	for l := range strings.Lines(string(data)) {
		l = strings.TrimSpace(l)
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		left, right, ok := strings.Cut(l, sep)
		if !ok {
			t.Fatalf("%s: %q has no %q", name, l, sep)
		}
		all = append(all, [2]string{left, right})
	}
	if len(all) < 10 {
		t.Fatalf("%s: %d rows", name, len(all))
	}
	return all
}

func TestOutletName(t *testing.T) {
	for _, r := range rows(t, "outlets.txt", " | ") {
		if got := outletName(r[0]); got != r[1] {
			t.Errorf("outletName(%q) = %q, want %q", r[0], got, r[1])
		}
	}
}

func TestReadDate(t *testing.T) {
	for _, r := range rows(t, "dates.txt", " | ") {
		at, reason := readDate(r[0])
		got := reason
		if reason == "" {
			got = at.Truncate(time.Second).Format(time.RFC3339)
		}
		if got != r[1] {
			t.Errorf("readDate(%q) = %s, want %s", r[0], got, r[1])
		}
	}
}

func TestMarkOf(t *testing.T) {
	names := map[mark]string{unmarked: "text", ends: "ends", related: "related", furniture: "furniture"}
	for _, r := range rows(t, "lines.txt", " ") {
		if got := names[markOf(r[1])]; got != r[0] {
			t.Errorf("markOf(%q) is %s, want %s", r[1], got, r[0])
		}
	}
}

func TestCutDateline(t *testing.T) {
	for _, r := range rows(t, "datelines.txt", " | ") {
		if got := cutDateline(r[0]); got != r[1] {
			t.Errorf("cutDateline(%q) = %q, want %q", r[0], got, r[1])
		}
	}
}
