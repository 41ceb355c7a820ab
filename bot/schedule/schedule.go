// Package schedule keeps what is posted every day, and posts each day's once.
//
// # Design
//
// A [Daily] is a row: a chat, a time of day in a named zone. Each day it is due
// is a slot, also a row, written in the same transaction as the messages that
// were posted for it, so that a slot is done once whatever happens in between.
// A slot that was missed is done late within [Grace], and skipped after that.
package schedule

import (
	"context"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Grace is how late a slot may still be posted.
const Grace = 3 * time.Hour

// Daily is a digest that a chat gets once a day.
type Daily struct {
	// Chat is a number or an @name.
	Chat string
	// Hour and Minute are the time of day in Zone, an IANA name.
	Hour, Minute int
	Zone         string
	// Since is how far back the digest reaches.
	Since time.Duration
	// From is when it was set up; slots before that are not due.
	From time.Time
}

// Slot is one day of a Daily.
type Slot struct {
	Daily Daily
	// At is when it is due, Day the date in the digest's zone ("2006-01-02").
	At  time.Time
	Day string
}

// Schedule keeps dailies and slots. Safe for concurrent use.
type Schedule struct{ db *store.DB }

const schema = `
CREATE TABLE schedule_daily (
	chat   TEXT PRIMARY KEY,
	hour   INTEGER NOT NULL,
	minute INTEGER NOT NULL,
	zone   TEXT NOT NULL,
	since  INTEGER NOT NULL,
	start  INTEGER NOT NULL
);
CREATE TABLE schedule_slots (
	chat TEXT NOT NULL,
	day  TEXT NOT NULL,
	PRIMARY KEY (chat, day)
);`

// New returns the schedule kept in db.
func New(ctx context.Context, db *store.DB) (*Schedule, error) {
	if err := db.Migrate(ctx, "schedule", schema); err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return &Schedule{db}, nil
}

// Keep stores d, in place of what the chat had. The zone must be known.
func (s *Schedule) Keep(ctx context.Context, d Daily) error {
	if _, err := time.LoadLocation(d.Zone); err != nil {
		return fmt.Errorf("schedule: zone %q: %w", d.Zone, err)
	}
	err := s.db.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO schedule_daily (chat, hour, minute, zone, since, start) VALUES (?, ?, ?, ?, ?, ?)`,
			d.Chat, d.Hour, d.Minute, d.Zone, int64(d.Since/time.Second), d.From.Unix())
		return err
	})
	if err != nil {
		return fmt.Errorf("schedule: %w", err)
	}
	return nil
}

// Drop ends what the chat gets, and reports whether there was anything.
func (s *Schedule) Drop(ctx context.Context, chat string) (bool, error) {
	var dropped int64
	err := s.db.Write(ctx, func(tx store.Tx) error {
		res, err := tx.Exec(ctx, `DELETE FROM schedule_daily WHERE chat = ?`, chat)
		if err != nil {
			return err
		}
		dropped, err = res.RowsAffected()
		return err
	})
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	return dropped > 0, nil
}

// List returns all dailies, by chat.
func (s *Schedule) List(ctx context.Context) ([]Daily, error) {
	var all []Daily
	err := s.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT chat, hour, minute, zone, since, start FROM schedule_daily ORDER BY chat`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var d Daily
			var since, start int64
			if err := rows.Scan(&d.Chat, &d.Hour, &d.Minute, &d.Zone, &since, &start); err != nil {
				return err
			}
			d.Since, d.From = time.Duration(since)*time.Second, time.Unix(start, 0)
			all = append(all, d)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return all, nil
}

// Due returns the slots that are to be posted at now: those that have come,
// are at most Grace old, and are not done.
func (s *Schedule) Due(ctx context.Context, now time.Time) ([]Slot, error) {
	dailies, err := s.List(ctx)
	if err != nil {
		return nil, err
	}
	var due []Slot
	for _, d := range dailies {
		slot, ok, err := d.slot(now)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		done, err := s.done(ctx, slot)
		if err != nil {
			return nil, err
		}
		if !done {
			due = append(due, slot)
		}
	}
	return due, nil
}

// slot returns the newest slot of d that has come at now and is not too late.
func (d Daily) slot(now time.Time) (Slot, bool, error) {
	zone, err := time.LoadLocation(d.Zone)
	if err != nil {
		return Slot{}, false, fmt.Errorf("schedule: zone %q: %w", d.Zone, err)
	}
	local := now.In(zone)
	for back := range 2 {
		at := time.Date(local.Year(), local.Month(), local.Day()-back, d.Hour, d.Minute, 0, 0, zone)
		if at.After(now) || at.Before(d.From) || now.Sub(at) > Grace {
			continue
		}
		// Where clocks go forward over it, time.Date moves the slot; its day is
		// still the day it was meant for.
		day := time.Date(local.Year(), local.Month(), local.Day()-back, 12, 0, 0, 0, zone)
		return Slot{Daily: d, At: at, Day: day.Format(time.DateOnly)}, true, nil
	}
	return Slot{}, false, nil
}

func (s *Schedule) done(ctx context.Context, slot Slot) (bool, error) {
	var n int
	err := s.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM schedule_slots WHERE chat = ? AND day = ?`,
			slot.Daily.Chat, slot.Day).Scan(&n)
	})
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	return n > 0, nil
}

// Done marks the slot as posted, in the transaction that stores its messages.
// It reports false when it was done already: then nothing is to be posted.
func (s *Schedule) Done(ctx context.Context, tx store.Tx, slot Slot) (bool, error) {
	res, err := tx.Exec(ctx, `INSERT INTO schedule_slots (chat, day) VALUES (?, ?) ON CONFLICT DO NOTHING`,
		slot.Daily.Chat, slot.Day)
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	return n > 0, nil
}
