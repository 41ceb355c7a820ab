package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/sync/errgroup"

	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/hybrid"
	"newsdesk/retrieval/indexer"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/remember"
	"newsdesk/retrieval/rerank"
	"newsdesk/retrieval/spread"
	"newsdesk/retrieval/static"
)

// search is the index: words on disk, vectors in memory, and one retriever over
// both.
//
// A changed embedding model is a second set of vectors beside the first:
// questions go to the first until the second has reached the end of the log.
type search struct {
	app       *app
	lexical   *lexical.Index
	current   *current
	reranked  retrieval.Retriever // all but the last step
	retriever retrieval.Retriever

	// filling keeps one goroutine at a time at words and former; catching one
	// at vectors, which may take as long as a model server needs.
	filling  sync.Mutex
	words    *indexer.Indexer
	former   *vectors // nil: the model has not changed, or the new one is complete
	catching sync.Mutex
	vectors  *vectors
}

// vectors is the dense index of one model.
type vectors struct {
	model    string
	embedder *remember.Embedder
	index    *dense.Index
	indexer  *indexer.Indexer
}

func (a *app) newVectors(ctx context.Context, e retrieval.Embedder) (*vectors, error) {
	remembering, err := remember.New(ctx, a.log, a.db, e)
	if err != nil {
		return nil, err
	}
	x := dense.New(a.log, remembering)
	return &vectors{model: e.Model(), embedder: remembering, index: x, indexer: indexer.New(a.log, a.corpus, chunk.Passages, x)}, nil
}

func (a *app) newSearch(ctx context.Context, s *streams) (*search, error) {
	last, err := a.lastModel(ctx)
	if err != nil {
		return nil, err
	}
	e, said, err := a.models.embedder(ctx, last)
	if err != nil {
		return nil, err
	}
	if said != "" {
		a.say(s, "%s", said)
	}
	v, err := a.newVectors(ctx, e)
	if err != nil {
		return nil, err
	}
	if err := a.tryOut(ctx, v); err != nil {
		return nil, err
	}
	words, err := lexical.Open(a.log, a.folder.lexical())
	if err != nil {
		return nil, err
	}
	x := &search{app: a, lexical: words, words: indexer.New(a.log, a.corpus, chunk.Passages, words), vectors: v}
	x.current = newCurrent(v.index)
	vocabulary, err := static.New()
	if err != nil {
		return nil, errors.Join(err, words.Close())
	}
	x.reranked = rerank.New(a.log, x.fused(), vocabulary)
	x.retriever = spread.New(a.log, x.reranked)
	return x, nil
}

// fused asks vectors and words.
func (x *search) fused() retrieval.Retriever {
	return hybrid.New(x.app.log, x.app.corpus,
		hybrid.Part{Name: dense.Name, Retriever: x.current}, hybrid.Part{Name: lexical.Name, Retriever: x.lexical})
}

// tryOut embeds something at the model server, so that a model it does not know
// or whose vectors do not fit those that are stored is told before anything is
// added or asked. A server that does not answer is no such mistake.
func (a *app) tryOut(ctx context.Context, v *vectors) error {
	if a.models.embeddingServer() == "" {
		return nil
	}
	trial, cancel := context.WithTimeout(ctx, checkPatience)
	defer cancel()
	_, err := v.embedder.EmbedQuery(trial, "newsdesk")
	if errors.Is(err, retrieval.ErrUnavailable) || trial.Err() != nil {
		return ctx.Err()
	}
	return err
}

// lastModel returns the embedding model whose vectors were last complete, empty
// for none.
func (a *app) lastModel(ctx context.Context) (string, error) {
	e, err := a.models.builtinEmbedder()
	if err != nil {
		return "", err
	}
	remembering, err := remember.New(ctx, a.log, a.db, e)
	if err != nil {
		return "", err
	}
	model, _, err := remembering.LastComplete(ctx)
	return model, err
}

func (x *search) close() error { return x.lexical.Close() }

// sync brings everything that questions are asked of up to the end of the log.
// When the embedding server is down, words alone are searched, and that is
// said.
func (x *search) sync(ctx context.Context, s *streams) error {
	x.filling.Lock()
	defer x.filling.Unlock()
	bar := newBar(s, "indexing")
	defer bar.finish()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return x.words.Sync(ctx, nil) })
	group.Go(func() error { return x.orSay(s, x.syncAsked(ctx, bar)) })
	return group.Wait()
}

// syncAsked fills the vectors that questions are asked of; called with filling
// held.
func (x *search) syncAsked(ctx context.Context, bar *bar) error {
	if x.former != nil {
		return x.former.indexer.Sync(ctx, bar.at)
	}
	return x.catchUp(ctx, bar)
}

// catchUp fills the vectors of the model that is set.
func (x *search) catchUp(ctx context.Context, bar *bar) error {
	x.catching.Lock()
	defer x.catching.Unlock()
	if err := x.vectors.indexer.Sync(ctx, bar.at); err != nil {
		return err
	}
	seq, err := x.vectors.index.Reached(ctx)
	if err != nil {
		return err
	}
	return x.vectors.embedder.Complete(ctx, seq)
}

// orSay says that the embedding server is down, where that is the error.
func (x *search) orSay(s *streams, err error) error {
	if !errors.Is(err, retrieval.ErrUnavailable) {
		return err
	}
	x.app.say(s, "the embedding server does not answer; searching by words only until it does (%v)", err)
	return nil
}

// takeFormer puts the vectors of the model that was complete before in the
// place of those that are not yet; nothing when the model has not changed.
func (x *search) takeFormer(ctx context.Context) error {
	last, err := x.app.lastModel(ctx)
	if err != nil || last == "" || last == x.vectors.model {
		return err
	}
	e, err := x.app.models.former(last)
	if err != nil {
		return err
	}
	x.app.log.Info("another embedding model: the former one answers until the new one is complete", "former", last, "new", x.vectors.model)
	if x.former, err = x.app.newVectors(ctx, e); err != nil {
		return err
	}
	x.current.set(x.former.index)
	return nil
}

// dropFormer goes over to the new model.
func (x *search) dropFormer() {
	x.filling.Lock()
	defer x.filling.Unlock()
	if x.former == nil {
		return
	}
	x.app.log.Info("the new embedding model is complete", "model", x.vectors.model)
	x.former = nil
	x.current.set(x.vectors.index)
}

// soon is how long the first question of a serve waits for vectors; what is not
// there by then comes while words are searched.
const soon = 10 * time.Second

// startBeside builds the index of a serve. It returns when questions can be
// answered, and closes caught once the vectors are complete.
func (x *search) startBeside(ctx context.Context) (caught <-chan error, err error) {
	if err := x.takeFormer(ctx); err != nil {
		return nil, err
	}
	done := make(chan error, 1)
	go func() { done <- x.caughtUp(ctx) }()
	if x.former != nil {
		return done, x.sync(ctx, nil)
	}
	if err := x.fillWords(ctx); err != nil {
		return nil, err
	}
	select {
	case err := <-done:
		done <- err
	case <-time.After(soon):
		x.app.log.Info("the vectors are not complete yet; words are searched meanwhile")
	case <-ctx.Done():
	}
	return done, nil
}

// fillWords gives filling up before anything waits for vectors: going over to
// them takes it.
func (x *search) fillWords(ctx context.Context) error {
	x.filling.Lock()
	defer x.filling.Unlock()
	return x.words.Sync(ctx, nil)
}

// caughtUp fills the vectors and goes over to them.
func (x *search) caughtUp(ctx context.Context) error {
	if err := x.catchUp(ctx, newBar(nil, "")); err != nil {
		return err
	}
	x.dropFormer()
	return nil
}

// keepUp brings everything up to the end of the log.
func (x *search) keepUp(ctx context.Context) error {
	if err := x.sync(ctx, nil); err != nil {
		return err
	}
	err := x.caughtUp(ctx)
	if errors.Is(err, retrieval.ErrUnavailable) {
		return nil // sync has said so, or the former model serves
	}
	return err
}

// current is a retriever that can be exchanged while it is in use.
type current struct {
	retriever atomic.Pointer[retrieval.Retriever]
}

func newCurrent(r retrieval.Retriever) *current {
	c := new(current)
	c.set(r)
	return c
}

func (c *current) set(r retrieval.Retriever) { c.retriever.Store(&r) }

// Retrieve asks the retriever that is current now.
func (c *current) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	return (*c.retriever.Load()).Retrieve(ctx, q)
}

// bar is a progress bar for a person at a terminal; it appears only once
// something takes noticeably long.
type bar struct {
	title string
	s     *streams
	began time.Time
	shown *progressbar.ProgressBar
}

// barAfter is how long something takes before it needs a bar.
const barAfter = 700 * time.Millisecond

func newBar(s *streams, title string) *bar { return &bar{title: title, s: s, began: time.Now()} }

// at shows how far the work is. It is called from one goroutine.
func (b *bar) at(done, total int64) {
	if b.s == nil || !b.s.Progress || total <= 0 || time.Since(b.began) < barAfter {
		return
	}
	if b.shown == nil {
		b.shown = progressbar.NewOptions64(total, progressbar.OptionSetWriter(b.s.Err),
			progressbar.OptionSetDescription(b.title), progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish())
	}
	if err := b.shown.Set64(min(done, total)); err != nil {
		b.shown = nil // a bar that cannot be drawn is no reason to stop
		b.s = nil
	}
}

func (b *bar) finish() {
	if b.shown == nil {
		return
	}
	if err := b.shown.Finish(); err != nil {
		fmt.Fprintln(b.s.Err)
	}
}
