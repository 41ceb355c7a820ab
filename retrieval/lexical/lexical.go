// Package lexical finds passages by their words: BM25 over title, outlet and
// text, with bleve in a folder.
//
// # Design
//
// An [Index] holds one bleve document for each passage, named by its ID, and no
// texts. The lists of passages by word are bleve's. The score that is added up
// from them is this package's own: bleve's goes through all lists at once with a
// heap, which takes several times as long, and finds less (see the weights of the
// fields). A word's list is kept as it was read until the next change, as reading
// it costs many times what going through it does. Words are those of bleve's English analyzer (lower case, stop words
// dropped, Porter stems), which splits and finds the words of other languages as
// they stand. Beside the scored fields each document has three terms that are
// never scored: its outlet and its day for filters, and one term for its
// article's version (seq, time, outlet, id). From the latter, a table of the
// versions held is read when the folder is opened, so that a hit needs nothing
// but its ID and a replaced article is found at once.
//
// A Put is one batch, which bleve introduces whole; Put, Delete and Reach return
// when what they did is on the disk, with bleve's error if it could not be
// written. The cursor lies in bleve's own snapshot beside the data, so it is
// never ahead of it, also after kill -9.
//
// Everything here is derived from the corpus. A folder that cannot be read, or
// that was written for other fields, is deleted and begun anew at Reached 0, and
// the log says so; nothing outside of the sub-folder "passages" is touched. Where
// bleve still has an earlier snapshot that can be read it goes back to that one,
// with its cursor, and what came since is filled in again.
//
// # Figures
//
// 2 cores, 5,312 articles in 45,610 passages (go test -bench 'Figures|Indexing'
// ./retrieval/hybrid): filled in 4.3 s, opened again in 20 ms, 21 MB on the disk; a
// question of some twenty words that wants 100 hits takes 1.5 ms with the texts of
// the first ten, and 3.9 ms when its words were not asked for since the last
// change. The lists of all words take 25 MB. What is found stands beside the weights of the fields.
package lexical

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"github.com/blevesearch/bleve/v2"

	"newsdesk/retrieval"
)

// Name is what an Index is called in the Places of its hits.
const Name = "lexical"

// ErrInUse is returned by [Open] when another process, or another Index of this
// one, holds the folder.
var ErrInUse = errors.New("lexical: the index is in use by another process")

var errClosed = errors.New("lexical: the index is closed")

// reachedKey is where the cursor is kept, as eight bytes, big end first.
var reachedKey = []byte("newsdesk/reached")

// Index is a retrieval.Index over words. It is safe for concurrent use; calls
// that fill it wait for each other. The passages of its hits hold Seq, Start,
// End, ArticleID, Outlet and Published and nothing else.
type Index struct {
	log   *slog.Logger
	bleve bleve.Index

	// filling is held by whoever changes the index, for as long as bleve takes.
	filling sync.Mutex
	table   *table
	// closed and view are changed under the table's lock, which a question holds
	// to its end for reading; view is made by the first question after a change.
	closed  bool
	viewing sync.Mutex
	view    *view
}

var _ retrieval.Index = (*Index)(nil)

// Open opens the index in dir, and makes both when they are not there. It
// returns [ErrInUse] at once when another process holds it.
func Open(log *slog.Logger, dir string) (*Index, error) {
	index, table, err := openFolder(log, dir)
	if err != nil {
		return nil, err
	}
	return &Index{log: log, bleve: index, table: table}, nil
}

// Close waits for the calls in progress and gives the folder back. The Index answers with errors afterwards; closing
// it again does nothing.
func (x *Index) Close() error {
	x.filling.Lock()
	defer x.filling.Unlock()
	x.table.mu.Lock()
	defer x.table.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	if err := errors.Join(x.dropView(), x.bleve.Close()); err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	return nil
}

// viewed returns the view of what the index holds since its last change. table.mu
// is held for reading.
func (x *Index) viewed() (*view, error) {
	x.viewing.Lock()
	defer x.viewing.Unlock()
	if x.view == nil {
		v, err := newView(x.bleve)
		if err != nil {
			return nil, err
		}
		x.view = v
	}
	return x.view, nil
}

// dropView forgets the view before a change, or after it. table.mu is held.
func (x *Index) dropView() error {
	if x.view == nil {
		return nil
	}
	err := x.view.close()
	x.view = nil
	return err
}

// Reached implements retrieval.Index.
func (x *Index) Reached(ctx context.Context) (int64, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	value, err := x.bleve.GetInternal(reachedKey)
	if err != nil {
		return 0, fmt.Errorf("lexical: %w", err)
	}
	if value == nil {
		return 0, nil
	}
	if len(value) != 8 {
		return 0, fmt.Errorf("lexical: the cursor has %d bytes, want 8", len(value))
	}
	return int64(binary.BigEndian.Uint64(value)), nil
}

// Reach implements retrieval.Index.
func (x *Index) Reach(ctx context.Context, seq int64) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.filling.Lock()
	defer x.filling.Unlock()
	value := binary.BigEndian.AppendUint64(nil, uint64(seq))
	if err := x.bleve.SetInternal(reachedKey, value); err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	return nil
}

// Passages implements retrieval.Index.
func (x *Index) Passages(ctx context.Context) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	count, err := x.bleve.DocCount()
	if err != nil {
		return 0, fmt.Errorf("lexical: %w", err)
	}
	return int(count), nil
}
