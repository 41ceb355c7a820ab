package poll

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus/feed"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/store"
)

// row returns an outlet that is to be read; errLeft when there is none.
func (p *Poller) row(ctx context.Context, id int64) (row, error) {
	var found []row
	err := p.db.Read(ctx, func(tx store.Tx) (err error) {
		found, err = rows(ctx, tx, `WHERE id = ? AND state = 'active'`, id)
		return err
	})
	if err != nil {
		return row{}, fmt.Errorf("poll: %w", err)
	}
	if len(found) == 0 {
		return row{}, errLeft
	}
	return found[0], nil
}

// readFeed reads an outlet's feed, enters its items and says when it is next to
// be read. Only errors of the store and the context are returned: what is wrong
// with the feed is the outlet's.
func (p *Poller) readFeed(ctx context.Context, r *row, e *Event) error {
	if err := enter(ctx, p.feeds); err != nil {
		return err
	}
	defer leave(p.feeds)
	resp, err := p.get(ctx, fetch.Request{URL: r.Feed, ETag: r.etag, LastModified: r.lastModified, MaxBytes: feed.MaxBytes})
	e.Asked = true
	now := p.now()
	listed := sum(string(resp.Body))
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return p.feedFailed(ctx, r, err, now, e)
	case resp.NotModified:
		return p.feedRead(ctx, r, resp, nil, r.listed, now)
	case bytes.Equal(listed, r.listed):
		return p.feedRead(ctx, r, resp, nil, listed, now)
	}
	var f feed.Feed
	if ended := p.parse(ctx, func() {
		f, err = feed.Read(resp.Body, feed.Source{URL: resp.URL, ContentType: resp.ContentType, Now: now})
	}); ended != nil {
		return ended
	}
	if err != nil {
		return p.feedFailed(ctx, r, err, now, e)
	}
	return p.feedRead(ctx, r, resp, &f, listed, now)
}

// feedFailed notes what went wrong; what was learnt stays.
func (p *Poller) feedFailed(ctx context.Context, r *row, failed error, now time.Time, e *Event) error {
	p.log.WarnContext(ctx, "feed not read", "outlet", r.Name, "error", failed)
	e.Problem = Plain(failed)
	wait := backOff(r.Failures+1, asked(failed), maxEvery)
	wait = max(spreadOut(max(wait, r.Every), p.s.Jitter()), asked(failed))
	err := p.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_outlets SET polled = ?, next = ?, failures = failures + 1, problem = ? WHERE id = ?`,
			now.UnixMicro(), now.Add(wait).UnixMicro(), e.Problem, r.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}

// feedRead stores, in one transaction, the items of a feed and what makes that it
// is not sent again. f is nil when it is as it was.
func (p *Poller) feedRead(ctx context.Context, r *row, resp fetch.Response, f *feed.Feed, listed []byte, now time.Time) error {
	err := p.db.WriteSoon(ctx, func(tx store.Tx) error {
		h := habit{gap: r.gap, silence: r.silence, newest: r.newest}
		home, language := "", ""
		if f != nil {
			var err error
			if h, err = p.list(ctx, tx, *r, *f, now); err != nil {
				return err
			}
			r.asks, language = f.Schedule, f.Language
			if site(f.Home) == site(r.Feed) {
				home = f.Home
			}
		}
		every := pace(h, r.asks, resp.Fresh, now)
		asks, err := json.Marshal(r.asks)
		if err != nil {
			return err
		}
		etag, lastModified := marks(resp, now)
		next := allowed(now.Add(spreadOut(every, p.s.Jitter())), r.asks)
		done, err := tx.Exec(ctx, `UPDATE poll_outlets SET etag = ?, last_modified = ?, listed = ?, polled = ?, succeeded = ?,
			next = ?, every = ?, gap = ?, silence = ?, told = told AND coalesce(newest >= ?, 1), newest = ?, asks = ?,
			failures = 0, problem = '', home = CASE home WHEN '' THEN ? ELSE home END,
			language = CASE language WHEN '' THEN ? ELSE language END WHERE id = ?`,
			etag, lastModified, listed, now.UnixMicro(), now.UnixMicro(), next.UnixMicro(), every.Microseconds(),
			h.gap.Microseconds(), h.silence.Microseconds(), stored(h.newest), stored(h.newest), string(asks), home, language, r.ID)
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, errLeft)
		}
		if resp.Moved == "" || resp.Moved == r.Feed {
			return nil
		}
		p.log.InfoContext(ctx, "feed has moved", "outlet", r.Name, "site", site(resp.Moved))
		_, err = tx.Exec(ctx, `UPDATE OR IGNORE poll_outlets SET feed = ? WHERE id = ?`, resp.Moved, r.ID)
		return err
	})
	switch {
	case errors.Is(err, errLeft):
		return errLeft
	case err != nil:
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}

// list enters the items of a feed and learns from all that are known.
func (p *Poller) list(ctx context.Context, tx store.Tx, r row, f feed.Feed, now time.Time) (habit, error) {
	l := lister{tx: tx, row: r, now: now}
	if age := p.keep(r.Outlet).For; age > 0 {
		l.oldest = now.Add(-age)
	}
	for _, i := range f.Items {
		if err := l.list(ctx, i); err != nil {
			return habit{}, err
		}
	}
	found, err := tx.Query(ctx, `SELECT published FROM poll_items WHERE outlet = ? AND published IS NOT NULL
		ORDER BY published DESC LIMIT ?`, r.ID, window)
	if err != nil {
		return habit{}, err
	}
	defer found.Close()
	var dates []time.Time
	for found.Next() {
		var at int64
		if err := found.Scan(&at); err != nil {
			return habit{}, err
		}
		dates = append(dates, time.UnixMicro(at).UTC())
	}
	return habitOf(dates), found.Err()
}

// keep is how much of an outlet is kept.
func (p *Poller) keep(o Outlet) Keep {
	k := Keep{For: p.s.KeepFor, Articles: p.s.KeepArticles}
	if o.Keep.For > 0 {
		k.For = o.Keep.For
	}
	if o.Keep.Articles > 0 {
		k.Articles = o.Keep.Articles
	}
	return k
}

// endVisit says when the outlet is to be visited again: for its feed or an item,
// whatever is first.
func (p *Poller) endVisit(ctx context.Context, id int64) error {
	err := p.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_outlets SET due = min(next, coalesce(
			(SELECT min(next) FROM poll_items WHERE outlet = poll_outlets.id AND next IS NOT NULL), next)) WHERE id = ?`, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}
