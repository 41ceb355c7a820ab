package text

// The parts of a number below a thousand, as bits; "thirteen" has two.
const (
	ones = 1 << iota
	tens
	hundreds
)

// below1000 adds up the words of a number below a thousand, each part once:
// "doscientas treinta y cinco". next is i where there is none.
func (r *reader) below1000(i int) (v float64, next int) {
	next = i
	used, last := 0, 0
	for {
		at, joined := next, false
		if used != 0 && r.and[r.at(next).low] {
			at, joined = next+1, true
		}
		n, part := r.summand(at, used)
		if part == 0 || joined && r.tensJoined && last != tens || !r.fits(part, used, joined) {
			return v, next
		}
		v, next = v+n, at+1
		used, last = used|part, part
	}
}

// summand returns the value of token i and the parts that it fills; none where
// it is no number.
func (r *reader) summand(i, used int) (v float64, part int) {
	low := r.at(i).low
	v, ok := r.units[low]
	if !ok && used != 0 {
		v, ok = r.lastUnits[low]
	}
	switch {
	case !ok:
		return 0, 0
	case v >= 100:
		return v, hundreds
	case v >= 20 || v == 10 && r.unitsFirst && used&ones != 0:
		return v, tens
	case v >= 10:
		return v, tens | ones
	}
	return v, ones
}

// fits reports whether a part may follow those that are used.
func (r *reader) fits(part, used int, joined bool) bool {
	if part&used != 0 || used != 0 && part == hundreds {
		return false
	}
	if used&ones == 0 {
		return true
	}
	return r.unitsFirst && part == tens
}
