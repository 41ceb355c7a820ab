package scope

import (
	"strings"
	"time"

	"newsdesk/corpus/text"
)

// dater reads the dates of publication from one question.
type dater struct {
	*question
	mentions []mention
	now      time.Time
}

// fresh is how many days "the latest news" go back.
const fresh = 7

// window returns the days that the question asks for; zero times where it asks
// for none.
func (d dater) window(list []period) (from, to time.Time) {
	for _, p := range list {
		from, to := d.dated(p)
		if !from.IsZero() || !to.IsZero() {
			return d.days(from, to)
		}
	}
	if n := d.lastDays(); n > 0 {
		return d.days(d.ago(n), time.Time{})
	}
	return from, to
}

// dated returns the stretch that one period asks for, in the zone of now.
func (d dater) dated(p period) (from, to time.Time) {
	l := d.lead(p)
	if d.isToCome(p) {
		return time.Time{}, time.Time{}
	}
	switch l.bound {
	case sinceBound:
		if p.date.Relative != "decade" && p.isNear() || d.isPublication(p, l) || d.isHappening() {
			return p.from, time.Time{}
		}
	case afterBound:
		if p.to.Before(d.now) && (d.isPublication(p, l) || d.isHappening()) {
			return p.to, time.Time{}
		}
	case untilBound:
		if d.isPublication(p, l) {
			return time.Time{}, d.gone(p.to)
		}
	case beforeBound:
		if d.isPublication(p, l) {
			return time.Time{}, d.gone(p.from)
		}
	default:
		return d.during(p, l)
	}
	return time.Time{}, time.Time{}
}

// during returns the stretch for a period with no bound before it.
func (d dater) during(p period, l lead) (from, to time.Time) {
	switch {
	case d.isPublication(p, l):
		return p.from, d.gone(p.to)
	case d.isHappening() && d.endsClause(p, l), d.isTopical(p, l), d.isLower(p):
		return p.from, time.Time{}
	}
	return time.Time{}, time.Time{}
}

// isToCome reports whether the question is what will be at p.
func (d dater) isToCome(p period) bool {
	i := d.index(d.future)
	return i >= 0 && d.words[i].start < p.Start && p.date.Relative != "today"
}

// gone returns t, or zero where that is still to come.
func (d dater) gone(t time.Time) time.Time {
	if t.After(d.now) {
		return time.Time{}
	}
	return t
}

// isLower reports whether nothing older than p can tell of it: "last week".
// "Today" is often "nowadays".
func (d dater) isLower(p period) bool {
	switch rel := p.date.Relative; rel {
	case "today":
		return d.asksNews() || d.what[d.at(0).low] && d.has(d.reported)
	case "yesterday", "last week", "this week", "past week", "last month", "this month", "past month",
		"last weekday", "last weekend":
		return true
	default:
		return isBack(rel)
	}
}

// isBack reports whether a date is told in days or weeks from now.
func isBack(relative string) bool {
	return strings.HasSuffix(relative, " day ago") || strings.HasSuffix(relative, " week ago")
}

// asksNews reports whether the question asks for news, or for what an outlet
// reports.
func (d dater) asksNews() bool {
	for _, m := range d.mentions {
		if m.sure {
			return true
		}
	}
	return d.has(d.news)
}

// lastDays reads "the past three days" and "the last 24 hours", in days; 0 where
// there is none.
func (d dater) lastDays() int {
	if !d.has(d.past) {
		return 0
	}
	for _, n := range d.language.Numbers(d.text) {
		if !d.past[d.at(d.before(n.Start)).low] || n.Value < 1 || n.Value > 1000 {
			continue
		}
		if days := daysOf(n); days > 0 {
			return days
		}
	}
	return 0
}

// daysOf returns a number of hours, days, weeks or months in days, the longest
// that they can be; 0 for any other unit.
func daysOf(n text.Number) int {
	switch n.Unit {
	case "hour":
		return int(n.Value+23) / 24
	case "day":
		return int(n.Value)
	case "week":
		return 7 * int(n.Value)
	case "month":
		return 31 * int(n.Value)
	}
	return 0
}

// ago returns the midnight n days before that of now.
func (d dater) ago(n int) time.Time {
	return time.Date(d.now.Year(), d.now.Month(), d.now.Day()-n, 0, 0, 0, 0, d.now.Location())
}

// days widens [from, to), midnights of now's zone, to the same days of UTC as
// well. A zero time stays zero.
func (d dater) days(from, to time.Time) (time.Time, time.Time) {
	if utc := sameDay(from); !from.IsZero() && utc.Before(from) {
		from = utc
	}
	if utc := sameDay(to); !to.IsZero() && utc.After(to) {
		to = utc
	}
	return from, to
}

// sameDay returns the midnight in UTC of t's day in its own zone.
func sameDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
