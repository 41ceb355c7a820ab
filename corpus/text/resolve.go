package text

import (
	"strconv"
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
// "last July" is the latest that was over at ref. Weeks begin on Monday; "past
// week" is the last seven days with ref's own. ok is false for the zero Date.
func (d Date) Resolve(ref time.Time) (from, to time.Time, ok bool) {
	today := midnight(ref.Year(), ref.Month(), ref.Day(), ref.Location())
	if strings.HasSuffix(d.Relative, " ago") {
		return d.ago(today)
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
	if strings.HasSuffix(d.Relative, "weekday") {
		return d.weekday(today, which)
	}
	return period(today, which, unit)
}

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

// inYear returns the day, month or year that d is in year.
func (d Date) inYear(year int, zone *time.Location) (from, to time.Time, ok bool) {
	switch {
	case d.Month == 0:
		return midnight(year, 1, 1, zone), midnight(year+1, 1, 1, zone), true
	case d.Day == 0:
		return midnight(year, time.Month(d.Month), 1, zone), midnight(year, time.Month(d.Month)+1, 1, zone), true
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
	year := ref.Year()
	from, to, ok = d.inYear(year, ref.Location())
	switch {
	case d.Relative == "last" && to.After(ref):
		return d.inYear(year-1, ref.Location())
	case d.Relative == "next" && !from.After(ref):
		return d.inYear(year+1, ref.Location())
	}
	return from, to, ok
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

// period resolves "last week", "past month", "this year".
func period(today time.Time, which, unit string) (from, to time.Time, ok bool) {
	if which == "past" {
		return step(today, unit, -1), today.AddDate(0, 0, 1), true
	}
	n := map[string]int{"last": -1, "next": 1}[which]
	from = step(startOf(today, unit), unit, n)
	return from, step(from, unit, 1), true
}

// startOf returns the midnight at which the day, week, month or year of today
// began.
func startOf(today time.Time, unit string) time.Time {
	switch unit {
	case "week":
		return today.AddDate(0, 0, -(int(today.Weekday())+6)%7)
	case "month":
		return midnight(today.Year(), today.Month(), 1, today.Location())
	case "year":
		return midnight(today.Year(), 1, 1, today.Location())
	}
	return today
}

// step goes n days, weeks, months or years on from t.
func step(t time.Time, unit string, n int) time.Time {
	switch unit {
	case "week":
		return t.AddDate(0, 0, 7*n)
	case "month":
		return t.AddDate(0, n, 0)
	case "year":
		return t.AddDate(n, 0, 0)
	}
	return t.AddDate(0, 0, n)
}

// ago resolves "3 week ago": the whole day, week, month or year that lay so far
// back.
func (d Date) ago(today time.Time) (from, to time.Time, ok bool) {
	fields := strings.Fields(d.Relative)
	if len(fields) != 3 {
		return from, to, false
	}
	n, err := strconv.Atoi(fields[0])
	if err != nil {
		return from, to, false
	}
	from = step(startOf(today, fields[1]), fields[1], -n)
	return from, step(from, fields[1], 1), true
}
