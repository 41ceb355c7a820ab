package dense_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"newsdesk/retrieval"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/retrievaltest"
)

// topical embeds "topic N …" near the direction of topic N, in 256 dimensions.
type topical struct{}

func (topical) Model() string { return "topical" }

func (topical) EmbedQuery(_ context.Context, text string) ([]float32, error) {
	return near(text), nil
}

func (topical) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = near(text)
	}
	return vectors, nil
}

// near returns the direction of the topic that text begins with, and as much of
// a direction of the text's own.
func near(text string) []float32 {
	topic, _, _ := strings.Cut(text, ".")
	vector := make([]float32, 256)
	for _, seed := range []string{topic, text} {
		source := rand.New(rand.NewChaCha8(seedOf(seed)))
		for i := range vector {
			vector[i] += float32(source.NormFloat64())
		}
	}
	return vector
}

func seedOf(text string) (seed [32]byte) {
	copy(seed[:], text)
	return seed
}

func BenchmarkRetrieve(b *testing.B) {
	for _, passages := range []int{10_000, 50_000} {
		for name, open := range map[string]func() *dense.Index{
			"cells": func() *dense.Index { return dense.New(quiet, topical{}) },
			"exact": func() *dense.Index { return dense.NewExact(quiet, topical{}) },
		} {
			b.Run(fmt.Sprintf("%s/%d", name, passages), func(b *testing.B) {
				x := open()
				fill(b, x, passages)
				bench(b, x, retrieval.Query{Text: "topic 77. a question", Limit: 100})
			})
		}
	}
}

// BenchmarkRetrieveFiltered asks for one outlet of ten, and for one month of ten.
func BenchmarkRetrieveFiltered(b *testing.B) {
	x := dense.New(quiet, topical{})
	fill(b, x, 50_000)
	from := retrievaltest.Article(0, "", "", "").Published
	b.Run("outlet", func(b *testing.B) {
		bench(b, x, retrieval.Query{Text: "topic 77. a question", Limit: 100, Outlets: []string{"Outlet 3"}})
	})
	b.Run("month", func(b *testing.B) {
		bench(b, x, retrieval.Query{Text: "topic 77. a question", Limit: 100, From: from, To: from.AddDate(0, 1, 0)})
	})
}

func bench(b *testing.B, x *dense.Index, q retrieval.Query) {
	for b.Loop() {
		if _, err := x.Retrieve(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPut10000(b *testing.B) {
	for b.Loop() {
		fill(b, dense.New(quiet, topical{}), 10_000)
	}
}

// fill puts articles of ten passages each over 300 days, from ten outlets.
func fill(b *testing.B, x *dense.Index, passages int) {
	b.Helper()
	var docs []retrieval.Document
	for n := range passages / 10 {
		a := retrievaltest.Article(n%300, fmt.Sprint("Outlet ", n%10), fmt.Sprint("topic ", n%211), strings.Repeat("0123456789", 10))
		a.ID, a.Seq = fmt.Sprint("article ", n), int64(n+1)
		doc := retrieval.Document{Article: a}
		for i := range 10 {
			p := retrieval.NewPassage(a, 10*i, 10*i+10)
			p.Text = fmt.Sprint(n, " ", i)
			doc.Passages = append(doc.Passages, p)
		}
		docs = append(docs, doc)
	}
	for start := 0; start < len(docs); start += 500 {
		put(b, x, docs[start:min(start+500, len(docs))]...)
	}
}
