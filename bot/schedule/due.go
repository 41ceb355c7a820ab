package schedule

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/corpus/store"
)

// MaxMissed bounds how many slots of a subscription that were missed at once get
// rows: the newest. It is five years of one a day; a clock that jumps to another
// century does not fill the disk.
const MaxMissed = 2000

// Due plans what has come by now and returns the slots to be posted: planned, or
// composed by a process that ended before it stored them. They come in the order
// in which they were due, at most one of a subscription's times of day, each with
// From and Late as they are now; those of chats that have quiet hours now come when
// these end. What is too late is folded.
//
// The same slot is returned until it is stored: a caller that works on several at
// once has to know which. Safe for concurrent use.
func (s *Schedule) Due(ctx context.Context, now time.Time) ([]Slot, error) {
	due, behind, err := s.look(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	if len(behind) == 0 {
		return due, nil
	}
	// What a loss of power takes away here is planned again.
	err = s.db.WriteSoon(ctx, func(tx store.Tx) error { return s.planAll(ctx, tx, behind, now) })
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	due, _, err = s.look(ctx, now)
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return due, nil
}

// look returns what is due, in order, and the subscriptions for which something is
// to be planned or given up first.
func (s *Schedule) look(ctx context.Context, now time.Time) (due []Slot, behind []int64, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) error {
		subs, err := list(ctx, tx, "")
		if err != nil {
			return err
		}
		open, err := open(ctx, tx, now, "")
		if err != nil {
			return err
		}
		for _, sub := range subs {
			zone, err := s.zone(sub.Zone)
			if err != nil {
				return err
			}
			switch {
			case sub.behind(zone, open[sub.ID], now):
				behind = append(behind, sub.ID)
			case !sub.Quiet.Covers(timeOf(now.In(zone))):
				due = append(due, ready(sub, open[sub.ID])...)
			}
		}
		return s.describe(ctx, tx, due, now)
	})
	slices.SortStableFunc(due, func(a, b Slot) int { return a.At.Compare(b.At) })
	return due, behind, err
}

// behind reports whether there is something to be planned or given up.
func (s Subscription) behind(zone *time.Location, open []Slot, now time.Time) bool {
	return s.planned.After(now) || len(s.giveUp(open, now)) > 0 || len(s.occurrences(zone, s.planned, now)) > 0
}

func (s *Schedule) planAll(ctx context.Context, tx store.Tx, subscriptions []int64, now time.Time) error {
	for _, id := range subscriptions {
		sub, err := get(ctx, tx, id)
		if errors.Is(err, ErrNotFound) {
			continue // dropped meanwhile
		}
		if err != nil {
			return err
		}
		if err := s.plan(ctx, tx, sub, now); err != nil {
			return err
		}
	}
	return nil
}

func timeOf(t time.Time) TimeOfDay { return TimeOfDay(t.Hour()*60 + t.Minute()) }

// live is the condition of the index of slots that are not final.
const live = `s.state NOT IN ('done', 'skipped', 'folded')`

// open returns, by subscription and by their moments, the slots that have come and
// are not in an outbox yet; which narrows them down.
func open(ctx context.Context, tx store.Tx, now time.Time, which string, args ...any) (map[int64][]Slot, error) {
	all, err := scanSlots(ctx, tx, `WHERE `+live+` AND s.state IN ('planned', 'composed', 'approving') AND s.at <= ?`+which+
		` ORDER BY s.at, s.day, s.time`, append([]any{now.Unix()}, args...)...)
	if err != nil {
		return nil, err
	}
	by := map[int64][]Slot{}
	for _, x := range all {
		by[x.Subscription.ID] = append(by[x.Subscription.ID], x)
	}
	return by, nil
}

// ready are the open slots that nobody has to approve now.
func ready(sub Subscription, open []Slot) []Slot {
	var out []Slot
	for _, x := range open {
		if x.State != Approving {
			x.Subscription = sub
			out = append(out, x)
		}
	}
	return out
}

// describe fills in From and Late.
func (s *Schedule) describe(ctx context.Context, tx store.Tx, due []Slot, now time.Time) (err error) {
	for i := range due {
		due[i].Late = lateness(due[i].At, now)
		if due[i].From, err = s.from(ctx, tx, due[i]); err != nil {
			return err
		}
	}
	return nil
}

// givenUp is an open slot that is not to be posted.
type givenUp struct {
	slot   int64
	reason Reason
}

// giveUp lists the open slots, given by their moments, that are not to be posted
// at now.
func (s Subscription) giveUp(open []Slot, now time.Time) []givenUp {
	var out []givenUp
	for i, x := range open {
		waits := x.State == Approving
		switch {
		case s.Paused && !waits:
			out = append(out, givenUp{x.ID, Paused})
		case now.Sub(x.At) > s.Window && !waits:
			out = append(out, givenUp{x.ID, Late})
		case i < len(open)-1 && s.Kind == Scheduled:
			out = append(out, givenUp{x.ID, Superseded})
		}
	}
	return out
}

// plan makes rows of what has come since the subscription was last planned, and
// gives up what is not to be posted any more.
func (s *Schedule) plan(ctx context.Context, tx store.Tx, sub Subscription, now time.Time) error {
	zone, err := s.zone(sub.Zone)
	if err != nil {
		return err
	}
	if sub.planned.After(now) {
		if err := turnBack(ctx, tx, &sub, now); err != nil {
			return err
		}
	}
	if err := insert(ctx, tx, sub, sub.occurrences(zone, sub.planned, now), now); err != nil {
		return err
	}
	open, err := open(ctx, tx, now, ` AND s.subscription = ?`, sub.ID)
	if err != nil {
		return err
	}
	for _, g := range sub.giveUp(open[sub.ID], now) {
		if _, err := s.Skip(ctx, tx, g.slot, g.reason); err != nil {
			return err
		}
	}
	return nil
}

// corrected is how far a clock may be put back as clocks are put right now and then:
// what was told that long before its time was told until now.
const corrected = time.Hour

// turnBack undoes what a clock that ran ahead has done. What was given up as too
// late and is not, or has not come yet, is open again; what was told before its time
// does not end a period then, or ends it now.
func turnBack(ctx context.Context, tx store.Tx, sub *Subscription, now time.Time) error {
	t := now.Unix()
	for _, u := range []struct {
		statement string
		args      []any
	}{
		{`UPDATE schedule_slots SET state = 'planned', reason = '' WHERE subscription = ? AND at > ? AND at <= ? AND state = 'folded' AND reason = 'late'`,
			[]any{sub.ID, t - int64(sub.Window/time.Second), t}},
		{`DELETE FROM schedule_slots WHERE subscription = ? AND at > ? AND story = ''
			AND reason IN ('late', 'superseded', 'quiet', 'paused', 'empty')`, []any{sub.ID, t}},
		{`UPDATE schedule_slots SET until = min(until, ?2) WHERE subscription = ?1 AND at > ?2 AND at <= ?3`, []any{sub.ID, t, t + int64(corrected/time.Second)}},
		{`UPDATE schedule_slots SET settled = 0 WHERE subscription = ? AND at > ?`, []any{sub.ID, t + int64(corrected/time.Second)}},
	} {
		if _, err := tx.Exec(ctx, u.statement, u.args...); err != nil {
			return err
		}
	}
	sub.planned = now
	return planned(ctx, tx, *sub, now)
}

// insert writes the rows of slots that have come; one that is there stays as it
// is.
func insert(ctx context.Context, tx store.Tx, sub Subscription, all []occurrence, now time.Time) error {
	if len(all) == 0 {
		return nil
	}
	for _, o := range all[max(0, len(all)-MaxMissed):] {
		state, reason := Planned, Reason("")
		if o.skip {
			state, reason = Folded, InQuiet
		}
		_, err := tx.Exec(ctx, `INSERT INTO schedule_slots (subscription, day, time, at, until, state, reason) VALUES (?, ?, ?, ?4, ?4, ?, ?)
			ON CONFLICT DO NOTHING`, sub.ID, o.day.String(), int64(o.time), o.at.Unix(), string(state), string(reason))
		if err != nil {
			return err
		}
	}
	return planned(ctx, tx, sub, now)
}

// planned notes that each slot up to now has a row.
func planned(ctx context.Context, tx store.Tx, sub Subscription, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE schedule_subscriptions SET planned = ? WHERE id = ?`, now.Unix(), sub.ID)
	return err
}
