package correct

import (
	"context"
	"encoding/json"
	"fmt"

	"newsdesk/corpus/store"
)

// Forget deletes the corrections of a chat, in tx, and returns how many they were.
func (w *Watcher) Forget(ctx context.Context, tx store.Tx, chat int64) (int, error) {
	return deleted(ctx, tx, `DELETE FROM correct_corrections WHERE chat = ?`, chat)
}

// Move carries the corrections of a group over to its new id, in tx: a group that
// becomes a supergroup gets one. Its messages get new ids then, so what is still
// to be done ends as Deleted. Moving twice is moving once.
func (w *Watcher) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	_, err := tx.Exec(ctx, `UPDATE correct_corrections SET chat = ? WHERE chat = ?`, to, from)
	if err != nil {
		return fmt.Errorf("correct: %w", err)
	}
	return nil
}

// Expire deletes the corrections that were planned more than KeptFor ago, and
// returns how many they were. It is to be called once a day.
func (w *Watcher) Expire(ctx context.Context) (n int, err error) {
	err = w.DB.Write(ctx, func(tx store.Tx) error {
		n, err = deleted(ctx, tx, `DELETE FROM correct_corrections WHERE at <= ?`, w.Now().Add(-KeptFor).Unix())
		return err
	})
	return n, err
}

func deleted(ctx context.Context, tx store.Tx, query string, arg any) (int, error) {
	result, err := tx.Exec(ctx, query, arg)
	if err != nil {
		return 0, fmt.Errorf("correct: %w", err)
	}
	n, err := result.RowsAffected()
	if err != nil {
		return 0, fmt.Errorf("correct: %w", err)
	}
	return int(n), nil
}

// erase takes the words of an article, whose text was removed, out of the
// corrections; what was still to be said about it is skipped.
func erase(ctx context.Context, tx store.Tx, article string) error {
	rows, err := rowsOf(ctx, tx, `WHERE article = ?`, article)
	if err != nil {
		return err
	}
	for _, r := range rows {
		said, err := json.Marshal(r.bare())
		if err != nil {
			return err
		}
		if !r.ended() {
			r = r.end(Skipped, ReasonRemoved)
		}
		if _, err := tx.Exec(ctx, `UPDATE correct_corrections SET said = ?, state = ?, reason = ? WHERE n = ?`, string(said), r.State, r.Reason, r.ID); err != nil {
			return err
		}
	}
	return nil
}
