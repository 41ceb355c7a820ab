package static

import (
	"math"
	"math/bits"
	"slices"
	"strings"
	"testing"
)

func TestAppendTokens(t *testing.T) {
	e := testEmbedder(t)
	got := e.AppendTokens([]int32{7}, "The Ferry pier")
	want := append([]int32{7}, e.AppendTokens(nil, "the férry PIER")...)
	if !slices.Equal(got, want) || len(got) != 4 {
		t.Errorf("tokens %v, want %v", got, want)
	}
	if got := e.AppendTokens(nil, " \t"); len(got) != 0 {
		t.Errorf("white space has tokens %v", got)
	}
}

// TestWeight holds that the weight is the norm of what the token adds to a text.
func TestWeight(t *testing.T) {
	e := testEmbedder(t)
	weights := map[string]float64{}
	for _, word := range strings.Fields("the said council ferry") {
		token := e.AppendTokens(nil, word)[0]
		sum := e.table.sum([]int32{token})
		square := 0.0
		for _, x := range sum {
			square += float64(x) * float64(x)
		}
		weights[word] = e.Weight(token)
		if math.Abs(weights[word]-math.Sqrt(square)) > 1e-3 {
			t.Errorf("%q weighs %v, its vector has norm %v", word, weights[word], math.Sqrt(square))
		}
	}
	for _, pair := range []string{"the said", "said council", "council ferry"} {
		light, heavy, _ := strings.Cut(pair, " ")
		if weights[light] >= weights[heavy] {
			t.Errorf("%q weighs %v, %q %v", light, weights[light], heavy, weights[heavy])
		}
	}
}

// TestSketch holds a sketch to the signs of the vector, and the cosines that sketches
// tell to those of the vectors.
func TestSketch(t *testing.T) {
	e := testEmbedder(t)
	words := strings.Fields("ferry ship boat lawsuit suing court seven 7 orchard apple lighthouse senator")
	var worst float64
	for _, a := range words {
		one := e.AppendTokens(nil, a)[0]
		vector, sketch := e.table.sum([]int32{one}), e.Sketch(one)
		for i, x := range vector {
			if bit := sketch[i/64] >> (i % 64) & 1; (x < 0) != (bit == 1) {
				t.Fatalf("%q: dimension %d is %v, its bit %d", a, i, x, bit)
			}
		}
		for _, b := range words {
			other := e.AppendTokens(nil, b)[0]
			differ := 0
			for i, block := range e.Sketch(other) {
				differ += bits.OnesCount64(block ^ sketch[i])
			}
			v := e.table.sum([]int32{other})
			worst = max(worst, math.Abs(math.Cos(math.Pi*float64(differ)/256)-cosine(vector[:], v[:])))
		}
	}
	if worst > .3 {
		t.Errorf("sketches are off by %.2f of a cosine", worst)
	}
}

func BenchmarkSketches(b *testing.B) {
	e := testEmbedder(b)
	for b.Loop() {
		e.table.sketches()
	}
}

func BenchmarkWeight(b *testing.B) {
	e := testEmbedder(b)
	for b.Loop() {
		e.Weight(4000)
	}
}
