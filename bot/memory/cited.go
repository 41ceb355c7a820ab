package memory

import (
	"context"
	"fmt"
	"time"

	"newsdesk/corpus/store"
)

// Shown is an answer with its place.
type Shown struct {
	Place Place
	Kept
}

// ByArticle returns the answers that cite an article, of whatever version and in
// whatever place, that were kept after since and that messages show, oldest first;
// none is no error. It is for saying in each place what concerns its own answer,
// and nothing of one may be told in another.
func (m *Memory) ByArticle(ctx context.Context, article string, since time.Time) ([]Shown, error) {
	var all []Shown
	err := m.db.Read(ctx, func(tx store.Tx) error {
		numbers, err := m.citing(ctx, tx, article, since)
		if err != nil {
			return err
		}
		for _, n := range numbers {
			s, err := shown(ctx, tx, n)
			if err != nil {
				return err
			}
			all = append(all, s)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	return all, nil
}

// citing returns the numbers of the answers.
func (m *Memory) citing(ctx context.Context, tx store.Tx, article string, since time.Time) ([]int64, error) {
	rows, err := tx.Query(ctx, `SELECT a.n FROM memory_cited c JOIN memory_answers a ON a.n = c.answer
		WHERE c.article = ? AND a.at > ? AND EXISTS (SELECT 1 FROM memory_messages s WHERE s.answer = a.n) ORDER BY a.n`,
		article, max(since.Unix(), m.oldest()))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []int64
	for rows.Next() {
		var n int64
		if err := rows.Scan(&n); err != nil {
			return nil, err
		}
		all = append(all, n)
	}
	return all, rows.Err()
}

func shown(ctx context.Context, tx store.Tx, n int64) (s Shown, err error) {
	if _, s.Kept, err = scan(tx.QueryRow(ctx, columns+`WHERE n = ?`, n)); err != nil {
		return Shown{}, err
	}
	err = tx.QueryRow(ctx, `SELECT chat, thread FROM memory_answers WHERE n = ?`, n).Scan(&s.Place.Chat, &s.Place.Thread)
	if err != nil {
		return Shown{}, err
	}
	s.Messages, err = messages(ctx, tx, n)
	return s, err
}
