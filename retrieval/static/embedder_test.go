package static

import (
	"context"
	"encoding/json"
	"errors"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"newsdesk/retrieval"
	"newsdesk/retrieval/retrievaltest"
)

var _ retrieval.Embedder = (*Embedder)(nil)

func testEmbedder(tb testing.TB) *Embedder {
	tb.Helper()
	e, err := New()
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func TestEmbedder(t *testing.T) {
	e := testEmbedder(t)
	retrievaltest.TestEmbedder(t, func(*testing.T) retrieval.Embedder { return e })
}

// TestReference compares with what the makers of the table got for 16 texts:
// the same tokens, and vectors to a cosine of .9999.
func TestReference(t *testing.T) {
	data, err := os.ReadFile("testdata/reference.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Text   string
		Tokens []int32
		Vector []float32
	}
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	e := testEmbedder(t)
	for _, c := range cases {
		if got := newScanner(e.tokenizer).scan(c.Text); !slices.Equal(got, c.Tokens) {
			t.Errorf("%q: tokens %v, want %v", c.Text, got, c.Tokens)
		}
		got, err := e.EmbedQuery(t.Context(), c.Text)
		if err != nil {
			t.Fatal(err)
		}
		if cos := cosine(got, c.Vector); cos < .9999 {
			t.Errorf("%q: cosine %v to the reference", c.Text, cos)
		}
	}
	if len(cases) < 16 {
		t.Errorf("%d reference texts, want 16", len(cases))
	}
}

func cosine(a, b []float32) float64 {
	var ab, aa, bb float64
	for i := range min(len(a), len(b)) {
		x, y := float64(a[i]), float64(b[i])
		ab, aa, bb = ab+x*y, aa+x*x, bb+y*y
	}
	if len(a) != len(b) {
		return -1
	}
	return ab / math.Sqrt(aa*bb)
}

func TestEmbedPassages(t *testing.T) {
	e := testEmbedder(t)
	texts := []string{"", "The ferry pier closes.", " \t\u00ad", "Who closed the pier?", "\x00\xff"}
	for range 100 {
		texts = append(texts, "Ferry "+strings.Repeat("pier ", len(texts)))
	}
	vectors, err := e.EmbedPassages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if len(vectors) != len(texts) {
		t.Fatalf("%d vectors for %d texts", len(vectors), len(texts))
	}
	for i, text := range texts {
		want, err := e.EmbedQuery(t.Context(), text)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(vectors[i], want) {
			t.Errorf("text %d: another vector in a batch than alone", i)
		}
		if none := i == 0 || i == 2 || i == 4; none != (vectors[i] == nil) {
			t.Errorf("text %d, %q: vector of %d numbers", i, text, len(vectors[i]))
		}
	}
	if empty, err := e.EmbedPassages(t.Context(), nil); err != nil || len(empty) != 0 {
		t.Errorf("no texts: %v, %v", empty, err)
	}
}

func TestContextEnds(t *testing.T) {
	e := testEmbedder(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := e.EmbedPassages(ctx, []string{"a", "b"}); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("passages: %v, %v", v, err)
	}
	if v, err := e.EmbedQuery(ctx, "a"); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("query: %v, %v", v, err)
	}
}

// TestModel fails when table, vocabulary or tokenizer change: vectors that are
// remembered under the old name must not meet new ones.
func TestModel(t *testing.T) {
	if got, want := testEmbedder(t).Model(), "static-256-c1d5808d"; got != want {
		t.Errorf("model %q, want %q", got, want)
	}
}

func TestOpenRefuses(t *testing.T) {
	if _, err := open(file(goodHeader, 520), vocabularyFile); err == nil {
		t.Error("two rows for 30,522 pieces were taken")
	}
	if _, err := open("", vocabularyFile); err == nil {
		t.Error("no table was taken")
	}
	if _, err := open(tableFile, ""); err == nil {
		t.Error("no vocabulary was taken")
	}
}

// passage is about as long as a passage of the index: 120 words.
var passage = strings.Repeat("The harbour council of Lindesund voted 7 to 2 on Tuesday to close the old ferry pier, "+
	"a decision that Marta Oyelaran, who runs its kiosk, called “hasty and ill-informed”. ", 4)

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := New(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkScan(b *testing.B) {
	s := testScanner(b)
	tokens := 0
	for b.Loop() {
		tokens += len(s.scan(passage))
	}
	b.ReportMetric(float64(tokens)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkSum(b *testing.B) {
	e := testEmbedder(b)
	ids := slices.Clone(newScanner(e.tokenizer).scan(passage))
	n := 0
	for b.Loop() {
		e.table.sum(ids)
		n += len(ids)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkEmbedQuery(b *testing.B) {
	e := testEmbedder(b)
	n := len(newScanner(e.tokenizer).scan(passage)) // tokens of one text
	for b.Loop() {
		if _, err := e.EmbedQuery(b.Context(), passage); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}

func BenchmarkEmbedPassages(b *testing.B) {
	e := testEmbedder(b)
	n := len(newScanner(e.tokenizer).scan(passage))
	texts := make([]string, 1000)
	for i := range texts {
		texts[i] = passage
	}
	for b.Loop() {
		if _, err := e.EmbedPassages(b.Context(), texts); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*len(texts))*float64(b.N)/b.Elapsed().Seconds(), "tokens/s")
}
