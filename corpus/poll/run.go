package poll

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"newsdesk/corpus/store"
)

const (
	// batch is how many items of an outlet are read in one visit of Run, so that
	// its feed and others of its host get their turn.
	batch = 20
	// passes is how often Round tries a page that fails in a way that may pass.
	passes = 3
	// idleTime is how long Run sleeps at most, and until it tries again what the
	// store refused.
	idleTime = 10 * time.Second
	// tidyEvery is how often Run tidies.
	tidyEvery = time.Hour
)

// stop is an outlet to be visited.
type stop struct {
	id   int64
	host string
}

// hosts are those where somebody visits an outlet, over all runs and rounds.
type hosts struct {
	mu   sync.Mutex
	busy map[string]bool
}

func (h *hosts) take(host string) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.busy[host] {
		return false
	}
	h.busy[host] = true
	return true
}

func (h *hosts) leave(host string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.busy, host)
}

// crew makes visits, so many at once.
type crew struct {
	p      *Poller
	visit  func(ctx context.Context, id int64)
	places chan struct{}
	// done is signalled when a visit has ended.
	done    chan struct{}
	members sync.WaitGroup
}

func (p *Poller) newCrew(visit func(ctx context.Context, id int64)) *crew {
	return &crew{p: p, visit: visit, places: make(chan struct{}, visitsPerFeed*p.s.AtOnce), done: make(chan struct{}, 1)}
}

// send begins the visits for which there is a place and a free host, and returns
// the others.
func (c *crew) send(ctx context.Context, queue []stop) []stop {
	var left []stop
	for i, s := range queue {
		if len(c.places) == cap(c.places) { // only this goroutine takes places
			return append(left, queue[i:]...)
		}
		if !c.p.hosts.take(s.host) {
			left = append(left, s)
			continue
		}
		c.places <- struct{}{}
		c.members.Go(func() {
			defer func() {
				c.p.hosts.leave(s.host)
				<-c.places
				select {
				case c.done <- struct{}{}:
				default:
				}
			}()
			c.visit(ctx, s.id)
		})
	}
	return left
}

// stops returns outlets that rest, the end of a SELECT, chooses.
func (p *Poller) stops(ctx context.Context, rest string, args ...any) ([]stop, error) {
	var list []stop
	err := p.db.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Query(ctx, `SELECT id, feed FROM poll_outlets WHERE state = 'active' `+rest, args...)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			var s stop
			if err := found.Scan(&s.id, &s.host); err != nil {
				return err
			}
			s.host = hostAndPort(s.host)
			list = append(list, s)
		}
		return found.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("poll: %w", err)
	}
	return list, nil
}

// Round reads the feed of every active outlet once, whether or not it is due,
// and the pages of what is new or due for another look, and returns when all of
// that is done. Pages that fail in a way that may pass are tried up to three
// times, then left for another round. tell, if not nil, is told of each outlet,
// one after the other.
//
// What is wrong with an outlet is told and kept with it; the error is the store's
// or the context's.
func (p *Poller) Round(ctx context.Context, tell func(Event)) error {
	if err := p.finishRenaming(ctx); err != nil {
		return err
	}
	queue, err := p.stops(ctx, `ORDER BY next, id`)
	if err != nil {
		return err
	}
	var mu sync.Mutex
	var failed error
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c := p.newCrew(func(ctx context.Context, id int64) {
		e, err := p.visitFully(ctx, id)
		mu.Lock()
		defer mu.Unlock()
		switch {
		case errors.Is(err, errLeft):
		case err != nil && failed == nil:
			failed = err
			cancel()
		case err == nil && tell != nil:
			tell(e)
		}
	})
	for len(queue) > 0 && ctx.Err() == nil {
		if queue = c.send(ctx, queue); len(queue) > 0 {
			await(ctx, c.done, nil, time.Second) // a run may have the host
		}
	}
	c.members.Wait()
	if failed == nil {
		failed = ctx.Err()
	}
	return failed
}

// await waits for one of the signals, or d.
func await(ctx context.Context, a, b <-chan struct{}, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-a:
	case <-b:
	case <-timer.C:
	case <-ctx.Done():
	}
}

// visitFully reads an outlet's feed and all items that are new or due.
func (p *Poller) visitFully(ctx context.Context, id int64) (Event, error) {
	r, err := p.row(ctx, id)
	if err != nil {
		return Event{}, err
	}
	e := Event{Outlet: r.Name}
	if err := p.readFeed(ctx, &r, &e); err != nil {
		return e, err
	}
	now := p.now().UnixMicro()
	err = p.readAll(ctx, &r, &e, `(state = 'waiting' OR next <= ?)`, now)
	for try := 1; try < passes && err == nil && e.Later > 0; try++ {
		e.Later = 0
		err = p.readAll(ctx, &r, &e, `state = 'waiting' AND failing IS NOT NULL AND ?`, 1)
	}
	p.visited(e)
	return e, errors.Join(err, p.endVisit(ctx, id))
}

// readAll reads the items of an outlet that meet a condition with one argument,
// each once.
func (p *Poller) readAll(ctx context.Context, r *row, e *Event, where string, arg any) error {
	after := int64(0)
	for {
		list, err := p.items(ctx, `WHERE outlet = ? AND rowid > ? AND `+where+` ORDER BY rowid LIMIT ?`, r.ID, after, arg, batch)
		if err != nil || len(list) == 0 {
			return err
		}
		for _, it := range list {
			if err := p.readItem(ctx, r, it, e); err != nil {
				return err
			}
			after = it.row
		}
	}
}

// Run reads each outlet when it is due, and tidies every hour, until the context
// ends; then it returns nil within the time of what is under way. What the store
// refuses (a full disk) is logged and tried again.
func (p *Poller) Run(ctx context.Context) error {
	var trouble trouble
	c := p.newCrew(func(ctx context.Context, id int64) {
		e, err := p.visitDue(ctx, id)
		if err != nil && ctx.Err() == nil && !errors.Is(err, errLeft) {
			trouble.note()
			p.log.ErrorContext(ctx, "outlet not visited", "error", err)
			return
		}
		p.log.DebugContext(ctx, "outlet visited", "outlet", e.Outlet, "new", e.New, "changed", e.Changed, "problem", e.Problem)
	})
	tidied := time.Time{}
	for ctx.Err() == nil {
		if now := p.now(); now.Sub(tidied) >= tidyEvery {
			tidied = now
			if _, err := p.Tidy(ctx); err != nil && ctx.Err() == nil {
				p.log.ErrorContext(ctx, "not tidied", "error", err)
			}
		}
		wait, err := p.sendDue(ctx, c)
		if err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "outlets not read", "error", err)
			wait = idleTime
		}
		if trouble.taken() {
			await(ctx, nil, nil, idleTime)
		}
		await(ctx, c.done, p.woken, wait)
	}
	c.members.Wait()
	return nil
}

// trouble notes that something went wrong since it was last asked.
type trouble struct {
	mu  sync.Mutex
	was bool
}

func (t *trouble) note() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.was = true
}

func (t *trouble) taken() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	was := t.was
	t.was = false
	return was
}

// sendDue begins the visits that are due, and returns after what time others may
// be.
func (p *Poller) sendDue(ctx context.Context, c *crew) (time.Duration, error) {
	now := p.now()
	queue, err := p.stops(ctx, `AND due <= ? ORDER BY due LIMIT ?`, now.UnixMicro(), 4*cap(c.places))
	if err != nil {
		return idleTime, err
	}
	if left := c.send(ctx, queue); len(left) > 0 {
		return time.Second, nil
	}
	var next int64
	err = p.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT coalesce(min(due), ?) FROM poll_outlets WHERE state = 'active' AND due > ?`,
			now.Add(idleTime).UnixMicro(), now.UnixMicro()).Scan(&next)
	})
	if err != nil {
		return idleTime, fmt.Errorf("poll: %w", err)
	}
	return max(time.Millisecond, min(time.UnixMicro(next).Sub(now), idleTime)), nil
}

// visitDue reads an outlet's feed if that is due, and some of its items that are.
func (p *Poller) visitDue(ctx context.Context, id int64) (Event, error) {
	r, err := p.row(ctx, id)
	if err != nil {
		return Event{}, err
	}
	e := Event{Outlet: r.Name}
	if !r.Next.After(p.now()) {
		if err := p.readFeed(ctx, &r, &e); err != nil {
			return e, err
		}
	}
	defer func() { p.visited(e) }()
	list, err := p.items(ctx, `WHERE outlet = ? AND next <= ? ORDER BY state <> 'waiting', oldest IS NOT NULL, next, rowid LIMIT ?`,
		id, p.now().UnixMicro(), batch)
	if err != nil {
		return e, err
	}
	for _, it := range list {
		if err := p.readItem(ctx, &r, it, &e); err != nil {
			return e, err
		}
	}
	return e, p.endVisit(ctx, id)
}

// visited tells of a visit, whatever became of it.
func (p *Poller) visited(e Event) {
	if p.s.Visited != nil {
		p.s.Visited(e)
	}
}
