// Package schedule keeps what is posted when, what was posted, and what a
// channel has been told, so that nothing is posted twice and nothing is lost.
//
// # Design
//
// A [Subscription] is a row: one digest for one chat, at times of day on
// weekdays in a named zone, or breaking news as they come. A chat may have
// several. It is changed by a [Change], which is a value.
//
// Each time at which a subscription is due is a [Slot], also a row. Its identity
// is what the clock on the wall says, the local date and the time of day, and not
// the moment, so that a zone that changes its clocks neither doubles nor loses
// one:
//
//   - A time that does not exist on a day comes at the first moment after.
//   - A time that comes twice counts the first time.
//
// A library for cron expressions would not help: there is no expression, and the
// usual one skips or doubles exactly these two.
//
// # A slot's life
//
//	planned → composed → (approving →) stored → sending → sent → done
//	      ↘ skipped, folded
//
// Each arrow is a method that takes a store.Tx, so that it becomes durable
// together with what it stands for: stored with the messages in the outbox, sent
// with the outbox's own mark. A method reports false where the slot is not in the
// state that the step starts from: then somebody took it before, and nothing is to
// be done. So a process may end between any two steps, or in one, and the next
// goes on where it was: [Schedule.Due] returns what is planned or composed,
// [Schedule.In] what is in any other state.
//
// Skipped is over: the chat paused, the period was empty, the draft was dropped.
// Folded is carried on: the next slot's period begins where the last that was
// told ended ([Slot].From), so what was too late today is told tomorrow. Both
// store a [Reason].
//
// # Too late
//
// A slot may be posted as long as the subscription's Window is open, and says so
// when it is later than [OnTime]. After that it is folded. Of several that wait
// only the newest is posted, the others are folded into it: nobody wants two
// digests at once. A draft that waits for an admin is not bounded by the window
// but by the next slot. What lies in an outbox that could not be sent grows late
// as well: [Schedule.Sending] refuses it then, [Schedule.Waiting] lists it, and
// whoever has the outbox takes it back ([Schedule.TakeBack]) to have it composed
// again, or folded. What a slot was to tell that is given up after later ones were
// told is told by the next all the same.
//
// # Quiet hours
//
// A slot whose time of day falls into them is due when they end, or is folded, as
// the subscription's [QuietRule] has it. What is late when they begin waits for
// their end too, if its window is still open then. A draft that an admin approves
// is posted at once: that is a person's decision. Breaking news wait for the end,
// or are skipped.
//
// # The one double
//
// Between Telegram's word and the mark a process can end, or a connection. A slot
// is marked as sending before, by this process; what an earlier process left so, or
// this one without an answer ([Schedule.Unsure]), is [Schedule.Doubtful]. With the newest message that was known before, which the
// mark keeps (Slot.After), the poster can look: an edit that changes nothing is
// refused in one way where the message is there and in another where it is not.
// It says [Schedule.Found] or [Schedule.Lost], and both are counted
// ([Schedule.Doubts]).
//
// # Clocks that jump
//
// Up to when a subscription is planned is in its row. A clock that goes back finds
// rows that were posted, and leaves them. Those that were only given up because
// the clock had run ahead are open again, and a period that was told before its
// time is told again by the slot after it. A clock that goes forward is downtime.
// At most [MaxMissed] slots that were missed at once get rows of their own.
//
// # Who is told what
//
// [Schedule.Tell] notes which stories and facts a channel has been told, in the
// transaction that stores the message, [Schedule.Posted] which message carries
// which item with which cited quotes. Corrections and replies start there.
package schedule

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"time"

	"newsdesk/corpus/store"
)

// Schedule keeps subscriptions, slots, and what channels have been told. Safe for
// concurrent use. Only one process at a time may work on its slots: what another
// is sending looks like what a dead one left.
type Schedule struct {
	db *store.DB
	// run tells what this process is sending from what an earlier one was.
	run   int64
	zones sync.Map // from name to *time.Location: reading one takes 20 µs
}

// New returns the schedule kept in db.
func New(ctx context.Context, db *store.DB) (*Schedule, error) {
	if err := db.Migrate(ctx, "schedule", dailies, subscriptions, places); err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return &Schedule{db: db, run: rand.Int64()}, nil
}

// zone returns a zone by the name that was checked when it was kept.
func (s *Schedule) zone(name string) (*time.Location, error) {
	if known, ok := s.zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, fmt.Errorf("schedule: zone %q: %w", name, err)
	}
	s.zones.Store(name, zone)
	return zone, nil
}

// took runs a statement that moves a row on, and reports whether there was one.
func took(ctx context.Context, tx store.Tx, query string, args ...any) (bool, error) {
	res, err := tx.Exec(ctx, query, args...)
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	return n > 0, nil
}
