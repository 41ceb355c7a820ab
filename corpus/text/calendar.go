package text

import (
	"strings"
	"time"
)

// isoDate reads "2025-01-17".
func (r *reader) isoDate(i int) (Date, int) {
	for k := 1; k < 5; k++ {
		if !r.at(i + k).glued {
			return Date{}, i
		}
	}
	if r.at(i+1).text != "-" || r.at(i+3).text != "-" || len(r.list[i].text) != 4 {
		return Date{}, i
	}
	return dateOf(i, i+5, whole(r.at(i).text), whole(r.at(i+2).text), whole(r.at(i+4).text))
}

// slashDate reads "17/01/2025" and "1/17/2025"; of "3/4/2025", which is one day
// here and another there, only the year.
func (r *reader) slashDate(i int) (Date, int) {
	if r.at(i+1).text != "/" || r.at(i+3).text != "/" || len(r.at(i+4).text) != 4 {
		return Date{}, i
	}
	a, b, year := whole(r.at(i).text), whole(r.at(i+2).text), whole(r.at(i+4).text)
	switch {
	case a < 1 || b < 1 || a > 31 || b > 31:
		return Date{}, i
	case a > 12:
		return dateOf(i, i+5, year, b, a)
	case b > 12 || a == b:
		return dateOf(i, i+5, year, a, b)
	case year < firstYear || year > lastYear:
		return Date{}, i
	}
	return Date{Year: year}, i + 5
}

// dottedDate reads "17.01.2025", whose day comes first in every language, and,
// where a full stop makes an ordinal, "am 17.1.".
func (r *reader) dottedDate(i int) (Date, int) {
	day, rest, ok := strings.Cut(r.at(i).text, ".")
	if !ok || len(day) > 2 {
		return Date{}, i
	}
	month, year, full := strings.Cut(rest, ".")
	if full && len(year) == 4 {
		return dateOf(i, i+1, whole(year), whole(month), whole(day))
	}
	stop := r.at(i + 1)
	if full || !r.ordinalStop || stop.text != "." || !stop.glued || !r.cues[r.at(i-1).low] || len(month) > 2 {
		return Date{}, i
	}
	return dateOf(i, i+2, 0, whole(month), whole(day))
}

// dateOf returns the date and next if there is such a day, i otherwise. A year
// of 0 may be a leap year.
func dateOf(i, next, year, month, day int) (Date, int) {
	if year != 0 && (year < firstYear || year > lastYear) || !exists(year, month, day) {
		return Date{}, i
	}
	return Date{Year: year, Month: month, Day: day}, next
}

// exists reports whether there is such a day.
func exists(year, month, day int) bool {
	if year == 0 {
		year = 2000
	}
	if month < 1 || month > 12 || day < 1 {
		return false
	}
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day
}

// The years that four digits alone are read as.
const firstYear, lastYear = 1800, 2099

// dayMonth reads "17 January 2025", "3rd of May", "17 Jan.", "3. Mai"; of "3-5
// May" it is read from the 5 on.
func (r *reader) dayMonth(i int) (Date, int) {
	day, next := r.dayNumber(r.at(i).low), i+1
	if r.smallMonths {
		if two := r.dayWords[r.at(i).low+" "+r.at(next).low]; two > 0 {
			day, next = two, i+2
		}
	}
	if day == 0 {
		return Date{}, i
	}
	if r.isOrdinal(i) {
		next++
	} else if r.links[r.at(next).low] && r.at(next).word {
		next++
	}
	month, after := r.month(next)
	if month == 0 {
		return Date{}, i
	}
	if year, end := r.yearAfter(after); year > 0 {
		return dateOf(i, end, year, month, day)
	}
	return dateOf(i, after, 0, month, day)
}

// isOrdinal reports whether a full stop makes the digits of token i an ordinal.
func (r *reader) isOrdinal(i int) bool {
	return r.ordinalStop && r.at(i+1).text == "." && r.at(i+1).glued
}

// monthDay reads "January 17, 2025", "Jan. 17", "May 3-5, 2024", "January 2025"
// and "January".
func (r *reader) monthDay(i int) (Date, int) {
	month, next := r.month(i)
	if month == 0 {
		return Date{}, i
	}
	if d, end := r.dayAndYear(month, next); end > next {
		return d, end
	}
	if year, end := r.yearAfter(next); year > 0 {
		return Date{Year: year, Month: month}, end
	}
	if !r.bareMonth(i, next) {
		return Date{}, i
	}
	return Date{Month: month}, next
}

// dayAndYear reads what stands behind a month: "17", "17, 2025", "3-5, 2024".
// Where days come before their month, nothing does.
func (r *reader) dayAndYear(month, i int) (Date, int) {
	day := r.dayNumber(r.at(i).low)
	if day == 0 || r.ordinalStop || r.smallMonths || r.at(i+1).text == ":" && r.at(i+1).glued {
		return Date{}, i
	}
	next := i + 1
	if r.at(next).dash() && r.at(next).glued && r.dayNumber(r.at(next+1).low) > day {
		next += 2
	}
	if year, end := r.yearAfter(next); year > 0 {
		if d, end := dateOf(i, end, year, month, day); end > i {
			return d, end
		}
	}
	return dateOf(i, next, 0, month, day)
}

// month reads a month's name, with the full stop of its abbreviation.
func (r *reader) month(i int) (month, next int) {
	t := r.at(i)
	month = r.months[r.name(i)]
	if r.smallMonths {
		if two := r.months[r.name(i)+" "+r.name(i+1)]; two > 0 {
			return two, i + 2
		}
	}
	if month == 0 || !t.capital() && !r.smallMonths && !r.isTyped(i) {
		return 0, i
	}
	if other, next := r.otherName(i + 1); other == month {
		return month, next
	}
	if r.at(i+1).text == "." && r.at(i+1).glued && r.abbreviations[t.low] != 0 {
		return month, i + 2
	}
	return month, i + 1
}

// otherName reads the second name of a month behind a stroke: "يناير/كانون الثاني".
func (r *reader) otherName(i int) (month, next int) {
	if !r.smallMonths || r.at(i).text != "/" {
		return 0, i
	}
	if month = r.months[r.name(i+1)+" "+r.name(i+2)]; month > 0 {
		return month, i + 3
	}
	return r.months[r.name(i+1)], i + 2
}

// isTyped reports whether the month in small letters at token i counts: one that
// is a word as well, where no verb can stand or digits are beside it.
func (r *reader) isTyped(i int) bool {
	if !r.loose {
		return false
	}
	return !r.doubtful[r.at(i).low] || r.looseCues[r.at(i-1).low] ||
		r.dayNumber(r.at(i-1).low) > 0 || r.dayNumber(r.at(i+1).low) > 0 || yearOf(r.at(i+1).text) > 0
}

// bareMonth reports whether a month's name, tokens [i, next), with neither day
// nor year is a month and not a word or a person.
func (r *reader) bareMonth(i, next int) bool {
	if r.cues[r.at(i-1).low] {
		return true
	}
	if r.doubtful[r.at(i).low] {
		return false
	}
	if r.smallMonths {
		return !r.at(i).capital() || r.atStart(i)
	}
	follow := r.at(next)
	return !(follow.word && follow.capital()) && !follow.dash()
}

// atStart reports whether token i is the first, or the first behind a mark that
// ends a sentence.
func (r *reader) atStart(i int) bool {
	switch r.at(i - 1).text {
	case " ", ".", "!", "?", "…":
		return true
	}
	return false
}

// yearAfter reads "2025" or ", 2025".
func (r *reader) yearAfter(i int) (year, next int) {
	if r.links[r.at(i).low] {
		i++
	}
	if year = yearOf(r.at(i).text); year == 0 || r.at(i+1).text == "%" {
		return 0, i
	}
	return year, r.pastYear(i + 1)
}

// pastYear returns the token behind the word for a year at token i: "года",
// "г."; i where there is none.
func (r *reader) pastYear(i int) int {
	switch {
	case !r.yearWords[r.at(i).low]:
		return i
	case len(r.at(i).low) <= len("гг") && r.at(i+1).text == "." && r.at(i+1).glued:
		return i + 2
	}
	return i + 1
}

// yearOf returns the year that four digits name, or 0.
func yearOf(v string) int {
	if len(v) != 4 {
		return 0
	}
	if n := whole(v); n >= firstYear && n <= lastYear {
		return n
	}
	return 0
}

// whole returns the value of decimal digits, or -1.
func whole(v string) int {
	if v == "" || len(v) > 6 {
		return -1
	}
	n := 0
	for i := 0; i < len(v); i++ {
		if v[i] < '0' || v[i] > '9' {
			return -1
		}
		n = n*10 + int(v[i]-'0')
	}
	return n
}

// dayNumber returns the day of a month that "17", "17th" or "dritten" names, or
// 0.
func (l *Language) dayNumber(low string) int {
	if n := l.dayWords[low]; n > 0 {
		return n
	}
	for _, ending := range l.ordinalEndings {
		low = strings.TrimSuffix(low, ending)
	}
	if n := whole(low); len(low) <= 2 && n >= 1 && n <= 31 {
		return n
	}
	return 0
}

// year reads four digits that are a year.
func (r *reader) year(i int) (Date, int) {
	year := yearOf(r.at(i).text)
	if year == 0 || r.currencies[r.at(i-1).low] != "" {
		return Date{}, i
	}
	if end := r.pastYear(i + 1); end > i+1 {
		return Date{Year: year}, end
	}
	_, end := r.measure(i + 1)
	_, scaled := r.scales[r.at(i+1).low]
	if (end > i+1 || scaled) && !r.cues[r.at(i-1).low] {
		return Date{}, i
	}
	return Date{Year: year}, i + 1
}
