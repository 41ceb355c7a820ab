package correct

import "newsdesk/corpus/text"

// difference is a fact of the old text that has another value in its place.
type difference struct {
	was, now *fact
	// kept says that the old value stands elsewhere in the place, where it may be
	// of something else.
	kept bool
}

// plain reports whether the values differ whatever is said around them.
func (d difference) plain() bool {
	return d.kept || d.was.kind == NumberChanged && likeUnits(d.was, d.now)
}

// beside is how many tokens away an equal pair shows that two facts stand in the
// same place.
const beside = 2

// differences returns the facts of old that changed: those whose neighbours
// stand beside another value, and those that are gone where one of like kind has
// come. context is all that the old text says there, of which old may be a part:
// what it held before is no new value.
func differences(old, context, fresh []token) []difference {
	pairs := align(old, fresh)
	var out []difference
	taken := map[*fact]bool{}
	for k, p := range pairs {
		was, now := old[p.i].fact, fresh[p.j].fact
		if was == nil || was.same(now) || now.among(context) || !supportedPair(old, fresh, pairs, k) {
			continue
		}
		taken[was], taken[now] = true, true
		out = append(out, difference{was, now, was.among(fresh)})
	}
	return append(out, replaced(old, context, fresh, taken)...)
}

// supportedPair reports whether an equal pair stands beside pair k.
func supportedPair(old, fresh []token, pairs []pair, k int) bool {
	for _, n := range []int{k - 1, k + 1} {
		if n < 0 || n >= len(pairs) {
			continue
		}
		di, dj := pairs[n].i-pairs[k].i, pairs[n].j-pairs[k].j
		near := max(di, -di) <= beside && max(dj, -dj) <= beside
		if near && worth(old[pairs[n].i], fresh[pairs[n].j]) != worthOther || near && old[pairs[n].i].stop {
			return true
		}
	}
	return false
}

// replaced pairs what is gone with what is new, where it is one of each kind.
func replaced(old, context, fresh []token, taken map[*fact]bool) []difference {
	var out []difference
	for _, kind := range []Kind{NumberChanged, NameChanged, DateChanged} {
		gone := missing(old, fresh, kind, taken)
		come := missing(fresh, context, kind, taken)
		if len(gone) == 1 && len(come) == 1 && likeUnits(gone[0], come[0]) {
			out = append(out, difference{was: gone[0], now: come[0]})
		}
	}
	return out
}

// missing returns the facts of that kind that others do not have.
func missing(tokens, others []token, kind Kind, taken map[*fact]bool) []*fact {
	var out []*fact
	for _, t := range tokens {
		if t.fact != nil && t.fact.kind == kind && !taken[t.fact] && !t.fact.among(others) {
			out = append(out, t.fact)
		}
	}
	return out
}

func likeUnits(a, b *fact) bool {
	return a.kind != NumberChanged || a.number.Unit == b.number.Unit
}

// inside returns the tokens that lie within s.
func inside(tokens []token, s text.Span) []token {
	var out []token
	for _, t := range tokens {
		if t.Start >= s.Start && t.End <= s.End {
			out = append(out, t)
		}
	}
	return out
}

// exchanged reports whether the new text is the old one with two words or values
// in each other's place: "Lind sued Holm" and "Holm sued Lind". What is only joined
// ("bread and salt") may stand either way.
func exchanged(old, fresh []token) bool {
	if len(old) != len(fresh) {
		return false
	}
	var at []int
	for i := range old {
		if !old[i].says(fresh[i]) {
			at = append(at, i)
		}
	}
	if len(at) != 2 {
		return false
	}
	i, j := at[0], at[1]
	joined := j-i == 1 || j-i == 2 && old[i+1].stop
	return !joined && !old[i].stop && !old[j].stop && old[i].says(fresh[j]) && old[j].says(fresh[i])
}

// mended reports whether the new text is the old one, word by word, but for the
// spelling of words and for others that mean the same among the grave ones.
func mended(l *text.Language, old, fresh []token) bool {
	if len(old) != len(fresh) {
		return false
	}
	for i := range old {
		if !old[i].says(fresh[i]) && !alike(old[i].stem, fresh[i].stem) && !graves()[l].same(old[i].stem, fresh[i].stem) {
			return false
		}
	}
	return true
}

// A word is another spelling of one that begins with the same letter, has at least
// spelledLetters and at most longestSpelled, and differs in spelledApart of them at
// most.
const (
	spelledLetters = 5
	longestSpelled = 40
	spelledApart   = 2
)

func alike(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < spelledLetters || max(len(x), len(y)) > longestSpelled || x[0] != y[0] {
		return false
	}
	return distance(x, y) <= spelledApart
}

// distance is the number of letters to put in, take out or change.
func distance(x, y []rune) int {
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		corner := row[0]
		row[0] = i + 1
		for j := range y {
			change := corner
			if x[i] != y[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// says reports whether two tokens are the same word or value.
func (t token) says(u token) bool {
	if t.fact != nil && u.fact != nil {
		return t.fact.same(u.fact)
	}
	return t.fact == nil && u.fact == nil && t.stem == u.stem
}
