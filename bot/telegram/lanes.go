package telegram

import (
	"context"
	"log/slog"
	"sync"
)

// lanes runs work for chats: one after the other within a chat, chats beside
// each other, at most width at once. What there is to do stands in the
// database; a lane only needs to be woken.
type lanes struct {
	log   *slog.Logger
	work  func(ctx context.Context, chat string)
	slots chan struct{}

	mu    sync.Mutex
	awake map[string]bool // true: woken again while at work
	group sync.WaitGroup
}

func newLanes(log *slog.Logger, width int, work func(ctx context.Context, chat string)) *lanes {
	return &lanes{log: log, work: work, slots: make(chan struct{}, width), awake: map[string]bool{}}
}

// wake makes sure that work runs for the chat after this call, at least once.
func (l *lanes) wake(ctx context.Context, chat string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, running := l.awake[chat]; running {
		l.awake[chat] = true
		return
	}
	l.awake[chat] = false
	l.group.Go(func() { l.run(ctx, chat) })
}

func (l *lanes) run(ctx context.Context, chat string) {
	for {
		select {
		case l.slots <- struct{}{}:
		case <-ctx.Done():
		}
		if ctx.Err() == nil {
			l.work(ctx, chat)
			<-l.slots
		}
		if !l.again(ctx, chat) {
			return
		}
	}
}

// again reports whether the chat was woken meanwhile; if not, its lane ends.
func (l *lanes) again(ctx context.Context, chat string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.awake[chat] && ctx.Err() == nil {
		l.awake[chat] = false
		return true
	}
	delete(l.awake, chat)
	return false
}

// wait returns when no lane runs any more.
func (l *lanes) wait() { l.group.Wait() }
