package hybrid

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// preferredBonus is what a passage of a preferred outlet gains: as much as a
// part's tenth place is worth. Hits@10, Hits@4 and MRR when an outlet of the
// evidence is preferred, and when that of another question is, with bleve's own
// score for words: none .912 .640
// .503; 1/40 .904 .711 .553 and .904 .632 .496; 1/20 .930 .772 .590 and .895 .623
// .477; 1/11 .912 .807 .637 and .816 .579 .433.
const preferredBonus = 1.0 / (k + 10)

// fuse returns the passages of all answers with their fused scores, best first.
// Texts are still to be filled in.
func fuse(answers []answer, q retrieval.Query) []retrieval.Hit {
	at := map[string]int{}
	var hits []retrieval.Hit
	for _, a := range answers {
		for i, found := range a.hits {
			id := found.Passage.ID()
			if _, ok := at[id]; !ok {
				at[id] = len(hits)
				hits = append(hits, retrieval.Hit{Passage: found.Passage, Places: map[string]retrieval.Place{}})
			}
			hit := &hits[at[id]]
			hit.Score += 1 / float64(k+i+1)
			hit.Places[a.part] = retrieval.Place{Rank: i + 1, Score: found.Score}
		}
	}
	for i := range hits {
		if slices.Contains(q.Preferred, hits[i].Passage.Outlet) {
			hits[i].Score += preferredBonus
		}
	}
	slices.SortFunc(hits, func(a, b retrieval.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Passage.ID(), b.Passage.ID()))
	})
	return hits
}

// fill returns the first n hits that may be shown, in the order that they have,
// with their texts from the corpus; fewer when there are no more. It reads some
// at a time, as most texts are not asked for.
func (r *Retriever) fill(ctx context.Context, q retrieval.Query, hits []retrieval.Hit, n int) ([]retrieval.Hit, error) {
	newest := newestOf(hits)
	kept, dropped := make([]retrieval.Hit, 0, n), 0
	for some := range slices.Chunk(hits, n) {
		articles, err := r.corpus.BySeqs(ctx, seqsOf(some))
		if err != nil {
			return nil, fmt.Errorf("hybrid: %w", err)
		}
		for _, hit := range some {
			a, ok := articles[hit.Passage.Seq]
			if !ok || a.Seq != newest[a.ID] || !allowed(q, a) || hit.Passage.End > len(a.Text) {
				dropped++
				continue
			}
			hit.Passage = retrieval.NewPassage(a, hit.Passage.Start, hit.Passage.End)
			kept = append(kept, hit)
		}
		if len(kept) >= n {
			break
		}
	}
	if dropped > 0 {
		r.log.Debug("hybrid: hits dropped", "dropped", dropped, "kept", len(kept))
	}
	return kept[:min(len(kept), n)], nil
}

// newestOf returns the newest version of each article that is among the hits.
func newestOf(hits []retrieval.Hit) map[string]int64 {
	newest := map[string]int64{}
	for _, hit := range hits {
		p := hit.Passage
		newest[p.ArticleID] = max(newest[p.ArticleID], p.Seq)
	}
	return newest
}

func seqsOf(hits []retrieval.Hit) []int64 {
	seqs := make([]int64, 0, len(hits))
	for _, hit := range hits {
		seqs = append(seqs, hit.Passage.Seq)
	}
	slices.Sort(seqs)
	return slices.Compact(seqs)
}

// allowed reports whether the filters let a through; the parts have seen to all
// but the time at which an article was changed: that of its fetching, as a changed
// text has the date of the first one.
func allowed(q retrieval.Query, a corpus.Article) bool {
	changedLater := a.Version > 1 && !q.AsOf.IsZero() && a.Fetched.After(q.AsOf)
	return q.Matches(a.Outlet, a.Published) && !changedLater
}
