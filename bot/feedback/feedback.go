// Package feedback keeps what people think of answers: 👍 or 👎.
//
// # Design
//
// One row of table feedback_votes for an answer's id and a person: pressing again
// takes a vote back, pressing the other turns it around. What was asked and said
// is bot/memory's; here is only who liked which id. A vote takes a store.Tx, so
// that it becomes durable together with the press that gave it.
package feedback

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Vote is what somebody thinks of an answer.
type Vote int

// The votes. None is a vote that was taken back.
const (
	Bad  Vote = -1
	None Vote = 0
	Good Vote = 1
)

// Feedback keeps votes. Safe for concurrent use.
type Feedback struct {
	db *store.DB
}

const schema = `
CREATE TABLE feedback_votes (
	answer TEXT NOT NULL,
	person INTEGER NOT NULL,
	chat   INTEGER NOT NULL,
	vote   INTEGER NOT NULL,
	at     INTEGER NOT NULL,
	PRIMARY KEY (answer, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_chats ON feedback_votes (chat);
CREATE INDEX feedback_people ON feedback_votes (person);`

// New returns the votes kept in db.
func New(ctx context.Context, db *store.DB) (*Feedback, error) {
	if err := db.Migrate(ctx, "feedback", schema); err != nil {
		return nil, fmt.Errorf("feedback: %w", err)
	}
	return &Feedback{db: db}, nil
}

// Press gives a person's vote on an answer of a chat, or takes it back when it
// was the same before, in tx. It returns the vote as it is now.
func (f *Feedback) Press(ctx context.Context, tx store.Tx, chat int64, answer string, person int64, v Vote, at time.Time) (Vote, error) {
	var before Vote
	err := tx.QueryRow(ctx, `SELECT vote FROM feedback_votes WHERE answer = ? AND person = ?`, answer, person).Scan(&before)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return None, fmt.Errorf("feedback: %w", err)
	}
	if before == v {
		_, err := tx.Exec(ctx, `DELETE FROM feedback_votes WHERE answer = ? AND person = ?`, answer, person)
		if err != nil {
			return None, fmt.Errorf("feedback: %w", err)
		}
		return None, nil
	}
	_, err = tx.Exec(ctx, `INSERT INTO feedback_votes (answer, person, chat, vote, at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (answer, person) DO UPDATE SET vote = excluded.vote, at = excluded.at`, answer, person, chat, v, at.Unix())
	if err != nil {
		return None, fmt.Errorf("feedback: %w", err)
	}
	return v, nil
}

// Of returns a person's vote on an answer, None when there is none.
func (f *Feedback) Of(ctx context.Context, answer string, person int64) (Vote, error) {
	v := None
	err := f.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT vote FROM feedback_votes WHERE answer = ? AND person = ?`, answer, person).Scan(&v)
	})
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return None, fmt.Errorf("feedback: %w", err)
	}
	return v, nil
}

// Count returns the numbers of good and bad votes since a time.
func (f *Feedback) Count(ctx context.Context, since time.Time) (good, bad int, err error) {
	err = f.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FILTER (WHERE vote > 0), count(*) FILTER (WHERE vote < 0)
			FROM feedback_votes WHERE at >= ?`, since.Unix()).Scan(&good, &bad)
	})
	if err != nil {
		return 0, 0, fmt.Errorf("feedback: %w", err)
	}
	return good, bad, nil
}

// Forget deletes the votes that were given in a chat or by a person of that id,
// in tx, and returns how many they were. In Telegram a private chat has the id of
// its person.
func (f *Feedback) Forget(ctx context.Context, tx store.Tx, id int64) (int, error) {
	res, err := tx.Exec(ctx, `DELETE FROM feedback_votes WHERE chat = ?1 OR person = ?1`, id)
	if err != nil {
		return 0, fmt.Errorf("feedback: %w", err)
	}
	n, err := res.RowsAffected()
	return int(n), err
}

// Move carries the votes of a group over to its new id, in tx.
func (f *Feedback) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	if _, err := tx.Exec(ctx, `UPDATE feedback_votes SET chat = ? WHERE chat = ?`, to, from); err != nil {
		return fmt.Errorf("feedback: %w", err)
	}
	return nil
}
