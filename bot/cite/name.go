package cite

import (
	"strings"
	"unicode"
)

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
