package settings

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"newsdesk/corpus/store"
)

// Book keeps the settings of all chats. Safe for concurrent use.
type Book struct{ db *store.DB }

const schema = `
CREATE TABLE settings_chats (
	chat      INTEGER PRIMARY KEY,
	interface TEXT NOT NULL,
	answer    TEXT NOT NULL,
	length    TEXT NOT NULL,
	only      TEXT NOT NULL, -- a JSON array of names, as is without
	without   TEXT NOT NULL,
	zone      TEXT NOT NULL,
	rendering TEXT NOT NULL,
	log_texts INTEGER NOT NULL
) STRICT;`

// New returns the settings kept in db.
func New(ctx context.Context, db *store.DB) (*Book, error) {
	if err := db.Migrate(ctx, "settings", schema); err != nil {
		return nil, fmt.Errorf("settings: %w", err)
	}
	return &Book{db: db}, nil
}

// Of returns a chat's settings, [Default] when it chose nothing.
func (b *Book) Of(ctx context.Context, chat int64) (Settings, error) {
	s := Default()
	err := b.db.Read(ctx, func(tx store.Tx) (err error) {
		s, err = of(ctx, tx, chat)
		return err
	})
	if err != nil {
		return Default(), fmt.Errorf("settings: %w", err)
	}
	return s, nil
}

// Set makes a choice for a chat, in tx, and returns the settings after it. The
// change's own error is returned as it is, and then nothing was changed.
func (b *Book) Set(ctx context.Context, tx store.Tx, chat int64, change Change) (Settings, error) {
	before, err := of(ctx, tx, chat)
	if err != nil {
		return Default(), fmt.Errorf("settings: %w", err)
	}
	after, err := change(before)
	if err != nil {
		return before, err
	}
	if err := put(ctx, tx, chat, after); err != nil {
		return before, fmt.Errorf("settings: %w", err)
	}
	return after, nil
}

// Forget takes a chat back to the defaults, in tx, and returns how many of its
// choices differed from them.
func (b *Book) Forget(ctx context.Context, tx store.Tx, chat int64) (int, error) {
	s, err := of(ctx, tx, chat)
	if err != nil {
		return 0, fmt.Errorf("settings: %w", err)
	}
	if err := put(ctx, tx, chat, Default()); err != nil {
		return 0, fmt.Errorf("settings: %w", err)
	}
	return s.Chosen(), nil
}

// Move carries the settings of a group over to its new id, in tx: a group that
// becomes a supergroup gets one. Moving twice is moving once.
func (b *Book) Move(ctx context.Context, tx store.Tx, from, to int64) error {
	_, err := tx.Exec(ctx, `UPDATE OR REPLACE settings_chats SET chat = ? WHERE chat = ?`, to, from)
	if err != nil {
		return fmt.Errorf("settings: %w", err)
	}
	return nil
}

func of(ctx context.Context, tx store.Tx, chat int64) (Settings, error) {
	var s Settings
	var only, without string
	err := tx.QueryRow(ctx, `SELECT interface, answer, length, only, without, zone, rendering, log_texts
		FROM settings_chats WHERE chat = ?`, chat).
		Scan(&s.Interface, &s.Answer, &s.Length, &only, &without, &s.Zone, &s.Rendering, &s.LogTexts)
	if errors.Is(err, sql.ErrNoRows) {
		return Default(), nil
	}
	if err != nil {
		return Default(), err
	}
	if err := errors.Join(json.Unmarshal([]byte(only), &s.Only), json.Unmarshal([]byte(without), &s.Without)); err != nil {
		return Default(), err
	}
	return s, nil
}

func put(ctx context.Context, tx store.Tx, chat int64, s Settings) error {
	if s.Chosen() == 0 {
		_, err := tx.Exec(ctx, `DELETE FROM settings_chats WHERE chat = ?`, chat)
		return err
	}
	only, err := json.Marshal(s.Only)
	if err != nil {
		return err
	}
	without, err := json.Marshal(s.Without)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT OR REPLACE INTO settings_chats
		(chat, interface, answer, length, only, without, zone, rendering, log_texts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		chat, s.Interface, s.Answer, string(s.Length), string(only), string(without), s.Zone, string(s.Rendering), s.LogTexts)
	return err
}
