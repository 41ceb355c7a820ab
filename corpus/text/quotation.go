package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Quotation is what stands between quotation marks, without them and without
// the white space at its ends. Never empty.
type Quotation struct{ Span }

// Quotations returns the quotations of s in order: inside “…”, "…", «…», »…«,
// „…“, 「…」, 『…』, in Arabic ”…“ as well, and inside ‘…’, ‚…‘ and '…' where those are quotation marks
// and no apostrophes. Of nested ones only the outermost is given. One that is
// never closed ends with its paragraph, or before the next one that is opened
// by the same mark; a single quotation mark that is never closed is taken for
// an apostrophe. Nil for a text without quotations.
func (l *Language) Quotations(s string) []Quotation {
	var list []Quotation
	for start := 0; start < len(s); {
		end := len(s)
		if n := strings.IndexByte(s[start:], '\n'); n >= 0 {
			end = start + n
		}
		q := quoter{s: s[:end], list: list, reversed: l.reversedQuotes}
		q.scan(start)
		list = q.list
		start = end + 1
	}
	return list
}

// closing are the marks that close a quotation, by the mark that opens it. A
// straight double mark is accepted where a curly one is missing.
var closing = map[rune]string{
	'"': `"”`, '“': `”"‟`, '„': `“”‟"`, '‟': `”"`, '«': `»`, '»': `«`,
	'‘': `’`, '‚': `‘’`, '\'': `'`, '「': `」`, '『': `』`,
}

// quoter finds the quotations of one paragraph, which ends where s does.
type quoter struct {
	s    string
	list []Quotation
	// reversed says that ”…“ is a quotation too.
	reversed bool
	// bare says that no single mark from here on closes anything.
	bare bool
}

// scan goes from one opening mark to the next.
func (q *quoter) scan(i int) {
	for i < len(q.s) {
		r, n := utf8.DecodeRuneInString(q.s[i:])
		if q.reversed && r == '”' && q.opens('“', i, n) {
			i = q.double('„', i+n)
			continue
		}
		if closing[r] == "" || !q.opens(r, i, n) {
			i += n
			continue
		}
		if r == '\'' || r == '‘' || r == '‚' {
			i = q.single(r, i+n)
		} else {
			i = q.double(r, i+n)
		}
	}
}

// opens reports whether the mark r at i, n bytes long, may open a quotation: no
// letter or digit stands before it, and for marks that look the same on both
// sides, no space behind it.
func (q *quoter) opens(r rune, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(q.s[:i])
	if i > 0 && isWordRune(before) && r != '「' && r != '『' && !unicode.Is(unicode.Han, before) {
		return false
	}
	after, _ := utf8.DecodeRuneInString(q.s[i+n:])
	switch r {
	case '"':
		return i+n < len(q.s) && !unicode.IsSpace(after)
	case '\'', '‘', '‚':
		return unicode.IsLetter(after) || unicode.Is(unicode.Sc, after) || unicode.IsDigit(after) && !isDecade(q.s[i+n:]) || after == '"' || after == '“'
	}
	return true
}

// isDecade reports whether s begins as "90s".
func isDecade(s string) bool {
	return len(s) > 2 && s[0] >= '0' && s[0] <= '9' && s[1] == '0' && s[2] == 's'
}

// double reads a quotation that begins at start and returns where to go on.
func (q *quoter) double(open rune, start int) int {
	depth := 0
	for i := start; i < len(q.s); {
		r, n := utf8.DecodeRuneInString(q.s[i:])
		switch {
		case strings.ContainsRune(closing[open], r) && !(r == '"' && q.reopens(i, n)):
			if depth == 0 {
				q.add(start, i)
				return i + n
			}
			depth--
		case r == open && r != '"' && (r == '「' || r == '『'):
			depth++
		case r == open && q.opens(r, i, n):
			q.add(start, i)
			return i
		}
		i += n
	}
	q.add(start, len(q.s))
	return len(q.s)
}

// reopens reports whether a straight mark at i inside a quotation opens another
// one: space before it and none behind it.
func (q *quoter) reopens(i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(q.s[:i])
	after, _ := utf8.DecodeRuneInString(q.s[i+n:])
	return unicode.IsSpace(before) && i+n < len(q.s) && isWordRune(after)
}

// single reads a quotation in single marks; where none closes it, its opening
// mark was an apostrophe.
func (q *quoter) single(open rune, start int) int {
	if q.bare {
		return start
	}
	end := -1
	for i := start; i < len(q.s); {
		r, n := utf8.DecodeRuneInString(q.s[i:])
		if end >= 0 && closing[r] != "" && q.opens(r, i, n) {
			break
		}
		if strings.ContainsRune(closing[open], r) && q.closesSingle(start, i, n) {
			end = i
			if !q.maybeOwner(i, n) {
				break
			}
		}
		i += n
	}
	if end < 0 {
		q.bare = true
		return start
	}
	q.add(start, end)
	_, n := utf8.DecodeRuneInString(q.s[end:])
	return end + n
}

// closesSingle reports whether the mark at i may close: something other than
// space before it, no letter or digit behind it.
func (q *quoter) closesSingle(start, i, n int) bool {
	before, _ := utf8.DecodeLastRuneInString(q.s[:i])
	after, _ := utf8.DecodeRuneInString(q.s[i+n:])
	return i > start && !unicode.IsSpace(before) && !(i+n < len(q.s) && isWordRune(after))
}

// maybeOwner reports whether the mark at i may be the apostrophe of a plural:
// "the workers’ rights".
func (q *quoter) maybeOwner(i, n int) bool {
	after := q.s[i+n:]
	if i == 0 || q.s[i-1] != 's' || !strings.HasPrefix(after, " ") {
		return false
	}
	r, _ := utf8.DecodeRuneInString(after[1:])
	return unicode.IsLower(r)
}

// add keeps the quotation [start, end) without white space at its ends.
func (q *quoter) add(start, end int) {
	in := strings.TrimLeftFunc(q.s[start:end], unicode.IsSpace)
	start = end - len(in)
	in = strings.TrimRightFunc(in, unicode.IsSpace)
	if in == "" {
		return
	}
	q.list = append(q.list, Quotation{Span{start, start + len(in)}})
}
