package corpustest

import (
	"io"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus"
)

// SharedPath returns the path of a file of ../shared ("eval/corpus.json.gz"), which
// lies beside the repository and is no part of it. It skips the test where it is not
// there.
func SharedPath(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join(repository(t), "..", "shared", filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Skipf("skipped: needs ../shared/%s beside the repository: %v", name, err)
	}
	return path
}

// repository is the folder with go.mod: a test runs in that of its package.
func repository(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			t.Fatal("corpustest: the test does not run inside the repository")
		}
		dir = above
	}
}

// Shared opens a file of ../shared, or skips the test as [SharedPath] does. It is
// closed when the test ends.
func Shared(t testing.TB, name string) *os.File {
	t.Helper()
	file, err := os.Open(SharedPath(t, name))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { file.Close() })
	return file
}

// ReadShared returns what a reader, multihop.Articles or multihop.Questions, makes of
// a file of ../shared; it skips the test as [SharedPath] does.
func ReadShared[T any](t testing.TB, name string, read func(string, io.Reader) iter.Seq2[T, error]) []T {
	t.Helper()
	var all []T
	for one, err := range read(filepath.Base(name), Shared(t, name)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

// The files of the evaluation.
const (
	// EvalArticles are 5,312 articles, for multihop.Articles.
	EvalArticles = "eval/corpus.json.gz"
	// EvalQuestions are questions on them, 18 of which they do not answer, for
	// multihop.Questions.
	EvalQuestions = "eval/questions.json"
	// EvalStories are texts with the events that they report.
	EvalStories = "eval/stories.json"
	// EvalCitations are sentences with the passages that hold them or do not.
	EvalCitations = "eval/citations.json"
)

// Fill adds articles to c, a few hundred in a transaction, as many as there are.
func Fill(t testing.TB, c *corpus.Corpus, articles []corpus.Article) {
	t.Helper()
	for some := range slices.Chunk(articles, 500) {
		if _, err := c.Add(t.Context(), some); err != nil {
			t.Fatal(err)
		}
	}
}

// Fetched returns a corpus to which each article was added at the moment at which it
// says to have been fetched.
func Fetched(t testing.TB, articles []corpus.Article) *corpus.Corpus {
	t.Helper()
	now := time.Time{}
	c := at(t, Store(t), func() time.Time { return now })
	for _, a := range articles {
		now = a.Fetched
		if _, err := c.Add(t.Context(), []corpus.Article{a}); err != nil {
			t.Fatal(err)
		}
	}
	return c
}
