package cite

import "newsdesk/corpus/text"

// Reading is a text as [Check] compares it: for whoever lays texts of several
// articles side by side by the same measure (bot/compare).
type Reading struct {
	// Terms are the words of the text in order, each whole number one term.
	Terms []Term
	// Sentences and what follows are those of package text, in order; Numbers has
	// ordinals (unit "th") and multiples ("fold") besides.
	Sentences []text.Span
	Numbers   []text.Number
	Dates     []text.Date
	Names     []text.Name
	Quotes    []text.Quotation
	read      *reading
}

// Term is one word of a Reading, or one whole number.
type Term struct {
	text.Span
	Norm string
	// Meaning is equal for words of like meaning ("killed", "dead"), else the stem;
	// of a number it is "#" and its value.
	Meaning string
	// Stop marks function words that say nothing of what follows.
	Stop bool
	// Number, Name and Date are indexes into the Reading's lists, or -1.
	Number, Name, Date int
	// Sentence is the index of its sentence; Clause counts the stretches between
	// marks such as commas, over the whole text.
	Sentence, Clause int
	// Quoted is true within quotation marks.
	Quoted bool
	// Negates marks "not" and "denied", Not of these the ones that are no verb.
	Negates, Not bool
	// Possible ("may", "unclear whether"), Planned ("plans to"), Alleged
	// ("allegedly", "accused") and Future ("will") leave open what stands by them.
	Possible, Planned, Alleged, Future bool
	// Speaks marks "said" and "according", Passive "was" and "by".
	Speaks, Passive bool
}

// Read reads s in language l. Any text may be given; an empty one gives no terms.
func Read(l *text.Language, s string) Reading {
	r := read(l, s)
	out := Reading{Sentences: r.sentences, Numbers: r.numbers, Dates: r.dates, Names: r.names, Quotes: r.quotes, read: r}
	for _, t := range r.tokens {
		out.Terms = append(out.Terms, Term{
			Span: t.Span, Norm: t.norm, Meaning: t.id, Stop: t.stop,
			Number: t.number, Name: t.name, Date: t.date,
			Sentence: t.sentence, Clause: t.clause, Quoted: t.quoted >= 0,
			Negates: t.cue&negates != 0, Not: t.cue&bareNot != 0,
			Possible: t.cue&possible != 0, Planned: t.cue&planned != 0, Alleged: t.cue&alleged != 0, Future: t.cue&future != 0,
			Speaks: t.cue&(speaks|attribute) != 0, Passive: t.cue&passive != 0,
		})
	}
	return out
}

// Bounds returns how far the truth may be from number k as it is hedged: 1 and 1
// for an exact one, 1 and 1.25 for "more than", .95 and 1.05 for "about". The
// numbers are factors.
func (r Reading) Bounds(k int) (low, high float64) {
	h := r.read.hedge(k)
	return h.low - h.nearest, h.high + h.nearest
}

// IsTitle reports whether a word, by its Norm, is what people are called besides
// their names: "mayor", "captain".
func IsTitle(norm string) bool { return words().titles[norm] }
