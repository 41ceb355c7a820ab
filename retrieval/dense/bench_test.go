package dense_test

import (
	"cmp"
	"fmt"
	"iter"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/static"
)

// BenchmarkShared asks the evaluation's questions of its articles: of the first
// 10,000 passages, of 50,000 (nearly all and a few of a second round) and of
// 500,000, for 100 hits each. It needs the evaluation data.
//
// "all" has no filter, "month" asks for a month, "outlet" for an outlet; "8 at
// once" is "all" from eight goroutines. "exact" is chromem's scan of everything
// in the same index and "read" reads its vectors once. recall@10 and recall@100
// are the share of what "exact" finds that "all" finds.
func BenchmarkShared(b *testing.B) {
	articles, questions := sharedArticles(b), sharedQuestions(b)
	for _, passages := range []int{10_000, 50_000, 500_000} {
		e, err := static.New()
		if err != nil {
			b.Fatal(err)
		}
		x := dense.New(quiet, e)
		start := time.Now()
		fillShared(b, x, articles, passages)
		filled := time.Since(start)
		run := func(name string, bench func(b *testing.B)) {
			b.Run(fmt.Sprintf("%d/%s", passages, name), bench)
		}
		run("all", func(b *testing.B) {
			benchAsk(b, x, questions)
			b.ReportMetric(filled.Seconds(), "filling-s")
		})
		run("month", func(b *testing.B) { benchAsk(b, x, ofMonths(questions, articles)) })
		run("outlet", func(b *testing.B) { benchAsk(b, x, ofOutlets(questions, articles)) })
		run("8 at once", func(b *testing.B) { benchTogether(b, x, questions) })
		run("exact", func(b *testing.B) { benchExact(b, x, questions) })
		run("read", func(b *testing.B) {
			for b.Loop() {
				x.ReadAll()
			}
		})
	}
}

// BenchmarkFill puts 10,000 passages whose embedding costs next to nothing.
func BenchmarkFill(b *testing.B) {
	articles := sharedArticles(b)
	for b.Loop() {
		fillShared(b, dense.New(quiet, random{256}), articles, 10_000)
	}
}

func fillShared(tb testing.TB, x retrieval.Index, articles []corpus.Article, passages int) {
	tb.Helper()
	for docs := range batches(articles, passages) {
		put(tb, x, docs...)
	}
}

// batches yields documents of 2,000 passages or a few more at a time, round after
// round of the articles, until there are enough.
func batches(articles []corpus.Article, passages int) iter.Seq[[]retrieval.Document] {
	return func(yield func([]retrieval.Document) bool) {
		var docs []retrieval.Document
		names := corpustest.Names(articles)
		held, total := 0, 0
		for n := 0; total < passages; n++ {
			a := corpustest.Varied(articles[n%len(articles)], n/len(articles), names)
			a.ID, a.Seq = fmt.Sprint("article ", n), int64(n+1)
			doc := retrieval.Document{Article: a, Passages: chunk.Passages(a)}
			docs = append(docs, doc)
			held, total = held+len(doc.Passages), total+len(doc.Passages)
			if held < 2000 && total < passages {
				continue
			}
			if !yield(docs) {
				return
			}
			docs, held = nil, 0
		}
	}
}

// ofMonths asks each question of the month of some article.
func ofMonths(questions []retrieval.Query, articles []corpus.Article) []retrieval.Query {
	return each(questions, articles, func(q *retrieval.Query, a corpus.Article) {
		q.From = time.Date(a.Published.Year(), a.Published.Month(), 1, 0, 0, 0, 0, time.UTC)
		q.To = q.From.AddDate(0, 1, 0)
	})
}

// ofOutlets asks each question of the outlet of some article.
func ofOutlets(questions []retrieval.Query, articles []corpus.Article) []retrieval.Query {
	return each(questions, articles, func(q *retrieval.Query, a corpus.Article) { q.Outlets = []string{a.Outlet} })
}

func each(questions []retrieval.Query, articles []corpus.Article, change func(*retrieval.Query, corpus.Article)) []retrieval.Query {
	source := rand.New(rand.NewPCG(3, 4))
	changed := slices.Clone(questions)
	for i := range changed {
		change(&changed[i], articles[source.IntN(len(articles))])
	}
	return changed
}

// benchAsk asks the questions in turn.
func benchAsk(b *testing.B, x *dense.Index, questions []retrieval.Query) {
	var took []time.Duration
	for b.Loop() {
		took = append(took, timed(b, x, questions[len(took)%len(questions)]))
	}
	report(b, took)
}

// benchTogether asks them from eight goroutines.
func benchTogether(b *testing.B, x *dense.Index, questions []retrieval.Query) {
	var mu sync.Mutex
	var all []time.Duration
	b.SetParallelism(max(1, 8/runtime.GOMAXPROCS(0)))
	start := time.Now()
	b.RunParallel(func(pb *testing.PB) {
		var took []time.Duration
		for pb.Next() {
			took = append(took, timed(b, x, questions[len(took)%len(questions)]))
		}
		mu.Lock()
		defer mu.Unlock()
		all = append(all, took...)
	})
	b.ReportMetric(float64(len(all))/time.Since(start).Seconds(), "questions/s")
	report(b, all)
}

// benchExact asks all questions for what is nearest, and compares with what is
// found otherwise.
func benchExact(b *testing.B, x *dense.Index, questions []retrieval.Query) {
	near := make([][]string, len(questions))
	for i, q := range questions {
		near[i] = ask(b, x, q)
	}
	x.SetExact(true)
	defer x.SetExact(false)
	var took []time.Duration
	var at10, at100 float64
	for b.Loop() {
		i := len(took) % len(questions)
		start := time.Now()
		nearest := ask(b, x, questions[i])
		took = append(took, time.Since(start))
		at10 += shareOf(nearest[:10], near[i][:10])
		at100 += shareOf(nearest, near[i])
	}
	b.ReportMetric(at10/float64(len(took)), "recall@10")
	b.ReportMetric(at100/float64(len(took)), "recall@100")
	report(b, took)
}

func shareOf(wanted, got []string) float64 {
	found := 0
	for _, id := range wanted {
		if slices.Contains(got, id) {
			found++
		}
	}
	return float64(found) / float64(len(wanted))
}

func timed(b *testing.B, x *dense.Index, q retrieval.Query) time.Duration {
	start := time.Now()
	if _, err := x.Retrieve(b.Context(), q); err != nil {
		b.Error(err)
	}
	return time.Since(start)
}

func report(b *testing.B, took []time.Duration) {
	slices.SortFunc(took, cmp.Compare)
	for name, part := range map[string]float64{"p50-ms": .5, "p99-ms": .99} {
		b.ReportMetric(took[int(part*float64(len(took)-1))].Seconds()*1e3, name)
	}
}
