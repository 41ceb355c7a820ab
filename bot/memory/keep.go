package memory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

// Keep remembers an answer under an id of NewID, in tx, as the newest turn of its
// place. The caller chooses the id because buttons, which are made before, carry
// it.
func (m *Memory) Keep(ctx context.Context, tx store.Tx, p Place, id string, s Said) error {
	answer, err := encode(s.Answer)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `INSERT INTO memory_answers (id, chat, thread, at, asked, question, answer) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		id, p.Chat, p.Thread, m.now().Unix(), s.Asked, s.Question, answer)
	if err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	return cite(ctx, tx, id)
}

// cite enters what the answer cites, in place of what it cited before.
func cite(ctx context.Context, tx store.Tx, id string) error {
	_, err := tx.Exec(ctx, `DELETE FROM memory_cited WHERE answer = (SELECT n FROM memory_answers WHERE id = ?)`, id)
	if err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	if _, err := tx.Exec(ctx, insertCited+`AND a.id = ?`, id); err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	return nil
}

// Replace puts another question and answer in the place of a kept one, in tx,
// as when a question is edited. Its id, its messages, its age and its turn in
// the conversation stay. ErrNotFound when the place has no such answer.
func (m *Memory) Replace(ctx context.Context, tx store.Tx, p Place, id string, s Said) error {
	answer, err := encode(s.Answer)
	if err != nil {
		return err
	}
	r, err := tx.Exec(ctx, `UPDATE memory_answers SET asked = ?, question = ?, answer = ?, edited = edited + 1
		WHERE id = ? AND chat = ? AND thread = ?`, s.Asked, s.Question, answer, id, p.Chat, p.Thread)
	if err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	n, err := r.RowsAffected()
	if err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	if n == 0 {
		return ErrNotFound
	}
	return cite(ctx, tx, id)
}

// Sent remembers that a message shows an answer, in tx. An answer that takes
// several messages has several calls, one that was forgotten meanwhile none: that
// is no error.
func (m *Memory) Sent(ctx context.Context, tx store.Tx, id string, message int) error {
	_, err := tx.Exec(ctx, `INSERT OR REPLACE INTO memory_messages (chat, message, answer)
		SELECT chat, ?, n FROM memory_answers WHERE id = ?`, message, id)
	if err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	return nil
}

// New ends the conversation of a place, in tx: what was said before is no turn
// of it any more. Buttons and replies go on working.
func (m *Memory) New(ctx context.Context, tx store.Tx, p Place) error {
	_, err := tx.Exec(ctx, `UPDATE memory_answers SET ended = 1 WHERE chat = ? AND thread = ? AND ended = 0`, p.Chat, p.Thread)
	if err != nil {
		return fmt.Errorf("memory: %w", err)
	}
	return nil
}

// encode is the answer as it is kept.
func encode(a bot.Answer) (string, error) {
	a.Dropped, a.Trace = nil, bot.Trace{}
	a.Citations = slices.Clone(a.Citations)
	for i := range a.Citations {
		a.Citations[i].Passage.Text = ""
	}
	text, err := json.Marshal(a)
	if err != nil {
		return "", fmt.Errorf("memory: %w", err)
	}
	return string(text), nil
}
