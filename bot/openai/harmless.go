package openai

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// harmless returns a stranger's text as it may stand in a prompt: on one line,
// so that none of its lines looks like one of the frame, and without what could
// end its fence, open another, be taken for a citation or for a mark of a
// model's template, or say to the model what no person sees. Words stay as they
// are, so that what a model takes from it can be found in the article.
func harmless(text string) string { return withoutMarks(seen(text)) }

// seen is text on one line, of characters that are seen, with angles of all
// sorts made round.
func seen(text string) string {
	runes := []rune(strings.ToValidUTF8(text, ""))
	var b strings.Builder
	for i, r := range runes {
		switch {
		case unicode.IsSpace(r), r == brailleBlank:
			b.WriteByte(' ')
		case isJoint(r) && i > 0 && i+1 < len(runes) && isJoined(runes[i-1]) && isJoined(runes[i+1]):
			b.WriteRune(r)
		case isUnseen(r):
		default:
			b.WriteRune(round(r))
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// brailleBlank is a character without a dot: it shows as a space.
const brailleBlank = '\u2800'

// isUnseen reports whether r shows nothing, or shows what stands beside it in
// another order: controls, formats (joints, directions, tags), selectors of
// variants, fillers, private use, and what was no character at all.
func isUnseen(r rune) bool {
	return r == utf8.RuneError || unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs,
		unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isJoint reports whether r is one of the two characters that part or join the
// letters beside them, with which Persian and the languages of India are spelled.
func isJoint(r rune) bool { return r == '\u200C' || r == '\u200D' }

// isJoined reports whether r is of a script that is spelled with joints: those
// from Arabic to Balinese in the order of Unicode.
func isJoined(r rune) bool {
	return r >= 0x0600 && r < 0x1B80 && unicode.In(r, unicode.L, unicode.M)
}

// Angles: plain, fullwidth, small, single quotation marks, mathematical, technical,
// of Chinese, two ornaments, curved, and modifier letters.
const (
	opening = "<\uFF1C\uFE64\u2039\u27E8\u2329\u3008\u276E\u2770\u29FC\u02C2"
	closing = ">\uFF1E\uFE65\u203A\u27E9\u232A\u3009\u276F\u2771\u29FD\u02C3"
)

// round makes parentheses of everything that looks like the angles of a fence.
// Quotation marks of French («) and titles of Chinese (《) do not.
func round(r rune) rune {
	switch {
	case strings.ContainsRune(opening, r):
		return '('
	case strings.ContainsRune(closing, r):
		return ')'
	}
	return r
}

// Square brackets: plain, fullwidth, lenticular, white, and white of Chinese.
const (
	openSquare  = "[\uFF3B\u3010\u27E6\u301A"
	closeSquare = "]\uFF3D\u3011\u27E7\u301B"
)

// withoutMarks puts round brackets in the place of square ones, of any sort,
// around what reads as a citation or as a mark of a model's template.
func withoutMarks(text string) string {
	runes := []rune(text)
	var open []int
	for i, r := range runes {
		switch {
		case strings.ContainsRune(openSquare, r):
			open = append(open, i)
		case strings.ContainsRune(closeSquare, r) && len(open) > 0:
			from := open[len(open)-1]
			open = open[:len(open)-1]
			if isMark(runes[from+1 : i]) {
				runes[from], runes[i] = '(', ')'
			}
		}
	}
	return string(runes)
}

// isMark reports whether what stands in square brackets is a citation, which has
// a digit ([2], 【4】, [source: 3]), or a mark of a template, which is one word with
// three capitals in a row ([INST], [gMASK], [/TOOL_CALLS]). What an editor puts
// into a quotation ([the mayor]) is neither.
func isMark(inside []rune) bool {
	capitals, longest, spaces := 0, 0, false
	for _, r := range inside {
		if unicode.IsNumber(r) {
			return true
		}
		spaces = spaces || r == ' '
		if capitals++; r < 'A' || r > 'Z' {
			capitals = 0
		}
		longest = max(longest, capitals)
	}
	return longest >= 3 && !spaces
}

// bounded returns at most n characters of a harmless text.
func bounded(text string, n int) string {
	runes := []rune(seen(text))
	if len(runes) > n {
		runes = append(runes[:n:n], '…')
	}
	return withoutMarks(string(runes))
}

// attribute is text that stands between double quotes.
func attribute(text string, n int) string {
	return strings.ReplaceAll(bounded(text, n), `"`, "'")
}
