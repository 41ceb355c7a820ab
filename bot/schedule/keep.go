package schedule

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Keep stores a new subscription, in tx, and returns it with its ID. Slots before
// its Made are not due. Whatever is wrong with it is one of the errors of [Change];
// [ErrTooMany] when the chat has enough.
func (s *Schedule) Keep(ctx context.Context, tx store.Tx, sub Subscription) (Subscription, error) {
	if err := sub.check(); err != nil {
		return sub, err
	}
	var n int
	if err := tx.QueryRow(ctx, `SELECT count(*) FROM schedule_subscriptions WHERE chat = ?`, sub.Chat).Scan(&n); err != nil {
		return sub, fmt.Errorf("schedule: %w", err)
	}
	if n >= MaxPerChat {
		return sub, fmt.Errorf("%w: %d are enough", ErrTooMany, MaxPerChat)
	}
	sub.ID, sub.planned = 0, sub.Made
	id, err := put(ctx, tx, sub)
	if err != nil {
		return sub, fmt.Errorf("schedule: %w", err)
	}
	sub.ID = id
	return sub, nil
}

// Change makes choices about a subscription, in tx, and returns it after them.
// What has come by now is planned as it was before; a time of day that is new is
// not due before it comes next. A change's error is returned as it is, and then
// nothing was changed; [ErrNotFound] when there is no such subscription.
func (s *Schedule) Change(ctx context.Context, tx store.Tx, id int64, now time.Time, changes ...Change) (Subscription, error) {
	sub, err := get(ctx, tx, id)
	if err != nil {
		return sub, err
	}
	after := sub
	for _, change := range changes {
		if after, err = change(after); err != nil {
			return sub, err
		}
	}
	if err := after.check(); err != nil {
		return sub, err
	}
	if err := s.plan(ctx, tx, sub, now); err != nil {
		return sub, err
	}
	after.planned = now
	if _, err := put(ctx, tx, after); err != nil {
		return sub, fmt.Errorf("schedule: %w", err)
	}
	return after, nil
}

// Get returns a subscription, [ErrNotFound] when there is none.
func (s *Schedule) Get(ctx context.Context, id int64) (sub Subscription, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) (err error) {
		sub, err = get(ctx, tx, id)
		return err
	})
	return sub, err
}

// List returns all subscriptions, by their IDs.
func (s *Schedule) List(ctx context.Context) ([]Subscription, error) {
	return s.list(ctx, `ORDER BY id`)
}

// Of returns the subscriptions of a chat, all its topics together, by their IDs.
func (s *Schedule) Of(ctx context.Context, chat string) ([]Subscription, error) {
	return s.list(ctx, `WHERE chat = ? ORDER BY id`, chat)
}

func (s *Schedule) list(ctx context.Context, where string, args ...any) (all []Subscription, err error) {
	err = s.db.Read(ctx, func(tx store.Tx) (err error) {
		all, err = list(ctx, tx, where, args...)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	return all, nil
}

// Drop ends a subscription, in tx, and reports whether there was one. Its slots go
// with it; what the chat was told stays known. What lies in an outbox by then is
// the outbox's.
func (s *Schedule) Drop(ctx context.Context, tx store.Tx, id int64) (bool, error) {
	if _, err := tx.Exec(ctx, `DELETE FROM schedule_slots WHERE subscription = ?`, id); err != nil {
		return false, fmt.Errorf("schedule: %w", err)
	}
	return took(ctx, tx, `DELETE FROM schedule_subscriptions WHERE id = ?`, id)
}

// Move carries everything over to the new id of a group that became a supergroup,
// in tx. Moving twice is moving once.
func (s *Schedule) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	for _, table := range []string{"schedule_subscriptions", "schedule_told", "schedule_posts"} {
		_, err := tx.Exec(ctx, `UPDATE OR REPLACE `+table+` SET chat = ? WHERE chat = ?`, fmt.Sprint(to), fmt.Sprint(from))
		if err != nil {
			return fmt.Errorf("schedule: %w", err)
		}
	}
	return nil
}

// Forget deletes the digests of a chat and what it was told, in tx, and returns how
// many digests that were.
func (s *Schedule) Forget(ctx context.Context, tx store.Tx, chat string) (int, error) {
	for _, statement := range []string{
		`DELETE FROM schedule_slots WHERE subscription IN (SELECT id FROM schedule_subscriptions WHERE chat = ?)`,
		`DELETE FROM schedule_told WHERE chat = ?`,
		`DELETE FROM schedule_cited WHERE post IN (SELECT id FROM schedule_posts WHERE chat = ?)`,
		`DELETE FROM schedule_posts WHERE chat = ?`,
	} {
		if _, err := tx.Exec(ctx, statement, chat); err != nil {
			return 0, fmt.Errorf("schedule: %w", err)
		}
	}
	res, err := tx.Exec(ctx, `DELETE FROM schedule_subscriptions WHERE chat = ?`, chat)
	if err != nil {
		return 0, fmt.Errorf("schedule: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

const columns = `id, chat, topic, title, kind, times, days, zone, topics, only, without, language, items, silent,
	quiet_from, quiet_to, quiet_rule, approver, empty, origins, per_day, late, reach, paused, made_by, made, planned, halted`

// put writes a subscription, as a new one when its ID is 0, and returns its ID.
func put(ctx context.Context, tx store.Tx, s Subscription) (int64, error) {
	lists, err := encoded(s.Times, s.Topics, s.Only, s.Without)
	if err != nil {
		return 0, err
	}
	var id any
	if s.ID != 0 {
		id = s.ID
	}
	res, err := tx.Exec(ctx, `INSERT OR REPLACE INTO schedule_subscriptions (`+columns+`)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		id, s.Chat, s.Topic, s.Title, string(s.Kind), lists[0], int64(s.Days), s.Zone, lists[1], lists[2], lists[3], s.Language, s.Items, s.Silent,
		int64(s.Quiet.From), int64(s.Quiet.To), string(s.Quiet.Rule), s.Approver, string(s.Empty), s.Breaking.Origins, s.Breaking.PerDay,
		int64(s.Window/time.Second), int64(s.Reach/time.Second), s.Paused, s.By, s.Made.Unix(), s.planned.Unix(), s.Halted)
	if err != nil {
		return 0, err
	}
	return res.LastInsertId()
}

// encoded returns lists as JSON; a list without members is [].
func encoded(times []TimeOfDay, rest ...[]string) ([]string, error) {
	first, err := json.Marshal(append([]TimeOfDay{}, times...))
	if err != nil {
		return nil, err
	}
	out := []string{string(first)}
	for _, list := range rest {
		b, err := json.Marshal(append([]string{}, list...))
		if err != nil {
			return nil, err
		}
		out = append(out, string(b))
	}
	return out, nil
}

func get(ctx context.Context, tx store.Tx, id int64) (Subscription, error) {
	sub, err := scanSubscription(tx.QueryRow(ctx, `SELECT `+columns+` FROM schedule_subscriptions WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return sub, ErrNotFound
	}
	if err != nil {
		return sub, fmt.Errorf("schedule: %w", err)
	}
	return sub, nil
}

func list(ctx context.Context, tx store.Tx, where string, args ...any) ([]Subscription, error) {
	rows, err := tx.Query(ctx, `SELECT `+columns+` FROM schedule_subscriptions `+where, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Subscription
	for rows.Next() {
		sub, err := scanSubscription(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, sub)
	}
	return all, rows.Err()
}

// scanner is what *sql.Row and *sql.Rows have in common.
type scanner interface{ Scan(...any) error }

func scanSubscription(row scanner) (Subscription, error) {
	var s Subscription
	var times, topics, only, without string
	var window, reach, made, planned int64
	err := row.Scan(&s.ID, &s.Chat, &s.Topic, &s.Title, &s.Kind, &times, &s.Days, &s.Zone, &topics, &only, &without, &s.Language, &s.Items, &s.Silent,
		&s.Quiet.From, &s.Quiet.To, &s.Quiet.Rule, &s.Approver, &s.Empty, &s.Breaking.Origins, &s.Breaking.PerDay,
		&window, &reach, &s.Paused, &s.By, &made, &planned, &s.Halted)
	if err != nil {
		return s, err
	}
	s.Window, s.Reach = time.Duration(window)*time.Second, time.Duration(reach)*time.Second
	s.Made, s.planned = time.Unix(made, 0).UTC(), time.Unix(planned, 0).UTC()
	return s, errors.Join(decode(times, &s.Times), decode(topics, &s.Topics), decode(only, &s.Only), decode(without, &s.Without))
}

// decode reads a list; one without members is nil.
func decode[T any](text string, into *[]T) error {
	if text == "[]" {
		return nil
	}
	return json.Unmarshal([]byte(text), into)
}
