package digest

import (
	"cmp"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// builtIn is what wrote an item without a model.
const builtIn = "built-in"

// prose is the text of an item.
type prose struct {
	sentences []bot.Sentence
	citations []bot.Citation
	differs   *bot.Difference
	model     string
}

// clone returns a prose whose lists are its own.
func (p prose) clone() prose {
	p.sentences, p.citations = slices.Clone(p.sentences), slices.Clone(p.citations)
	return p
}

// choice is a sentence that may be said.
type choice struct {
	page     *page
	sentence sentence
	score    float64
}

// compose chooses sentences of the articles.
func (c *candidate) compose(head *page) prose {
	choices := c.choices(head)
	d := c.begun(choices, head)
	for _, x := range choices {
		if d.full() || len(d.sentences) == 0 {
			break
		}
		if !d.retells(x) && !c.quotes(x.sentence.said) {
			d.put(x)
		}
	}
	return prose{sentences: d.sentences, citations: d.citations, model: builtIn}
}

const (
	// beginnings is how many first sentences are tried for one that several outlets say,
	// and margin how much less than the best one it may be worth.
	beginnings = 4
	margin     = .15
	// ofHeadline is what it is worth that a first sentence says what the headline says.
	ofHeadline = .6
)

// begun returns a draft with its first sentence: of those that are nearly as good as the
// best one the first that several outlets say, else the best. Without any it is empty.
func (c *candidate) begun(choices []choice, head *page) *draft {
	firsts := c.firsts(choices, head)
	best, tried := newDraft(c, head), 0
	for _, x := range firsts {
		if tried == beginnings || x.score < firsts[0].score-margin && tried > 0 {
			break
		}
		d := newDraft(c, head)
		if !d.put(x) {
			continue
		}
		if tried++; len(outletsOf(d.citations)) > 1 {
			return d
		}
		if tried == 1 {
			best = d
		}
	}
	return best
}

// firsts are the sentences that an item may begin with, best first.
func (c *candidate) firsts(choices []choice, head *page) []choice {
	var out []choice
	for _, x := range choices {
		if x.begins(c, head) && !c.quotes(x.sentence.said) {
			x.score += ofHeadline * float64(common(x.sentence.stems, head.heads)) / float64(len(head.heads))
			out = append(out, x)
		}
	}
	slices.SortStableFunc(out, func(a, b choice) int { return cmp.Compare(b.score, a.score) })
	return out
}

func (d *draft) put(x choice) bool {
	return d.add(x.sentence.said+" [1]", []retrieval.Passage{x.page.passageOf(x.sentence)})
}

// begins reports whether a sentence may be the first of an item: one of the first of
// its report, about what the headline says, and no background.
func (x choice) begins(c *candidate, head *page) bool {
	least := related
	if c.update() {
		least = 1 // what is new has words of its own
	}
	return x.sentence.place < beginning && !x.sentence.past && common(x.sentence.stems, head.heads) >= least
}

// retold is the share of the words of the first sentence of another report that were
// said: both say what happened.
const retold = .25

// retells reports whether a sentence is the first of a report, and begins to tell the
// story once more.
func (d *draft) retells(x choice) bool {
	return x.sentence.place == 0 && slices.ContainsFunc(d.stems, func(s map[string]bool) bool { return likeness(s, x.sentence.stems) >= retold })
}

// quotes reports whether a sentence stands between quotation marks in one of the
// reports: it is what somebody said, and not what happened.
func (c *candidate) quotes(said string) bool {
	words := strings.TrimRight(said, ".!")
	for _, p := range c.news {
		for at := strings.Index(p.Text, words); at > 0; {
			if strings.ContainsAny(p.Text[max(0, at-3):at], "\"“‘") {
				return true
			}
			next := strings.Index(p.Text[at+1:], words)
			if next < 0 {
				break
			}
			at += 1 + next
		}
	}
	return false
}

const (
	// readSentences is how far into a report sentences are chosen, and of an update.
	readSentences = 6
	// eachPlace is what a place further down costs, beside a score of 0 to 1.
	eachPlace = .12
)

// choices are the sentences that may be said, best first: what most reports begin
// with, high up, before what only one has, far down.
func (c *candidate) choices(head *page) []choice {
	weights := c.weights()
	var out []choice
	for _, p := range c.news {
		if !sameLanguage(p.Language, head.Language) {
			continue
		}
		for _, s := range p.sentences {
			if !s.fit || s.place >= readSentences {
				continue
			}
			score := weigh(s.stems, weights) - eachPlace*float64(s.place)
			if p == head {
				score += eachPlace
			}
			out = append(out, choice{p, s, score})
		}
	}
	slices.SortStableFunc(out, func(a, b choice) int { return cmp.Compare(b.score, a.score) })
	return out
}

// weights say how many of the reports have a word in their title or first sentences.
func (c *candidate) weights() map[string]float64 {
	out := map[string]float64{}
	for _, p := range c.news {
		own := map[string]bool{}
		for w := range p.heads {
			own[w] = true
		}
		for _, s := range p.sentences[:min(len(p.sentences), beginning)] {
			for w := range s.stems {
				own[w] = true
			}
		}
		for w := range own {
			out[w] += 1 / float64(len(c.news))
		}
	}
	return out
}

// weigh is the mean weight of words.
func weigh(stems map[string]bool, weights map[string]float64) float64 {
	sum := 0.
	for w := range stems {
		sum += weights[w]
	}
	return sum / float64(max(8, len(stems)))
}
