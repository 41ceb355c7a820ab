package corpus

import (
	"hash/maphash"
	"strings"
	"unicode"

	"newsdesk/corpus/text"
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

// shingles returns the runs of words in a text. One without words is a run of its
// own, so that two of them are the same.
func (o overlap) shingles(s string) text.Runs {
	words := strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r)
	})
	hashes := make([]uint64, max(1, len(words)))
	for i, w := range words {
		hashes[i] = maphash.String(o.seed, w)
	}
	return text.RunsOf(hashes, shingleWords)
}
