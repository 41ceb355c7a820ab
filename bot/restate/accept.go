package restate

import (
	"strings"
	"unicode"

	"newsdesk/bot"
	"newsdesk/corpus/text"
)

// longestText is the length in bytes of a question that a model may write: twice
// that of a long one.
const longestText = 300

// Accept returns what a model wrote as the whole of a question, trimmed, and
// whether it may be used: it is one line of at most 300 bytes that ends in a
// question mark, and each of its names and figures stands in the question or in
// the turns. A model that knows more than it was told is not asked.
func Accept(written, question string, turns []bot.Turn) (whole string, ok bool) {
	whole, ok = OneQuestion(written)
	if !ok {
		return "", false
	}
	known := question
	for _, t := range turns {
		known += "\n" + t.Question + "\n" + t.Answer
	}
	return whole, addsNothing(whole, known)
}

// OneQuestion returns a text trimmed, and whether it is one question in one line
// of at most 300 bytes: what may be looked at where names are written in another
// script than those of the question.
func OneQuestion(written string) (question string, ok bool) {
	question = strings.Trim(strings.TrimSpace(written), `"“”`)
	if question == "" || len(question) > longestText || strings.ContainsAny(question, "\n\r") || strings.Contains(question, "://") {
		return "", false
	}
	ends := strings.HasSuffix(question, "?") || strings.HasSuffix(question, "？") || strings.HasSuffix(question, "؟")
	return question, ends && strings.ContainsFunc(question, unicode.IsLetter)
}

// addsNothing reports whether the names and figures of s stand in known.
func addsNothing(s, known string) bool {
	l := text.For(text.Detect(s))
	held := map[string]bool{}
	for _, w := range l.Words(known) {
		held[w.Norm] = true
	}
	for _, w := range l.Words(s) {
		if strings.ContainsFunc(w.Norm, unicode.IsDigit) && !held[w.Norm] {
			return false
		}
	}
	for _, n := range l.Names(s) {
		for _, w := range l.Words(n.Text) {
			if !held[w.Norm] && !l.IsStop(w.Norm) {
				return false
			}
		}
	}
	return addsNoAmount(l, s, known)
}

// addsNoAmount reports whether the amounts of s, also in words, are those of
// known.
func addsNoAmount(l *text.Language, s, known string) bool {
	values := map[float64]bool{}
	for _, n := range l.Numbers(known) {
		values[n.Value] = true
	}
	for _, n := range l.Numbers(s) {
		if !values[n.Value] {
			return false
		}
	}
	return true
}
