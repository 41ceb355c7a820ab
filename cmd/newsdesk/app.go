package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"newsdesk/bot/access"
	"newsdesk/bot/answer"
	"newsdesk/bot/correct"
	"newsdesk/bot/digest"
	"newsdesk/bot/explain"
	"newsdesk/bot/feedback"
	"newsdesk/bot/locale"
	"newsdesk/bot/memory"
	"newsdesk/bot/schedule"
	chats "newsdesk/bot/settings"
	"newsdesk/bot/telegram"
	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/store"
	"newsdesk/retrieval/story"
)

// app is newsdesk in an open data folder. Whatever needs the index is built at
// first use: most commands do not.
type app struct {
	log      *slog.Logger
	folder   *folder
	settings settings
	// now is the clock by which digests are due and late.
	now func() time.Time

	db       *store.DB
	corpus   *corpus.Corpus
	access   *access.Access
	memory   *memory.Memory
	chats    *chats.Book
	feedback *feedback.Feedback
	records  *explain.Log
	locale   *locale.Locale
	schedule *schedule.Schedule
	watcher  *correct.Watcher
	models   models
	metrics  *metrics

	// priority is what questions have before the reading of outlets.
	priority priority

	// building guards what is built at first use.
	building sync.Mutex
	search   *search
	writers  *generators
	stories  *story.Stories
	digester *digest.Writer
	outlets  *poll.Poller
	fetcher  *fetch.Client

	// restart is closed once a backup was put in place of what is stored; a
	// serve then opens everything anew.
	restart     chan struct{}
	restartOnce sync.Once

	// bot is the Telegram bot of a serve, nil elsewhere; indexed is closed once
	// its questions can be answered.
	bot     *telegram.Bot
	indexed chan struct{}
	// fresh is signalled when articles have come that are not indexed.
	fresh chan struct{}
	// indexedMore is signalled when the index has caught up with the log again.
	indexedMore chan struct{}
	// corrected are the chats that corrections were stored for.
	corrected woken
}

// openApp opens the folder, which this process holds.
func openApp(ctx context.Context, log *slog.Logger, f *folder, s settings) (*app, error) {
	if err := f.finishRestore(); err != nil {
		return nil, err
	}
	db, err := store.Open(ctx, log, f.database())
	if err != nil {
		return nil, err
	}
	a := &app{log: log, folder: f, settings: s, now: time.Now, db: db, models: newModels(log, s), metrics: newMetrics(), restart: make(chan struct{}), indexed: make(chan struct{}), fresh: make(chan struct{}, 1), indexedMore: make(chan struct{}, 1)}
	if err := a.open(ctx); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return a, nil
}

func (a *app) open(ctx context.Context) (err error) {
	if a.corpus, err = corpus.New(ctx, a.log, a.db, time.Now); err != nil {
		return err
	}
	if a.access, err = access.New(ctx, a.db, time.Now); err != nil {
		return err
	}
	a.models.spent = a.spent
	if a.memory, err = memory.New(ctx, a.db, time.Now); err != nil {
		return err
	}
	if a.chats, err = chats.New(ctx, a.db); err != nil {
		return err
	}
	if a.feedback, err = feedback.New(ctx, a.db); err != nil {
		return err
	}
	if a.records, err = explain.New(ctx, a.db); err != nil {
		return err
	}
	if a.locale, err = locale.New(); err != nil {
		return err
	}
	if a.schedule, err = schedule.New(ctx, a.db); err != nil {
		return err
	}
	a.watcher, err = a.newWatcher(ctx)
	return err
}

func (a *app) close() error {
	a.building.Lock()
	defer a.building.Unlock()
	var err error
	if a.search != nil {
		err = a.search.close()
	}
	if a.fetcher != nil {
		a.fetcher.Close()
	}
	return errors.Join(err, a.db.Close())
}

// searchingBeside returns the index, which may not be filled yet.
func (a *app) searchingBeside(ctx context.Context) (*search, error) {
	return a.builtSearch(ctx, nil)
}

// searching returns the index, filled up to the end of the log. Progress is
// shown to a person who waits for it.
func (a *app) searching(ctx context.Context, s *streams) (*search, error) {
	x, err := a.builtSearch(ctx, s)
	if err != nil {
		return nil, err
	}
	return x, x.sync(ctx, s)
}

func (a *app) builtSearch(ctx context.Context, s *streams) (*search, error) {
	a.building.Lock()
	defer a.building.Unlock()
	if a.search != nil {
		return a.search, nil
	}
	built, err := a.newSearch(ctx, s)
	if err != nil {
		return nil, err
	}
	a.search = built
	return built, nil
}

// index brings the index up to the end of the log.
func (a *app) index(ctx context.Context, s *streams) error {
	_, err := a.searching(ctx, s)
	return err
}

// generating returns what writes text.
func (a *app) generating(ctx context.Context, s *streams) (*generators, error) {
	a.building.Lock()
	defer a.building.Unlock()
	if a.writers == nil {
		built, err := a.newGenerators(ctx, s)
		if err != nil {
			return nil, err
		}
		a.writers = built
	}
	return a.writers, nil
}

// answerer returns what answers questions, with the index up to date.
func (a *app) answerer(ctx context.Context, s *streams) (*answer.Answerer, error) {
	if a.bot != nil {
		return a.servingAnswerer(ctx)
	}
	search, err := a.searching(ctx, s)
	if err != nil {
		return nil, fmt.Errorf("indexing: %w", err)
	}
	g, err := a.generating(ctx, s)
	if err != nil {
		return nil, err
	}
	return a.newAnswerer(search, g), nil
}

// newAnswerer returns what answers questions, with the model as second reader of
// its own sentences where that is set.
func (a *app) newAnswerer(s *search, g *generators) *answer.Answerer {
	out := answer.New(a.log, a.corpus, s.retriever, g.main, g.fallback)
	if g.fallback == nil || a.settings.JudgeTokens <= 0 {
		return out
	}
	return out.Judged(g.main, a.settings.JudgeTokens)
}
