// Package indexer brings an Index up to the end of the corpus's log.
//
// # Design
//
// An [Indexer] asks its index how far it has got, pulls the entries of the log
// that come after, cuts their articles into passages and puts or deletes them;
// only then it tells the index how far that was. Effect first, cursor after: a
// crash in between repeats a batch, which changes nothing, and loses none.
//
// What counts of a batch is the last entry of each article: earlier versions
// are passed over, and a withdrawn or removed article is deleted. A version
// whose text is gone is deleted too: its removal stands further along in the
// log. Nothing is pushed: an index that nobody syncs is late and nothing worse.
package indexer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"

	"golang.org/x/sync/errgroup"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// batch is the number of entries that are worked on at once: some 5,000 passages,
// whose texts are in memory meanwhile. Larger ones make fewer segments of bleve;
// the first filling of both indexes, in 11 batches, takes 6 s (retrieval/hybrid).
const batch = 512

// Indexer fills one index from one corpus. One Sync at a time may be under way.
type Indexer struct {
	log    *slog.Logger
	corpus *corpus.Corpus
	chunk  func(corpus.Article) []retrieval.Passage
	index  retrieval.Index
}

// New returns an Indexer that cuts articles with chunk, which is called from
// several goroutines at once and must be pure.
func New(log *slog.Logger, c *corpus.Corpus, chunk func(corpus.Article) []retrieval.Passage, index retrieval.Index) *Indexer {
	return &Indexer{log: log, corpus: c, chunk: chunk, index: index}
}

// Sync brings the index up to the end that the log has when it gets there. After
// each batch progress, unless it is nil, is told the Seq that is done and the
// last one of the log; it is called from Sync's goroutine. An error leaves the
// index at the last batch that was done, and Sync may be called again.
func (x *Indexer) Sync(ctx context.Context, progress func(done, total int64)) error {
	done, err := x.index.Reached(ctx)
	if err != nil {
		return fmt.Errorf("indexer: %w", err)
	}
	for {
		entries, err := x.corpus.Entries(ctx, done, batch)
		if err != nil {
			return fmt.Errorf("indexer: %w", err)
		}
		if len(entries) == 0 {
			return nil
		}
		if err := x.apply(ctx, entries); err != nil {
			return fmt.Errorf("indexer: entries %d to %d: %w", done+1, entries[len(entries)-1].Seq, err)
		}
		done = entries[len(entries)-1].Seq
		if err := x.report(ctx, done, progress); err != nil {
			return err
		}
	}
}

func (x *Indexer) report(ctx context.Context, done int64, progress func(done, total int64)) error {
	if progress == nil {
		return nil
	}
	end, err := x.corpus.End(ctx)
	if err != nil {
		return fmt.Errorf("indexer: %w", err)
	}
	progress(done, end)
	return nil
}

// apply brings what entries say into the index, and then moves the cursor.
func (x *Indexer) apply(ctx context.Context, entries []corpus.Entry) error {
	put, gone := corpus.Newest(entries)
	docs, err := x.documents(ctx, put)
	if err != nil {
		return err
	}
	if len(docs) > 0 {
		if err := x.index.Put(ctx, docs); err != nil {
			return err
		}
	}
	if len(gone) > 0 {
		if err := x.index.Delete(ctx, gone); err != nil {
			return err
		}
	}
	// A writer that stopped half-way because its context ended must not be
	// believed, even if it says nothing.
	if err := ctx.Err(); err != nil {
		return err
	}
	last := entries[len(entries)-1].Seq
	x.log.DebugContext(ctx, "indexed", "to", last, "put", len(docs), "deleted", len(gone))
	return x.index.Reach(ctx, last)
}

// errChunk means that the chunker returned a passage of something else.
var errChunk = errors.New("a passage is not of its article")

// documents cuts articles on all processors.
func (x *Indexer) documents(ctx context.Context, articles []corpus.Article) ([]retrieval.Document, error) {
	docs := make([]retrieval.Document, len(articles))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, a := range articles {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			docs[i] = retrieval.Document{Article: a, Passages: x.chunk(a)}
			return check(docs[i])
		})
	}
	return docs, group.Wait()
}

func check(doc retrieval.Document) error {
	for _, p := range doc.Passages {
		if p.Seq != doc.Article.Seq || p.Start < 0 || p.End < p.Start || p.End > len(doc.Article.Text) {
			return fmt.Errorf("%w: %s of seq %d with %d bytes", errChunk, p.ID(), doc.Article.Seq, len(doc.Article.Text))
		}
	}
	return nil
}
