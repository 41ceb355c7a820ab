package openai

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsdesk/retrieval"
	"newsdesk/retrieval/retrievaltest"
)

var _ retrieval.Embedder = (*Embedder)(nil)

// embeddings is a strict server: it refuses what the published description of
// the protocol does not know, and gives each text a vector that only this text
// has, or the one that vector gives. spoil may change an answer before it is sent.
type embeddings struct {
	t      *testing.T
	server *httptest.Server
	mu     sync.Mutex
	inputs [][]string // of each request
	vector func(text string) []float64
	spoil  func(answer *embeddingAnswer)
}

type embeddingAnswer struct {
	Object string         `json:"object"`
	Model  string         `json:"model"`
	Data   []embedded     `json:"data"`
	Usage  map[string]int `json:"usage"`
}

type embedded struct {
	Object    string    `json:"object"`
	Index     int       `json:"index"`
	Embedding []float64 `json:"embedding"`
}

func newEmbeddings(t *testing.T) *embeddings {
	t.Helper()
	s := &embeddings{t: t, vector: direction}
	s.server = httptest.NewServer(s)
	t.Cleanup(s.server.Close)
	return s
}

func (s *embeddings) embedder(model string) *Embedder {
	return NewEmbedder(s.server.URL+"/v1", testKey, model, s.server.Client())
}

func (s *embeddings) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Input          []string `json:"input"`
		Model          string   `json:"model"`
		EncodingFormat string   `json:"encoding_format"`
		Dimensions     *int     `json:"dimensions"`
		User           *string  `json:"user"`
	}
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&request); err != nil {
		s.refuse(w, err.Error())
		return
	}
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/v1/embeddings":
		s.refuse(w, r.Method+" "+r.URL.Path)
	case r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Authorization") != "Bearer "+testKey:
		s.refuse(w, "headers")
	case request.Model == "" || request.EncodingFormat != "float" || request.Dimensions != nil:
		s.refuse(w, "model, encoding_format or dimensions")
	case len(request.Input) == 0 || len(request.Input) > 2048 || slices.Contains(request.Input, ""):
		s.refuse(w, "input")
	default:
		s.mu.Lock()
		s.inputs = append(s.inputs, request.Input)
		s.mu.Unlock()
		s.answer(w, request.Model, request.Input)
	}
}

func (s *embeddings) refuse(w http.ResponseWriter, why string) {
	s.t.Errorf("the server refuses: %s", why)
	w.WriteHeader(http.StatusBadRequest)
	fmt.Fprintf(w, `{"error":{"message":%q,"type":"invalid_request_error","param":null,"code":null}}`, why)
}

// bagOfWords gives vectors by the words of a text, not of norm 1.
func bagOfWords(t *testing.T) func(text string) []float64 {
	var words retrievaltest.Embedder
	return func(text string) []float64 {
		vector, err := words.EmbedQuery(context.Background(), text)
		if err != nil {
			t.Error(err)
		}
		numbers := make([]float64, len(vector))
		for i, x := range vector {
			numbers[i] = 5 * float64(x)
		}
		return numbers
	}
}

// answer sends the vectors in reverse order: they are to be placed by index.
func (s *embeddings) answer(w http.ResponseWriter, model string, inputs []string) {
	a := embeddingAnswer{Object: "list", Model: model, Usage: map[string]int{"prompt_tokens": 1, "total_tokens": 1}}
	for i, text := range slices.Backward(inputs) {
		a.Data = append(a.Data, embedded{Object: "embedding", Index: i, Embedding: s.vector(text)})
	}
	if s.spoil != nil {
		s.spoil(&a)
	}
	if err := json.NewEncoder(w).Encode(a); err != nil {
		s.t.Error(err)
	}
}

// direction is the vector of a text, not of norm 1.
func direction(text string) []float64 {
	sum := 0.0
	for i, b := range []byte(text) {
		sum += float64(b) * float64(i+1)
	}
	return []float64{3 * math.Cos(sum), 3 * math.Sin(sum), 0}
}

func isOf(vector []float32, text string) bool {
	if len(vector) != 3 {
		return false
	}
	for i, x := range direction(text) {
		if math.Abs(float64(vector[i])-x/3) > 1e-6 {
			return false
		}
	}
	return true
}

func TestEmbedder(t *testing.T) {
	retrievaltest.TestEmbedder(t, func(t *testing.T) retrieval.Embedder {
		s := newEmbeddings(t)
		s.vector = bagOfWords(t)
		return s.embedder("tiny")
	})
}

func TestEmbedPassages(t *testing.T) {
	s := newEmbeddings(t)
	texts := []string{"one", "", "two", " \n", "three"}
	for i := range 300 {
		texts = append(texts, fmt.Sprint("passage ", i))
	}
	texts = append(texts, strings.Repeat("long ", batchBytes/5+1), strings.Repeat("longer ", batchBytes/7+1))
	vectors, err := s.embedder("tiny").EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			if vectors[i] != nil {
				t.Errorf("text %d: a vector for %q", i, text)
			}
		} else if !isOf(vectors[i], text) {
			t.Errorf("text %d: vector %v is not of %.20q", i, vectors[i], text)
		}
	}
	var sizes []int
	for _, inputs := range s.inputs {
		sizes = append(sizes, len(inputs))
	}
	if want := []int{128, 128, 47, 1, 1}; !slices.Equal(sizes, want) {
		t.Errorf("batches of %v, want %v", sizes, want)
	}
}

func TestNothingToEmbed(t *testing.T) {
	s := newEmbeddings(t)
	e := s.embedder("tiny")
	if v, err := e.EmbedPassages(t.Context(), nil); err != nil || len(v) != 0 {
		t.Errorf("%v, %v", v, err)
	}
	if v, err := e.EmbedQuery(t.Context(), " "); err != nil || v != nil {
		t.Errorf("%v, %v", v, err)
	}
	if len(s.inputs) != 0 {
		t.Errorf("the server was asked for %q", s.inputs)
	}
}

func TestPrefixes(t *testing.T) {
	for model, want := range map[string]struct{ query, passage, name string }{
		"tiny":                           {"q", "p", "tiny"},
		"nomic-embed-text:v1.5":          {"search_query: q", "search_document: p", "nomic-embed-text:v1.5 with prefixes"},
		"intfloat/multilingual-e5-small": {"query: q", "passage: p", "intfloat/multilingual-e5-small with prefixes"},
		"mxbai-embed-large":              {"Represent this sentence for searching relevant passages: q", "p", "mxbai-embed-large with prefixes"},
		"me5-like":                       {"q", "p", "me5-like"},
		"intfloat/multilingual-e5-large-instruct": {
			"Instruct: Given a question, retrieve passages of news articles that answer it\nQuery: q", "p",
			"intfloat/multilingual-e5-large-instruct with prefixes",
		},
	} {
		s := newEmbeddings(t)
		e := s.embedder(model)
		if _, err := e.EmbedQuery(t.Context(), "q"); err != nil {
			t.Fatal(err)
		}
		if _, err := e.EmbedPassages(t.Context(), []string{"p"}); err != nil {
			t.Fatal(err)
		}
		if got := slices.Concat(s.inputs...); !slices.Equal(got, []string{want.query, want.passage}) {
			t.Errorf("%s: sent %q", model, got)
		}
		if e.Model() != want.name {
			t.Errorf("%s: named %q", model, e.Model())
		}
		if Named(e.Model()) != model {
			t.Errorf("%s: %q is named %q at the server", model, e.Model(), Named(e.Model()))
		}
	}
}

func TestBadVectors(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(*embeddingAnswer)
		want  error
	}{
		"too few":           {func(a *embeddingAnswer) { a.Data = a.Data[:1] }, retrieval.ErrUnavailable},
		"too many":          {func(a *embeddingAnswer) { a.Data = append(a.Data, a.Data[0]) }, retrieval.ErrUnavailable},
		"none":              {func(a *embeddingAnswer) { a.Data = nil }, retrieval.ErrUnavailable},
		"same place twice":  {func(a *embeddingAnswer) { a.Data[0].Index = 0; a.Data[1].Index = 0 }, retrieval.ErrUnavailable},
		"place beyond":      {func(a *embeddingAnswer) { a.Data[0].Index = 2 }, retrieval.ErrUnavailable},
		"negative place":    {func(a *embeddingAnswer) { a.Data[0].Index = -1 }, retrieval.ErrUnavailable},
		"two dimensions":    {func(a *embeddingAnswer) { a.Data[1].Embedding = []float64{1} }, retrieval.ErrDimension},
		"without numbers":   {func(a *embeddingAnswer) { a.Data[0].Embedding = nil }, retrieval.ErrDimension},
		"beyond a float32":  {func(a *embeddingAnswer) { a.Data[0].Embedding[0] = 1e39 }, retrieval.ErrUnavailable},
		"huge but a number": {func(a *embeddingAnswer) { a.Data[0].Embedding[0] = 3e38 }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := newEmbeddings(t)
			s.spoil = c.spoil
			vectors, err := s.embedder("tiny").EmbedPassages(t.Context(), []string{"a", "b"})
			if !errors.Is(err, c.want) || c.want != nil && vectors != nil {
				t.Errorf("%v, %v, want %v", vectors, err, c.want)
			}
		})
	}
}

func TestZeroVector(t *testing.T) {
	s := newEmbeddings(t)
	s.spoil = func(a *embeddingAnswer) { a.Data[0].Embedding = []float64{0, 0, 0} }
	if v, err := s.embedder("tiny").EmbedQuery(t.Context(), "a"); v != nil || err != nil {
		t.Errorf("%v, %v", v, err)
	}
}

func TestDimensionChangesLater(t *testing.T) {
	s := newEmbeddings(t)
	e := s.embedder("tiny")
	if _, err := e.EmbedQuery(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	s.spoil = func(a *embeddingAnswer) { a.Data[0].Embedding = []float64{1, 0} }
	if _, err := e.EmbedQuery(t.Context(), "b"); !errors.Is(err, retrieval.ErrDimension) {
		t.Errorf("error %v", err)
	}
}

func TestEmbedderContext(t *testing.T) {
	s := newEmbeddings(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := s.embedder("tiny").EmbedPassages(ctx, []string{"a"}); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("%v, %v", v, err)
	}
}
