package cite

// not is a negation that has no pair, at a token of the passage beside which it
// stands.
type not struct {
	at    int
	edge  bool
	text  string
	taken bool
}

// notReach is how far in tokens a negation may have moved: "did not show any
// emotion" and "showed no emotion".
const notReach = 6

// negated finds a negation on one side only. Two of them in one gap take each
// other away ("did not rule out"), as do one on each side ("refused" and "did
// not"), also where they stand a few words apart.
func (c *checking) negated(e *evidence, part stretch) fault {
	var ours, theirs []not
	for _, g := range gaps(c.said, e.read, part) {
		ours = append(ours, unpaired(c.ourNots(e, g))...)
		theirs = append(theirs, unpaired(c.theirNots(e, g))...)
	}
	matchNots(ours, theirs)
	paired := part.paired()
	for _, n := range ours {
		if !n.taken && !(n.edge && e.read.freeNot(paired.theirs, n.at-2*margin, n.at+2*margin)) {
			return fault{ReasonNegation, n.text}
		}
	}
	for _, n := range theirs {
		if !n.taken && !(n.edge && c.said.freeNot(paired.ours, part.beside(n.at)-2*margin, part.beside(n.at)+2*margin)) {
			return fault{ReasonNegation, n.text}
		}
	}
	return fault{}
}

// ourNots returns the negations on the sentence's side of g.
func (c *checking) ourNots(e *evidence, g gap) []not {
	var out []not
	for i := g.i; i < g.iEnd; i++ {
		t := c.said.tokens[i]
		if t.cue&negates == 0 || t.cue&bareNot == 0 && g.edge && e.read.ids[t.id] > 0 {
			continue
		}
		if c.said.untilBehind(i) {
			continue
		}
		at := g.j + (i - g.i)
		if g.jEnd-(g.iEnd-i) > at {
			at = g.jEnd - (g.iEnd - i)
		}
		out = append(out, not{at: min(at, g.jEnd), edge: g.edge, text: t.In(c.said.raw)})
	}
	return out
}

// untilBehind reports whether the negation at token i only says when: "did not
// begin until" is "began only when".
func (r *reading) untilBehind(i int) bool {
	for k := i + 1; k < min(len(r.tokens), i+1+notReach); k++ {
		if r.tokens[k].norm == "until" && r.tokens[k].sentence == r.tokens[i].sentence {
			return true
		}
	}
	return false
}

// theirNots returns the negations on the passage's side of g, without those of
// a relative clause that the sentence leaves out as a whole.
func (c *checking) theirNots(e *evidence, g gap) []not {
	var out []not
	g.theirs(e, func(j int) {
		if t := e.read.tokens[j]; t.cue&negates != 0 && !e.read.relative(g, j) && !e.read.untilBehind(j) {
			out = append(out, not{at: j, edge: g.edge, text: t.In(e.read.raw)})
		}
	})
	return out
}

// relative reports whether token j stands in a relative clause that begins with
// the gap and goes on for a while: "the two who are not part of it".
func (r *reading) relative(g gap, j int) bool {
	switch r.tokens[g.j].norm {
	case "who", "which", "that", "whose":
		return g.jEnd-j > 2
	}
	return false
}

// unpaired takes out each two of the negations of a gap.
func unpaired(list []not) []not { return list[:len(list)%2] }

// matchNots marks negations of both sides that stand for one another.
func matchNots(ours, theirs []not) {
	for i := range ours {
		for j := range theirs {
			if d := ours[i].at - theirs[j].at; !theirs[j].taken && d <= notReach && -d <= notReach {
				ours[i].taken, theirs[j].taken = true, true
				break
			}
		}
	}
}

// sides are the tokens of a stretch that have a pair.
type sides struct{ ours, theirs map[int]bool }

func (s stretch) paired() sides {
	out := sides{map[int]bool{}, map[int]bool{}}
	for _, p := range s.pairs {
		out.ours[p.i], out.theirs[p.j] = true, true
	}
	return out
}

// beside returns the token of the sentence whose pair is nearest to token j of
// the passage.
func (s stretch) beside(j int) int {
	at := s.pairs[0]
	for _, p := range s.pairs {
		if max(p.j-j, j-p.j) < max(at.j-j, j-at.j) {
			at = p
		}
	}
	return at.i
}

// freeNot reports whether a negation without a pair stands in [from, to).
func (r *reading) freeNot(paired map[int]bool, from, to int) bool {
	for i := max(0, from); i < min(len(r.tokens), to); i++ {
		if !paired[i] && r.tokens[i].cue&negates != 0 {
			return true
		}
	}
	return false
}

// deniedReach is how far from a word a negation stands that denies it.
const deniedReach = 6

// denied finds a thing that the sentence tells of and the passage has only
// behind a no: "No deaths have been reported".
func (c *checking) denied(e *evidence) fault {
	for i, t := range c.said.tokens {
		if !t.content() || t.cue&negates != 0 || t.number >= 0 || e.read.ids[t.id] == 0 || e.title[t.id] {
			continue
		}
		if c.said.has(i-deniedReach, i+deniedReach, negates) && !c.said.clauseFree(i) {
			continue
		}
		if e.read.onlyDenied(t.id) {
			return fault{ReasonNegation, t.In(c.said.raw)}
		}
	}
	return fault{}
}

// clauseFree reports whether the clause of token i is without a negation.
func (r *reading) clauseFree(i int) bool {
	for k, t := range r.tokens {
		if t.clause == r.tokens[i].clause && t.cue&negates != 0 && k != i {
			return false
		}
	}
	return true
}

// onlyDenied reports whether each word of that meaning stands right behind a no.
func (r *reading) onlyDenied(id string) bool {
	found := false
	for j, t := range r.tokens {
		if t.id != id {
			continue
		}
		if n := r.before(j - 1); n != "no" && n != "without" {
			return false
		}
		found = true
	}
	return found
}
