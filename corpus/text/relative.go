package text

import (
	"strconv"
	"strings"
	"time"
)

// weekday reads "Friday" and "Friday, January 17, 2025".
func (r *reader) weekday(i int) (Date, int) {
	n, next, ok := r.dayOfWeek(i)
	if !ok {
		return Date{}, i
	}
	if r.at(next).text == "." && r.at(next).glued && len(r.list[i].text) < 6 {
		next++
	}
	after := next
	if r.at(after).text == "," {
		after++
	}
	if r.beforeDay[r.at(after).low] {
		after++
	}
	if d, end := firstOf(after, r.solarDate, r.dottedDate, r.dayMonth, r.monthDay, r.isoDate); end > after && d.isDay() {
		return d, end
	}
	if which, end := r.periodBehind(next); end > next {
		return Date{Weekday: n, Relative: which + " weekday"}, end
	}
	return Date{Weekday: n, Relative: "weekday"}, next
}

// shortestLoose is the length from which a day of the week is read in small
// letters; "sun" and "sat" are shorter.
const shortestLoose = 6

// dayOfWeek returns the day of the week that token i names, by itself or with
// the next one, and the token behind it.
func (r *reader) dayOfWeek(i int) (day time.Weekday, next int, ok bool) {
	name := r.name(i)
	if r.smallMonths {
		if n, ok := r.weekdays[name+" "+r.name(i+1)]; ok {
			return time.Weekday(n), i + 2, true
		}
	}
	n, ok := r.weekdays[name]
	if !ok || !r.at(i).capital() && !r.smallMonths && !(r.loose && len(name) >= shortestLoose) {
		return 0, i, false
	}
	return time.Weekday(n), i + 1, true
}

// periodBehind returns the meaning of the word of periods at token i that stands
// behind what it goes with: "pasado", "que viene".
func (r *reader) periodBehind(i int) (which string, next int) {
	if r.periodsBehind == nil {
		return "", i
	}
	first := r.at(i).low
	if which = r.periodsBehind[first+" "+r.at(i+1).low]; which != "" {
		return which, i + 2
	}
	if which = r.periodsBehind[first]; which != "" {
		return which, i + 1
	}
	return "", i
}

// spanBehind reads "semana pasada" and "enero pasado".
func (r *reader) spanBehind(i int) (Date, int) {
	if r.periodsBehind == nil {
		return Date{}, i
	}
	if unit := r.spans[r.name(i)]; unit != "" {
		if which, end := r.periodBehind(i + 1); end > i+1 {
			return Date{Relative: which + " " + unit}, end
		}
	}
	if month, next := r.month(i); month > 0 {
		if which, end := r.periodBehind(next); end > next {
			return Date{Month: month, Relative: which}, end
		}
	}
	return Date{}, i
}

// relativePeriod reads "last week", "next Tuesday", "last July", "this morning".
func (r *reader) relativePeriod(i int) (Date, int) {
	which := r.periods[r.list[i].low]
	if which == "" {
		return Date{}, i
	}
	if n, next, ok := r.dayOfWeek(i + 1); ok && which != "past" {
		return Date{Weekday: n, Relative: which + " weekday"}, next
	}
	if month, next := r.month(i + 1); month > 0 && which != "past" && yearOf(r.at(next).text) == 0 {
		return r.monthOf(which, i, month, next)
	}
	if named := r.days[which+" "+r.name(i+1)]; named != "" {
		return Date{Relative: named}, i + 2
	}
	unit := r.spans[r.name(i+1)]
	if which == "past" && unit != "week" && unit != "month" && unit != "year" {
		which = "last"
	}
	if unit == "" {
		return Date{}, i
	}
	return Date{Relative: which + " " + unit}, i + 2
}

// monthOf reads "this April"; with a day behind it, it is that day.
func (r *reader) monthOf(which string, i, month, next int) (Date, int) {
	if d, end := r.dayAndYear(month, next); end > next {
		return d, end
	}
	return Date{Month: month, Relative: which}, next
}

// longestPhrase is the number of words of the longest name of a day: "the day
// before yesterday".
const longestPhrase = 4

// relativeDay reads "today" and "the day before yesterday", but not the name
// "Meridian Today".
func (r *reader) relativeDay(i int) (Date, int) {
	if r.notDays[r.at(i-1).low] {
		return Date{}, i
	}
	capital := r.list[i].capital()
	if capital && i > 0 && (r.doubtful[r.list[i].low] || r.at(i-1).word && r.at(i-1).capital()) {
		return Date{}, i
	}
	if r.pairs[[2]string{r.name(i), r.name(i + 1)}] {
		if d, next := r.phrase(i); next > i {
			return d, next
		}
	}
	if named := r.days[r.name(i)]; named != "" {
		return Date{Relative: named}, i + 1
	}
	return Date{}, i
}

// phrase reads the longest phrase of days that begins with token i.
func (r *reader) phrase(i int) (found Date, next int) {
	words, next := r.name(i), i
	for k := i + 1; k < i+longestPhrase && r.at(k).word; k++ {
		words += " " + r.name(k)
		if named := r.days[words]; named != "" {
			found, next = Date{Relative: named}, k+1
		}
	}
	return found, next
}

// ago reads "three days ago" and "vor drei Tagen".
func (r *reader) ago(i int) (Date, int) {
	if r.agoBefore[r.at(i).low] {
		if d, end := r.backBy(i + 1); end > i+1 {
			return d, end
		}
		return Date{}, i
	}
	d, end := r.backBy(i)
	if end == i || !r.agoBehind[r.at(end).low] {
		return Date{}, i
	}
	return d, end + 1
}

// backBy reads "three days" as so long ago.
func (r *reader) backBy(i int) (Date, int) {
	n, next := float64(whole(r.at(i).text)), i+1
	if r.articles[r.at(i).low] {
		n = 1
	} else if v, end := r.below100(i); end > i {
		n, next = v, end
	}
	if n < 0 && r.agoUnits[r.at(i).low] {
		n, next = 1, i
	}
	if n < 1 || n > 2000 {
		return Date{}, i
	}
	unit := r.measures[r.at(next).low]
	if span := r.spans[r.at(next).low]; unit != "" && strings.HasPrefix(span, "solar") {
		unit = span
	}
	switch unit {
	case "day", "week", "month", "year", "solarmonth", "solaryear":
		return Date{Relative: strconv.Itoa(int(n)) + " " + unit + " ago"}, next + 1
	}
	return Date{}, i
}
