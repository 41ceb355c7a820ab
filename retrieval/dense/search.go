package dense

import (
	"context"
	"fmt"
	"slices"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"newsdesk/retrieval"
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
	vector, err = unit(vector, x.rotation.dimensions)
	if err != nil {
		return retrieval.Result{}, fmt.Errorf("dense: question: %w", err)
	}
	s := search{index: x, q: q, vector: vector}
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
}

// target is a month that the dates of the question touch; partial says that they
// let only some of its passages through.
type target struct {
	month   *month
	partial bool
}

func (s *search) run(ctx context.Context) ([]match, error) {
	targets := s.targets()
	if s.index.exact || s.whole(targets) && sizeOf(targets) <= s.index.few {
		return s.scan(ctx, targets)
	}
	return s.sift(ctx, targets)
}

func (s *search) targets() []target {
	var targets []target
	for key, m := range s.index.months {
		if touched, partial := overlap(key, s.q); touched {
			targets = append(targets, target{m, partial})
		}
	}
	return targets
}

// whole reports whether the filters let all of the targets through.
func (s *search) whole(targets []target) bool {
	return len(s.q.Outlets) == 0 && !slices.ContainsFunc(targets, func(t target) bool { return t.partial })
}

// sizeOf counts the passages of the targets.
func sizeOf(targets []target) int {
	n := 0
	for _, t := range targets {
		n += len(t.month.entries)
	}
	return n
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

// each calls do for the numbers below n, from as many goroutines as there are
// workers, until ctx ends. A worker has one call at a time and stops when it
// fails.
func each(ctx context.Context, workers, n int, do func(worker, i int) error) error {
	var next atomic.Int64
	work := func(worker int) error {
		for i := next.Add(1) - 1; i < int64(n); i = next.Add(1) - 1 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := do(worker, int(i)); err != nil {
				return err
			}
		}
		return nil
	}
	if workers == 1 {
		return work(0)
	}
	var group errgroup.Group
	for worker := range workers {
		group.Go(func() error { return work(worker) })
	}
	return group.Wait()
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
