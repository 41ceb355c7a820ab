package cite

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
)

// Units of figures that text.Number does not have.
const (
	// ordinal is the unit of "third" and "21st".
	ordinal = "th"
	// fold is the unit of "doubled", "twice" and "halved".
	fold = "fold"
)

// figures returns the numbers of s with what says a number without being one for
// package text: ordinals from the second on, multiples in one word, noon and
// midnight; and "one and a half" as one number. It is in order, without overlaps.
func figures(l *text.Language, s string, list []text.Word, dates []text.Date) []text.Number {
	out := mergedHalves(s, l.Numbers(s))
	at := 0
	for i, w := range list {
		for at < len(out) && out[at].End <= w.Start {
			at++
		}
		if at < len(out) && out[at].Start < w.End {
			continue
		}
		n, ok := figureOf(w, list[:i])
		if !ok || overlaps(dates, n.Span) {
			continue
		}
		if tens := at - 1; tens >= 0 && n.Value > 20 && s[out[tens].End:w.Start] == "-" { // "twenty" of "twenty-first"
			n.Start = out[tens].Start
			out[tens] = n
			continue
		}
		out = slices.Insert(out, at, n)
	}
	return out
}

func overlaps(dates []text.Date, span text.Span) bool {
	return slices.ContainsFunc(dates, func(d text.Date) bool { return d.Start < span.End && span.Start < d.End })
}

// figureOf reads one word as a figure; before are the words before it.
func figureOf(w text.Word, before []text.Word) (text.Number, bool) {
	n := text.Number{Span: w.Span}
	last := ""
	if len(before) > 0 {
		last = before[len(before)-1].Norm
	}
	switch {
	case w.Norm == "second" && (last == "a" || last == "per" || last == "split"):
		return n, false
	case ordinals[w.Norm] > 0:
		n.Value, n.Unit = ordinals[w.Norm], ordinal
		if tens := tensBefore[last]; tens > 0 && n.Value < 10 {
			n.Value += tens
		}
	case digitOrdinal(w.Norm) > 0:
		n.Value, n.Unit = digitOrdinal(w.Norm), ordinal
	case multiples[w.Norm] > 0:
		n.Value, n.Unit = multiples[w.Norm], fold
	case w.Norm == "noon" || w.Norm == "midday":
		n.Value, n.Unit = 12, "o'clock"
	case w.Norm == "midnight":
		n.Value, n.Unit = 0, "o'clock"
	default:
		return n, false
	}
	return n, true
}

var ordinals = map[string]float64{
	"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17,
	"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "hundredth": 100,
}

var tensBefore = map[string]float64{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var multiples = map[string]float64{
	"double": 2, "doubles": 2, "doubled": 2, "doubling": 2, "twice": 2, "twofold": 2,
	"triple": 3, "triples": 3, "tripled": 3, "tripling": 3, "thrice": 3, "threefold": 3,
	"quadruple": 4, "quadrupled": 4, "quadrupling": 4, "fourfold": 4, "fivefold": 5, "tenfold": 10,
	"halve": .5, "halves": .5, "halved": .5, "halving": .5,
}

// digitOrdinal reads "21st"; 0 for anything else.
func digitOrdinal(norm string) float64 {
	for _, ending := range []string{"st", "nd", "rd", "th"} {
		digits, ok := strings.CutSuffix(norm, ending)
		if !ok || digits == "" || len(digits) > 4 {
			continue
		}
		v := 0.
		for _, r := range digits {
			if r < '0' || r > '9' {
				return 0
			}
			v = 10*v + float64(r-'0')
		}
		return v
	}
	return 0
}

// mergedHalves adds a half to the number that it follows: "two and a half
// years", "a week and a half".
func mergedHalves(s string, list []text.Number) []text.Number {
	var out []text.Number
	for _, n := range list {
		last := len(out) - 1
		if last >= 0 && n.Value == .5 && strings.TrimSpace(s[out[last].End:n.Start]) == "and a" {
			out[last].End = n.End
			out[last].Value += .5
			if n.Unit != "" {
				out[last].Unit = n.Unit
			}
			continue
		}
		if n.Value == .5 {
			if unit, start := unitBeforeHalf(s[:n.Start]); unit != "" {
				n.Value, n.Unit, n.Start = 1.5, unit, start
			}
		}
		out = append(out, n)
	}
	return out
}

// unitBeforeHalf returns the unit of time of which s says one and the half of
// another: "a week and a ".
func unitBeforeHalf(s string) (unit string, start int) {
	head, ok := strings.CutSuffix(strings.TrimRight(s, " "), " and a")
	if !ok {
		return "", 0
	}
	space := strings.LastIndexByte(head, ' ')
	unit = strings.ToLower(head[space+1:])
	if seconds[unit] == 0 || space < 0 {
		return "", 0
	}
	return unit, space + 1
}

// fraction reports whether n is a part that is said in words or as 1/3: it may
// be told in per cent as well.
func fraction(n text.Number) bool { return n.Value > 0 && n.Value < 1 && n.Unit == "" }

// vague are amounts that are only told by their size: from low to below high.
type vague struct{ low, high float64 }

// sizes are the words of vague amounts; "hundreds" is several hundred, and so
// on. A size is told up to two of the next one: 1,900 are still hundreds.
var sizes = map[string]vague{
	"dozens": {24, 240}, "scores": {40, 240}, "hundreds": {200, 2000},
	"thousands": {2000, 20000}, "millions": {2e6, 2e9}, "billions": {2e9, 2e12},
}

// severals are words before "hundred", "million" and the like that say a few of them.
var severals = map[string]bool{"several": true, "few": true, "couple": true, "some": true}

var scales = map[string]float64{"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1e6, "billion": 1e9, "trillion": 1e12}

// vagues returns the vague amounts of the reading by the token that names the
// size.
func (r *reading) vagues() map[int]vague {
	var out map[int]vague
	for i, t := range r.tokens {
		size, ok := sizes[t.norm]
		if ok && i+2 < len(r.tokens) && r.tokens[i+1].norm == "of" && sizes[r.tokens[i+2].norm].low > 0 {
			continue // "tens of thousands" is told at its end
		}
		if ok && i >= 2 && r.tokens[i-1].norm == "of" {
			factor := map[string]float64{"tens": 10, "dozens": 10, "hundreds": 100, "thousands": 1000}[r.tokens[i-2].norm]
			if factor > 0 {
				size = vague{size.low / 2 * factor, size.high * factor}
			}
		}
		if scale := scales[t.norm]; !ok && scale > 0 && t.number < 0 && i > 0 && (severals[r.tokens[i-1].norm] || severals[r.before(i-2)]) {
			size, ok = vague{2 * scale, 15 * scale}, true
		}
		if ok {
			if out == nil {
				out = map[int]vague{}
			}
			out[i] = size
		}
	}
	return out
}

// before returns the norm of token i, or "".
func (r *reading) before(i int) string {
	if i < 0 || i >= len(r.tokens) {
		return ""
	}
	return r.tokens[i].norm
}
