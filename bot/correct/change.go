package correct

import (
	"newsdesk/corpus/text"
)

// Cited is a sentence of ours with one of its quotes.
type Cited struct {
	// Sentence is ours, plain, as it was sent.
	Sentence string
	// ArticleID and Seq name the version that is quoted; Start and End are bytes
	// of its text, and Quote is what stands there.
	ArticleID  string
	Seq        int64
	Start, End int
	Quote      string
}

// Kind says what a new version did to something that we cite.
type Kind string

// The kinds. All are material but Reworded.
const (
	// Withdrawn: the outlet took the article down.
	Withdrawn Kind = "withdrawn"
	// Reversed: what is quoted is denied now, or its opposite is said.
	Reversed Kind = "reversed"
	// NumberChanged, NameChanged, DateChanged: the quote has another value, and
	// our sentence says the old one.
	NumberChanged Kind = "number"
	NameChanged   Kind = "name"
	DateChanged   Kind = "date"
	// QuoteGone: the new text says it nowhere, or no longer as certain.
	QuoteGone Kind = "gone"
	// Reworded: the quote is gone, but the new text still holds our sentence.
	Reworded Kind = "reworded"
)

// kinds are in the order of their weight: of several that befall one quote the
// first is told.
var kinds = []Kind{Withdrawn, Reversed, NumberChanged, NameChanged, DateChanged, QuoteGone, Reworded}

// Material reports whether a reader of ours was told something that the article
// does not say any more.
func (k Kind) Material() bool { return k != Reworded }

// Stretch is a part of one version's text: Text is what stands at its bytes
// [Start, End). The zero Stretch is none.
type Stretch struct {
	text.Span
	Text string
}

// stretch returns the part of raw that s covers.
func stretch(raw string, s text.Span) Stretch { return Stretch{s, s.In(raw)} }

// Value is a number, name or date that changed.
type Value struct {
	// Kind is NumberChanged, NameChanged or DateChanged.
	Kind Kind
	// Was stands in the old version's text and Now in the new one's, with the
	// unit where it has one: "12 people", "15 people".
	Was, Now Stretch
}

// Change is what a new version did to one quote.
type Change struct {
	// Cited is the place of the quote in what was compared, from 0.
	Cited    int
	Kind     Kind
	Material bool
	// Old is the quote, in the old version. New is what stands in its place in
	// the new one, whole sentences, at most two; none where nothing does.
	Old, New Stretch
	// Values are those that changed and that our sentence says, in the order of
	// the old text; empty unless Kind is NumberChanged, NameChanged, DateChanged
	// or Reversed.
	Values []Value
}
