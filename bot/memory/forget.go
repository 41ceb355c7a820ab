package memory

import (
	"context"
	"fmt"

	"newsdesk/corpus/store"
)

// Forgotten counts what was deleted.
type Forgotten struct {
	// Answers are answers, each with its question.
	Answers int
	// Messages are the ids of messages that showed them. The messages themselves
	// are the messenger's.
	Messages int
}

// Forget deletes all that is kept of a chat, all its topics, in tx.
func (m *Memory) Forget(ctx context.Context, tx store.Tx, chat int64) (Forgotten, error) {
	var f Forgotten
	for _, d := range []struct {
		count *int
		query string
	}{
		{&f.Messages, `DELETE FROM memory_messages WHERE chat = ?`},
		{&f.Answers, `DELETE FROM memory_answers WHERE chat = ?`},
	} {
		n, err := affected(ctx, tx, d.query, chat)
		if err != nil {
			return Forgotten{}, fmt.Errorf("memory: %w", err)
		}
		*d.count = n
	}
	return f, nil
}

// Move carries what is kept of a group over to its new id, in tx: a group that
// becomes a supergroup gets one. Its messages get new ids then, so that a reply
// to an old one finds nothing; conversation and buttons go on. Moving twice is
// moving once.
func (m *Memory) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	if _, err := tx.Exec(ctx, `DELETE FROM memory_messages WHERE chat = ?`, from); err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	if _, err := tx.Exec(ctx, `UPDATE memory_answers SET chat = ?, asked = 0 WHERE chat = ?`, to, from); err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	return nil
}

// expiredAtOnce bounds the answers that one transaction of Expire deletes.
const expiredAtOnce = 500

// Expire deletes the answers that are older than AnswersFor, and of each place
// those before its newest MaxAnswers, and returns how many they were. It is to
// be called once a day: what is too old is given out no more in any case, and
// its texts leave the disk here.
func (m *Memory) Expire(ctx context.Context) (int, error) {
	old, err := m.deleteAll(ctx, `SELECT n FROM memory_answers WHERE at <= ?`, m.oldest())
	if err != nil {
		return old, err
	}
	many, err := m.deleteAll(ctx, `SELECT n FROM (
		SELECT n, row_number() OVER (PARTITION BY chat, thread ORDER BY n DESC) AS place FROM memory_answers)
		WHERE place > ?`, MaxAnswers)
	return old + many, err
}

// deleteAll deletes the answers whose numbers the query gives, some at a time,
// so that those who want to write do not wait.
func (m *Memory) deleteAll(ctx context.Context, query string, arg any) (total int, err error) {
	for {
		n := 0
		err := m.db.Write(ctx, func(tx store.Tx) (err error) {
			n, err = affected(ctx, tx, `DELETE FROM memory_answers WHERE n IN (`+query+` LIMIT ?)`, arg, expiredAtOnce)
			return err
		})
		if err != nil {
			return total, fmt.Errorf("memory: %w", err)
		}
		if total += n; n < expiredAtOnce {
			return total, nil
		}
	}
}

// affected runs a statement and returns the number of rows it changed.
func affected(ctx context.Context, tx store.Tx, query string, args ...any) (int, error) {
	r, err := tx.Exec(ctx, query, args...)
	if err != nil {
		return 0, err
	}
	n, err := r.RowsAffected()
	return int(n), err
}
