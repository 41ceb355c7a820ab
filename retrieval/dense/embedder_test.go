package dense_test

import (
	"context"
	"crypto/sha256"
	"math/rand/v2"
	"strings"
)

// random gives each text a direction of its own, of so many dimensions: near
// that of its topic, which is what stands before its first full stop.
type random struct{ dimensions int }

func (random) Model() string { return "random" }

func (e random) EmbedQuery(_ context.Context, text string) ([]float32, error) {
	return e.near(text), nil
}

func (e random) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = e.near(text)
	}
	return vectors, nil
}

func (e random) near(text string) []float32 {
	topic, _, _ := strings.Cut(text, ".")
	vector, bytes := make([]float32, e.dimensions), make([]byte, e.dimensions)
	for _, seed := range []string{topic, text} {
		rand.NewChaCha8(sha256.Sum256([]byte(seed))).Read(bytes) // never fails
		for i, b := range bytes {
			vector[i] += float32(int8(b))
		}
	}
	return vector
}
