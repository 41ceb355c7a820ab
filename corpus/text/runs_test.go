package text

import (
	"hash/fnv"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// runsOf returns the runs of three words of s.
func runsOf(s string) Runs {
	var words []uint64
	for w := range strings.FieldsSeq(s) {
		h := fnv.New64a()
		h.Write([]byte(w))
		words = append(words, h.Sum64())
	}
	return RunsOf(words, 3)
}

func TestRuns(t *testing.T) {
	for _, c := range []struct {
		a, b           string
		in, of, common int // runs of a and of b, and of both
		share          float64
	}{
		{"", "", 0, 0, 0, 0},
		{"", "ferry", 0, 1, 0, 0},
		{"ferry", "ferry", 1, 1, 1, 1},
		{"the ferry", "ferry the", 1, 1, 0, 0},
		{"the ferry", "the ferry sails", 1, 1, 0, 0},
		{"the ferry sails at noon", "the ferry sails at noon", 3, 3, 3, 1},
		{"the ferry sails at noon", "noon at sails ferry the", 3, 3, 0, 0},
		{"the ferry sails at noon", "when the ferry sails at noon today", 3, 5, 3, 1},
		{"the ferry sails at noon", "the ferry sails at dawn", 3, 3, 2, 2. / 3},
		{"on and on and on and on", "on and on", 2, 1, 1, 1},
	} {
		a, b := runsOf(c.a), runsOf(c.b)
		if len(a) != c.in || len(b) != c.of || a.Common(b) != c.common || a.Share(b) != c.share {
			t.Errorf("%q and %q: %d and %d runs, %d of both, %.2f; want %d, %d, %d, %.2f",
				c.a, c.b, len(a), len(b), a.Common(b), a.Share(b), c.in, c.of, c.common, c.share)
		}
	}
}

// TestRunsAgree holds Common against the plain way, on words of which many repeat.
func TestRunsAgree(t *testing.T) {
	words := rapid.SliceOfN(rapid.Uint64Range(0, 3), 0, 40)
	rapid.Check(t, func(t *rapid.T) {
		a, b := RunsOf(words.Draw(t, "a"), 2), RunsOf(words.Draw(t, "b"), 2)
		if !slices.IsSorted(a) || len(slices.Compact(slices.Clone(a))) != len(a) {
			t.Fatalf("not sorted, or one twice: %v", a)
		}
		want := 0
		for _, run := range a {
			if slices.Contains(b, run) {
				want++
			}
		}
		if a.Common(b) != want || b.Common(a) != want || a.Share(b) != b.Share(a) {
			t.Fatalf("%d and %d common, want %d", a.Common(b), b.Common(a), want)
		}
	})
}
