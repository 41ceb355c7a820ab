package dense_test

import (
	"io"
	"iter"
	"os"
	"path/filepath"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// sharedArticles returns the evaluation's articles, or skips without them.
func sharedArticles(tb testing.TB) []corpus.Article {
	return readShared(tb, "corpus.json.gz", multihop.Articles)
}

// sharedQuestions returns the evaluation's questions, each for 100 hits.
func sharedQuestions(tb testing.TB) []retrieval.Query {
	var questions []retrieval.Query
	for _, q := range readShared(tb, "questions.json", multihop.Questions) {
		questions = append(questions, retrieval.Query{Text: q.Query, Limit: 100})
	}
	return questions
}

func readShared[T any](tb testing.TB, name string, read func(string, io.Reader) iter.Seq2[T, error]) []T {
	tb.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "eval", name))
	if err != nil {
		tb.Skipf("needs the evaluation data: %v", err)
	}
	defer file.Close()
	var all []T
	for one, err := range read(name, file) {
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}
