package roundup

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// The forms of a date, at the beginning of what follows "Published". A year has
// four digits.
var (
	weekday   = regexp.MustCompile(`(?i)^(?:on\s+)?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s+)?`)
	yearFirst = regexp.MustCompile(`^([1-9]\d{3})([-/.])(\d{1,2})([-/.])(\d{1,2})`)
	monthDay  = regexp.MustCompile(`(?i)^(\pL+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+([1-9]\d{3})`)
	dayMonth  = regexp.MustCompile(`(?i)^(\d{1,2})(?:st|nd|rd|th|\.)?[\s-]+(?:of\s+|de\s+)?(\pL+)\.?,?[\s-]+(?:de\s+|del\s+)?([1-9]\d{3})`)
	dotted    = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.\s?([1-9]\d{3})`)
	slashed   = regexp.MustCompile(`^(\d{1,2})([/-])(\d{1,2})[/-]([1-9]\d{3})`)
	clock     = regexp.MustCompile(`(?i)^(?:t|[\s,;·–—-]+(?:at\s+|um\s+)?)(\d{1,2})(?:[:.h](\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?)?\s*([ap]\.?m\b\.?)?(?:\s*(?:uhr|hrs|hours)\b)?\s*\(?([^()]*?)\)?$`)
	offset    = regexp.MustCompile(`(?i)^(?:utc|gmt)?\s*([+−-])(\d{1,2}):?(\d{2})?$`)
)

// Reasons why a date is refused.
const (
	unreadable  = "cannot read the date"
	noSuchDate  = "date does not exist"
	noSuchClock = "time of day does not exist"
)

// months by the beginnings of their names, three letters at least, in English,
// German, French and Spanish.
var months = []struct {
	month    time.Month
	prefixes string
}{
	{time.January, "january januar jänner janvier enero"},
	{time.February, "february februar feber février fevrier febrero"},
	{time.March, "march märz maerz mars marzo"},
	{time.April, "april avril abril"},
	{time.May, "may mai mayo"},
	{time.June, "june juni juin junio"},
	{time.July, "july juli juillet julio"},
	{time.August, "august août aout agosto"},
	{time.September, "september sept septembre septiembre setiembre"},
	{time.October, "october oktober octobre octubre"},
	{time.November, "november novembre noviembre"},
	{time.December, "december dezember décembre diciembre"},
}

// readDate reads a date with an optional time and zone, and nothing after it.
// The reason is empty if the date is good.
func readDate(s string) (at time.Time, reason string) {
	s = s[len(weekday.FindString(s)):]
	year, month, day, rest, reason := readDay(s)
	if reason != "" {
		return time.Time{}, reason
	}
	at = time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	if at.Year() != year || at.Month() != month || at.Day() != day {
		return time.Time{}, noSuchDate
	}
	rest = strings.TrimRight(rest, " .,;)")
	if rest == "" {
		return at, ""
	}
	return withClock(at, rest)
}

// readDay reads the day and returns what follows it.
func readDay(s string) (year int, month time.Month, day int, rest, reason string) {
	if m := yearFirst.FindStringSubmatch(s); m != nil && m[2] == m[4] {
		return number(m[1]), time.Month(number(m[3])), number(m[5]), s[len(m[0]):], ""
	}
	if m := dotted.FindStringSubmatch(s); m != nil {
		return number(m[3]), time.Month(number(m[2])), number(m[1]), s[len(m[0]):], ""
	}
	if m := slashed.FindStringSubmatch(s); m != nil {
		return readSlashed(m, s[len(m[0]):])
	}
	word, m := "", monthDay.FindStringSubmatch(s)
	if m != nil {
		word, day = m[1], number(m[2])
	} else if m = dayMonth.FindStringSubmatch(s); m != nil {
		word, day = m[2], number(m[1])
	}
	month = monthNamed(word)
	if month == 0 {
		return 0, 0, 0, "", unreadable
	}
	return number(m[3]), month, day, s[len(m[0]):], ""
}

// readSlashed reads 17/01/2025 or 01/17/2025, and refuses 03/04/2025, which is
// another day on either side of the Atlantic.
func readSlashed(m []string, rest string) (year int, month time.Month, day int, _, reason string) {
	first, second, year := number(m[1]), number(m[3]), number(m[4])
	switch {
	case first > 12 || first == second:
		return year, time.Month(second), first, rest, ""
	case second > 12:
		return year, time.Month(first), second, rest, ""
	}
	return 0, 0, 0, "", fmt.Sprintf("day and month cannot be told apart, write %04d-%02d-%02d or %04d-%02d-%02d",
		year, second, first, year, first, second)
}

// number reads digits that a pattern has found.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// monthNamed returns the month of a name or its beginning; 0 if there is none.
func monthNamed(word string) time.Month {
	word = strings.ToLower(word)
	if len([]rune(word)) < 3 {
		return 0
	}
	for _, m := range months {
		for name := range strings.FieldsSeq(m.prefixes) {
			if strings.HasPrefix(name, word) {
				return m.month
			}
		}
	}
	return 0
}

// withClock adds the time of day that s says.
func withClock(day time.Time, s string) (time.Time, string) {
	m := clock.FindStringSubmatch(s)
	if m == nil || m[2] == "" && m[4] == "" {
		return time.Time{}, unreadable
	}
	hour, minute, second := number(m[1]), number(m[2]), number(m[3])
	if m[4] != "" {
		if hour < 1 || hour > 12 {
			return time.Time{}, noSuchClock
		}
		hour %= 12
		if strings.EqualFold(m[4][:1], "p") {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 || second > 59 {
		return time.Time{}, noSuchClock
	}
	at := day.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
	east, ok := zone(strings.TrimSpace(m[5]), at)
	if !ok {
		return time.Time{}, fmt.Sprintf("unknown time zone %q", m[5])
	}
	return at.Add(-east), ""
}

// zones are hours east of UTC. Names that stand for several zones (IST) are left
// out.
var zones = map[string]float64{
	"": 0, "Z": 0, "UTC": 0, "GMT": 0, "WET": 0,
	"BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2, "EET": 2, "SAST": 2, "EEST": 3, "MSK": 3, "TRT": 3,
	"PKT": 5, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
	"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}

// american are the zones whose name does not say whether it is summer.
var american = map[string]float64{"ET": -5, "CT": -6, "MT": -7, "PT": -8}

// zone returns how far east of UTC a zone is at a local time.
func zone(name string, local time.Time) (time.Duration, bool) {
	name = strings.ToUpper(name)
	if m := offset.FindStringSubmatch(name); m != nil {
		east := time.Duration(number(m[2]))*time.Hour + time.Duration(number(m[3]))*time.Minute
		if m[1] != "+" {
			east = -east
		}
		return east, east.Abs() <= 14*time.Hour
	}
	hours, ok := zones[name]
	if winter, found := american[name]; found {
		hours, ok = winter, true
		if americanSummer(local) {
			hours++
		}
	}
	return time.Duration(hours * float64(time.Hour)), ok
}

// americanSummer reports whether clocks in the United States are set forward at
// a local time: since 2007, from 2:00 on the second Sunday of March to 2:00 on
// the first of November.
func americanSummer(local time.Time) bool {
	begin := sunday(local.Year(), time.March, 8)
	end := sunday(local.Year(), time.November, 1)
	return !local.Before(begin) && local.Before(end)
}

// sunday is 2:00 on the first Sunday of a month from a day on.
func sunday(year int, month time.Month, from int) time.Time {
	t := time.Date(year, month, from, 2, 0, 0, 0, time.UTC)
	return t.AddDate(0, 0, (7-int(t.Weekday()))%7)
}
