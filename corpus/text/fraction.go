package text

// andHalf reads "and a half" behind a value.
func (r *reader) andHalf(v float64, i int) (float64, int) {
	if !r.and[r.at(i).low] || !r.articles[r.at(i+1).low] {
		return v, i
	}
	if part := r.andParts[r.at(i+2).low]; part > 0 {
		return v + part, i + 3
	}
	return v, i
}

// fraction reads "half", "half a million", "a third", "two-thirds", "½".
func (r *reader) fraction(i int) (float64, int) {
	t := r.at(i)
	if v := vulgar(t.text); v > 0 {
		return v, i + 1
	}
	if r.halves[t.low] {
		return r.half(i)
	}
	if v := r.shares[t.low]; v > 0 {
		return v, i + 1
	}
	n := r.units[t.low]
	if r.articles[t.low] {
		n = 1
	}
	at := i + 1
	hyphen := r.dashed(at)
	if hyphen {
		at++
	}
	table := r.parts
	if n == 1 {
		table = r.part
	}
	part := table[r.at(at).low]
	if n < 1 || part == 0 || n == 1 && !hyphen && r.partOf != nil && !r.isPart(at+1) {
		return 0, i
	}
	return n * part, at + 1
}

// half reads "half" as an amount: "half of", "half a dozen", "by half".
func (r *reader) half(i int) (float64, int) {
	next := r.at(i + 1)
	if r.articles[next.low] {
		if h := r.hundreds[r.at(i+2).low]; h > 0 {
			return h / 2, i + 3
		}
		if r.scales[r.at(i+2).low] > 0 {
			return 0.5, i + 2
		}
	}
	if r.notHalves[r.at(i-1).low] {
		return 0, i
	}
	if r.isPart(i+1) || r.stops[next.low] {
		return 0.5, i + 1
	}
	return 0, i
}

// isPart reports whether token i is what follows a fraction: "of" or a mark.
func (r *reader) isPart(i int) bool {
	t := r.at(i)
	return r.partOf[t.low] || !t.word && !t.dash()
}

// isFraction reports whether token i is "third", "quarters" or the like.
func (r *reader) isFraction(i int) bool {
	return r.part[r.at(i).low] > 0 || r.parts[r.at(i).low] > 0
}
