package dense

import (
	"context"
	"fmt"
	"runtime"
	"slices"

	"github.com/philippgille/chromem-go"

	"newsdesk/retrieval"
)

// scan has chromem compare the question with every passage of the months.
func (s *search) scan(ctx context.Context, targets []target) ([]match, error) {
	wheres := wheres(s.q.Outlets)
	workers := min(runtime.GOMAXPROCS(0), len(targets))
	founds := make([][]match, workers)
	err := each(ctx, workers, len(targets), func(worker, i int) (err error) {
		founds[worker], err = s.collect(ctx, founds[worker], targets[i], wheres)
		return err
	})
	if err != nil {
		return nil, err
	}
	return best(slices.Concat(founds...), s.q.Want()), nil
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

// collect adds the month's best to found, and cuts it when it has grown long.
func (s *search) collect(ctx context.Context, found []match, t target, wheres []map[string]string) ([]match, error) {
	for _, where := range wheres {
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

// ask returns the passages of one month that may be among the best: when fewer
// than are wanted pass the dates, or the cut would fall among equals, it asks
// chromem for more.
func (s *search) ask(ctx context.Context, t target, where map[string]string) ([]match, error) {
	want, held := s.q.Want(), len(t.month.entries)
	for n := min(want, held-1) + 1; ; n = min(4*n, held) {
		results, err := t.month.docs.QueryEmbedding(ctx, s.vector, n, where, nil)
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

// held returns the article and the place of a passage that is held. mu is held.
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
