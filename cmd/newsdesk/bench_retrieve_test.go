package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
)

// What a question costs the retriever, on the evaluation corpus: see bench_test.go.

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
	articles, err := readRecords("corpus.json.gz", corpustest.Shared(b, corpustest.EvalArticles))
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

// BenchmarkRetrieveCrowd asks half a million passages: the evaluation's articles,
// and nine times as many like them. "all" are the questions as they stand, "month"
// each for what was published in one month. Some minutes and 4 GB are needed.
func BenchmarkRetrieveCrowd(b *testing.B) {
	articles, err := readRecords("corpus.json.gz", corpustest.Shared(b, corpustest.EvalArticles))
	if err != nil {
		b.Fatal(err)
	}
	questions, names := sharedTexts(b), corpustest.Names(articles)
	a, x := openIndex(b, b.TempDir())
	defer func() {
		if err := a.close(); err != nil {
			b.Error(err)
		}
	}()
	for round := range 10 {
		varied := make([]corpus.Article, len(articles))
		for i, one := range articles {
			varied[i] = corpustest.Varied(one, round, names)
		}
		if _, err := a.corpus.Add(b.Context(), varied); err != nil {
			b.Fatal(err)
		}
	}
	if err := x.sync(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	var all, month []retrieval.Query
	for i, text := range questions {
		all = append(all, retrieval.Query{Text: text})
		at := articles[i*len(articles)/len(questions)].Published
		from := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, time.UTC)
		month = append(month, retrieval.Query{Text: text, From: from, To: from.AddDate(0, 1, 0)})
	}
	for name, queries := range map[string][]retrieval.Query{"all": all, "month": month} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				took := inTurn(b, x.retriever, queries)
				b.ReportMetric(percentile(took, 50), "ms/p50")
				b.ReportMetric(percentile(took, 99), "ms/p99")
			}
		})
	}
	n, err := x.lexical.Passages(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d passages", n)
}

// inTurn asks each query once, and returns the times in ms, sorted.
func inTurn(b *testing.B, r retrieval.Retriever, queries []retrieval.Query) []float64 {
	b.Helper()
	var took []float64
	for _, q := range queries {
		began := time.Now()
		if _, err := r.Retrieve(b.Context(), q); err != nil {
			b.Fatal(err)
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
	}
	slices.Sort(took)
	return took
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

// BenchmarkMemory opens a filled folder step by step, and reports what of the
// heap each step holds once it is done, in MiB, and all that is resident in the
// end: the heap's slack, the program itself, and what SQLite and bleve have mapped.
func BenchmarkMemory(b *testing.B) {
	f := benchFolder(b)
	a := openBench(b, f)
	addShared(b, a)
	if err := a.close(); err != nil {
		b.Fatal(err)
	}
	questions := sharedTexts(b)
	for b.Loop() {
		base := heapMiB()
		step := func(name string) {
			b.ReportMetric(heapMiB()-base, "MiB/"+name)
			base = heapMiB()
		}
		a := openBench(b, f)
		step("store")
		x, err := a.builtSearch(b.Context(), nil)
		if err != nil {
			b.Fatal(err)
		}
		step("words-and-table")
		if err := x.sync(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		step("vectors")
		for _, q := range questions {
			if _, err := x.retriever.Retrieve(b.Context(), retrieval.Query{Text: q}); err != nil {
				b.Fatal(err)
			}
		}
		step("asked-words")
		debug.FreeOSMemory()
		b.ReportMetric(residentMiB(b), "MiB/resident")
		if err := a.close(); err != nil {
			b.Fatal(err)
		}
	}
}

// heapMiB is what is in use on the heap after a collection.
func heapMiB() float64 {
	runtime.GC() // what is pooled goes with the second one
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.HeapAlloc) / (1 << 20)
}

// residentMiB is read from Linux, 0 elsewhere.
func residentMiB(b *testing.B) float64 {
	b.Helper()
	data, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0
	}
	var size, resident float64
	if _, err := fmt.Sscan(string(data), &size, &resident); err != nil {
		b.Fatal(err)
	}
	return resident * float64(os.Getpagesize()) / (1 << 20)
}
