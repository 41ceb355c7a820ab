package extract

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/hybrid/hybridtest"
	"newsdesk/retrieval/rerank"
	"newsdesk/retrieval/scope"
	"newsdesk/retrieval/spread"
)

// shown is the number of passages that bot/answer shows to a generator.
const shown = 12

// evaluated is after the newest article of the evaluation.
var evaluated = time.Date(2020, time.July, 15, 0, 0, 0, 0, time.UTC)

// openShared returns what finds passages for a question of the evaluation, stacked
// as it serves.
func openShared(tb testing.TB) func(question string) []retrieval.Passage {
	tb.Helper()
	e := hybridtest.OpenEvaluation(tb)
	quiet := slog.New(slog.DiscardHandler)
	top := spread.New(quiet, rerank.New(quiet, e.Retriever, e.Embedder))
	outlets, err := e.Corpus.Outlets(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	return func(question string) []retrieval.Passage {
		query := scope.Read(question, evaluated, outlets)
		query.Limit = shown
		result, err := top.Retrieve(context.Background(), query)
		if err != nil {
			tb.Fatal(err)
		}
		if len(result.Widened) > 0 {
			return nil // the product refuses what only wider filters find
		}
		var list []retrieval.Passage
		for _, hit := range result.Hits {
			list = append(list, hit.Passage)
		}
		return list
	}
}

// covers returns the share of a fact's words that is in the text.
func covers(text, fact string) float64 {
	in := map[string]bool{}
	for _, w := range english.Words(text) {
		in[w.Norm] = true
	}
	var held, all float64
	for _, w := range english.Words(fact) {
		all++
		if in[w.Norm] {
			held++
		}
	}
	return held / max(all, 1)
}

// holdsFact reports whether half or more of a gold fact is in a stretch of its
// article, which is what eval answers counts.
func holdsFact(q *multihop.Question, p retrieval.Passage, stretch string) bool {
	return slices.ContainsFunc(q.Evidence, func(e multihop.Evidence) bool {
		return e.URL == p.URL && covers(stretch, e.Fact) >= .5
	})
}

// sharedExamples are the questions of the evaluation; those of one fact or one
// outlet once more without it, as others are answered by more than their facts.
func sharedExamples(tb testing.TB, g *Generator) []*example {
	find := openShared(tb)
	random := rand.New(rand.NewPCG(8, 0))
	var list []*example
	for _, q := range corpustest.ReadShared(tb, corpustest.EvalQuestions, multihop.Questions) {
		holds := func(p retrieval.Passage, s string) bool { return holdsFact(&q, p, s) }
		x := &example{question: q.Query, passages: find(q.Query), labelled: &q, answerable: q.Type != eval.NullQuery, fold: random.IntN(folds)}
		x.see(g, holds)
		list = append(list, x)
		if q.Type == "single_query" || q.Type == "outlet_query" {
			list = append(list, x.without(g, holds))
		}
	}
	return list
}
