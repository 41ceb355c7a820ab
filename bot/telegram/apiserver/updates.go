package apiserver

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// firstUpdate is the id of the first update; that it is not 1 shows who takes
// ids for positions.
const firstUpdate = 700_001

// keptFor is how long an update waits, as at Telegram.
const keptFor = 24 * time.Hour

// longestPoll is Telegram's bound on the timeout of getUpdates.
const longestPoll = 50 * time.Second

// queue is the updates that the bot has not confirmed.
type queue struct {
	next    int64
	waiting []queued
	// allowed are the kinds of updates the bot wants; nil for all that are on by
	// default.
	allowed []string
	// poll is closed when another poll takes its place; nil when none waits.
	poll chan struct{}
}

type queued struct {
	Update
	at time.Time
}

// push adds an update, unless the bot does not want its kind. The lock is held.
func (s *Server) push(u Update) {
	if len(s.queue.allowed) > 0 && !slices.Contains(s.queue.allowed, u.kind()) {
		return
	}
	u.ID = s.queue.next
	s.queue.next++
	s.queue.waiting = append(s.queue.waiting, queued{Update: u, at: s.now()})
	s.announce()
}

// Pending returns the number of updates that the bot has not confirmed.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.queue.waiting)
}

type pollParams struct {
	Offset  int64     `json:"offset"`
	Limit   int       `json:"limit"`
	Timeout int64     `json:"timeout"`
	Allowed *[]string `json:"allowed_updates"`
}

func (s *Server) getUpdates(ctx context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[pollParams](params)
	if r != nil {
		return nil, r
	}
	if s.hook != nil {
		return nil, webhookActive()
	}
	if r := s.allow(p.Allowed); r != nil {
		return nil, r
	}
	mine := s.takeOver()
	defer s.leave(mine)
	s.forget(p.Offset)
	return s.wait(ctx, p, mine)
}

// allow sets the kinds of updates that the bot wants from now on; nil leaves
// them as they are.
func (s *Server) allow(kinds *[]string) *Refusal {
	if kinds == nil {
		return nil
	}
	for _, k := range *kinds {
		if !slices.Contains(s.schema.Updates, k) {
			return badRequest("unknown update type %q", k)
		}
	}
	s.queue.allowed = *kinds
	return nil
}

// takeOver ends another poll and returns the channel that ends this one.
func (s *Server) takeOver() chan struct{} {
	if s.queue.poll != nil {
		close(s.queue.poll)
	}
	s.queue.poll = make(chan struct{})
	return s.queue.poll
}

func (s *Server) leave(mine chan struct{}) {
	if s.queue.poll == mine {
		s.queue.poll = nil
	}
}

// forget drops what a poll with this offset confirms, and what is too old. A
// negative offset keeps that many from the end.
func (s *Server) forget(offset int64) {
	before := len(s.queue.waiting)
	if offset < 0 {
		s.queue.waiting = s.queue.waiting[max(0, int64(before)+offset):]
	}
	oldest := s.now().Add(-keptFor)
	s.queue.waiting = slices.DeleteFunc(s.queue.waiting, func(q queued) bool {
		return q.ID < offset || q.at.Before(oldest)
	})
	if len(s.queue.waiting) < before {
		s.announce()
	}
}

// wait returns updates as soon as there are some, or none when time is over. It
// gives the lock back while it waits.
func (s *Server) wait(ctx context.Context, p pollParams, mine chan struct{}) (any, *Refusal) {
	timer := time.NewTimer(min(max(time.Duration(p.Timeout), 0)*time.Second, longestPoll))
	defer timer.Stop()
	for over := p.Timeout <= 0; ; {
		if len(s.queue.waiting) > 0 || over {
			return s.first(p.Limit), nil
		}
		changed := s.changed
		s.mu.Unlock()
		var r *Refusal
		select {
		case <-changed:
		case <-timer.C:
			over = true
		case <-ctx.Done():
			over = true
		case <-s.closed:
			over = true
		case <-mine:
			r = otherPoll()
		}
		s.mu.Lock()
		if r != nil {
			return nil, r
		}
	}
}

// first returns the oldest updates, at most limit or 100.
func (s *Server) first(limit int) []Update {
	if limit < 1 || limit > 100 {
		limit = 100
	}
	out := []Update{}
	for _, q := range s.queue.waiting[:min(limit, len(s.queue.waiting))] {
		out = append(out, q.Update)
	}
	return out
}
