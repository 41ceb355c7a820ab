package cite

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus/text"
)

// fault is what keeps a sentence from being said: a reason and the part.
type fault struct{ reason, detail string }

func (f fault) found() bool { return f.reason != "" }

// facts returns the first fact of the sentence that no passage of the set
// holds.
func (c *checking) facts(set []*evidence) fault {
	for _, check := range []func([]*evidence) fault{c.outlets, c.quotations, c.numbers, c.dates, c.names} {
		if f := check(set); f.found() {
			return f
		}
	}
	return fault{}
}

// numbers finds each number of the sentence in the set.
func (c *checking) numbers(set []*evidence) fault {
	if f := c.turnedScore(set); f.found() {
		return f
	}
	for k, n := range c.said.numbers {
		if !c.anaphoric(k) && !c.holdsNumber(set, k, n) {
			return fault{ReasonNumber, n.In(c.said.raw)}
		}
	}
	return fault{}
}

// turnedScore finds two numbers side by side that every passage with both has
// the other way round: "4 to 7" for "7 to 4".
func (c *checking) turnedScore(set []*evidence) fault {
	for _, s := range c.said.scores() {
		there, turned := false, false
		for _, e := range set {
			for _, o := range e.read.scores() {
				there = there || o == s
				turned = turned || o == [2]float64{s[1], s[0]}
			}
		}
		if turned && !there && s[0] != s[1] {
			return fault{ReasonNumber, strconv.FormatFloat(s[0], 'g', -1, 64) + " " + strconv.FormatFloat(s[1], 'g', -1, 64)}
		}
	}
	return fault{}
}

// scores returns the numbers that stand with one function word or a dash
// between them: results, and parts of a whole.
func (r *reading) scores() [][2]float64 {
	var out [][2]float64
	last := -1
	for i, t := range r.tokens {
		if t.number < 0 {
			continue
		}
		if last >= 0 && (i-last == 1 || i-last == 2 && r.tokens[i-1].stop && r.tokens[i-1].norm != "and") && r.tokens[last].clause == t.clause {
			out = append(out, [2]float64{r.numbers[r.tokens[last].number].Value, r.numbers[t.number].Value})
		}
		last = i
	}
	return out
}

// anaphoric reports whether number k counts what was named before: "the two",
// "all three". Only small numbers in words are read so.
func (c *checking) anaphoric(k int) bool {
	i, v := c.tokenOfNumber(k), c.said.numbers[k].Value
	if i == 0 || v > 4 || strings.ContainsAny(c.said.numbers[k].In(c.said.raw), "0123456789") {
		return false
	}
	return pointers[c.said.tokens[i-1].norm]
}

var pointers = map[string]bool{"the": true, "these": true, "those": true, "all": true, "its": true, "their": true, "his": true, "her": true}

func (c *checking) holdsNumber(set []*evidence, k int, n text.Number) bool {
	h := c.hedge(k)
	for _, e := range set {
		for _, m := range e.numbers {
			if sameUnit(n, m) && h.holds(inUnitOf(n, m), inUnitOf(m, n)) {
				return true
			}
			if n.Unit == "" && isTokenAmount(n, m) {
				return true
			}
		}
		if c.derived(n, h, e) {
			return true
		}
	}
	return false
}

// isTokenAmount reports whether m says the digits of n with a unit that the
// text reader of n did not see; the figures are equal, nothing else is known.
func isTokenAmount(n, m text.Number) bool { return n.Value == m.Value && !strict(m.Unit) }

// strict reports whether a unit may not be left out: "3" is not "3 %".
func strict(unit string) bool {
	return unit == "%" || unit == "percentage point" || len(unit) == 3 && unit != "day" && unit != "ton"
}

// seconds holds the units of time that convert into one another.
var seconds = map[string]float64{
	"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400,
	"year": 365 * 86400, "decade": 3650 * 86400, "century": 36500 * 86400,
}

// sameUnit reports whether two numbers can be compared: equal units, units of
// time, or a unit that one of them leaves out.
func sameUnit(a, b text.Number) bool {
	if a.Unit == b.Unit {
		return true
	}
	if seconds[a.Unit] > 0 && seconds[b.Unit] > 0 {
		return true
	}
	if a.Unit == "" {
		return true
	}
	return b.Unit == "" && !strict(a.Unit)
}

// inUnitOf returns a's value in seconds where b's unit is another one of time.
func inUnitOf(a, b text.Number) float64 {
	if a.Unit != b.Unit && seconds[a.Unit] > 0 && seconds[b.Unit] > 0 {
		return a.Value * seconds[a.Unit]
	}
	return a.Value
}

// hedge is how exactly a number is said.
type hedge struct {
	// low and high bound the true value as multiples of the number; both 1 for
	// an exact one.
	low, high float64
	// nearest is the relative error of rounding that is let pass.
	nearest float64
}

// holds reports whether a hedged number said may be told of a value that stands
// in the passage.
func (h hedge) holds(said, stands float64) bool {
	if math.Abs(said-stands) <= h.nearest*math.Abs(stands)+1e-9*math.Abs(stands) {
		return true
	}
	return h.low < h.high && stands >= said*h.low && stands <= said*h.high
}

// Words before a number that say on which side of it the truth is. A fifth is
// what "nearly" and "more than" are stretched to in the news; "about" is a
// twentieth.
const (
	farBelow  = .8
	farAbove  = 1.25
	somewhere = .05
)

var hedges = map[string]hedge{
	"nearly": {low: farBelow, high: 1}, "almost": {low: farBelow, high: 1}, "fewer": {low: farBelow, high: 1},
	"less": {low: farBelow, high: 1}, "under": {low: farBelow, high: 1}, "below": {low: farBelow, high: 1},
	"more": {low: 1, high: farAbove}, "over": {low: 1, high: farAbove}, "above": {low: 1, high: farAbove},
	"upwards": {low: 1, high: farAbove}, "least": {low: 1, high: farAbove}, "exceeding": {low: 1, high: farAbove},
	"about": {nearest: somewhere}, "around": {nearest: somewhere}, "roughly": {nearest: somewhere},
	"approximately": {nearest: somewhere}, "some": {nearest: somewhere}, "circa": {nearest: somewhere},
}

// hedge reads the three words before number k.
func (c *checking) hedge(k int) hedge {
	h := hedge{low: 1, high: 1}
	i := c.tokenOfNumber(k)
	for b := i - 1; b >= 0 && b >= i-3; b-- {
		if c.said.tokens[b].number >= 0 {
			break
		}
		if found, ok := hedges[c.said.tokens[b].norm]; ok {
			h = found
			break
		}
	}
	return h
}

func (c *checking) tokenOfNumber(k int) int {
	for i, t := range c.said.tokens {
		if t.number == k {
			return i
		}
	}
	return 0
}

// derivable is the number of a passage's numbers that are computed with.
const derivable = 24

// derived reports whether n is a sum, difference or ratio of two numbers of the
// passage, and the sentence says that it is one ("together", "more", "times").
func (c *checking) derived(n text.Number, h hedge, e *evidence) bool {
	if n.Unit != "time" && n.Unit != "fold" && !c.said.has(0, len(c.said.tokens), derives) {
		return false
	}
	h.nearest = max(h.nearest, .005)
	list := e.read.numbers[:min(len(e.read.numbers), derivable)]
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.Unit != b.Unit && a.Unit != "" && b.Unit != "" || a.Value == b.Value {
				continue
			}
			low, high := min(a.Value, b.Value), max(a.Value, b.Value)
			amount := n.Unit == "" || n.Unit == a.Unit || n.Unit == b.Unit
			if amount && (exact(n.Value, low+high, h) || exact(n.Value, high-low, h)) {
				return true
			}
			if low > 0 && c.ratio(n, high/low, h) {
				return true
			}
		}
	}
	return false
}

// exact compares a sum or difference: whole numbers without a hedge must be
// equal.
func exact(said, stands float64, h hedge) bool {
	if h.low == 1 && h.high == 1 && h.nearest <= .005 {
		return said == stands
	}
	return h.holds(said, stands)
}

func (c *checking) ratio(n text.Number, ratio float64, h hedge) bool {
	switch n.Unit {
	case "", "time", "fold":
		return h.holds(n.Value, ratio) || n.Value < 1 && h.holds(n.Value, 1/ratio)
	case "%":
		return h.holds(n.Value, 100/ratio) || h.holds(n.Value, 100*(ratio-1))
	}
	return c.said.says("every") && h.holds(n.Value, ratio)
}

// says reports whether a word, by its norm, stands in the reading.
func (r *reading) says(norm string) bool {
	return slices.ContainsFunc(r.tokens, func(t token) bool { return t.norm == norm })
}

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

// names finds each word of each name of the sentence in the set.
func (c *checking) names(set []*evidence) fault {
	for i, t := range c.said.tokens {
		if t.name < 0 || c.excused(i) {
			continue
		}
		if !holdsName(set, t, c.said) && !c.commonNoun(i) {
			return fault{ReasonName, c.said.names[t.name].Text}
		}
	}
	return fault{}
}

// excused reports whether token i is part of a name but needs no support: a
// title, or the outlet.
func (c *checking) excused(i int) bool {
	t := c.said.tokens[i]
	return words().titles[t.norm] || c.outlet[i] || t.number >= 0 || t.date >= 0
}

func holdsName(set []*evidence, t token, said *reading) bool {
	for _, e := range set {
		if e.read.ids[t.id] > 0 || e.title[t.id] || e.shorts[t.norm] || e.isPeople(t.norm) {
			return true
		}
		for _, member := range words().regions[t.id] {
			if e.read.ids[member] > 0 {
				return true
			}
		}
		if len(t.norm) >= leastAcronym && isAcronym(t.In(said.raw)) && strings.Contains(e.letters, t.norm) {
			return true
		}
	}
	// A name whose initials stand there: "National Rifle Association", NRA.
	whole := said.names[t.name].Text
	for _, e := range set {
		if strings.Contains(whole, " ") && (e.acronyms[initials(whole, false)] || e.acronyms[initials(whole, true)]) {
			return true
		}
	}
	return false
}

// leastAcronym is the length from which an acronym may stand for words in lower
// case; two letters are found in any text.
const leastAcronym = 3

// commonNoun reports whether token i is capitalised only as the first word of
// the sentence: a single word before "of".
func (c *checking) commonNoun(i int) bool {
	return i == 0 && len(c.said.tokens) > 1 && c.said.tokens[1].norm == "of"
}

// isPeople reports whether norm is the people of a place that the passage
// names, or the place of such a people: "Oregonians" and "Oregon".
func (e *evidence) isPeople(norm string) bool {
	for _, root := range roots(norm) {
		if e.peoples[root] {
			return true
		}
	}
	return false
}

// leastRoot is the length in bytes from which places and their people are told
// by their beginning.
const leastRoot = 5

// roots returns what a name may have in common with the people of a place:
// itself, and itself without the endings of peoples and places.
func roots(norm string) []string {
	var out []string
	for _, ending := range []string{"", "ians", "ian", "ans", "an", "ers", "er", "ns", "n", "ia", "a"} {
		root, cut := strings.CutSuffix(norm, ending)
		if cut && len(root) >= leastRoot {
			out = append(out, root)
		}
	}
	return out
}

// isAcronym reports whether s is two to six capitals.
func isAcronym(s string) bool {
	if len(s) < 2 || len(s) > 6 {
		return false
	}
	for _, r := range s {
		if !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}
