package scope

import (
	"strconv"
	"strings"
	"time"

	"newsdesk/corpus/text"
)

// period is a stretch of time that a question names.
type period struct {
	text.Span
	// from and to are midnights in the zone of now: [from, to).
	from, to time.Time
	// date is what was read, of a stretch between two its end.
	date text.Date
}

// isNear reports whether p is told from now: "Friday", "last week", and also a
// month or day without its year.
func (p period) isNear() bool {
	return p.date.Relative != "" && p.date.Relative != "decade" || p.date.Year == 0
}

// periods returns the stretches of time of the question in order. What lies
// inside an outlet's name is none.
func (d dater) periods() []period {
	var list []period
	feasts := merged(d.feasts(), d.bareWeekends())
	dates := d.language.LooseDates(d.text)
	for i := 0; i < len(dates); i++ {
		date := dates[i]
		if d.inMention(date.Span) || within(feasts, date.Span) {
			continue
		}
		p, ok := d.period(date)
		if !ok {
			continue
		}
		if i+1 < len(dates) && d.joins(p, dates[i+1]) {
			if both, ok := d.stretch(date, dates[i+1]); ok {
				p, i = both, i+1
			}
		} else if date.Day > 0 {
			p = d.withOtherDay(p)
		}
		list = append(list, p)
	}
	return merged(list, feasts)
}

// merged puts two ordered lists together.
func merged(a, b []period) []period {
	if len(b) == 0 {
		return a
	}
	var list []period
	for len(a) > 0 || len(b) > 0 {
		if len(b) == 0 || len(a) > 0 && a[0].Start < b[0].Start {
			list, a = append(list, a[0]), a[1:]
		} else {
			list, b = append(list, b[0]), b[1:]
		}
	}
	return list
}

// within reports whether one of the periods covers s.
func within(list []period, s text.Span) bool {
	for _, p := range list {
		if p.Start <= s.Start && s.End <= p.End {
			return true
		}
	}
	return false
}

// inMention reports whether s is a part of an outlet's name.
func (d dater) inMention(s text.Span) bool {
	for _, m := range d.mentions {
		if d.words[m.first].start <= s.Start && s.End <= d.words[m.last].end {
			return true
		}
	}
	return false
}

// period resolves a date for something published: a month or day without a year
// lies behind. ok is false for what is still to come.
func (d dater) period(date text.Date) (p period, ok bool) {
	from, to, ok := date.Resolve(d.now)
	if ok && from.After(d.now) && date.Year == 0 && date.Month > 0 && date.Relative == "" {
		date.Year = from.Year() - 1
		from, to, ok = date.Resolve(d.now)
		date.Year = 0
	}
	return d.told(period{date.Span, from, to, date}), ok && !from.After(d.now)
}

// told widens a day to the stretch that is told by it: "the week of 6 May".
func (d dater) told(p period) period {
	i := d.before(p.Start)
	for d.articles[d.at(i).low] && d.around[[2]string{d.at(i - 1).low, d.at(i).low}] == 0 {
		i--
	}
	how := d.around[[2]string{d.at(i - 1).low, d.at(i).low}]
	if p.date.Day == 0 || how == 0 {
		return p
	}
	p.Start = d.words[i-1].start
	switch how {
	case weekOf:
		p.from = p.from.AddDate(0, 0, -(int(p.from.Weekday())+6)%7)
		p.to = p.from.AddDate(0, 0, 7)
	case eveOf:
		p.from = p.from.AddDate(0, 0, -1)
	}
	return p
}

// joins reports whether only a word such as "to" stands between p and the date
// next, or "and": "between Monday and Friday", "in March and April 2019".
func (d dater) joins(p period, next text.Date) bool {
	between := strings.TrimSpace(d.text[p.End:next.Start])
	if between == "-" || between == "–" || between == "—" {
		return true
	}
	joined := false
	for f := range strings.FieldsSeq(strings.ToLower(between)) {
		switch {
		case d.to[f], d.and[f] && (d.startsBetween(p) || p.date.Relative == "" && next.Relative == ""):
			joined = true
		case !joined || !d.articles[f] && !d.preps[f]:
			return false
		}
	}
	return joined
}

// startsBetween reports whether p stands behind "between".
func (d dater) startsBetween(p period) bool {
	i := d.before(p.Start)
	for d.articles[d.at(i).low] {
		i--
	}
	return d.between[d.at(i).low]
}

// stretch resolves "from a to b". What only b says (the year) is a's too; a year
// earlier where a would come after b otherwise.
func (d dater) stretch(a, b text.Date) (period, bool) {
	last, ok := d.period(b)
	if !ok {
		return period{}, false
	}
	if a.Relative == "" && a.Year == 0 {
		a.Year = last.from.Year()
		if a.Month == 0 {
			return period{}, false
		}
	}
	from, _, ok := a.Resolve(d.now)
	if ok && !from.Before(last.to) && a.Relative == "" {
		a.Year--
		from, _, ok = a.Resolve(d.now)
	}
	if !ok || !from.Before(last.to) {
		return period{}, false
	}
	return period{text.Span{Start: a.Start, End: b.End}, from, last.to, b}, true
}

// withOtherDay widens a day to the days that it is told with: "3 to 10 May",
// "May 3 to 5".
func (d dater) withOtherDay(p period) period {
	if m := find(d.dayBefore, d.text[:p.Start]); m != nil {
		if day := number(m[1]); day > 0 && day < p.from.Day() {
			p.from = p.from.AddDate(0, 0, day-p.from.Day())
			p.Start -= len(m[0]) - strings.Index(m[0], m[1])
		}
		return p
	}
	last, end := d.lastDay(p)
	if last > p.from.Day() && last <= daysIn(p.from) {
		p.to = p.to.AddDate(0, 0, last-p.from.Day())
		p.End = end
	}
	return p
}

// lastDay returns the 5 of "May 3-5, 2019" or "May 3 to 5", and where that ends.
func (d dater) lastDay(p period) (day, end int) {
	if d.dayBehind == nil {
		return 0, 0
	}
	if i := strings.IndexAny(p.In(d.text), "-–—"); i > 0 && p.date.Relative == "" && digits(p.In(d.text)) == 0 {
		rest := strings.TrimLeft(p.In(d.text)[i:], "-–— ")
		return number(rest[:digits(rest)]), p.End
	}
	if m := find(d.dayBehind, d.text[p.End:]); m != nil {
		return number(m[1]), p.End + strings.Index(m[0], m[1]) + len(m[1])
	}
	return 0, 0
}

// daysIn returns the number of days of t's month.
func daysIn(t time.Time) int {
	return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// digits counts the digits at the start of s.
func digits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

// number returns the value of one or two digits, 0 for anything else.
func number(s string) int {
	if len(s) > 2 {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}
