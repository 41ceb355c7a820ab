package digest_test

import (
	"testing"
	"time"

	"newsdesk/bot/digest"
)

// BenchmarkWrite writes the digest of a day with 400 articles again and again, as for
// many channels at one time.
func BenchmarkWrite(b *testing.B) {
	articles := articlesOf(b)
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	h := newHouse(b, nil)
	some := articles[len(articles)-400:]
	for i := range some {
		some[i].Published = day.Add(time.Duration(i) * 3 * time.Minute)
	}
	h.add(b, some...)
	w := digest.New(h.needs)
	began := time.Now()
	write := func() {
		d, err := w.Write(b.Context(), digest.Order{From: day, To: day.AddDate(0, 0, 1)})
		if err != nil || len(d.Items) != digest.DefaultItems {
			b.Fatal(len(d.Items), err)
		}
	}
	write()
	b.Logf("the first digest: %s", time.Since(began))
	for b.Loop() {
		write()
	}
}
