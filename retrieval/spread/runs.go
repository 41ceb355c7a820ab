package spread

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
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
	// passages must share to be compared at all (Broder, "On the resemblance and
	// containment of documents", 1997). Passages as alike as copies have to be
	// share none in one case of ten thousand.
	sketched = 16
)

// runs are the hashes of a text's runs of words, sorted, each once.
type runs []uint64

// alike reports whether nearly all of other stands in shown, and a good part of
// shown in other.
func alike(shown, other runs) bool {
	if common(shown[:min(len(shown), sketched)], other[:min(len(other), sketched)]) == 0 {
		return false
	}
	both := float64(common(shown, other))
	return both >= within*float64(len(other)) && both >= whole*float64(len(shown))
}

// common counts what both have.
func common(a, b runs) int {
	n, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// runsOf returns the runs of a text by the hashes of its words. A text of fewer
// words is one run, one without words none.
func runsOf(words []uint64) runs {
	if len(words) == 0 {
		return nil
	}
	all := make(runs, 0, len(words))
	for i := range max(1, len(words)-runWords+1) {
		h := uint64(offset)
		for _, w := range words[i:min(i+runWords, len(words))] {
			h = mixed(h ^ w)
		}
		all = append(all, h)
	}
	slices.Sort(all)
	return slices.Compact(all)
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

// mixed is the finaliser of splitmix64 (Steele, Lea and Flood 2014): hashes of like
// words are to be far apart, as the least ones are a sample.
func mixed(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}
