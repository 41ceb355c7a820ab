package retrievaltest

import (
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"testing"

	"newsdesk/retrieval"
)

// TestEmbedder tests what retrieval.Embedder promises. open returns an embedder
// that knows English words.
func TestEmbedder(t *testing.T, open func(t *testing.T) retrieval.Embedder) {
	t.Run("vectors", func(t *testing.T) { testVectors(t, open(t)) })
	t.Run("order", func(t *testing.T) { testOrder(t, open(t)) })
	t.Run("no words", func(t *testing.T) { testNoWords(t, open(t)) })
	t.Run("batch is single", func(t *testing.T) { testBatchIsSingle(t, open(t)) })
	t.Run("nearness", func(t *testing.T) { testNearness(t, open(t)) })
	t.Run("caller owns", func(t *testing.T) { testCallerOwnsVectors(t, open(t)) })
	t.Run("concurrent", func(t *testing.T) { testConcurrentEmbedding(t, open(t)) })
	t.Run("context", func(t *testing.T) { testEmbedderContext(t, open(t)) })
	t.Run("model", func(t *testing.T) {
		if e := open(t); e.Model() == "" || e.Model() != e.Model() {
			t.Errorf("the model is named %q, want a name that stays", e.Model())
		}
	})
}

// tolerance is what a model server's arithmetic may differ between a batch and
// a single text, as cosine.
const tolerance = 1e-3

func samples() []string {
	return []string{
		"Ferry strike. Drivers of the island ferry stopped work at dawn.",
		"A telescope photographed a comet above the desert.",
		"Frost ruined the cherries in every orchard of the valley, 40 growers said.",
		"The museum reopened.",
		"The museum reopened.",
		"Zürich, Łódź and 東京 were named.",
	}
}

func testVectors(t *testing.T, e retrieval.Embedder) {
	vectors := embed(t, e, samples()...)
	question, err := e.EmbedQuery(context.Background(), "Who photographed the comet?")
	if err != nil {
		t.Fatal(err)
	}
	for i, vector := range append(vectors, question) {
		if len(vector) == 0 || len(vector) != len(vectors[0]) {
			t.Errorf("vector %d has %d components, vector 0 has %d", i, len(vector), len(vectors[0]))
		}
		if norm := math.Sqrt(dot(vector, vector)); math.IsNaN(norm) || math.Abs(norm-1) > tolerance {
			t.Errorf("vector %d has norm %v, want 1", i, norm)
		}
	}
}

func testOrder(t *testing.T, e retrieval.Embedder) {
	texts := samples()
	forward := embed(t, e, texts...)
	slices.Reverse(texts)
	backward := embed(t, e, texts...)
	slices.Reverse(backward)
	for i := range forward {
		wantSame(t, "in the other order", forward[i], backward[i])
	}
	if dot(forward[0], forward[1]) > 1-tolerance {
		t.Error("two different texts have one vector")
	}
	wantSame(t, "the same text again", forward[3], forward[4])
}

func testNoWords(t *testing.T, e retrieval.Embedder) {
	if vectors := embed(t, e); len(vectors) != 0 {
		t.Errorf("no texts gave %d vectors", len(vectors))
	}
	vectors := embed(t, e, "", "The museum reopened.", "")
	if vectors[0] != nil || vectors[2] != nil {
		t.Error("an empty text has a vector, want nil")
	}
	wantSame(t, "beside empty texts", vectors[1], embed(t, e, "The museum reopened.")[0])
	question, err := e.EmbedQuery(context.Background(), "")
	if err != nil || question != nil {
		t.Errorf("an empty question has a vector of %d, error %v, want nil and none", len(question), err)
	}
}

func testBatchIsSingle(t *testing.T, e retrieval.Embedder) {
	together := embed(t, e, samples()...)
	for i, text := range samples() {
		wantSame(t, "alone", together[i], embed(t, e, text)[0])
	}
}

// testNearness: a question is nearer to its answer than to anything else.
func testNearness(t *testing.T, e retrieval.Embedder) {
	vectors := embed(t, e, samples()...)
	question, err := e.EmbedQuery(context.Background(), "telescope photographed comet")
	if err != nil {
		t.Fatal(err)
	}
	for i := range vectors {
		if i != 1 && dot(question, vectors[i]) >= dot(question, vectors[1]) {
			t.Errorf("the question is nearer to text %d than to its answer", i)
		}
	}
}

func testCallerOwnsVectors(t *testing.T, e retrieval.Embedder) {
	texts := samples()
	first := embed(t, e, texts...)
	want := make([][]float32, len(first))
	for i := range first {
		want[i] = slices.Clone(first[i])
		clear(first[i])
	}
	if !slices.Equal(texts, samples()) {
		t.Error("the caller's texts were changed")
	}
	for i, vector := range embed(t, e, texts...) {
		wantSame(t, "after a caller cleared its vectors", want[i], vector)
	}
}

func testConcurrentEmbedding(t *testing.T, e retrieval.Embedder) {
	want := embed(t, e, samples()...)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			vectors, err := e.EmbedPassages(context.Background(), samples())
			if err != nil || len(vectors) != len(want) {
				t.Errorf("beside others: %d vectors, error %v", len(vectors), err)
				return
			}
			for i := range vectors {
				wantSame(t, "beside others", want[i], vectors[i])
			}
		})
	}
	group.Wait()
}

func testEmbedderContext(t *testing.T, e retrieval.Embedder) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	vectors, err := e.EmbedPassages(ctx, samples())
	if !errors.Is(err, context.Canceled) || vectors != nil {
		t.Errorf("cancelled: %d vectors, error %v, want none and %v", len(vectors), err, context.Canceled)
	}
	if _, err := e.EmbedQuery(ctx, "comet"); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v, want %v", err, context.Canceled)
	}
}

// embed embeds texts and checks that there is one vector for each.
func embed(t *testing.T, e retrieval.Embedder, texts ...string) [][]float32 {
	t.Helper()
	vectors, err := e.EmbedPassages(context.Background(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) != len(texts) {
		t.Fatalf("%d texts gave %d vectors", len(texts), len(vectors))
	}
	return vectors
}

func wantSame(t *testing.T, when string, want, got []float32) {
	t.Helper()
	if cosine := dot(want, got); len(got) != len(want) || math.IsNaN(cosine) || cosine < 1-tolerance {
		t.Errorf("%s: a text's vector has cosine %v to what it was, want 1", when, cosine)
	}
}

func dot(a, b []float32) float64 {
	sum := 0.0
	for i := range min(len(a), len(b)) {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
