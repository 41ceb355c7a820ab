package locale

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/bidi"

	"newsdesk/bot"
)

// The marks of direction (Unicode Standard Annex 9).
const (
	lri = "\u2066" // left-to-right isolate
	fsi = "\u2068" // isolate, in the direction of its first letter
	pdi = "\u2069" // the end of an isolate
	lrm = "\u200E" // a letter that does not show, from left to right
	rlm = "\u200F" // and one from right to left
)

// Isolated puts spans of other origin, or of both directions, into an isolate
// where it is needed: always in a language from right to left, else when they
// hold letters of that direction. The marks are spans of the program's own. No
// spans, or empty ones, stay nothing.
func (t Texts) Isolated(spans ...bot.Span) []bot.Span {
	spans = merged(spans)
	if len(spans) == 0 || !t.tongue.rtl && !holdRightToLeft(spans) {
		return spans
	}
	out := append(own(fsi), spans...)
	return append(out, own(pdi)...)
}

func holdRightToLeft(spans []bot.Span) bool {
	for _, s := range spans {
		if strings.ContainsFunc(s.Text, rightToLeft) {
			return true
		}
	}
	return false
}

func rightToLeft(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.R || p.Class() == bidi.AL
}

func leftToRight(r rune) bool {
	p, _ := bidi.LookupRune(r)
	return p.Class() == bidi.L
}

// Line gives a line its direction, that of the language, with a mark before it
// where its first letter is of the other one. Clients take a paragraph's
// direction from its first letter, and not all of them pass over isolates as they
// should (P2): Chromium's dir="auto" does not. No spans stay nothing.
func (t Texts) Line(spans ...bot.Span) []bot.Span {
	spans = merged(spans)
	rtl, found := firstLetter(spans)
	switch {
	case !found && !t.tongue.rtl || found && rtl == t.tongue.rtl || len(spans) == 0:
		return spans
	case t.tongue.rtl:
		return merged(append(own(rlm), spans...))
	}
	return merged(append(own(lrm), spans...))
}

// firstLetter reports whether the first letter is one from right to left; found
// is false when there is none.
func firstLetter(spans []bot.Span) (rtl, found bool) {
	for _, s := range spans {
		for _, r := range s.Text {
			if rightToLeft(r) {
				return true, true
			}
			if leftToRight(r) {
				return false, true
			}
		}
	}
	return false, false
}

// action is a placeholder, latin a run of Latin words with what belongs to them:
// "/budget 200000", "newsdesk invite --admin", "Europe/Berlin".
var (
	action = regexp.MustCompile(`\{\{[^}]*\}\}`)
	latin  = regexp.MustCompile(`[/@-]*[A-Za-z][A-Za-z0-9_./@-]*(?: +[/@-]*[A-Za-z0-9][A-Za-z0-9_./@-]*)*`)
)

// isolateLatin puts the Latin words of a text from right to left into isolates,
// and leaves its placeholders alone.
func isolateLatin(text string) string {
	var out strings.Builder
	from := 0
	isolate := func(literal string) {
		out.WriteString(latin.ReplaceAllStringFunc(literal, func(run string) string {
			words := strings.TrimRight(run, ".-")
			return lri + words + pdi + run[len(words):]
		}))
	}
	for _, at := range action.FindAllStringIndex(text, -1) {
		isolate(text[from:at[0]])
		out.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	isolate(text[from:])
	return out.String()
}
