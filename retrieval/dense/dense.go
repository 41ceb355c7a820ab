// Package dense finds passages by the nearness of vectors, with chromem-go in
// memory.
//
// # Design
//
// An [Index] holds one vector for each passage that its Embedder has one for, and
// ids: texts stay in the corpus. It lives in memory and starts empty in each
// process with Reached at 0; retrieval/indexer fills it from the corpus's log,
// and retrieval/remember sees to it that nothing is embedded twice.
//
// Vectors lie in chromem collections by month of publication, so that a filter
// on dates visits only its months. Outlets are chromem metadata, one shared map
// for each name. chromem compares a question with every vector of a collection,
// some .4 µs each on 2 cores: it answers questions about whole months that hold few
// passages, and all questions of an exact index ([NewExact]).
//
// For every other question each vector has a sketch beside it: the signs of its
// components after a random rotation that is always the same, 256 bits for 256
// dimensions (RaBitQ: Gao and Long, "RaBitQ: Quantizing High-Dimensional Vectors
// with a Theoretical Error Bound for Approximate Nearest Neighbor Search", SIGMOD
// 2024; the rotation by signs and Hadamard transform: Ailon and Chazelle 2006).
// The question is rotated likewise and brought to four levels a component, so
// that counting bits of two words tells how near 64 components are, in 4 ns a
// passage. The passages of a month and their sketches lie side by side; filters
// on outlets and dates are applied to them first, article by article, and then
// those whose sketches are nearest are compared by their vectors. Where filters
// let no more through than are compared anyway, the sketches are not looked at
// and nothing is lost. What is found does not depend on the order in which the
// index was filled, and equal vectors are compared all or none, so ties are cut
// by id as the exact scan cuts them.
//
// Articles are dropped from a month by moving the others together, once in each
// Put or Delete. Questions hold a read lock; embedding, normalising and sketching
// are done before the write lock is taken.
//
// chromem scans a collection without looking at ties, refuses to return more
// than it has and answers a context that has ended with too little and no error:
// here more is asked for until the cut is right, ties are ordered by id, and the
// context is looked at after each call. A vector that would spoil a collection
// (of another length, not finite, zero) is refused with an error beforehand.
//
// # Why not cells
//
// Until now a month lay in cells of 16 passages by nearest centroid, of which a
// question visited a fifth, nearest first. That was 570 calls of chromem and 14.2
// ms of one core at 45,610 passages, for .982 of the ten nearest; sketches take
// 1.8 ms in the same hour on the same busy machine, for .999. Cells had to be found
// anew as a month grew (filling took 2.6 s of one core instead of 2.1), lost some
// of the nearest until then, had to be visited all for a filter on outlets, and
// left the cut among equal passages to where these lay.
//
// # Figures
//
// Milliseconds at the median and the 99th of 100, for 100 hits, by the evaluation's
// questions and articles (ten times over for 500,000 passages, with other names,
// numbers and order of words; dates as they are) and the built-in embedder's 256
// dimensions, on 2 cores with three other processes at work; all in one run of
// go test -run XXX -bench Shared -benchtime 264x ./retrieval/dense:
//
//	                         10,000        50,000       500,000 passages
//	no filter              1.1 / 1.5     1.7 / 2.5     9.4 / 11
//	a month                 .2 / .4       .8 / 1.3     1.3 / 3.3
//	an outlet               .2 / .6      1.2 / 1.9     3.8 / 20
//	8 at once            901 a second  566 a second  114 a second
//	exact scan              11 / 23       48 / 71      540 / 802
//	vectors read once        .6           7.5          109
//	recall@10, @100     1.000, .998    .999, .990    1.000, .987
//
// 45,610 passages take 58 MB of heap: 47 for vectors, 1.5 for sketches, the rest for
// ids and chromem's documents.
package dense

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"newsdesk/retrieval"
)

// Name is what an Index is called in the Places of its hits.
const Name = "dense"

// Index is a retrieval.Index over vectors. It is safe for concurrent use; calls
// that fill it wait for each other. The passages of its hits hold Seq, Start,
// End, ArticleID, Outlet and Published and nothing else.
type Index struct {
	log      *slog.Logger
	embedder retrieval.Embedder
	// exact leaves every question to chromem. The others are constants but in tests.
	exact                  bool
	few, candidates, alone int

	// filling is held by whoever changes the index, mu for the moment of the
	// change only, so that questions need not wait for embedding.
	filling sync.Mutex
	mu      sync.RWMutex

	months   map[monthKey]*month
	articles map[string]*article
	versions map[int64]*article
	labels   map[string]map[string]string
	passages int
	// rotation is of the vectors held, nil before the first.
	rotation *rotation
	reached  int64
}

var _ retrieval.Index = (*Index)(nil)

// article is what is held of one version of an article; row is its place among
// those of its month.
type article struct {
	id        string
	seq       int64
	outlet    string
	published time.Time
	row       int
}

// entry is one passage: its id and its vector, which chromem shares.
type entry struct {
	id     string
	vector []float32
}

// few: a question about one month of the evaluation's articles, of which 98 hold
// 465 passages on average and 1,049 at most, takes .64 ms of one core when chromem
// answers it and .32 ms by sketches. Days, which chromem cannot ask for, would
// take it 1.5 ms instead of .05.
const few = 1000

// New returns an empty Index of the passages' vectors by embedder. It finds
// nearly all of the nearest passages (see [candidates]), and all of them where the
// filters let no more through than are compared.
func New(log *slog.Logger, embedder retrieval.Embedder) *Index {
	return &Index{
		log: log, embedder: embedder, few: few, candidates: candidates, alone: alone,
		months:   map[monthKey]*month{},
		articles: map[string]*article{},
		versions: map[int64]*article{},
		labels:   map[string]map[string]string{},
	}
}

// NewExact returns an empty Index that has chromem compare each question with
// every passage of the months that it is about: slower than [New], and what it is
// measured against.
func NewExact(log *slog.Logger, embedder retrieval.Embedder) *Index {
	x := New(log, embedder)
	x.exact = true
	return x
}

// Reached implements retrieval.Index.
func (x *Index) Reached(ctx context.Context) (int64, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.reached, ctx.Err()
}

// Reach implements retrieval.Index. The cursor is lost with the process, as the
// vectors are.
func (x *Index) Reach(ctx context.Context, seq int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reached = seq
	return nil
}

// Passages implements retrieval.Index. Passages without a vector do not count.
func (x *Index) Passages(ctx context.Context) (int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.passages, ctx.Err()
}
