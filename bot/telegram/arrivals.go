package telegram

import (
	"context"
	"sync"
)

// arrivals stores updates that come beside each other, those that came while
// others were being stored together: a webhook is called for many at once, and one
// synced transaction for each of them would keep waiting whoever wants to note
// that a message was sent.
type arrivals struct {
	put func(ctx context.Context, updates []received) error

	mu      sync.Mutex
	storing bool
	waiting []arrival
}

// arrival is an update that is to be stored; done gets what became of it.
type arrival struct {
	update received
	done   chan error
}

// store returns once the update is stored, or cannot be.
func (a *arrivals) store(ctx context.Context, u received) error {
	mine := arrival{u, make(chan error, 1)}
	a.mu.Lock()
	a.waiting = append(a.waiting, mine)
	first := !a.storing
	a.storing = true
	a.mu.Unlock()
	if first {
		// Others wait for it too, whatever becomes of this request.
		a.storeAll(context.WithoutCancel(ctx))
	}
	return <-mine.done
}

// storeAll stores what waits until nothing does.
func (a *arrivals) storeAll(ctx context.Context) {
	for {
		a.mu.Lock()
		batch := a.waiting
		a.waiting = nil
		a.storing = len(batch) > 0
		a.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		var updates []received
		for _, b := range batch {
			updates = append(updates, b.update)
		}
		err := a.put(ctx, updates)
		for _, b := range batch {
			b.done <- err
		}
	}
}
