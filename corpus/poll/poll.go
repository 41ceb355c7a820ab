// Package poll reads the outlets: for each, its feed, then the pages of what is
// new in it, and adds the articles to the corpus. It keeps the register of
// outlets, their health and how long their articles are kept.
//
// # Design
//
// What is to be done stands in two tables: poll_outlets says when each feed is
// next to be read, poll_items what its items are and when the page of each is
// next to be read, if at all. A visit of an outlet reads its feed when that is
// due, then its pages that are due, one after the other. [Poller.Run] and
// [Poller.Round] only choose which outlets are visited; an outlet, and all
// others of its host, is visited by one at a time, so that a slow or broken one
// takes one place of many and never stops the others. How often a host is asked
// for anything is package fetch's.
//
// # Nothing is lost or doubled
//
// The items of a feed are stored in the transaction that stores its ETag: a feed
// that is not sent again had its items kept. An article is added to the corpus
// first and its item marked after; the corpus takes the same text of the same
// address once, so a process that died between the two repeats work and no more.
// A failure that may pass is tried again for [patience]; a page that holds no
// article (a paywall, a question about cookies) is tried again a few times and
// then left. Half a page is an error of package fetch and never an article.
//
// # How often
//
// A feed is read after half the median time between its articles, longer while
// it is silent, within [minEvery] and [maxEvery]; see [pace]. What it asks for
// (ttl, skipHours, skipDays, Cache-Control) counts within bounds. The page of an
// article is looked at again some hours and days after it was read (see
// [ladder]), and when its feed says something else about it; another text is a
// new version. A page that is gone twice, some hours apart, withdraws the
// article: once may be a mistake of the server. Being kept out (robots.txt, 403)
// withdraws nothing.
//
// # Which text
//
// The text of a feed is used instead of a page's only when it is whole; see
// [isWhole] and [trusted]. Summaries are never articles.
//
// # Whose article
//
// Feeds and pages are written by strangers, who may name any address. A feed's
// own text counts only for addresses of the feed's own site (registrable
// domain); anything else is read where it is. A page's canonical address counts
// only within the site that the page was fetched from. What is of the site of
// another outlet of the register is left to that one, and what another outlet
// has stored already stays its own.
//
// # Quiet
//
// An outlet is quiet when nothing of it appeared for three times the longest
// pause of its last [window] articles, and ten times the median one, and three
// days (a weekend is no news).
package poll

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"runtime"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/store"
)

const (
	// DefaultAtOnce is how many feeds are read at once unless the settings say
	// something else.
	DefaultAtOnce = 16
	// DefaultRecheck is how long pages are looked at again, for whoever has no
	// reason to choose.
	DefaultRecheck = 7 * 24 * time.Hour
	// visitsPerFeed is how many outlets are visited at once for each feed that
	// may be read at once: most visits wait for their host's turn.
	visitsPerFeed = 8
)

// Getter fetches: [fetch.Client.Get].
type Getter func(ctx context.Context, r fetch.Request) (fetch.Response, error)

// Settings of a [Poller].
type Settings struct {
	// AtOnce is how many feeds are read at once; 0 or less is DefaultAtOnce.
	AtOnce int
	// Recheck is how long after its first reading the page of an article is
	// looked at again for changes and removal; 0 is never. Nothing is looked at
	// later than seven days after.
	Recheck time.Duration
	// KeepFor and KeepArticles say what [Poller.Tidy] leaves of an outlet that
	// has no [Keep] of its own: articles up to this age, and this many. 0 is
	// without bound.
	KeepFor      time.Duration
	KeepArticles int
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Visited, when not nil, is told of each visit of [Poller.Run] and
	// [Poller.Round], from several goroutines at once.
	Visited func(Event)
	// Yield, when not nil, is called before each feed or page is taken apart, which
	// is what costs a processor most: it may wait a moment for something more
	// urgent, or until its context ends. It is called from several goroutines, one
	// processor's worth fewer than there are, but from one at least.
	Yield func(context.Context)
	// Jitter returns a number from 0 up to 1 that spreads readings; nil is a
	// random one.
	Jitter func() float64
}

// Poller reads outlets and keeps their register. Safe for concurrent use; one
// process at a time has one in a data folder.
type Poller struct {
	log    *slog.Logger
	db     *store.DB
	corpus *corpus.Corpus
	get    Getter
	s      Settings
	// feeds bounds the feeds that are read at once, parses what is parsed at once:
	// one processor is left to others.
	feeds, parses chan struct{}
	// woken is signalled when something has become due before its time.
	woken chan struct{}
	hosts hosts
}

// New returns a poller on db, and brings its tables up to date. It does nothing
// by itself. The error is one of the store's.
func New(ctx context.Context, log *slog.Logger, db *store.DB, c *corpus.Corpus, get Getter, s Settings) (*Poller, error) {
	if err := db.Migrate(ctx, "poll", steps...); err != nil {
		return nil, fmt.Errorf("poll: %w", err)
	}
	if s.AtOnce <= 0 {
		s.AtOnce = DefaultAtOnce
	}
	if s.Now == nil {
		s.Now = time.Now
	}
	if s.Jitter == nil {
		s.Jitter = rand.Float64
	}
	return &Poller{
		log: log, db: db, corpus: c, get: get, s: s,
		feeds: make(chan struct{}, s.AtOnce), parses: make(chan struct{}, max(1, runtime.GOMAXPROCS(0)-1)),
		woken: make(chan struct{}, 1), hosts: hosts{busy: map[string]bool{}},
	}, nil
}

// settling is how old a Last-Modified must be to say which answer is meant: it
// counts seconds, and what changes twice within one looks the same (RFC 9110,
// 8.8.2.2, where a minute is proposed for clocks that differ).
const settling = 2 * time.Second

// marks are what the next request may be conditional on.
func marks(resp fetch.Response, now time.Time) (etag, lastModified string) {
	at, err := http.ParseTime(resp.LastModified)
	if err == nil && now.Sub(at) < settling {
		return resp.ETag, ""
	}
	return resp.ETag, resp.LastModified
}

// wake makes a running [Poller.Run] look for what is due.
func (p *Poller) wake() {
	select {
	case p.woken <- struct{}{}:
	default:
	}
}

// now is the clock in UTC, to the microsecond, as times are stored.
func (p *Poller) now() time.Time { return p.s.Now().UTC().Truncate(time.Microsecond) }

// parse calls f once it may take a processor, or returns the context's error.
func (p *Poller) parse(ctx context.Context, f func()) error {
	if err := enter(ctx, p.parses); err != nil {
		return err
	}
	defer leave(p.parses)
	if p.s.Yield != nil {
		p.s.Yield(ctx)
	}
	f()
	return nil
}

// enter takes a place, or returns the context's error.
func enter(ctx context.Context, places chan struct{}) error {
	select {
	case places <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func leave(places chan struct{}) { <-places }
