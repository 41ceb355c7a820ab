package apiserver

import (
	"math"
	"time"
)

// Limit allows a number of messages in any span of time; the zero Limit allows
// all.
type Limit struct {
	N   int           `json:"n"`
	Per time.Duration `json:"per"`
}

// Rates are how much a bot may send, edit and draft: in each private chat or
// channel, in each group, and in all. What is refused does not count.
type Rates struct {
	Chat  Limit `json:"chat"`
	Group Limit `json:"group"`
	All   Limit `json:"all"`
}

// Published are the rates that Telegram publishes.
var Published = Rates{Chat: Limit{1, time.Second}, Group: Limit{20, time.Minute}, All: Limit{30, time.Second}}

// jitter is what a span may be shorter than its limit: a message that waited a
// second may still arrive a little sooner after the one before.
const jitter = 50 * time.Millisecond

// SetRates puts rates into force, in place of those that were; there are none at
// first. Calls beyond them are refused with 429 and the seconds to wait.
func (s *Server) SetRates(r Rates) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rates, s.sends = r, nil
	for _, room := range s.rooms {
		room.sends = nil
	}
}

// hurry counts what is about to be sent to a chat and refuses what is too much.
func (s *Server) hurry(r *room) *Refusal {
	if s.rates == (Rates{}) {
		return nil
	}
	now := s.now()
	of := s.rates.Chat
	if r.chat.Type == Group || r.chat.Type == Supergroup {
		of = s.rates.Group
	}
	wait := max(of.wait(&r.sends, now), s.rates.All.wait(&s.sends, now))
	if wait > 0 {
		return tooManyRequests(int(math.Ceil(wait.Seconds())))
	}
	r.sends, s.sends = append(r.sends, now), append(s.sends, now)
	return nil
}

// wait returns how long it is until one more may be sent, and forgets what is so
// old that it does not matter.
func (l Limit) wait(sent *[]time.Time, now time.Time) time.Duration {
	if l.N <= 0 {
		return 0
	}
	if n := len(*sent); n > l.N {
		*sent = append([]time.Time(nil), (*sent)[n-l.N:]...)
	}
	if len(*sent) < l.N {
		return 0
	}
	return max((*sent)[0].Add(l.Per-jitter).Sub(now), 0)
}
