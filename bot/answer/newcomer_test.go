package answer_test

import (
	"strings"
	"testing"
)

// TestNewcomer asks what somebody types who meets the bot for the first time, by
// the path that serves.
func TestNewcomer(t *testing.T) {
	h := sampleHouse(t)
	for _, set := range []struct {
		path  string
		floor int // a little under what is reached
	}{
		{"testdata/newcomer.txtar", 51},
		{"testdata/newcomer-fresh.txtar", 20},
	} {
		asked, right := map[string]int{}, map[string]int{}
		total, all := 0, 0
		for _, f := range cases(t, set.path) {
			want, _ := fields(f.Data)
			all++
			asked[want["kind"]]++
			a := h.converse(t, want)
			h.verbatim(t, a)
			if wrong := kindVerdict(t, a, want); len(wrong) > 0 {
				t.Logf("%s: %s\n\twrong: %s\n\t%s", f.Name, want["question"], strings.Join(wrong, "; "), told(t, a))
				continue
			}
			right[want["kind"]]++
			total++
		}
		for kind, n := range asked {
			t.Logf("%s: %d of %d", kind, right[kind], n)
		}
		t.Logf("%s: right: %d of %d", set.path, total, all)
		if total < set.floor {
			t.Errorf("%s: fewer are right than %d", set.path, set.floor)
		}
	}
}
