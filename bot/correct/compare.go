package correct

import (
	"slices"
	"strings"

	"newsdesk/bot/cite"
	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// Compare says what became of quotes of the version before in the version after,
// in the order of cited, one Change at most for each. There is none for a quote
// that still stands there, be it in another place or in other typography.
//
// The zero Article as after says that the outlet took the article down. A quote
// that does not stand where it should in before gives no Change, since nothing
// can be said of it. Safe for concurrent use; nothing is changed.
func Compare(before, after corpus.Article, cited []Cited) []Change {
	c := comparison{old: read(before), fresh: read(after)}
	var out []Change
	for i, quoted := range cited {
		if !quoted.stands(before.Text) {
			continue
		}
		change, changed := c.change(quoted)
		if !changed {
			continue
		}
		change.Cited, change.Material = i, change.Kind.Material()
		change.Old = stretch(before.Text, text.Span{Start: quoted.Start, End: quoted.End})
		out = append(out, change)
	}
	return out
}

// stands reports whether the quote is at its place in raw.
func (c Cited) stands(raw string) bool {
	return c.Start >= 0 && c.Start < c.End && c.End <= len(raw) && raw[c.Start:c.End] == c.Quote
}

// comparison holds both versions of an article.
type comparison struct{ old, fresh *reading }

// piece is the part of a quote that lies in one sentence of the old text.
type piece struct {
	sentence *sentence
	tokens   []token
	// found is the index of the sentence of the new text that says the same, or
	// -1.
	found int
	// near is the place in the new text that comes nearest, if any does.
	near     ranked
	nearby   bool
	possible []ranked
}

func (c *comparison) change(quoted Cited) (Change, bool) {
	if c.fresh.article.Text == "" {
		return Change{Kind: Withdrawn}, true
	}
	pieces := c.pieces(quoted)
	var worst Change
	changed := false
	for k := range pieces {
		if pieces[k].found >= 0 {
			continue
		}
		if one := c.judge(quoted, pieces, k); !changed || slices.Index(kinds, one.Kind) < slices.Index(kinds, worst.Kind) {
			worst, changed = one, true
		}
	}
	return worst, changed
}

// pieces cuts a quote at the sentences of the old text and looks for each in the
// new one. What lies between sentences says nothing.
func (c *comparison) pieces(quoted Cited) []piece {
	quote := text.Span{Start: quoted.Start, End: quoted.End}
	var out []piece
	for i := range c.old.sentences {
		s := &c.old.sentences[i]
		if s.End <= quote.Start || s.Start >= quote.End {
			continue
		}
		p := piece{sentence: s, tokens: inside(s.tokens, quote), found: c.fresh.find(s)}
		if p.found < 0 {
			p.possible = c.fresh.rank(p.tokens)
			if len(p.possible) > 0 && p.possible[0].shared >= nearEnough {
				p.near, p.nearby = p.possible[0], true
			}
		}
		out = append(out, p)
	}
	return out
}

// find returns the first sentence that says what an old one said, or -1. A note
// is no place for it, unless it stood in one before.
func (r *reading) find(old *sentence) int {
	return slices.IndexFunc(r.sentences, func(s sentence) bool { return s.plain == old.plain && (old.note || !s.note) })
}

// judge says what became of piece k, which is not found in the new text.
func (c *comparison) judge(quoted Cited, pieces []piece, k int) Change {
	p := pieces[k]
	claim := c.claim(quoted)
	if !p.nearby {
		return c.elsewhere(claim, p, Change{Kind: QuoteGone})
	}
	change := Change{New: c.fresh.stretch(p.near.place)}
	found := differences(p.tokens, p.sentence.tokens, c.fresh.tokens(p.near.place))
	verdict := c.check(claim.text, c.fresh, c.places(pieces, k))
	told := c.told(quoted, claim, found, verdict)
	switch {
	case len(told) > 0:
		change.Values = values(c.old.article.Text, c.fresh.article.Text, told)
		change.Kind = gravest(change.Values)
		return change
	case exchanged(p.tokens, c.fresh.tokens(p.near.place)):
		change.Kind = Reversed
		return change
	case graver(c.old.language, claim.text, p.sentence.In(c.old.article.Text), change.New.Text):
		change.Kind = QuoteGone
		return change
	case verdict == held, claim.is == quotes && len(found) > 0 && isValue(verdict), p.keeps(verdict, c.fresh.tokens(p.near.place)),
		strange[verdict] && mended(c.old.language, p.tokens, c.fresh.tokens(p.near.place)):
		change.Kind = Reworded
		return change
	}
	change.Kind = QuoteGone
	if reversals[verdict] {
		change.Kind = Reversed
	}
	return c.elsewhere(claim, p, change)
}

// keeps reports whether all facts of the piece of which the verdict complains
// stand among the tokens, in another form than bot/cite knows: "12 miles" as "19
// kilometres".
func (p piece) keeps(verdict string, tokens []token) bool {
	for _, t := range p.tokens {
		if t.fact != nil && reasonOf[t.fact.kind] == verdict && !t.fact.among(tokens) {
			return false
		}
	}
	return isValue(verdict)
}

// told returns the differences of which our sentence says the old value. One that
// the sentence only leans on ("nearly 20" of 19) counts when the sentence does
// not hold for it any more. One that it says is none when it holds all the same,
// the value having another form ("six in ten" for 60 per cent); but a number of
// the same unit is always another, be it that "at least 12" is true of 15.
func (c *comparison) told(quoted Cited, claim claim, found []difference, verdict string) []difference {
	ours := tokensOf(text.For(text.Detect(quoted.Sentence)), quoted.Sentence, c.old.article.Published)
	var said []difference
	for _, d := range found {
		if d.was.among(ours) || d.was.kind == NameChanged && c.names(quoted.Sentence, d.was) {
			said = append(said, d)
		}
	}
	if verdict == held {
		return slices.DeleteFunc(said, func(d difference) bool { return !d.plain() })
	}
	if len(said) == 0 && claim.is == ownWords {
		return slices.DeleteFunc(found, func(d difference) bool { return reasonOf[d.was.kind] != verdict })
	}
	return said
}

// names reports whether a sentence of ours, which may be in another language or
// script, names what f does. Where the scripts differ it is taken to.
func (c *comparison) names(sentence string, f *fact) bool {
	for _, w := range text.For("").Words(sentence) {
		if slices.Contains(f.words, w.Norm) {
			return true
		}
	}
	return latin(sentence) != latin(f.raw)
}

// latin reports whether the first letter of s is one of Latin script.
func latin(s string) bool {
	tag := text.Detect(s)
	return tag == "en" || tag == "de" || tag == "es"
}

var reasonOf = map[Kind]string{NumberChanged: cite.ReasonNumber, NameChanged: cite.ReasonName, DateChanged: cite.ReasonDate}

func isValue(verdict string) bool {
	return verdict == cite.ReasonNumber || verdict == cite.ReasonName || verdict == cite.ReasonDate
}

// strange are the reasons of bot/cite that mean no more than that it does not know
// a word.
var strange = map[string]bool{cite.ReasonAdded: true, cite.ReasonUnsupported: true}

// reversals are the reasons of bot/cite that mean that the opposite is said.
var reversals = map[string]bool{cite.ReasonNegation: true, cite.ReasonContrary: true, cite.ReasonRole: true}

// values gives differences out.
func values(old, fresh string, list []difference) []Value {
	var out []Value
	for _, d := range list {
		out = append(out, Value{d.was.kind, stretch(old, d.was.Span), stretch(fresh, d.now.Span)})
	}
	return out
}

func gravest(list []Value) Kind {
	best := list[0].Kind
	for _, v := range list {
		if slices.Index(kinds, v.Kind) < slices.Index(kinds, best) {
			best = v.Kind
		}
	}
	return best
}

// elsewhere makes a change Reworded if the new text still holds the claim outside
// of the place that comes nearest to the piece.
func (c *comparison) elsewhere(claim claim, p piece, change Change) Change {
	tried := 0
	for _, r := range p.possible {
		if p.nearby && r.from < p.near.to && p.near.from < r.to {
			continue
		}
		if tried++; tried > maxElsewhere {
			break
		}
		if around := c.fresh.around(r.place); c.check(claim.text, c.fresh, []place{around}) == held {
			return Change{Kind: Reworded, New: c.fresh.stretch(r.place)}
		}
	}
	return change
}

// maxElsewhere is the number of other places that are looked at.
const maxElsewhere = 5

// around is a place with the sentence before it and the one behind, if they go
// with it.
func (r *reading) around(p place) place {
	if p.from > 0 && r.joined(p.from-1, p.to) {
		p.from--
	}
	if p.to < len(r.sentences) && r.joined(p.from, p.to+1) {
		p.to++
	}
	return p
}

// What a claim is: our sentence, or where the old version alone does not hold
// that (other articles do too, or it is in another language), the quote.
const (
	ownWords = iota
	quotes
)

type claim struct {
	text string
	is   int
}

func (c *comparison) claim(quoted Cited) claim {
	if strings.TrimSpace(quoted.Sentence) == "" {
		return claim{quoted.Quote, quotes}
	}
	var all []place
	for i, s := range c.old.sentences {
		if s.End > quoted.Start && s.Start < quoted.End {
			all = append(all, place{i, i + 1})
		}
	}
	if len(all) > 0 {
		all = []place{c.old.around(place{all[0].from, all[len(all)-1].to})}
	}
	if c.check(quoted.Sentence, c.old, all) == held {
		return claim{quoted.Sentence, ownWords}
	}
	return claim{quoted.Quote, quotes}
}

// places are where the new text says the pieces of a quote, that of piece k
// first.
func (c *comparison) places(pieces []piece, k int) []place {
	out := []place{pieces[k].near.place}
	for i, p := range pieces {
		switch {
		case i == k:
		case p.found >= 0:
			out = append(out, place{p.found, p.found + 1})
		case p.nearby:
			out = append(out, p.near.place)
		}
	}
	return out
}

// stretch returns the text of a place.
func (r *reading) stretch(p place) Stretch {
	return stretch(r.article.Text, text.Span{Start: r.sentences[p.from].Start, End: r.sentences[p.to-1].End})
}

// held is the verdict on a claim that some places hold; any other is the reason
// of bot/cite why they do not.
const held = ""

// check asks bot/cite whether places of a version hold a claim.
func (c *comparison) check(claim string, r *reading, places []place) string {
	var passages []retrieval.Passage
	for _, p := range places {
		s := r.stretch(p)
		passages = append(passages, retrieval.NewPassage(r.article, s.Start, s.End))
	}
	checked := cite.Check(claim, passages)
	switch {
	case len(checked.Dropped) > 0:
		return checked.Dropped[0].Reason
	case len(checked.Sentences) == 0:
		return cite.ReasonEmpty
	}
	return held
}
