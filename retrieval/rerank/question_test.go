package rerank

import (
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

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

func TestRead(t *testing.T) {
	r := New(quiet, nil, testVocabulary(t))
	for _, file := range archive(t, "read.txtar") {
		t.Run(file.Name, func(t *testing.T) {
			text, rest, _ := strings.Cut(string(file.Data), "\n")
			wants := map[string][]string{}
			for line := range strings.Lines(rest) {
				key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
				wants[key] = append(wants[key], strings.TrimSpace(value))
			}
			check(t, r, r.read(retrieval.Query{Text: text, Outlets: wants["outlet"]}), wants)
		})
	}
}

func check(t *testing.T, r *Retriever, q question, wants map[string][]string) {
	t.Helper()
	for _, pair := range wants["heavier"] {
		a, b, _ := strings.Cut(pair, " > ")
		if heavy, light := weightOf(t, r, q, a), weightOf(t, r, q, b); heavy <= light {
			t.Errorf("%q counts %.3f, %q %.3f", a, heavy, b, light)
		}
	}
	for _, word := range wants["not"] {
		if w := weightOf(t, r, q, word); w != 0 {
			t.Errorf("%q counts %.3f", word, w)
		}
	}
	if want, ok := wants["asks"]; ok && (q.figures != slices.Contains(want, "number") || q.quotes != slices.Contains(want, "words")) {
		t.Errorf("asks for a number: %v, for words: %v, want %q", q.figures, q.quotes, want)
	}
	var dates []string
	for _, s := range q.dates {
		dates = append(dates, s.from.Format(time.DateOnly)+" "+s.to.Format(time.DateOnly))
	}
	if !slices.Equal(dates, wants["date"]) {
		t.Errorf("dates %q, want %q", dates, wants["date"])
	}
	sum := 0.0
	for _, term := range q.terms {
		sum += term.weight
	}
	if len(q.terms) > 0 && (sum < .999 || sum > 1.001) {
		t.Errorf("the terms add up to %v", sum)
	}
}

// weightOf adds up what the pieces of a word count.
func weightOf(t *testing.T, r *Retriever, q question, word string) (sum float64) {
	t.Helper()
	tokens := r.vocabulary.AppendTokens(nil, word)
	for _, term := range q.terms {
		if slices.Contains(tokens, term.token) {
			sum += term.weight
		}
	}
	return sum
}

// TestLongQuestion holds the bound on a pasted page.
func TestLongQuestion(t *testing.T) {
	r := New(quiet, nil, testVocabulary(t))
	q := r.read(retrieval.Query{Text: strings.Repeat("Ferry drivers of Lindesund stopped work at dawn, "+
		"orchard growers lost cherries, a telescope photographed comets, engineers closed bridges, painters bought lighthouses, "+
		"bakers won prizes, choirs sang songs, wells ran dry, trams grew longer, museums reopened, lanterns hung along frozen canals, "+
		"villagers carried buckets, sailors repaired masts, teachers taught algebra, farmers sheared sheep, plumbers fixed pipes, glaciers melted, umbrellas vanished, pianos arrived. ", 50)})
	if len(q.terms) != mostTerms {
		t.Errorf("%d terms, want %d", len(q.terms), mostTerms)
	}
}

func TestNearness(t *testing.T) {
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	q := question{dates: []stretch{{day(2024, 3, 1), day(2024, 4, 1)}, {day(2019, 1, 1), day(2020, 1, 1)}}}
	for _, c := range []struct {
		published time.Time
		least     float64
		most      float64
	}{
		{day(2024, 3, 1), 1, 1},
		{day(2024, 3, 31), 1, 1},
		{day(2024, 4, 2), .9, 1},
		{day(2024, 2, 29), .9, 1},
		{day(2024, 6, 1), .01, .2},
		{day(2019, 6, 1), vague, vague},
		{day(2012, 6, 1), 0, .01},
		{time.Time{}, 0, 0},
	} {
		if got := q.nearness(c.published); got < c.least || got > c.most {
			t.Errorf("%v is %v near, want %v to %v", c.published, got, c.least, c.most)
		}
	}
	none := question{}
	if got := none.nearness(day(2024, 3, 1)); got != 0 {
		t.Errorf("without a date all are far, not %v", got)
	}
}
