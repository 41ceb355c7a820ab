package correct

import "slices"

// place is where the new version says what an old sentence said: its sentences
// [from, to), one or two of one paragraph.
type place struct{ from, to int }

// nearEnough is the share of an old sentence's words that stand in its place in
// the new version.
const nearEnough = .5

// The likeness of two sentences is the share of words of the old one that the
// new one has, a little of the reverse, so that of two the shorter is nearer, and
// a little for equal facts, so that what only moved is found where it is now.
const (
	shareOfOld   = .7
	shareOfNew   = .2
	shareOfFacts = .1
)

// bag holds the words and facts of a sentence by which it is known again.
type bag struct {
	words map[string]bool
	facts []token
}

func bagOf(tokens []token) bag {
	b := bag{words: map[string]bool{}}
	for _, t := range tokens {
		switch {
		case t.fact == nil && !t.stop:
			b.words[t.stem] = true
		case t.fact != nil:
			b.facts = append(b.facts, t)
			if t.fact.kind == NameChanged {
				for _, w := range t.fact.words {
					b.words["^"+w] = true
				}
			}
		}
	}
	return b
}

// likeness compares an old with a new bag; shared is the share of old's words.
func likeness(old, fresh bag) (like, shared float64) {
	if len(old.words) == 0 || len(fresh.words) == 0 {
		return 0, 0
	}
	n := 0
	for w := range old.words {
		if fresh.words[w] {
			n++
		}
	}
	shared = float64(n) / float64(len(old.words))
	facts := 0.
	for _, t := range old.facts {
		if t.fact.among(fresh.facts) {
			facts += shareOfFacts / float64(len(old.facts))
		}
	}
	return shareOfOld*shared + shareOfNew*float64(n)/float64(len(fresh.words)) + facts, shared
}

// ranked is a place with its likeness to an old sentence.
type ranked struct {
	place
	like, shared float64
}

// rank returns the places of r that have words of the old tokens, most alike
// first; notes are none.
func (r *reading) rank(tokens []token) []ranked {
	old := bagOf(tokens)
	var out []ranked
	for i := range r.sentences {
		for to := i + 1; to <= min(i+2, len(r.sentences)) && r.joined(i, to); to++ {
			like, shared := likeness(old, bagOf(r.tokens(place{i, to})))
			if shared > 0 {
				out = append(out, ranked{place{i, to}, like, shared})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b ranked) int {
		switch {
		case a.like > b.like:
			return -1
		case a.like < b.like:
			return 1
		}
		return 0
	})
	return out
}

// joined reports whether the sentences [from, to) are of one paragraph and of no
// note.
func (r *reading) joined(from, to int) bool {
	for _, s := range r.sentences[from:to] {
		if s.note || s.paragraph != r.sentences[from].paragraph {
			return false
		}
	}
	return true
}

// tokens returns the tokens of a place.
func (r *reading) tokens(p place) []token {
	var out []token
	for _, s := range r.sentences[p.from:p.to] {
		out = append(out, s.tokens...)
	}
	return out
}

// What a pair of tokens is worth in an alignment: two facts of one kind may
// stand for each other, but equal ones rather.
const (
	worthFact    = 3
	worthContent = 2
	worthOther   = 1
	worthStop    = 1
)

func worth(a, b token) int {
	switch {
	case a.fact != nil && b.fact != nil && a.fact.kind == b.fact.kind:
		if a.fact.same(b.fact) {
			return worthFact
		}
		return worthOther
	case a.fact != nil || b.fact != nil || a.stem != b.stem:
		return 0
	case a.stop:
		return worthStop
	}
	return worthContent
}

// pair is a token of the old beside one of the new text.
type pair struct{ i, j int }

// align returns the pairs of tokens, in order on both sides, that are worth most
// together.
func align(a, b []token) []pair {
	width := len(b) + 1
	best := make([]int, (len(a)+1)*width)
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			score := max(best[(i+1)*width+j], best[i*width+j+1])
			if w := worth(a[i], b[j]); w > 0 {
				score = max(score, w+best[(i+1)*width+j+1])
			}
			best[i*width+j] = score
		}
	}
	var out []pair
	for i, j := 0, 0; i < len(a) && j < len(b); {
		w := worth(a[i], b[j])
		switch {
		case w > 0 && best[i*width+j] == w+best[(i+1)*width+j+1]:
			out = append(out, pair{i, j})
			i, j = i+1, j+1
		case best[i*width+j] == best[(i+1)*width+j]:
			i++
		default:
			j++
		}
	}
	return out
}
