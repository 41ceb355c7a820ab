package text

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// stems remembers what a stemmer answered last. Prose uses some thousand words
// again and again, and stemming one costs ten times as much as finding it here.
// Each word has one slot, so that what is held is bounded whatever is read. Safe
// for concurrent use.
type stems struct {
	stem  func(norm string) string
	seed  maphash.Seed
	slots [1 << 14]atomic.Pointer[stemmed]
}

type stemmed struct{ norm, stem string }

func newStems(stem func(norm string) string) *stems {
	return &stems{stem: stem, seed: maphash.MakeSeed()}
}

// longestStemmed bounds the words that are kept, in bytes.
const longestStemmed = 64

func (s *stems) of(norm string) string {
	slot := &s.slots[maphash.String(s.seed, norm)%uint64(len(s.slots))]
	if known := slot.Load(); known != nil && known.norm == norm {
		return known.stem
	}
	if len(norm) > longestStemmed {
		return s.stem(norm)
	}
	// A copy, as norm may be a piece of an article, all of which would be held.
	norm = strings.Clone(norm)
	known := &stemmed{norm, s.stem(norm)}
	slot.Store(known)
	return known.stem
}
