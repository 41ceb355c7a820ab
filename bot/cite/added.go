package cite

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

// A clause of which most words stand in no passage, in a sentence that is
// otherwise close to one, was put in.
const (
	foreignWords = 2
	foreignShare = .6
	closeRest    = .75
)

// foreignClause finds a clause of the sentence's own.
func (c *checking) foreignClause(e *evidence) fault {
	t := c.said.tokens
	paired := c.pairedTokens(e)
	for from := 0; from < len(t); {
		to := from
		for to < len(t) && t[to].clause == t[from].clause {
			to++
		}
		content, foreign := 0, c.foreign(from, to)
		for i := from; i < to; i++ {
			if c.counts(i) {
				content++
			}
		}
		if foreign >= foreignWords && float64(foreign) >= foreignShare*float64(content) && c.restPaired(paired, from, to) >= closeRest {
			return fault{ReasonAdded, c.said.text(from, to)}
		}
		from = to
	}
	return fault{}
}

// pairedTokens returns the tokens of the sentence that have a pair in e.
func (c *checking) pairedTokens(e *evidence) map[int]bool {
	out := map[int]bool{}
	for _, part := range c.parts(e) {
		for _, p := range part.pairs {
			out[p.i] = true
		}
	}
	return out
}

// restPaired is the share of the words outside of [from, to) that have a pair; 0
// where there are few.
func (c *checking) restPaired(paired map[int]bool, from, to int) float64 {
	held, total := 0, 0
	for i := range c.said.tokens {
		if i >= from && i < to || !c.counts(i) {
			continue
		}
		total++
		if paired[i] {
			held++
		}
	}
	if total < closeContent {
		return 0
	}
	return float64(held) / float64(total)
}

// In a sentence as close as closeCopy, a word that stands in no passage and is
// no likelier in the place of the passage's word than unlike (a cosine) says
// another thing. Of 20 pairs of words that news uses for one another a third
// are below .15; of such pairs few stand in a sentence that is otherwise copied.
const (
	closeCopy = .7
	unlike    = .15
)

// commonWeight is the weight (see static.Embedder.Weight) below which a word is
// so common that it stands for many others: go, hold and find have 1.4 to 2.6,
// insurance, engine and sabotage 3.5 to 4.7.
const commonWeight = 3

func common(word string) bool {
	e := senses()
	if e == nil {
		return true
	}
	tokens := e.AppendTokens(nil, word)
	return len(tokens) == 1 && e.Weight(tokens[0]) < commonWeight
}

// replaced finds a word of the sentence's own in the place of another one.
func (c *checking) replaced(e *evidence, g gap) fault {
	if g.iEnd-g.i > margin || g.jEnd-g.j > margin || g.jEnd == g.j || !g.edge && !g.solid || c.closeness([]*evidence{e}) < closeCopy {
		return fault{}
	}
	for i := g.i; i < g.iEnd; i++ {
		if c.foreign(i, i+1) == 0 || c.said.tokens[i].number >= 0 || common(c.said.tokens[i].norm) {
			continue
		}
		near, any := unlike, false
		for j := g.j; j < g.jEnd; j++ {
			if t := e.read.tokens[j]; t.content() && t.name < 0 && t.number < 0 && t.date < 0 {
				any = true
				near = max(near, cosine(senseOf(c.said.tokens[i].norm), senseOf(t.norm)))
			}
		}
		if any && near <= unlike {
			return fault{ReasonAdded, c.said.tokens[i].In(c.said.raw)}
		}
	}
	return fault{}
}
