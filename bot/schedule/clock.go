package schedule

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrTime means that a time of day is none: "08:00" is one.
var ErrTime = errors.New("schedule: no such time of day")

// TimeOfDay is what a clock on the wall shows, in minutes after midnight: 0 to
// 1439.
type TimeOfDay int

const dayMinutes = 24 * 60

// ParseTimeOfDay reads "08:00", "8:05" or "23.30"; else [ErrTime].
func ParseTimeOfDay(s string) (TimeOfDay, error) {
	at, err := time.Parse("15:04", strings.Replace(strings.TrimSpace(s), ".", ":", 1))
	if err != nil {
		return 0, fmt.Errorf("%w: %.20q", ErrTime, s)
	}
	return TimeOfDay(at.Hour()*60 + at.Minute()), nil
}

// String returns the time as "08:00".
func (t TimeOfDay) String() string { return fmt.Sprintf("%02d:%02d", t/60, t%60) }

func (t TimeOfDay) valid() bool { return t >= 0 && t < dayMinutes }

// Days is a set of weekdays.
type Days uint8

// EveryDay has all weekdays.
const EveryDay Days = 1<<7 - 1

// Weekdays returns the set of the given days.
func Weekdays(days ...time.Weekday) Days {
	var d Days
	for _, day := range days {
		d |= 1 << day
	}
	return d
}

// Has reports whether the day is in the set.
func (d Days) Has(day time.Weekday) bool { return d&(1<<day) != 0 }

// date is a day of a calendar, without a zone: midnight in UTC.
type date struct{ time.Time }

func dateOf(t time.Time) date {
	y, m, d := t.Date()
	return date{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

func (d date) plus(days int) date { return date{d.AddDate(0, 0, days)} }

func (d date) String() string { return d.Format(time.DateOnly) }

// shift bounds how far a zone is off UTC, and how much its clocks move at once.
const shift = 26 * time.Hour

// moment returns when the zone's clock shows day and time of day for the first
// time, and where it never does, the first moment after.
func moment(zone *time.Location, day date, at TimeOfDay) time.Time {
	wall := day.Add(time.Duration(at) * time.Minute)
	// Between two changes of a zone its clock runs evenly: of each such stretch it
	// is known what it shows at its begin.
	for t := wall.Add(-shift).In(zone); ; {
		_, offset := t.Zone()
		shown := t.Add(time.Duration(offset) * time.Second)
		if !shown.Before(wall) {
			return t // the clock was put forward over it
		}
		_, end := t.ZoneBounds()
		found := t.Add(wall.Sub(shown))
		if end.IsZero() || found.Before(end) {
			return found
		}
		t = end
	}
}

// Quiet are hours in which nothing is posted. The zero value is none.
type Quiet struct {
	// From and To are local times, To not included; over midnight where From is
	// later. Both the same is none.
	From, To TimeOfDay
	Rule     QuietRule
}

// QuietRule says what becomes of a slot in quiet hours.
type QuietRule string

// The rules. Move is the default.
const (
	// MoveQuiet posts it when the quiet hours end.
	MoveQuiet QuietRule = "move"
	// SkipQuiet folds it into the next.
	SkipQuiet QuietRule = "skip"
)

// Covers reports whether the time of day is in the quiet hours.
func (q Quiet) Covers(t TimeOfDay) bool {
	if q.From <= q.To {
		return q.From <= t && t < q.To
	}
	return t >= q.From || t < q.To
}

// end returns when the quiet hours that cover a day's time end.
func (q Quiet) end(zone *time.Location, day date, t TimeOfDay) time.Time {
	if t >= q.To {
		day = day.plus(1)
	}
	return moment(zone, day, q.To)
}

// occurrence is a slot that is computed.
type occurrence struct {
	day  date
	time TimeOfDay
	at   time.Time
	// skip says that quiet hours fold it.
	skip bool
}

func (s Subscription) occurrence(zone *time.Location, day date, t TimeOfDay) occurrence {
	o := occurrence{day: day, time: t}
	if !s.Quiet.Covers(t) {
		o.at = moment(zone, day, t)
		return o
	}
	if s.Quiet.Rule == SkipQuiet {
		o.at, o.skip = moment(zone, day, t), true
		return o
	}
	o.at = s.Quiet.end(zone, day, t)
	return o
}

// occurrences are those of the subscription that come in (from, to], by their
// moments.
func (s Subscription) occurrences(zone *time.Location, from, to time.Time) []occurrence {
	if s.Kind != Scheduled || !from.Before(to) {
		return nil
	}
	var out []occurrence
	// One day before, because quiet hours or a clock may move a slot into the next.
	for day := dateOf(from.In(zone)).plus(-2); !day.After(dateOf(to.In(zone)).Time); day = day.plus(1) {
		if !s.Days.Has(day.Weekday()) {
			continue
		}
		for _, t := range s.Times {
			if o := s.occurrence(zone, day, t); o.at.After(from) && !o.at.After(to) {
				out = append(out, o)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b occurrence) int { return a.at.Compare(b.at) })
	return out
}

// before returns when the slot before the moment came, as though the subscription
// had always been there.
func (s Subscription) before(zone *time.Location, at time.Time) time.Time {
	// A week back there is one; two where a day was left out.
	all := s.occurrences(zone, at.AddDate(0, 0, -15), at.Add(-time.Second))
	for _, o := range slices.Backward(all) {
		if !o.skip {
			return o.at
		}
	}
	return at.AddDate(0, 0, -1)
}

// Next returns the next n times at which the subscription will be due after now,
// for a person to look at; none when it is paused or not scheduled. [ErrZone] when
// the machine no longer knows its zone.
func (s Subscription) Next(now time.Time, n int) ([]time.Time, error) {
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		return nil, fmt.Errorf("%w: %q", ErrZone, s.Zone)
	}
	if s.Paused {
		return nil, nil
	}
	var out []time.Time
	for _, o := range s.occurrences(zone, now, now.AddDate(0, 0, 7*(n+1))) {
		if !o.skip && len(out) < n {
			out = append(out, o.at.In(zone))
		}
	}
	return out, nil
}
