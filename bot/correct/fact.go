package correct

import (
	"math"
	"slices"

	"newsdesk/corpus/text"
)

// same reports whether two facts say the same.
func (f *fact) same(g *fact) bool {
	if f.kind != g.kind {
		return false
	}
	switch f.kind {
	case NumberChanged:
		return sameNumber(f.number, g.number)
	case DateChanged:
		return f.sameDate(g)
	}
	return plain(f.raw) == plain(g.raw) || holdsAll(f.words, g.words) || holdsAll(g.words, f.words)
}

// holdsAll reports whether all of the words are among those of a longer name:
// "Lind" is "Mara Lind".
func holdsAll(longer, words []string) bool {
	for _, w := range words {
		if !slices.Contains(longer, w) {
			return false
		}
	}
	return len(words) > 0
}

// si holds what a unit is of another one, for the units that articles give in two
// ways.
var si = map[string]struct {
	factor float64
	unit   string
}{
	"mile": {1.609, "km"}, "foot": {.3048, "m"}, "inch": {2.54, "cm"}, "mph": {1.609, "km/h"}, "lb": {.4536, "kg"},
	"acre": {.4047, "hectare"}, "mile²": {2.59, "km²"}, "foot²": {.0929, "m²"}, "gallon": {3.785, "litre"},
}

// converted is how far a converted number may be off, being rounded.
const converted = .03

// sameNumber reports whether two numbers are the same amount.
func sameNumber(a, b text.Number) bool {
	if a.Unit == b.Unit || a.Unit == "" || b.Unit == "" {
		return math.Abs(a.Value-b.Value) <= 1e-9*math.Max(math.Abs(a.Value), math.Abs(b.Value))
	}
	return isConverted(a, b) || isConverted(b, a)
}

func isConverted(a, b text.Number) bool {
	c, ok := si[a.Unit]
	return ok && c.unit == b.Unit && math.Abs(a.Value*c.factor-b.Value) <= converted*math.Abs(b.Value)
}

// sameDate reports whether one date lies within the other: "Monday" is "9 March"
// to who reads it that week.
func (f *fact) sameDate(g *fact) bool {
	for _, day := range [][2]*fact{{f, g}, {f, f}, {g, g}} {
		from, to, ok := f.date.Resolve(day[0].day)
		from2, to2, ok2 := g.date.Resolve(day[1].day)
		if !ok || !ok2 {
			return plain(f.raw) == plain(g.raw)
		}
		if !from.Before(from2) && !to.After(to2) || !from2.Before(from) && !to2.After(to) {
			return true
		}
	}
	return false
}

// among reports whether one of the tokens says what f says.
func (f *fact) among(tokens []token) bool {
	return slices.ContainsFunc(tokens, func(t token) bool { return t.fact != nil && t.fact.same(f) })
}
