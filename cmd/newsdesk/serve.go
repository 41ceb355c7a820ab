package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/bot"
	"newsdesk/bot/answer"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram"
)

// serveCmd answers in Telegram until it is stopped.
type serveCmd struct {
	Open bool `help:"Answer everybody, not only who was invited."`
}

// errRestored ends one round of serving: a backup was put in place.
var errRestored = errors.New("a backup was restored")

func (c *serveCmd) Run(inv *invocation) error {
	if inv.cli.Settings.secrets.telegramToken == "" {
		return fmt.Errorf("no Telegram token: get one from @BotFather and set %s in the environment; “newsdesk chat” works without", envTelegramToken)
	}
	f, err := newFolder(inv.cli.dataFolder())
	if err != nil {
		return err
	}
	if err := f.hold(inv.ctx, func() { inv.log.Info("another command works in this folder; waiting for it") }); err != nil {
		return err
	}
	for {
		err := c.round(inv, f)
		if errors.Is(err, errRestored) && inv.ctx.Err() == nil {
			inv.log.Info("a backup was restored; starting anew")
			continue
		}
		return errors.Join(err, f.release())
	}
}

// round serves until it is stopped, fails, or a backup was restored.
func (c *serveCmd) round(inv *invocation, f *folder) error {
	a, err := openApp(inv.ctx, inv.log, f, inv.cli.Settings)
	if err != nil {
		return err
	}
	return errors.Join(c.serve(inv, a), a.close())
}

func (c *serveCmd) serve(inv *invocation, a *app) error {
	ctx, cancel := context.WithCancel(inv.ctx)
	defer cancel()
	if (a.settings.TelegramWebhookURL == "") != (a.settings.TelegramWebhookListen == "") {
		return errors.New("a webhook needs both: telegram-webhook-url, where Telegram finds your proxy, and telegram-webhook-listen, where the proxy finds newsdesk")
	}
	if _, err := a.generating(ctx, nil); err != nil {
		return err
	}
	outlets, err := a.poller(ctx)
	if err != nil {
		return err
	}
	var b *telegram.Bot
	desk := a.newDesk(c.door(), func() *telegram.Bot { return b })
	if b, err = a.newBot(ctx, desk); err != nil {
		return err
	}
	// Asked before anything waits for it: a wrong token is a mistake to be told.
	if _, err := b.Me(ctx); errors.Is(err, telegram.ErrToken) {
		return err
	}
	a.bot = b
	a.metrics.queues(ctx, a.log, b.Waiting)
	a.metrics.doubts(ctx, a.log, a.schedule.Doubts)
	a.metrics.quiet(ctx, a.log, outlets)
	l, err := a.folder.listen()
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return socketServer{a.log, a}.serve(ctx, l) })
	group.Go(func() error { return b.Run(ctx) })
	group.Go(func() error {
		return serveAt(ctx, a.log, a.settings.TelegramWebhookListen, b.Webhook())
	})
	group.Go(func() error {
		return serveAt(ctx, a.log, a.settings.OpsListen, a.metrics.operations(a.indexed))
	})
	group.Go(func() error { return a.keepIndexed(ctx) })
	group.Go(func() error { return a.keepPosting(ctx) })
	group.Go(func() error { return a.keepFollowing(ctx) })
	group.Go(func() error { return a.keepTidy(ctx) })
	group.Go(func() error { return outlets.Run(ctx) })
	group.Go(func() error { return a.keepNaming(ctx, outlets) })
	group.Go(func() error { return a.awaitRestart(ctx) })
	err = group.Wait()
	if inv.ctx.Err() != nil {
		a.log.Info("stopped")
		return nil
	}
	return err
}

func (c *serveCmd) door() chat.Door {
	if c.Open {
		return chat.Open
	}
	return chat.Closed
}

// newBot returns a Telegram bot on the app's database; desk may be nil for one
// that only sends.
func (a *app) newBot(ctx context.Context, desk *chat.Desk) (*telegram.Bot, error) {
	if a.settings.secrets.telegramToken == "" {
		return nil, fmt.Errorf("no Telegram token: set %s in the environment", envTelegramToken)
	}
	return telegram.New(ctx, a.log, a.db, a.botConfig(desk))
}

// botConfig is how the bot of this app works; desk may be nil.
func (a *app) botConfig(desk *chat.Desk) telegram.Config {
	cfg := telegram.Config{
		Token: a.settings.secrets.telegramToken, Server: a.settings.TelegramAPIURL,
		Webhook: a.settings.TelegramWebhookURL,
		Pace:    telegram.TelegramPace, Moved: a.moved, Sent: a.sent, Refused: a.refused, Guard: a.guard(), Now: time.Now,
		Trouble: func(kind string) { a.metrics.telegram.WithLabelValues(kind).Inc() },
	}
	if desk != nil {
		cfg.Handle, cfg.Words, cfg.Menus, cfg.Admins = desk.Handle, desk, a.menus(), a.access.Admins
	}
	return cfg
}

// ask answers a question of the bot. It waits for the index only until it was
// built once; from then on questions and additions do not wait for each other.
func (a *app) ask(ctx context.Context, q bot.Question) (bot.Answer, error) {
	answerer, err := a.servingAnswerer(ctx)
	if err != nil {
		return bot.Answer{}, err
	}
	defer a.priority.begin()()
	began := time.Now()
	answer, err := answerer.Answer(ctx, q)
	a.metrics.answered(answer, err, time.Since(began))
	return answer, err
}

func (a *app) servingAnswerer(ctx context.Context) (*answer.Answerer, error) {
	select {
	case <-a.indexed:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	search, err := a.searchingBeside(ctx)
	if err != nil {
		return nil, err
	}
	g, err := a.generating(ctx, nil)
	if err != nil {
		return nil, err
	}
	return a.newAnswerer(search, g), nil
}

// The rhythms of a serve: how soon it tries again to index what an embedding
// server did not embed, and how exact a time of day is kept.
const (
	indexEvery = 30 * time.Second
	postEvery  = 10 * time.Second
)

// keepIndexed builds the index and keeps it at the end of the log.
func (a *app) keepIndexed(ctx context.Context) error {
	search, err := a.searchingBeside(ctx)
	if err != nil {
		return ignoreEnd(ctx, err)
	}
	caught, err := search.startBeside(ctx)
	if err != nil {
		return ignoreEnd(ctx, err)
	}
	close(a.indexed)
	if err := <-caught; err != nil && ctx.Err() == nil {
		a.log.ErrorContext(ctx, "embedding", "err", err)
	}
	return a.onFresh(ctx, func() {
		if err := search.keepUp(ctx); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "indexing", "err", err)
		}
		select {
		case a.indexedMore <- struct{}{}:
		default:
		}
	})
}

// keepFollowing does what follows from new articles, once questions can be answered:
// they come into stories, so that nobody who asks for these has to wait, some are
// breaking news, and posts and answers are corrected.
func (a *app) keepFollowing(ctx context.Context) error {
	select {
	case <-a.indexed:
	case <-ctx.Done():
		return nil
	}
	return everyOr(ctx, indexEvery, a.indexedMore, 0, func() {
		for _, step := range []struct {
			what string
			do   func(context.Context) error
		}{{"stories", a.followStories}, {"corrections", a.correctPosts}} {
			if err := step.do(ctx); err != nil && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "what follows from new articles could not be done and is tried again", "step", step.what, "err", err)
			}
		}
	})
}

func (a *app) keepPosting(ctx context.Context) error {
	return every(ctx, postEvery, func() {
		if err := a.postDue(ctx, a.now()); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "digests could not be posted and are tried again", "err", err)
		}
	})
}

func (a *app) awaitRestart(ctx context.Context) error {
	select {
	case <-a.restart:
		return errRestored
	case <-ctx.Done():
		return nil
	}
}

// every calls f at once and then again and again until ctx ends.
func every(ctx context.Context, d time.Duration, f func()) error {
	t := time.NewTicker(d)
	defer t.Stop()
	for {
		f()
		select {
		case <-ctx.Done():
			return nil
		case <-t.C:
		}
	}
}

// ignoreEnd drops an error that only says that ctx ended.
func ignoreEnd(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}
