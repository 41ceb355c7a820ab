// Package restate makes whole questions of those that lean on what was said
// before: "why?", "and in Solana?", "who is she?", "what did Radio Solana say?".
//
// # Design
//
// [Rules] works without a model and is pure. It looks at one question and the
// turns before it and knows three ways in which a question leans:
//
//   - It is cut short ("why?", "and on Tuesday?", "what about Esk?"): the last
//     question is asked again with the new piece in the place of the old one of
//     its sort (ellipsis.go). Who or what did it is then left out: "who signed the
//     treaty", "when?" is "when was the treaty signed" (doer.go).
//   - It asks for another outlet's account: the last question is asked of that
//     outlet (ellipsis.go).
//   - It has a pronoun that nothing in it explains: "he" and "she" are the last
//     person that was named, in a question or in its answer; "it" and "they" are
//     what the last question was about (pronoun.go, topic.go).
//
// Everything else stands by itself and is left alone: a question that is
// restated wrongly is worse than one that is not found. Words are those of
// English and German (words.go).
//
// A model may restate better. [Accept] says whether what it wrote can be used:
// one question which brings in no name and no number of its own.
package restate

import (
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus/text"
)

// Rules returns question as a whole question, and whether it leans on the
// turns. Turns are oldest first; a turn may lack its question or its answer.
// Outlets are the names by which the corpus knows its outlets. A question that
// stands by itself, or for which nothing fitting was said before, is returned
// as it is with false. Safe for concurrent use.
func Rules(question string, turns []bot.Turn, outlets []string) (whole string, leans bool) {
	r := newReader(question, turns, outlets)
	if r == nil {
		return question, false
	}
	for _, way := range []func() string{r.bare, r.howMany, r.outlet, r.piece, r.pronouns} {
		if whole := way(); whole != "" {
			return whole, true
		}
	}
	return question, false
}

// reader is one question with what was said before it.
type reader struct {
	words    words
	language *text.Language
	// rest is the question without "and" before it; tokens are its words.
	rest   string
	joined bool
	tokens []text.Word
	// last is the last question that was asked; empty where only answers are known.
	last    sentence
	turns   []bot.Turn
	outlets []string
}

// sentence is a question with its words.
type sentence struct {
	text   string
	tokens []text.Word
}

// newReader returns nil where there is nothing to lean on or to read.
func newReader(question string, turns []bot.Turn, outlets []string) *reader {
	if len(turns) == 0 {
		return nil
	}
	tag := text.Detect(question)
	r := &reader{language: text.For(tag), words: wordsOf(tag), turns: turns, outlets: outlets}
	r.rest, r.joined = r.withoutJoint(strings.TrimSpace(question))
	r.tokens = r.language.Words(r.rest)
	if len(r.tokens) == 0 || len(r.tokens) > longest {
		return nil
	}
	for i := len(turns) - 1; i >= 0 && r.last.text == ""; i-- {
		r.last = r.read(turns[i].Question)
	}
	return r
}

// longest is the number of words from which on a question is taken to stand by
// itself: those that lean are short.
const longest = 25

// read returns a question without a joint before it, with its words.
func (r *reader) read(question string) sentence {
	plain, _ := r.withoutJoint(strings.TrimSpace(question))
	return sentence{plain, r.language.Words(plain)}
}

// withoutJoint cuts off "and", "but", "ok, so".
func (r *reader) withoutJoint(question string) (string, bool) {
	joined := false
	for {
		tokens := r.language.Words(question)
		if len(tokens) < 2 || !r.words.joints[tokens[0].Norm] {
			return question, joined
		}
		question, joined = question[tokens[1].Start:], true
	}
}

// norm returns the i-th word of the question, "" outside of it.
func (r *reader) norm(i int) string { return normAt(r.tokens, i) }

func normAt(tokens []text.Word, i int) string {
	if i < 0 || i >= len(tokens) {
		return ""
	}
	return tokens[i].Norm
}

// capital returns s with its first letter large.
func capital(s string) string {
	for i, c := range s {
		return strings.ToUpper(string(c)) + s[i+len(string(c)):]
	}
	return s
}

// asked returns s as a question: without marks at its end but for one "?".
func asked(s string) string { return strings.TrimRight(strings.TrimSpace(s), "?.!,;: ") + "?" }
