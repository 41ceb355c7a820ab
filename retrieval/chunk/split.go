package chunk

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// spaceless are the scripts written without spaces between words.
var spaceless = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

// halves returns the length of s in halves of a word: two for each word that
// white space parts, or one for each letter of a spaceless script in it if
// these are more.
func halves(s string) int {
	if isPlain(s) {
		return 2 * fields(s)
	}
	n := 0
	for f := range strings.FieldsSeq(s) {
		n += max(2, letters(f))
	}
	return n
}

// isPlain reports whether s has no letter of a spaceless script for sure.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0xe0 && s[i] != 0xe2 {
			return false // U+0800 and above, but for U+2000–U+2FFF: quotes and dashes
		}
	}
	return true
}

// fields counts what white space parts, as strings.Fields does.
func fields(s string) int {
	n := 0
	for range strings.FieldsSeq(s) {
		n++
	}
	return n
}

// letters counts the letters of spaceless scripts.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if r >= 0x0e00 && unicode.In(r, spaceless...) {
			n++
		}
	}
	return n
}

// split returns the span alone where it is short enough, else pieces of it that
// are, without the white space between them.
func split(s string, span text.Span) []text.Span {
	size := halves(span.In(s))
	if size <= 2*MaxWords {
		return []text.Span{span}
	}
	atoms := atomsOf(s, span)
	count := (size + 2*MaxWords - 1) / (2 * MaxWords)
	var pieces []text.Span
	for first := 0; first < len(atoms); {
		n := cutAfter(s, atoms[first:], size/count)
		pieces = append(pieces, text.Span{Start: atoms[first].Start, End: atoms[first+n-1].End})
		first += n
		size -= halves(pieces[len(pieces)-1].In(s))
		count = max(1, (size+2*MaxWords-1)/(2*MaxWords))
	}
	return pieces
}

// atom is what is never cut: a word between white space, or one letter of a
// spaceless script with the marks behind it.
type atom struct {
	text.Span
	size int
}

// atomsOf returns the atoms of a span.
func atomsOf(s string, span text.Span) []atom {
	var atoms []atom
	at := span.Start
	for f := range strings.FieldsSeq(span.In(s)) {
		start := at + strings.Index(s[at:span.End], f)
		at = start + len(f)
		if letters(f) <= 2 {
			atoms = append(atoms, atom{text.Span{Start: start, End: at}, 2})
			continue
		}
		atoms = append(atoms, lettersOf(f, start)...)
	}
	return atoms
}

// lettersOf cuts a word of a spaceless script, which begins at start, before
// each letter of it.
func lettersOf(word string, start int) []atom {
	var atoms []atom
	last := 0
	for i, r := range word {
		if i > 0 && r >= 0x0e00 && unicode.IsLetter(r) && unicode.In(r, spaceless...) {
			atoms = append(atoms, atom{text.Span{Start: start + last, End: start + i}, 1})
			last = i
		}
	}
	return append(atoms, atom{text.Span{Start: start + last, End: start + len(word)}, 1})
}

// cutAfter returns how many atoms the first piece takes: all if they fit, else
// about want halves of a word, up to the last clause that ends within a third of
// that, and never more than MaxWords.
func cutAfter(s string, atoms []atom, want int) int {
	size, n, clause := 0, 0, 0
	for n < len(atoms) && size+atoms[n].size <= 2*MaxWords {
		size += atoms[n].size
		n++
		if size > want+want/3 {
			n--
			break
		}
		if size >= want-want/3 && endsClause(atoms[n-1].In(s)) {
			clause = n
		}
	}
	switch {
	case n == len(atoms):
		return n
	case clause > 0:
		return clause
	}
	return max(1, fit(atoms, want))
}

// fit returns how many atoms have want halves of a word between them.
func fit(atoms []atom, want int) int {
	size := 0
	for i, a := range atoms {
		if size += a.size; size > want {
			return i
		}
	}
	return len(atoms)
}

// endsClause reports whether a word ends in a mark that ends a clause.
func endsClause(word string) bool {
	r, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune(",;:—–，、；：", r)
}
