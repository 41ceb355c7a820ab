package main

import (
	"context"
	"sync"
	"time"
)

// yieldFor is how long the reading of one page waits for a question at most: longer
// than most questions take, and so short that a bot that is asked without a pause
// still reads a thousand pages a minute.
const yieldFor = 50 * time.Millisecond

// priority lets questions go first: what costs a processor and can wait does so
// while one is being answered. Safe for concurrent use; the zero value is ready.
type priority struct {
	mu       sync.Mutex
	answered int
	// none is closed once no question is being answered.
	none chan struct{}
}

// begin is called when a question begins to be answered, and end when it was.
func (p *priority) begin() (end func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answered == 0 {
		p.none = make(chan struct{})
	}
	p.answered++
	return p.end
}

func (p *priority) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.answered--; p.answered == 0 {
		close(p.none)
	}
}

// yield waits while questions are being answered, yieldFor at most.
func (p *priority) yield(ctx context.Context) {
	p.mu.Lock()
	answered, none := p.answered, p.none
	p.mu.Unlock()
	if answered == 0 {
		return
	}
	timer := time.NewTimer(yieldFor)
	defer timer.Stop()
	select {
	case <-none:
	case <-timer.C:
	case <-ctx.Done():
	}
}
