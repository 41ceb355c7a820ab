package dense

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"sync/atomic"

	"github.com/philippgille/chromem-go"
	"golang.org/x/sync/errgroup"

	"newsdesk/retrieval"
)

const (
	// visited is the share of the passages in question whose cells are visited,
	// nearest cells first; measured beside cellSize.
	visited = .2
	// atLeast this many passages are visited whatever the share.
	atLeast = 4000
)

// Retrieve implements retrieval.Retriever. Score is the cosine of passage and
// question. Query.Preferred has no effect. A question without a vector finds
// nothing; one of another length than the passages' is retrieval.ErrDimension.
func (x *Index) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if err := ctx.Err(); err != nil {
		return retrieval.Result{}, err
	}
	vector, err := x.embedder.EmbedQuery(ctx, q.Text)
	if err != nil {
		return retrieval.Result{}, fmt.Errorf("dense: %w", err)
	}
	if err := ctx.Err(); err != nil || vector == nil {
		return retrieval.Result{Query: q}, err
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.passages == 0 {
		return retrieval.Result{Query: q}, nil
	}
	vector, err = unit(vector, x.dimensions)
	if err != nil {
		return retrieval.Result{}, fmt.Errorf("dense: question: %w", err)
	}
	s := search{index: x, q: q, vector: vector, wheres: wheres(q.Outlets)}
	found, err := s.run(ctx)
	if err != nil {
		return retrieval.Result{}, err
	}
	hits, err := x.hits(found)
	if err != nil {
		return retrieval.Result{}, err
	}
	return retrieval.Result{Hits: hits, Query: q}, nil
}

// search is one question over the index as it is while mu is held.
type search struct {
	index  *Index
	q      retrieval.Query
	vector []float32
	wheres []map[string]string
}

// target is a cell to be visited; partial says that the dates of the question
// let only some of its passages through.
type target struct {
	cell     *cell
	partial  bool
	nearness float32
}

// match is a passage that a cell gave.
type match struct {
	id    string
	score float32
}

// wheres returns chromem's filters, each for one outlet, or none for all.
func wheres(outlets []string) []map[string]string {
	if len(outlets) == 0 {
		return []map[string]string{nil}
	}
	outlets = slices.Compact(slices.Sorted(slices.Values(outlets)))
	filters := make([]map[string]string, len(outlets))
	for i, outlet := range outlets {
		filters[i] = map[string]string{outletKey: outlet}
	}
	return filters
}

// run visits the near cells, and the others too when those hold too little.
func (s *search) run(ctx context.Context) ([]match, error) {
	targets := s.targets()
	near := s.near(targets)
	found, err := s.visit(ctx, targets[:near])
	if err != nil || len(found) == s.q.Want() || near == len(targets) {
		return found, err
	}
	more, err := s.visit(ctx, targets[near:])
	return best(append(found, more...), s.q.Want()), err
}

// targets returns the cells that the filters let through, nearest first.
func (s *search) targets() []target {
	var targets []target
	for key, m := range s.index.months {
		touched, partial := overlap(key, s.q)
		if !touched {
			continue
		}
		for _, c := range m.cells {
			if c.holdsAny(s.q.Outlets) {
				targets = append(targets, target{cell: c, partial: partial, nearness: dot(c.centroid, s.vector)})
			}
		}
	}
	slices.SortFunc(targets, func(a, b target) int { return cmp.Compare(b.nearness, a.nearness) })
	return targets
}

// overlap reports whether a month has days that q asks for, and whether it also
// has others.
func overlap(key monthKey, q retrieval.Query) (touched, partial bool) {
	start, end := key.start(), (key + 1).start()
	touched = (q.From.IsZero() || q.From.Before(end)) &&
		(q.To.IsZero() || q.To.After(start)) &&
		(q.AsOf.IsZero() || !q.AsOf.Before(start))
	partial = q.From.After(start) ||
		!q.To.IsZero() && q.To.Before(end) ||
		!q.AsOf.IsZero() && q.AsOf.Before(end)
	return touched, partial
}

func (c *cell) holdsAny(outlets []string) bool {
	if len(outlets) == 0 {
		return len(c.outlets) > 0
	}
	return slices.ContainsFunc(outlets, func(outlet string) bool { return c.outlets[outlet] > 0 })
}

// near returns how many of the targets are to be visited. With a filter on
// outlets it is all of them: its passages may lie in any cell.
func (s *search) near(targets []target) int {
	if s.index.exact || len(s.q.Outlets) > 0 {
		return len(targets)
	}
	all := 0
	for _, t := range targets {
		all += t.cell.docs.Count()
	}
	enough := max(int(visited*float64(all)), atLeast)
	for i, t := range targets {
		if enough -= t.cell.docs.Count(); enough <= 0 {
			return i + 1
		}
	}
	return len(targets)
}

// visit returns the best passages of the targets. Each processor takes the next
// target until none is left.
func (s *search) visit(ctx context.Context, targets []target) ([]match, error) {
	workers := min(runtime.GOMAXPROCS(0), len(targets))
	founds := make([][]match, workers)
	var next atomic.Int64
	group, ctx := errgroup.WithContext(ctx)
	for w := range workers {
		group.Go(func() (err error) {
			for err == nil {
				i := int(next.Add(1)) - 1
				if i >= len(targets) {
					return nil
				}
				founds[w], err = s.collect(ctx, founds[w], targets[i])
			}
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	return best(slices.Concat(founds...), s.q.Want()), nil
}

// collect adds the target's best to found, and cuts it when it has grown long.
func (s *search) collect(ctx context.Context, found []match, t target) ([]match, error) {
	for _, where := range s.wheres {
		more, err := s.ask(ctx, t, where)
		if err != nil {
			return nil, err
		}
		found = append(found, more...)
	}
	if len(found) > 8*s.q.Want() {
		found = best(found, s.q.Want())
	}
	return found, nil
}

// ask returns the passages of one cell that may be among the best: when fewer
// than are wanted pass the dates, or the cut would fall among equals, it asks
// chromem for more.
func (s *search) ask(ctx context.Context, t target, where map[string]string) ([]match, error) {
	want, held := s.q.Want(), t.cell.docs.Count()
	for n := min(want, held-1) + 1; ; n = min(4*n, held) {
		results, err := t.cell.docs.QueryEmbedding(ctx, s.vector, n, where, nil)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			return nil, fmt.Errorf("dense: %w", err)
		}
		found, err := s.pass(results, t.partial)
		if err != nil {
			return nil, err
		}
		if n == held || len(results) < n || len(found) >= want && found[want-1].score > results[n-1].Similarity {
			return found, nil
		}
	}
}

// pass returns what the dates of the question let through, in chromem's order.
func (s *search) pass(results []chromem.Result, partial bool) ([]match, error) {
	found := make([]match, 0, len(results))
	for _, r := range results {
		if partial {
			a, _, err := s.index.held(r.ID)
			if err != nil {
				return nil, err
			}
			if !s.q.Matches(a.outlet, a.published) {
				continue
			}
		}
		found = append(found, match{id: r.ID, score: r.Similarity})
	}
	return found, nil
}

// held returns the article and the place of a passage that is in a cell. mu is
// held.
func (x *Index) held(id string) (*article, retrieval.Passage, error) {
	p, err := retrieval.ParseID(id)
	if err != nil {
		return nil, p, fmt.Errorf("dense: %w", err)
	}
	a := x.versions[p.Seq]
	if a == nil {
		return nil, p, fmt.Errorf("dense: passage %s is of no article held", id)
	}
	p.ArticleID, p.Outlet, p.Published = a.id, a.outlet, a.published
	return a, p, nil
}

// best orders found and cuts it to want.
func best(found []match, want int) []match {
	slices.SortFunc(found, func(a, b match) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.id, b.id))
	})
	return found[:min(len(found), want)]
}

func (x *Index) hits(found []match) ([]retrieval.Hit, error) {
	hits := make([]retrieval.Hit, len(found))
	for i, m := range found {
		_, p, err := x.held(m.id)
		if err != nil {
			return nil, err
		}
		score := float64(m.score)
		hits[i] = retrieval.Hit{
			Passage: p, Score: score,
			Places: map[string]retrieval.Place{Name: {Rank: i + 1, Score: score}},
		}
	}
	return hits, nil
}
