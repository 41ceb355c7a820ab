package cite

// gap is what stands on both sides between two pairs of a stretch, or before
// its first or behind its last pair: tokens [i, iEnd) of the sentence and
// [j, jEnd) of the passage.
type gap struct {
	i, iEnd, j, jEnd int
	// edge marks the gaps before the first and behind the last pair.
	edge bool
	// solid marks a gap between words that stand side by side with others of
	// the passage, not between scattered ones.
	solid bool
}

// margin is the number of tokens that belong to a stretch at its edges.
const margin = 3

// gaps returns the gaps of a stretch that are not empty on both sides. At the
// edges they end with the sentence.
func gaps(a, b *reading, s stretch) []gap {
	first, last := s.pairs[0], s.pairs[len(s.pairs)-1]
	out := []gap{{i: a.back(first.i), iEnd: first.i, j: b.back(first.j), jEnd: first.j, edge: true}}
	for k := 1; k < len(s.pairs); k++ {
		p, q := s.pairs[k-1], s.pairs[k]
		if q.i-p.i > 1 || q.j-p.j > 1 {
			solid := s.solid(a, k-1, -1) && s.solid(a, k, 1)
			out = append(out, gap{i: p.i + 1, iEnd: q.i, j: p.j + 1, jEnd: q.j, solid: solid})
		}
	}
	return append(out, gap{i: last.i + 1, iEnd: a.ahead(last.i), j: last.j + 1, jEnd: b.ahead(last.j), edge: true})
}

// solid reports whether pair k belongs to a run of pairs side by side that
// comes to a content word within margin pairs, in the direction of step.
func (s stretch) solid(a *reading, k, step int) bool {
	for n := 0; n < margin; n++ {
		if a.tokens[s.pairs[k].i].content() {
			return true
		}
		next := k + step
		if next < 0 || next >= len(s.pairs) || s.pairs[next].i != s.pairs[k].i+step || s.pairs[next].j != s.pairs[k].j+step {
			return false
		}
		k = next
	}
	return false
}

// back returns the first token of the margin before token i, ahead the end of
// the one behind it.
func (r *reading) back(i int) int {
	from := i
	for from > 0 && i-from < margin && r.tokens[from-1].clause == r.tokens[i].clause {
		from--
	}
	return from
}

func (r *reading) ahead(i int) int {
	to := i + 1
	for to < len(r.tokens) && to-i <= margin && r.tokens[to].clause == r.tokens[i].clause {
		to++
	}
	return to
}

// nearGap is how much of a gap of the passage is read at either end: what lies
// further inside, or in a clause of its own, the sentence leaves out.
const nearGap = 4

// theirs calls f for the tokens of the passage's side of g that are near a pair
// and in its clause.
func (g gap) theirs(e *evidence, f func(j int)) {
	t := e.read.tokens
	for j := g.j; j < g.jEnd; j++ {
		left := g.j > 0 && j < g.j+nearGap && t[j].clause == t[g.j-1].clause
		right := g.jEnd < len(t) && j >= g.jEnd-nearGap && t[j].clause == t[g.jEnd].clause
		if g.edge || left || right {
			f(j)
		}
	}
}
