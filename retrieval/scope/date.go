package scope

import (
	"strings"
	"time"

	"newsdesk/corpus/text"
)

// dater reads the dates of publication from one question.
type dater struct {
	text     string
	words    []word
	mentions []mention
	now      time.Time
}

// fresh is how far back "the latest news" go.
const fresh = 7

var (
	newsWords = set(`news headlines happened happen happening happens developments updates articles stories reports
		coverage reported published`)
	freshWords = set("latest newest recent")
	// notAfter stand before a date from which on nothing is asked.
	notAfter = set("before until till by than")
	// storyNouns follow a date of publication: "its June 2018 story".
	storyNouns = set("coverage story stories article articles account accounts report reports write-up headlines piece")
	// papersOf are what a date behind "from", "on" or "in" is the date of.
	papersOf = set("articles stories headlines coverage news published")
)

// window returns the days that the question asks for; zero times where it asks
// for none.
func (d dater) window() (from, to time.Time) {
	for _, date := range text.For("en").Dates(d.text) {
		if d.inMention(date) {
			continue
		}
		from, to := d.dated(date)
		if !from.IsZero() {
			return d.days(from, to)
		}
	}
	if n := d.lastDays(); n > 0 {
		return d.days(d.ago(n), time.Time{})
	}
	return from, to
}

// inMention reports whether a date is a part of an outlet's name.
func (d dater) inMention(date text.Date) bool {
	for _, m := range d.mentions {
		if d.words[m.first].start <= date.Start && date.End <= d.words[m.last].end {
			return true
		}
	}
	return false
}

// dated returns the stretch that one date asks for, in the zone of now.
func (d dater) dated(date text.Date) (from, to time.Time) {
	from, to, ok := d.resolve(date)
	if !ok || from.After(d.now) {
		return time.Time{}, time.Time{}
	}
	before := d.before(date)
	switch {
	case d.at(before).low == "since" && isNear(date):
		return from, time.Time{}
	case notAfter[d.at(before).low]:
		return time.Time{}, time.Time{}
	case d.isPublication(date, before):
		if to.After(d.now) {
			to = time.Time{}
		}
		return from, to
	case bounds(date) && (date.Relative != "today" || d.asksNews()):
		return from, time.Time{}
	}
	return time.Time{}, time.Time{}
}

// resolve returns what date means for something published: a month or day
// without a year lies behind.
func (d dater) resolve(date text.Date) (from, to time.Time, ok bool) {
	from, to, ok = date.Resolve(d.now)
	if ok && from.After(d.now) && date.Year == 0 && date.Month > 0 && date.Relative == "" {
		date.Year = from.Year() - 1
		return date.Resolve(d.now)
	}
	return from, to, ok
}

// isNear reports whether date is told from now: "Friday", "last week".
func isNear(date text.Date) bool { return date.Relative != "" && date.Relative != "decade" }

// bounds reports whether nothing older than date can tell of it.
func bounds(date text.Date) bool {
	switch date.Relative {
	case "today", "yesterday", "last week", "this week", "past week", "last month", "this month", "past month", "last weekday":
		return true
	}
	return strings.HasSuffix(date.Relative, " day ago") || strings.HasSuffix(date.Relative, " week ago")
}

// at returns word i; an empty one beyond either end.
func (d dater) at(i int) word {
	if i < 0 || i >= len(d.words) {
		return word{}
	}
	return d.words[i]
}

// before returns the index of the word before a date, "the" aside; -1 where
// none is.
func (d dater) before(date text.Date) int {
	i := -1
	for i+1 < len(d.words) && d.words[i+1].end <= date.Start {
		i++
	}
	return i
}

// after returns the word behind a date.
func (d dater) after(date text.Date) word {
	for _, w := range d.words {
		if w.start >= date.End {
			return w
		}
	}
	return word{}
}

// isPublication reports whether date is when something was published; before is
// the word before it.
func (d dater) isPublication(date text.Date, before int) bool {
	if d.ofStory(date, before) {
		return true
	}
	switch d.at(before).low {
	case "on", "in", "from":
		before--
	}
	if papersOf[d.at(before).low] {
		return true
	}
	for _, m := range d.mentions {
		if m.filters() && before >= 0 && (before == m.cueEnd || before == m.last) {
			return true
		}
	}
	return false
}

// ofStory reads "SNN's August 2014 coverage" and "its June 2018 story".
func (d dater) ofStory(date text.Date, before int) bool {
	w := d.at(before)
	if !storyNouns[d.after(date).low] || date.Month == 0 && !isNear(date) {
		return false
	}
	if w.low == "its" || w.low == "their" {
		return true
	}
	for _, m := range d.mentions {
		if m.last == before && w.own {
			return true
		}
	}
	return false
}

// asksNews reports whether the question asks for news, or for what an outlet
// reports.
func (d dater) asksNews() bool {
	for _, m := range d.mentions {
		if m.filters() {
			return true
		}
	}
	for _, w := range d.words {
		if newsWords[w.low] {
			return true
		}
	}
	return false
}

// lastDays reads "the past three days", "the last 24 hours" and "the latest
// news", in days; 0 where there is none.
func (d dater) lastDays() int {
	for i, w := range d.words {
		if freshWords[w.low] && newsWords[d.at(i+1).low] {
			return fresh
		}
	}
	for _, n := range text.For("en").Numbers(d.text) {
		w := d.at(d.before(text.Date{Span: n.Span})).low
		if w != "last" && w != "past" || n.Value < 1 || n.Value > 1000 {
			continue
		}
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
	}
	return 0
}

// ago returns the midnight n days before that of now.
func (d dater) ago(n int) time.Time {
	return time.Date(d.now.Year(), d.now.Month(), d.now.Day()-n, 0, 0, 0, 0, d.now.Location())
}

// days widens [from, to), midnights of now's zone, to the same days of UTC as
// well. A zero to stays zero.
func (d dater) days(from, to time.Time) (time.Time, time.Time) {
	if utc := sameDay(from); utc.Before(from) {
		from = utc
	}
	if to.IsZero() {
		return from, to
	}
	if utc := sameDay(to); utc.After(to) {
		to = utc
	}
	return from, to
}

// sameDay returns the midnight in UTC of t's day in its own zone.
func sameDay(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
}
