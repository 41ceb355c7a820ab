package main

import (
	"context"
	"errors"
	"fmt"
	"iter"

	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

// vacuumCmd removes what is not to be kept, gives its room back, and checks the
// indexes.
//
// Of a removed article neither text nor title is left in the database: its
// passages leave the indexes, its vectors the table of package remember. What
// stays is what was said with it while it was there: answers in chats with their
// quotes (bot/memory, until they expire), how they came about (bot/explain, whose
// texts go after 30 days), and messages that were sent.
type vacuumCmd struct{}

func (c *vacuumCmd) Run(inv *invocation) error { return inv.within("vacuum", c) }

func (c *vacuumCmd) runIn(ctx context.Context, a *app, s *streams) error {
	p, err := a.poller(ctx)
	if err != nil {
		return err
	}
	removed, err := p.Tidy(ctx)
	if err != nil {
		return err
	}
	x, err := a.searching(ctx, s)
	if err != nil {
		return err
	}
	held := holding{ctx: ctx, corpus: a.corpus, passages: map[string]int{}}
	vectors, err := x.vectors.embedder.Only(ctx, held.texts())
	if err != nil {
		return err
	}
	freed, err := a.db.Compact(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.Out, "%s removed, %s forgotten, %s given back\n", count(removed, "article", "articles"),
		count(vectors, "vector", "vectors"), megabytes(freed))
	return c.check(ctx, x, s, &held)
}

// check holds the indexes against the articles.
func (c *vacuumCmd) check(ctx context.Context, x *search, s *streams, held *holding) error {
	words, err1 := x.lexical.Passages(ctx)
	reached, err2 := x.lexical.Reached(ctx)
	vectors, err3 := x.vectors.index.Reached(ctx)
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	switch want := held.count(); {
	case reached > held.end:
		fmt.Fprintln(s.Out, "indexes: articles have come meanwhile; they were not checked")
	case words != want:
		return fmt.Errorf("the index of words holds %s and should hold %d: stop newsdesk and delete the folder “lexical” in the data folder; it is built anew", count(words, "passage", "passages"), want)
	case vectors < held.end:
		fmt.Fprintf(s.Out, "indexes: %s by words, as it should be; the vectors are not complete yet\n", count(words, "passage", "passages"))
	default:
		fmt.Fprintf(s.Out, "indexes: %s, as it should be\n", count(words, "passage", "passages"))
	}
	return nil
}

// holding is what the indexes should hold.
type holding struct {
	ctx    context.Context
	corpus *corpus.Corpus
	// passages are those of each article, by its ID; end is the end of the log.
	passages map[string]int
	end      int64
}

// texts goes through the log, and gives what is embedded of all versions that are
// there.
func (h *holding) texts() iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for {
			entries, err := h.corpus.Entries(h.ctx, h.end, 0)
			if err != nil {
				yield("", err)
				return
			}
			if len(entries) == 0 {
				return
			}
			for _, e := range entries {
				for _, p := range h.entry(e) {
					if !yield(retrieval.Embeddable(p), nil) {
						return
					}
				}
			}
		}
	}
}

// entry takes an entry in, and returns its passages.
func (h *holding) entry(e corpus.Entry) []retrieval.Passage {
	h.end = e.Seq
	if e.Article == nil {
		delete(h.passages, e.ID)
		return nil
	}
	passages := chunk.Passages(*e.Article)
	h.passages[e.ID] = len(passages)
	return passages
}

func (h *holding) count() int {
	n := 0
	for _, passages := range h.passages {
		n += passages
	}
	return n
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
