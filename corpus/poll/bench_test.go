package poll

import (
	"context"
	"fmt"
	"testing"
)

// BenchmarkFeeds polls 2,000 outlets in one process: their feeds are as they were
// but for one in ten, which has something new each time. It reports feeds a
// minute; the network is in memory.
func BenchmarkFeeds(b *testing.B) {
	const outlets = 2000
	w := newWeb(b)
	d := newDesk(b, w, Settings{})
	papers := make([]*paper, outlets)
	for n := range papers {
		host := fmt.Sprintf("paper%d.example", n)
		papers[n] = newPaper(w, host, fmt.Sprintf("Paper %d", n))
		for i := range 5 {
			s := tale(n*10 + i + 1)
			s.content = s.text
			papers[n].stories = append(papers[n].stories, s)
		}
		d.subscribe(papers[n].title, host)
	}
	if err := d.Round(context.Background(), nil); err != nil {
		b.Fatal(err)
	}
	fresh := 100_000
	b.ResetTimer()
	for b.Loop() {
		for n := 0; n < outlets; n += 10 {
			fresh++
			papers[n].change(func() { papers[n].stories = append([]*story{tale(fresh)}, papers[n].stories[:5]...) })
		}
		events := 0
		if err := d.Round(context.Background(), func(Event) { events++ }); err != nil || events != outlets {
			b.Fatal(events, err)
		}
	}
	b.ReportMetric(float64(b.N*outlets)/b.Elapsed().Minutes(), "feeds/min")
	b.ReportMetric(float64(len(d.held())), "articles")
}

// BenchmarkArticles reads new articles from pages, of 50 outlets.
func BenchmarkArticles(b *testing.B) {
	const outlets, stories = 50, 20
	next := 0
	articles := 0
	for b.Loop() {
		b.StopTimer()
		w := newWeb(b)
		d := newDesk(b, w, Settings{})
		for n := range outlets {
			host := fmt.Sprintf("paper%d.example", n)
			p := newPaper(w, host, fmt.Sprintf("Paper %d", n))
			for range stories {
				next++
				p.stories = append(p.stories, tale(next))
			}
			d.subscribe(p.title, host)
		}
		b.StartTimer()
		if err := d.Round(context.Background(), func(e Event) { articles += e.New }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(articles)/b.Elapsed().Minutes(), "articles/min")
}
