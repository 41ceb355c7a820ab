package dense

import (
	"math"
	"math/bits"
	"math/rand/v2"
)

const (
	// rounds of random signs and Hadamard transform make a rotation. For the built-in
	// embedder's vectors one is as good as two or three; one leaves zeros, whose signs
	// say nothing, in vectors that have few components.
	rounds = 2
	// step is the width of the four levels of a question's component, in standard
	// deviations: the best there is for a normal distribution (Max, "Quantizing for
	// minimum distortion", 1960).
	step = 0.9957
)

// block is 256 signs; a sketch is as many blocks as the rotation has.
type block [4]uint64

// rotation turns vectors in a space of a power of two dimensions, 256 at least,
// the same way in every process. After it each component says as much about the
// direction as any other, however unevenly the model fills its own. It is safe
// for concurrent use.
type rotation struct {
	// dimensions is the length of the vectors that it takes.
	dimensions int
	signs      [rounds][]float32
}

func newRotation(dimensions int) *rotation {
	r := &rotation{dimensions: dimensions}
	size := max(256, 1<<bits.Len(uint(dimensions-1)))
	source := rand.New(rand.NewPCG(1, 2))
	for round := range r.signs {
		r.signs[round] = make([]float32, size)
		for i := range r.signs[round] {
			r.signs[round][i] = float32(1 - 2*source.IntN(2))
		}
	}
	return r
}

// blocks is the number of blocks of a sketch.
func (r *rotation) blocks() int { return len(r.signs[0]) / 256 }

// farthest is the largest distance of a sketch from a question.
func (r *rotation) farthest() int { return 3 * len(r.signs[0]) }

// of returns vector rotated, and longer by the square root of the number of its
// components for each round.
func (r *rotation) of(vector []float32) []float32 {
	turned := make([]float32, len(r.signs[0]))
	copy(turned, vector)
	for _, signs := range r.signs {
		for i, sign := range signs {
			turned[i] *= sign
		}
		hadamard(turned)
	}
	return turned
}

// hadamard transforms v in place, by sums and differences only.
func hadamard(v []float32) {
	for half := 1; half < len(v); half *= 2 {
		for start := 0; start < len(v); start += 2 * half {
			low, high := v[start:start+half], v[start+half:start+2*half]
			for i, a := range low {
				b := high[i]
				low[i], high[i] = a+b, a-b
			}
		}
	}
}

// sketch appends the signs of vector, rotated, to sketches.
func (r *rotation) sketch(sketches []block, vector []float32) []block {
	var b block
	for i, v := range r.of(vector) {
		if v >= 0 {
			b[i%256/64] |= 1 << (i % 64)
		}
		if i%256 == 255 {
			sketches = append(sketches, b)
			b = block{}
		}
	}
	return sketches
}

// asked is 256 components of a question, rotated and brought to one of the
// levels -3, -1, 1 and 3. A level is twice the sign of one bit and once that of
// the other.
type asked struct{ twice, once block }

// ask returns the components of a question of norm 1.
func (r *rotation) ask(vector []float32) []asked {
	question := make([]asked, r.blocks())
	turned := r.of(vector)
	deviation := math.Pow(float64(len(turned)), float64(rounds-1)/2) // of a component
	for i, v := range turned {
		level := uint64(min(max(math.Floor(float64(v)/(step*deviation))+2, 0), 3))
		a := &question[i/256]
		a.twice[i%256/64] |= level >> 1 << (i % 64)
		a.once[i%256/64] |= level & 1 << (i % 64)
	}
	return question
}

// mismatches writes for each sketch how far it is from the question: by how much
// the product of its signs with the question's levels falls short of the most
// that it can be, in steps of two. Four words at a time take 4.4 ns a sketch of
// 256 signs, in a loop of one word 5.7.
func mismatches(question []asked, sketches []block, into []uint32) {
	for at := range into {
		sum := 0
		for i := range question {
			a, b := &question[i], &sketches[i]
			sum += bits.OnesCount64(b[0]^a.once[0]) + bits.OnesCount64(b[1]^a.once[1]) +
				bits.OnesCount64(b[2]^a.once[2]) + bits.OnesCount64(b[3]^a.once[3]) +
				2*(bits.OnesCount64(b[0]^a.twice[0])+bits.OnesCount64(b[1]^a.twice[1])+
					bits.OnesCount64(b[2]^a.twice[2])+bits.OnesCount64(b[3]^a.twice[3]))
		}
		into[at] = uint32(sum)
		sketches = sketches[len(question):]
	}
}
