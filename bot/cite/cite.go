// Package cite decides what a person gets to see of a generated text.
//
// # Design
//
// [Check] takes text that a generator wrote, which may hold anything, and the
// passages that the generator was shown. It returns plain sentences, each tied
// to one or two verbatim quotes, and what it dropped with the reason. It is
// pure: no clock, no I/O, equal arguments give equal results.
//
// The steps, one file each:
//
//   - clean.go makes plain lines of the text: thoughts, markup, tails such as
//     "Sources:" and control characters go.
//   - claim.go cuts the lines into sentences, reads markers such as [1, 2] and
//     takes them out.
//   - reading.go reads a sentence or a passage into tokens with numbers, dates,
//     names, quotations and cues (not, may, because, said); lexicon.go, places.go
//     and foreign.go hold the words. A passage is read when a sentence has to do
//     with it, once for a call.
//   - lead.go parts it from who reported it when.
//   - figure.go reads what package text leaves out of numbers (ordinals, doubled,
//     dozens); number.go, derive.go, date.go, name.go, speech.go and outlet.go look
//     for every number, date, name, quotation and outlet of the sentence in the
//     passages.
//   - align.go lays the sentence beside a passage and gap.go gives what differs;
//     stance.go, negation.go, swap.go, added.go, role.go and speech.go judge it.
//   - sense.go says whether the sentence is about the same as a passage.
//   - judge.go makes one verdict of that, moves markers to the passages that
//     hold the sentence, and quote.go cuts the quotes.
//
// # What is kept
//
// A sentence is kept whole or dropped whole: of "A, and B" with a wrong B nothing
// is left, for what is cut from a sentence changes what the rest says. It is kept
// if passages are found of which all of this is true:
//
//   - They are in its language, where both are long enough to tell.
//   - Each number stands there in the same unit, in whatever form ("a third" of
//     33 per cent, "six in ten" of 61), or is hedged or derived in a way that says
//     so ("nearly 20" of 19, "together" of a sum, "a year" of a total over years).
//     Nothing is hedged to more digits than stand there.
//   - Each date stands there, or is what a relative date there means on the day
//     of publication. The day of publication itself may be named beside the
//     outlet that reported.
//   - Each name stands there or in the title; countries also by their people,
//     capital or cities, bodies also by their initials. First and last name are of
//     one person, and who is called something is who is called so there.
//   - Each quotation stands there, but for white space and quotation marks, and
//     the one who is named as speaking is not another than the passage names.
//   - The outlet that is said to report is the passage's.
//   - Where the sentence runs close to the passage, it does not depart from it
//     in a not, a may, an if, a because, an all, an opposite, in who did it to whom,
//     or by words put in between. The closer a sentence is to the words of the
//     passage, the more a departure says; of a free paraphrase code can say
//     less, and these rules are silent. A sentence that was written from one
//     passage is not excused by another that it has less to do with.
//   - Enough of its words are there, or it is about the same by the word vectors
//     of retrieval/static and has facts that all stand there (see
//     checking.supported).
//
// A sentence without marker, or whose marker names a passage that does not hold
// it, is given to the passage that holds it best, or dropped.
//
// # What it cannot do
//
// It does not understand. A free paraphrase that turns the meaning around
// without a figure, name or cue is kept, and so is some of what a model adds of its
// own knowledge in general words; see the measurements in eval_test.go and
// hard_test.go. The cues are those of English, and the plainest of German,
// Spanish, Russian, Persian, Arabic and Chinese.
package cite

import (
	"newsdesk/bot"
	"newsdesk/retrieval"
)

// Bounds of what is read and returned. They make the time of a call linear in
// the text, whatever it holds.
const (
	// MaxText is the number of bytes of a text that are read; the rest is left
	// out without a word, as no answer is a tenth of it.
	MaxText = 256 << 10
	// MaxClaims is the number of sentences that are looked at.
	MaxClaims = 500
	// MaxSentences is the number of sentences that are kept.
	MaxSentences = 40
	// MaxWords is the length of a sentence in words; a longer one is dropped.
	MaxWords = 120
	// MaxPassages is the number of passages that are read; markers of later
	// ones count as missing.
	MaxPassages = 32
	// QuoteWords and QuoteSentences bound one quote.
	QuoteWords     = 60
	QuoteSentences = 2
)

// Reasons for which a sentence is dropped: the values of bot.Dropped.Reason.
const (
	ReasonNumber      = "number"      // a number or its unit
	ReasonDate        = "date"        // a date, also a relative one
	ReasonName        = "name"        // a name, or a name in another's place
	ReasonQuotation   = "quotation"   // words in quotation marks, or their speaker
	ReasonOutlet      = "outlet"      // the outlet that is said to report
	ReasonNegation    = "negation"    // a not, never or denied on one side only
	ReasonModality    = "modality"    // what may be, is planned or alleged, told as done
	ReasonCause       = "cause"       // a because that the passage does not say
	ReasonQuantity    = "quantity"    // all for most, most for some
	ReasonContrary    = "contrary"    // rose for fell, before for after
	ReasonRole        = "role"        // who did it to whom
	ReasonAdded       = "added"       // words put into the passage's own
	ReasonUnsupported = "unsupported" // too few of its words in any passage
	ReasonLanguage    = "language"    // another language than the passage's
	ReasonLink        = "link"        // an address; links come from the corpus only
	ReasonMeta        = "meta"        // about the passages or the writer, not the news
	ReasonLong        = "long"        // more than MaxWords words
	ReasonSurplus     = "surplus"     // true, but after MaxSentences others
	ReasonEmpty       = "empty"       // no words besides markers
)

// Checked is what is left of a generated text.
type Checked struct {
	// Sentences are in the order of the text, without repetitions.
	Sentences []bot.Sentence
	// Citations are numbered from 1 in the order of their first use; sentences
	// with equal quotes share one.
	Citations []bot.Citation
	// Dropped are in the order of the text. Text is plain and cut to 400 bytes,
	// Detail is the part that no passage holds; both are never shown as news.
	Dropped []bot.Dropped
}

// Check keeps of text the sentences that passages hold. Marker [n] means
// passages[n-1]. Without passages nothing is kept; an empty text gives the zero
// Checked. Any text may be given. Safe for concurrent use; text and passages
// are not changed.
func Check(text string, passages []retrieval.Passage) Checked {
	desk := newDesk(passages, languageOf(text))
	var sheet sheet
	said := claims(desk.language, text, len(desk.evidence))
	desk.expect(len(said))
	for _, c := range said {
		desk.decide(&sheet, c)
	}
	return sheet.checked()
}
