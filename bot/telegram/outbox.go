package telegram

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsdesk/corpus/store"
)

// outbox is the table of messages to send.
type outbox struct{ db *store.DB }

// letter is one message to send.
type letter struct {
	id      int64
	chat    string
	thread  int
	replyTo int
	text    Text
	// buttons is an inline keyboard as JSON, empty for none.
	buttons string
	// replaces is the message that becomes this one, 0 for a new message.
	replaces int
	ref      string
	// rich is the HTML of the same as a rich message, empty for none.
	rich string
	rtl  bool
	// piece is the place of the message in its reply, from 0.
	piece  int
	source string
	silent bool
	// amends is the message under whose first text this is put, 0 for none. It never
	// becomes a message of its own.
	amends int
	// strict says that it is not sent without the message that it replies to.
	strict bool
	// guarded says that Config.Guard is asked before it is sent.
	guarded bool
}

const letterColumns = `id, chat, thread, reply_to, html, plain, buttons, replaces, ref, rich, rtl, piece, source, silent, amends, strict, guarded`

// scanLetter reads a row of letterColumns.
func scanLetter(row *sql.Row) (l letter, err error) {
	err = row.Scan(&l.id, &l.chat, &l.thread, &l.replyTo, &l.text.HTML, &l.text.Plain, &l.buttons, &l.replaces, &l.ref, &l.rich, &l.rtl,
		&l.piece, &l.source, &l.silent, &l.amends, &l.strict, &l.guarded)
	return l, err
}

// tidies reports whether the letter is no message: it takes away those that show
// its reply from its piece on, which a shorter form of it needs no more.
func (l letter) tidies() bool { return l.text == Text{} }

// put stores the messages of one source, in order after what the chat is still
// to be sent. A source that was stored before is left as it is.
func (o outbox) put(ctx context.Context, tx store.Tx, source string, letters []letter, at time.Time) error {
	for i, l := range letters {
		_, err := tx.Exec(ctx, `INSERT INTO telegram_outbox
			(source, part, chat, thread, reply_to, html, plain, buttons, replaces, ref, rich, rtl, piece, silent, amends, strict, guarded, created)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, part) DO NOTHING`,
			source, i, l.chat, l.thread, l.replyTo, l.text.HTML, l.text.Plain, l.buttons, l.replaces, l.ref, l.rich, l.rtl, l.piece,
			l.silent, l.amends, l.strict, l.guarded, at.Unix())
		if err != nil {
			return err
		}
	}
	return nil
}

// next returns the oldest message of the chat that is to be sent; ok is false
// when there is none. What belongs to a message that is held waits with it.
func (o outbox) next(ctx context.Context, chat string) (l letter, ok bool, err error) {
	err = o.db.Read(ctx, func(tx store.Tx) (err error) {
		l, err = scanLetter(tx.QueryRow(ctx, `SELECT `+letterColumns+` FROM telegram_outbox o WHERE chat = ? AND state = 'pending'
			AND NOT (guarded AND EXISTS (SELECT 1 FROM telegram_outbox h WHERE h.source = o.source AND h.state = 'held')) ORDER BY id LIMIT 1`, chat))
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return letter{}, false, nil
	}
	return l, err == nil, err
}

// sent marks the message as sent, and has also write in the same transaction.
// The shorter that takes, the fewer ends of the process send it again, so it is
// not synced: a loss of power is rare enough.
func (o outbox) sent(ctx context.Context, id int64, message int, at time.Time, also func(store.Tx) error) error {
	return o.db.WriteSoon(ctx, func(tx store.Tx) error {
		if err := o.mark(ctx, tx, id, message, at); err != nil {
			return err
		}
		return also(tx)
	})
}

func (o outbox) mark(ctx context.Context, tx store.Tx, id int64, message int, at time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE telegram_outbox SET state = 'sent', message = ?, finished = ? WHERE id = ?`, message, at.Unix(), id)
	return err
}

// failed marks the message as refused, and has also write in the same transaction.
func (o outbox) failed(ctx context.Context, id int64, why string, at time.Time, also func(store.Tx) error) error {
	return o.db.Write(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE telegram_outbox SET state = 'failed', error = ?, finished = ? WHERE id = ?`,
			why, at.Unix(), id)
		if err != nil {
			return err
		}
		return also(tx)
	})
}

// move readdresses what is still to be sent to a group that got a new id.
func (o outbox) move(ctx context.Context, tx store.Tx, from, to string) error {
	// Its messages have other ids there: -1 is the message that is not there.
	_, err := tx.Exec(ctx, `UPDATE telegram_outbox SET chat = ?, reply_to = iif(strict, -1, 0), amends = iif(amends <> 0, -1, 0)
		WHERE chat = ? AND state IN ('pending', 'held')`, to, from)
	return err
}

// open lists the chats that have messages to be sent.
func (o outbox) open(ctx context.Context) ([]string, error) {
	return chats(ctx, o.db, `SELECT DISTINCT chat FROM telegram_outbox WHERE state = 'pending'`)
}

// count returns how many messages of a source are in each state.
func (o outbox) count(ctx context.Context, source string) (map[string]int, error) {
	states := map[string]int{}
	err := o.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT state, count(*) FROM telegram_outbox WHERE source = ? GROUP BY state`, source)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var state string
			var n int
			if err := rows.Scan(&state, &n); err != nil {
				return err
			}
			states[state] = n
		}
		return rows.Err()
	})
	return states, err
}

// refusal returns why a message of the source was refused.
func (o outbox) refusal(ctx context.Context, source string) (string, error) {
	var why string
	err := o.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT error FROM telegram_outbox WHERE source = ? AND state = 'failed' LIMIT 1`, source).Scan(&why)
	})
	return why, err
}

// showing is a message that shows a piece of a reply.
type showing struct{ message, piece int }

// shown returns the messages that show a reply, as others than the given source
// sent it, in their order. More than one may show the same piece: what was sent by
// a process that was killed is sent again.
func (o outbox) shown(ctx context.Context, chat, ref, source string) ([]showing, error) {
	var out []showing
	err := o.db.Read(ctx, func(tx store.Tx) error {
		rows, err := tx.Query(ctx, `SELECT message, piece, max(id) FROM telegram_outbox
			WHERE chat = ? AND ref = ? AND ref <> '' AND source <> ? AND state = 'sent' AND message <> 0 GROUP BY message ORDER BY message`, chat, ref, source)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var s showing
			var id int64
			if err := rows.Scan(&s.message, &s.piece, &id); err != nil {
				return err
			}
			out = append(out, s)
		}
		return rows.Err()
	})
	return out, err
}

// thread returns the topic that a message was sent to, 0 for none and for a message
// that is not known.
func (o outbox) thread(ctx context.Context, chat string, message int) (thread int, err error) {
	err = o.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT thread FROM telegram_outbox WHERE chat = ? AND message = ? LIMIT 1`, chat, message).Scan(&thread)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return thread, err
}

// gone notes that a message is no longer there.
func (o outbox) gone(ctx context.Context, chat string, message int) error {
	return o.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE telegram_outbox SET ref = '', html = '', plain = '', rich = '', buttons = '' WHERE chat = ? AND message = ?`, chat, message)
		return err
	})
}

// shows reports whether a message is, as far as is known, what the letter would
// make of it.
func (o outbox) shows(ctx context.Context, l letter, message int) (bool, error) {
	var same bool
	err := o.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT html = ? AND rich = ? AND buttons = ? FROM telegram_outbox
			WHERE chat = ? AND message = ? AND state = 'sent' ORDER BY id DESC LIMIT 1`, l.text.HTML, l.rich, l.buttons, l.chat, message).Scan(&same)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return same, err
}

// forget deletes what was sent to the chat, and takes back what was not yet. The
// sources stay without their texts, so that nothing is sent again.
func (o outbox) forget(ctx context.Context, tx store.Tx, chat string) (int, error) {
	res, err := tx.Exec(ctx, `UPDATE telegram_outbox SET html = '', plain = '', rich = '', buttons = '', ref = '', error = NULL,
		state = iif(state IN ('pending', 'held'), 'forgotten', state)
		WHERE chat = ? AND plain <> ''`, chat)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
