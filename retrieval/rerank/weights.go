package rerank

import "math"

// weights are what each feature counts.
var weights = features{place: .7, cosine: 6, dated: 4.7, figures: 1.4, quotes: .7, length: 1.1, share: 8}

// termWeights are what each trait does to a term's weight, as powers of e.
var termWeights = traits{rarity: 1.3, distance: -.9, ahead: -1.5, calendar: -1.7, outlet: -1.3}

// score is the sum of what is known, weighted.
func (x *features) score() float64 {
	sum := 0.0
	for i, v := range x {
		sum += weights[i] * v
	}
	return sum
}

// weight is what a term counts beside others.
func (t *traits) weight() float64 {
	sum := 0.0
	for i, v := range t {
		sum += termWeights[i] * v
	}
	return math.Exp(sum)
}
