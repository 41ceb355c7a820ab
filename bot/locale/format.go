package locale

import (
	"strconv"
	"time"

	"golang.org/x/text/number"

	"newsdesk/bot"
)

// Number writes a whole number: "5,312", "5 312", "۵٬۳۱۲".
func (t Texts) Number(n int) string {
	if n < t.tongue.grouped && n > -t.tongue.grouped {
		return t.digits(n)
	}
	return t.printer.Sprint(number.Decimal(n))
}

// digits writes a number without grouping, with at least so many digits.
func (t Texts) digits(n int, atLeast ...number.Option) string {
	return t.printer.Sprint(number.Decimal(n, append(atLeast, number.NoSeparator())...))
}

// Day writes the date of a time: "17 January 2025".
func (t Texts) Day(at time.Time) string {
	at = t.local(at)
	return t.join(with("date.day", text("Day", t.digits(at.Day())), inner("Month", month(at.Month())), text("Year", t.digits(at.Year()))))
}

// Clock writes the time of day, in 24 hours: "08:30".
func (t Texts) Clock(at time.Time) string {
	at = t.local(at)
	two := number.MinIntegerDigits(2)
	return t.digits(at.Hour(), two) + ":" + t.digits(at.Minute(), two)
}

// Wall writes a time of day that is given in minutes after midnight: "08:30".
func (t Texts) Wall(minutes int) string {
	two := number.MinIntegerDigits(2)
	return t.digits(minutes/60, two) + ":" + t.digits(minutes%60, two)
}

// Moment writes date and time: "17 January 2025, 08:30".
func (t Texts) Moment(at time.Time) string {
	return t.join(with("date.moment", text("Day", t.Day(at)), text("Time", t.Clock(at))))
}

// Span writes a time from one day to another, both within it: "17 January 2025 to
// 3 February 2025", or the one day.
func (t Texts) Span(from, to time.Time) string {
	first, last := t.Day(from), t.Day(to)
	if first == last {
		return first
	}
	return t.join(with("date.span", text("From", first), text("To", last)))
}

func (t Texts) local(at time.Time) time.Time {
	if t.zone == nil {
		return at
	}
	return at.In(t.zone)
}

// month is the name of a month as it stands in a date.
func month(m time.Month) Message { return with("date.month." + strconv.Itoa(int(m))) }

// text is a piece that is in the language already.
func text(name, s string) map[string]argument {
	return map[string]argument{name: func(Texts) []bot.Span { return own(s) }}
}

// join says a message of the program's own as one string.
func (t Texts) join(m Message) string {
	s := ""
	for _, span := range t.fill(m) {
		s += span.Text
	}
	return s
}

// list writes "a", "a and b", "a, b and c".
func (t Texts) list(all [][]bot.Span) []bot.Span {
	last := len(all) - 1
	if last < 1 {
		return t.series(all)
	}
	out := append(t.series(all[:last]), own(t.join(with("list.last")))...)
	return merged(append(out, all[last]...))
}

// series writes "a, b, c".
func (t Texts) series(all [][]bot.Span) []bot.Span {
	var out []bot.Span
	for i, item := range all {
		if i > 0 {
			out = append(out, own(t.join(with("list.next")))...)
		}
		out = append(out, item...)
	}
	return merged(out)
}

// eachIsolated puts each span into an isolate of its own where that is needed.
func (t Texts) eachIsolated(all []bot.Span) [][]bot.Span {
	var out [][]bot.Span
	for _, s := range all {
		out = append(out, t.Isolated(s))
	}
	return out
}
