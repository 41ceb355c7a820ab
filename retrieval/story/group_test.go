package story

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

// TestGroupsHold: whatever comes, changes, leaves and is forgotten, each article is
// in one story, which knows it, and no identity is given twice.
func TestGroupsHold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := newGroups(&byNames)
		ever := map[int64]bool{}
		for step := range rapid.IntRange(1, 60).Draw(t, "steps") {
			id := fmt.Sprint(rapid.IntRange(0, 25).Draw(t, "article"))
			switch {
			case g.articles[id] == nil:
				g.add(drawn(t, id))
			case rapid.Bool().Draw(t, "leaves"):
				g.drop(id)
			default:
				g.replace(drawn(t, id))
			}
			check(t, g, ever)
			if step%20 == 19 {
				g.evict(8)
				check(t, g, ever)
			}
		}
	})
}

func drawn(t *rapid.T, id string) *reading {
	names := rapid.SliceOfN(rapid.SampledFrom([]string{"p", "q", "r", "s", "t", "u"}), 1, 4).Draw(t, "names")
	r := scripted(id, names...)
	r.published = corpustest.Now.AddDate(0, 0, rapid.IntRange(0, 30).Draw(t, "day"))
	return r
}

func check(t *rapid.T, g *groups, ever map[int64]bool) {
	placed := 0
	for id, s := range g.stories {
		placed += len(s.members)
		if s.id != id || len(s.members) == 0 || !slices.IsSortedFunc(s.members, readingOrder) {
			t.Fatalf("story %d holds %v", id, s)
		}
		for _, m := range s.members {
			if g.articles[m.id] != m || m.story != s {
				t.Fatalf("%s is not where it says", m.id)
			}
		}
	}
	if placed != len(g.articles) {
		t.Fatalf("%d articles in stories of %d", placed, len(g.articles))
	}
	for key, list := range g.postings {
		for _, r := range list {
			if g.articles[r.id] != r {
				t.Fatalf("%s is still found by %d", r.id, key)
			}
		}
	}
	touched, gone := g.taken()
	for _, id := range touched {
		if g.stories[id] == nil {
			t.Fatalf("story %d was touched and is not there", id)
		}
	}
	for id, into := range gone {
		if g.stories[id] != nil || into != 0 && g.stories[into] == nil || ever[id] {
			t.Fatalf("story %d went into %d", id, into)
		}
		ever[id] = true
	}
	for id := range g.stories {
		if ever[id] || id >= g.next {
			t.Fatalf("identity %d was given twice", id)
		}
	}
}

// TestWaited: what happened three weeks later is another story, in whatever words.
func TestWaited(t *testing.T) {
	for days, want := range map[int]map[int64]string{0: {1: "ab"}, 2: {1: "ab"}, 10: {1: "ab"}, 15: {1: "a", 2: "b"}, 21: {1: "a", 2: "b"}} {
		g := newGroups(&byNames)
		for i, id := range []string{"a", "b"} {
			r := scripted(id, "p", "q", "r")
			r.published = corpustest.Now.AddDate(0, 0, i*days)
			g.add(r)
		}
		if got := membersByID(g); !maps.Equal(got, want) {
			t.Errorf("%d days: %v", days, got)
		}
	}
}

// TestGoesOn: a story that goes on reaches as far as it does, day by day.
func TestGoesOn(t *testing.T) {
	g := newGroups(&byNames)
	for i := range 40 {
		r := scripted(fmt.Sprintf("%02d ", i), "p", "q", "r")
		r.published = corpustest.Now.AddDate(0, 0, i)
		g.add(r)
	}
	if len(g.stories) != 1 || len(g.stories[1].members) != 40 {
		t.Errorf("%v", membersByID(g))
	}
}

// TestLargeStory: one that is too large to be put together anew still grows.
func TestLargeStory(t *testing.T) {
	g := newGroups(&byNames)
	for i := range 3 * regionSize {
		g.add(scripted(fmt.Sprintf("%04d", i), "p", "q", "r"))
	}
	g.add(scripted("x", "y", "z"))
	if len(g.stories) != 2 {
		t.Errorf("%d stories", len(g.stories))
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Quake in Dunmar", "DUNMAR (Reuters) - Eleven people died on March 3, 2026, a Tuesday.", "By A. Miller, AP", "en")
	f.Add("", "„Nein“, sagte er. 3.000 Menschen \xff kamen.", "dpa", "de")
	f.Add("地震", "三月三日，十一人死亡。", "", "zh")
	f.Fuzz(func(t *testing.T, title, body, author, language string) {
		a := corpus.Article{ID: "a", Outlet: "Coast Herald", Title: title, Text: body, Author: author, Language: language}
		r := read(a, func(string) float32 { return .01 })
		g := newGroups(&learnt)
		g.add(r)
		if lead := leadOf(a); len(lead) > leadBytes {
			t.Errorf("a lead of %d bytes", len(lead))
		}
		if o := Origins([]corpus.Article{a}); len(o) != 1 || len(o[0].Outlets) != 1 || o[0].Label == "" {
			t.Errorf("origins %+v", o)
		}
		for _, fact := range Facts(nil, a) {
			if strings.TrimSpace(fact.In(body)) == "" {
				t.Errorf("a fact without words: %+v", fact)
			}
		}
		if facts := Facts([]corpus.Article{a}, a); facts != nil {
			t.Errorf("news after itself: %+v of %q", facts, body)
		}
	})
}

// TestSymmetric: the odds of two articles do not depend on which comes first.
func TestSymmetric(t *testing.T) {
	texts := labelled(t)[:60]
	readings := readAll(t, texts)
	f := newFrequencies()
	for _, r := range readings {
		f.weigh(r)
	}
	for i, a := range readings {
		for _, b := range readings[:i] {
			if x, y := learnt.odds(a, b), learnt.odds(b, a); x != y {
				t.Fatalf("%s and %s: %v, %v", a.id, b.id, x, y)
			}
		}
	}
}
