package text

import (
	"strings"
	"unicode/utf8"
)

// amount reads value, scale and unit from token i on. money is the unit that
// stood before, or empty.
func (r *reader) amount(i int, money string) (figure, bool) {
	f := figure{scale: 1}
	value, suffix, next := r.value(i)
	if next == i && r.bare[r.at(i).low] {
		f.Value, f.next = 1, i
		return r.scaled(f, money), true
	}
	if next == i {
		return f, false
	}
	value, next = r.andHalf(value, next)
	f.Value, f.next = value, next
	if suffix != "" {
		return r.suffixed(f, suffix, money)
	}
	return r.scaled(f, money), true
}

// scaled reads "million" and the unit behind a value.
func (r *reader) scaled(f figure, money string) figure {
	if r.at(f.next).text == "-" && r.at(f.next).glued && r.scales[r.at(f.next+1).low] > 0 {
		f.next++
	}
	if s := r.scales[r.at(f.next).low]; s > 0 && (len(r.at(f.next).low) > 1 || money != "") {
		f.scale, f.Value = s, f.Value*s
		f.next = r.pastStop(f.next)
		r.scaledTwice(&f)
		if unit, end := r.measure(f.next + 1); r.scaleOf[r.at(f.next).low] && unit != "" {
			f.Unit, f.next = unit, end
			return f
		}
	}
	f.Unit, f.next = r.measure(f.next)
	return f
}

// scaledTwice reads the second scale of "mil millones".
func (r *reader) scaledTwice(f *figure) {
	low := r.at(f.next).low
	if s := r.scales[low]; f.scale == 1e3 && s >= 1e6 && len(low) > 2 && r.bare != nil {
		f.scale, f.Value = f.scale*s, f.Value*s
		f.next = r.pastStop(f.next)
	}
}

// pastStop returns the token behind token i and the full stop of its
// abbreviation: "Mio.".
func (r *reader) pastStop(i int) int {
	if r.abbreviations[r.at(i).low] != 0 && r.at(i+1).text == "." && r.at(i+1).glued {
		return i + 2
	}
	return i + 1
}

// suffixed reads what is glued to digits: "3bn", "5km", "40m".
func (r *reader) suffixed(f figure, suffix, money string) (figure, bool) {
	unit := r.measures[strings.ToLower(suffix)]
	if len(suffix) == 1 && suffix < "a" {
		unit = "" // "5G" is no weight
	}
	suffix = strings.ToLower(suffix)
	scale, isScale := r.suffixes[suffix]
	if isScale && (unit == "" || money != "" || suffix == "m" && r.isCounted(f.next)) {
		f.scale, f.Value = scale, f.Value*scale
		f.Unit, f.next = r.measure(f.next)
		return f, true
	}
	f.Unit = unit
	return f, unit != ""
}

// isCounted reports whether token i is a noun in the plural, so that the "m" of
// "5m users" is a million.
func (r *reader) isCounted(i int) bool {
	low := r.at(i).low
	return low == "people" || len(low) > 3 && strings.HasSuffix(low, "s") && !strings.HasSuffix(low, "ss")
}

// measure reads the unit that begins with token i; next is i where there is
// none.
func (r *reader) measure(i int) (unit string, next int) {
	at := i
	if r.dashed(at) {
		at++
	}
	first, second := r.at(at), r.at(at+1)
	if u := r.measures[first.low+" "+second.low]; u != "" && r.isAlone(at+1) {
		return u, at + 2
	}
	u := r.measures[first.low]
	if u == "" || !r.isAlone(at) || utf8.RuneCountInString(first.low) == 1 && first.word && first.capital() {
		return "", i
	}
	if r.dashed(at+1) && r.ages[r.at(at+2).low] {
		return u, at + 3
	}
	return u, at + 1
}

// isAlone reports whether token i is not the first part of a longer word, as
// the "m" of "m-shaped".
func (r *reader) isAlone(i int) bool {
	return !r.dashed(i+1) || len(r.at(i).low) > 2
}
