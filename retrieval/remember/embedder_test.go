package remember

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus/store"
	"newsdesk/retrieval"
	"newsdesk/retrieval/retrievaltest"
)

var _ retrieval.Embedder = (*Embedder)(nil)

func openAt(tb testing.TB, path string) *store.DB {
	tb.Helper()
	db, err := store.Open(tb.Context(), slog.New(slog.DiscardHandler), path)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := db.Close(); err != nil {
			tb.Error(err)
		}
	})
	return db
}

func open(tb testing.TB) *store.DB {
	tb.Helper()
	return openAt(tb, filepath.Join(tb.TempDir(), "news.db"))
}

func around(tb testing.TB, db *store.DB, inner retrieval.Embedder) *Embedder {
	tb.Helper()
	e, err := New(tb.Context(), slog.New(slog.DiscardHandler), db, inner)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func embed(t *testing.T, e *Embedder, texts ...string) [][]float32 {
	t.Helper()
	vectors, err := e.EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	return vectors
}

// asked returns all texts that the inner embedder was asked for.
func asked(inner *retrievaltest.Embedder) []string { return slices.Concat(inner.Batches()...) }

func numbered(from, to int) []string {
	var texts []string
	for i := from; i < to; i++ {
		texts = append(texts, fmt.Sprintf("passage number%d", i))
	}
	return texts
}

func TestEmbedder(t *testing.T) {
	retrievaltest.TestEmbedder(t, func(t *testing.T) retrieval.Embedder {
		return around(t, open(t), new(retrievaltest.Embedder))
	})
}

func TestAsksOnce(t *testing.T) {
	inner := new(retrievaltest.Embedder)
	e := around(t, open(t), inner)
	first := embed(t, e, "pier", "ferry", "pier", "", "!!")
	if got := asked(inner); !slices.Equal(got, []string{"pier", "ferry", "", "!!"}) {
		t.Errorf("asked for %q", got)
	}
	again := embed(t, e, "!!", "kiosk", "ferry", "pier", "")
	if got := asked(inner)[4:]; !slices.Equal(got, []string{"kiosk"}) {
		t.Errorf("then asked for %q", got)
	}
	if again[0] != nil || again[4] != nil || !slices.Equal(again[2], first[1]) || !slices.Equal(again[3], first[0]) {
		t.Error("remembered vectors are in other places than they were")
	}
	if got := inner.Words(again[1]); !slices.Equal(got, []string{"kiosk"}) {
		t.Errorf("the new vector says %q", got)
	}
}

func TestVectorsAreNotShared(t *testing.T) {
	e := around(t, open(t), new(retrievaltest.Embedder))
	for range 2 { // new, then remembered
		vectors := embed(t, e, "pier", "pier")
		vectors[0][0] = 7
		if vectors[1][0] == 7 {
			t.Error("two places have one vector")
		}
	}
}

func TestRestartEmbedsNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	texts := append(numbered(0, 300), "", "...")
	var want [][]float32
	t.Run("first", func(t *testing.T) {
		want = embed(t, around(t, openAt(t, path), new(retrievaltest.Embedder)), texts...)
	})
	t.Run("second", func(t *testing.T) {
		inner := new(retrievaltest.Embedder)
		got := embed(t, around(t, openAt(t, path), inner), texts...)
		if n := len(inner.Batches()); n != 0 {
			t.Errorf("after a restart the inner embedder was asked %d times", n)
		}
		for i := range want {
			if !slices.Equal(got[i], want[i]) || (got[i] == nil) != (want[i] == nil) {
				t.Fatalf("vector %d is another one after a restart", i)
			}
		}
	})
}

func TestRetryGoesOn(t *testing.T) {
	broken := errors.New("the power went")
	inner := new(retrievaltest.Embedder)
	inner.Fail = func(texts []string) error {
		if slices.Contains(texts, "passage number300") {
			return broken
		}
		return nil
	}
	db, texts := open(t), numbered(0, 500)
	if v, err := around(t, db, inner).EmbedPassages(t.Context(), texts); !errors.Is(err, broken) || v != nil {
		t.Fatalf("%d vectors, %v", len(v), err)
	}
	whole := new(retrievaltest.Embedder)
	embed(t, around(t, db, whole), texts...)
	if got := asked(whole); !slices.Equal(got, texts[2*batch:]) {
		t.Errorf("the retry asked for %d texts, want those from the broken batch on: %d", len(got), len(texts)-2*batch)
	}
	for _, b := range whole.Batches() {
		if len(b) > batch {
			t.Errorf("a batch of %d", len(b))
		}
	}
}

// neighbour is an Embedder that gives what its fields say.
type neighbour struct {
	model   string
	vectors func(texts []string) [][]float32
}

func (n *neighbour) Model() string { return n.model }

func (n *neighbour) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	return n.vectors(texts), nil
}

func (n *neighbour) EmbedQuery(_ context.Context, text string) ([]float32, error) {
	return n.vectors([]string{text})[0], nil
}

// axis gives every text the same unit vector of n numbers.
func axis(n int) func([]string) [][]float32 {
	return func(texts []string) [][]float32 {
		vectors := make([][]float32, len(texts))
		for i := range vectors {
			vectors[i] = make([]float32, n)
			vectors[i][i%n] = 1
		}
		return vectors
	}
}

func TestBadNeighbours(t *testing.T) {
	spoil := func(change func([][]float32) [][]float32) func([]string) [][]float32 {
		return func(texts []string) [][]float32 { return change(axis(3)(texts)) }
	}
	number := func(x float32) func([]string) [][]float32 {
		return spoil(func(v [][]float32) [][]float32 { v[1][2] = x; return v })
	}
	for name, c := range map[string]struct {
		vectors func([]string) [][]float32
		kind    error
		words   string
	}{
		"too many":        {spoil(func(v [][]float32) [][]float32 { return append(v, v[0]) }), nil, "5 vectors for 4 texts"},
		"half":            {spoil(func(v [][]float32) [][]float32 { return v[:2] }), nil, "2 vectors for 4 texts"},
		"none":            {spoil(func([][]float32) [][]float32 { return nil }), nil, "0 vectors for 4 texts"},
		"two dimensions":  {spoil(func(v [][]float32) [][]float32 { v[3] = []float32{1}; return v }), retrieval.ErrDimension, "3 and 1 numbers"},
		"no numbers":      {spoil(func(v [][]float32) [][]float32 { v[0] = []float32{}; return v }), retrieval.ErrDimension, "0 numbers"},
		"not a number":    {number(float32(math.NaN())), nil, "norm NaN"},
		"infinite":        {number(float32(math.Inf(-1))), nil, "norm +Inf"},
		"too long":        {number(0.5), nil, "norm 1.1"},
		"zero":            {spoil(func(v [][]float32) [][]float32 { clear(v[0]); return v }), nil, "norm 0"},
		"other dimension": {axis(4), retrieval.ErrDimension, "has 3 numbers, now it gave 4"},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t)
			embed(t, around(t, db, &neighbour{"m", axis(3)}), "known")
			bad := around(t, db, &neighbour{"m", c.vectors})
			vectors, err := bad.EmbedPassages(t.Context(), []string{"a", "b", "c", "d"})
			if err == nil || vectors != nil || c.kind != nil && !errors.Is(err, c.kind) || !strings.Contains(err.Error(), c.words) {
				t.Fatalf("%v, %v; want an error with %q", vectors, err, c.words)
			}
			good := new(counting)
			embed(t, around(t, db, good), "a", "b", "c", "d")
			if good.texts != 4 {
				t.Errorf("%d of the bad vectors were kept", 4-good.texts)
			}
		})
	}
}

// counting is a good neighbour of model "m" that counts.
type counting struct{ texts int }

func (c *counting) Model() string { return "m" }

func (c *counting) EmbedPassages(_ context.Context, texts []string) ([][]float32, error) {
	c.texts += len(texts)
	return axis(3)(texts), nil
}

func (c *counting) EmbedQuery(context.Context, string) ([]float32, error) {
	return []float32{1, 0, 0}, nil
}

func TestQueryIsChecked(t *testing.T) {
	db := open(t)
	embed(t, around(t, db, &neighbour{"m", axis(3)}), "known")
	other := around(t, db, &neighbour{"m", axis(2)})
	if _, err := other.EmbedQuery(t.Context(), "q"); !errors.Is(err, retrieval.ErrDimension) {
		t.Errorf("another dimension: %v", err)
	}
	zero := around(t, db, &neighbour{"m", func([]string) [][]float32 { return [][]float32{{0, 0, 0}} }})
	if _, err := zero.EmbedQuery(t.Context(), "q"); err == nil {
		t.Error("a zero vector was taken")
	}
}

func TestTwoModels(t *testing.T) {
	db := open(t)
	three := around(t, db, &neighbour{"three", axis(3)})
	two := around(t, db, &neighbour{"two", axis(2)})
	for range 2 {
		if a, b := embed(t, three, "pier"), embed(t, two, "pier"); len(a[0]) != 3 || len(b[0]) != 2 {
			t.Errorf("vectors of %d and %d numbers, want 3 and 2", len(a[0]), len(b[0]))
		}
	}
}

func TestComplete(t *testing.T) {
	db := open(t)
	old := around(t, db, &neighbour{"old", axis(3)})
	newer := around(t, db, &neighbour{"newer", axis(2)})
	last := func(model string, seq int64) {
		t.Helper()
		for _, e := range []*Embedder{old, newer} {
			if m, s, err := e.LastComplete(t.Context()); m != model || s != seq || err != nil {
				t.Errorf("last complete: %q at %d, %v, want %q at %d", m, s, err, model, seq)
			}
		}
	}
	complete := func(e *Embedder, seq int64) {
		t.Helper()
		if err := e.Complete(t.Context(), seq); err != nil {
			t.Fatal(err)
		}
	}
	last("", 0)
	complete(old, 7)
	last("old", 7)
	embed(t, newer, "pier") // being filled is not complete
	last("old", 7)
	complete(newer, 7)
	last("newer", 7)
	complete(newer, 9)
	last("newer", 9)
	complete(old, 9)
	last("old", 9)
}

func TestDamagedVector(t *testing.T) {
	db := open(t)
	e := around(t, db, &neighbour{"m", axis(3)})
	embed(t, e, "pier")
	err := db.Write(t.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(t.Context(), `UPDATE remember_vectors SET vector = x'00'`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.EmbedPassages(t.Context(), []string{"pier"}); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("error %v", err)
	}
}

// many returns n texts, and an embedder of 256 numbers.
func many(n int) ([]string, *neighbour) { return numbered(0, n), &neighbour{"m", axis(256)} }

func BenchmarkLearn(b *testing.B) {
	texts, inner := many(5_000)
	for b.Loop() {
		e := around(b, open(b), inner)
		if _, err := e.EmbedPassages(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(texts)*b.N)/b.Elapsed().Seconds(), "texts/s")
}

// BenchmarkLoad reads 50,000 remembered vectors of 256 numbers.
func BenchmarkLoad(b *testing.B) {
	texts, inner := many(50_000)
	e := around(b, open(b), inner)
	if _, err := e.EmbedPassages(b.Context(), texts); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := e.EmbedPassages(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
}
