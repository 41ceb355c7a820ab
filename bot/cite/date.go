package cite

import (
	"slices"
	"time"

	"newsdesk/corpus/text"
)

// dates finds each date of the sentence in the set. The day of publication may
// be named beside the outlet.
func (c *checking) dates(set []*evidence) fault {
	for k, d := range c.said.dates {
		if !c.holdsDate(set, k, d) {
			return fault{ReasonDate, d.In(c.said.raw)}
		}
	}
	return fault{}
}

func (c *checking) holdsDate(set []*evidence, k int, d text.Date) bool {
	for _, e := range set {
		if slices.ContainsFunc(spans([]text.Date{d}), func(n text.Number) bool {
			return slices.ContainsFunc(e.numbers, func(m text.Number) bool { return n.Value == m.Value && n.Unit == m.Unit })
		}) {
			return true // "five years ago" of "in five years": the length of time stands there
		}
		if c.inLead(k) && publishedOn(d, e.passage.Published) {
			return true
		}
		for _, stands := range e.times {
			if sameTime(d, stands, e.passage.Published) {
				return true
			}
		}
	}
	return false
}

// publishedOn reports whether d names a day of publication.
func publishedOn(d text.Date, day time.Time) bool {
	return d.Relative == "" && d.Day == day.Day() && d.Month == int(day.Month()) && (d.Year == 0 || d.Year == day.Year())
}

// moment is a stretch of time that a passage names, with every reading of it.
type moment struct {
	date     text.Date
	from, to time.Time
}

// moments resolves the dates of a passage. A weekday may be the last or the
// next one, as news says both the same way.
func moments(dates []text.Date, published time.Time) []moment {
	var out []moment
	for _, d := range dates {
		from, to, ok := d.Resolve(published)
		if !ok {
			continue
		}
		out = append(out, moment{d, from, to})
		if d.Relative == "weekday" {
			out = append(out, moment{d, from.AddDate(0, 0, 7), to.AddDate(0, 0, 7)})
		}
	}
	return out
}

// sameTime reports whether a date that is said covers what stands in the
// passage: it may be vaguer, never more exact.
func sameTime(said text.Date, stands moment, published time.Time) bool {
	if said.Relative != "" && said.Relative == stands.date.Relative && said.Month == stands.date.Month {
		return said.Relative != "weekday" && said.Relative != "last weekday" && said.Relative != "next weekday" && said.Relative != "this weekday" ||
			said.Weekday == stands.date.Weekday
	}
	if said.Relative == "weekday" {
		return stands.to.Sub(stands.from) <= 25*time.Hour && stands.from.Weekday() == said.Weekday &&
			stands.from.Sub(published).Abs() < 8*24*time.Hour
	}
	if said.Relative != "" {
		from, to, ok := said.Resolve(published)
		return ok && !stands.from.Before(from) && !stands.to.After(to)
	}
	return agree(said, stands)
}

// agree compares a calendar date with a moment, part by part.
func agree(said text.Date, stands moment) bool {
	if said.Part != "" && (said.Year != 0 || said.Month != 0) {
		from, to, ok := said.Resolve(stands.from)
		if !ok || stands.from.Before(from) || stands.to.After(to) {
			return false
		}
	}
	last := stands.to.Add(-time.Nanosecond)
	if said.Year != 0 && (stands.from.Year() != said.Year || last.Year() != said.Year) {
		return false
	}
	if said.Month != 0 && (int(stands.from.Month()) != said.Month || int(last.Month()) != said.Month) {
		return false
	}
	if said.Day != 0 {
		return stands.from.Day() == said.Day && stands.to.Sub(stands.from) <= 25*time.Hour
	}
	return said.Year != 0 || said.Month != 0
}
