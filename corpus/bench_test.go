package corpus_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

// long returns n articles of about 5,000 bytes, the length of real ones.
func long(n int) []corpus.Article {
	articles := corpustest.Articles(n)
	for i := range articles {
		articles[i].Text = strings.Repeat(articles[i].Text+"\n\n", 8)
	}
	return articles
}

func BenchmarkAdd5000(b *testing.B) {
	articles := long(5000)
	for b.Loop() {
		b.StopTimer()
		c := corpustest.Open(b)
		b.StartTimer()
		if added, err := c.Add(b.Context(), articles); err != nil || added.New != 5000 {
			b.Fatal(added, err)
		}
	}
}

func BenchmarkAdd5000Again(b *testing.B) {
	articles := long(5000)
	c := corpustest.Open(b)
	if _, err := c.Add(b.Context(), articles); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if added, err := c.Add(b.Context(), articles); err != nil || added.Same != 5000 {
			b.Fatal(added, err)
		}
	}
}

func BenchmarkAdd1000WithoutURLOfOneDay(b *testing.B) {
	articles := long(1000)
	for i := range articles {
		articles[i].URL, articles[i].Outlet, articles[i].Published = "", "Radio Solana", corpustest.Now
	}
	for b.Loop() {
		b.StopTimer()
		c := corpustest.Open(b)
		b.StartTimer()
		if _, err := c.Add(b.Context(), articles); err != nil {
			b.Fatal(err)
		}
	}
}

func benchmarkRead(b *testing.B, read func(*corpus.Corpus) error) {
	c := corpustest.Open(b)
	if _, err := c.Add(b.Context(), long(5000)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := read(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkExtentOf5000(b *testing.B) {
	benchmarkRead(b, func(c *corpus.Corpus) error {
		_, err := c.Extent(b.Context(), corpus.Filter{})
		return err
	})
}

func BenchmarkOutletsOf5000(b *testing.B) {
	benchmarkRead(b, func(c *corpus.Corpus) error {
		_, err := c.Outlets(b.Context())
		return err
	})
}

func BenchmarkEntries5000(b *testing.B) {
	benchmarkRead(b, func(c *corpus.Corpus) error {
		for after := int64(0); after < 5000; after += corpus.DefaultBatch {
			if _, err := c.Entries(b.Context(), after, 0); err != nil {
				return err
			}
		}
		return nil
	})
}

func BenchmarkBySeqs100Cached(b *testing.B) {
	seqs := make([]int64, 100)
	for i := range seqs {
		seqs[i] = int64(1 + i*49)
	}
	benchmarkRead(b, func(c *corpus.Corpus) error {
		_, err := c.BySeqs(b.Context(), seqs)
		return err
	})
}

func BenchmarkBySeqs100Anywhere(b *testing.B) {
	seqs := make([]int64, 100)
	r := rand.New(rand.NewPCG(1, 2))
	benchmarkRead(b, func(c *corpus.Corpus) error {
		for i := range seqs {
			seqs[i] = 1 + r.Int64N(5000)
		}
		_, err := c.BySeqs(b.Context(), seqs)
		return err
	})
}

func BenchmarkExtentOfADayOf5000(b *testing.B) {
	from := corpustest.Articles(1)[0].Published
	benchmarkRead(b, func(c *corpus.Corpus) error {
		_, err := c.Extent(b.Context(), corpus.Filter{From: from, To: from.Add(48 * time.Hour)})
		return err
	})
}
