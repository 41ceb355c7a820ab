package cite

import (
	"cmp"
	"iter"
	"slices"
)

// checking is one sentence while it is checked.
type checking struct {
	desk *desk
	lead lead
	// said is the sentence without its lead.
	said *reading
	// spoken is said as quotations are compared.
	spoken string
	// tag is the language of the sentence, "" where it is too short to tell.
	tag string
	// outlet marks tokens of an outlet that reports; reporters holds by name
	// index who is said to report.
	outlet    []bool
	reporters map[int]string
	// close caches the stretches by passage, at the indexes of the evidence.
	close []*[]stretch
	// sense holds the vector of the sentence, once it was asked for.
	sense [][]float32
}

func newChecking(d *desk, sentence string) *checking {
	lead, rest := d.cutLead(sentence)
	tag := tagOf(rest)
	c := &checking{
		desk: d, lead: lead, said: read(d.languageOf(tag), rest), spoken: spoken(rest), tag: tag,
		close: make([]*[]stretch, len(d.evidence)),
	}
	c.findOutlets()
	return c
}

// parts returns the stretches in which the sentence runs close to e.
func (c *checking) parts(e *evidence) []stretch {
	if c.close[e.index] == nil {
		found := c.layBeside(e, 0, len(c.said.tokens), layers)
		c.close[e.index] = &found
	}
	return *c.close[e.index]
}

// A sentence is laid beside a passage up to layers times over: what lies before
// and behind the best stretch is aligned again if it has leastRest tokens, as
// clauses are told in another order.
const (
	layers    = 3
	leastRest = 5
)

// layBeside aligns the tokens [from, to) of the sentence with e.
func (c *checking) layBeside(e *evidence, from, to, depth int) []stretch {
	if depth == 0 || to-from < leastRest {
		return nil
	}
	pairs := align(c.said.tokens[from:to], e.read.tokens)
	if len(pairs) == 0 {
		return nil
	}
	for k := range pairs {
		pairs[k].i += from
	}
	out := c.layBeside(e, from, pairs[0].i, depth-1)
	out = append(out, stretches(c.said.tokens, e.read.tokens, pairs)...)
	return append(out, c.layBeside(e, pairs[len(pairs)-1].i+1, to, depth-1)...)
}

// counts reports whether token i needs support: it says something, and not only
// who reported when.
func (c *checking) counts(i int) bool {
	t := c.said.tokens[i]
	return t.content() && !c.outlet[i] && t.cue&(speaks|attribute) == 0 && t.date < 0
}

// share returns the share of the words that need support for which ok is true;
// 1 where none needs it. Names and numbers, which are looked for one by one,
// count twice.
func (c *checking) share(ok func(i int) bool) float64 {
	held, total := 0, 0
	for i, t := range c.said.tokens {
		if !c.counts(i) {
			continue
		}
		weight := 1
		if t.name >= 0 || t.number >= 0 {
			weight = 2
		}
		total += weight
		if ok(i) {
			held += weight
		}
	}
	if total == 0 {
		return 1
	}
	return float64(held) / float64(total)
}

// support is the share of words that stand, by their meaning, in the set;
// numbers and names in any form that counts for them.
func (c *checking) support(set []*evidence) float64 {
	return c.share(func(i int) bool {
		switch t := c.said.tokens[i]; {
		case t.number >= 0:
			return c.holdsNumber(set, t.number, c.said.numbers[t.number])
		case t.name >= 0:
			return holdsName(set, t, c.said)
		}
		for _, e := range set {
			if e.read.ids[c.said.tokens[i].id] > 0 {
				return true
			}
		}
		return false
	})
}

// closeness is the share of words in close stretches.
func (c *checking) closeness(set []*evidence) float64 {
	paired := map[int]bool{}
	for _, e := range set {
		for _, part := range c.parts(e) {
			for _, p := range part.pairs {
				paired[p.i] = true
			}
		}
	}
	return c.share(func(i int) bool { return paired[i] })
}

// Thresholds of support, the share of a sentence's words found in its passages.
//
// supportFloor is what a sentence needs in the passages that its markers name.
// It is low, because a good summary shares few words with its source and the
// facts are checked one by one: see TestEvaluation for what it was measured on.
// bareFloor is what a sentence without any number, date, name or quotation
// needs, as nothing else holds it.
// movedFloor is what a passage needs that a sentence is given to without or
// against its markers, and movedShare the least share of the best support that
// any passage has.
const (
	supportFloor = .15
	bareFloor    = .25
	movedFloor   = .34
	movedShare   = .8
	// factAbout, nearAbout, bareAbout and strayFloor are cosines (see checking.about). Of
	// the 41 supported sentences of testdata/hard/first 39 reach .22 with their
	// passages and two with those of another event; of the 44 of the evaluation
	// data all reach .35. A sentence has wholeWords plain words, each fact
	// counting for factWorth, or shortWords where it is nearer: shorter ones say
	// too little to be compared.
	factAbout  = .25
	nearAbout  = .35
	bareAbout  = .45
	strayFloor = .2
	wholeWords = 10
	shortWords = 7
	factWorth  = 2
	// closeHalf is the closeness from which a because has to be the passage's.
	closeHalf = .4
)

// judge returns the first fault of the sentence against the set, none if the
// set holds it.
func (c *checking) judge(set []*evidence) fault {
	for _, e := range set {
		if c.tag != "" && e.tag != "" && c.tag != e.tag {
			return fault{ReasonLanguage, c.tag}
		}
	}
	if f := c.lead.check(set); f.found() {
		return f
	}
	if c.whole(set) {
		return fault{}
	}
	if f := c.facts(set); f.found() {
		return f
	}
	if f := c.stance(set); f.found() {
		return f
	}
	if !c.supported(set) {
		return fault{ReasonUnsupported, c.said.raw}
	}
	return fault{}
}

// supported reports whether enough of the sentence is in the set.
//
// A sentence with a number, name, date or quotation, all of which stand there by
// now, may say the rest in other words if it is about the same. One without any
// has nothing else that ties it to the passage.
func (c *checking) supported(set []*evidence) bool {
	words := c.support(set) >= c.floor() && c.tells(set)
	facts := c.sureFacts(set)
	if facts == 0 {
		return words && c.about(set) >= strayFloor || c.about(set) >= bareAbout && c.plainWords() >= wholeWords
	}
	said := c.plainWords() + factWorth*facts
	return words || c.about(set) >= factAbout && said >= wholeWords || c.about(set) >= nearAbout && said >= shortWords
}

// sureFacts is the number of things in the sentence that are looked for one by
// one and really tie it to the set. A word that has its capital from standing
// first counts only if the set has it as a name as well.
func (c *checking) sureFacts(set []*evidence) int {
	n := len(c.said.dates) + len(c.said.quotes)
	for k := range c.said.numbers {
		if !c.anaphoric(k) && c.said.numbers[k].Unit != ordinal {
			n++
		}
	}
	for k := range c.said.names {
		tokens := c.said.tokensOfName(k)
		if len(tokens) == 0 || c.outlet[tokens[0]] || len(c.said.withoutTitles(slices.Clone(tokens))) == 0 {
			continue
		}
		if first := tokens[0]; len(tokens) > 1 || c.said.before(first-1) != "" && c.said.tokens[first-1].sentence == c.said.tokens[first].sentence || words().places[c.said.tokens[first].id] || namedIn(set, c.said.tokens[first].id) {
			n++
		}
	}
	return n
}

// namedIn reports whether a word is part of a name in the set that does not
// stand first in its sentence.
func namedIn(set []*evidence, id string) bool {
	for _, e := range set {
		for i, t := range e.read.tokens {
			if t.id == id && t.name >= 0 && i > 0 && e.read.tokens[i-1].sentence == t.sentence {
				return true
			}
		}
	}
	return false
}

// plainWords is the number of words that need support and are no fact.
func (c *checking) plainWords() int {
	n := 0
	for i, t := range c.said.tokens {
		if c.counts(i) && t.name < 0 && t.number < 0 {
			n++
		}
	}
	return n
}

// whole reports whether the sentence is one of a passage's own, or two that
// stand side by side, word for word: then nothing can be missing from it.
func (c *checking) whole(set []*evidence) bool {
	for _, e := range set {
		if !holdsWords(e.spoken, c.spoken) {
			continue
		}
		for _, w := range e.windows() {
			if w.spoken == c.spoken {
				return true
			}
		}
	}
	return false
}

// The right names make no sentence true, so of the other words some must be
// there too: plainFloor of them, and shortFloor in a sentence of at most
// shortPlain, which has little room to say it otherwise. Of the 44 supported
// sentences of the evaluation data, which were written to share few words with
// their passages, plainFloor costs five; .2 would cost sixteen. None of them is
// short.
const (
	plainFloor = .1
	shortFloor = .3
	shortPlain = 6
)

// tells reports whether the set has enough of the words that are neither names
// nor numbers. Sentences without any tell nothing that was not looked for.
func (c *checking) tells(set []*evidence) bool {
	share, total := c.plain(set)
	if total <= shortPlain {
		return total == 0 || share >= shortFloor
	}
	return share >= plainFloor
}

// plain returns the share of the words that are neither names nor numbers which
// stand in the set, and how many there are in all.
func (c *checking) plain(set []*evidence) (share float64, total int) {
	held := 0
	for i, t := range c.said.tokens {
		if !c.counts(i) || t.name >= 0 || t.number >= 0 {
			continue
		}
		total++
		for _, e := range set {
			if e.read.ids[t.id] > 0 || e.title[t.id] {
				held++
				break
			}
		}
	}
	if total == 0 {
		return 0, 0
	}
	return float64(held) / float64(total), total
}

func (c *checking) floor() float64 {
	if len(c.said.numbers)+len(c.said.names)+len(c.said.quotes) == 0 {
		return bareFloor
	}
	return supportFloor
}

// stance returns the first departure from a passage of the set that no other
// one of it excuses: one that the sentence runs as close to and does not depart
// from.
func (c *checking) stance(set []*evidence) fault {
	faults := make([]fault, len(set))
	clean := 0.
	for k, e := range set {
		faults[k] = c.departures(e)
		if !faults[k].found() {
			clean = max(clean, c.closeness(set[k:k+1]))
		}
	}
	for k, f := range faults {
		if f.found() && c.closeness(set[k:k+1]) > clean {
			return f
		}
	}
	if f := c.widened(set); f.found() {
		return f
	}
	return c.caused(set)
}

// find returns the passages that hold the sentence, one or two, or the fault
// that it has against those that it named, else against the best.
func (c *checking) find(marks []int) ([]*evidence, fault) {
	var first fault
	for set := range c.named(marks) {
		f := c.judge(set)
		if !f.found() {
			f = c.copiedElsewhere(set)
		}
		if !f.found() {
			return c.fewest(set), fault{}
		}
		if !first.found() {
			first = f
		}
	}
	set, f := c.moved(c.ranked(), marks)
	if !f.found() {
		f = c.copiedElsewhere(set)
	}
	if !f.found() {
		return set, fault{}
	}
	return nil, cmp.Or(first, f)
}

// A sentence that runs close to a passage (closeCopied), and closer than to
// those that seem to hold it by closerBy, was written from it.
const (
	closeCopied = .6
	closerBy    = .3
)

// copiedElsewhere returns the fault of the sentence against a passage besides
// the set that it was written from, if there is one.
func (c *checking) copiedElsewhere(set []*evidence) fault {
	here := c.closeness(set)
	for k, e := range c.desk.evidence {
		if slices.Contains(set, e) || c.shared(e) < closeCopied {
			continue
		}
		e.open()
		if one := c.desk.evidence[k : k+1]; c.closeness(one) >= max(closeCopied, here+closerBy) {
			if f := c.judge(one); f.found() {
				return f
			}
		}
	}
	return fault{}
}

// ranked returns the passages by how many of the sentence's words stand in them,
// without those that have too few to hold it.
func (c *checking) ranked() []*evidence {
	var list []*evidence
	score := make([]float64, len(c.desk.evidence))
	for i, e := range c.desk.evidence {
		if score[i] = c.shared(e); score[i] >= fewShared {
			list = append(list, e)
		}
	}
	slices.SortStableFunc(list, func(a, b *evidence) int { return cmp.Compare(score[b.index], score[a.index]) })
	return list
}

// fewShared is the share of its words without which a sentence is not compared
// with a passage that it does not name: less than half of movedFloor, as names
// and numbers may stand there in other forms.
const fewShared = .15

// shared is the share of the sentence's words that stand in e, which need not be
// open; numbers, which have many forms, are left out.
func (c *checking) shared(e *evidence) float64 {
	held, total := 0, 0
	for i, t := range c.said.tokens {
		if !c.counts(i) || t.number >= 0 {
			continue
		}
		total++
		if e.ids[t.id] || e.title[t.id] {
			held++
		}
	}
	if total == 0 {
		return 1
	}
	return float64(held) / float64(total)
}

// manyMarks bounds the markers of a sentence that are combined.
const manyMarks = 5

// named returns the sets that the markers mean, best first: each two of them,
// and each with another passage of its article.
func (c *checking) named(marks []int) iter.Seq[[]*evidence] {
	var list []*evidence
	for _, m := range marks[:min(len(marks), manyMarks)] {
		if m < len(c.desk.evidence) {
			list = append(list, c.desk.evidence[m].open())
		}
	}
	var sets [][]*evidence
	for i, a := range list {
		for _, b := range list[i+1:] {
			sets = append(sets, []*evidence{a, b})
		}
	}
	slices.SortStableFunc(sets, func(a, b []*evidence) int { return cmp.Compare(c.support(b), c.support(a)) })
	for _, a := range list {
		sets = append(sets, []*evidence{a})
	}
	return func(yield func([]*evidence) bool) {
		for _, set := range sets {
			if !yield(set) {
				return
			}
		}
		for _, set := range c.siblings(list) { // not opened before they are needed
			if !yield(set) {
				return
			}
		}
	}
}

// siblings returns each passage with each other one of the same article.
func (c *checking) siblings(list []*evidence) [][]*evidence {
	var sets [][]*evidence
	for _, a := range list {
		for _, b := range c.desk.evidence {
			if a != b && a.passage.ArticleID != "" && a.passage.ArticleID == b.passage.ArticleID && len(sets) < manyMarks {
				sets = append(sets, []*evidence{a, b.open()})
			}
		}
	}
	return sets
}

// candidates is the number of best passages that a sentence may be moved to.
const candidates = 3

// moved looks for passages that hold the sentence though it did not name them.
func (c *checking) moved(ranked []*evidence, marks []int) ([]*evidence, fault) {
	ranked = ranked[:min(len(ranked), candidates)]
	best := 0.
	for _, e := range ranked {
		best = max(best, c.support([]*evidence{e.open()}))
	}
	var sets [][]*evidence
	for _, e := range ranked {
		sets = append(sets, []*evidence{e})
	}
	for i, a := range ranked {
		for _, b := range ranked[i+1:] {
			sets = append(sets, []*evidence{a, b})
		}
	}
	var first fault
	for _, set := range sets {
		f := c.judge(set)
		if s := c.support(set); !f.found() && (s < movedFloor || s < movedShare*best) {
			f = fault{ReasonUnsupported, c.said.raw}
		}
		if !f.found() && c.closeness(set) >= c.closenessOf(marks) {
			return c.fewest(set), fault{}
		}
		first = cmp.Or(first, f)
	}
	return nil, cmp.Or(first, fault{ReasonUnsupported, c.said.raw})
}

// closenessOf is the closeness to the passages that were named: a sentence that
// departs from one of them is not moved to one that it has less to do with.
func (c *checking) closenessOf(marks []int) float64 {
	best := 0.
	for _, m := range marks {
		if m < len(c.desk.evidence) {
			c.desk.evidence[m].open()
			best = max(best, c.closeness(c.desk.evidence[m:m+1]))
		}
	}
	return best
}

// littleLess is the support that the second passage of a set has to add.
const littleLess = .1

// fewest leaves out a passage of the set that adds little.
func (c *checking) fewest(set []*evidence) []*evidence {
	if len(set) < 2 {
		return set
	}
	whole := c.support(set)
	for k := range set {
		one := set[k : k+1]
		if c.support(one) >= whole-littleLess && !c.judge(one).found() {
			return one
		}
	}
	return set
}
