package retrievaltest

import (
	"context"
	"hash/fnv"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"

	"newsdesk/retrieval"
)

// dimensions of the vectors of Embedder: enough that the few hundred words of a
// test seldom share a component.
const dimensions = 512

// Embedder is a retrieval.Embedder whose vectors are bags of words: each word
// counts in one component. Texts are near when they share words, and [Embedder.Words]
// reads a vector back, so a vector in the wrong place shows as wrong words.
//
// The zero value is ready. Fail must be set before it is used; it is safe for
// concurrent use otherwise.
type Embedder struct {
	// Fail, when set, is asked before each batch of passages; its error is
	// returned instead of vectors.
	Fail func(texts []string) error

	mu      sync.Mutex
	words   map[int][]string
	batches [][]string
}

var _ retrieval.Embedder = (*Embedder)(nil)

// Model implements retrieval.Embedder.
func (e *Embedder) Model() string { return "bag of words" }

// EmbedPassages implements retrieval.Embedder.
func (e *Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if e.Fail != nil {
		if err := e.Fail(texts); err != nil {
			return nil, err
		}
	}
	e.remember(texts)
	vectors := make([][]float32, len(texts))
	for i, text := range texts {
		vectors[i] = e.vector(text)
	}
	return vectors, nil
}

// EmbedQuery implements retrieval.Embedder.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return e.vector(text), nil
}

// Batches returns the texts of each call of EmbedPassages that did not fail, in
// the order of the calls.
func (e *Embedder) Batches() [][]string {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.batches)
}

// Words returns the words that a vector stands for, sorted: those that this
// Embedder has met and whose component is not 0.
func (e *Embedder) Words(vector []float32) []string {
	e.mu.Lock()
	defer e.mu.Unlock()
	var words []string
	for i, weight := range vector {
		if weight != 0 {
			words = append(words, e.words[i]...)
		}
	}
	slices.Sort(words)
	return words
}

func (e *Embedder) remember(texts []string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.batches = append(e.batches, slices.Clone(texts))
}

func (e *Embedder) vector(text string) []float32 {
	words := wordsOf(text)
	if len(words) == 0 {
		return nil
	}
	vector := make([]float32, dimensions)
	for _, word := range words {
		vector[e.component(word)]++
	}
	sum := 0.0
	for _, weight := range vector {
		sum += float64(weight) * float64(weight)
	}
	for i := range vector {
		vector[i] = float32(float64(vector[i]) / math.Sqrt(sum))
	}
	return vector
}

// component gives each word its place, the same one in every process.
func (e *Embedder) component(word string) int {
	hash := fnv.New32a()
	hash.Write([]byte(word))
	at := int(hash.Sum32() % dimensions)
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.words == nil {
		e.words = map[int][]string{}
	}
	if !slices.Contains(e.words[at], word) {
		e.words[at] = append(e.words[at], word)
	}
	return at
}

// wordsOf returns the words and numbers of text in lower case.
func wordsOf(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}
