package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// The whole path on the evaluation corpus: 5,312 articles, some 50,000
// passages. Run with
//
//	go test ./cmd/newsdesk -run '^$' -bench . -benchtime 1x
//
// They skip where ../shared is absent.

const (
	sharedCorpus    = "../../../shared/eval/corpus.json.gz"
	sharedQuestions = "../../../shared/eval/questions.json"
)

func shared(b *testing.B, path string) *os.File {
	b.Helper()
	f, err := os.Open(path)
	if err != nil {
		b.Skipf("skipped: needs %s: %v", path, err)
	}
	b.Cleanup(func() { f.Close() })
	return f
}

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
	if err := cmd.runIn(b.Context(), a, quiet(shared(b, sharedCorpus))); err != nil {
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

// The rate at which articles come in while questions are asked: 1,000 a minute.
const (
	arriving     = 1000
	arrivingIn   = time.Minute
	arrivingEach = time.Second
)

// BenchmarkRetrieveWhileAdding asks the retriever for ten passages, one question
// at a time, at rest and while articles come in, and reports the 99th percentile
// of both.
func BenchmarkRetrieveWhileAdding(b *testing.B) {
	articles, err := readArticles("corpus.json.gz", shared(b, sharedCorpus))
	if err != nil {
		b.Fatal(err)
	}
	questions := sharedTexts(b)
	for b.Loop() {
		b.StopTimer()
		a, x := openIndex(b, b.TempDir())
		if _, err := a.corpus.Add(b.Context(), articles[arriving:]); err != nil {
			b.Fatal(err)
		}
		if err := x.sync(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
		rest := timed(b, x.retriever, questions, time.After(arrivingIn/4))
		stop := make(chan time.Time)
		go func() {
			defer close(stop)
			arrive(b, a, x, articles[:arriving])
		}()
		adding := timed(b, x.retriever, questions, stop)
		b.ReportMetric(percentile(rest, 50), "ms/p50-rest")
		b.ReportMetric(percentile(rest, 99), "ms/p99-rest")
		b.ReportMetric(percentile(adding, 50), "ms/p50-adding")
		b.ReportMetric(percentile(adding, 99), "ms/p99-adding")
		if err := a.close(); err != nil {
			b.Fatal(err)
		}
	}
}

// arrive adds the articles over a minute, some every second.
func arrive(b *testing.B, a *app, x *search, articles []corpus.Article) {
	each := time.NewTicker(arrivingEach)
	defer each.Stop()
	for some := range slices.Chunk(articles, arriving*int(arrivingEach)/int(arrivingIn)+1) {
		<-each.C
		if _, err := a.corpus.Add(b.Context(), some); err != nil {
			b.Error(err)
		}
		if err := x.sync(b.Context(), nil); err != nil {
			b.Error(err)
		}
	}
}

// BenchmarkRetrieveAtOnce asks the retriever eight questions at once, and reports
// how many are answered in a second.
func BenchmarkRetrieveAtOnce(b *testing.B) {
	questions := sharedTexts(b)
	a := openBench(b, benchFolder(b))
	addShared(b, a)
	x, err := a.searching(b.Context(), quiet(bytes.NewReader(nil)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		var asking errgroup.Group
		asking.SetLimit(8)
		began := time.Now()
		for _, q := range questions {
			asking.Go(func() error {
				_, err := x.retriever.Retrieve(b.Context(), retrieval.Query{Text: q})
				return err
			})
		}
		if err := asking.Wait(); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(len(questions))/time.Since(began).Seconds(), "questions/s")
	}
	if err := a.close(); err != nil {
		b.Fatal(err)
	}
}

// timed asks the questions in turn until stop, and returns the times in ms.
func timed(b *testing.B, r retrieval.Retriever, questions []string, stop <-chan time.Time) []float64 {
	b.Helper()
	var took []float64
	for i := 0; ; i++ {
		select {
		case <-stop:
			slices.Sort(took)
			return took
		default:
		}
		began := time.Now()
		if _, err := r.Retrieve(b.Context(), retrieval.Query{Text: questions[i%len(questions)]}); err != nil {
			b.Fatal(err)
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
	}
}

// percentile of sorted times.
func percentile(sorted []float64, p int) float64 { return sorted[(len(sorted)-1)*p/100] }

func sharedTexts(b *testing.B) []string {
	b.Helper()
	var texts []string
	for q, err := range multihop.Questions(sharedQuestions, shared(b, sharedQuestions)) {
		if err != nil {
			b.Fatal(err)
		}
		texts = append(texts, q.Query)
	}
	return texts
}
