package main

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/store"
)

// What goes on while outlets are read.

const (
	// indexSoon is how long articles that have come wait for others, so that many
	// are indexed at once: a batch of one costs the index of words as much as one
	// of fifty.
	indexSoon = 3 * time.Second
	// quietEvery is how often it is looked for outlets that have gone quiet; they
	// are silent for days before they are called that.
	quietEvery = 10 * time.Minute
)

// visited counts what a visit of an outlet brought, and has it indexed.
func (a *app) visited(e poll.Event) {
	a.metrics.visited(e)
	if e.New+e.Changed+e.Withdrawn == 0 {
		return
	}
	select {
	case a.fresh <- struct{}{}:
	default:
	}
}

// onFresh calls f soon after articles have come, and every indexEvery besides,
// until ctx ends.
func (a *app) onFresh(ctx context.Context, f func()) error {
	return everyOr(ctx, indexEvery, a.fresh, indexSoon, f)
}

// everyOr calls f at once, then again and again until ctx ends: after d, or soon
// after sooner was signalled.
func everyOr(ctx context.Context, d time.Duration, sooner <-chan struct{}, soon time.Duration, f func()) error {
	for {
		f()
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(d):
			continue
		case <-sooner:
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(soon):
		}
	}
}

// keepNaming names quiet outlets to the admins.
func (a *app) keepNaming(ctx context.Context, p *poll.Poller) error {
	return every(ctx, quietEvery, func() {
		if err := a.nameQuiet(ctx, p); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "admins could not be told of quiet outlets, which is tried again", "err", err)
		}
	})
}

// nameQuiet names each outlet that has gone quiet to each admin, once. As long as
// there are no admins, nobody was told.
func (a *app) nameQuiet(ctx context.Context, p *poll.Poller) error {
	outlets, err := p.QuietNow(ctx)
	if err != nil || len(outlets) == 0 {
		return err
	}
	admins, err := a.access.Admins(ctx)
	if err != nil || len(admins) == 0 {
		return err
	}
	for _, admin := range admins {
		if err := a.nameQuietTo(ctx, admin, outlets); err != nil {
			return err
		}
	}
	for _, o := range outlets {
		a.log.WarnContext(ctx, "an outlet has gone quiet", "outlet", o.Name, "newest", o.Newest)
	}
	// What was posted is not posted again, should this fail: its source is the
	// same.
	return p.ToldQuiet(ctx, outlets)
}

func (a *app) nameQuietTo(ctx context.Context, admin int64, outlets []poll.Outlet) error {
	chosen, err := a.chats.Of(ctx, admin)
	if err != nil {
		return err
	}
	texts, chat := a.locale.For(chosen.Interface), strconv.FormatInt(admin, 10)
	err = a.db.Write(ctx, func(tx store.Tx) error {
		var errs []error
		for _, o := range outlets {
			source := fmt.Sprintf("quiet %d %s %d", o.ID, o.Newest.UTC().Format(time.RFC3339), admin)
			errs = append(errs, a.bot.Post(ctx, tx, source, chat, bot.Reply{Blocks: []bot.Block{texts.Block(bot.Paragraph, locale.OutletQuiet(o.Name, o.Newest))}}))
		}
		return errors.Join(errs...)
	})
	if err != nil {
		return err
	}
	return a.bot.Wake(ctx, chat)
}
