package dense_test

import (
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// sharedArticles returns the evaluation's articles, or skips without them.
func sharedArticles(tb testing.TB) []corpus.Article {
	return corpustest.ReadShared(tb, corpustest.EvalArticles, multihop.Articles)
}

// sharedQuestions returns the evaluation's questions, each for 100 hits.
func sharedQuestions(tb testing.TB) []retrieval.Query {
	var questions []retrieval.Query
	for _, q := range corpustest.ReadShared(tb, corpustest.EvalQuestions, multihop.Questions) {
		questions = append(questions, retrieval.Query{Text: q.Query, Limit: 100})
	}
	return questions
}
