package main

import (
	"context"
	"fmt"
	"math"
	"runtime"
	gauges "runtime/metrics"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/bot"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/polltest"
)

const (
	// playedArticles is how many new ones each outlet has: less than a feed holds.
	playedArticles = 25
	// playedPace is so short that the pace is not what is measured. Outlets with a
	// Crawl-delay, one of eleven, are asked every two seconds all the same, and are
	// done within a minute.
	playedPace = time.Millisecond
	// askedEach is the time from one answer to the next question, askedAtRest how
	// many are asked before anything is read, and after.
	askedEach   = 100 * time.Millisecond
	askedAtRest = 300
	// memoryEach is after how many new articles the memory is looked at.
	memoryEach = 1000
)

// BenchmarkPolled reads new articles of outlets that a server of this machine plays
// into both indexes, on top of the evaluation corpus and as serve does it, while
// questions are asked one after the other. It reports the seconds from the first
// request until all is searchable, the median time of a question before, meanwhile
// and after, and what the growth of the heap after the first thousand articles is
// made of, by the package that holds it; it logs the memory after each thousand. The
// server's own work counts as well.
func BenchmarkPolled(b *testing.B) {
	for _, outlets := range []int{40, 400} {
		b.Run(fmt.Sprint(outlets*playedArticles), func(b *testing.B) {
			for b.Loop() {
				p := openPlayed(b, outlets)
				p.read(b)
				p.close(b)
			}
		})
	}
}

// played is an app with the evaluation corpus, and the outlets that it is to read.
type played struct {
	world     *polltest.World
	app       *app
	poller    *poll.Poller
	questions []string
	// before is the end of the log before they are read, to the end after.
	before, to int64
}

func openPlayed(b *testing.B, outlets int) *played {
	b.Helper()
	runtime.MemProfileRate = 128 << 10 // what is allocated from here on is of interest
	w := polltest.New(polltest.Settings{Seed: 7, Outlets: outlets, Articles: playedArticles})
	own, err := w.Listen()
	if err != nil {
		b.Skip("skipped: this system has only one address of its own: ", err)
	}
	a := openBench(b, benchFolder(b))
	a.settings.OwnHosts, a.settings.OutletPace = own, playedPace
	addShared(b, a)
	p := &played{world: w, app: a, questions: sharedTexts(b)}
	if p.poller, err = a.poller(b.Context()); err != nil {
		b.Fatal(err)
	}
	for _, o := range w.Outlets {
		if _, err := p.poller.Subscribe(b.Context(), poll.Found{Name: o.Name, Feed: o.Feed, Home: o.Home}); err != nil {
			b.Fatal(err)
		}
	}
	if p.before, err = a.corpus.End(b.Context()); err != nil {
		b.Fatal(err)
	}
	p.to = p.before + int64(outlets*playedArticles)
	return p
}

func (p *played) close(b *testing.B) {
	b.Helper()
	p.world.Close()
	if err := p.app.close(); err != nil {
		b.Fatal(err)
	}
}

// read reads all and asks meanwhile.
func (p *played) read(b *testing.B) {
	b.Helper()
	ctx, stop := context.WithCancel(b.Context())
	running, asking := new(errgroup.Group), new(errgroup.Group)
	running.Go(func() error { return p.app.keepIndexed(ctx) })
	rest := p.ask(b, askedAtRest, nil)
	began := time.Now()
	running.Go(func() error { return p.poller.Run(ctx) })
	var meanwhile []float64
	done := make(chan struct{})
	asking.Go(func() error {
		meanwhile = p.ask(b, math.MaxInt, done)
		return nil
	})
	p.watch(b, began)
	b.ReportMetric(time.Since(began).Seconds(), "s/searchable")
	close(done)
	asking.Wait() // it has no error
	stop()
	if err := running.Wait(); err != nil {
		b.Fatal(err)
	}
	after := p.ask(b, askedAtRest, nil)
	b.ReportMetric(percentile(rest, 50), "ms/p50-before")
	b.ReportMetric(percentile(meanwhile, 50), "ms/p50-meanwhile")
	b.ReportMetric(percentile(meanwhile, 99), "ms/p99-meanwhile")
	b.ReportMetric(percentile(after, 50), "ms/p50-after")
	b.Logf("%d questions meanwhile", len(meanwhile))
}

// ask asks n questions in turn, or until done is closed, and returns the times in
// ms, sorted.
func (p *played) ask(b *testing.B, n int, done <-chan struct{}) []float64 {
	var took []float64
	for i := 0; i < n; i++ {
		select {
		case <-done:
			n = i
		case <-time.After(askedEach):
		}
		began := time.Now()
		q := bot.Question{Text: p.questions[i*7%len(p.questions)], Now: time.Date(2020, 7, 31, 12, 0, 0, 0, time.UTC)}
		if _, err := p.app.ask(b.Context(), q); err != nil {
			b.Error(err)
			break
		}
		took = append(took, float64(time.Since(began).Microseconds())/1000)
	}
	slices.Sort(took)
	return took
}

// watch returns when everything is in both indexes. It notes the memory on the way.
func (p *played) watch(b *testing.B, began time.Time) {
	b.Helper()
	x, err := p.app.builtSearch(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	first := holders{}
	for thousands := int64(1); ; {
		<-time.After(100 * time.Millisecond)
		end, err := p.app.corpus.End(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		for ; end >= p.before+thousands*memoryEach; thousands++ {
			b.Logf("%6d articles after %5.1f s: %4.0f MiB resident, %4.0f MiB live on the heap", thousands*memoryEach,
				time.Since(began).Seconds(), residentMiB(b), liveMiB())
			if thousands == 1 {
				first = heapByHolder()
			}
		}
		if end > p.to {
			b.Fatalf("%d articles were read twice", end-p.to)
		}
		if end == p.to && p.reached(b, x) {
			break
		}
	}
	reportGrowth(b, first, heapByHolder())
}

// reached reports whether both indexes hold everything.
func (p *played) reached(b *testing.B, x *search) bool {
	b.Helper()
	words, err := x.lexical.Reached(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	vectors, err := x.vectors.index.Reached(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	return words == p.to && vectors == p.to
}

// liveMiB is what the last collection found in use.
func liveMiB() float64 {
	live := []gauges.Sample{{Name: "/gc/heap/live:bytes"}}
	gauges.Read(live)
	return float64(live[0].Value.Uint64()) / (1 << 20)
}

// holders are the MiB in use by the package that has allocated them.
type holders map[string]float64

// heapByHolder is estimated from the samples of the runtime, as its profile is.
func heapByHolder() holders {
	runtime.GC() // the samples are as old as the collection before the last
	runtime.GC()
	records := make([]runtime.MemProfileRecord, 1<<16)
	n, ok := runtime.MemProfile(records, false)
	if !ok {
		return holders{}
	}
	all := holders{}
	for _, r := range records[:n] {
		size := float64(r.InUseBytes()) / float64(r.InUseObjects())
		sampled := 1 - math.Exp(-size/float64(runtime.MemProfileRate))
		all[holder(r.Stack())] += float64(r.InUseBytes()) / sampled / (1 << 20)
	}
	return all
}

// holder is the innermost package of newsdesk on a stack.
func holder(stack []uintptr) string {
	frames := runtime.CallersFrames(stack)
	for {
		f, more := frames.Next()
		if rest, ok := strings.CutPrefix(f.Function, "newsdesk/"); ok {
			slash := strings.LastIndexByte(rest, '/') + 1
			name, _, _ := strings.Cut(rest[slash:], ".")
			return rest[:slash] + name
		}
		if !more {
			return "libraries"
		}
	}
}

// reportGrowth reports what has grown by half a MiB or more, and the sum of all.
func reportGrowth(b *testing.B, first, last holders) {
	b.Helper()
	all := 0.0
	for name, held := range last {
		grown := held - first[name]
		if all += grown; math.Abs(grown) >= 0.5 {
			b.ReportMetric(grown, "MiB-grown/"+name)
		}
	}
	b.ReportMetric(all, "MiB-grown/all")
}
