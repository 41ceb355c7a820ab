package answer

import (
	"context"
	"errors"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

// search finds passages and puts the search on record.
func (w *work) search(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	defer w.step("retrieve", time.Now())
	w.tell(bot.Searching, w.articles())
	result, err := w.retrieve(ctx, w.within(q))
	if err != nil {
		return retrieval.Result{}, err
	}
	result = w.kept(result, q)
	w.trace.Searches = append(w.trace.Searches, bot.Search{
		Query: result.Query, Widened: result.Widened, Missing: result.Missing, Hits: result.Hits,
	})
	return result, nil
}

// retrieve asks the retriever. Indexes hold the newest version of an article
// only, so for what was known on a day the articles of until then are found by
// what they say now and read as they stood then.
func (w *work) retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if q.AsOf.IsZero() {
		return w.retriever.Retrieve(ctx, q)
	}
	now := q
	now.AsOf = time.Time{}
	if end := q.AsOf.Add(time.Nanosecond); now.To.IsZero() || end.Before(now.To) {
		now.To = end // AsOf is inclusive, To exclusive
	}
	result, err := w.retriever.Retrieve(ctx, now)
	if err != nil {
		return retrieval.Result{}, err
	}
	result.Query.AsOf, result.Query.To = q.AsOf, q.To
	if len(result.Widened) > 0 {
		result.Hits = nil // from after that day
		result.Widened, result.Query = nil, q
	}
	result.Hits, err = w.asOf(ctx, result.Hits, q.AsOf)
	return result, err
}

// asOf returns the hits as their articles stood at a time, without those that
// said nothing near the passage then.
func (w *work) asOf(ctx context.Context, hits []retrieval.Hit, at time.Time) ([]retrieval.Hit, error) {
	var out []retrieval.Hit
	seen := map[string]bool{}
	for _, h := range hits {
		passage, ok, err := w.passageAsOf(ctx, h.Passage, at)
		if err != nil {
			return nil, err
		}
		if ok && !seen[passage.ID()] {
			seen[passage.ID()] = true
			h.Passage, h.Copies = passage, nil
			out = append(out, h)
		}
	}
	return out, nil
}

// passageAsOf returns the passage of the article's version of then that comes
// nearest to p. The first version counts whenever it was fetched, as in
// retrieval.Query.AsOf. It reports false for an article that is gone.
func (w *work) passageAsOf(ctx context.Context, p retrieval.Passage, at time.Time) (retrieval.Passage, bool, error) {
	versions, err := w.corpus.Versions(ctx, p.ArticleID)
	if errors.Is(err, corpus.ErrNotFound) {
		return retrieval.Passage{}, false, nil
	}
	if err != nil {
		return retrieval.Passage{}, false, err
	}
	then := versions[0]
	for _, v := range versions[1:] {
		if !v.Fetched.After(at) {
			then = v
		}
	}
	if then.Seq == p.Seq {
		return p, true, nil
	}
	return nearestPassage(then, p)
}

// nearestPassage returns the passage of a that shares the most words with p.
func nearestPassage(a corpus.Article, p retrieval.Passage) (retrieval.Passage, bool, error) {
	l := text.For(p.Language)
	held := map[string]bool{}
	for _, word := range l.Words(p.Text) {
		held[word.Norm] = true
	}
	var best retrieval.Passage
	most := 0
	for _, candidate := range chunk.Passages(a) {
		shared := 0
		for _, word := range l.Words(candidate.Text) {
			if held[word.Norm] {
				shared++
			}
		}
		if shared > most {
			best, most = candidate, shared
		}
	}
	return best, most > 0, nil
}

// searched says how many articles the filters of the question let through, those
// that the search gave up included.
func (w *work) searched(ctx context.Context, q retrieval.Query) (corpus.Extent, error) {
	q = w.within(q)
	filter := corpus.Filter{Outlets: q.Outlets, From: q.From, To: q.To}
	if !q.AsOf.IsZero() && (filter.To.IsZero() || q.AsOf.Before(filter.To)) {
		filter.To = q.AsOf.Add(time.Nanosecond) // AsOf is inclusive, To exclusive
	}
	return w.corpus.Extent(ctx, filter)
}
