package fetch

import (
	"context"
	"sync"
	"time"
)

// hosts keeps one request to a host at a time, and the pace between two.
type hosts struct {
	mu     sync.Mutex
	byName map[string]*host
}

// host is one of them. Its fields but users belong to whoever holds the turn;
// users is guarded by hosts.mu.
type host struct {
	turn  chan struct{}
	users int
	// next is when the next request may begin.
	next time.Time
	// until is when the wait that the server asked for is over.
	until time.Time
}

// maxHosts is the number of hosts that are remembered while nothing is to be
// asked of them: four times the outlets that one process is to poll.
const maxHosts = 8192

// take waits for the host's turn and its pace. The error is the context's. With
// none, the caller has to [hosts.leave].
func (a *hosts) take(ctx context.Context, name string) (*host, error) {
	h := a.enter(name)
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		a.forget(h)
		return nil, ctx.Err()
	}
	if err := sleep(ctx, time.Until(h.next)); err != nil {
		a.leave(h)
		return nil, err
	}
	return h, nil
}

// leave gives the turn to the next.
func (a *hosts) leave(h *host) {
	<-h.turn
	a.forget(h)
}

func (a *hosts) enter(name string) *host {
	a.mu.Lock()
	defer a.mu.Unlock()
	h := a.byName[name]
	if h == nil {
		a.makeRoom()
		h = &host{turn: make(chan struct{}, 1)}
		a.byName[name] = h
	}
	h.users++
	return h
}

func (a *hosts) forget(h *host) {
	a.mu.Lock()
	h.users--
	a.mu.Unlock()
}

// makeRoom drops the hosts of which there is nothing to remember, once there are
// too many.
func (a *hosts) makeRoom() {
	if len(a.byName) < maxHosts {
		return
	}
	now := time.Now()
	for name, h := range a.byName {
		if h.users == 0 && now.After(h.next) && now.After(h.until) {
			delete(a.byName, name)
		}
	}
}

// sleep waits for d, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
