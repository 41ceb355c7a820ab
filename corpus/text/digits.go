package text

import (
	"strconv"
	"strings"
)

// value reads digits, number words or a fraction; next is i where there is
// none. suffix holds letters glued to the digits.
func (r *reader) value(i int) (v float64, suffix string, next int) {
	t := r.at(i)
	switch {
	case t.word && t.digit():
		return r.digits(i)
	case t.word:
		v, next = r.fraction(i)
		if next == i {
			v, next = r.spelled(i)
		}
		return v, "", next
	}
	return 0, "", i
}

// digits reads "1,234.5", "3/4" and "2½".
func (r *reader) digits(i int) (v float64, suffix string, next int) {
	t := r.at(i)
	cut := strings.IndexFunc(t.text, func(c rune) bool { return (c < '0' || c > '9') && c != ',' && c != '.' && c != '\u202f' })
	if cut < 0 {
		cut = len(t.text)
	}
	v, ok := r.parseDigits(t.text[:cut])
	if !ok {
		return 0, "", i
	}
	if whole, end := r.spacedDigits(i); end > i {
		return whole, "", end
	}
	next = i + 1
	if r.at(next).text == "/" && r.at(next).glued && r.at(next+1).glued {
		if w := whole(r.at(next + 1).text); w > 0 && cut == len(t.text) && r.at(next+2).text != "/" {
			return v / float64(w), "", next + 2
		}
	}
	if part := vulgar(r.at(next).text); part > 0 && r.at(next).glued {
		return v + part, "", next + 1
	}
	return v, t.text[cut:], next
}

// spacedDigits reads figures with a space between thousands: "1 234 567,5".
func (r *reader) spacedDigits(i int) (v float64, next int) {
	head := r.list[i].text
	if !r.spaced || len(head) > 3 || whole(head) < 1 {
		return 0, i
	}
	digits, next := head, i+1
	for next < len(r.list) && r.isThousands(next) && len(digits) < longestSpaced {
		digits += r.list[next].text
		next++
	}
	if next == i+1 {
		return 0, i
	}
	v, ok := r.parseDigits(digits)
	if !ok {
		return 0, i
	}
	return v, next
}

// longestSpaced bounds the figures of a number that spaces part.
const longestSpaced = 24

// isThousands reports whether token i is three figures, with decimals or not,
// behind a figure and one space.
func (r *reader) isThousands(i int) bool {
	before, t := r.list[i-1], r.list[i]
	body, _, _ := strings.Cut(t.text, string(rune(r.decimal)))
	gap := t.Start - before.End
	return len(body) == 3 && whole(body) >= 0 && whole(before.text) >= 0 && gap > 0 && gap <= len("\u202f")
}

// parseDigits reads figures with marks between thousands and before decimals. A
// mark of thousands that does not stand before three digits is one of decimals,
// if it is the only mark.
func (l *Language) parseDigits(s string) (float64, bool) {
	if len(s) > 40 || strings.Count(s, string(rune(l.decimal))) > 1 {
		return 0, false
	}
	s = strings.ReplaceAll(s, "\u202f", "")
	body, decimals, hasDecimals := strings.Cut(s, string(rune(l.decimal)))
	if i := strings.LastIndexByte(body, l.group); i >= 0 && len(body)-i != 4 {
		if strings.Count(s, string(rune(l.group))) > 1 || hasDecimals {
			return 0, false
		}
		body, decimals = body[:i], body[i+1:]
	}
	body = strings.ReplaceAll(body, string(rune(l.group)), "")
	v, err := strconv.ParseFloat(body+"."+decimals, 64)
	return v, err == nil
}

// vulgar returns the value of a fraction of one sign, or 0.
func vulgar(s string) float64 {
	switch s {
	case "½":
		return 1. / 2
	case "¼":
		return 1. / 4
	case "¾":
		return 3. / 4
	case "⅓":
		return 1. / 3
	case "⅔":
		return 2. / 3
	case "⅕":
		return 1. / 5
	case "⅛":
		return 1. / 8
	}
	return 0
}
