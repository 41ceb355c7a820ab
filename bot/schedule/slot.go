package schedule

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// State is how far a slot has got.
type State string

// The states, in their order; the last three are final.
const (
	// Planned slots have come, or will when quiet hours end.
	Planned State = "planned"
	// Composed slots have a draft.
	Composed State = "composed"
	// Approving slots have a draft that an admin looks at.
	Approving State = "approving"
	// Stored slots are in the outbox.
	Stored State = "stored"
	// Sending slots may be on their way.
	Sending State = "sending"
	// Sent slots are in the chat.
	Sent State = "sent"
	// Done slots are in the chat, and everything that follows from it is noted.
	Done State = "done"
	// Skipped slots are not posted, and their period is over.
	Skipped State = "skipped"
	// Folded slots are not posted, and their period is told by the next.
	Folded State = "folded"
)

// Reason says why a slot was not posted.
type Reason string

// The reasons. The first four fold a slot, the others skip it; breaking news have
// no next slot and are always skipped.
const (
	// Late: the window was over before it could be posted.
	Late Reason = "late"
	// Superseded: a newer slot of the same digest came before it was posted.
	Superseded Reason = "superseded"
	// InQuiet: it fell into quiet hours.
	InQuiet Reason = "quiet"
	// Refused: the messenger did not take it.
	Refused Reason = "refused"

	// Paused: the digest was paused when it came.
	Paused Reason = "paused"
	// Empty: nothing happened in its period, and nothing was to be said of that.
	Empty Reason = "empty"
	// Dropped: an admin dropped the draft.
	Dropped Reason = "dropped"
	// Limit: the day had as many breaking news as it may have.
	Limit Reason = "limit"
)

// folds reports whether the period of a slot that was not posted is carried on.
func (r Reason) folds() bool {
	switch r {
	case Late, Superseded, InQuiet, Refused:
		return true
	}
	return false
}

// Slot is one time at which a subscription is due, or one story that it breaks.
type Slot struct {
	ID           int64
	Subscription Subscription
	// Day ("2006-01-02") and Time are what the clock on the wall says; they are
	// its identity. Of breaking news Day is the local day on which it counts, and
	// Story the identity.
	Day   string
	Time  TimeOfDay
	Story string
	// At is when it is due, From the begin of its period, which ends with At. Of
	// breaking news both are the same.
	At, From time.Time
	// Late is how late it is; 0 when it is on time ([OnTime]). Of a slot that is
	// stored or further, how late it was when it was stored.
	Late  time.Duration
	State State
	// Reason is why it is Skipped or Folded; else empty.
	Reason Reason
	// Draft is what [Schedule.Compose] was given, until the slot is final; nil
	// before.
	Draft []byte
	// After is the newest message that was known in the chat when sending began;
	// 0 when none was. Message is the first of its own, once it is known.
	After, Message int
	// Found and Lost count the times at which it was in doubt whether it was sent,
	// and was found, or was not and was sent once more.
	Found, Lost int
}

// Slot returns a slot as it is; [ErrNotFound] when there is none.
func (s *Schedule) Slot(ctx context.Context, id int64) (Slot, error) {
	all, err := s.slots(ctx, `WHERE s.id = ?`, id)
	if err == nil && len(all) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Slot{}, err
	}
	return all[0], nil
}

// In returns the slots that are in a state, in the order in which they were due;
// none for a state that is final.
func (s *Schedule) In(ctx context.Context, state State) ([]Slot, error) {
	return s.slots(ctx, `WHERE `+live+` AND s.state = ? ORDER BY s.at, s.id`, string(state))
}

func (s *Schedule) slots(ctx context.Context, where string, args ...any) (all []Slot, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) (err error) {
		all, err = slots(ctx, tx, where, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return all, nil
}

// slots reads slots with their subscriptions.
func slots(ctx context.Context, tx store.Tx, where string, args ...any) ([]Slot, error) {
	all, err := scanSlots(ctx, tx, where, args...)
	if err != nil {
		return nil, err
	}
	known := map[int64]Subscription{}
	for i := range all {
		id := all[i].Subscription.ID
		sub, ok := known[id]
		if !ok {
			if sub, err = get(ctx, tx, id); err != nil {
				return nil, err
			}
			known[id] = sub
		}
		all[i].Subscription = sub
	}
	return all, nil
}

func scanSlots(ctx context.Context, tx store.Tx, where string, args ...any) ([]Slot, error) {
	rows, err := tx.Query(ctx, `SELECT s.id, s.subscription, s.day, s.time, s.story, s.at, s.start, s.late, s.state, s.reason, s.draft,
		s.after, s.message, s.found, s.lost FROM schedule_slots s `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Slot
	for rows.Next() {
		var x Slot
		var at, from, late int64
		err := rows.Scan(&x.ID, &x.Subscription.ID, &x.Day, &x.Time, &x.Story, &at, &from, &late, &x.State, &x.Reason, &x.Draft,
			&x.After, &x.Message, &x.Found, &x.Lost)
		if err != nil {
			return nil, err
		}
		x.At, x.Late = time.Unix(at, 0).UTC(), time.Duration(late)*time.Second
		if from != 0 {
			x.From = time.Unix(from, 0).UTC()
		}
		all = append(all, x)
	}
	return all, rows.Err()
}

// lateness is how late a moment is, 0 when that does not count.
func lateness(at, now time.Time) time.Duration {
	if late := now.Sub(at); late > OnTime {
		return late
	}
	return 0
}

// from returns where a slot's period begins: where the last one ended that was told
// or skipped before it, and where there is none, where the first slot's began.
func (s *Schedule) from(ctx context.Context, tx store.Tx, x Slot) (time.Time, error) {
	if x.Subscription.Kind == Breaking {
		return x.At, nil
	}
	from, ok, err := moments(ctx, tx, `SELECT max(until) FROM (SELECT until FROM schedule_slots
		WHERE subscription = ? AND at < ? AND settled = 1 ORDER BY at DESC LIMIT 1)`,
		x.Subscription.ID, x.At.Unix())
	if err == nil && !ok {
		from, err = s.beginning(ctx, tx, x)
	}
	if err != nil {
		return from, err
	}
	if reach := x.At.Add(-x.Subscription.Reach); reach.Before(from) {
		return reach, nil
	}
	return from, nil
}

// beginning returns where the period of the subscription's first slot begins.
func (s *Schedule) beginning(ctx context.Context, tx store.Tx, x Slot) (time.Time, error) {
	zone, err := s.zone(x.Subscription.Zone)
	if err != nil {
		return x.At, err
	}
	first, ok, err := moments(ctx, tx, `SELECT min(at) FROM schedule_slots WHERE subscription = ?`, x.Subscription.ID)
	if err != nil || !ok {
		return x.At, err
	}
	return x.Subscription.before(zone, first), nil
}

// moments reads one time; ok is false when there is none.
func moments(ctx context.Context, tx store.Tx, query string, args ...any) (_ time.Time, ok bool, err error) {
	var at sql.NullInt64
	err = tx.QueryRow(ctx, query, args...).Scan(&at)
	return time.Unix(at.Int64, 0).UTC(), at.Valid, err
}
