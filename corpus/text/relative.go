package text

import (
	"strconv"
	"time"
)

// weekday reads "Friday" and "Friday, January 17, 2025".
func (r *reader) weekday(i int) (Date, int) {
	n, ok := r.dayOfWeek(i)
	if !ok {
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
	if r.beforeDay[r.at(after).low] {
		after++
	}
	if d, end := firstOf(after, r.dottedDate, r.dayMonth, r.monthDay, r.isoDate); end > after && d.Day > 0 {
		return d, end
	}
	return Date{Weekday: n, Relative: "weekday"}, next
}

// shortestLoose is the length from which a day of the week is read in small
// letters; "sun" and "sat" are shorter.
const shortestLoose = 6

// dayOfWeek returns the day of the week that token i names.
func (r *reader) dayOfWeek(i int) (time.Weekday, bool) {
	name := r.name(i)
	n, ok := r.weekdays[name]
	if !ok || !r.at(i).capital() && !(r.loose && len(name) >= shortestLoose) {
		return 0, false
	}
	return time.Weekday(n), true
}

// relativePeriod reads "last week", "next Tuesday", "last July", "this morning".
func (r *reader) relativePeriod(i int) (Date, int) {
	which := r.periods[r.list[i].low]
	if which == "" {
		return Date{}, i
	}
	if n, ok := r.dayOfWeek(i + 1); ok && which != "past" {
		return Date{Weekday: n, Relative: which + " weekday"}, i + 2
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
	if n < 1 || n > 2000 {
		return Date{}, i
	}
	switch unit := r.measures[r.at(next).low]; unit {
	case "day", "week", "month", "year":
		return Date{Relative: strconv.Itoa(int(n)) + " " + unit + " ago"}, next + 1
	}
	return Date{}, i
}
