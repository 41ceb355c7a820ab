package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
)

// token is a word, a number or a single mark of a text; white space is none.
type token struct {
	Span
	text string
	// low is text in lower case, with straight apostrophes.
	low string
	// glued says that nothing stands between this token and the one before.
	glued bool
	// word says that there is a letter or a digit in it.
	word bool
}

// tokens cuts s by the word rules of UAX #29.
func tokens(s string) []token {
	list := make([]token, 0, len(s)/4+1)
	last := -1
	for it := words.FromString(s); it.Next(); {
		v := it.Value()
		if isSpace(v) {
			continue
		}
		list = append(list, token{
			Span: Span{it.Start(), it.End()}, text: v, low: lower(v),
			glued: last == it.Start(), word: isWord(v),
		})
		last = it.End()
	}
	return list
}

// lower returns v in lower case with straight apostrophes, v itself where that
// changes nothing.
func lower(v string) string {
	v = strings.ToLower(v)
	if strings.Contains(v, "’") {
		v = strings.ReplaceAll(v, "’", "'")
	}
	return v
}

func isSpace(v string) bool {
	r, _ := utf8.DecodeRuneInString(v)
	return unicode.IsSpace(r)
}

// isWord reports whether v holds a letter or a digit.
func isWord(v string) bool {
	for i := 0; i < len(v); i++ {
		c := v[i]
		if c >= utf8.RuneSelf {
			return strings.IndexFunc(v[i:], isWordRune) >= 0
		}
		if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
			return true
		}
	}
	return false
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// digit reports whether the token begins with a decimal digit of ASCII.
func (t token) digit() bool { return t.text[0] >= '0' && t.text[0] <= '9' }

// capital reports whether the token begins with an upper-case letter.
func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return unicode.IsUpper(r)
}

// dash reports whether the token is a hyphen or a dash.
func (t token) dash() bool {
	switch t.text {
	case "-", "–", "—", "‐", "‑", "−":
		return true
	}
	return false
}

// reader reads a list of tokens of one text.
type reader struct {
	*Language
	list []token
	// dated marks tokens that are parts of dates.
	dated []bool
	// loose says that small letters do for the names of months and days.
	loose bool
}

// at returns token i; an empty one with the text " " beyond either end.
func (r *reader) at(i int) token {
	if i < 0 || i >= len(r.list) {
		return token{text: " ", low: " "}
	}
	return r.list[i]
}

// span covers the tokens [i, j).
func (r *reader) span(i, j int) Span { return Span{r.list[i].Start, r.list[j-1].End} }
