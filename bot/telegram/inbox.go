package telegram

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/go-telegram/bot/models"

	"newsdesk/corpus/store"
)

// inbox is the table of updates.
type inbox struct{ db *store.DB }

// received is an update as it came: its number, the chat it belongs to, and
// the bytes.
type received struct {
	id   int64
	chat string
	body []byte
}

// read takes one update apart as far as storing it needs. An update of a kind
// that is not asked for belongs to the chat "".
func readUpdate(body json.RawMessage) (received, error) {
	var u models.Update
	if err := json.Unmarshal(body, &u); err != nil {
		return received{}, fmt.Errorf("telegram: an update that cannot be read: %w", err)
	}
	r := received{id: u.ID, body: body}
	if id, ok := chatOf(&u); ok {
		r.chat = chatKey(id)
	}
	return r, nil
}

// chatOf returns the chat that an update belongs to.
func chatOf(u *models.Update) (int64, bool) {
	switch {
	case u.Message != nil:
		return u.Message.Chat.ID, true
	case u.EditedMessage != nil:
		return u.EditedMessage.Chat.ID, true
	case u.CallbackQuery != nil:
		chat, _, ok := under(u.CallbackQuery)
		return chat.ID, ok
	case u.MyChatMember != nil:
		return u.MyChatMember.Chat.ID, true
	case u.StoppedMessageGeneration != nil:
		return u.StoppedMessageGeneration.Chat.ID, true
	}
	return 0, false
}

func chatKey(id int64) string { return strconv.FormatInt(id, 10) }

// put stores updates that are not there yet.
func (b inbox) put(ctx context.Context, updates []received) error {
	return b.db.Write(ctx, func(tx store.Tx) error {
		for _, u := range updates {
			_, err := tx.Exec(ctx, `INSERT INTO telegram_updates (id, chat, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`,
				u.id, u.chat, u.body)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// next returns the oldest update of the chat that is not done, with how often
// it was begun; ok is false when there is none.
func (b inbox) next(ctx context.Context, chat string) (u received, attempts int, ok bool, err error) {
	err = b.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT id, chat, body, attempts FROM telegram_updates
			WHERE chat = ? AND done IS NULL ORDER BY id LIMIT 1`, chat).Scan(&u.id, &u.chat, &u.body, &attempts)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return received{}, 0, false, nil
	}
	return u, attempts, err == nil, err
}

// after returns the chat's updates behind one that are not done, oldest first,
// at most mostWaiting.
func (b inbox) after(ctx context.Context, chat string, update int64) ([]received, error) {
	var out []received
	err := b.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT id, chat, body FROM telegram_updates
			WHERE chat = ? AND done IS NULL AND id > ? ORDER BY id LIMIT ?`, chat, update, mostWaiting)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r received
			if err := rows.Scan(&r.id, &r.chat, &r.body); err != nil {
				return err
			}
			out = append(out, r)
		}
		return rows.Err()
	})
	return out, err
}

// mostWaiting bounds how many of those who wait are looked at.
const mostWaiting = 20

// begin counts that the update is being handled, so that one which ends the
// process is not begun for ever.
func (b inbox) begin(ctx context.Context, id int64) error {
	return b.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE telegram_updates SET attempts = attempts + 1 WHERE id = ?`, id)
		return err
	})
}

// finish marks the update as done and lets go of its text.
func (b inbox) finish(ctx context.Context, tx store.Tx, id int64, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE telegram_updates SET done = ?, body = NULL WHERE id = ?`, at.Unix(), id)
	return err
}

// forget deletes the texts of the chat's updates. Those that wait are not handled
// any more.
func (b inbox) forget(ctx context.Context, tx store.Tx, chat string, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE telegram_updates SET body = NULL, done = coalesce(done, ?) WHERE chat = ? AND body IS NOT NULL`,
		at.Unix(), chat)
	return err
}

// open lists the chats that have updates to be handled.
func (b inbox) open(ctx context.Context) ([]string, error) {
	return chats(ctx, b.db, `SELECT DISTINCT chat FROM telegram_updates WHERE done IS NULL`)
}

func chats(ctx context.Context, db *store.DB, query string) ([]string, error) {
	var all []string
	err := db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var chat string
			if err := rows.Scan(&chat); err != nil {
				return err
			}
			all = append(all, chat)
		}
		return rows.Err()
	})
	return all, err
}
