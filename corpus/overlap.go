package corpus

import (
	"hash/maphash"
	"slices"
	"strings"
	"unicode"
)

const (
	// shingleWords is the length of the runs of words that two texts are
	// compared by.
	shingleWords = 5

	// sameArticle is the share of the shorter text's runs from which on two
	// texts of one outlet and date are one article.
	//
	// Measured on 5,312 real articles. Of the 376 pairs of one outlet and date,
	// four reach 0.5: two are updates of one report (0.97, 0.96), two share a
	// long background (0.54, 0.50); 372 are below, 362 of them below 0.3.
	// Of 400 articles in which each sentence was replaced by a foreign one with
	// probability 0.1, 99 % keep 0.72 or more, with 0.3, 95 % keep 0.51.
	sameArticle = 0.5
)

// overlap compares texts; its runs are comparable with one another only.
type overlap struct {
	seed maphash.Seed
}

// shingles returns the hashes of the runs of words in text, sorted, each once.
// A text of fewer words is one run.
func (o overlap) shingles(text string) []uint64 {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	n := max(1, len(words)-shingleWords+1)
	runs := make([]uint64, 0, n)
	var h maphash.Hash
	h.SetSeed(o.seed)
	for i := range n {
		h.Reset()
		for _, w := range words[i:min(i+shingleWords, len(words))] {
			h.WriteString(w)
			h.WriteByte(0)
		}
		runs = append(runs, h.Sum64())
	}
	slices.Sort(runs)
	return slices.Compact(runs)
}

// share returns how many of the smaller set's runs the other has, from 0 to 1.
// Both are sorted and not empty.
func share(a, b []uint64) float64 {
	common, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			common, i, j = common+1, i+1, j+1
		}
	}
	return float64(common) / float64(min(len(a), len(b)))
}
