package cite

import "strings"

// gap is what stands on both sides between two pairs of a stretch, or before
// its first or behind its last pair: tokens [i, iEnd) of the sentence and
// [j, jEnd) of the passage.
type gap struct {
	i, iEnd, j, jEnd int
	// edge marks the gaps before the first and behind the last pair.
	edge bool
	// solid marks a gap between words that stand side by side with others of
	// the passage, not between scattered ones.
	solid bool
}

// margin is the number of tokens that belong to a stretch at its edges.
const margin = 3

// gaps returns the gaps of a stretch that are not empty on both sides. At the
// edges they end with the sentence.
func gaps(a, b *reading, s stretch) []gap {
	first, last := s.pairs[0], s.pairs[len(s.pairs)-1]
	out := []gap{{i: a.back(first.i), iEnd: first.i, j: b.back(first.j), jEnd: first.j, edge: true}}
	for k := 1; k < len(s.pairs); k++ {
		p, q := s.pairs[k-1], s.pairs[k]
		if q.i-p.i > 1 || q.j-p.j > 1 {
			solid := s.solid(a, k-1, -1) && s.solid(a, k, 1)
			out = append(out, gap{i: p.i + 1, iEnd: q.i, j: p.j + 1, jEnd: q.j, solid: solid})
		}
	}
	return append(out, gap{i: last.i + 1, iEnd: a.ahead(last.i), j: last.j + 1, jEnd: b.ahead(last.j), edge: true})
}

// solid reports whether pair k belongs to a run of pairs side by side that
// comes to a content word within margin pairs, in the direction of step.
func (s stretch) solid(a *reading, k, step int) bool {
	for n := 0; n < margin; n++ {
		if a.tokens[s.pairs[k].i].content() {
			return true
		}
		next := k + step
		if next < 0 || next >= len(s.pairs) || s.pairs[next].i != s.pairs[k].i+step || s.pairs[next].j != s.pairs[k].j+step {
			return false
		}
		k = next
	}
	return false
}

// back returns the first token of the margin before token i, ahead the end of
// the one behind it.
func (r *reading) back(i int) int {
	from := i
	for from > 0 && i-from < margin && r.tokens[from-1].clause == r.tokens[i].clause {
		from--
	}
	return from
}

func (r *reading) ahead(i int) int {
	to := i + 1
	for to < len(r.tokens) && to-i <= margin && r.tokens[to].clause == r.tokens[i].clause {
		to++
	}
	return to
}

// departures finds where the sentence departs from a passage that it runs close
// to. The rules read the gaps of close stretches only.
func (c *checking) departures(e *evidence) fault {
	if holdsWords(e.spoken, c.spoken) {
		return c.frames(e) // word for word
	}
	for _, part := range c.parts(e) {
		if f := c.indirect(e, part); f.found() {
			return f
		}
		for _, g := range gaps(c.said, e.read, part) {
			for _, rule := range []func(*evidence, gap) fault{c.negated, c.quantity, c.contrary, c.otherNumber, c.otherName, c.otherSubject, c.hedged, c.added} {
				if f := rule(e, g); f.found() {
					return f
				}
			}
		}
		if f := c.infinitive(e, part); f.found() {
			return f
		}
		if f := c.framed(e, part); f.found() {
			return f
		}
	}
	return c.swapped(e)
}

// frames reports the first stretch that a hedge before it governs.
func (c *checking) frames(e *evidence) fault {
	for _, part := range c.parts(e) {
		if f := c.framed(e, part); f.found() {
			return f
		}
	}
	return fault{}
}

// nearGap is how much of a gap of the passage is read at either end: what lies
// further inside, or in a clause of its own, the sentence leaves out.
const nearGap = 4

// theirs calls f for the tokens of the passage's side of g that are near a pair
// and in its clause.
func (g gap) theirs(e *evidence, f func(j int)) {
	t := e.read.tokens
	for j := g.j; j < g.jEnd; j++ {
		left := g.j > 0 && j < g.j+nearGap && t[j].clause == t[g.j-1].clause
		right := g.jEnd < len(t) && j >= g.jEnd-nearGap && t[j].clause == t[g.jEnd].clause
		if g.edge || left || right {
			f(j)
		}
	}
}

// negated finds a negation on one side only. Two of them on one side take each
// other away ("did not rule out"), as do one on each side ("refused" and "did
// not").
func (c *checking) negated(e *evidence, g gap) fault {
	odd, at := false, ""
	for i := g.i; i < g.iEnd; i++ {
		if t := c.said.tokens[i]; t.cue&negates != 0 && (words().negators[t.norm] || !g.edge || e.read.ids[t.id] == 0) {
			odd, at = !odd, t.In(c.said.raw)
		}
	}
	g.theirs(e, func(j int) {
		if t := e.read.tokens[j]; t.cue&negates != 0 {
			odd, at = !odd, t.In(e.read.raw)
		}
	})
	if odd && !c.negatedNearby(e, g) {
		return fault{ReasonNegation, at}
	}
	return fault{}
}

// negatedNearby excuses an odd negation at an edge whose partner stands a
// little outside of the margin on the other side, unpaired.
func (c *checking) negatedNearby(e *evidence, g gap) bool {
	ours := c.said.has(g.i, g.iEnd, negates)
	if ours {
		return e.read.has(g.j-2*margin, g.j, negates) && g.edge || e.read.has(g.j, g.jEnd, negates)
	}
	return g.edge && c.said.has(g.i-2*margin, g.iEnd+2*margin, negates)
}

// quantity finds an all where the passage has most or some, and the like.
func (c *checking) quantity(e *evidence, g gap) fault {
	const kinds = all | most | some
	for i := g.i; i < g.iEnd; i++ {
		t := c.said.tokens[i]
		said := t.cue & kinds
		if said&(all|most) == 0 {
			continue
		}
		var stands cue
		g.theirs(e, func(j int) {
			stands |= e.read.tokens[j].cue & kinds
			if n := e.read.tokens[j].norm; n == "none" || n == "no" {
				stands |= some
			}
		})
		if stands != 0 && stands&said == 0 {
			return fault{ReasonQuantity, t.In(c.said.raw)}
		}
	}
	return fault{}
}

// contrary finds a word whose opposite stands in its place.
func (c *checking) contrary(e *evidence, g gap) fault {
	found := fault{}
	for i := g.i; i < g.iEnd; i++ {
		t := c.said.tokens[i]
		g.theirs(e, func(j int) {
			if words().areOpposite(t.stem, e.read.tokens[j].stem) {
				found = fault{ReasonContrary, t.In(c.said.raw)}
			}
		})
	}
	return found
}

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
				if sameUnit(n, m) && h.holds(inUnitOf(n, m), inUnitOf(m, n)) {
					same = true
				} else if n.Unit == m.Unit {
					other = true
				}
			}
		})
		if other && !same && !c.derived(n, h, e) {
			return fault{ReasonNumber, n.In(c.said.raw)}
		}
	}
	return fault{}
}

// otherName finds a name in the place of another one: both stand beside the
// same pair, and neither is said on the other side.
func (c *checking) otherName(e *evidence, g gap) fault {
	left := [2]int{c.nameIn(c.said, g.i, min(g.iEnd, g.i+besideOurs)), c.nameIn(e.read, g.j, min(g.jEnd, g.j+besideTheirs))}
	right := [2]int{c.nameIn(c.said, max(g.i, g.iEnd-besideOurs), g.iEnd), c.nameIn(e.read, max(g.j, g.jEnd-besideTheirs), g.jEnd)}
	for _, at := range [][2]int{left, right} {
		if at[0] < 0 || at[1] < 0 || c.outlet[at[0]] {
			continue
		}
		if !sharesName(c.said, at[0], e.read, g.j-2*margin, g.jEnd+2*margin) && !sharesName(e.read, at[1], c.said, g.i-2*margin, g.iEnd+2*margin) {
			return fault{ReasonName, c.said.names[c.said.tokens[at[0]].name].Text}
		}
	}
	return fault{}
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

// hedged finds a hedge that the sentence leaves out: may, plans, accused.
func (c *checking) hedged(e *evidence, g gap) fault {
	found := fault{}
	g.theirs(e, func(j int) {
		t := e.read.tokens[j]
		if t.cue&(possible|planned|alleged) != 0 && !c.hedges(t.cue) {
			found = fault{ReasonModality, t.In(e.read.raw)}
		}
	})
	return found
}

// hedges reports whether the sentence says anywhere what a hedge says: only a
// hedge is enough for "may"; "will" or "to" for a plan; any attribution for an
// allegation.
func (c *checking) hedges(hedge cue) bool {
	enough := possible
	if hedge&planned != 0 {
		enough |= planned | future
	}
	if hedge&possible != 0 {
		enough |= planned | conditional
	}
	if hedge&alleged != 0 {
		enough |= alleged | speaks | attribute
	}
	return c.said.has(0, len(c.said.tokens), enough)
}

// framed finds a hedge in the clause before the stretch that governs it:
// "It is unclear whether …", "She alleges, among other things: …".
func (c *checking) framed(e *evidence, part stretch) fault {
	first := part.pairs[0].j
	if e.read.tokens[first].quoted >= 0 {
		return fault{}
	}
	from := first
	for from > 0 && first-from < 2*margin && e.read.governs(from-1, first) {
		from--
	}
	for j := from; j < first; j++ {
		t := e.read.tokens[j]
		if t.cue&alleged != 0 && !c.attributes(part) || t.cue&possible != 0 && !c.hedges(possible) {
			return fault{ReasonModality, t.In(e.read.raw)}
		}
	}
	return fault{}
}

// attributes reports whether the sentence says outside of its close words that
// somebody says it.
func (c *checking) attributes(part stretch) bool {
	paired := map[int]bool{}
	for _, p := range part.pairs {
		paired[p.i] = true
	}
	for i, t := range c.said.tokens {
		if !paired[i] && t.cue&(alleged|speaks|attribute|possible) != 0 {
			return true
		}
	}
	return false
}

// governs reports whether token j may govern token first: it stands in the same
// sentence, or in one that ends in a colon.
func (r *reading) governs(j, first int) bool {
	if r.tokens[j].sentence == r.tokens[first].sentence {
		return true
	}
	s := r.sentences[r.tokens[j].sentence]
	return r.tokens[j].sentence+1 == r.tokens[first].sentence && s.End > s.Start && r.raw[s.End-1] == ':'
}

// infinitive finds what was to be done told as done: "a plan to ban" and
// "banned".
func (c *checking) infinitive(e *evidence, part stretch) fault {
	for k, p := range part.pairs[:len(part.pairs)-1] {
		ours, theirs := c.said.tokens[p.i], e.read.tokens[p.j]
		if next := part.pairs[k+1]; next.i != p.i+1 || next.j != p.j+1 {
			continue
		}
		if p.j < 2 || e.read.tokens[p.j-1].norm != "to" || ours.norm == theirs.norm || !isPast(ours.norm) {
			continue
		}
		if words().carried[e.read.tokens[p.j-2].stem] || c.said.has(p.i-margin, p.i, passive|future|planned|possible) {
			continue
		}
		return fault{ReasonModality, ours.In(c.said.raw)}
	}
	return fault{}
}

func isPast(norm string) bool { return len(norm) > 3 && norm[len(norm)-2:] == "ed" }

// Words that are put in between count as added when insertedWords of them have
// no like in any passage and nothing stands in their place. At the end of a
// sentence there is always something in their place, so it takes more.
const (
	insertedWords = 2
	trailingWords = 4
)

// added finds words of the sentence's own between words of the passage.
func (c *checking) added(e *evidence, g gap) fault {
	if g.edge {
		return c.trailing(e, g)
	}
	if !g.solid {
		return fault{}
	}
	for j := g.j; j < g.jEnd; j++ {
		if e.read.tokens[j].content() && e.read.tokens[j].cue&speaks == 0 && e.read.tokens[j].date < 0 {
			return fault{}
		}
	}
	if c.foreign(g.i, g.iEnd) >= insertedWords {
		return fault{ReasonAdded, c.said.text(g.i, g.iEnd)}
	}
	return fault{}
}

// trailing finds a tail of the sentence that no passage holds, behind the last
// pair of the last stretch.
func (c *checking) trailing(e *evidence, g gap) fault {
	n := len(c.said.tokens)
	if g.iEnd <= g.i || g.iEnd != min(n, g.i+margin) || n-g.i > 2*gapOurs || c.closeness([]*evidence{e}) < closeHalf {
		return fault{}
	}
	if c.foreign(g.i, n) >= trailingWords && 2*c.foreign(g.i, n) > n-g.i {
		return fault{ReasonAdded, c.said.text(g.i, n)}
	}
	return fault{}
}

// foreign counts the content words in [from, to) of the sentence that stand in
// no passage and say more than who reported.
func (c *checking) foreign(from, to int) int {
	count := 0
	for i := from; i < to; i++ {
		t := c.said.tokens[i]
		if t.content() && t.cue&(speaks|attribute) == 0 && !c.outlet[i] && t.date < 0 && !words().titles[t.norm] && !c.desk.holds(t) {
			count++
		}
	}
	return count
}

// caused finds a because that none of the set says where the sentence runs
// close to it.
func (c *checking) caused(set []*evidence) fault {
	at := -1
	for i, t := range c.said.tokens {
		if t.cue&causes != 0 {
			at = i
			break
		}
	}
	if at < 0 || c.closeness(set) < closeHalf {
		return fault{}
	}
	for _, e := range set {
		if c.causeNear(e) {
			return fault{}
		}
	}
	return fault{ReasonCause, c.said.tokens[at].In(c.said.raw)}
}

// causeNear reports whether a sentence of the passage that the claim runs close
// to, or the one behind it, gives a reason.
func (c *checking) causeNear(e *evidence) bool {
	near := map[int]bool{}
	for _, part := range c.parts(e) {
		for _, p := range part.pairs {
			near[e.read.tokens[p.j].sentence] = true
		}
	}
	for _, t := range e.read.tokens {
		if (near[t.sentence] || near[t.sentence-1]) && (t.cue&causes != 0 || t.norm == "since") {
			return true
		}
	}
	return false
}
