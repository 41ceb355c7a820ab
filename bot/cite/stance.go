package cite

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
