package eval

import (
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus/text"
)

// verbatim reports whether a citation's quote is what the stored article has
// there.
func (a Asked) verbatim(c bot.Citation) bool {
	stored, ok := a.Stored[c.Passage.Seq]
	return ok && c.Quote != "" && c.Start >= 0 && c.Start <= c.End && c.End <= len(stored.Text) &&
		stored.Text[c.Start:c.End] == c.Quote
}

// counts reports whether a citation counts as a quote of a fact.
func (a Asked) counts(c bot.Citation) bool {
	return a.verbatim(c) && countWords(c.Quote) <= QuoteWords && len(text.For("").Sentences(c.Quote)) <= QuoteSentences
}

// countWords counts the words of s by whichever rule finds more: white space, or
// that of UAX #29, by which hyphens part words and which knows Chinese.
func countWords(s string) int {
	return max(len(strings.Fields(s)), len(text.For("").Words(s)))
}
