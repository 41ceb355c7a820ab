package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"newsdesk/corpus/poll"
)

// pollCmd reads the outlets.
type pollCmd struct {
	Once  bool `help:"Read every outlet now and end; otherwise each is read when it is due, until you stop it."`
	Since day  `help:"Read what the outlets' site maps name of articles since this day first." placeholder:"DATE"`
}

// Run lets other commands use the folder meanwhile: reading may take long.
func (c *pollCmd) Run(inv *invocation) error {
	w, err := inv.enter()
	if err != nil {
		return err
	}
	err = w.staying(inv, func(ctx context.Context) error { return w.run(ctx, "poll", c, inv.streams) })
	return errors.Join(err, w.leave())
}

func (c *pollCmd) runIn(ctx context.Context, a *app, s *streams) error {
	if !c.Once && a.bot != nil {
		return errors.New("the running “newsdesk serve” reads the outlets already; say --once to have them read now")
	}
	p, err := a.poller(ctx)
	if err != nil {
		return err
	}
	outlets, err := p.Outlets(ctx)
	if err != nil {
		return err
	}
	if len(outlets) == 0 {
		fmt.Fprintln(s.Err, "no outlets are read yet; add one with “newsdesk outlets add URL”")
		return nil
	}
	// An index that cannot be built is told before anything is stored.
	if _, err := a.builtSearch(ctx, s); err != nil {
		return err
	}
	if err := c.fill(ctx, p, s, outlets); err != nil {
		return err
	}
	if !c.Once {
		return a.pollOn(ctx, p, s)
	}
	t := newTelling(s, len(outlets))
	err = p.Round(ctx, t.tell)
	t.finish()
	if err != nil {
		return errors.Join(err, a.indexAfter(ctx, s))
	}
	fmt.Fprintln(s.Out, t.sum.all())
	return a.index(ctx, s)
}

// fill reads what came before, outlet by outlet: each asks its own host.
func (c *pollCmd) fill(ctx context.Context, p *poll.Poller, s *streams, outlets []poll.Outlet) error {
	if c.Since.at.IsZero() {
		return nil
	}
	t := newTelling(s, len(outlets))
	defer t.finish()
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(poll.DefaultAtOnce)
	for _, o := range outlets {
		if o.State != poll.Active {
			continue
		}
		group.Go(func() error {
			err := p.Fill(ctx, o.Name, c.Since.at, t.tell)
			if err != nil && ctx.Err() == nil {
				t.say(o.Name + ": " + poll.Plain(err))
				return nil // one broken outlet never stops the others
			}
			return err
		})
	}
	return group.Wait()
}

// pollOn reads until ctx ends, and keeps the index up.
func (a *app) pollOn(ctx context.Context, p *poll.Poller, s *streams) error {
	fmt.Fprintln(s.Err, "reading; Ctrl-C ends")
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return p.Run(ctx) })
	group.Go(func() error {
		return a.onFresh(ctx, func() {
			if err := a.index(ctx, s); err != nil && ctx.Err() == nil {
				a.log.ErrorContext(ctx, "indexing", "err", err)
			}
		})
	})
	return group.Wait()
}

// indexAfter indexes what was stored before something was stopped or failed; a
// person who has stopped it does not wait for that.
func (a *app) indexAfter(ctx context.Context, s *streams) error {
	if ctx.Err() != nil {
		return nil
	}
	return a.index(ctx, s)
}

// telling shows what was read: a bar at a terminal, lines otherwise. Safe for
// concurrent use.
type telling struct {
	mu    sync.Mutex
	s     *streams
	bar   *bar
	total int64
	done  int64
	sum   tally
}

func newTelling(s *streams, outlets int) *telling {
	return &telling{s: s, bar: newBar(s, "reading"), total: int64(outlets)}
}

func (t *telling) tell(e poll.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.done++
	t.sum.add(e)
	if t.s.Progress {
		t.bar.at(t.done, t.total)
		return
	}
	fmt.Fprintln(t.s.Err, eventLine(e))
}

func (t *telling) say(line string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	fmt.Fprintln(t.s.Err, visible(line))
}

func (t *telling) finish() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bar.finish()
}

// eventLine is what one outlet brought, in a line.
func eventLine(e poll.Event) string {
	if e.Problem != "" {
		return visible(e.Outlet + ": " + e.Problem)
	}
	return visible(e.Outlet) + ": " + broughtBy(e)
}

// broughtBy counts articles; what is nothing is not named.
func broughtBy(e poll.Event) string {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{{e.New, "new"}, {e.Changed, "changed"}, {e.Withdrawn, "withdrawn"}, {e.Unreadable, "unreadable"}, {e.Later, "to be tried again"}} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(parts) == 0 {
		return "nothing new"
	}
	return strings.Join(parts, ", ")
}

// tally is the sum of what outlets brought.
type tally struct {
	outlets, failed int
	sum             poll.Event
}

func (t *tally) add(e poll.Event) {
	t.outlets++
	if e.Problem != "" {
		t.failed++
	}
	t.sum.New += e.New
	t.sum.Changed += e.Changed
	t.sum.Withdrawn += e.Withdrawn
	t.sum.Unreadable += e.Unreadable
	t.sum.Later += e.Later
}

func (t *tally) all() string {
	line := fmt.Sprintf("%s read: %s", count(t.outlets, "outlet", "outlets"), broughtBy(t.sum))
	if t.failed > 0 {
		line += fmt.Sprintf("; %d of them failed, see “newsdesk outlets”", t.failed)
	}
	return line
}

// day is a day given by --since, its beginning here; zero when it was not given.
type day struct{ at time.Time }

// UnmarshalText is called by kong and by a running serve.
func (d *day) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = day{}
		return nil
	}
	at, err := time.ParseInLocation(time.DateOnly, string(text), time.Local)
	if err != nil {
		return fmt.Errorf("%q is not a date such as 2025-01-17", text)
	}
	d.at = at
	return nil
}

// MarshalText carries the day to a running serve.
func (d day) MarshalText() ([]byte, error) {
	if d.at.IsZero() {
		return nil, nil
	}
	return []byte(d.at.Format(time.DateOnly)), nil
}
