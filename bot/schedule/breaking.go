package schedule

import (
	"context"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Verdict says what becomes of a story as breaking news.
type Verdict string

// The verdicts.
const (
	// Break: it is planned, and [Schedule.Due] gives it.
	Break Verdict = "break"
	// Known: it was broken or skipped before.
	Known Verdict = "known"
	// TooFew: not enough independent origins report it; it may come later.
	TooFew Verdict = "too few"
	// Enough: the day has as many as it may have; the story is skipped.
	Enough Verdict = "enough"
	// Hushed: it fell into quiet hours or a pause; the story is skipped.
	Hushed Verdict = "hushed"
)

// Break asks, in tx, whether a story that so many independent origins report is
// breaking news for a subscription of that kind, and if it is, plans a slot for it.
// A story is broken once, whatever it is that follows. In quiet hours it waits for
// their end or is skipped, as the subscription's rule has it.
//
// [ErrNotFound] when there is no such subscription, [ErrKind] when it is a scheduled
// one.
func (s *Schedule) Break(ctx context.Context, tx store.Tx, subscription int64, story string, origins int, now time.Time) (Verdict, error) {
	sub, err := get(ctx, tx, subscription)
	if err != nil {
		return "", err
	}
	if sub.Kind != Breaking || story == "" {
		return "", fmt.Errorf("%w: %q for story %.40q", ErrKind, string(sub.Kind), story)
	}
	zone, err := s.zone(sub.Zone)
	if err != nil {
		return "", err
	}
	known, err := count(ctx, tx, `SELECT count(*) FROM schedule_slots WHERE subscription = ? AND story = ?`, sub.ID, story)
	switch {
	case err != nil:
		return "", fmt.Errorf("schedule: %w", err)
	case known > 0:
		return Known, nil
	case origins < sub.Breaking.Origins:
		return TooFew, nil
	}
	verdict, err := s.breaks(ctx, tx, sub, zone, story, now)
	if err != nil {
		return "", fmt.Errorf("schedule: %w", err)
	}
	return verdict, nil
}

// breaks makes the row of a story that enough origins report.
func (s *Schedule) breaks(ctx context.Context, tx store.Tx, sub Subscription, zone *time.Location, story string, now time.Time) (Verdict, error) {
	local := now.In(zone)
	o := sub.occurrence(zone, dateOf(local), timeOf(local))
	if !sub.Quiet.Covers(timeOf(local)) {
		o.at = now
	}
	day := dateOf(o.at.In(zone)).String()
	broken, err := count(ctx, tx, `SELECT count(*) FROM schedule_slots WHERE subscription = ? AND day = ? AND story <> '' AND reason = ''`, sub.ID, day)
	if err != nil {
		return "", err
	}
	verdict, state, reason := Break, Planned, Reason("")
	switch {
	case sub.Paused:
		verdict, state, reason = Hushed, Skipped, Paused
	case o.skip:
		verdict, state, reason = Hushed, Skipped, InQuiet
	case broken >= sub.Breaking.PerDay:
		verdict, state, reason = Enough, Skipped, Limit
	}
	_, err = tx.Exec(ctx, `INSERT INTO schedule_slots (subscription, day, time, story, at, until, state, reason) VALUES (?, ?, 0, ?, ?4, ?4, ?, ?)`,
		sub.ID, day, story, o.at.Unix(), string(state), string(reason))
	return verdict, err
}

// count counts rows.
func count(ctx context.Context, tx store.Tx, query string, args ...any) (n int, err error) {
	err = tx.QueryRow(ctx, query, args...).Scan(&n)
	return n, err
}
