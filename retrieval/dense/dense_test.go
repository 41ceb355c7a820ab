package dense_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/retrievaltest"
)

var quiet = slog.New(slog.NewTextHandler(io.Discard, nil))

func TestIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(*testing.T) retrieval.Index {
		return dense.New(quiet, &retrievaltest.Embedder{})
	})
}

// TestSiftedIndex compares no more than it must.
func TestSiftedIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(*testing.T) retrieval.Index {
		return dense.NewSifted(quiet, &retrievaltest.Embedder{}, 1)
	})
}

func TestExactIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(*testing.T) retrieval.Index {
		return dense.NewExact(quiet, &retrievaltest.Embedder{})
	})
}

// TestOneBatch: a model server is asked once for all documents of a Put, and
// for exactly the strings that everybody embeds.
func TestOneBatch(t *testing.T) {
	e := &retrievaltest.Embedder{}
	docs := retrievaltest.Documents([]corpus.Article{
		retrievaltest.Article(0, "Harbour Herald", "Ferry strike", "Ferries stopped."),
		retrievaltest.Article(1, "Radio Solana", "", "A comet came."),
	})
	docs = append(docs, retrieval.Document{Article: retrievaltest.Article(2, "Radio Solana", "Empty", "")})
	put(t, dense.New(quiet, e), docs...)
	want := [][]string{{"Ferry strike. Ferries stopped.", "A comet came."}}
	if got := e.Batches(); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("embedded %q, want %q", got, want)
	}
}

// TestNothingToEmbed: documents without passages cost no call.
func TestNothingToEmbed(t *testing.T) {
	e := &retrievaltest.Embedder{}
	put(t, dense.New(quiet, e), retrieval.Document{Article: retrievaltest.Article(0, "Radio Solana", "Empty", "")})
	if got := e.Batches(); len(got) != 0 {
		t.Errorf("embedded %q, want nothing", got)
	}
}

// TestPassageWithoutVector: it is not held, its neighbours are.
func TestPassageWithoutVector(t *testing.T) {
	x := dense.New(quiet, &retrievaltest.Embedder{})
	put(t, x, retrievaltest.Documents([]corpus.Article{
		retrievaltest.Article(0, "Harbour Herald", "", "… !"),
		retrievaltest.Article(1, "Harbour Herald", "", "A comet came."),
	})...)
	if n, err := x.Passages(context.Background()); err != nil || n != 1 {
		t.Errorf("%d passages, error %v, want 1", n, err)
	}
}

// badEmbedder answers with whatever vectors it is told to.
type badEmbedder struct {
	retrievaltest.Embedder
	passages func(vectors [][]float32) ([][]float32, error)
	query    func(vector []float32) []float32
}

func (e *badEmbedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := e.Embedder.EmbedPassages(ctx, texts)
	if err != nil || e.passages == nil {
		return vectors, err
	}
	return e.passages(vectors)
}

func (e *badEmbedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vector, err := e.Embedder.EmbedQuery(ctx, text)
	if e.query != nil {
		vector = e.query(vector)
	}
	return vector, err
}

func TestBadEmbedders(t *testing.T) {
	broken := errors.New("broken")
	first := func(change func(v []float32) []float32) func([][]float32) ([][]float32, error) {
		return func(vectors [][]float32) ([][]float32, error) {
			vectors[0] = change(vectors[0])
			return vectors, nil
		}
	}
	cases := map[string]struct {
		passages func([][]float32) ([][]float32, error)
		is       error
	}{
		"too many":         {func(v [][]float32) ([][]float32, error) { return append(v, v[0]), nil }, nil},
		"too few":          {func(v [][]float32) ([][]float32, error) { return v[:1], nil }, nil},
		"none":             {func([][]float32) ([][]float32, error) { return nil, nil }, nil},
		"an error":         {func(v [][]float32) ([][]float32, error) { return nil, broken }, broken},
		"an error and all": {func(v [][]float32) ([][]float32, error) { return v, broken }, broken},
		"shorter":          {first(func(v []float32) []float32 { return v[1:] }), retrieval.ErrDimension},
		"zero":             {first(func(v []float32) []float32 { return make([]float32, len(v)) }), nil},
		"not a number":     {first(func(v []float32) []float32 { v[0] = float32(math.NaN()); return v }), nil},
		"infinite":         {first(func(v []float32) []float32 { v[0] = float32(math.Inf(1)); return v }), nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) { testBadEmbedder(t, c.passages, c.is) })
	}
}

// testBadEmbedder: a Put that fails leaves what was held, and the same Put is
// right once the embedder is.
func testBadEmbedder(t *testing.T, passages func([][]float32) ([][]float32, error), is error) {
	e := &badEmbedder{}
	x := dense.New(quiet, e)
	old := retrievaltest.Article(0, "Harbour Herald", "Ferry strike", "Ferries stopped at dawn.")
	put(t, x, retrievaltest.Documents([]corpus.Article{old})...)
	changed := retrievaltest.Documents([]corpus.Article{
		retrievaltest.Article(0, "Harbour Herald", "Ferry strike", "Ferries stopped at noon."),
		retrievaltest.Article(1, "Radio Solana", "Comet", "A comet came."),
	})
	e.passages = passages
	err := x.Put(context.Background(), changed)
	if err == nil || is != nil && !errors.Is(err, is) {
		t.Fatalf("error %v, want one that is %v", err, is)
	}
	if n, _ := x.Passages(context.Background()); n != 1 {
		t.Errorf("%d passages after a failed Put, want the 1 from before", n)
	}
	e.passages = nil
	put(t, x, changed...)
	if n, _ := x.Passages(context.Background()); n != 2 {
		t.Errorf("%d passages after the Put was repeated, want 2", n)
	}
}

func TestBadQuestionVector(t *testing.T) {
	for name, query := range map[string]func([]float32) []float32{
		"shorter":      func(v []float32) []float32 { return v[1:] },
		"zero":         func(v []float32) []float32 { return make([]float32, len(v)) },
		"not a number": func(v []float32) []float32 { v[0] = float32(math.NaN()); return v },
	} {
		x := dense.New(quiet, &badEmbedder{query: query})
		put(t, x, retrievaltest.Documents([]corpus.Article{retrievaltest.Article(0, "Radio Solana", "Comet", "A comet came.")})...)
		if _, err := x.Retrieve(context.Background(), retrieval.Query{Text: "comet"}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// TestVectorsAreCopied: an embedder may use its vectors again.
func TestVectorsAreCopied(t *testing.T) {
	var given [][]float32
	e := &badEmbedder{passages: func(v [][]float32) ([][]float32, error) { given = v; return v, nil }}
	x := dense.New(quiet, e)
	put(t, x, retrievaltest.Documents([]corpus.Article{retrievaltest.Article(0, "Radio Solana", "Comet", "A comet came.")})...)
	clear(given[0])
	result, err := x.Retrieve(context.Background(), retrieval.Query{Text: "comet a comet came"})
	if err != nil || len(result.Hits) != 1 || result.Hits[0].Score < .99 {
		t.Errorf("%+v, error %v, want the passage with score 1", result.Hits, err)
	}
}

// TestMonth fills one month, deletes and compares with the exact scan.
func TestMonth(t *testing.T) {
	e := &retrievaltest.Embedder{}
	x, exact := dense.New(quiet, e), dense.NewExact(quiet, e)
	for n := range 30 {
		docs := topics(n, 60)
		put(t, x, docs...)
		put(t, exact, docs...)
	}
	for n := range 10 {
		var gone []string
		for _, doc := range topics(n, 60)[:30] {
			gone = append(gone, doc.Article.ID)
		}
		for _, index := range []*dense.Index{x, exact} {
			if err := index.Delete(context.Background(), gone); err != nil {
				t.Fatal(err)
			}
		}
	}
	a, _ := x.Passages(context.Background())
	b, _ := exact.Passages(context.Background())
	if a != 1500 || b != 1500 {
		t.Errorf("%d passages, exactly %d, want 1500", a, b)
	}
	for n := range 30 {
		q := retrieval.Query{Text: fmt.Sprintf("topic%d report word7", n), Limit: 20}
		want, got := ask(t, exact, q), ask(t, x, q)
		if !slices.Equal(want, got) {
			t.Errorf("topic %d: %v, exactly %v", n, got, want)
		}
	}
}

// topics returns documents about topic n, all in one month.
func topics(n, count int) []retrieval.Document {
	var articles []corpus.Article
	for i := range count {
		a := retrievaltest.Article(0, "Harbour Herald", fmt.Sprintf("topic%d report", n),
			strings.Repeat(fmt.Sprintf("topic%d ", n), 3)+fmt.Sprintf("word%d word%d", i%11, i%7))
		a.Seq = int64(n*count + i + 1)
		a.ID = fmt.Sprint("article ", a.Seq)
		articles = append(articles, a)
	}
	return retrievaltest.Documents(articles)
}

func put(t testing.TB, x retrieval.Index, docs ...retrieval.Document) {
	t.Helper()
	if err := x.Put(context.Background(), docs); err != nil {
		t.Fatal(err)
	}
}

func ask(t testing.TB, x retrieval.Index, q retrieval.Query) []string {
	t.Helper()
	result, err := x.Retrieve(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, hit := range result.Hits {
		ids = append(ids, hit.Passage.ID())
	}
	return ids
}
