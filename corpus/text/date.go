package text

import (
	"strconv"
	"strings"
	"time"
)

// Date is a date or a stretch of time that a text names. What it does not say
// is 0: "January 17" has no Year, "2024" no Month.
type Date struct {
	Span
	Year, Month, Day int
	// Weekday is the day meant where Relative ends in "weekday"; otherwise it
	// says nothing.
	Weekday time.Weekday
	// Relative is empty for a date of the calendar. Otherwise it is one of
	//
	//	"today", "yesterday", "tomorrow"
	//	"weekday", "last weekday", "next weekday", "this weekday"
	//	"last week", "this week", "next week", "past week", and so with month and year
	//	"last", "this", "next"    with Month: "last July"
	//	"decade"                  with Year: "the 1990s"
	//	"3 day ago"               a number, then day, week, month or year
	Relative string
}

// Dates returns the dates of s in order. Four digits are a year from 1800 to
// 2099 unless a unit follows them. Months that are also words or names (May,
// March) need a word such as "in" before them, or a day or year beside them.
// Impossible dates are not read: of "February 30" only the month is. Nil for a
// text without dates.
func (l *Language) Dates(s string) []Date {
	r := reader{Language: l, list: tokens(s)}
	return r.dates()
}

// dates finds all dates and marks their tokens in r.dated.
func (r *reader) dates() []Date {
	var list []Date
	r.dated = make([]bool, len(r.list))
	for i := 0; i < len(r.list); {
		if !r.list[i].word {
			i++
			continue
		}
		d, next := r.date(i)
		if next == i {
			i++
			continue
		}
		d.Span = r.owned(r.span(i, next), next-1)
		list = append(list, d)
		for ; i < next; i++ {
			r.dated[i] = true
		}
	}
	return list
}

// owned returns span without the possessive ending of its last token.
func (r *reader) owned(span Span, last int) Span {
	span.End -= len(r.list[last].text) - len(ownerOf(r.list[last].text, r.possessives))
	return span
}

// name returns token i in lower case without a possessive ending, as the tables
// of dates have it.
func (r *reader) name(i int) string { return ownerOf(r.at(i).low, r.possessives) }

// date reads the date that begins with token i and returns the token behind
// it; i where there is none.
func (r *reader) date(i int) (Date, int) {
	if r.list[i].digit() {
		return firstOf(i, r.isoDate, r.slashDate, r.dayMonth, r.ago, r.decade, r.year)
	}
	return firstOf(i, r.weekday, r.monthDay, r.relativePeriod, r.ago, r.relativeDay)
}

// firstOf returns what the first way that reads something reads.
func firstOf(i int, ways ...func(int) (Date, int)) (Date, int) {
	for _, way := range ways {
		if d, next := way(i); next > i {
			return d, next
		}
	}
	return Date{}, i
}

// weekday reads "Friday" and "Friday, January 17, 2025".
func (r *reader) weekday(i int) (Date, int) {
	n, ok := r.weekdays[r.name(i)]
	if !ok || !r.list[i].capital() {
		return Date{}, i
	}
	next := i + 1
	if r.at(next).text == "." && r.at(next).glued && len(r.list[i].text) < 6 {
		next++
	}
	after := next
	if r.at(after).text == "," {
		after++
	}
	if d, end := firstOf(after, r.dayMonth, r.monthDay, r.isoDate); end > after && d.Day > 0 {
		return d, end
	}
	return Date{Weekday: time.Weekday(n), Relative: "weekday"}, next
}

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

// dayMonth reads "17 January 2025", "3rd of May", "17 Jan."; of "3-5 May" it
// is read from the 5 on.
func (r *reader) dayMonth(i int) (Date, int) {
	day := ordinalDay(r.at(i).low)
	if day == 0 {
		return Date{}, i
	}
	next := i + 1
	if r.at(next).low == "of" {
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
func (r *reader) dayAndYear(month, i int) (Date, int) {
	day := ordinalDay(r.at(i).low)
	if day == 0 || r.at(i+1).text == ":" && r.at(i+1).glued {
		return Date{}, i
	}
	next := i + 1
	if r.at(next).dash() && r.at(next).glued && ordinalDay(r.at(next+1).low) > day {
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
	if month == 0 || !t.capital() {
		return 0, i
	}
	if r.at(i+1).text == "." && r.at(i+1).glued && r.abbreviations[t.low] != 0 {
		return month, i + 2
	}
	return month, i + 1
}

// bareMonth reports whether a month's name, tokens [i, next), with neither day
// nor year is a month and not a word or a person.
func (r *reader) bareMonth(i, next int) bool {
	if r.dateCues[r.at(i-1).low] {
		return true
	}
	if r.doubtful[r.at(i).low] {
		return false
	}
	follow := r.at(next)
	return !(follow.word && follow.capital()) && !follow.dash()
}

// yearAfter reads "2025" or ", 2025".
func (r *reader) yearAfter(i int) (year, next int) {
	if r.at(i).text == "," || r.at(i).low == "of" {
		i++
	}
	if year = yearOf(r.at(i).text); year == 0 || r.at(i+1).text == "%" {
		return 0, i
	}
	return year, i + 1
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

// ordinalDay returns the day of a month that "17" or "17th" names, or 0.
func ordinalDay(low string) int {
	for _, ending := range [...]string{"st", "nd", "rd", "th"} {
		low = strings.TrimSuffix(low, ending)
	}
	if n := whole(low); len(low) <= 2 && n >= 1 && n <= 31 {
		return n
	}
	return 0
}

// relativePeriod reads "last week", "next Tuesday", "last July", "this morning".
func (r *reader) relativePeriod(i int) (Date, int) {
	which := r.periods[r.list[i].low]
	if which == "" {
		return Date{}, i
	}
	t := r.at(i + 1)
	if n, ok := r.weekdays[r.name(i+1)]; ok && t.capital() && which != "past" {
		return Date{Weekday: time.Weekday(n), Relative: which + " weekday"}, i + 2
	}
	if month, next := r.month(i + 1); month > 0 && which != "past" && yearOf(r.at(next).text) == 0 {
		return r.monthOf(which, i, month, next)
	}
	if named := r.days[which+" "+r.name(i+1)]; named != "" {
		return Date{Relative: named}, i + 2
	}
	switch unit := r.name(i + 1); unit {
	case "week", "month", "year":
		return Date{Relative: which + " " + unit}, i + 2
	}
	return Date{}, i
}

// monthOf reads "this April"; with a day behind it, it is that day.
func (r *reader) monthOf(which string, i, month, next int) (Date, int) {
	if d, end := r.dayAndYear(month, next); end > next {
		return d, end
	}
	return Date{Month: month, Relative: which}, next
}

// relativeDay reads "today", but not the name "Meridian Today".
func (r *reader) relativeDay(i int) (Date, int) {
	if r.list[i].capital() && r.at(i-1).word && r.at(i-1).capital() {
		return Date{}, i
	}
	if named := r.days[r.name(i)]; named != "" {
		return Date{Relative: named}, i + 1
	}
	return Date{}, i
}

// ago reads "three days ago".
func (r *reader) ago(i int) (Date, int) {
	n := float64(whole(r.at(i).text))
	if low := r.at(i).low; low == "a" || low == "an" {
		n = 1
	} else if v, ok := r.units[low]; ok {
		n = v
	}
	unit := r.measures[r.at(i+1).low]
	if n < 1 || n > 2000 || r.at(i+2).low != "ago" {
		return Date{}, i
	}
	switch unit {
	case "day", "week", "month", "year":
		return Date{Relative: strconv.Itoa(int(n)) + " " + unit + " ago"}, i + 3
	}
	return Date{}, i
}

// decade reads "1990s".
func (r *reader) decade(i int) (Date, int) {
	v := r.at(i).low
	if len(v) != 5 || v[4] != 's' || v[3] != '0' || yearOf(v[:4]) == 0 {
		return Date{}, i
	}
	return Date{Year: yearOf(v[:4]), Relative: "decade"}, i + 1
}

// year reads four digits that are a year.
func (r *reader) year(i int) (Date, int) {
	year := yearOf(r.at(i).text)
	if year == 0 || r.currencies[r.at(i-1).low] != "" {
		return Date{}, i
	}
	_, end := r.measure(i + 1)
	_, scaled := r.scales[r.at(i+1).low]
	if (end > i+1 || scaled) && !r.dateCues[r.at(i-1).low] {
		return Date{}, i
	}
	return Date{Year: year}, i + 1
}
