package spread

import (
	"slices"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// noted returns the hits that are copies of none before them, in their order,
// with the others as their copies. Passages of one article are no copies of each
// other, and neither are those of two outlets where q names several.
func noted(hits []retrieval.Hit, q retrieval.Query) []retrieval.Hit {
	anyOutlet := len(q.Outlets) < 2
	shown := make([]retrieval.Hit, 0, len(hits))
	texts := make([]*candidate, 0, len(hits))
	for _, hit := range hits {
		own := candidateOf(hit.Passage)
		original := func(i int) bool {
			p := shown[i].Passage
			return p.ArticleID != hit.Passage.ArticleID && (anyOutlet || p.Outlet == hit.Passage.Outlet) && own.isCopyOf(texts[i])
		}
		if at := first(len(shown), original); at >= 0 {
			shown[at].Copies = append(shown[at].Copies, hit.Passage)
			continue
		}
		shown, texts = append(shown, hit), append(texts, own)
	}
	return shown
}

// candidate is what a passage is compared by. It is read in full only once another is
// in nearly the same words and has no other figures, as few are and have.
type candidate struct {
	passage retrieval.Passage
	runs    text.Runs
	figures []uint64 // the hashes of words with a digit
	full    *read
}

func candidateOf(p retrieval.Passage) *candidate {
	words, figures := hashes(p.Text)
	return &candidate{passage: p, runs: text.RunsOf(words, runWords), figures: figures}
}

// isCopyOf reports whether c is in nearly the same words as shown and says nothing
// that shown does not.
func (c *candidate) isCopyOf(shown *candidate) bool {
	return alike(shown.runs, c.runs) &&
		all(c.figures, func(f uint64) bool { return slices.Contains(shown.figures, f) }) &&
		!news(shown.read(), c.read())
}

func (c *candidate) read() *read {
	if c.full == nil {
		c.full = reading(c.passage)
	}
	return c.full
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
