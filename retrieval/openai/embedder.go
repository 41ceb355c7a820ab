package openai

import (
	"context"
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	api "github.com/sashabaranov/go-openai"

	"newsdesk/retrieval"
)

const (
	// batchTexts and batchBytes bound one request. OpenAI takes 2,048 texts and
	// 300,000 tokens; a token is at least a byte. Smaller batches lose less when
	// one fails and let local servers, which work on one text at a time, answer
	// before they count as silent.
	batchTexts = 128
	batchBytes = 256 << 10
)

// Embedder embeds texts at a model server. It implements retrieval.Embedder and
// is safe for concurrent use.
//
// Texts go in batches of at most 128 and 256 KiB, one after the other. The
// first vector that comes fixes the dimension for the Embedder's life. A blank
// text, and one for which the server has a zero vector, has no vector: nil.
type Embedder struct {
	client     *api.Client
	model      string
	prefixes   prefixes
	dimensions atomic.Int64 // 0 until known
}

// NewEmbedder returns an Embedder for the model at the server at baseURL ("" is
// OpenAI's own). It asks nothing yet.
func NewEmbedder(baseURL, key, model string, doer api.HTTPDoer) *Embedder {
	return &Embedder{client: NewClient(baseURL, key, doer), model: model, prefixes: prefixesOf(model)}
}

// prefixed marks, in the name of a model, that texts get prefixes.
const prefixed = " with prefixes"

// Model returns the server's name for the model, and whether texts get
// prefixes, since that changes their vectors.
func (e *Embedder) Model() string {
	if e.prefixes == (prefixes{}) {
		return e.model
	}
	return e.model + prefixed
}

// Named returns the server's name for a model from what [Embedder.Model]
// returned, so that an Embedder can be made again for vectors that are kept.
func Named(model string) string { return strings.TrimSuffix(model, prefixed) }

// EmbedPassages returns one vector for each text, in order. The error of a
// batch is the error of all: none is returned then. Errors wrap those of
// package retrieval, or are ctx's.
func (e *Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.embed(ctx, e.prefixes.passage, texts)
}

// EmbedQuery returns the vector of a question.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vectors, err := e.embed(ctx, e.prefixes.query, []string{text})
	if err != nil {
		return nil, err
	}
	return vectors[0], nil
}

func (e *Embedder) embed(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	for _, b := range batches(prefix, texts) {
		if err := e.request(ctx, b, vectors); err != nil {
			return nil, err
		}
	}
	return vectors, nil
}

// batch is what one request carries: strings as they are sent, and for each the
// place of its text.
type batch struct {
	inputs []string
	places []int
}

// batches groups what has to be sent; blank texts are left out.
func batches(prefix string, texts []string) []batch {
	var all []batch
	var b batch
	size := 0
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			continue
		}
		input := prefix + text
		if len(b.inputs) == batchTexts || size > 0 && size+len(input) > batchBytes {
			all, b, size = append(all, b), batch{}, 0
		}
		b.inputs, b.places = append(b.inputs, input), append(b.places, i)
		size += len(input)
	}
	if len(b.inputs) > 0 {
		all = append(all, b)
	}
	return all
}

// request embeds one batch and puts its vectors in their places.
func (e *Embedder) request(ctx context.Context, b batch, vectors [][]float32) error {
	response, err := e.client.CreateEmbeddings(ctx, api.EmbeddingRequestStrings{
		Input:          b.inputs,
		Model:          api.EmbeddingModel(e.model),
		EncodingFormat: api.EmbeddingEncodingFormatFloat,
	})
	if err != nil {
		return Explain(ctx, err)
	}
	if got, want := len(response.Data), len(b.inputs); got != want {
		return fmt.Errorf("openai: %w: %d vectors for %d texts", retrieval.ErrUnavailable, got, want)
	}
	placed := make([]bool, len(b.inputs))
	for _, d := range response.Data {
		if d.Index < 0 || d.Index >= len(placed) || placed[d.Index] {
			return fmt.Errorf("openai: %w: its vectors are not numbered 0 to %d", retrieval.ErrUnavailable, len(placed)-1)
		}
		placed[d.Index] = true
		if vectors[b.places[d.Index]], err = e.check(d.Embedding); err != nil {
			return err
		}
	}
	return nil
}

// check returns the vector with norm 1, nil for a zero vector.
func (e *Embedder) check(vector []float32) ([]float32, error) {
	n := int64(len(vector))
	if n == 0 {
		return nil, fmt.Errorf("openai: %w: a vector without numbers", retrieval.ErrDimension)
	}
	if !e.dimensions.CompareAndSwap(0, n) && e.dimensions.Load() != n {
		return nil, fmt.Errorf("openai: %w: model %s gave %d numbers and then %d", retrieval.ErrDimension, e.model, e.dimensions.Load(), n)
	}
	return unit(vector)
}

// unit brings vector to norm 1 in place.
func unit(vector []float32) ([]float32, error) {
	var square float64
	for _, x := range vector {
		square += float64(x) * float64(x)
	}
	if math.IsNaN(square) || math.IsInf(square, 0) {
		return nil, fmt.Errorf("openai: %w: a vector that is not finite", retrieval.ErrUnavailable)
	}
	if square == 0 {
		return nil, nil
	}
	by := 1 / math.Sqrt(square)
	for i, x := range vector {
		vector[i] = float32(float64(x) * by)
	}
	return vector, nil
}
