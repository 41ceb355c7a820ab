package main

import (
	"bytes"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
)

// The whole path on the evaluation corpus: 5,312 articles, some 50,000
// passages. Run with
//
//	go test ./cmd/newsdesk -run '^$' -bench . -benchtime 1x
//
// They skip where ../shared is absent.

func quiet(in io.Reader) *streams {
	return &streams{In: in, Out: io.Discard, Err: io.Discard}
}

func openBench(b *testing.B, f *folder) *app {
	b.Helper()
	a, err := openApp(b.Context(), slog.New(slog.DiscardHandler), f, settings{})
	if err != nil {
		b.Fatal(err)
	}
	return a
}

func addShared(b *testing.B, a *app) {
	b.Helper()
	cmd := addCmd{Name: "corpus.json.gz"}
	if err := cmd.runIn(b.Context(), a, quiet(corpustest.Shared(b, corpustest.EvalArticles))); err != nil {
		b.Fatal(err)
	}
}

func benchFolder(b *testing.B) *folder {
	b.Helper()
	f, err := newFolder(filepath.Join(b.TempDir(), "data"))
	if err != nil {
		b.Fatal(err)
	}
	return f
}

// BenchmarkAdd is "newsdesk add" of the evaluation corpus into an empty folder,
// from file to searchable.
func BenchmarkAdd(b *testing.B) {
	for b.Loop() {
		a := openBench(b, benchFolder(b))
		addShared(b, a)
		if err := a.close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRestart is from opening the folder to the first answer.
func BenchmarkRestart(b *testing.B) {
	f := benchFolder(b)
	a := openBench(b, f)
	addShared(b, a)
	if err := a.close(); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		a := openBench(b, f)
		ask(b, a, "Who was nominated for the Federal Reserve board?")
		if err := a.close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAsk is from a question to its checked answer, over all evaluation
// questions one after the other; it reports the median and the 99th percentile.
func BenchmarkAsk(b *testing.B) {
	questions := sharedTexts(b)
	a := openBench(b, benchFolder(b))
	addShared(b, a)
	ask(b, a, questions[0])
	var took []float64
	for b.Loop() {
		for _, q := range questions {
			began := time.Now()
			ask(b, a, q)
			took = append(took, float64(time.Since(began).Microseconds())/1000)
		}
	}
	slices.Sort(took)
	b.ReportMetric(percentile(took, 50), "ms/p50")
	b.ReportMetric(percentile(took, 99), "ms/p99")
	if err := a.close(); err != nil {
		b.Fatal(err)
	}
}

func ask(b *testing.B, a *app, question string) {
	b.Helper()
	answerer, err := a.answerer(b.Context(), quiet(bytes.NewReader(nil)))
	if err != nil {
		b.Fatal(err)
	}
	if _, err := answerer.Answer(b.Context(), bot.Question{Text: question, Now: time.Date(2020, 7, 31, 12, 0, 0, 0, time.UTC)}); err != nil {
		b.Fatal(err)
	}
}

func sharedTexts(b *testing.B) []string {
	b.Helper()
	var texts []string
	for _, q := range corpustest.ReadShared(b, corpustest.EvalQuestions, multihop.Questions) {
		texts = append(texts, q.Query)
	}
	return texts
}
