package text

import "strconv"

// portion reads "early June", "mid-May 2019", "the end of 2018".
func (r *reader) portion(i int) (Date, int) {
	low := r.at(i).low
	which, next := r.portions[low], i+1
	if which == "" {
		which = r.ends[low]
		if which == "" || !r.links[r.at(next).low] {
			return Date{}, i
		}
	}
	for r.links[r.at(next).low] && r.at(next).word || r.dashed(next) {
		next++
	}
	if month, after := r.month(next); month > 0 {
		return r.portionOf(which, i, month, after)
	}
	if d, end := r.year(next); end > next {
		d.Part = which
		return d, end
	}
	return Date{}, i
}

// portionOf reads the year behind the month of a portion; with a day behind it
// the month is none.
func (r *reader) portionOf(which string, i, month, next int) (Date, int) {
	if _, end := r.dayAndYear(month, next); end > next {
		return Date{}, i
	}
	if year, end := r.yearAfter(next); year > 0 {
		return Date{Year: year, Month: month, Part: which}, end
	}
	return Date{Month: month, Part: which}, next
}

// season reads "summer of 2018" and "winter 2018/19"; of "winter 2018", which is
// one or the other, only the year.
func (r *reader) season(i int) (Date, int) {
	season := r.seasons[r.at(i).low]
	if season == "" {
		return Date{}, i
	}
	next := i + 1
	if r.links[r.at(next).low] && r.at(next).word {
		next++
	}
	d, end := r.year(next)
	if end == next {
		return Date{}, i
	}
	d.Part = season
	if season != "winter" {
		return d, end
	}
	second := whole(r.at(end + 1).text)
	if r.at(end).text != "/" && !r.at(end).dash() || second != d.Year+1 && second != (d.Year+1)%100 {
		return Date{}, i
	}
	return d, end + 2
}

// yearFraction reads "Q1 2019", "the third quarter of 2019", "the first half of
// 2020".
func (r *reader) yearFraction(i int) (Date, int) {
	part, next := r.fractionName(i)
	if part == "" {
		return Date{}, i
	}
	for r.links[r.at(next).low] && r.at(next).word {
		next++
	}
	d, end := r.year(next)
	if end == next {
		return Date{}, i
	}
	d.Part = part
	return d, end
}

// fractionName reads "Q1" and "third quarter" as "q1" and "q3"; empty for
// anything else.
func (r *reader) fractionName(i int) (part string, next int) {
	low := r.at(i).low
	switch low {
	case "q1", "q2", "q3", "q4", "h1", "h2":
		return low, i + 1
	}
	n, next := r.ordinals[low], i+1
	if r.at(i).digit() {
		n = r.dayNumber(low)
		if r.isOrdinal(i) {
			next++
		} else if n == whole(low) {
			return "", i
		}
	}
	if r.dashed(next) {
		next++
	}
	kind := r.fractions[r.at(next).low]
	if n < 1 || kind == "" || n > 4 || kind == "h" && n > 2 {
		return "", i
	}
	return kind + strconv.Itoa(n), next + 1
}

// decade reads "1990s".
func (r *reader) decade(i int) (Date, int) {
	for _, ending := range r.decades {
		v := r.at(i).low
		if len(v) == 4+len(ending) && v[4:] == ending && v[3] == '0' && yearOf(v[:4]) > 0 {
			return Date{Year: yearOf(v[:4]), Relative: "decade"}, i + 1
		}
	}
	return Date{}, i
}
