package rerank

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"newsdesk/retrieval"
)

// The learning. Passages that answer a question should score above those that do not:
// what is minimised is, over the questions, the mean over the passages that answer one
// of -ln of the share that the passage has of e^score among itself and those that do
// not answer, plus penalty × the squares of the weights, in standard deviations of
// their features, and termPenalty × the squares of how far the weights of terms are
// from where they begin. Weights of features and of terms are learnt together.
const (
	penalty     = .02
	termPenalty = .003
	folds       = 5
	splits      = 5
)

// beginning is where the weights of terms begin.
var beginning = traits{rarity: 1.5}

// example is a question with all that can be known of its hits.
type example struct {
	asked
	terms    []term
	features []features
	// near is how near each hit is to each term.
	near     [][]float64
	relevant []bool
	hits     []retrieval.Hit
}

// examples asks the inner retriever every question.
func (s *shared) examples(tb testing.TB, questions []asked) []example {
	tb.Helper()
	var list []example
	for _, a := range questions {
		q := a.query
		q.Limit = depth
		result, err := s.inner.Retrieve(tb.Context(), q)
		if err != nil {
			tb.Fatal(err)
		}
		e := example{asked: a, hits: result.Hits, relevant: make([]bool, len(result.Hits))}
		question := s.reranked.read(q)
		e.terms, e.features = question.terms, s.reranked.features(question, result.Hits)
		sight := newSight(s.reranked.vocabulary)
		sight.begin(question)
		for i, hit := range result.Hits {
			e.relevant[i] = a.relevant(hit.Passage)
			sight.look(hit.Passage)
			near := make([]float64, len(sight.best))
			for t, n := range sight.best {
				near[t] = float64(n)
			}
			e.near = append(e.near, near)
		}
		list = append(list, e)
	}
	return list
}

// learnt are weights of features and of terms.
type learnt struct {
	weights features
	terms   traits
}

// shares returns the shares of the terms.
func (w *learnt) shares(terms []term) []float64 {
	list, sum := make([]float64, len(terms)), 0.0
	for i, t := range terms {
		x := 0.0
		for k, v := range t.traits {
			x += w.terms[k] * v
		}
		list[i] = math.Exp(x)
		sum += list[i]
	}
	for i := range list {
		list[i] /= sum
	}
	return list
}

// see returns the features of the hits with the terms weighted so.
func (w *learnt) see(e *example) []features {
	shares, list := w.shares(e.terms), slices.Clone(e.features)
	for i, near := range e.near {
		list[i][share] = 0
		for t, n := range near {
			list[i][share] += shares[t] * n
		}
	}
	return list
}

func (w *learnt) scores(seen []features) []float64 {
	list := make([]float64, len(seen))
	for i := range seen {
		for k, v := range seen[i] {
			list[i] += w.weights[k] * v
		}
	}
	return list
}

// order returns the passages of the hits, best first.
func (w *learnt) order(e *example) []retrieval.Passage {
	scores := w.scores(w.see(e))
	at := make([]int, len(e.hits))
	for i := range at {
		at[i] = i
	}
	slices.SortStableFunc(at, func(a, b int) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return 0
	})
	var list []retrieval.Passage
	for _, i := range at {
		list = append(list, e.hits[i].Passage)
	}
	return list
}

// blame returns the loss of one question and what it changes with each score.
func blame(scores []float64, relevant []bool) (loss float64, by []float64) {
	by = make([]float64, len(scores))
	most, good, bad := slices.Max(scores), 0.0, 0.0
	for i, s := range scores {
		if relevant[i] {
			good++
		} else {
			bad += math.Exp(s - most)
		}
	}
	if good == 0 || bad == 0 {
		return 0, by
	}
	inverse := 0.0
	for i, s := range scores {
		if !relevant[i] {
			continue
		}
		x := math.Exp(s - most)
		loss -= math.Log(x/(bad+x)) / good
		by[i] = (x/(bad+x) - 1) / good
		inverse += 1 / (bad + x)
	}
	for i, s := range scores {
		if !relevant[i] {
			by[i] = math.Exp(s-most) * inverse / good
		}
	}
	return loss, by
}

const learntCount = known + traitsKnown

// slope returns the loss over the examples and how it changes with each weight.
func (w *learnt) slope(examples []*example, deviations features) (total float64, by [learntCount]float64) {
	n := float64(len(examples))
	for _, e := range examples {
		if len(e.hits) == 0 {
			continue
		}
		seen := w.see(e)
		loss, blamed := blame(w.scores(seen), e.relevant)
		total += loss / n
		for i, b := range blamed {
			for k, v := range seen[i] {
				by[k] += b * v / n
			}
		}
		for k, v := range w.termSlope(e, seen, blamed) {
			by[known+k] += v / n
		}
	}
	for k, d := range deviations {
		x := w.weights[k] * d
		total += penalty / 2 * x * x
		by[k] += penalty * x * d
	}
	for k := range w.terms {
		x := w.terms[k] - beginning[k]
		total += termPenalty / 2 * x * x
		by[known+k] += termPenalty * x
	}
	return total, by
}

// termSlope is how the loss of one question changes with the weights of terms.
func (w *learnt) termSlope(e *example, seen []features, blamed []float64) (by traits) {
	shares := w.shares(e.terms)
	for t, term := range e.terms {
		sum := 0.0
		for i, b := range blamed {
			sum += b * w.weights[share] * (e.near[i][t] - seen[i][share])
		}
		for k, v := range term.traits {
			by[k] += sum * shares[t] * v
		}
	}
	return by
}

// deviationsOf returns the standard deviations of the features.
func deviationsOf(examples []*example, w *learnt) (d features) {
	var sums, squares features
	n := 0.0
	for _, e := range examples {
		for _, x := range w.see(e) {
			n++
			for k, v := range x {
				sums[k] += v
				squares[k] += v * v
			}
		}
	}
	for k := range d {
		d[k] = math.Sqrt(max(1e-12, squares[k]/n-sums[k]*sums[k]/n/n))
	}
	return d
}

// learn returns the weights with the least loss, by resilient steps (Riedmiller and
// Braun 1993): each weight has a step of its own, which grows while the slope keeps
// its sign.
func learn(examples []*example) learnt {
	w := learnt{weights: features{place: 1, share: 5}, terms: beginning}
	deviations := deviationsOf(examples, &w)
	var steps, last [learntCount]float64
	for k := range steps {
		steps[k] = .05
		if k < known {
			steps[k] /= deviations[k]
		}
	}
	for range 300 {
		_, slope := w.slope(examples, deviations)
		for k, s := range slope {
			switch {
			case s*last[k] > 0:
				steps[k] *= 1.2
			case s*last[k] < 0:
				steps[k] *= .5
				s = 0
			}
			move := 0.0
			if s != 0 {
				move = -math.Copysign(steps[k], s)
			}
			if k < known {
				w.weights[k] += move
			} else {
				w.terms[k-known] += move
			}
			last[k] = s
		}
	}
	return w
}

// foldOf gives each question one of the folds, those of a kind evenly.
func foldOf(questions []*example, seed uint64) []int {
	byKind := map[string][]int{}
	var kinds []string
	for i, e := range questions {
		if byKind[e.kind] == nil {
			kinds = append(kinds, e.kind)
		}
		byKind[e.kind] = append(byKind[e.kind], i)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	list := make([]int, len(questions))
	for _, kind := range kinds {
		from := random.IntN(folds)
		for place, at := range random.Perm(len(byKind[kind])) {
			list[byKind[kind][at]] = (from + place) % folds
		}
	}
	return list
}

// held returns the orders of questions by weights that were learnt on the other
// folds.
func held(examples []*example, seed uint64) [][]retrieval.Passage {
	fold := foldOf(examples, seed)
	orders := make([][]retrieval.Passage, len(examples))
	for f := range folds {
		var others []*example
		for i, e := range examples {
			if fold[i] != f {
				others = append(others, e)
			}
		}
		w := learn(others)
		for i, e := range examples {
			if fold[i] == f {
				orders[i] = w.order(e)
			}
		}
	}
	return orders
}
