// Package dated reads when something was published, as programs and people write
// it: the forms of feeds, of pages' metadata, and of bylines in several
// languages and calendars.
//
// A date that could be two days (03/04/2025) is none: a wrong date is worse than
// a missing one. Everything here is pure and safe for concurrent use.
package dated

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Date is a date as it was written.
type Date struct {
	// Time is in UTC; of a date without a time of day, its midnight.
	Time time.Time
	// DayOnly says that no time of day was named.
	DayOnly bool
}

// maxLength bounds what is taken for a date, in bytes. The longest form with
// words around it has some 100.
const maxLength = 200

// Read reads a date. Words around it ("Published on", "Uhr") do no harm as long
// as they are no dates themselves. A time without a zone is taken as UTC.
func Read(s string) (Date, bool) {
	if len(s) > maxLength {
		return Date{}, false
	}
	s = plain(s)
	if at, ok := readUnix(s); ok {
		return Date{Time: at}, true
	}
	year, month, day, rest, ok := readDay(s)
	if !ok {
		return Date{}, false
	}
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if at.Year() != year || at.Month() != month || at.Day() != day || year < 1900 || year > 2999 {
		return Date{}, false
	}
	return withClock(at, rest)
}

// plain brings digits and blanks to one form, and letters to lower case.
func plain(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case r == ',' || r == '\u200c' || r == '\u200f' || r == '\u200e' || r == '\u00a0' || r == '|':
			return ' '
		case '٠' <= r && r <= '٩':
			return r - '٠' + '0'
		case '۰' <= r && r <= '۹':
			return r - '۰' + '0'
		case r == 'ي':
			return 'ی'
		case r == 'ك':
			return 'ک'
		case r == '−' || r == '–' || r == '—':
			return '-'
		}
		return unicode.ToLower(r)
	}, s)), " ")
}

// readUnix reads seconds or milliseconds since 1970.
func readUnix(s string) (time.Time, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err != nil || len(s) != 10 && len(s) != 13:
		return time.Time{}, false
	case len(s) == 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}

// The forms of a day. What a form leaves over holds the time of day.
var (
	yearFirst = regexp.MustCompile(`(?:^|[^\d])((?:19|20)\d\d)([-/.])(\d{1,2})([-/.])(\d{1,2})(?:[^\d]|$)`)
	compact   = regexp.MustCompile(`^((?:19|20)\d\d)(\d\d)(\d\d)(?:t|$)`)
	chinese   = regexp.MustCompile(`(\d{4})\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日号]`)
	dotted    = regexp.MustCompile(`(?:^|[^\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?:[^\d]|$)`)
	slashed   = regexp.MustCompile(`(?:^|[^\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?:[^\d/]|$)`)
	dayMonth  = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2})(?:st|nd|rd|th|er|º)?\.?[\s-]\s?(?:of |de )?([\pL\pM]+)\.?[\s-]\s?(?:de |del )?(\d{4}|\d{2})(?:[^\d:]|$)`)
	monthDay  = regexp.MustCompile(`([\pL\pM]+)\.?\s(\d{1,2})(?:st|nd|rd|th)?\s(\d{4})(?:[^\d]|$)`)
	unixDate  = regexp.MustCompile(`([\pL\pM]+)\s(\d{1,2})\s(\d{1,2}:\d\d:\d\d(?:\s[a-z]{1,5})?)\s(\d{4})$`)
)

// readDay finds the day; rest is what stands around it.
func readDay(s string) (year int, month time.Month, day int, rest string, ok bool) {
	if m := compact.FindStringSubmatchIndex(s); m != nil {
		return number(s[m[2]:m[3]]), time.Month(number(s[m[4]:m[5]])), number(s[m[6]:m[7]]), expand(s[m[7]:]), true
	}
	if m := yearFirst.FindStringSubmatchIndex(s); m != nil && s[m[4]:m[5]] == s[m[8]:m[9]] {
		return number(s[m[2]:m[3]]), time.Month(number(s[m[6]:m[7]])), number(s[m[10]:m[11]]), around(s, m[2], m[11]), true
	}
	if m := chinese.FindStringSubmatchIndex(s); m != nil {
		rest := strings.NewReplacer("时", ":", "分", " ", "点", ":").Replace(around(s, m[0], m[1]))
		return number(s[m[2]:m[3]]), time.Month(number(s[m[4]:m[5]])), number(s[m[6]:m[7]]), rest, true
	}
	if m := dotted.FindStringSubmatchIndex(s); m != nil {
		return number(s[m[6]:m[7]]), time.Month(number(s[m[4]:m[5]])), number(s[m[2]:m[3]]), around(s, m[2], m[7]), true
	}
	if m := slashed.FindStringSubmatchIndex(s); m != nil {
		return readSlashed(number(s[m[2]:m[3]]), number(s[m[4]:m[5]]), number(s[m[6]:m[7]]), around(s, m[2], m[7]))
	}
	return readNamed(s)
}

// around is what stands before and after a match.
func around(s string, from, to int) string { return s[:from] + " " + s[to:] }

// expand turns the clock of the compact form into the usual one.
func expand(s string) string {
	digits, ok := strings.CutPrefix(s, "t")
	if !ok || len(digits) < 4 || strings.Contains(digits[:4], ":") {
		return s
	}
	clock := digits[:2] + ":" + digits[2:4]
	if len(digits) >= 6 && digits[4] >= '0' && digits[4] <= '9' {
		return clock + ":" + digits[4:]
	}
	return clock + digits[4:]
}

// readSlashed reads numbers of which only one order makes a day.
func readSlashed(a, b, year int, rest string) (int, time.Month, int, string, bool) {
	switch {
	case a > 12 && b <= 12 || a == b:
		return year, time.Month(b), a, rest, true
	case b > 12 && a <= 12:
		return year, time.Month(a), b, rest, true
	}
	return 0, 0, 0, "", false
}

// readNamed reads a day whose month has a name.
func readNamed(s string) (year int, month time.Month, day int, rest string, ok bool) {
	for _, m := range dayMonth.FindAllStringSubmatchIndex(s, -1) {
		year, day := fullYear(s[m[6]:m[7]]), number(s[m[2]:m[3]])
		rest := around(s, m[2], m[7])
		if month := months[s[m[4]:m[5]]]; month > 0 {
			return year, month, day, rest, true
		}
		if month := jalaliMonths[s[m[4]:m[5]]]; month > 0 {
			return readJalali(year, month, day, rest)
		}
	}
	for _, m := range unixDate.FindAllStringSubmatchIndex(s, -1) {
		if month := months[s[m[2]:m[3]]]; month > 0 {
			return number(s[m[8]:m[9]]), month, number(s[m[4]:m[5]]), s[m[6]:m[7]], true
		}
	}
	for _, m := range monthDay.FindAllStringSubmatchIndex(s, -1) {
		if month := months[s[m[2]:m[3]]]; month > 0 {
			return number(s[m[6]:m[7]]), month, number(s[m[4]:m[5]]), around(s, m[2], m[7]), true
		}
	}
	return 0, 0, 0, "", false
}

// fullYear reads a year of two digits as RFC 2822 does.
func fullYear(s string) int {
	n := number(s)
	switch {
	case len(s) > 2:
		return n
	case n < 50:
		return 2000 + n
	}
	return 1900 + n
}

// number reads digits that a pattern has found.
func number(s string) int {
	n, _ := strconv.Atoi(s) // a few digits
	return n
}
