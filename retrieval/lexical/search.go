package lexical

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/query"

	"newsdesk/retrieval"
)

// Retrieve implements retrieval.Retriever. Score is bleve's BM25, summed over
// words and fields. A passage without any of the question's words is no hit, and a
// question of stop words alone has none. Query.Preferred has no effect.
func (x *Index) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if err := ctx.Err(); err != nil {
		return retrieval.Result{}, err
	}
	x.table.mu.RLock()
	defer x.table.mu.RUnlock()
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

// search asks bleve for more until the cut is right: it must not fall among
// passages of one score, whose order is bleve's own, and the hours of the
// question's dates must have let enough through.
func (x *Index) search(ctx context.Context, q retrieval.Query) ([]retrieval.Hit, error) {
	want := q.Want()
	for n := want + 1; ; n *= 4 {
		request := bleve.NewSearchRequestOptions(x.queryOf(q), n, 0, false)
		result, err := x.bleve.SearchInContext(ctx, request)
		if err != nil {
			return nil, fmt.Errorf("lexical: %w", err)
		}
		hits, err := x.pass(result.Hits, q)
		if err != nil {
			return nil, err
		}
		whole := len(result.Hits) < n
		if whole || len(hits) >= want && hits[want-1].Score > rounded(result.Hits[n-1].Score) {
			return hits[:min(len(hits), want)], nil
		}
	}
}

// pass returns what the filters let through, in the order of a Result.
func (x *Index) pass(matches search.DocumentMatchCollection, q retrieval.Query) ([]retrieval.Hit, error) {
	hits := make([]retrieval.Hit, 0, len(matches))
	for _, match := range matches {
		p, err := x.table.passage(match.ID)
		if err != nil {
			return nil, err
		}
		if q.Matches(p.Outlet, p.Published) {
			hits = append(hits, retrieval.Hit{Passage: p, Score: rounded(match.Score)})
		}
	}
	slices.SortFunc(hits, func(a, b retrieval.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage.ID(), b.Passage.ID()))
	})
	return hits, nil
}

// rounded makes equal what differs only in the order in which bleve added up.
func rounded(score float64) float64 { return math.Round(score*1e6) / 1e6 }

// The weights of words in the three scored fields. A title stands before every
// passage of its article and counts less than the passage itself. Measured with
// 114 questions over 46,210 passages of an earlier cut (BenchmarkFigures of retrieval/hybrid), as
// Hits@10, Hits@4 and MRR of this index alone and of its fusion with dense:
// weights of 1, 1, 1 give .737 .491 .398 and .833 .640 .477, those below .825 .535
// .424 and .912 .640 .504; a query for each field with the same weights, as bleve's
// match queries make it, .781 .535 .408 and .851 .605 .480.
const (
	titleWeight  = .3
	outletWeight = 1
	textWeight   = 1
)

// mostWords bounds the work of a question: more different words than any
// question has, and few enough for a pasted page.
const mostWords = 64

// queryOf returns bleve's query: the words in any field, and the filters. Days
// are filtered here and hours by pass.
func (x *Index) queryOf(q retrieval.Query) query.Query {
	words := x.words(q.Text)
	filters := filtersOf(q)
	if len(filters) == 0 {
		return words
	}
	both := bleve.NewBooleanQuery()
	both.AddMust(words)
	both.AddFilter(bleve.NewConjunctionQuery(filters...))
	return both
}

// words is one flat list of words in fields: bleve multiplies a score by the
// share of a list that matches.
func (x *Index) words(text string) query.Query {
	var any []query.Query
	seen := map[string]bool{}
	for _, token := range x.bleve.Mapping().AnalyzerNamed(en.AnalyzerName).Analyze([]byte(text)) {
		word := string(token.Term)
		if seen[word] || len(seen) == mostWords {
			continue
		}
		seen[word] = true
		any = append(any, wordIn(titleField, word, titleWeight),
			wordIn(outletField, word, outletWeight), wordIn(textField, word, textWeight))
	}
	if len(any) == 0 {
		return bleve.NewMatchNoneQuery()
	}
	return bleve.NewDisjunctionQuery(any...)
}

func wordIn(field, word string, weight float64) query.Query {
	term := bleve.NewTermQuery(word)
	term.SetField(field)
	term.SetBoost(weight)
	return term
}

func filtersOf(q retrieval.Query) []query.Query {
	var filters []query.Query
	if len(q.Outlets) > 0 {
		var any []query.Query
		for _, outlet := range q.Outlets {
			name := bleve.NewTermQuery(outlet)
			name.SetField(nameField)
			any = append(any, name)
		}
		filters = append(filters, bleve.NewDisjunctionQuery(any...))
	}
	if first, last := days(q); first != "" || last != "" {
		inclusive := true
		between := bleve.NewTermRangeInclusiveQuery(first, last, &inclusive, &inclusive)
		between.SetField(dayField)
		filters = append(filters, between)
	}
	return filters
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
