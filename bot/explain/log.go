package explain

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

const (
	// Kept is the number of records that are kept of each chat and topic.
	Kept = 20
	// TextsFor is how long the texts of a record are kept. The figures stay for
	// as long as the record does.
	TextsFor = 30 * 24 * time.Hour
)

// Log keeps records. Safe for concurrent use.
type Log struct {
	db *store.DB
}

const schema = `
CREATE TABLE explain_records (
	id      INTEGER PRIMARY KEY,
	chat    INTEGER NOT NULL,
	thread  INTEGER NOT NULL,
	at      INTEGER NOT NULL,
	cleared INTEGER NOT NULL,
	record  TEXT NOT NULL
) STRICT;
CREATE INDEX explain_places ON explain_records (chat, thread, id);
CREATE INDEX explain_texts ON explain_records (at) WHERE cleared = 0;`

// New returns the records kept in db.
func New(ctx context.Context, db *store.DB) (*Log, error) {
	if err := db.Migrate(ctx, "explain", schema); err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	return &Log{db: db}, nil
}

// Keep adds a record of a chat and topic (0 for none), in tx, and deletes those
// of the same place before the last Kept.
func (l *Log) Keep(ctx context.Context, tx store.Tx, chat int64, thread int, r Record) error {
	text, err := json.Marshal(r)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO explain_records (chat, thread, at, cleared, record) VALUES (?, ?, ?, 0, ?)`,
		chat, thread, r.At.Unix(), string(text))
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	_, err = tx.Exec(ctx, `
		DELETE FROM explain_records WHERE chat = ?1 AND thread = ?2 AND id NOT IN (
			SELECT id FROM explain_records WHERE chat = ?1 AND thread = ?2 ORDER BY id DESC LIMIT ?3)`,
		chat, thread, Kept)
	if err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return nil
}

// Last returns the newest records of a chat and topic, newest first, at most n;
// none is no error.
func (l *Log) Last(ctx context.Context, chat int64, thread, n int) ([]Record, error) {
	var out []Record
	err := l.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT record FROM explain_records WHERE chat = ? AND thread = ? ORDER BY id DESC LIMIT ?`, chat, thread, n)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			var r Record
			if err := rows.Scan(&text); err != nil {
				return err
			}
			if err := json.Unmarshal([]byte(text), &r); err != nil {
				return err
			}
			out = append(out, r)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("explain: %w", err)
	}
	return out, nil
}

// Count returns how many questions were recorded since a time, and how many of
// them have no answer. It counts what is kept: the last of each place.
func (l *Log) Count(ctx context.Context, since time.Time) (asked, unanswered int, err error) {
	err = l.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*), count(*) FILTER (WHERE NOT json_extract(record, '$.found'))
			FROM explain_records WHERE at >= ?`, since.Unix()).Scan(&asked, &unanswered)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("explain: %w", err)
	}
	return asked, unanswered, nil
}

// clearedAtOnce bounds the records of one transaction of Clear.
const clearedAtOnce = 200

// Clear takes the texts out of the records that are older than TextsFor at now,
// and returns how many they were.
func (l *Log) Clear(ctx context.Context, now time.Time) (int, error) {
	total := 0
	for {
		n := 0
		err := l.db.Write(ctx, func(tx store.Tx) (err error) {
			n, err = clearSome(ctx, tx, now.Add(-TextsFor))
			return err
		})
		if err != nil {
			return total, fmt.Errorf("explain: %w", err)
		}
		if total += n; n < clearedAtOnce {
			return total, nil
		}
	}
}

// clearSome clears up to clearedAtOnce records from before that time.
func clearSome(ctx context.Context, tx store.Tx, before time.Time) (int, error) {
	old, err := stale(ctx, tx, before)
	if err != nil {
		return 0, err
	}
	for id, r := range old {
		text, err := json.Marshal(r.cleared())
		if err != nil {
			return 0, err
		}
		if _, err := tx.Exec(ctx, `UPDATE explain_records SET cleared = 1, record = ? WHERE id = ?`, string(text), id); err != nil {
			return 0, err
		}
	}
	return len(old), nil
}

// stale returns records with texts from before that time, by id.
func stale(ctx context.Context, tx store.Tx, before time.Time) (map[int64]Record, error) {
	rows, err := tx.Query(ctx, `SELECT id, record FROM explain_records WHERE cleared = 0 AND at < ? LIMIT ?`, before.Unix(), clearedAtOnce)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[int64]Record{}
	for rows.Next() {
		var id int64
		var text string
		var r Record
		if err := rows.Scan(&id, &text); err != nil {
			return nil, err
		}
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			return nil, err
		}
		out[id] = r
	}
	return out, rows.Err()
}

// Forget deletes the records of a chat, all its topics, in tx, and returns how
// many they were.
func (l *Log) Forget(ctx context.Context, tx store.Tx, chat int64) (int, error) {
	res, err := tx.Exec(ctx, `DELETE FROM explain_records WHERE chat = ?`, chat)
	if err != nil {
		return 0, fmt.Errorf("explain: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// Move carries the records of a group over to its new id, in tx.
func (l *Log) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	if _, err := tx.Exec(ctx, `UPDATE explain_records SET chat = ? WHERE chat = ?`, to, from); err != nil {
		return fmt.Errorf("explain: %w", err)
	}
	return nil
}
