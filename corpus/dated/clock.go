package dated

import (
	"regexp"
	"strings"
	"time"
)

var (
	clock  = regexp.MustCompile(`(?:^|[^\d:])(\d{1,2})(?:[:.h](\d\d))(?::(\d\d))?(?:[.,]\d{1,9})?\s?([ap]\.?m\b\.?)?`)
	offset = regexp.MustCompile(`^\s?(?:utc|gmt|z)?\s?([+-])(\d{1,2}):?(\d\d)?(?:[^\d]|$)`)
	letter = regexp.MustCompile(`^[\s(]*([a-z]{1,5})\b`)
)

// withClock adds the time of day in what stood around a day.
func withClock(at time.Time, rest string) (Date, bool) {
	m := clock.FindStringSubmatchIndex(rest)
	if m == nil {
		return Date{Time: at, DayOnly: true}, true
	}
	hour, minute, second := number(rest[m[2]:m[3]]), number(rest[m[4]:m[5]]), 0
	if m[6] >= 0 {
		second = min(number(rest[m[6]:m[7]]), 59) // a leap second is the one before
	}
	if m[8] >= 0 {
		if hour < 1 || hour > 12 {
			return Date{}, false
		}
		hour %= 12
		if rest[m[8]] == 'p' {
			hour += 12
		}
	}
	if hour > 24 || minute > 59 || hour == 24 && minute > 0 {
		return Date{}, false
	}
	at = at.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
	return Date{Time: at.Add(-zone(rest[m[1]:], at))}, true
}

// zone returns how far the zone that s begins with is ahead of UTC.
func zone(s string, at time.Time) time.Duration {
	if m := offset.FindStringSubmatch(s); m != nil {
		d := time.Duration(number(m[2]))*time.Hour + time.Duration(number(m[3]))*time.Minute
		if d > 14*time.Hour {
			return 0
		}
		if m[1] == "-" {
			return -d
		}
		return d
	}
	m := letter.FindStringSubmatch(s)
	if m == nil {
		return 0
	}
	if standard, ok := american[m[1]]; ok {
		return standard + summer(at)
	}
	return zones[m[1]]
}

// zones are abbreviations by the hours that they are ahead of UTC, in the meaning
// that most news with them has.
var zones = ahead(`est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9 akdt -8 hst -10 ast -4 adt -3
	wet 0 west 1 bst 1 ist 5.5 cet 1 cest 2 mez 1 mesz 2 eet 2 eest 3 msk 3 trt 3 irst 3.5 gst 4 pkt 5 npt 5.75 bdt 6
	wib 7 ict 7 sgt 8 hkt 8 pht 8 awst 8 jst 9 kst 9 acst 9.5 aest 10 aedt 11 nzst 12 nzdt 13 sast 2 eat 3 wat 1 cat 2
	brt -3 art -3 clt -4 cot -5 pet -5`)

// american are names that mean standard time or summer time, as it is.
var american = ahead("et -5 ct -6 mt -7 pt -8")

func ahead(list string) map[string]time.Duration {
	m := map[string]time.Duration{}
	fields := strings.Fields(list)
	for i := 0; i+1 < len(fields); i += 2 {
		d, err := time.ParseDuration(fields[i+1] + "h")
		if err != nil {
			panic(err) // the tables above
		}
		m[fields[i]] = d
	}
	return m
}

// summer is the hour of summer time in the United States: from the second Sunday
// of March to the first of November. The hour of the change is not looked at.
func summer(at time.Time) time.Duration {
	from, to := sunday(at.Year(), time.March, 8), sunday(at.Year(), time.November, 1)
	if at.Before(from) || !at.Before(to) {
		return 0
	}
	return time.Hour
}

// sunday is the first one not before a day.
func sunday(year int, month time.Month, day int) time.Time {
	at := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return at.AddDate(0, 0, (7-int(at.Weekday()))%7)
}
