package text

import (
	"strings"
	"time"
)

// soon is how far ahead a date without a year may lie: news write "on 3 May" of
// the days to come as of those gone by, but seldom of a day further off.
const soon = 92 * 24 * time.Hour

// Resolve returns the stretch [from, to) that d means for somebody who writes
// at ref, from midnight to midnight in ref's zone.
//
// A date without a year is the last one that began by ref, or the next if that
// begins within 92 days. "Friday" is the latest Friday, ref's own day
// included; "last Friday" is one before that day, "next Friday" one after it;
// "last July" and "last summer" are the latest that were over at ref. Weeks begin
// on Monday, their weekends on Saturday; "past week" is the last seven days with
// ref's own. Seasons are whole months (summer is June to August, as weather
// services of the northern half count). Parts of a month overlap, as nobody
// counts days there: early is up to the 12th, mid the 9th to 22nd, late from the
// 19th; those of a year are four months each. ok is false for the zero Date.
func (d Date) Resolve(ref time.Time) (from, to time.Time, ok bool) {
	today := midnight(ref.Year(), ref.Month(), ref.Day(), ref.Location())
	if strings.HasSuffix(d.Relative, " ago") || strings.HasSuffix(d.Relative, " ahead") {
		return d.distant(today)
	}
	switch d.Relative {
	case "":
		return d.calendar(ref)
	case "last", "this", "next":
		return d.month(ref)
	case "decade":
		return midnight(d.Year, 1, 1, ref.Location()), midnight(d.Year+10, 1, 1, ref.Location()), true
	case "today", "yesterday", "tomorrow":
		return day(today, map[string]int{"yesterday": -1, "tomorrow": 1}[d.Relative])
	}
	which, unit, _ := strings.Cut(d.Relative, " ")
	if which == "solar" {
		return resolveSolar(ref, unit)
	}
	if strings.HasSuffix(d.Relative, "weekday") {
		return d.weekday(today, which)
	}
	if month := seasonStart[unit]; month > 0 {
		return relativeMonths(ref, which, month, seasonMonths)
	}
	return period(today, which, unit)
}

// steps are how many weeks, months or years the words of periods go on.
var steps = map[string]int{"last": -1, "next": 1}

func midnight(year int, month time.Month, day int, zone *time.Location) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, zone)
}

// day returns the day that is n days after today.
func day(today time.Time, n int) (from, to time.Time, ok bool) {
	return today.AddDate(0, 0, n), today.AddDate(0, 0, n+1), true
}

// calendar resolves a date of the calendar.
func (d Date) calendar(ref time.Time) (from, to time.Time, ok bool) {
	switch {
	case d.Year == 0 && d.Month == 0:
		return from, to, false
	case d.Year == 0:
		return d.inYear(d.nearYear(ref), ref.Location())
	}
	return d.inYear(d.Year, ref.Location())
}

// inYear returns the day, month or year that d is in year, or the part of it.
func (d Date) inYear(year int, zone *time.Location) (from, to time.Time, ok bool) {
	switch {
	case d.Month == 0 && d.Part != "":
		first, n := monthsOf(d.Part)
		return months(year, first, n, zone)
	case d.Month == 0:
		return months(year, 1, 12, zone)
	case d.Day == 0 && d.Part != "":
		return daysOf(year, time.Month(d.Month), d.Part, zone)
	case d.Day == 0:
		return months(year, time.Month(d.Month), 1, zone)
	}
	return day(midnight(year, time.Month(d.Month), d.Day, zone), 0)
}

// nearYear returns the year that a date without one means; one in which the day
// exists.
func (d Date) nearYear(ref time.Time) int {
	year := ref.Year() + 1
	for ; year > ref.Year()-8; year-- {
		from, _, _ := d.inYear(year, ref.Location())
		if from.Sub(ref) <= soon && (d.Day == 0 || exists(year, d.Month, d.Day)) {
			return year
		}
	}
	return year
}

// month resolves "last July".
func (d Date) month(ref time.Time) (from, to time.Time, ok bool) {
	return relativeMonths(ref, d.Relative, time.Month(d.Month), 1)
}

// weekday resolves "Friday", "last Friday", "this Friday", "next Friday".
func (d Date) weekday(today time.Time, which string) (from, to time.Time, ok bool) {
	ahead := (int(d.Weekday) - int(today.Weekday()) + 7) % 7
	switch {
	case which == "this":
		monday := (int(today.Weekday()) + 6) % 7
		return day(today, (int(d.Weekday)+6)%7-monday)
	case which == "next" && ahead == 0:
		return day(today, 7)
	case which == "next":
		return day(today, ahead)
	case ahead == 0 && which != "last":
		return day(today, 0)
	}
	return day(today, ahead-7)
}
