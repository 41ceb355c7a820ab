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
		if c.allOfPart(set, k) {
			return fault{ReasonQuantity, n.In(c.said.raw)}
		}
		if !c.anaphoric(k) && !c.holdsNumber(set, k, n) {
			return fault{ReasonNumber, n.In(c.said.raw)}
		}
	}
	return c.sized(set)
}

// sized finds a vague amount, such as "dozens", that no passage has in words or
// as a number of that size.
func (c *checking) sized(set []*evidence) fault {
	for i, v := range c.said.vagues() {
		if !slices.ContainsFunc(set, func(e *evidence) bool { return e.sizeOf(c.said.tokens[i].norm, v) }) {
			return fault{ReasonNumber, c.said.tokens[i].In(c.said.raw)}
		}
	}
	return fault{}
}

// sizeOf reports whether the passage has the word, or a number of that size.
func (e *evidence) sizeOf(norm string, v vague) bool {
	for _, m := range e.numbers {
		if m.Value >= v.low && m.Value < v.high && !isPercent(m.Unit) && seconds[m.Unit] == 0 {
			return true
		}
	}
	for i, t := range e.read.tokens {
		if t.norm == norm && e.read.vagues()[i].low > 0 {
			return true
		}
	}
	return false
}

// allOfPart reports whether the sentence says "all four" where a passage has
// "three of four".
func (c *checking) allOfPart(set []*evidence, k int) bool {
	i := c.tokenOfNumber(k)
	if !everyone[c.said.before(i-1)] && !(everyone[c.said.before(i-2)] && c.said.tokens[i-1].stop) {
		return false
	}
	v := c.said.numbers[k].Value
	for _, e := range set {
		for j := range e.read.numbers[1:] {
			n, m := e.read.numbers[j], e.read.numbers[j+1]
			between := strings.Fields(e.read.raw[n.End:m.Start])
			if m.Value == v && n.Value < v && len(between) > 0 && len(between) < 3 && between[0] == "of" {
				return true
			}
		}
	}
	return false
}

var everyone = map[string]bool{"all": true, "both": true, "every": true, "each": true}

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
	if i == 0 || v > 4 || c.said.numbers[k].Unit == fold || strings.ContainsAny(c.said.numbers[k].In(c.said.raw), "0123456789") {
		return false
	}
	return pointers[c.said.tokens[i-1].norm]
}

var pointers = map[string]bool{"the": true, "these": true, "those": true, "all": true, "its": true, "their": true, "his": true, "her": true}

func (c *checking) holdsNumber(set []*evidence, k int, n text.Number) bool {
	if n.Unit == ordinal && n.Value <= 2 {
		return true // "a second look": too common to be looked for
	}
	h := c.hedge(k)
	for _, e := range set {
		for _, m := range e.numbers {
			if h.same(n, m) && (!e.isBound(m) || exactly.same(n, m)) {
				return true
			}
		}
		if n.Value == 1 && n.Unit == "" && e.read.hasOne() {
			return true // "one of them" is no number to the reader
		}
		if c.derived(k, h, e) || c.says(elapsed) && h.lasts(n, e) || h != exactly && h.lasts(n, e) {
			return true
		}
	}
	return c.sharesOut(set, k) || k > 0 && c.sharesOut(set, k-1)
}

// isBound reports whether a number of the passage is told as an upper bound there
// ("under 18"): then no other one is. "More than 90" is true of more than 106.
func (e *evidence) isBound(m text.Number) bool {
	for k, n := range e.read.numbers {
		if n.Start == m.Start {
			h := e.read.hedge(k)
			return h.low < 1
		}
	}
	return false
}

// hasOne reports whether a word for one stands in the reading.
func (r *reading) hasOne() bool {
	for _, t := range r.tokens {
		if t.norm == "one" || t.norm == "single" || t.norm == "sole" || t.norm == "lone" {
			return true
		}
	}
	return false
}

// same reports whether what is said of number n may be said of m.
func (h hedge) same(n, m text.Number) bool {
	switch {
	case fraction(n) && m.Unit == "%":
		return h.part(n.Value, m.Value/100)
	case n.Unit == "%" && fraction(m):
		return h.part(n.Value/100, m.Value)
	case n.Unit == fold && n.Value < 1:
		return fraction(m) && m.Value == n.Value || m.Unit == fold && m.Value == n.Value || m.Unit == "%" && m.Value == 100*n.Value
	}
	return sameUnit(n, m) && h.holds(inUnitOf(n, m), inUnitOf(m, n))
}

// A share in words is told to the nearest common one: "a third" of 33 per cent,
// "nearly a third" of 30, "six in ten" of 61.
const (
	exactPart = .006
	aboutPart = .05
)

// part compares two shares.
func (h hedge) part(said, stands float64) bool {
	if h.low == 1 && h.high == 1 && h.nearest == 0 {
		return math.Abs(said-stands) <= exactPart
	}
	return math.Abs(said-stands) <= aboutPart || h.holds(said, stands)
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
// The ninth day is a day of nine.
func sameUnit(said, stands text.Number) bool {
	switch {
	case said.Unit == stands.Unit || seconds[said.Unit] > 0 && seconds[stands.Unit] > 0:
		return true
	case said.Unit == ordinal || said.Unit == fold:
		return !isPercent(stands.Unit) && !isMoney(stands.Unit)
	case said.Unit == "" || stands.Unit == ordinal || stands.Unit == fold:
		return !isPercent(stands.Unit) && (!isPercent(said.Unit) && !isMoney(said.Unit) || said.Unit == "")
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
	if said != stands && figuresOf(said) > figuresOf(stands) {
		return false // "about 403" is not said of 400
	}
	if math.Abs(said-stands) <= h.nearest*math.Abs(stands)+1e-9*math.Abs(stands) {
		return true
	}
	return h.low < h.high && stands >= said*h.low && stands <= said*h.high
}

// figuresOf returns the number of digits of v without the zeros at either end.
func figuresOf(v float64) int {
	s := strings.ReplaceAll(strconv.FormatFloat(math.Abs(v), 'f', -1, 64), ".", "")
	return len(strings.Trim(s, "0"))
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
	"close to": {low: farBelow, high: 1}, "shy of": {low: farBelow, high: 1}, "short of": {low: farBelow, high: 1},
	"not quite": {low: farBelow, high: 1}, "no more": {low: farBelow, high: 1}, "at most": {low: farBelow, high: 1},
	"more": {low: 1, high: farAbove}, "over": {low: 1, high: farAbove}, "above": {low: 1, high: farAbove},
	"upwards": {low: 1, high: farAbove}, "least": {low: 1, high: farAbove}, "exceeding": {low: 1, high: farAbove},
	"north of": {low: 1, high: farAbove}, "no fewer": {low: 1, high: farAbove}, "no less": {low: 1, high: farAbove},
	"well over": {low: 1, high: wellAbove}, "far more": {low: 1, high: wellAbove},
	"about": {low: 1, high: 1, nearest: somewhere}, "around": {low: 1, high: 1, nearest: somewhere},
	"roughly": {low: 1, high: 1, nearest: somewhere}, "approximately": {low: 1, high: 1, nearest: somewhere},
	"some": {low: 1, high: 1, nearest: somewhere}, "circa": {low: 1, high: 1, nearest: somewhere},
	"barely": {low: 1, high: 1, nearest: somewhere}, "odd": {low: 1, high: farAbove}, "or so": {low: 1, high: 1, nearest: somewhere},
}

// wellAbove is what "well over" is stretched to.
const wellAbove = 1.6

// hedge reads how exactly number k of the sentence is said.
func (c *checking) hedge(k int) hedge { return c.said.hedge(k) }

// hedge reads the three words before number k, and what may stand behind it.
func (r *reading) hedge(k int) hedge {
	i := r.tokenOfNumber(k)
	for b := i - 1; b >= 0 && b >= i-3 && r.tokens[b].number < 0; b-- {
		if found, ok := hedges[r.before(b-1)+" "+r.tokens[b].norm]; ok {
			return found
		}
		if found, ok := hedges[r.tokens[b].norm]; ok && r.tokens[b].norm != "odd" {
			return found
		}
	}
	if r.before(i+1) == "odd" {
		return hedges["odd"]
	}
	if found, ok := hedges[r.before(i+1)+" "+r.before(i+2)]; ok && r.before(i+1) == "or" {
		return found
	}
	return exactly
}

// exactly is no hedge at all.
var exactly = hedge{low: 1, high: 1}

func (c *checking) tokenOfNumber(k int) int { return c.said.tokenOfNumber(k) }

func (r *reading) tokenOfNumber(k int) int {
	for i, t := range r.tokens {
		if t.number == k {
			return i
		}
	}
	return 0
}
