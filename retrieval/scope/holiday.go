package scope

import "time"

// holiday is when a feast is: from a day of a month or, with month 0, from a
// number of days after Easter Sunday, for a number of days.
type holiday struct {
	month      time.Month
	day        int
	fromEaster int
	days       int
}

var (
	// christmas are its eve and both its days.
	christmas = holiday{month: 12, day: 24, days: 3}
	// easter is from Good Friday to Easter Monday.
	easter = holiday{fromEaster: -2, days: 4}
)

// in returns the days of the feast in year, from midnight to midnight.
func (h holiday) in(year int, zone *time.Location) (from, to time.Time) {
	from = time.Date(year, h.month, h.day, 0, 0, 0, 0, zone)
	if h.month == 0 {
		from = easterSunday(year, zone).AddDate(0, 0, h.fromEaster)
	}
	return from, from.AddDate(0, 0, h.days)
}

// easterSunday is that of the Gregorian calendar, by the anonymous algorithm as
// Meeus gives it (Astronomical Algorithms, chapter 8).
func easterSunday(year int, zone *time.Location) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 19*l) / 433
	month := (h + l - 7*m + 90) / 25
	day := (h + l - 7*m + 33*month + 19) % 32
	return time.Date(year, time.Month(month), day, 0, 0, 0, 0, zone)
}
