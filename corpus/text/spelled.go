package text

// spelled reads number words: "three hundred and five", "twenty-one",
// "a dozen". Scales from thousand up end it, but for thousands within it.
func (r *reader) spelled(i int) (v float64, next int) {
	low := r.at(i).low
	if r.articles[low] {
		return r.single(i)
	}
	if r.pronouns[low] && r.isPronoun(i) {
		return 0, i
	}
	if v := r.duals[low]; v > 0 {
		return v, i + 1
	}
	v, next = r.below100(i)
	if next == i && r.bare[low] && r.isThousand(low) {
		if rest, end := r.below1000(r.pastAnd(i + 1)); rest > 0 {
			return 1000 + rest, end
		}
	}
	if next == i {
		return 0, i
	}
	if h := r.hundreds[r.at(next).low]; h > 0 {
		v, next = r.hundred(v*h, next+1)
	}
	return r.thousand(v, next)
}

// single reads what an article counts: "a dozen", "a million", "eine halbe
// Million". Of a scale only the article is read.
func (r *reader) single(i int) (v float64, next int) {
	v, next = 1, i+1
	if r.wholeHalves[r.at(next).low] {
		v, next = .5, next+1
	}
	low := r.at(next).low
	if h := r.hundreds[low]; h > 0 {
		return r.hundred(v*h, next+1)
	}
	if r.scales[low] > 0 {
		return v, next
	}
	return 0, i
}

// hundred reads what follows a hundred: "and five".
func (r *reader) hundred(v float64, i int) (float64, int) {
	at := i
	if r.and[r.at(at).low] {
		at++
	}
	if rest, next := r.below100(at); next > at && r.hundreds[r.at(i-1).low] == 100 {
		return v + rest, next
	}
	return v, i
}

// thousand reads "thousand" where more words of the number follow it; a plain
// "thousand" is left to be read as a scale.
func (r *reader) thousand(v float64, i int) (float64, int) {
	if !r.isThousand(r.at(i).low) {
		return v, i
	}
	if r.sums {
		if rest, end := r.below1000(r.pastAnd(i + 1)); rest > 0 {
			return v*1000 + rest, end
		}
		return v, i
	}
	at := i + 1
	if r.and[r.at(at).low] {
		at++
	}
	rest, next := r.below100(at)
	if next == at {
		return v, i
	}
	if h := r.hundreds[r.at(next).low]; h > 0 {
		rest, next = r.hundred(rest*h, next+1)
	}
	return v*1000 + rest, next
}

// isThousand reports whether low is a word for it.
func (r *reader) isThousand(low string) bool {
	return low == r.thousandWord || r.sums && r.scales[low] == 1000
}

// pastAnd returns the token behind the "and" at token i, where one may stand
// between the parts of a number; otherwise i.
func (r *reader) pastAnd(i int) int {
	if r.and[r.at(i).low] && !r.tensJoined {
		return i + 1
	}
	return i
}

// below100 reads "seven", "twenty-one" or "forty five", and any number that is
// written as one word.
func (r *reader) below100(i int) (float64, int) {
	if r.sums {
		return r.below1000(i)
	}
	low := r.at(i).low
	if v, ok := r.units[low]; ok {
		return v, i + 1
	}
	if r.compound != nil {
		if v, ok := r.compound(low); ok {
			return v, i + 1
		}
	}
	v, ok := r.tens[low]
	if !ok {
		return 0, i
	}
	at := i + 1
	if r.at(at).text == "-" && r.at(at).glued {
		at++
	}
	if u := r.units[r.at(at).low]; u >= 1 && u <= 9 {
		return v + u, at + 1
	}
	return v, i + 1
}

// isPronoun reports whether the "one" at token i counts nothing: "no one",
// "one of them", "this one".
func (r *reader) isPronoun(i int) bool {
	next := r.at(i + 1)
	if r.dashed(i+1) && (r.isFraction(i+2) || r.measures[r.at(i+2).low] != "") {
		return false
	}
	if !next.word || r.stops[next.low] && !r.isFraction(i+1) {
		return !(r.and[next.low] && r.articles[r.at(i+2).low])
	}
	return r.singled[r.at(i-1).low]
}

// dashed reports whether token i is a hyphen inside a word.
func (r *reader) dashed(i int) bool {
	return r.at(i).dash() && r.at(i).glued && r.at(i+1).glued
}
