package lexical

import (
	"context"
	"fmt"
	"slices"

	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	index "github.com/blevesearch/bleve_index_api"

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

func (x *Index) search(ctx context.Context, q retrieval.Query) (hits []retrieval.Hit, err error) {
	r, err := readerOf(x.bleve)
	if err != nil {
		return nil, err
	}
	defer closing(r, &err)
	t, err := newTally(r)
	if err != nil {
		return nil, err
	}
	defer t.end()
	if err := t.filters(ctx, q); err != nil {
		return nil, err
	}
	if err := t.add(ctx, x.words(q.Text)); err != nil {
		return nil, err
	}
	return x.best(t, q)
}

// best returns the best hits, as many as q wants. It looks further down where the
// hours of the question's dates did not let enough through; days were seen to.
func (x *Index) best(t *tally, q retrieval.Query) ([]retrieval.Hit, error) {
	want := q.Want()
	for n := want; ; n *= 4 {
		hits, err := x.named(t.reader, t.best(n), q)
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

// filters sets what q asks of outlet and day.
func (t *tally) filters(ctx context.Context, q retrieval.Query) error {
	if len(q.Outlets) > 0 {
		if err := t.filter(ctx, nameField, slices.Compact(slices.Sorted(slices.Values(q.Outlets)))); err != nil {
			return err
		}
	}
	first, last := days(q)
	if first == "" && last == "" {
		return nil
	}
	between, err := termsBetween(t.reader, dayField, first, last)
	if err != nil {
		return err
	}
	return t.filter(ctx, dayField, between)
}

// afterDays sorts after every day.
const afterDays = ":"

// termsBetween returns the terms of a field from first to last, both with it;
// empty is no bound.
func termsBetween(r index.IndexReader, field, first, last string) (terms []string, err error) {
	if last == "" {
		last = afterDays
	}
	dictionary, err := r.FieldDictRange(field, []byte(first), []byte(last))
	if err != nil {
		return nil, fmt.Errorf("lexical: %w", err)
	}
	defer closing(dictionary, &err)
	for {
		entry, err := dictionary.Next()
		if err != nil {
			return nil, fmt.Errorf("lexical: %w", err)
		}
		if entry == nil {
			return terms, nil
		}
		terms = append(terms, entry.Term)
	}
}

// days returns the first and the last day that q asks for, empty for no bound.
func days(q retrieval.Query) (first, last string) {
	if !q.From.IsZero() {
		first = day(q.From)
	}
	end := q.To
	if !q.AsOf.IsZero() && (end.IsZero() || q.AsOf.Before(end)) {
		end = q.AsOf
	}
	if !end.IsZero() {
		last = day(end)
	}
	return first, last
}
