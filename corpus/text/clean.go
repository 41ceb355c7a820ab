package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean returns s with what cannot be seen taken out and its white space made
// uniform, so that texts that look alike are alike and a quote of one is found
// in the other:
//
//   - "\r\n", "\r" and Unicode's line and paragraph separators become "\n";
//   - every other white space and every control character (tab, no-break space,
//     the remains of Windows-1252 at U+0080–U+009F) becomes a space, runs of
//     spaces become one, and none is left at the beginning or end of a line;
//   - format characters are removed: zero-width spaces, soft hyphens, byte order
//     marks, bidirectional controls, tags; only the two joiners stay where they
//     stand between letters of scripts that are written with them (Persian,
//     Hindi) or between the parts of an emoji, and so do the signs that enclose
//     digits in Arabic;
//   - bytes that are not UTF-8 become U+FFFD.
//
// Everything else is kept as it is, quotation marks and dashes too. Empty lines
// are kept. Cleaning twice changes nothing more, and a clean string is returned
// without copying.
func Clean(s string) string {
	n := cleanPrefix(s)
	if n == len(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	b.WriteString(s[:n])
	c := cleaner{out: &b, last: lastRune(s[:n])}
	rest := s[n:]
	for rest != "" {
		r, size := utf8.DecodeRuneInString(rest)
		rest = rest[size:]
		c.put(r, rest)
	}
	return b.String()
}

// Paragraphs returns the lines of s that are not empty, cleaned as [Clean]
// does. Nil if there is none.
func Paragraphs(s string) []string {
	var lines []string
	for line := range strings.SplitSeq(Clean(s), "\n") {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// cleanPrefix returns the length of a prefix of s that cleaning would keep: up
// to the space or rune before the first that needs a look. Letters, digits and
// signs of the blocks below are most of what is printed in Latin, Greek and
// Cyrillic, and the marks of typography.
func cleanPrefix(s string) int {
	last := '\n'
	start := 0
	for i, r := range s {
		if !plain(r) && !(r == ' ' && !blank(last)) && !(r == '\n' && last != ' ') {
			break
		}
		if r != ' ' {
			start = i + utf8.RuneLen(r)
		}
		last = r
	}
	return start
}

// plain reports whether r is kept as it is wherever it stands.
func plain(r rune) bool {
	return r > ' ' && r < 0x7F || r > 0xA0 && r < 0x300 && r != 0xAD ||
		r >= 0x370 && r < 0x590 || r >= 0x2010 && r < 0x2028 || r >= 0x2030 && r < 0x205F
}

func blank(r rune) bool { return r == ' ' || r == '\n' }

// lastRune is the last rune of s, or a line break at the beginning of the text.
func lastRune(s string) rune {
	if s == "" {
		return '\n'
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// cleaner writes the runes of a text that are kept. A space is held back until
// something follows it in its line.
type cleaner struct {
	out   *strings.Builder
	last  rune // the last rune written
	space bool // a space is due
}

// put takes the next rune; rest is what follows it.
func (c *cleaner) put(r rune, rest string) {
	switch {
	case r == '\r' && strings.HasPrefix(rest, "\n"):
		return
	case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
		c.space = false
		c.write('\n')
		return
	case unicode.IsSpace(r) || unicode.Is(unicode.Cc, r):
		c.space = c.last != '\n'
		return
	case unseen(r) && !c.joins(r, rest):
		return
	}
	if c.space {
		c.write(' ')
		c.space = false
	}
	c.write(r)
}

func (c *cleaner) write(r rune) {
	c.out.WriteRune(r)
	c.last = r
}

// joins reports whether r is a joiner that has something to join.
func (c *cleaner) joins(r rune, rest string) bool {
	if r != '\u200c' && r != '\u200d' || c.space {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest)
	return joined(c.last) && joined(next)
}

// joined reports whether r may stand beside a joiner: letters and marks from
// Arabic on, and symbols, but nothing of Latin, Greek, Cyrillic or Hebrew.
func joined(r rune) bool {
	return r >= 0x600 && r != utf8.RuneError &&
		(unicode.IsLetter(r) || unicode.IsMark(r) || unicode.Is(unicode.So, r) || unicode.Is(unicode.Sk, r))
}

// unseen reports whether r is a format character or a filler, which prints
// nothing. The signs before Arabic and Syriac digits are format characters that
// are printed.
func unseen(r rune) bool {
	switch {
	case r >= 0x600 && r <= 0x605, r == 0x6DD, r == 0x70F, r == 0x890, r == 0x891, r == 0x8E2:
		return false
	case r == 0x034F, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164, r == 0xFFA0:
		return true
	}
	return unicode.Is(unicode.Cf, r)
}
