package extract

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// The learning of weights and trust, by Adam (Kingma and Ba 2015) from nothing.
const (
	// penalty counts the squares of the weights, in deviations of their features.
	penalty = .05
	steps   = 400
	pace    = .05
	folds   = 5
	// wanted is the share of the answerable that base is set to answer.
	wanted = .88
	// A question of the evaluation with no answer counts more, as they are few; one
	// whose answer was taken away less, as it is made.
	nullCounts    = 3.5
	removedCounts = .3
)

// example is a question with its passages and what is seen of their sentences.
type example struct {
	question           string
	passages           []retrieval.Passage
	labelled           *multihop.Question // nil for one of testdata
	answerable, remade bool
	fold               int
	features           []features
	held               []bool
	compares           bool
}

// see looks at all sentences and notes which hold the answer.
func (x *example) see(g *Generator, holds func(retrieval.Passage, string) bool) {
	e := gather(x.passages, english)
	s := g.newScorer(context.Background(), x.question, read(x.question, english, e.outlets()), e)
	x.compares = s.compares()
	for i, sentence := range e.sentences {
		if s.counts(i) {
			x.features = append(x.features, s.look(i))
			x.held = append(x.held, x.answerable && holds(e.passages[sentence.passage], sentence.text))
		}
	}
}

// without returns the question with the sentences that hold the answer taken away.
func (x *example) without(g *Generator, holds func(retrieval.Passage, string) bool) *example {
	y := &example{question: x.question, labelled: x.labelled, remade: true, fold: x.fold}
	for _, p := range x.passages {
		var kept strings.Builder
		at := 0
		for _, s := range english.Sentences(p.Text) {
			if holds(p, s.In(p.Text)) {
				kept.WriteString(p.Text[at:s.Start])
				at = s.End
			}
		}
		kept.WriteString(p.Text[at:])
		p.Text = kept.String()
		y.passages = append(y.passages, p)
	}
	y.see(g, holds)
	return y
}

// ownExamples are the questions of testdata, and those with an answer once more
// without it. The unseen questions are not learnt from.
func ownExamples(tb testing.TB, g *Generator) []*example {
	var list []*example
	random := rand.New(rand.NewPCG(7, 0))
	for _, prefix := range []string{"", "more-"} {
		articles := readArticles(tb, "testdata/"+prefix+"articles.txtar")
		for _, q := range readQuestions(tb, "testdata/"+prefix+"questions.txtar") {
			holds := func(p retrieval.Passage, s string) bool {
				return (q.outlet == "any" || q.outlet == p.Outlet) &&
					slices.ContainsFunc(q.holds, func(h string) bool { return strings.Contains(s, h) })
			}
			x := &example{question: q.text, passages: nearest(tb, q.text, articles), answerable: q.outlet != "none", fold: random.IntN(folds)}
			x.see(g, holds)
			list = append(list, x)
			if x.answerable {
				list = append(list, x.without(g, holds))
			}
		}
	}
	return list
}

// first returns the features of the sentence that is put first.
func (w *learnt) first(x *example) (best features) {
	most := math.Inf(-1)
	for _, f := range x.features {
		if sum := f.weighed(&w.weights); sum > most {
			most, best = sum, f
		}
	}
	return best
}

// sum is what the best sentence of an example is trusted.
func (w *learnt) sum(x *example) float64 {
	f := w.first(x)
	return w.trusted(&f, x.compares)
}

// trusting are the features that trust knows, ordered those that order does.
var (
	trusting  = []int{near, wide, names, plain, unfit, window, unfocused, unspoken, gap, plainGap, offTopic, scrap, short}
	unordered = []int{unfocused, gap, plainGap}
)

// descend takes Adam's steps down the slope.
func descend(n int, slope func(at, by []float64)) []float64 {
	at, mean, square := make([]float64, n), make([]float64, n), make([]float64, n)
	for step := 1.0; step <= steps; step++ {
		by := make([]float64, n)
		slope(at, by)
		for k, b := range by {
			mean[k] = .9*mean[k] + .1*b
			square[k] = .99*square[k] + .01*b*b
			at[k] -= pace * mean[k] / (1 - math.Pow(.9, step)) / (math.Sqrt(square[k]/(1-math.Pow(.99, step))) + 1e-6)
		}
	}
	return at
}

// deviations returns the standard deviations of the features, 1 for one that is
// always the same.
func deviations(seen []features) (d features) {
	for k := range d {
		var sum, squares float64
		for _, f := range seen {
			sum += f[k]
			squares += f[k] * f[k]
		}
		n := float64(len(seen))
		d[k] = math.Sqrt(max(0, squares/n-sum*sum/n/n))
		if d[k] < 1e-6 {
			d[k] = 1
		}
	}
	return d
}

// order learns the weights.
func order(examples []*example) (w features) {
	var seen []features
	var with []*example
	for _, x := range examples {
		seen = append(seen, x.features...)
		if slices.Contains(x.held, true) {
			with = append(with, x)
		}
	}
	d := deviations(seen)
	at := descend(known, func(at, by []float64) {
		for _, x := range with {
			orderSlope(x, &d, at, by)
		}
		for k := range by {
			by[k] = by[k]/float64(len(with)) + penalty*at[k]
			if slices.Contains(unordered, k) {
				by[k] = 0
			}
		}
	})
	for k := range w {
		w[k] = at[k] / d[k]
	}
	return w
}

// orderSlope adds how -ln of the share of those that hold the answer changes.
func orderSlope(x *example, d *features, at, by []float64) {
	shares, most := make([]float64, len(x.features)), math.Inf(-1)
	for i, f := range x.features {
		for k, v := range f {
			shares[i] += at[k] * v / d[k]
		}
		most = max(most, shares[i])
	}
	var all, held float64
	for i := range shares {
		shares[i] = math.Exp(shares[i] - most)
		all += shares[i]
		if x.held[i] {
			held += shares[i]
		}
	}
	for i, f := range x.features {
		blame := shares[i] / all
		if x.held[i] {
			blame -= shares[i] / held
		}
		for k, v := range f {
			by[k] += blame * v / d[k]
		}
	}
}

// counts is what an example counts when trust is learnt.
func (x *example) counts() float64 {
	switch {
	case x.remade:
		return removedCounts
	case x.labelled != nil && !x.answerable:
		return nullCounts
	}
	return 1
}

// learn learns all of it; base last, on the answerable of the evaluation where
// there are some.
func learn(examples []*example) *learnt {
	w := &learnt{weights: order(examples)}
	var best []features
	for _, x := range examples {
		best = append(best, w.first(x))
	}
	d := deviations(best)
	n := len(trusting)
	at := descend(n+2, func(at, by []float64) {
		var total float64
		for i, x := range examples {
			v := make([]float64, n+2)
			for j, k := range trusting {
				v[j] = best[i][k] / d[k]
			}
			v[n+1] = 1
			if x.compares {
				v[n] = 1
			}
			trustSlope(x, v, at, by)
			total += x.counts()
		}
		for k := range by {
			by[k] /= total
			if k <= n {
				by[k] += penalty * at[k]
			}
		}
	})
	for j, k := range trusting {
		w.trust[k] = at[j] / d[k]
	}
	w.compared = at[n]
	w.setBase(examples, wanted)
	return w
}

// trustSlope adds how the logistic loss of one example changes.
func trustSlope(x *example, v, at, by []float64) {
	var sum float64
	for k := range v {
		sum += at[k] * v[k]
	}
	blame := 1 / (1 + math.Exp(-sum))
	if x.answerable {
		blame--
	}
	for k := range v {
		by[k] += x.counts() * blame * v[k]
	}
}

// setBase sets base so that the share of the answerable is answered: of those of
// the evaluation, or of testdata where there are none of it.
func (w *learnt) setBase(examples []*example, share float64) {
	w.base = 0
	var sums, own []float64
	for _, x := range examples {
		switch {
		case x.answerable && x.labelled != nil:
			sums = append(sums, w.sum(x))
		case x.answerable:
			own = append(own, w.sum(x))
		}
	}
	if len(sums) == 0 {
		sums = own
	}
	slices.Sort(sums)
	w.base = -sums[int((1-share)*float64(len(sums)))]
}
