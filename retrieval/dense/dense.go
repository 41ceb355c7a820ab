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
// on dates visits only its months, and a month of more than a few passages in
// several by nearest centroid (a cell), so that a question visits only the cells
// that are near. A month's centroids are found anew whenever it has doubled.
// Outlets are chromem metadata, one shared map for each name; a filter on outlets
// visits every cell that holds one of them, without choosing by nearness.
//
// chromem scans a collection without looking at ties, refuses to return more
// than it has and answers a context that has ended with too little and no error:
// here more is asked for until the cut is right, ties are ordered by id, and the
// context is looked at after each call. A vector that would spoil a collection
// (of another length, not finite, zero) is refused with an error beforehand.
//
// # Figures
//
// 2 cores, the built-in embedder's 256 dimensions, 45,610 passages of 98 months
// (go test -bench Figures ./retrieval/hybrid): a question that wants 100 hits takes
// 7.7 ms with its texts, and 20 ms by the exact scan, of whose ten nearest it finds
// .98; filling takes 1.7 s with cutting and embedding. By go test -bench .
// ./retrieval/dense at 50,000 passages: 5.6 ms, exactly 13 ms, one outlet of ten
// 4.4 ms, one month of ten 1.9 ms.
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
	exact    bool

	// filling is held by whoever changes the index, mu for the moment of the
	// change only, so that questions need not wait for embedding or clustering.
	filling sync.Mutex
	mu      sync.RWMutex

	months   map[monthKey]*month
	articles map[string]*article
	versions map[int64]*article
	labels   map[string]map[string]string
	passages int
	// dimensions is the length of every vector held, 0 before the first.
	dimensions int
	reached    int64
}

var _ retrieval.Index = (*Index)(nil)

// article is what is held of one version of an article.
type article struct {
	id        string
	seq       int64
	outlet    string
	published time.Time
	entries   []*entry
}

// entry is one passage: its id and its vector, which chromem shares.
type entry struct {
	id     string
	vector []float32
	cell   *cell
}

// New returns an empty Index of the passages' vectors by embedder. A question
// without a filter on outlets visits the nearest cells only (see [visited]).
func New(log *slog.Logger, embedder retrieval.Embedder) *Index {
	return &Index{
		log: log, embedder: embedder,
		months:   map[monthKey]*month{},
		articles: map[string]*article{},
		versions: map[int64]*article{},
		labels:   map[string]map[string]string{},
	}
}

// NewExact returns an empty Index that compares each question with every passage
// that its filters let through: slower than [New], and what it is measured against.
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
