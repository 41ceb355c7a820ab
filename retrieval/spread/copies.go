package spread

import (
	"slices"
	"unicode"

	"newsdesk/retrieval"
)

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

// noted returns the hits that are copies of none before them, in their order,
// with the others as their copies. Passages of one article are no copies of each
// other, and neither are those of two outlets where q names several.
func noted(hits []retrieval.Hit, q retrieval.Query) []retrieval.Hit {
	anyOutlet := len(q.Outlets) < 2
	shown := make([]retrieval.Hit, 0, len(hits))
	prints := make([]runs, 0, len(hits))
	for _, hit := range hits {
		own := runsOf(hit.Passage.Text)
		original := func(i int) bool {
			p := shown[i].Passage
			return p.ArticleID != hit.Passage.ArticleID && (anyOutlet || p.Outlet == hit.Passage.Outlet) &&
				alike(prints[i], own) && !news(p, hit.Passage)
		}
		if at := first(len(shown), original); at >= 0 {
			shown[at].Copies = append(shown[at].Copies, hit.Passage)
			continue
		}
		shown, prints = append(shown, hit), append(prints, own)
	}
	return shown
}

// first returns the first of n that is so, -1 for none.
func first(n int, is func(i int) bool) int {
	for i := range n {
		if is(i) {
			return i
		}
	}
	return -1
}

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

// runsOf returns the runs of a text, however it is set: case, marks and white
// space do not count. A text of fewer words is one run, one without words none.
func runsOf(s string) runs {
	words := hashes(s)
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

// hashes returns a hash for each word of s. An apostrophe belongs to its word, and
// a sign of a script without spaces is a word.
func hashes(s string) []uint64 {
	list := make([]uint64, 0, len(s)/5)
	h := uint64(offset)
	for _, r := range s {
		switch {
		case alone(r):
			list, h = append(ended(list, h), (offset^uint64(r))*prime), offset
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			h = (h ^ uint64(unicode.ToLower(r))) * prime
		case r != '\'' && r != '’':
			list, h = ended(list, h), offset
		}
	}
	return ended(list, h)
}

// ended appends the hash of a word, if one was begun.
func ended(list []uint64, h uint64) []uint64 {
	if h == offset {
		return list
	}
	return append(list, h)
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
