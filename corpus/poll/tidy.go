package poll

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// forgotten is after how long without being in its feed an item is forgotten, of
// which nothing is to be done. Should it come back, the corpus knows the article.
const forgotten = 90 * 24 * time.Hour

// Tidy removes the articles of the register's outlets that are not to be kept:
// older than [Keep.For], or beyond the newest [Keep.Articles]. Their texts are
// deleted, tombstones stay, and they are not taken in again. Articles of one
// moment are kept together, so that a few more may be left. It returns how many
// were removed, also with an error. A running [Poller.Run] does it every hour.
func (p *Poller) Tidy(ctx context.Context) (removed int, err error) {
	if err := p.forgetFormer(ctx); err != nil {
		return 0, err
	}
	outlets, err := p.Outlets(ctx)
	if err != nil {
		return 0, err
	}
	for _, o := range outlets {
		n, err := p.tidy(ctx, o)
		removed += n
		if err != nil {
			return removed, err
		}
	}
	if removed > 0 {
		p.log.InfoContext(ctx, "articles removed", "articles", removed)
	}
	err = p.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM poll_items WHERE next IS NULL AND listed < ?`, p.now().Add(-forgotten).UnixMicro())
		return err
	})
	if err != nil {
		return removed, fmt.Errorf("poll: %w", err)
	}
	return removed, nil
}

func (p *Poller) tidy(ctx context.Context, o Outlet) (int, error) {
	k := p.keep(o)
	before := time.Time{}
	if k.For > 0 {
		before = p.now().Add(-k.For)
	}
	if k.Articles > 0 && o.Articles > k.Articles {
		at, err := p.since(ctx, o, k.Articles)
		if err != nil {
			return 0, err
		}
		if at.After(before) {
			before = at
		}
	}
	if before.IsZero() || o.Articles == 0 {
		return 0, nil
	}
	return p.removeBefore(ctx, o.Name, before)
}

// since is from when on an outlet has published so many articles; by halving, for
// the corpus counts faster than it lists.
func (p *Poller) since(ctx context.Context, o Outlet, articles int) (time.Time, error) {
	early, late := time.Unix(0, 0).UTC(), o.Newest.Add(time.Microsecond)
	if extent, err := p.corpus.Extent(ctx, corpus.Filter{Outlets: []string{o.Name}}); err != nil {
		return time.Time{}, fmt.Errorf("poll: %w", err)
	} else if extent.Articles > 0 {
		early = extent.From
	}
	for late.Sub(early) > time.Microsecond { // at least articles since early, fewer since late
		middle := early.Add(late.Sub(early) / 2).Truncate(time.Microsecond)
		extent, err := p.corpus.Extent(ctx, corpus.Filter{Outlets: []string{o.Name}, From: middle})
		if err != nil {
			return time.Time{}, fmt.Errorf("poll: %w", err)
		}
		if extent.Articles >= articles {
			early = middle
		} else {
			late = middle
		}
	}
	return early, nil
}

// removeBefore removes an outlet's articles that were published before a time.
func (p *Poller) removeBefore(ctx context.Context, name string, before time.Time) (int, error) {
	removed := 0
	for {
		list, err := p.corpus.List(ctx, corpus.Filter{Outlets: []string{name}, To: before, Limit: 100})
		if err != nil {
			return removed, fmt.Errorf("poll: %w", err)
		}
		if len(list) == 0 {
			return removed, nil
		}
		for _, a := range list {
			if err := p.corpus.Remove(ctx, a.ID); err != nil && !errors.Is(err, corpus.ErrNotFound) {
				return removed, fmt.Errorf("poll: %w", err)
			}
			removed++
		}
	}
}
