package cite

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"newsdesk/corpus/text"
)

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
		}
		if c.derived(n, h, e) {
			return true
		}
	}
	return false
}

// isPercent reports whether a unit is a share: "3" is never "3 %".
func isPercent(unit string) bool { return unit == "%" || unit == "percentage point" }

// isMoney reports whether a unit is a currency, all of which the text reader
// gives by three letters.
func isMoney(unit string) bool { return len(unit) == 3 && unit != "day" }

// seconds holds the units of time that convert into one another.
var seconds = map[string]float64{
	"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400,
	"year": 365 * 86400, "decade": 3650 * 86400, "century": 36500 * 86400,
}

// sameUnit reports whether a number that is said can be compared with one that
// stands: they have equal units, units of time, or one leaves its unit out. Who
// says a share or a currency must find it; who leaves out a currency need not.
func sameUnit(said, stands text.Number) bool {
	switch {
	case said.Unit == stands.Unit || seconds[said.Unit] > 0 && seconds[stands.Unit] > 0:
		return true
	case said.Unit == "":
		return !isPercent(stands.Unit)
	}
	return stands.Unit == "" && !isPercent(said.Unit) && !isMoney(said.Unit)
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
