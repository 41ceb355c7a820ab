package lexical

import (
	"context"
	"fmt"
	"math"
	"sync"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"
)

// view is what the index held at one moment, with the lists of the words that
// were asked for since. A question works on one view from its beginning to its
// end; the next one after a change gets a new one. bleve numbers passages anew
// whenever it merges, so lists and numbers belong to a view.
//
// Reading a list out of bleve costs some fifty nanoseconds a passage, going
// through it again one or two. Words that many passages have are those that most
// questions have.
type view struct {
	reader index.IndexReader
	total  float64

	mu    sync.RWMutex
	lists map[string]*list
	held  int // in passages of all lists
}

// mostHeld bounds the lists of a view, in passages of all lists: 256 MB. All words
// of 50,000 passages are some three million.
const mostHeld = 32 << 20

// list is a word's passages.
type list struct {
	// idf is the word's rarity, raised to rarity.
	idf     float64
	entries []entry
}

// entry is a passage that has the word, by its number in the view, and how well
// it has it: c / (c + k1), from 0 to 1.
type entry struct {
	number uint32
	worth  float32
}

func newView(b bleve.Index) (*view, error) {
	r, err := readerOf(b)
	if err != nil {
		return nil, err
	}
	total, err := r.DocCount()
	if err == nil && total > math.MaxUint32 {
		err = fmt.Errorf("lexical: %d passages are too many", total)
	}
	if err != nil {
		closing(r, &err)
		return nil, err
	}
	return &view{reader: r, total: float64(total), lists: map[string]*list{}}, nil
}

func (v *view) close() error { return v.reader.Close() }

// list returns the passages of a word. It is read once.
func (v *view) list(ctx context.Context, word string) (*list, error) {
	v.mu.RLock()
	l, ok := v.lists[word]
	v.mu.RUnlock()
	if ok {
		return l, nil
	}
	l, err := v.read(ctx, word)
	if err != nil {
		return nil, err
	}
	v.keep(word, l)
	return l, nil
}

// keep makes room by dropping others, whichever.
func (v *view) keep(word string, l *list) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for other, dropped := range v.lists {
		if v.held+len(l.entries) <= mostHeld {
			break
		}
		v.held -= len(dropped.entries)
		delete(v.lists, other)
	}
	if _, ok := v.lists[word]; !ok {
		v.lists[word] = l
		v.held += len(l.entries)
	}
}

// read reads a word's lists of all fields out of bleve.
func (v *view) read(ctx context.Context, word string) (*list, error) {
	t := newTally()
	defer t.end()
	holders := 0.0
	for _, f := range scoredFields {
		seen := 0.0
		err := v.each(ctx, f.name, word, true, func(p *index.TermFieldDoc) {
			seen++
			t.add(p.ID.Value(), f.count(p.Freq, 1/(p.Norm*p.Norm)))
		})
		if err != nil {
			return nil, err
		}
		holders = max(holders, seen)
	}
	l := &list{
		idf:     math.Pow(math.Log(1+(v.total-holders+.5)/(holders+.5)), rarity),
		entries: make([]entry, len(t.found)),
	}
	for i, n := range t.found {
		l.entries[i] = entry{n, float32(t.scores[n] / (t.scores[n] + k1))}
	}
	return l, nil
}

// each calls yield with every passage that has a term in a field. What it is
// called with holds for the call.
func (v *view) each(ctx context.Context, field, term string, scored bool, yield func(*index.TermFieldDoc)) (err error) {
	postings, err := v.reader.TermFieldReader(ctx, []byte(term), field, scored, scored, false)
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	defer closing(postings, &err)
	var room index.TermFieldDoc
	for {
		p, err := postings.Next(&room)
		if err != nil {
			return fmt.Errorf("lexical: %w", err)
		}
		if p == nil {
			return nil
		}
		yield(p)
	}
}
