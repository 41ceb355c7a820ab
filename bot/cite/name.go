package cite

import (
	"slices"
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
	if f := c.mixed(set); f.found() {
		return f
	}
	return c.titled(set)
}

// mixed finds a name of two words that the set has in two names of different
// people: "Connie Garvey" of Connie Yates and Mitch Garvey.
func (c *checking) mixed(set []*evidence) fault {
	for k, n := range c.said.names {
		tokens := c.said.withoutTitles(c.said.tokensOfName(k))
		if len(tokens) != 2 || c.excused(tokens[0]) || c.excused(tokens[1]) {
			continue
		}
		first, last := c.said.tokens[tokens[0]].id, c.said.tokens[tokens[1]].id
		together, parted := first == last, [2]bool{}
		for _, e := range set {
			one, a, b := e.read.named(first, last)
			together = together || one || e.title[first] && e.title[last]
			parted[0], parted[1] = parted[0] || a, parted[1] || b
		}
		if !together && parted[0] && parted[1] {
			return fault{ReasonName, n.Text}
		}
	}
	return fault{}
}

// withoutTitles leaves out what people are called besides their names.
func (r *reading) withoutTitles(tokens []int) []int {
	return slices.DeleteFunc(tokens, func(i int) bool { return words().titles[r.tokens[i].norm] })
}

// named reports whether two words stand in one name or side by side, and for
// each whether it stands in a longer name without the other.
func (r *reading) named(first, last string) (together, a, b bool) {
	for i, t := range r.tokens {
		if t.id != first && t.id != last {
			continue
		}
		for j := i + 1; j < min(len(r.tokens), i+4); j++ {
			if o := r.tokens[j].id; o != t.id && (o == first || o == last) {
				return true, false, false
			}
		}
		if t.name < 0 || len(r.withoutTitles(r.wholeName(i))) < 2 {
			continue
		}
		a, b = a || t.id == first, b || t.id == last
	}
	return false, a, b
}

// titled finds a name behind a word for what somebody is ("striker Banda",
// "Judge Falk") that the set has before another name, and nowhere near this one.
func (c *checking) titled(set []*evidence) fault {
	for k, n := range c.said.names {
		tokens := c.said.tokensOfName(k)
		if len(tokens) == 0 || c.outlet[tokens[0]] {
			continue
		}
		role, last := c.said.roleOf(tokens), tokens[len(tokens)-1]
		if role == "" || words().titles[c.said.tokens[last].norm] {
			continue
		}
		near, other := false, false
		for _, e := range set {
			a, b := e.read.roleBefore(role, c.said.tokens[last].id)
			near, other = near || a, other || b
		}
		if other && !near {
			return fault{ReasonName, n.Text}
		}
	}
	return fault{}
}

// roleOf returns the id of the word right before the name on the tokens, or of
// the title or the like that it begins with; "" for none.
func (r *reading) roleOf(tokens []int) string {
	at := tokens[0]
	if words().titles[r.tokens[at].norm] && len(tokens) > 1 {
		for _, i := range tokens[1:] {
			if !words().titles[r.tokens[i].norm] {
				return r.tokens[i-1].id
			}
		}
	}
	if first := at == 0 || r.tokens[at-1].sentence != r.tokens[at].sentence; first {
		if len(tokens) > 2 {
			return r.tokens[at].id // "Archaeologist Dan Whitby", or a first name that does no harm
		}
		return ""
	}
	t := r.tokens[at-1]
	if t.name >= 0 && !words().titles[t.norm] || t.number >= 0 || t.date >= 0 || t.stop || t.cue&^derives != 0 || isVerb(t) || t.quoted != r.tokens[at].quoted {
		return ""
	}
	if t.clause != r.tokens[at].clause && !isPerson(t.norm) {
		return ""
	}
	return t.id
}

// isPerson reports whether a word says what somebody is, by its ending.
func isPerson(norm string) bool {
	if words().titles[norm] {
		return true
	}
	for _, ending := range []string{"er", "or", "ist", "ian", "man", "woman"} {
		if len(norm) > len(ending)+2 && strings.HasSuffix(norm, ending) {
			return true
		}
	}
	return false
}

// nearRole is how far from a word for what somebody is the name may stand.
const nearRole = 6

// roleBefore reports whether the role stands near the name in a sentence, and
// whether it stands right before another name.
func (r *reading) roleBefore(role, name string) (near, other bool) {
	for w, t := range r.tokens {
		if t.id != role {
			continue
		}
		for i := max(0, w-nearRole); i < min(len(r.tokens), w+nearRole+1); i++ {
			near = near || r.tokens[i].id == name && r.tokens[i].sentence == t.sentence
		}
		next := w + 1
		for next < len(r.tokens) && words().titles[r.tokens[next].norm] {
			next++
		}
		if next < len(r.tokens) && r.tokens[next].name >= 0 && r.tokens[next].sentence == t.sentence {
			other = true
		}
	}
	return near, other
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
	for _, ending := range []string{"", "ians", "ian", "ans", "an", "ers", "er", "ns", "n", "ia", "a", "i", "es"} {
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
