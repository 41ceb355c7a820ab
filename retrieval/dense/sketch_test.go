package dense

import (
	"math/rand/v2"
	"testing"
)

// TestMismatches multiplies signs and levels one by one.
func TestMismatches(t *testing.T) {
	for _, dimensions := range []int{1, 256, 300} {
		r := newRotation(dimensions)
		passage, question := direction(dimensions, 1), direction(dimensions, 2)
		sketch, asked := r.sketch(nil, passage), r.ask(question)
		product := 0
		for i := range 256 * r.blocks() {
			sign := 2*int(sketch[i/256][i%256/64]>>(i%64)&1) - 1
			a := asked[i/256]
			level := 2*(2*int(a.twice[i%256/64]>>(i%64)&1)-1) + 2*int(a.once[i%256/64]>>(i%64)&1) - 1
			product += sign * level
		}
		got := make([]uint32, 1)
		mismatches(asked, sketch, got)
		if want := r.farthest() - product; 2*int(got[0]) != want {
			t.Errorf("%d dimensions: %d, want half of %d", dimensions, got[0], want)
		}
	}
}

// TestSketchTellsTheCosine: a sketch is nearest to the vector it is of, farthest
// from the opposite one and half way from others, whatever the vectors are like.
func TestSketchTellsTheCosine(t *testing.T) {
	sparse := make([]float32, 256)
	sparse[3], sparse[77] = .8, .6
	for name, vector := range map[string][]float32{
		"dense": direction(256, 1), "sparse": sparse, "one component": {1}, "three": {.48, .6, .64}, "long": direction(1000, 1),
	} {
		r := newRotation(len(vector))
		opposite := make([]float32, len(vector))
		for i, v := range vector {
			opposite[i] = -v
		}
		got := make([]uint32, 2)
		sketches := r.sketch(r.sketch(nil, vector), opposite)
		mismatches(r.ask(vector), sketches, got)
		// A component of a normal distribution is beyond one deviation for 32 in 100,
		// and the others cost one step of the three.
		same, other := float64(got[0])/float64(r.farthest()), float64(got[1])/float64(r.farthest())
		if same > .3 || other < .7 {
			t.Errorf("%s: itself at %.2f, its opposite at %.2f of the farthest", name, same, other)
		}
	}
}

// direction returns a vector of norm 1, another for each seed.
func direction(dimensions int, seed uint64) []float32 {
	source := rand.New(rand.NewPCG(seed, 0))
	vector := make([]float32, dimensions)
	for i := range vector {
		vector[i] = float32(source.NormFloat64())
	}
	vector, err := unit(vector, dimensions)
	if err != nil {
		panic(err)
	}
	return vector
}
