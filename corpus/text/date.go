package text

import (
	"strings"
	"time"
)

// Date is a date or a stretch of time that a text names. What it does not say
// is 0: "January 17" has no Year, "2024" no Month.
type Date struct {
	Span
	Year, Month, Day int
	// Part is the part that is meant of the Month, or of the Year where there
	// is no Month; empty for the whole. It is one of
	//
	//	"early", "mid", "late"
	//	"spring", "summer", "autumn", "winter"    of a Year
	//	"q1" to "q4", "h1", "h2"                  of a Year
	//
	// A winter is that which begins in its Year.
	Part string
	// Weekday is the day meant where Relative ends in "weekday"; otherwise it
	// says nothing.
	Weekday time.Weekday
	// Relative is empty for a date of the calendar. Otherwise it is one of
	//
	//	"today", "yesterday", "tomorrow"
	//	"weekday", "last weekday", "next weekday", "this weekday"
	//	"last week", "this week", "next week", "past week", and so with month and year
	//	"last weekend", "last summer", and so with this, next and the other seasons
	//	"last", "this", "next"    with Month: "last July"
	//	"decade"                  with Year: "the 1990s"
	//	"3 day ago"               a number, then day, week, month or year
	//	"2 day ahead"             the day after tomorrow
	//	"last solaryear", "3 solarmonth ago"    of the Solar Hijri calendar of Iran
	//	"solar 1403-10-15"        year, month and day of that calendar, 0 for what
	//	                          is not said; Year, Month and Day are 0
	Relative string
}

// Dates returns the dates of s in order. Four digits are a year from 1800 to
// 2099 unless a unit follows them. Months that are also words or names (May,
// March) need a word such as "in" before them, or a day or year beside them.
// Impossible dates are not read: of "February 30" only the month is. Four digits
// from 1300 to 1450 are a year of the Solar Hijri calendar in Persian, behind a
// word for it or a month. Nil for a text without dates.
func (l *Language) Dates(s string) []Date {
	r := reader{Language: l, list: l.tokens(s)}
	return r.dates()
}

// LooseDates is [Language.Dates] for what people type: months and days of the
// week count in small letters too, those that are words as well only where no
// verb can stand.
func (l *Language) LooseDates(s string) []Date {
	r := reader{Language: l, list: l.tokens(s), loose: true}
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

// isDay reports whether d names a day.
func (d Date) isDay() bool {
	return d.Day > 0 || strings.HasPrefix(d.Relative, "solar ") && !strings.HasSuffix(d.Relative, "-0")
}

// date reads the date that begins with token i and returns the token behind
// it; i where there is none.
func (r *reader) date(i int) (Date, int) {
	if r.han {
		return r.hanDate(i)
	}
	if r.list[i].digit() {
		return firstOf(i, r.solarDate, r.isoDate, r.slashDate, r.dottedDate, r.dayMonth, r.yearFraction, r.ago, r.decade, r.year)
	}
	if !r.opening[r.name(i)] {
		return Date{}, i
	}
	return firstOf(i, r.solarDate, r.weekday, r.spanBehind, r.dayMonth, r.monthDay, r.portion, r.season, r.yearFraction, r.relativePeriod, r.ago, r.relativeDay)
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
