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

// tokens cuts s by the word rules of UAX #29, and words of clitics from what
// they lean on.
func (l *Language) tokens(s string) []token {
	list := make([]token, 0, len(s)/4+1)
	last := -1
	for it := words.FromString(s); it.Next(); {
		v := it.Value()
		if isSpace(v) {
			continue
		}
		start := it.Start()
		for n := l.clitic(v); n > 0; n = l.clitic(v) {
			list = append(list, newToken(v[:n], start, last))
			start += n
			v, last = v[n:], start
		}
		list = append(list, newToken(v, start, last))
		last = it.End()
	}
	return list
}

// newToken makes the token of v, which begins at start; last is the end of the
// one before.
func newToken(v string, start, last int) token {
	plain := figures(v)
	return token{
		Span: Span{start, start + len(v)}, text: plain, low: lower(plain),
		glued: last == start, word: isWord(v),
	}
}

// clitic returns the length of a word of one letter that is written at the
// beginning of v, if what it leans on is a word of the tables or a figure: the
// "and" of "and Monday" in Arabic. Otherwise 0.
func (l *Language) clitic(v string) int {
	if l.clitics == nil || len(v) < 3 {
		return 0
	}
	r, n := utf8.DecodeRuneInString(v)
	if !l.clitics[r] || l.known[lower(v)] {
		return 0
	}
	next, _ := utf8.DecodeRuneInString(v[n:])
	if unicode.IsDigit(next) || l.leans(v[n:]) {
		return n
	}
	return 0
}

// leans reports whether v is a word of the tables, or one with a clitic.
func (l *Language) leans(v string) bool {
	if l.known[lower(v)] {
		return true
	}
	r, n := utf8.DecodeRuneInString(v)
	return l.clitics[r] && l.known[lower(v[n:])]
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
