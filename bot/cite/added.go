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
