package spread

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// archive reads the cases of a file.
func archive(t testing.TB, name string) []txtar.File {
	t.Helper()
	a, err := txtar.ParseFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) == 0 {
		t.Fatalf("%s holds no cases", name)
	}
	return a.Files
}

// passage is the whole of an article of its own.
func passage(id, outlet, text string) retrieval.Passage {
	return retrieval.Passage{
		Seq: int64(len(id)), ArticleID: id, Outlet: outlet, Text: text, End: len(text),
		Published: time.Date(2026, time.March, 5, 0, 0, 0, 0, time.UTC),
	}
}

func hitsOf(passages ...retrieval.Passage) []retrieval.Hit {
	var hits []retrieval.Hit
	for i, p := range passages {
		hits = append(hits, retrieval.Hit{Passage: p, Score: 1 / float64(i+1)})
	}
	return hits
}

func TestCopies(t *testing.T) {
	for _, file := range archive(t, "copies.txtar") {
		t.Run(file.Name, func(t *testing.T) {
			want, a, b := pairOf(t, string(file.Data))
			hits := noted(hitsOf(a, b), retrieval.Query{})
			got := "apart"
			if len(hits) == 1 && len(hits[0].Copies) == 1 && hits[0].Copies[0] == b {
				got = "copy"
			}
			if got != want {
				t.Errorf("got %s, want %s; %d hits", got, want, len(hits))
			}
		})
	}
}

// pairOf reads a case.
func pairOf(t *testing.T, data string) (want string, a, b retrieval.Passage) {
	t.Helper()
	head, texts, _ := strings.Cut(data, "\n\n")
	one, other, ok := strings.Cut(texts, "\n----\n")
	if !ok {
		t.Fatal("the case has one text")
	}
	a, b = passage("a", "Harbour Herald", strings.TrimSpace(one)), passage("b2", "Radio Solana", strings.TrimSpace(other))
	want, rest, _ := strings.Cut(head, "\n")
	for line := range strings.Lines(rest) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch key {
		case "language":
			a.Language, b.Language = value, value
		case "published":
			first, second, _ := strings.Cut(value, ", ")
			a.Published, b.Published = date(t, first), date(t, second)
		}
	}
	return want, a, b
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

const lighthouse = "The lighthouse on the cape was sold to a painter who wants to live in it with forty cats and a goat."

// TestWhoseCopies: one text in two passages of an article is no copy, and one in
// two outlets is none where the question names both.
func TestWhoseCopies(t *testing.T) {
	a, b, c := passage("a", "Harbour Herald", lighthouse), passage("b2", "Radio Solana", lighthouse), passage("c33", "Radio Solana", lighthouse)
	again := a
	again.Start, again.End = 200, 300
	for name, test := range map[string]struct {
		q      retrieval.Query
		hits   []retrieval.Hit
		copies []int
	}{
		"no outlet named":      {retrieval.Query{}, hitsOf(a, b, c), []int{2}},
		"one outlet named":     {retrieval.Query{Outlets: []string{"Radio Solana"}}, hitsOf(b, c), []int{1}},
		"both outlets named":   {retrieval.Query{Outlets: []string{"Radio Solana", "Harbour Herald"}}, hitsOf(a, b, c), []int{0, 1}},
		"one article twice":    {retrieval.Query{}, hitsOf(a, again), []int{0, 0}},
		"an article and other": {retrieval.Query{}, hitsOf(a, again, b), []int{1, 0}},
		"nothing":              {retrieval.Query{}, nil, nil},
	} {
		hits := noted(test.hits, test.q)
		if len(hits) != len(test.copies) {
			t.Errorf("%s: %d hits, want %d", name, len(hits), len(test.copies))
			continue
		}
		for i, hit := range hits {
			if len(hit.Copies) != test.copies[i] {
				t.Errorf("%s: hit %d has %d copies, want %d", name, i+1, len(hit.Copies), test.copies[i])
			}
		}
	}
}

// TestForms: texts made by one form are no copies, however alike they are, and
// telling so does not take long.
func TestForms(t *testing.T) {
	if hits := noted(forms(60), retrieval.Query{}); len(hits) != 60 {
		t.Errorf("%d of 60 are left", len(hits))
	}
}

// forms are hits of articles that differ in names and numbers only.
func forms(n int) []retrieval.Hit {
	var passages []retrieval.Passage
	for i, a := range corpustest.Articles(n) {
		a.ID, a.Seq = a.URL, int64(i+1)
		passages = append(passages, retrieval.NewPassage(a, 0, len(a.Text)))
	}
	return hitsOf(passages...)
}

func BenchmarkForms(b *testing.B) {
	for _, n := range []int{20, 60} {
		hits := forms(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				noted(hits, retrieval.Query{})
			}
		})
	}
}

// TestRuns: however a text is set, its runs are the same.
func TestRuns(t *testing.T) {
	of := func(s string) text.Runs { words, _ := hashes(s); return text.RunsOf(words, runWords) }
	plain := of("the mayor's cat sat on 42 mats")
	for _, s := range []string{"The mayor’s cat\nsat – on 42 mats.", "«the MAYOR'S cat» sat, on (42) mats"} {
		if n := plain.Common(of(s)); n != len(plain) {
			t.Errorf("%q shares %d of %d runs", s, n, len(plain))
		}
	}
	for s, want := range map[string]int{"": 0, " … ": 0, "one": 1, "one two": 1, "one two three": 1, "one two three four": 2, "a a a a a a": 1, "他来了又走": 3} {
		if got := len(of(s)); got != want {
			t.Errorf("%q has %d runs, want %d", s, got, want)
		}
	}
}

func TestDateline(t *testing.T) {
	for s, want := range map[string]string{
		"OLDMARKET, Velmora (Coast Press) — Forty-one people": "Forty-one people",
		"(CPN) Forty-one people":                              "Forty-one people",
		"WESTHAVEN - Forty-one people":                        "Forty-one people",
		"The council met (again) on Monday":                   "The council met (again) on Monday",
		"Forty-one people — all of them — were hurt":          "Forty-one people — all of them — were hurt",
		"Nobody knows where the ferry was – until now.":       "Nobody knows where the ferry was – until now.",
		"": "",
		strings.Repeat("Long ", 20) + "— words": strings.Repeat("Long ", 20) + "— words",
		"渡轮 — 撞上了":                              "渡轮 — 撞上了",
	} {
		if got := s[dateline(s):]; got != want {
			t.Errorf("%q without its dateline is %q, want %q", s, got, want)
		}
	}
}
