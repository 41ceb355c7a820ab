package schedule

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"newsdesk/corpus/store"
)

// Telling is what a slot tells a place about a story.
type Telling struct {
	// Slot is the slot by which it is told; 0 for what is posted by hand.
	Slot         int64
	Subscription int64
	// Chat and Topic are the place: what one digest tells is told for the others of
	// the same place.
	Chat  string
	Topic int
	Story string
	// Facts are fingerprints of what is told of it, so that a fact that comes again
	// is known; may be empty, and '' in it is ignored.
	Facts []string
	At    time.Time
}

// Account is what a place has been told about a story.
type Account struct {
	// Facts are the fingerprints, sorted.
	Facts []string
	// First and Last are when something was told for the first and the last time;
	// Slot is the slot of the first, whose messages [Schedule.BySlot] has.
	First, Last time.Time
	Slot        int64
}

// Tell notes what is told, in tx, the transaction that stores the message. What was
// told before stays as it was. When the slot is taken back or given up, what it told
// first is not told any more.
func (s *Schedule) Tell(ctx context.Context, tx store.Tx, t Telling) error {
	for _, fact := range append([]string{""}, t.Facts...) {
		_, err := tx.Exec(ctx, `INSERT INTO schedule_told (chat, topic, story, fact, subscription, slot, at) VALUES (?, ?, ?, ?, ?, ?, ?)
			ON CONFLICT DO NOTHING`, t.Chat, t.Topic, t.Story, fact, t.Subscription, t.Slot, t.At.Unix())
		if err != nil {
			return fmt.Errorf("schedule: %w", err)
		}
	}
	return nil
}

// untell forgets what a slot told that was not told before it.
func untell(ctx context.Context, tx store.Tx, slot int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM schedule_told WHERE slot = ? AND slot <> 0`, slot); err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

// Told returns what a place has been told about a story, in tx; ok is false when it
// was told nothing.
func (s *Schedule) Told(ctx context.Context, tx store.Tx, chat string, topic int, story string) (a Account, ok bool, err error) {
	rows, err := tx.Query(ctx, `SELECT fact, slot, at FROM schedule_told WHERE chat = ? AND topic = ? AND story = ? ORDER BY at, slot, fact`, chat, topic, story)
	if err != nil {
		return a, false, fmt.Errorf("schedule: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var fact string
		var slot, at int64
		if err := rows.Scan(&fact, &slot, &at); err != nil {
			return a, false, fmt.Errorf("schedule: %w", err)
		}
		a.Last = time.Unix(at, 0).UTC()
		if !ok {
			a.First, a.Slot, ok = a.Last, slot, true
		}
		if fact != "" {
			a.Facts = append(a.Facts, fact)
		}
	}
	slices.Sort(a.Facts)
	return a, ok, rows.Err()
}

// Knowledge names what a place has been told since a time: two places that were told
// the same of the same stories have the same name for it. Empty for nothing.
func (s *Schedule) Knowledge(ctx context.Context, chat string, topic int, since time.Time) (name string, err error) {
	sum, n := sha256.New(), 0
	err = s.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT story, fact, at FROM schedule_told WHERE chat = ? AND topic = ? AND at >= ? ORDER BY story, fact`, chat, topic, since.Unix())
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var story, fact string
			var at int64
			if err := rows.Scan(&story, &fact, &at); err != nil {
				return err
			}
			fmt.Fprintf(sum, "%q %q %d\n", story, fact, at)
			n++
		}
		return rows.Err()
	})
	if err != nil {
		return "", fmt.Errorf("schedule: %w", err)
	}
	if n == 0 {
		return "", nil
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
