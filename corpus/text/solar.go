package text

import (
	"fmt"
	"strings"
	"time"
)

// The Solar Hijri calendar of Iran. Its year begins with spring; six months of 31
// days are followed by five of 30 and one of 29, or 30 in a leap year. Leap years
// follow the rule of 33 years, which agrees with the calendar as it is kept from
// 1244 to 1472 (K. Borkowski, "The Persian calendar for 3000 years", 1996).

// The years of four digits that are read as those of the calendar.
const firstSolar, lastSolar = 1300, 1450

// solarAnchor is 1 Farvardin of the year 1403.
var solarAnchor = time.Date(2024, 3, 20, 0, 0, 0, 0, time.UTC)

const anchorYear = 1403

func solarLeap(year int) bool { return (25*year+11)%33 < 8 }

// solarLength returns the number of days of a month; any year but a leap year
// may be 0.
func solarLength(year, month int) int {
	switch {
	case month <= 6:
		return 31
	case month < 12 || year == 0 || solarLeap(year):
		return 30
	}
	return 29
}

// solarDay returns midnight in zone of a day; a month of 13 is the first of the
// next year.
func solarDay(year, month, day int, zone *time.Location) time.Time {
	n := day - 1
	for y := anchorYear; y < year; y++ {
		n += solarDays(y)
	}
	for y := year; y < anchorYear; y++ {
		n -= solarDays(y)
	}
	for m := 1; m < month; m++ {
		n += solarLength(year, m)
	}
	return midnight(solarAnchor.Year(), solarAnchor.Month(), solarAnchor.Day()+n, zone)
}

func solarDays(year int) int {
	if solarLeap(year) {
		return 366
	}
	return 365
}

// solarOf returns the year and month in which today lies.
func solarOf(today time.Time) (year, month int) {
	year = today.Year() - 621
	for solarDay(year, 1, 1, today.Location()).After(today) {
		year--
	}
	for month = 12; solarDay(year, month, 1, today.Location()).After(today); month-- {
	}
	return year, month
}

// solarDate reads "۱۵ دی ۱۴۰۳", "دی ۱۴۰۳", "دی", "1403/10/15" and a year.
func (r *reader) solarDate(i int) (Date, int) {
	if r.solarMonths == nil {
		return Date{}, i
	}
	return firstOf(i, r.solarFigures, r.solarDayMonth, r.solarMonth, r.solarYear)
}

// solarFigures reads "1403/10/15".
func (r *reader) solarFigures(i int) (Date, int) {
	if r.at(i+1).text != "/" || r.at(i+3).text != "/" || len(r.at(i).text) != 4 {
		return Date{}, i
	}
	year, month, day := solarYearOf(r.at(i).text), whole(r.at(i+2).text), whole(r.at(i+4).text)
	if year == 0 || month < 1 || month > 12 || day < 1 || day > solarLength(year, month) {
		return Date{}, i
	}
	return solar(year, month, day), i + 5
}

// solarDayMonth reads a day, a month and, where there is one, a year.
func (r *reader) solarDayMonth(i int) (Date, int) {
	day := r.dayNumber(r.at(i).low)
	month := r.solarMonths[r.at(i+1).low]
	if day == 0 || month == 0 {
		return Date{}, i
	}
	year, next := r.solarYearAfter(i + 2)
	if day > solarLength(year, month) {
		return Date{}, i
	}
	return solar(year, month, day), next
}

// solarMonth reads a month, and a year behind it; one that is a word as well needs
// a year or a cue.
func (r *reader) solarMonth(i int) (Date, int) {
	month := r.solarMonths[r.at(i).low]
	if month == 0 {
		return Date{}, i
	}
	year, next := r.solarYearAfter(i + 1)
	if year == 0 && r.doubtful[r.at(i).low] && !r.cues[r.at(i-1).low] {
		return Date{}, i
	}
	return solar(year, month, 0), next
}

// solarYear reads four digits that a word shows to be a year.
func (r *reader) solarYear(i int) (Date, int) {
	year := solarYearOf(r.at(i).text)
	if year == 0 || !r.cues[r.at(i-1).low] {
		return Date{}, i
	}
	if _, end := r.measure(i + 1); end > i+1 && !r.yearCues[r.at(i-1).low] {
		return Date{}, i
	}
	return solar(year, 0, 0), i + 1
}

// solarYearAfter reads the year at token i, with the word for it before it; next
// is i where there is none.
func (r *reader) solarYearAfter(i int) (year, next int) {
	at := i
	if r.yearCues[r.at(at).low] {
		at++
	}
	if year = solarYearOf(r.at(at).text); year == 0 {
		return 0, i
	}
	return year, at + 1
}

// solarYearOf returns the year of the calendar that four digits name, or 0.
func solarYearOf(v string) int {
	if n := whole(v); len(v) == 4 && n >= firstSolar && n <= lastSolar {
		return n
	}
	return 0
}

// solar returns a date of the calendar: as the day that it is in the Gregorian
// one if it says all.
func solar(year, month, day int) Date {
	if year == 0 || day == 0 {
		return Date{Relative: fmt.Sprintf("solar %d-%d-%d", year, month, day)}
	}
	t := solarDay(year, month, day, time.UTC)
	return Date{Year: t.Year(), Month: int(t.Month()), Day: t.Day()}
}

// resolveSolar resolves what [solar] left open.
func resolveSolar(ref time.Time, fields string) (from, to time.Time, ok bool) {
	var year, month, day int
	if n, err := fmt.Sscanf(fields, "%d-%d-%d", &year, &month, &day); n != 3 || err != nil || month < 0 || month > 12 {
		return from, to, false
	}
	if year == 0 {
		year = nearSolar(ref, month, day)
	}
	zone := ref.Location()
	switch {
	case month == 0:
		return solarDay(year, 1, 1, zone), solarDay(year+1, 1, 1, zone), true
	case day == 0:
		return solarDay(year, month, 1, zone), solarDay(year, month+1, 1, zone), true
	}
	return solarDay(year, month, day, zone), solarDay(year, month, day+1, zone), true
}

// nearSolar returns the year that a day or month without one means, as
// [Date.Resolve] says of those of the Gregorian calendar.
func nearSolar(ref time.Time, month, day int) int {
	year, _ := solarOf(ref)
	for y := year + 1; y > year-8; y-- {
		begins := solarDay(y, month, max(day, 1), ref.Location())
		if begins.Sub(ref) <= soon && day <= solarLength(y, month) {
			return y
		}
	}
	return year
}

// solarStep returns the month or year of the calendar n after that of today.
func solarStep(today time.Time, unit string, n int) (from, to time.Time, ok bool) {
	year, month := solarOf(today)
	zone := today.Location()
	if unit == "solaryear" {
		return solarDay(year+n, 1, 1, zone), solarDay(year+n+1, 1, 1, zone), true
	}
	k := year*12 + month - 1 + n
	return solarDay(k/12, k%12+1, 1, zone), solarDay((k+1)/12, (k+1)%12+1, 1, zone), true
}

// isSolar reports whether unit is one of the calendar.
func isSolar(unit string) bool { return strings.HasPrefix(unit, "solar") }
