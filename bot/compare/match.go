package compare

import (
	"math"
	"strconv"
	"strings"
)

// What two facts must share to be about the same, in weights of words (see
// story.weight). They were set on the cases of testdata and on articles of real
// outlets, and then left.
const (
	nearEnough  = 1.5 // within a few words, besides what is counted
	wideEnough  = 2.5 // or in the sentence
	unitEnough  = 2   // of amounts of money, shares and lengths, which count nothing
	timeEnough  = 2
	placeEnough = 3
	roleEnough  = 2.8 // of a role that several people can have
	leads       = 3   // sentences that tell what the article is about
)

// related says how surely two facts are about the same; 0 for not.
func (s *story) related(a, b *fact) float64 {
	switch {
	case a.kind != b.kind:
		return 0
	case a.kind == Number:
		return s.sameAmount(a, b)
	case a.kind == Time:
		return s.sameEvent(a, b)
	case a.place != b.place:
		return 0
	case a.place:
		return s.samePlace(a, b)
	}
	return s.sameRole(a, b)
}

// agree reports whether two facts about the same can both be true.
func agree(a, b *fact) bool {
	switch a.kind {
	case Number:
		return sameNumber(a, b)
	case Time:
		return sameTime(a, b)
	}
	return sameName(a, b)
}

// farApart is the ratio from which two numbers are taken to count different
// things.
const farApart = 4

// sameAmount says how surely two numbers count the same.
func (s *story) sameAmount(a, b *fact) float64 {
	if low, high := min(math.Abs(a.exact), math.Abs(b.exact)), max(math.Abs(a.exact), math.Abs(b.exact)); high > farApart*low && !sameNumber(a, b) {
		return 0
	}
	if a.unit != b.unit || s.otherTime(a, b) || rate(a) != rate(b) {
		return 0
	}
	near, wide := s.shared(a.near, b.near), s.shared(a.all, b.all)+s.shared(a.figures, b.figures)
	if s.elsewhere(a, b) && wide < 4 {
		return 0
	}
	if a.state != "" || b.state != "" {
		return s.sameToll(a, b, wide)
	}
	counted := s.counting(a, b)
	near, wide = near-counted, wide-counted
	switch {
	case a.unit != "" && near >= unitEnough, a.unit == "" && counted > 0 && (near >= nearEnough || wide >= wideEnough):
		return near + wide + counted
	case a.unit != "" && near >= 1 && counted > 0 && wide >= nearEnough:
		return near + wide + counted
	}
	return 0
}

// sameToll compares numbers of people something became of.
func (s *story) sameToll(a, b *fact, wide float64) float64 {
	if a.state != b.state || !compatible(a.nouns, b.nouns) {
		return 0
	}
	wide -= s.weightOf(a.state)
	opening := a.page.Terms[a.at].Sentence < leads && b.page.Terms[b.at].Sentence < leads
	if wide < 1 && !opening {
		return 0
	}
	return wide + 2
}

// compatible reports whether two nouns can mean the same people: one of them says
// nothing special, or they share one.
func compatible(a, b map[string]bool) bool {
	x, y := special(a), special(b)
	if len(x) == 0 || len(y) == 0 {
		return true
	}
	for id := range x {
		if y[id] {
			return true
		}
	}
	return false
}

func special(nouns map[string]bool) map[string]bool {
	out := map[string]bool{}
	for id := range nouns {
		if !strings.HasPrefix(id, "<") && !generic[id] && !states[id] && !light[id] {
			out[id] = true
		}
	}
	return out
}

// counting returns the weight of what both count: nouns behind the numbers, and
// those before them only where one has none behind.
func (s *story) counting(a, b *fact) float64 {
	both := behind(a.nouns) && behind(b.nouns)
	var list []float64
	for id := range a.nouns {
		noun, before := strings.CutPrefix(id, "<")
		if b.nouns[noun] && (!before || !both) || !both && b.nouns["<"+noun] {
			list = append(list, s.weightOf(noun))
		}
	}
	return sum(list)
}

// behind reports whether any of the nouns stands behind its number.
func behind(nouns map[string]bool) bool {
	for id := range nouns {
		if !strings.HasPrefix(id, "<") {
			return true
		}
	}
	return false
}

// rate says for what time an amount is told: "a year", "per day".
func rate(f *fact) string {
	p := f.page
	for j := f.end; j < f.end+3; j++ {
		if w := p.norm(j); (w == "a" || w == "per" || w == "each" || w == "every") && rates[p.norm(j+1)] {
			return p.norm(j + 1)
		}
		if w := p.norm(j); w == "yearly" || w == "annually" || w == "daily" || w == "monthly" || w == "weekly" {
			return w
		}
	}
	return ""
}

var rates = wordSet(`year month week day hour night minute season game match person head share barrel ticket household`)

// otherTime reports whether two sentences name days that cannot be one.
func (s *story) otherTime(a, b *fact) bool {
	mine, theirs := a.days, b.days
	if a.dated != nil && b.dated != nil {
		return !sameTime(a.dated, b.dated)
	}
	if len(mine) == 0 || len(theirs) == 0 {
		return false
	}
	for _, x := range mine {
		for _, y := range theirs {
			if sameTime(x, y) {
				return false
			}
		}
	}
	return true
}

// datesIn returns the days that the sentence of term i names, as facts.
func (p *page) datesIn(i int) []*fact {
	k := p.Terms[i].Sentence
	return p.datesOf(p.first[k], p.last[k])
}

// datedReach is how far from a number the day stands that is its own.
const datedReach = 5

// dateBeside returns the only day within a few words of term i, nil for none.
func (p *page) dateBeside(i int) *fact {
	k := p.Terms[i].Sentence
	list := p.datesOf(max(p.first[k], i-datedReach), min(p.last[k], i+datedReach))
	if len(list) != 1 {
		return nil
	}
	return list[0]
}

// datesOf returns the days that the terms [from, to) name.
func (p *page) datesOf(from, to int) []*fact {
	var out []*fact
	for j := from; j < to; j++ {
		d := p.Terms[j].Date
		if d < 0 || j > from && p.Terms[j-1].Date == d || p.toldThen(j, j+1) {
			continue
		}
		begin, end, ok := p.Dates[d].Resolve(p.article.Published)
		if ok {
			out = append(out, &fact{spans: [][2]float64{hours(begin, end), hours(begin.Add(7*day), end.Add(7*day))}})
		}
	}
	return out
}

// elsewhere reports whether names stand near both facts and none is shared.
func (s *story) elsewhere(a, b *fact) bool {
	mine, theirs := a.names, b.names
	if len(mine) == 0 || len(theirs) == 0 {
		return false
	}
	for id := range mine {
		if theirs[id] {
			return false
		}
	}
	return true
}

// others reports whether the sentences of two facts have names and share none.
func (s *story) others(a, b *fact) bool {
	mine, theirs := a.page.namesOf(a.all), b.page.namesOf(b.all)
	return len(mine) > 0 && len(theirs) > 0 && s.shared(mine, theirs) == 0
}

// namesOf returns the meanings of a set that stand in names of the page.
func (p *page) namesOf(ids map[string]bool) map[string]bool {
	out := map[string]bool{}
	for id := range ids {
		if p.named[id] {
			out[id] = true
		}
	}
	return out
}

// namesNear returns the meanings of names near a fact, but for those that speak.
func (s *story) namesNear(f *fact) map[string]bool {
	p, out := f.page, map[string]bool{}
	k := p.Terms[f.at].Sentence
	for j := max(p.first[k], f.at-nearReach); j < min(p.last[k], f.end+nearReach); j++ {
		t := p.Terms[j]
		if t.Name < 0 || t.Number >= 0 || s.plain[t.Norm] || p.Terms[max(0, j-1)].Speaks || p.norm(j+1) != "" && p.Terms[j+1].Speaks {
			continue
		}
		out[t.Meaning] = true
	}
	return out
}

// sameNumber reports whether two numbers can be the same amount, by hedges and
// rounding.
func sameNumber(a, b *fact) bool {
	if slack := 1e-9 * max(math.Abs(a.exact), math.Abs(b.exact)); a.low <= b.high+slack && b.low <= a.high+slack {
		return true
	}
	if limit(a) && b.exact <= a.exact || limit(b) && a.exact <= b.exact {
		return true
	}
	if a.sums(b.exact) || b.sums(a.exact) {
		return true
	}
	big := max(math.Abs(a.exact), math.Abs(b.exact))
	return figures(a.exact) != figures(b.exact) && math.Abs(a.exact-b.exact) <= roundTo*big
}

// roundTo is how far a rounded number may be from the other.
const roundTo = .05

// sums reports whether a value is that of a number and others of its sentence
// together: eight of "five counts of fraud, two of theft and one of bribery".
func (f *fact) sums(value float64) bool {
	p, total := f.page, 0.
	k := p.Terms[f.at].Sentence
	seen := -1
	for j := p.first[k]; j < p.last[k]; j++ {
		n := p.Terms[j].Number
		if n < 0 || n == seen {
			continue
		}
		seen = n
		total += p.Numbers[n].Value
		if j != f.at && p.Numbers[n].Value+f.exact == value {
			return true
		}
	}
	return total == value
}

// limit reports whether a number is told as the highest: "up to 40".
func limit(f *fact) bool {
	one, two := f.page.norm(f.at-1), f.page.norm(f.at-2)
	return one == "to" && two == "up" || one == "as" && (two == "many" || two == "much") || one == "zu" && two == "bis" || one == "hasta" || one == "до"
}

// figures is the number of digits of v without the zeros at either end.
func figures(v float64) int {
	return len(strings.Trim(strings.ReplaceAll(strconv.FormatFloat(math.Abs(v), 'f', -1, 64), ".", ""), "0"))
}

// sameEvent says how surely two times are of one event.
func (s *story) sameEvent(a, b *fact) float64 {
	if a.clock != b.clock || s.elsewhere(a, b) || s.others(a, b) {
		return 0
	}
	beside := s.shared(a.beside, b.beside)
	near := s.shared(a.near, b.near)
	if !a.clock && beside < .5 || near < timeEnough {
		return 0
	}
	return near + beside
}

const besideReach = 5

// samePlace says how surely two names are of where one thing happened.
func (s *story) samePlace(a, b *fact) float64 {
	beside := s.shared(a.beside, b.beside)
	wide := s.shared(a.all, b.all)
	less := min(s.total(a.all), s.total(b.all))
	if beside < .9 || wide < placeEnough || wide < .45*less {
		return 0
	}
	return wide + beside
}

// sameRole says how surely two names are said to be the same.
func (s *story) sameRole(a, b *fact) float64 {
	if a.role != b.role {
		return 0
	}
	near, wide := s.shared(a.near, b.near), s.shared(a.all, b.all)
	switch {
	case heads[a.role] && (near < 1 || !a.of || !b.of):
		return 0
	case unique[a.role] && (near >= 1 || wide >= nearEnough), wide >= roleEnough:
		return near + wide
	case alone[a.role] && a.page.bearers(a.role) == 1 && b.page.bearers(b.role) == 1:
		return 1 + near + wide
	}
	return 0
}
