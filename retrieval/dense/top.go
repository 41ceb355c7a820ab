package dense

import (
	"cmp"
	"slices"
)

// match is a passage that was found.
type match struct {
	id    string
	score float32
}

// best orders found and cuts it to want.
func best(found []match, want int) []match {
	slices.SortFunc(found, func(a, b match) int {
		if a.score != b.score {
			return cmp.Compare(b.score, a.score)
		}
		return cmp.Compare(a.id, b.id)
	})
	return found[:min(len(found), want)]
}

// top compares passages with a question and keeps those that are nearest.
type top struct {
	vector []float32
	want   int
	found  []match
	// full says that enough passages have reached the score floor.
	full  bool
	floor float32
	// waiting holds the passages, fewer than four, that are still to be compared.
	waiting [4]*entry
	n       int
}

// offer compares e, now or with the passages that come next.
func (t *top) offer(e *entry) {
	t.waiting[t.n] = e
	if t.n++; t.n == len(t.waiting) {
		t.compare()
	}
}

// best returns the best of what was offered, in order.
func (t *top) best() []match {
	if t.n > 0 {
		t.compare()
	}
	return best(t.found, t.want)
}

func (t *top) compare() {
	held := t.waiting[:t.n]
	for i := t.n; i < len(t.waiting); i++ {
		t.waiting[i] = held[0]
	}
	w := &t.waiting
	scores := dots(t.vector, w[0].vector, w[1].vector, w[2].vector, w[3].vector)
	for i, e := range held {
		t.add(match{id: e.id, score: scores[i]})
	}
	t.n = 0
}

// add keeps m if it may be among the best.
func (t *top) add(m match) {
	if t.full && m.score < t.floor {
		return
	}
	t.found = append(t.found, m)
	if len(t.found) == 4*t.want {
		t.found = best(t.found, t.want)
		t.full, t.floor = true, t.found[t.want-1].score
	}
}

// dots returns the products of q with four vectors. Each one is added up in its
// order, as chromem does, so that both give the same number and what is a tie for
// one is a tie for the other. Four side by side are quicker than four after each
// other, as a sum waits for itself.
func dots(q, a, b, c, d []float32) [4]float32 {
	a, b, c, d = a[:len(q)], b[:len(q)], c[:len(q)], d[:len(q)]
	var s0, s1, s2, s3 float32
	for i, v := range q {
		s0 += v * a[i]
		s1 += v * b[i]
		s2 += v * c[i]
		s3 += v * d[i]
	}
	return [4]float32{s0, s1, s2, s3}
}
