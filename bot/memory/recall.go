package memory

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

// Turns returns the conversation of a place, oldest first; none is no error.
func (m *Memory) Turns(ctx context.Context, p Place) ([]bot.Turn, error) {
	var kept []Kept
	err := m.db.Read(ctx, func(tx store.Tx) (err error) {
		rows, err := tx.Query(ctx, columns+`WHERE chat = ? AND thread = ? AND ended = 0 AND at > ? ORDER BY n DESC LIMIT ?`,
			p.Chat, p.Thread, m.now().Add(-TurnsFor).Unix(), MaxTurns)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			_, k, err := scan(rows)
			if err != nil {
				return err
			}
			kept = append(kept, k)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	return conversation(kept), nil
}

// conversation takes the newest answers, newest first, to the turns that fit.
func conversation(kept []Kept) []bot.Turn {
	var turns []bot.Turn
	room := MaxTurnBytes
	for _, k := range kept {
		t := k.Turn()
		if room -= len(t.Question) + len(t.Answer); room < 0 {
			break
		}
		turns = append(turns, t)
	}
	slices.Reverse(turns)
	return turns
}

// Answer returns the answer of that id, or ErrNotFound when the place has none.
// The id may be anything: it comes from outside.
func (m *Memory) Answer(ctx context.Context, p Place, id string) (Kept, error) {
	return m.one(ctx, columns+`WHERE id = ? AND chat = ? AND thread = ? AND at > ?`, id, p.Chat, p.Thread, m.oldest())
}

// ByMessage returns the answer that a message of the place shows, or
// ErrNotFound.
func (m *Memory) ByMessage(ctx context.Context, p Place, message int) (Kept, error) {
	return m.one(ctx, columns+`WHERE n = (SELECT answer FROM memory_messages WHERE chat = ? AND message = ?)
		AND chat = ? AND thread = ? AND at > ?`, p.Chat, message, p.Chat, p.Thread, m.oldest())
}

// ByQuestion returns the newest answer to the question that stands in that
// message of the place, or ErrNotFound.
func (m *Memory) ByQuestion(ctx context.Context, p Place, asked int) (Kept, error) {
	return m.one(ctx, columns+`WHERE asked = ? AND asked <> 0 AND chat = ? AND thread = ? AND at > ? ORDER BY n DESC LIMIT 1`,
		asked, p.Chat, p.Thread, m.oldest())
}

// oldest is the time from before which nothing is given out.
func (m *Memory) oldest() int64 { return m.now().Add(-AnswersFor).Unix() }

const columns = `SELECT n, id, at, asked, question, answer, edited FROM memory_answers `

func (m *Memory) one(ctx context.Context, query string, args ...any) (Kept, error) {
	var k Kept
	err := m.db.Read(ctx, func(tx store.Tx) error {
		n, found, err := scan(tx.QueryRow(ctx, query, args...))
		if err != nil {
			return err
		}
		k = found
		k.Messages, err = messages(ctx, tx, n)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return Kept{}, ErrNotFound
	}
	if err != nil {
		return Kept{}, fmt.Errorf("memory: %w", err)
	}
	return k, nil
}

// scan reads one row of columns; n is its number.
func scan(row interface{ Scan(...any) error }) (n int64, k Kept, err error) {
	var at int64
	var answer string
	if err := row.Scan(&n, &k.ID, &at, &k.Asked, &k.Question, &answer, &k.Edited); err != nil {
		return 0, Kept{}, err
	}
	k.At = time.Unix(at, 0).UTC()
	return n, k, json.Unmarshal([]byte(answer), &k.Answer)
}

func messages(ctx context.Context, tx store.Tx, answer int64) ([]int, error) {
	rows, err := tx.Query(ctx, `SELECT message FROM memory_messages WHERE answer = ? ORDER BY message`, answer)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []int
	for rows.Next() {
		var m int
		if err := rows.Scan(&m); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}
