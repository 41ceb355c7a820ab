package eval

import (
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

func TestHouse(t *testing.T) {
	lineOf := map[string]int{}
	n := 0
	for line := range strings.Lines(casesOf(t, "testdata/house.txtar")["houses"][""]) {
		n++
		labels := strings.Split(strings.TrimSpace(line), " | ")
		want := House(labels[0])
		if other, ok := lineOf[want]; ok || want == "" {
			t.Errorf("%q is of the house of line %d: %q", labels[0], other, want)
		}
		lineOf[want] = n
		for _, label := range labels {
			if got := House(label); got != want {
				t.Errorf("%q is of %q, %q of %q", label, got, labels[0], want)
			}
		}
	}
	if n < 5 {
		t.Errorf("%d lines", n)
	}
}

// outletAsked is a question for SNN's articles of 3 March, with passages of
// these outlets.
func outletAsked(q retrieval.Query, kind string, outlets ...string) Asked {
	a := Asked{Query: q, Question: multihop.Question{Type: kind, Evidence: []multihop.Evidence{
		{Outlet: "SNN (Web News)", Published: day(3)}}}}
	for _, o := range outlets {
		a.Passages = append(a.Passages, retrieval.Passage{Outlet: o})
	}
	return a
}

func day(n int) time.Time { return time.Date(2026, 3, n, 9, 0, 0, 0, time.UTC) }

func TestScope(t *testing.T) {
	none := retrieval.Query{}
	eleven := append(strings.Split(strings.Repeat("SNN,", 9)+"SNN", ","), "Lark")
	for name, c := range map[string]struct {
		asked Asked
		want  Scope
	}{
		"named":          {outletAsked(none, OutletQuery, "SNN (Web News)", "SNN - Opinion"), Scope{1, 0}},
		"another":        {outletAsked(none, OutletQuery, "SNN (Web News)", "Lark"), Scope{}},
		"the eleventh":   {outletAsked(none, OutletQuery, eleven...), Scope{1, 0}},
		"nothing found":  {outletAsked(none, OutletQuery), Scope{}},
		"not an outlet":  {outletAsked(none, "single_query", "SNN"), Scope{}},
		"right filters":  {outletAsked(retrieval.Query{Outlets: []string{"SNN (Web News)"}, From: day(1), To: day(9)}, OutletQuery, "SNN"), Scope{1, 0}},
		"wrong label":    {outletAsked(retrieval.Query{Outlets: []string{"SNN"}}, OutletQuery, "SNN"), Scope{1, 1}},
		"too late":       {outletAsked(retrieval.Query{From: day(4)}, "single_query", "SNN"), Scope{0, 1}},
		"too early":      {outletAsked(retrieval.Query{To: day(2)}, "temporal_query", "SNN"), Scope{0, 1}},
		"only preferred": {outletAsked(retrieval.Query{Preferred: []string{"Lark"}}, "single_query", "SNN"), Scope{}},
		"no answer":      {outletAsked(retrieval.Query{From: day(4)}, NullQuery, "SNN"), Scope{}},
	} {
		if got := ScopeOf([]Asked{c.asked}); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	both := outletAsked(retrieval.Query{Outlets: []string{"SNN (Web News)"}}, "comparison_query")
	both.Question.Evidence = append(both.Question.Evidence, multihop.Evidence{Outlet: "Lark", Published: day(3)})
	if got := ScopeOf([]Asked{both, both}); got != (Scope{0, 2}) {
		t.Errorf("one of two outlets: %+v", got)
	}
}
