package lexical

import (
	"context"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"

	"newsdesk/retrieval"
)

// Retrieve implements retrieval.Retriever. Score is BM25F over title, outlet and
// text. A passage without any of the question's words is no hit, and a question
// of stop words alone has none. Query.Preferred has no effect.
func (x *Index) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if err := ctx.Err(); err != nil {
		return retrieval.Result{}, err
	}
	x.table.mu.RLock()
	defer x.table.mu.RUnlock()
	if x.closed {
		return retrieval.Result{}, errClosed
	}
	hits, err := x.search(ctx, q)
	if ctx.Err() != nil {
		return retrieval.Result{}, ctx.Err()
	}
	if err != nil {
		return retrieval.Result{}, err
	}
	for i := range hits {
		hits[i].Places = map[string]retrieval.Place{Name: {Rank: i + 1, Score: hits[i].Score}}
	}
	return retrieval.Result{Hits: hits, Query: q}, nil
}

// search works on the view that is current; table.mu is held.
func (x *Index) search(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	v, err := x.viewed()
	if err != nil {
		return nil, err
	}
	let, err := v.filter(ctx, q)
	if err != nil {
		return nil, err
	}
	t := newTally()
	defer t.end()
	words := x.words(q.Text)
	for _, word := range words {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		l, err := v.list(ctx, word)
		if err != nil {
			return nil, err
		}
		t.addList(l, let, 1/float64(len(words)))
	}
	t.weigh()
	return x.best(v, t, q)
}

// best returns the best hits, as many as q wants. It looks further down where the
// hours of the question's dates did not let enough through; days were seen to.
func (x *Index) best(v *view, t *tally, q retrieval.Query) ([]retrieval.Hit, error) {
	want := q.Want()
	for n := want; ; n *= 4 {
		hits, err := x.named(v.reader, t.best(n), q)
		if err != nil {
			return nil, err
		}
		if len(hits) >= want || n >= len(t.found) {
			return hits[:min(len(hits), want)], nil
		}
	}
}

// mostWords bounds the work of a question: more different words than any
// question has, and few enough for a pasted page.
const mostWords = 64

// words returns the different words of a question, as the fields hold them.
func (x *Index) words(text string) []string {
	var words []string
	seen := map[string]bool{}
	for _, token := range x.bleve.Mapping().AnalyzerNamed(en.AnalyzerName).Analyze([]byte(text)) {
		word := string(token.Term)
		if seen[word] || len(words) == mostWords {
			continue
		}
		seen[word] = true
		words = append(words, word)
	}
	return words
}
