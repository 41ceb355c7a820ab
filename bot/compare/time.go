package compare

import (
	"strings"
	"time"
)

// times returns the days, months and years of a page with what happened then.
func (s *story) times(p *page) []*fact {
	var out []*fact
	for k, d := range p.Dates {
		from, to, ok := d.Resolve(p.article.Published)
		at := p.termOf(d.Start, d.End)
		if !ok || at[0] < 0 || d.Relative != "" && p.Terms[at[0]].Quoted || p.toldThen(at[0], at[1]) || vague(d.Relative) || d.Part != "" || p.bounds(at[0]) || p.counts(at[0]) {
			continue
		}
		f := &fact{
			kind: Time, page: p, at: at[0], end: at[1], value: p.Dates[k].In(p.article.Text),
			near: p.around(at[0], at[1], nearReach), all: p.sentence(at[0]), spans: [][2]float64{hours(from, to)},
		}
		f.month, f.day, f.yearless = d.Month, d.Day, d.Year == 0
		if strings.HasSuffix(d.Relative, "weekday") { // a day of the week lies before or ahead
			f.spans = append(f.spans, hours(from.Add(7*day), to.Add(7*day)))
		}
		out = append(out, f)
	}
	return out
}

func hours(from, to time.Time) [2]float64 {
	return [2]float64{from.Sub(time.Unix(0, 0)).Hours(), to.Sub(time.Unix(0, 0)).Hours()}
}

// vague reports whether a relative date is a stretch that nobody counts exactly.
func vague(relative string) bool {
	return strings.Contains(relative, "ago") || strings.Contains(relative, "ahead") || strings.Contains(relative, "past") ||
		strings.Contains(relative, "decade") || strings.HasPrefix(relative, "last week") && relative != "last weekday" || strings.Contains(relative, "this ")
}

// termOf returns the terms [from, to) in the bytes [start, end); -1 for none.
func (p *page) termOf(start, end int) [2]int {
	out := [2]int{-1, -1}
	for i, t := range p.Terms {
		if t.Start >= start && t.End <= end {
			if out[0] < 0 {
				out[0] = i
			}
			out[1] = i + 1
		}
	}
	return out
}

// toldThen reports whether a date says when something was said: "said on Friday",
// "on Friday said". That differs between any two articles.
func (p *page) toldThen(from, to int) bool {
	k := p.Terms[from].Sentence
	for j := from - 1; j >= max(p.first[k], from-toldReach); j-- {
		if p.Terms[j].Speaks || telling[p.Terms[j].Meaning] {
			return true
		}
	}
	for j := to; j < min(p.last[k], to+2); j++ {
		if p.Terms[j].Clause == p.Terms[from].Clause && (p.Terms[j].Speaks || telling[p.Terms[j].Meaning]) {
			return true
		}
	}
	return false
}

// counts reports whether the sentence of a date tells how a toll grew: it did so
// on many days.
func (p *page) counts(at int) bool {
	grew, state := false, false
	for id := range p.sentence(at) {
		grew, state = grew || id == "rise" || id == "remain", state || states[id]
	}
	return grew && state || p.norm(at-1) == "of" && p.norm(at-2) == "as"
}

const toldReach = 6

// telling are meanings of verbs by which news is told, besides those of cite.
var telling = wordSet(`say confirm announc publish releas reveal interview post wrote write tweet statement email speak spoke dismiss`)

// bounds reports whether a date is the end of a stretch: "since Monday", "by
// 2031", "until".
func (p *page) bounds(at int) bool {
	for j := at - 1; j >= max(0, at-2); j-- {
		switch p.norm(j) {
		case "since", "until", "till", "by", "from", "after", "before", "between", "to", "and", "seit", "bis", "ab", "vor", "nach", "desde", "hasta", "до", "с":
			return true
		}
	}
	return false
}

// clocks returns the hours of a page that are told in figures.
func (s *story) clocks(p *page) []*fact {
	var out []*fact
	for i := range p.Terms {
		h, _, ok := p.clockAt(i)
		if !ok {
			continue
		}
		out = append(out, &fact{
			kind: Time, page: p, at: i, end: i + 1, value: p.Terms[i].In(p.article.Text), clock: true,
			near: p.around(i, i+1, nearReach+3), all: p.sentence(i), spans: [][2]float64{{h, h}},
		})
	}
	return out
}

// clockSlack is how far apart in hours two times of day may be told.
const clockSlack = .34

// sameTime reports whether two times can be one.
func sameTime(a, b *fact) bool {
	if a.month > 0 && a.month == b.month && a.day == b.day && (a.yearless || b.yearless) {
		return true // "July" and "last July"
	}
	for _, x := range a.spans {
		for _, y := range b.spans {
			if a.clock && x[0]-y[0] <= clockSlack && y[0]-x[0] <= clockSlack {
				return true
			}
			if !a.clock && x[0] < y[1] && y[0] < x[1] {
				return true
			}
		}
	}
	return false
}
