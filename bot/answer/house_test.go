package answer_test

import (
	"context"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/answer"
	"newsdesk/bot/extract"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/hybrid"
	"newsdesk/retrieval/indexer"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/rerank"
	"newsdesk/retrieval/spread"
	"newsdesk/retrieval/static"
)

// house is the whole path from articles to answers, with every part the one
// that serves.
type house struct {
	corpus    *corpus.Corpus
	retriever retrieval.Retriever
	builtin   bot.Generator
	answerer  *answer.Answerer
}

// build returns a house over the articles.
func build(t testing.TB, articles []corpus.Article) house {
	t.Helper()
	c := corpustest.Open(t)
	if _, err := c.Add(context.Background(), articles); err != nil {
		t.Fatal(err)
	}
	return buildOn(t, c)
}

// buildOn returns a house over the articles of c.
func buildOn(t testing.TB, c *corpus.Corpus) house {
	t.Helper()
	embedder, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	h := house{corpus: c, builtin: extract.New(embedder)}
	words, err := lexical.Open(slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "words"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := words.Close(); err != nil {
			t.Error(err)
		}
	})
	vectors := dense.New(slog.New(slog.DiscardHandler), embedder)
	h.index(t, words)
	h.index(t, vectors)
	fused := hybrid.New(slog.New(slog.DiscardHandler), h.corpus,
		hybrid.Part{Name: dense.Name, Retriever: vectors}, hybrid.Part{Name: lexical.Name, Retriever: words})
	h.retriever = spread.New(slog.New(slog.DiscardHandler), rerank.New(slog.New(slog.DiscardHandler), fused, embedder))
	h.answerer = answer.New(slog.New(slog.DiscardHandler), h.corpus, h.retriever, h.builtin, nil)
	return h
}

// index brings an index up to the end of the corpus.
func (h house) index(t testing.TB, x retrieval.Index) {
	t.Helper()
	i := indexer.New(slog.New(slog.DiscardHandler), h.corpus, chunk.Passages, x)
	if err := i.Sync(context.Background(), func(int64, int64) {}); err != nil {
		t.Fatal(err)
	}
}

// ask asks the built-in generator.
func (h house) ask(t testing.TB, question string, now time.Time) bot.Answer {
	t.Helper()
	a, err := h.answerer.Answer(context.Background(), bot.Question{Text: question, Now: now})
	if err != nil {
		t.Fatalf("%s: %v", question, err)
	}
	return a
}

// verbatim fails the test unless every quote is exactly what its article holds,
// within the bounds of a quote.
func (h house) verbatim(t testing.TB, a bot.Answer) {
	t.Helper()
	for _, c := range a.Citations {
		stored, err := h.corpus.BySeqs(context.Background(), []int64{c.Passage.Seq})
		if err != nil {
			t.Fatal(err)
		}
		text := stored[c.Passage.Seq].Text
		if c.Start < 0 || c.End > len(text) || text[c.Start:c.End] != c.Quote || c.Quote == "" {
			t.Errorf("quote %d of %s is not what the article holds: %q", c.N, c.Passage.ID(), c.Quote)
		}
		if n := len(strings.Fields(c.Quote)); n > 60 {
			t.Errorf("quote %d has %d words", c.N, n)
		}
	}
}

// fields reads the "key: value" lines at the head of a case; rest is what
// follows them.
func fields(data []byte) (values map[string]string, rest string) {
	values, rest = map[string]string{}, string(data)
	for {
		line, after, _ := strings.Cut(rest, "\n")
		key, value, ok := strings.Cut(line, ": ")
		if !ok {
			return values, strings.TrimSpace(rest)
		}
		values[key], rest = strings.TrimSpace(value), after
	}
}

// cases reads the files of an archive.
func cases(t testing.TB, path string) []txtar.File {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return archive.Files
}
