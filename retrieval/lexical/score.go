package lexical

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sync"

	index "github.com/blevesearch/bleve_index_api"

	"newsdesk/retrieval"
)

// A passage's score is BM25F (Robertson and Zaragoza, "The Probabilistic
// Relevance Framework: BM25 and Beyond", 2009) over title, outlet and text, read
// from bleve's lists of passages by word:
//
//	score = (share of the question's words that the passage has)^1/2
//	        × Σ over its words of idf^5/4 × c / (c + k1)
//	c     = Σ over the fields of weight × f^1/4 / (1 - slope + slope × length/pivot)
//
// with f how often the word stands in the field. Three things differ from the
// book, each measured. A fourth root of f, as a passage of a hundred words that
// says one word three times is no better than one that says three. The share of
// the words, as a question is one thought and not a list. And fixed pivots instead
// of mean lengths, as [newsdesk/retrieval/chunk] cuts passages to a length: a score
// does not change with what else is held.
//
// Measured with 114 questions over 45,610 passages (BenchmarkFigures of
// retrieval/hybrid), as Hits@10, Hits@4 and MRR of this index alone and of its
// fusion with dense:
//
//	bleve's own score (v2.6.3)              .816 .535 .423   .912 .640 .503
//	BM25F by the book (k1 1.2, slopes .75)  .763 .561 .422   .807 .667 .493
//	the one above                           .851 .649 .475   .921 .719 .563
//	  f itself, not its root                .886 .667 .452   .868 .675 .528
//	  without the share                     .860 .596 .439   .886 .684 .529
//	  idf as it is                          .833 .675 .471   .912 .728 .551
//
// (The lines with two blanks before them changed a neighbour of the one above.)
// Every constant sits where doubling or halving it moves no figure by more than
// .03. bleve's own score has a mean length of one word for every field, since it
// divides the number of different words, not of all words, by the passages.
var scoredFields = [...]field{
	{name: titleField, weight: 1.5, pivot: 8, slope: 1},
	// A word of the outlet's name counts whole, however long the name.
	{name: outletField, weight: 20, pivot: 1, slope: 0},
	{name: textField, weight: 1, pivot: 65, slope: .9},
}

const (
	k1        = 3
	rarity    = 1.25
	frequency = .25
)

// field is one of the scored fields.
type field struct {
	name string
	// weight is what one word in a field of pivot words counts.
	weight float64
	// pivot is the usual number of words, without stop words.
	pivot float64
	// slope is BM25's b: how far length is held against a field, 0 to 1.
	slope float64
}

// count is what a word that stands freq times in a field of length words adds.
func (f field) count(freq uint64, length float64) float64 {
	often := 1.0
	if freq > 1 {
		often = math.Pow(float64(freq), frequency)
	}
	return f.weight * often / (1 - f.slope + f.slope*length/f.pivot)
}

// tally adds up scores by the numbers of a view. A tally is used again, as its
// lists are as long as the index.
type tally struct {
	scores []float64
	shares []float64
	found  []uint32 // what has a score
}

var tallies = sync.Pool{New: func() any { return new(tally) }}

// newTally returns an empty tally; give it back with end.
func newTally() *tally { return tallies.Get().(*tally) }

// end clears what was written and nothing else.
func (t *tally) end() {
	for _, n := range t.found {
		t.scores[n], t.shares[n] = 0, 0
	}
	t.found = t.found[:0]
	tallies.Put(t)
}

// reach makes room for passage n.
func (t *tally) reach(n int) {
	if n < len(t.scores) {
		return
	}
	more := n + 1 - len(t.scores) + len(t.scores)/2
	t.scores = append(t.scores, make([]float64, more)...)
	t.shares = append(t.shares, make([]float64, more)...)
}

// add adds a score, more than 0, to a passage.
func (t *tally) add(n uint64, score float64) {
	t.reach(int(n))
	if t.scores[n] == 0 {
		t.found = append(t.found, uint32(n))
	}
	t.scores[n] += score
}

// addList adds what a word is worth to the passages that have it and that the
// filter lets through; share is the word's in the question.
func (t *tally) addList(l *list, let *filter, share float64) {
	for _, e := range l.entries {
		if !let.through(e.number) {
			continue
		}
		t.add(uint64(e.number), l.idf*float64(e.worth))
		t.shares[e.number] += share
	}
}

// weigh ends the adding: a passage that has more of the question's words is worth
// more.
func (t *tally) weigh() {
	for _, n := range t.found {
		t.scores[n] *= math.Sqrt(t.shares[n])
	}
}

// ranked is a passage by its number in a view.
type ranked struct {
	number uint32
	score  float64
}

// best returns the n best of what was found and those that score as the last of
// them, best first.
func (t *tally) best(n int) []ranked {
	least := t.least(n)
	var best []ranked
	for _, number := range t.found {
		if score := t.scores[number]; score >= least {
			best = append(best, ranked{number, score})
		}
	}
	slices.SortFunc(best, func(a, b ranked) int { return cmp.Compare(b.score, a.score) })
	return best
}

// least returns the n-th best score, 0 where fewer were found. It sorts the best
// so far whenever there are twice as many as wanted, so that most scores cost one
// comparison.
func (t *tally) least(n int) float64 {
	if len(t.found) <= n {
		return 0
	}
	least, some := 0.0, make([]float64, 0, 2*n)
	for _, number := range t.found {
		if score := t.scores[number]; score > least {
			some = append(some, score)
		}
		if len(some) == cap(some) {
			some, least = highest(some, n)
		}
	}
	_, least = highest(some, n)
	return least
}

// highest leaves the n highest scores, and returns the last of them.
func highest(some []float64, n int) ([]float64, float64) {
	slices.SortFunc(some, func(a, b float64) int { return cmp.Compare(b, a) })
	return some[:n], some[n-1]
}

// named returns those passages that q lets through to the hour, as hits in the
// order of a Result.
func (x *Index) named(r index.IndexReader, some []ranked, q retrieval.Query) ([]retrieval.Hit, error) {
	hits := make([]retrieval.Hit, 0, len(some))
	for _, one := range some {
		id, err := r.ExternalID(index.NewIndexInternalID(nil, uint64(one.number)))
		if err != nil {
			return nil, fmt.Errorf("lexical: %w", err)
		}
		p, err := x.table.passage(id)
		if err != nil {
			return nil, err
		}
		if q.Matches(p.Outlet, p.Published) {
			hits = append(hits, retrieval.Hit{Passage: p, Score: one.score})
		}
	}
	slices.SortFunc(hits, func(a, b retrieval.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage.ID(), b.Passage.ID()))
	})
	return hits, nil
}
