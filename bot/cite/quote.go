package cite

import (
	"strings"

	"newsdesk/corpus/text"
)

// quote is a stretch of a passage's text.
type quote struct {
	from *evidence
	text.Span
}

// quotesEach is the number of quotes that one sentence has at most.
const quotesEach = 2

// secondGain is the worth (see worth) that a second quote of the same passage
// has to add: a number or a name.
const secondGain = 3

// quotes cuts the quotes for a sentence that the set holds: the best of each
// passage, and a second one where a single passage says it in two places.
func (c *checking) quotes(set []*evidence) []quote {
	covered := make([]bool, len(c.said.tokens))
	var out []quote
	for _, e := range set {
		if q, _, ok := c.bestQuote(e, covered); ok {
			out = append(out, q)
			c.cover(q, covered)
		}
	}
	if len(set) == 1 && len(out) == 1 {
		if q, gain, ok := c.bestQuote(set[0], covered); ok && gain >= secondGain && apart(q, out[0]) {
			out = append(out, q)
		}
	}
	return out[:min(len(out), quotesEach)]
}

func apart(a, b quote) bool { return a.End <= b.Start || b.End <= a.Start }

// cover marks the tokens of the sentence that a quote holds.
func (c *checking) cover(q quote, covered []bool) {
	in := idsIn(q)
	for i, t := range c.said.tokens {
		covered[i] = covered[i] || in[t.id]
	}
}

// idsIn returns the meanings of the words of a quote.
func idsIn(q quote) map[string]bool {
	in := map[string]bool{}
	for _, t := range q.from.read.tokens {
		if t.Start >= q.Start && t.End <= q.End {
			in[t.id] = true
		}
	}
	return in
}

// worth is what it is worth that a quote holds token i of the sentence.
func (c *checking) worth(i int) float64 {
	t := c.said.tokens[i]
	switch {
	case c.outlet[i] || t.stop:
		return 0
	case t.number >= 0 || t.name >= 0 || t.date >= 0:
		return 3
	case t.quoted >= 0:
		return 2
	}
	return 1
}

// wordCost is what each word of a quote costs, so that a second sentence has to
// hold something.
const wordCost = .04

// window is a stretch of a passage that may be quoted: one sentence, or two of
// one paragraph.
type window struct {
	text.Span
	// first and last are the sentences in it.
	first, last int
	words       int
	ids         map[string]bool
	spoken      string
}

// windows returns all that may be quoted of a passage. Sentences of more than
// QuoteWords words are among them; what of them is quoted depends on the claim.
// They are cut when first asked for: most passages are not quoted.
func (e *evidence) windows() []window {
	if e.cut != nil {
		return e.cut
	}
	for k, s := range e.read.sentences {
		e.cut = append(e.cut, e.window(s, k, k))
		if k+1 < len(e.read.sentences) && e.read.joins(k) {
			e.cut = append(e.cut, e.window(text.Span{Start: s.Start, End: e.read.sentences[k+1].End}, k, k+1))
		}
	}
	return e.cut
}

func (e *evidence) window(span text.Span, first, last int) window {
	s := span.In(e.read.raw)
	return window{span, first, last, countWords(s), idsIn(quote{e, span}), spoken(s)}
}

// bestQuote returns the quote of e that holds most of what is not covered yet,
// with what it adds. Of equal ones the first.
func (c *checking) bestQuote(e *evidence, covered []bool) (quote, float64, bool) {
	paired := c.pairedSentences(e)
	var best window
	var gain, score float64
	found := false
	for _, w := range e.windows() {
		bonus := paired[w.first]
		if w.last != w.first {
			bonus += paired[w.last]
		}
		g := c.gain(w.ids, w.spoken, covered)
		if s := g + bonus - wordCost*float64(w.words); !found || s > score {
			best, gain, score, found = w, g, s, true
		}
	}
	if !found {
		return quote{}, 0, false
	}
	q, ok := c.bounded(quote{e, best.Span})
	return q, gain, ok
}

// gain is what words are worth beyond what is covered.
func (c *checking) gain(in map[string]bool, words string, covered []bool) float64 {
	sum := 0.
	for i, t := range c.said.tokens {
		if !covered[i] && in[t.id] {
			sum += c.worth(i)
		}
	}
	for _, said := range c.said.quotes {
		if holdsWords(words, spoken(said.In(c.said.raw))) {
			sum += secondGain
		}
	}
	return sum
}

// pairedSentences weighs the sentences of e by the pairs that lie in them: a
// word that stands in its place is worth more than the same word elsewhere.
func (c *checking) pairedSentences(e *evidence) map[int]float64 {
	out := map[int]float64{}
	for _, part := range c.parts(e) {
		for _, p := range part.pairs {
			if c.said.tokens[p.i].content() {
				out[e.read.tokens[p.j].sentence] += .5
			}
		}
	}
	return out
}

// joins reports whether sentences k and k+1 stand in one paragraph and make a
// quote together.
func (r *reading) joins(k int) bool {
	a, b := r.sentences[k], r.sentences[k+1]
	if strings.Contains(r.raw[a.End:b.Start], "\n") {
		return false
	}
	whole := r.raw[a.Start:b.End]
	return countWords(whole) <= QuoteWords && len(text.For("").Sentences(whole)) <= QuoteSentences
}

// countWords counts the words of s by whichever rule finds more.
func countWords(s string) int {
	return max(len(strings.Fields(s)), len(text.For("").Words(s)))
}

// bounded cuts a quote of one sentence that is too long to the QuoteWords
// words that hold most of the claim; ok is false if nothing is left.
func (c *checking) bounded(q quote) (quote, bool) {
	if countWords(q.In(q.from.read.raw)) <= QuoteWords {
		return q, true
	}
	list := text.For("").Words(q.In(q.from.read.raw))
	best, score := -1, -1.
	none := make([]bool, len(c.said.tokens))
	for from := 0; from+trimmedWords <= len(list); from += trimStep {
		part := quote{q.from, text.Span{Start: q.Start + list[from].Start, End: q.Start + list[from+trimmedWords-1].End}}
		if g := c.gain(idsIn(part), spoken(part.In(q.from.read.raw)), none); g > score && countWords(part.In(q.from.read.raw)) <= QuoteWords {
			best, score = from, g
		}
	}
	if best < 0 {
		return quote{}, false
	}
	return quote{q.from, text.Span{Start: q.Start + list[best].Start, End: q.Start + list[best+trimmedWords-1].End}}, true
}

// A long sentence is cut to trimmedWords words, fewer than QuoteWords, as marks
// that stand alone may count as words elsewhere; the cut is tried at every
// trimStep-th word.
const (
	trimmedWords = 50
	trimStep     = 3
)
