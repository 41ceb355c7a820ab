package cite

import "strings"

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
		if f := c.negated(e, part); f.found() {
			return f
		}
		for _, g := range gaps(c.said, e.read, part) {
			for _, rule := range []func(*evidence, gap) fault{c.quantity, c.contrary, c.otherNumber, c.otherDate, c.otherName, c.otherSubject, c.hedged, c.added, c.replaced} {
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
	if f := c.swapped(e); f.found() {
		return f
	}
	if f := c.otherDoer(e); f.found() {
		return f
	}
	if f := c.denied(e); f.found() {
		return f
	}
	return c.foreignClause(e)
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

// quantity finds an all where the passage has most or some, and the like.
func (c *checking) quantity(e *evidence, g gap) fault {
	const kinds = all | most | some
	for i := g.i; i < g.iEnd; i++ {
		t := c.said.tokens[i]
		said := t.cue & kinds
		if said&(all|most) == 0 {
			continue
		}
		if g.inserted() && !c.said.isNumber(i+1) {
			return fault{ReasonQuantity, t.In(c.said.raw)}
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

// scopes are words for how far a superlative reaches, those of like reach
// together.
var scopes = []map[string]bool{
	wordSet(`world global globe earth planet`), wordSet(`ever history record alltime`), wordSet(`nation country national nationwide`),
	wordSet(`continent`), wordSet(`state statewide`), wordSet(`region`), wordSet(`city town`),
}

// scopeReach is how far behind a superlative its scope stands.
const scopeReach = 5

// widened finds a superlative that reaches further than in any passage of the
// set: "oldest in the world".
func (c *checking) widened(set []*evidence) fault {
	for i, t := range c.said.tokens {
		if !superlative(t.norm) {
			continue
		}
		for j := i + 1; j < min(len(c.said.tokens), i+1+scopeReach); j++ {
			for _, scope := range scopes {
				if scope[c.said.before(j)] && !saysAny(set, scope) && c.closeness(set) >= closeHalf {
					return fault{ReasonQuantity, c.said.text(i, j+1)}
				}
			}
		}
	}
	return fault{}
}

// superlative guesses whether a word is one.
func superlative(norm string) bool {
	return len(norm) > 5 && strings.HasSuffix(norm, "est") && norm != "interest" && norm != "arrest" && norm != "forest" && norm != "request" &&
		norm != "protest" && norm != "honest" && norm != "contest" && norm != "harvest" && norm != "suggest" || norm == "first" || norm == "only" || norm == "best" || norm == "worst"
}

// saysAny reports whether any of the words stands in the set or its titles.
func saysAny(set []*evidence, words map[string]bool) bool {
	for _, e := range set {
		for _, t := range e.read.tokens {
			if words[t.norm] {
				return true
			}
		}
	}
	return false
}

// inserted reports whether g is a word or two that the sentence puts between
// words that stand side by side in the passage.
func (g gap) inserted() bool {
	return g.solid && g.j == g.jEnd && g.iEnd-g.i <= 2
}

func (r *reading) isNumber(i int) bool { return i < len(r.tokens) && r.tokens[i].number >= 0 }

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

// hedged finds a hedge that the sentence leaves out: may, plans, accused; a will
// in the place of a may; and a condition that is left out at the end.
func (c *checking) hedged(e *evidence, g gap) fault {
	found := fault{}
	firm := c.said.has(g.i, g.iEnd, future) && !c.said.has(g.i, g.iEnd, possible|planned)
	g.theirs(e, func(j int) {
		t := e.read.tokens[j]
		if e.read.relative(g, j) {
			return
		}
		if t.cue&(possible|planned|alleged) != 0 && !c.hedges(t.cue) || firm && modals[t.norm] {
			found = fault{ReasonModality, t.In(e.read.raw)}
		}
		if t.cue&conditional != 0 && j == g.j && g.j > 0 && g.i > 0 && !c.said.has(0, len(c.said.tokens), possible|conditional) {
			found = fault{ReasonModality, t.In(e.read.raw)}
		}
	})
	return found
}

// modals are verbs that leave open whether.
var modals = map[string]bool{"may": true, "might": true, "could": true, "can": true}

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
	if at < 0 {
		return fault{}
	}
	if c.closeness(set) < closeHalf && !c.copiedBefore(set, at) {
		return fault{}
	}
	if !c.inventsCause(at) {
		for _, e := range set {
			if c.causeNear(e) {
				return fault{}
			}
		}
	}
	return fault{ReasonCause, c.said.tokens[at].In(c.said.raw)}
}

// copiedBefore reports whether most words before the because at token at, in its
// clause, stand side by side in a passage.
func (c *checking) copiedBefore(set []*evidence, at int) bool {
	for _, e := range set {
		paired, content, held := c.pairedTokens(e), 0, 0
		for i := at - 1; i >= 0 && i >= at-gapOurs && c.said.tokens[i].clause == c.said.tokens[at].clause; i-- {
			if !c.counts(i) {
				continue
			}
			content++
			if paired[i] {
				held++
			}
		}
		if held >= foreignWords && float64(held) >= foreignShare*float64(content) {
			return true
		}
	}
	return false
}

// inventsCause reports whether most of what follows the because at token at, or
// comes before a verb of causing, stands in no passage.
func (c *checking) inventsCause(at int) bool {
	content := 0
	i := at + 1
	for ; i < len(c.said.tokens) && i <= at+gapOurs && c.said.tokens[i].clause == c.said.tokens[at].clause; i++ {
		if t := c.said.tokens[i]; t.content() && t.cue&(speaks|attribute) == 0 {
			content++
		}
	}
	return content > 0 && 2*c.foreign(at+1, i) >= content
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
	for j, t := range e.read.tokens {
		if !near[t.sentence] && !near[t.sentence-1] || t.cue&causes == 0 && t.norm != "since" {
			continue
		}
		if c.told(e, j) {
			return true
		}
	}
	return false
}

// told reports whether the reason at token j of e is told as one, or is denied or
// blamed there and the sentence says that too.
func (c *checking) told(e *evidence, j int) bool {
	if e.read.has(j-deniedReach, j, negates) && !c.said.has(0, len(c.said.tokens), negates) {
		return false
	}
	if blames[e.read.tokens[j].norm] {
		return c.said.has(0, len(c.said.tokens), speaks|attribute|alleged) || c.says(blames)
	}
	return true
}

// blames are verbs by which somebody gives a reason that others need not share.
var blames = wordSet(`blame blames blamed blaming attributed`)
