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
	rlm = "\u200F" // a letter that does not show, from right to left
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

// beginsRightToLeft reports whether the first letter outside of isolates is of
// that direction: the rule by which a paragraph gets its own (P2, P3).
func beginsRightToLeft(spans []bot.Span) bool {
	depth := 0
	for _, s := range spans {
		for _, r := range s.Text {
			switch {
			case s.Own && (string(r) == lri || string(r) == fsi):
				depth++
			case s.Own && string(r) == pdi:
				depth--
			case depth > 0:
			case rightToLeft(r):
				return true
			case leftToRight(r):
				return false
			}
		}
	}
	return false
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
