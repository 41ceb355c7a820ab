package cite

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
)

// otherNumber finds a number of the passage in the place of another one of it.
func (c *checking) otherNumber(e *evidence, g gap) fault {
	for i := g.i; i < g.iEnd; i++ {
		t := c.said.tokens[i]
		if t.number < 0 || g.edge && i != g.i && i != g.iEnd-1 {
			continue
		}
		n, h := c.said.numbers[t.number], c.hedge(t.number)
		other, same := false, false
		g.theirs(e, func(j int) {
			if k := e.read.tokens[j].number; k >= 0 {
				m := e.read.numbers[k]
				if h.same(n, m) {
					same = true
				} else if n.Unit == m.Unit || isTimes(n) && isTimes(m) {
					other = true
				}
			}
		})
		if other && !same && (c.inSlot(e, g) || !c.derived(t.number, h, e)) {
			return fault{ReasonNumber, n.In(c.said.raw)}
		}
	}
	return fault{}
}

// otherDate finds a date of the sentence in the place of another one.
func (c *checking) otherDate(e *evidence, g gap) fault {
	for i := g.i; i < g.iEnd; i++ {
		if c.said.tokens[i].date < 0 {
			continue
		}
		d := c.said.dates[c.said.tokens[i].date]
		other, same := false, false
		g.theirs(e, func(j int) {
			if k := e.read.tokens[j].date; k >= 0 {
				held := slices.ContainsFunc(moments(e.read.dates[k:k+1], e.passage.Published), func(m moment) bool {
					return sameTime(d, m, e.passage.Published)
				})
				same, other = same || held, other || !held
			}
		})
		if other && !same && !(c.inLead(c.said.tokens[i].date) && publishedOn(d, e.passage.Published)) {
			return fault{ReasonDate, d.In(c.said.raw)}
		}
	}
	return fault{}
}

// isTimes reports whether a number says how many times over.
func isTimes(n text.Number) bool { return n.Unit == "time" || n.Unit == fold }

// inSlot reports whether g holds little more than a number on both sides: one
// number stands in the very place of the other.
func (c *checking) inSlot(e *evidence, g gap) bool {
	return !g.edge && g.iEnd-g.i <= slotWords && g.jEnd-g.j <= slotWords
}

// slotWords is the length in tokens up to which a gap is the place of a number.
const slotWords = 2

// otherName finds a name in the place of another one: both stand beside the
// same pair, and neither is said on the other side.
func (c *checking) otherName(e *evidence, g gap) fault {
	left := [2]int{c.nameIn(c.said, g.i, min(g.iEnd, g.i+besideOurs)), c.nameIn(e.read, g.j, min(g.jEnd, g.j+besideTheirs))}
	right := [2]int{c.nameIn(c.said, max(g.i, g.iEnd-besideOurs), g.iEnd), c.nameIn(e.read, max(g.j, g.jEnd-besideTheirs), g.jEnd)}
	for _, at := range [][2]int{left, right} {
		if at[0] < 0 || at[1] < 0 || c.outlet[at[0]] || g.edge && g.i > 0 && c.said.attributed(at[0]) && e.attributes(c.said, at[0]) {
			continue
		}
		if !sharesName(c.said, at[0], e.read, g.j-2*margin, g.jEnd+2*margin) && !sharesName(e.read, at[1], c.said, g.i-2*margin, g.iEnd+2*margin) {
			return fault{ReasonName, c.said.names[c.said.tokens[at[0]].name].Text}
		}
	}
	return fault{}
}

// attributed reports whether the name at token i stands at a verb of saying: who
// says something may stand at either end.
func (r *reading) attributed(i int) bool { return r.has(i-margin, i+margin, speaks|attribute) }

// attributes reports whether the name at token at of a stands at a verb of
// saying in the passage too.
func (e *evidence) attributes(a *reading, at int) bool {
	for v, t := range e.read.tokens {
		if t.cue&(speaks|attribute) != 0 && sharesName(a, at, e.read, v-2*margin, v+2*margin) {
			return true
		}
	}
	return false
}

// How far from a pair a name stands in its place. In the passage an apposition
// may lie between ("Oresund, the minister of transport, ordered").
const (
	besideOurs   = 4
	besideTheirs = 8
)

// otherSubject finds a name where the passage has "he" or "she" and speaks of
// somebody else: the name stands in the passage, but not before the pronoun in
// the last paragraph that names anybody.
func (c *checking) otherSubject(e *evidence, g gap) fault {
	ours := c.nameIn(c.said, g.i, g.iEnd)
	if ours < 0 || c.outlet[ours] || g.jEnd-g.j > margin || g.iEnd-g.i > 2*margin {
		return fault{}
	}
	for j := g.j; j < g.jEnd; j++ {
		if n := e.read.tokens[j].norm; n != "he" && n != "she" {
			continue
		}
		if e.read.holdsNameOf(c.said, ours) && !e.read.meansBefore(j, c.said, ours) {
			return fault{ReasonRole, c.said.names[c.said.tokens[ours].name].Text}
		}
	}
	return fault{}
}

// holdsNameOf reports whether a word of the name at token at of a stands in r.
func (r *reading) holdsNameOf(a *reading, at int) bool {
	return sharesName(a, at, r, 0, len(r.tokens))
}

// meansBefore reports whether the pronoun at token j may mean the name at token
// at of a.
func (r *reading) meansBefore(j int, a *reading, at int) bool {
	from, named := j, false
	for from > 0 {
		newLine := strings.Contains(r.raw[r.tokens[from-1].End:r.tokens[from].Start], "\n")
		if named && newLine {
			break
		}
		from--
		named = named || r.tokens[from].name >= 0
	}
	return !named || sharesName(a, at, r, from, j)
}

// sharesName reports whether a word of the name at token at of a, titles aside,
// stands in the tokens [from, to) of b.
func sharesName(a *reading, at int, b *reading, from, to int) bool {
	for _, i := range a.wholeName(at) {
		if words().titles[a.tokens[i].norm] {
			continue
		}
		for j := max(0, from); j < min(len(b.tokens), to); j++ {
			if b.tokens[j].id == a.tokens[i].id {
				return true
			}
		}
	}
	return false
}

// nameIn returns the first token in [from, to) that is part of a name and no
// title, or -1.
func (c *checking) nameIn(r *reading, from, to int) int {
	for i := from; i < to; i++ {
		if r.tokens[i].name >= 0 && !words().titles[r.tokens[i].norm] {
			return i
		}
	}
	return -1
}
