package spread

import (
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/static"
)

// TestLatest asks the questions of testdata/latest.txtar of the stack that serves,
// with the built-in embedder.
func TestLatest(t *testing.T) {
	var stored []corpus.Article
	names := map[string]string{}
	files := archive(t, "latest.txtar")
	for _, f := range files {
		if !strings.HasPrefix(f.Name, "ask-") {
			a := articleOf(t, f.Name, string(f.Data))
			stored, names[a.Title+a.Outlet] = append(stored, a), f.Name
		}
	}
	embedder, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	r := New(quiet, stack(t, stored, embedder))
	for _, f := range files {
		if !strings.HasPrefix(f.Name, "ask-") {
			continue
		}
		t.Run(f.Name, func(t *testing.T) {
			q := retrieval.Query{Latest: true}
			var checks []string
			for line := range strings.Lines(string(f.Data)) {
				key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
				switch key {
				case "text":
					q.Text = value
				case "latest":
					q.Latest = value == "yes"
				default:
					checks = append(checks, key+": "+value)
				}
			}
			result, err := r.Retrieve(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			at := map[string]int{}
			for i, hit := range result.Hits {
				name := names[hit.Passage.Title+hit.Passage.Outlet]
				at[name] = i + 1
				t.Logf("%d %s %v", i+1, name, hit.Places)
			}
			for _, c := range checks {
				if !holdsOrder(at, c) {
					t.Errorf("%s does not hold", c)
				}
			}
		})
	}
}

// holdsOrder checks "first: a" and "before: a > b" against the places of names.
func holdsOrder(at map[string]int, check string) bool {
	key, value, _ := strings.Cut(check, ": ")
	if key == "first" {
		return at[value] == 1
	}
	a, b, _ := strings.Cut(value, " > ")
	return at[a] > 0 && (at[b] == 0 || at[a] < at[b])
}

func articleOf(t *testing.T, name, data string) corpus.Article {
	t.Helper()
	head, text, _ := strings.Cut(data, "\n")
	parts := strings.SplitN(head, ", ", 3)
	published := date(t, parts[1])
	return corpus.Article{
		Outlet: parts[0], Title: parts[2], Text: strings.TrimSpace(text), URL: "https://news.example/" + name,
		Published: published, Fetched: published,
	}
}

// TestRatios: the scores of a retriever may be of any scale; a hit that it did not
// find has none.
func TestRatios(t *testing.T) {
	for name, c := range map[string]struct{ scores, want []float64 }{
		"positive":      {[]float64{.2, .1, .05}, []float64{1, .5, .25}},
		"large":         {[]float64{200, 100}, []float64{1, .5}},
		"with negative": {[]float64{3, 1, -1}, []float64{1, .5, 0}},
		"all negative":  {[]float64{-1, -2, -3}, []float64{1, .5, 0}},
		"all equal":     {[]float64{-4, -4}, []float64{1, 1}},
		"all zero":      {[]float64{0, 0}, []float64{1, 1}},
		"one":           {[]float64{7}, []float64{1}},
		"none":          {nil, nil},
	} {
		var hits []retrieval.Hit
		for _, s := range c.scores {
			hits = append(hits, retrieval.Hit{Places: map[string]retrieval.Place{"x": {Score: s}}})
		}
		for i, got := range ratios(append(hits, retrieval.Hit{}), "x") {
			if i == len(hits) {
				c.want = append(c.want, 0)
			}
			if d := got - c.want[i]; d > 1e-9 || d < -1e-9 {
				t.Errorf("%s: hit %d has %v, want %v", name, i+1, got, c.want[i])
			}
		}
	}
}
