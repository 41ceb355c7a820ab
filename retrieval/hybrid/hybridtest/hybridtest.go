// Package hybridtest builds the stack that serves below a second look, for the tests
// of whoever stands on top of it.
//
// # Design
//
// What stacks the retrievers of the product is package main's, which nobody may
// import; [Fused] is the same for tests: real indexes, filled by the real indexer,
// fused. [OpenEvaluation] has it over the evaluation's articles, as they are served;
// the tests that ask it for figures skip where those are not there.
package hybridtest

import (
	"log/slog"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/hybrid"
	"newsdesk/retrieval/indexer"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/static"
)

// Fused returns the fusion of a dense and a lexical index over the articles of c, cut
// into passages by cut and embedded by e. It is closed when the test ends.
func Fused(t testing.TB, c *corpus.Corpus, cut func(corpus.Article) []retrieval.Passage, e retrieval.Embedder) retrieval.Retriever {
	t.Helper()
	quiet := slog.New(slog.DiscardHandler)
	words, err := lexical.Open(quiet, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { words.Close() })
	vectors := dense.New(quiet, e)
	for _, index := range []retrieval.Index{words, vectors} {
		if err := indexer.New(quiet, c, cut, index).Sync(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	return hybrid.New(quiet, c, hybrid.Part{Name: dense.Name, Retriever: vectors}, hybrid.Part{Name: lexical.Name, Retriever: words})
}

// Evaluation is the fusion over the evaluation's articles.
type Evaluation struct {
	Corpus    *corpus.Corpus
	Embedder  *static.Embedder
	Retriever retrieval.Retriever
}

// OpenEvaluation reads and indexes the evaluation's articles, which takes some ten
// seconds, or skips the test where they are not there.
func OpenEvaluation(t testing.TB) Evaluation {
	t.Helper()
	articles := corpustest.ReadShared(t, corpustest.EvalArticles, multihop.Articles)
	c := corpustest.Open(t)
	corpustest.Fill(t, c, articles)
	embedder, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	return Evaluation{Corpus: c, Embedder: embedder, Retriever: Fused(t, c, chunk.Passages, embedder)}
}
