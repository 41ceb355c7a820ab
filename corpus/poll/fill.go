package poll

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/sitemap"
	"newsdesk/corpus/store"
)

const (
	// MaxMaps and MaxPages bound one [Poller.Fill]: at a page a second, 5,000 take
	// an hour and a half.
	MaxMaps, MaxPages = 50, 5000
)

// usualMaps are where sitemaps are when robots.txt names none.
var usualMaps = []string{"/sitemap.xml", "/news-sitemap.xml", "/sitemap_index.xml"}

// ErrNoMap means that an outlet has no sitemap that could be read.
var ErrNoMap = errors.New("the outlet has no sitemap that could be read")

var (
	errNoDate = errors.New("poll: a page of a sitemap has no date")
	errOld    = errors.New("poll: the article is older than was asked for")
)

// Fill reads what an outlet has published since a time, from its sitemaps and news
// sitemaps: those that robots.txt names, else the usual ones; [MaxMaps] of them
// and [MaxPages] pages at most, the newest first. Only addresses of the outlet's
// own site are read, and only articles with a date. The pages are read in turns
// with a running [Poller.Run], which goes on with them when Fill is stopped. tell,
// if not nil, is told of each batch.
//
// Errors: ErrNoMap, those of [Poller.Outlet], of the store and the context.
func (p *Poller) Fill(ctx context.Context, name string, since time.Time, tell func(Event)) error {
	o, err := p.Outlet(ctx, name)
	if err != nil {
		return err
	}
	pages, err := p.mapped(ctx, o, since)
	if err != nil {
		return err
	}
	if err := p.enlist(ctx, o, pages, since); err != nil {
		return err
	}
	return p.readMapped(ctx, o, tell)
}

// survey walks over an outlet's sitemaps.
type survey struct {
	outlet Outlet
	since  time.Time
	queue  []sitemap.Ref
	seen   map[string]bool
	pages  []sitemap.Page
	// read counts the maps that could be read.
	read int
}

// mapped returns the pages that an outlet's sitemaps name, newest first, without
// those that are too old.
func (p *Poller) mapped(ctx context.Context, o Outlet, since time.Time) ([]sitemap.Page, error) {
	s := survey{outlet: o, since: since, seen: map[string]bool{}}
	home := homeOf(or(o.Home, o.Feed))
	if resp, err := p.get(ctx, fetch.Request{URL: home + "robots.txt"}); err == nil {
		for _, address := range sitemap.Robots(resp.Body) {
			s.add(sitemap.Ref{URL: address})
		}
	}
	if len(s.queue) == 0 {
		for _, path := range usualMaps {
			u, err := url.JoinPath(home, path)
			if err != nil {
				return nil, fmt.Errorf("poll: %s: %w", o.Name, err)
			}
			s.add(sitemap.Ref{URL: u})
		}
	}
	for tried := 0; len(s.queue) > 0 && tried < MaxMaps; tried++ {
		next := s.queue[0]
		s.queue = s.queue[1:]
		if err := p.readMap(ctx, &s, next); err != nil {
			return nil, err
		}
	}
	if s.read == 0 {
		return nil, fmt.Errorf("poll: %s: %w", o.Name, ErrNoMap)
	}
	slices.SortStableFunc(s.pages, func(a, b sitemap.Page) int { return dateOf(b).Compare(dateOf(a)) })
	return s.pages[:min(len(s.pages), MaxPages)], nil
}

// readMap reads one map. Only the context's error is returned: a map that cannot
// be read is passed over.
func (p *Poller) readMap(ctx context.Context, s *survey, ref sitemap.Ref) error {
	resp, err := p.get(ctx, fetch.Request{URL: ref.URL})
	if ctx.Err() != nil {
		return ctx.Err()
	}
	var m sitemap.Map
	if err == nil {
		m, err = sitemap.Read(resp.Body, resp.URL)
	}
	if err != nil {
		p.log.DebugContext(ctx, "sitemap not read", "outlet", s.outlet.Name, "error", err)
		return nil
	}
	s.read++
	slices.SortStableFunc(m.Maps, func(a, b sitemap.Ref) int { return b.Modified.Compare(a.Modified) })
	for _, r := range m.Maps {
		s.add(r)
	}
	for _, page := range m.Pages {
		s.addPage(page)
	}
	if len(s.pages) > 2*MaxPages { // only the newest are wanted, and memory is not for the others
		slices.SortStableFunc(s.pages, func(a, b sitemap.Page) int { return dateOf(b).Compare(dateOf(a)) })
		s.pages = slices.Clip(s.pages[:MaxPages])
	}
	return nil
}

// add puts a map into the queue, unless it is another's, known or too old.
func (s *survey) add(r sitemap.Ref) {
	if s.seen[r.URL] || !s.isOwn(r.URL) || len(s.seen) > 10*MaxMaps || !r.Modified.IsZero() && r.Modified.Before(s.since) {
		return
	}
	s.seen[r.URL] = true
	s.queue = append(s.queue, r)
}

func (s *survey) addPage(page sitemap.Page) {
	at := dateOf(page)
	if s.isOwn(page.URL) && !isHome(page.URL) && len(page.URL) <= maxKey && (at.IsZero() || !at.Before(s.since)) {
		s.pages = append(s.pages, page)
	}
}

func (s *survey) isOwn(address string) bool {
	of := site(address)
	return of != "" && (of == site(s.outlet.Home) || of == site(s.outlet.Feed))
}

// dateOf is when a page was published, else changed; zero when the map does not
// say.
func dateOf(page sitemap.Page) time.Time {
	if !page.Published.IsZero() {
		return page.Published
	}
	return page.Modified
}

// enlist enters the pages as items that are to be read, in one transaction.
func (p *Poller) enlist(ctx context.Context, o Outlet, pages []sitemap.Page, since time.Time) error {
	now := p.now()
	err := p.db.Write(ctx, func(tx store.Tx) error {
		insert, err := tx.Prepare(ctx, `INSERT OR IGNORE INTO poll_items (key, outlet, url, hash, state, published, seen, listed, draft, next, oldest)
			VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?)`)
		if err != nil {
			return err
		}
		for _, page := range pages {
			said, err := json.Marshal(draftOf(page, now))
			if err != nil {
				return err
			}
			_, err = insert.ExecContext(ctx, page.URL, o.ID, page.URL, sum("sitemap"), notAfter(page.Published, now), now.UnixMicro(), now.UnixMicro(),
				string(said), now.UnixMicro(), since.UnixMicro())
			if err != nil {
				return err
			}
		}
		_, err = tx.Exec(ctx, `UPDATE poll_outlets SET due = min(due, ?) WHERE id = ?`, now.UnixMicro(), o.ID)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %s: %w", o.Name, err)
	}
	return nil
}

func notAfter(t, now time.Time) sql.NullInt64 {
	if t.After(now) {
		t = now
	}
	return stored(t)
}

// draftOf is what a news sitemap says of an article.
func draftOf(page sitemap.Page, now time.Time) draft {
	d := draft{Article: corpus.Article{URL: page.URL, Title: page.Title, Language: page.Language}}
	if !page.Published.After(now) {
		d.Article.Published = page.Published
	}
	return d
}

// readMapped visits the outlet until none of its sitemaps' pages is to be read
// now.
func (p *Poller) readMapped(ctx context.Context, o Outlet, tell func(Event)) error {
	host := hostAndPort(o.Feed)
	for {
		left, err := p.leftOf(ctx, o)
		if err != nil || left == 0 {
			return err
		}
		for !p.hosts.take(host) {
			if await(ctx, nil, nil, time.Second); ctx.Err() != nil {
				return ctx.Err()
			}
		}
		e, err := p.visitDue(ctx, o.ID)
		p.hosts.leave(host)
		if err != nil {
			return err
		}
		if e.Left, err = p.leftOf(ctx, o); err != nil {
			return err
		}
		if tell != nil {
			tell(e)
		}
	}
}

// leftOf counts the pages of sitemaps that are to be read now.
func (p *Poller) leftOf(ctx context.Context, o Outlet) (n int, err error) {
	err = p.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM poll_items WHERE outlet = ? AND oldest IS NOT NULL AND state = 'waiting' AND next <= ?`,
			o.ID, p.now().UnixMicro()).Scan(&n)
	})
	if err != nil {
		return 0, fmt.Errorf("poll: %w", err)
	}
	return n, nil
}
