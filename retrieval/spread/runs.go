package spread

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// Looked at over the evaluation's corpus, with every fourth of its 5,312 titles as a
// question and the first 30 hits of each: of two passages of different articles, at
// least half of the second's runs stand in the first in 445 pairs. 344 of them are
// below .8: mostly common quotations, and reprints cut at another place, of which
// each says something of its own. Of the 101 above, 56 are taken for copies, and are:
// agency texts and reprints, some with a caption less. The other 45 have a sentence,
// a number, a name or a caption more.
const (
	// runWords is the length of the runs of words by which texts are compared.
	runWords = 3
	// within is the share of a copy's runs that the shown passage has at least.
	within = .8
	// whole is the share of the shown passage's runs that a copy has at least: a
	// copy of one sentence does not say what the passage says.
	whole = .5
	// sketched is the number of runs, those of the least hashes, one of which two
	// passages must share to be compared at all (Broder 1997, as in [text.Runs]).
	// Passages as alike as copies have to be share none in one case of ten thousand.
	sketched = 16
)

// alike reports whether nearly all of other stands in shown, and a good part of
// shown in other.
func alike(shown, other text.Runs) bool {
	if shown[:min(len(shown), sketched)].Common(other[:min(len(other), sketched)]) == 0 {
		return false
	}
	both := float64(shown.Common(other))
	return both >= within*float64(len(other)) && both >= whole*float64(len(shown))
}

// The constants of FNV-1a in 64 bits.
const (
	offset = 14695981039346656037
	prime  = 1099511628211
)

// hashes returns a hash for each word of s, and again those of words with a digit.
// Case, marks and white space do not count: an apostrophe belongs to its word, and a
// sign of a script without spaces is a word.
func hashes(s string) (words, figures []uint64) {
	r := reader{words: make([]uint64, 0, len(s)/5)}
	for _, letter := range s {
		r.take(letter)
	}
	r.end()
	return r.words, r.figures
}

// reader cuts a text into the hashes of its words.
type reader struct {
	words, figures []uint64
	hash           uint64 // of the word that was begun, 0 for none
	digit          bool   // whether it has one
}

func (r *reader) take(letter rune) {
	switch {
	case letter < utf8.RuneSelf:
		letter = ascii[letter]
	case alone(letter):
		r.end()
		r.add(letter)
		letter = gap
	default:
		letter = folded(letter)
	}
	switch letter {
	case gap:
		r.end()
	case mute:
	default:
		r.add(letter)
	}
}

func (r *reader) add(letter rune) {
	if r.hash == 0 {
		r.hash = offset
	}
	r.hash = (r.hash ^ uint64(letter)) * prime
	r.digit = r.digit || letter <= '9' || letter >= utf8.RuneSelf && strings.ContainsRune(hanDigits, letter)
}

// hanDigits are signs of which Chinese and Japanese numbers are made.
const hanDigits = "〇零一二两三四五六七八九十百千万亿億"

// end ends the word, if one was begun.
func (r *reader) end() {
	if r.hash == 0 {
		return
	}
	r.words = append(r.words, r.hash)
	if r.digit {
		r.figures = append(r.figures, r.hash)
	}
	r.hash, r.digit = 0, false
}

// What is no letter or digit: gap parts words, mute does not.
const (
	gap  = 0
	mute = 1
)

// ascii is folded for ASCII, which nearly all letters of most texts are.
var ascii = func() (table [utf8.RuneSelf]rune) {
	for r := range table {
		table[r] = folded(rune(r))
	}
	return table
}()

// folded returns the small letter, or what else r is.
func folded(r rune) rune {
	switch {
	case unicode.IsLetter(r) || unicode.IsNumber(r):
		return unicode.ToLower(r)
	case r == '\'' || r == '’':
		return mute
	}
	return gap
}

// alone reports whether r is a sign of a script that is written without spaces.
func alone(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai,
		unicode.Lao, unicode.Khmer, unicode.Myanmar)
}
