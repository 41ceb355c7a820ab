package retrievaltest

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	"newsdesk/retrieval"
)

// Index is a retrieval.Index in a map, which it scans: a passage's score is the
// number of different words of the question in its outlet, title and text, and
// one without any is no hit. Safe for concurrent use.
type Index struct {
	mu       sync.RWMutex
	articles map[string]retrieval.Document
	reached  int64
}

var _ retrieval.Index = (*Index)(nil)

// NewIndex returns an empty Index.
func NewIndex() *Index {
	return &Index{articles: map[string]retrieval.Document{}}
}

// Retrieve implements retrieval.Retriever.
func (x *Index) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if err := ctx.Err(); err != nil {
		return retrieval.Result{}, err
	}
	hits := x.hits(q)
	slices.SortFunc(hits, func(a, b retrieval.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage.ID(), b.Passage.ID()))
	})
	hits = hits[:min(len(hits), q.Want())]
	for i := range hits {
		hits[i].Places = map[string]retrieval.Place{"words": {Rank: i + 1, Score: hits[i].Score}}
	}
	return retrieval.Result{Hits: hits, Query: q}, nil
}

func (x *Index) hits(q retrieval.Query) []retrieval.Hit {
	asked := wordsOf(q.Text)
	slices.Sort(asked)
	asked = slices.Compact(asked)
	x.mu.RLock()
	defer x.mu.RUnlock()
	var hits []retrieval.Hit
	for _, doc := range x.articles {
		for _, p := range doc.Passages {
			score := shared(asked, wordsOf(p.Outlet+" "+retrieval.Embeddable(p)))
			if score > 0 && q.Matches(p.Outlet, p.Published) {
				hits = append(hits, retrieval.Hit{Passage: idsOnly(p), Score: score})
			}
		}
	}
	return hits
}

// idsOnly leaves of p what the hits of every Index hold.
func idsOnly(p retrieval.Passage) retrieval.Passage {
	return retrieval.Passage{
		Seq: p.Seq, Start: p.Start, End: p.End,
		ArticleID: p.ArticleID, Outlet: p.Outlet, Published: p.Published,
	}
}

func shared(asked, held []string) float64 {
	n := 0.0
	for _, word := range asked {
		if slices.Contains(held, word) {
			n++
		}
	}
	return n
}

// Put implements retrieval.Index.
func (x *Index) Put(ctx context.Context, docs []retrieval.Document) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, doc := range docs {
		if len(doc.Passages) == 0 {
			delete(x.articles, doc.Article.ID)
			continue
		}
		doc.Passages = slices.Clone(doc.Passages)
		x.articles[doc.Article.ID] = doc
	}
	return nil
}

// Delete implements retrieval.Index.
func (x *Index) Delete(ctx context.Context, articleIDs []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range articleIDs {
		delete(x.articles, id)
	}
	return nil
}

// Reached implements retrieval.Index.
func (x *Index) Reached(ctx context.Context) (int64, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.reached, ctx.Err()
}

// Reach implements retrieval.Index.
func (x *Index) Reach(ctx context.Context, seq int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reached = seq
	return nil
}

// Passages implements retrieval.Index.
func (x *Index) Passages(ctx context.Context) (int, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	n := 0
	for _, doc := range x.articles {
		n += len(doc.Passages)
	}
	return n, ctx.Err()
}

// Documents returns what is held, by article id.
func (x *Index) Documents() map[string]retrieval.Document {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return maps.Clone(x.articles)
}
