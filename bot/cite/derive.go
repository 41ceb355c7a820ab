package cite

import (
	"math"
	"strings"
	"time"

	"newsdesk/corpus/text"
)

// derivable is the number of a passage's numbers that are computed with.
const derivable = 24

// Words by which a sentence says that a number was computed: as a sum, as a
// difference, or as what is left of a few.
var (
	sums        = wordSet(`together total totalling totaling combined altogether sum overall both joint jointly`)
	differences = wordSet(`more less fewer difference gap margin lead leads led ahead behind extra additional further up down
		increase increased increases decrease decreased decreases rise rises rose risen fall falls fell fallen drop drops dropped
		gain gains gained lose loses lost cut cuts separated separate separates above below higher lower short shy apart
		ago earlier later before after`)
	rests = wordSet(`rest remaining remainder other others only just but except not lone sole single left`)
)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// fewLeft is the largest number that is read as what is left of a few.
const fewLeft = 10

// derived reports whether number k is a sum, difference or ratio of two numbers
// of the passage, and the sentence says that it is one ("together", "more",
// "times").
func (c *checking) derived(k int, h hedge, e *evidence) bool {
	n := c.said.numbers[k]
	list := e.numbers[:min(len(e.numbers), derivable)]
	sum, difference := c.says(sums), c.says(differences) || n.Value <= fewLeft && c.says(rests)
	for i, a := range list {
		for _, b := range list[i+1:] {
			if c.each(k, a, b, h) || c.each(k, b, a, h) {
				return true
			}
			if !likeUnits(a, b) || a.Value == b.Value {
				continue
			}
			low, high := min(a.Value, b.Value), max(a.Value, b.Value)
			if amountOf(n, a, b) && (sum && exact(n.Value, low+high, h) || difference && exact(n.Value, high-low, h)) {
				return true
			}
			if low > 0 && (e.nearby(a.Start, b.Start) || isMoney(a.Unit) && a.Unit == b.Unit) && c.ratio(n, high/low, h) {
				return true
			}
		}
	}
	return false
}

// each reports whether number k is a for each of b, and is said to be: 90 million
// over ten years are nine million a year.
func (c *checking) each(k int, a, b text.Number, h hedge) bool {
	n := c.said.numbers[k]
	if b.Value <= 1 || n.Unit != a.Unit || a.Unit == b.Unit || isPercent(a.Unit) || a.Unit == ordinal || b.Unit == ordinal {
		return false
	}
	h.nearest = max(h.nearest, rounding)
	return h.holds(n.Value, a.Value/b.Value) && c.perUnit(k)
}

// perReach is how far behind a number stands what it is for each of.
const perReach = 3

// perUnit reports whether number k is told for each of something: "a year",
// "per head", "apiece".
func (c *checking) perUnit(k int) bool {
	i := c.tokenOfNumber(k)
	for j := i + 1; j <= i+perReach; j++ {
		switch c.said.before(j) {
		case "per", "each", "every", "apiece", "annually", "yearly", "monthly", "daily", "weekly":
			return true
		case "a":
			if unit := c.said.before(j + 1); seconds[unit] > 0 || unit == "month" || unit == "head" || unit == "person" || unit == "piece" {
				return true
			}
		}
	}
	return false
}

// likeUnits reports whether two numbers can be computed with.
func likeUnits(a, b text.Number) bool {
	if a.Unit == ordinal || b.Unit == ordinal || a.Unit == fold || b.Unit == fold {
		return false
	}
	return a.Unit == b.Unit || (a.Unit == "" || b.Unit == "") && seconds[a.Unit+b.Unit] == 0 && !isPercent(a.Unit+b.Unit)
}

// amountOf reports whether n can be a sum or difference of a and b. The
// difference of two shares is told in points or in per cent.
func amountOf(n, a, b text.Number) bool {
	if isPercent(a.Unit) {
		return n.Unit == "" || isPercent(n.Unit)
	}
	return n.Unit == "" && seconds[a.Unit] == 0 || n.Unit == a.Unit || n.Unit == b.Unit
}

// exact compares a sum or difference: whole numbers without a hedge must be
// equal.
func exact(said, stands float64, h hedge) bool {
	if h.low == 1 && h.high == 1 && h.nearest == 0 {
		return math.Abs(said-stands) <= 1e-9*math.Abs(stands)
	}
	return h.holds(said, stands)
}

// rounding is how far a ratio may be from the number of times that is said
// without a hedge.
const rounding = .005

// ratio reports whether n says a ratio of two numbers, the larger by the
// smaller.
func (c *checking) ratio(n text.Number, ratio float64, h hedge) bool {
	h.nearest = max(h.nearest, rounding)
	switch {
	case n.Unit == "time" || n.Unit == fold:
		return h.holds(n.Value, ratio) || n.Value < 1 && h.holds(n.Value, 1/ratio)
	case fraction(n):
		return h.holds(n.Value, 1/ratio)
	case n.Unit == "%" && c.said.has(0, len(c.said.tokens), derives):
		return h.holds(n.Value, 100/ratio) || h.holds(n.Value, 100*(ratio-1))
	}
	return c.says(everySet) && h.holds(n.Value, ratio)
}

// says reports whether any of the words stands in the sentence.
func (c *checking) says(words map[string]bool) bool {
	for _, t := range c.said.tokens {
		if words[t.norm] {
			return true
		}
	}
	return false
}

// sharesOut reports whether number k and the next one are told as a share, "six
// in ten", that stands in the set as a number of per cent, as a part, or as two
// numbers of one sentence.
func (c *checking) sharesOut(set []*evidence, k int) bool {
	v, ok := c.said.shareAt(k)
	if !ok {
		return false
	}
	h := c.hedge(k)
	if h.low == 1 && h.high == 1 {
		h.nearest = max(h.nearest, somewhere)
	}
	for _, e := range set {
		for i, m := range e.numbers {
			if m.Unit == "%" && h.part(v, m.Value/100) || fraction(m) && h.part(v, m.Value) {
				return true
			}
			for _, o := range e.numbers[i+1 : min(len(e.numbers), i+5)] {
				low, high := min(m.Value, o.Value), max(m.Value, o.Value)
				if likeUnits(m, o) && e.oneSentence(m.Start, o.Start) && low > 0 && math.Abs(low/high-v) <= h.nearest*v {
					return true
				}
			}
		}
	}
	return false
}

// shareAt returns the share that number k and the next one tell.
func (r *reading) shareAt(k int) (float64, bool) {
	if k+1 >= len(r.numbers) {
		return 0, false
	}
	n, m := r.numbers[k], r.numbers[k+1]
	switch strings.TrimSpace(r.raw[n.End:m.Start]) {
	case "in", "of", "out of", "in every", "of every", "out of every":
		return n.Value / m.Value, m.Value > n.Value && n.Value > 0 && m.Value <= 100 && n.Unit == ""
	}
	words := strings.Fields(r.raw[n.End:m.Start])
	if len(words) == 2 && words[1] == "in" { // "one connection in six"
		return n.Value / m.Value, m.Value > n.Value && n.Value > 0 && m.Value <= 100
	}
	return 0, false
}

// nearby reports whether two bytes of the text lie in one sentence or in two
// that follow one another.
func (e *evidence) nearby(a, b int) bool {
	for k, s := range e.read.sentences {
		if s.Start <= a && a < s.End {
			end := e.read.sentences[min(k+1, len(e.read.sentences)-1)].End
			return s.Start <= b && b < end
		}
	}
	return false
}

// oneSentence reports whether two bytes of the text lie in one sentence.
func (e *evidence) oneSentence(a, b int) bool {
	for _, s := range e.read.sentences {
		if s.Start <= a && a < s.End {
			return s.Start <= b && b < s.End
		}
	}
	return false
}

// elapsed are words by which a sentence says how long after another something
// was.
var elapsed = wordSet(`after before later earlier ago since between within until when took take takes lasted waited`)

// moments that are compared for how long something lasted.
const lasting = 12

// lasts reports whether n is the time between two days that the passage names,
// or between one and its publication: "nearly three weeks" from 27 April to 16
// May.
func (h hedge) lasts(n text.Number, e *evidence) bool {
	day := seconds["day"]
	if seconds[n.Unit] < day {
		return false
	}
	unit := time.Duration(seconds[n.Unit]) * time.Second
	precise := 25 * time.Hour
	if n.Unit == "year" || n.Unit == "decade" {
		precise = 366 * 24 * time.Hour
	}
	at := []time.Time{e.passage.Published}
	for _, m := range e.times[:min(len(e.times), lasting)] {
		if m.to.Sub(m.from) <= precise {
			at = append(at, m.from)
		}
	}
	for i, a := range at {
		for _, b := range at[i+1:] {
			between := float64(a.Sub(b).Abs()) / float64(unit)
			if between > .5 && (math.Round(between) == n.Value && n.Unit != "day" || h.holds(n.Value, between)) {
				return true
			}
		}
	}
	return false
}

var everySet = map[string]bool{"every": true}
