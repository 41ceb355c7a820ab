package text

import (
	"strconv"
	"strings"
	"time"
)

// seasonStart are the months in which seasons begin; each has seasonMonths.
var seasonStart = map[string]time.Month{"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

const seasonMonths = 3

// monthsOf returns the first month of a part of a year and how many there are.
func monthsOf(part string) (first time.Month, n int) {
	if first = seasonStart[part]; first > 0 {
		return first, seasonMonths
	}
	switch part {
	case "early":
		return 1, 4
	case "mid":
		return 5, 4
	case "late":
		return 9, 4
	}
	k, _ := strconv.Atoi(part[1:])
	if part[0] == 'h' {
		return time.Month(6*k - 5), 6
	}
	return time.Month(3*k - 2), 3
}

// months returns n months of a year from first on.
func months(year int, first time.Month, n int, zone *time.Location) (from, to time.Time, ok bool) {
	return midnight(year, first, 1, zone), midnight(year, first+time.Month(n), 1, zone), true
}

// daysOf returns the part of a month.
func daysOf(year int, month time.Month, part string, zone *time.Location) (from, to time.Time, ok bool) {
	switch part {
	case "early":
		return midnight(year, month, 1, zone), midnight(year, month, 13, zone), true
	case "mid":
		return midnight(year, month, 9, zone), midnight(year, month, 23, zone), true
	}
	return midnight(year, month, 19, zone), midnight(year, month+1, 1, zone), true
}

// relativeMonths resolves "last", "this" and "next" n months from first on: the
// latest that were over at ref, those that begin in ref's year, the first that
// begin after ref.
func relativeMonths(ref time.Time, which string, first time.Month, n int) (from, to time.Time, ok bool) {
	year := ref.Year()
	from, to, ok = months(year, first, n, ref.Location())
	for which == "last" && to.After(ref) {
		year--
		from, to, ok = months(year, first, n, ref.Location())
	}
	if which == "next" && !from.After(ref) {
		return months(year+1, first, n, ref.Location())
	}
	return from, to, ok
}

// period resolves "last week", "past month", "this year", "this weekend".
func period(today time.Time, which, unit string) (from, to time.Time, ok bool) {
	if isSolar(unit) {
		return solarStep(today, unit, steps[which])
	}
	if which == "past" {
		return step(today, unit, -1), today.AddDate(0, 0, 1), true
	}
	n := steps[which]
	if unit == "weekend" {
		from = step(startOf(today, "week"), "week", n).AddDate(0, 0, 5)
		return from, from.AddDate(0, 0, 2), true
	}
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

// distant resolves "3 week ago" and "2 day ahead": the whole day, week, month or
// year that lies so far back or ahead.
func (d Date) distant(today time.Time) (from, to time.Time, ok bool) {
	fields := strings.Fields(d.Relative)
	if len(fields) != 3 {
		return from, to, false
	}
	n, err := strconv.Atoi(fields[0])
	if err != nil {
		return from, to, false
	}
	if fields[2] == "ago" {
		n = -n
	}
	if isSolar(fields[1]) {
		return solarStep(today, fields[1], n)
	}
	from = step(startOf(today, fields[1]), fields[1], n)
	return from, step(from, fields[1], 1), true
}
