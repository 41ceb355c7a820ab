package telegram

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	tg "github.com/go-telegram/bot"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

// Posting is what the bot says of its own accord, in a chat that it names.
type Posting struct {
	// Source names it: the same source is stored once, however often it is posted.
	Source string
	// Chat is a number or an @name, Thread a forum topic of it, 0 for none.
	Chat   string
	Thread int
	// Silent postings make no sound.
	Silent bool
	// Room is how many UTF-16 units of each message stay free for what may be
	// amended later; less than 2048.
	Room int
	// ReplyTo is a message of the chat that this one replies to, 0 for none. It is
	// not sent when that message is gone.
	ReplyTo int
	// Amends is a message of the bot's own in the chat, 0 for none: the reply's
	// blocks are put under what it first said, in the place of those that amended it
	// before; of blocks that do not fit the first are left out. Where that message
	// cannot be edited nothing is sent.
	Amends int
	// Guarded says that [Config.Guard] is asked before it is sent, so that it is
	// never sent twice.
	Guarded bool
	Reply   bot.Reply
}

// Guard is asked in a transaction about guarded postings, by the Ref of their reply.
// All three are needed where there are such postings.
type Guard struct {
	// Sending hears that the posting's first message is about to be sent; after is
	// the newest message that is known in the chat, 0 when none is. False holds it
	// until [Bot.Release], [Bot.Arrived] or [Bot.TakeBack].
	Sending func(ctx context.Context, tx store.Tx, ref string, after int) (bool, error)
	// Unsent hears that Telegram has not taken it, and that it is tried again.
	Unsent func(ctx context.Context, tx store.Tx, ref string) error
	// Unsure hears that nothing is known of what became of it. It is held.
	Unsure func(ctx context.Context, tx store.Tx, ref string) error
}

// Refused says why Telegram takes a message never.
type Refused string

// What Telegram may say.
const (
	// Gone: the message that is to be edited or replied to is not there.
	Gone Refused = "gone"
	// Uneditable: the message can't be edited.
	Uneditable Refused = "uneditable"
	// Forbidden: a right is missing, the bot is not in the chat, or chat or topic are not
	// there.
	Forbidden Refused = "forbidden"
	// Rejected: any other reason.
	Rejected Refused = "rejected"
)

// Refusal says that a message of a reply was refused for good.
type Refusal struct {
	// Ref is that of the reply, Source that of the posting.
	Ref, Source string
	// Chat is the number or @name that it was to be sent to.
	Chat   string
	Thread int
	// Piece is the place of the message in its reply, from 0.
	Piece int
	What  Refused
	// Why are Telegram's words, without the token.
	Why string
}

// refusals are Telegram's words for what may be refused.
var refusals = []struct {
	words string
	what  Refused
}{
	{"message to edit not found", Gone},
	{"message to be replied not found", Gone},
	{"message can't be edited", Uneditable},
	{"chat not found", Forbidden},
	{"rights", Forbidden},
	{"CHAT_WRITE_FORBIDDEN", Forbidden},
	{"message thread not found", Forbidden},
}

// refusedAs reads a refusal.
func refusedAs(err error) Refused {
	if errors.Is(err, errGone) {
		return Gone
	}
	if errors.Is(err, tg.ErrorForbidden) {
		return Forbidden
	}
	for _, r := range refusals {
		if strings.Contains(err.Error(), r.words) {
			return r.what
		}
	}
	return Rejected
}

// errGone means that a message is not there, without asking Telegram.
var errGone = errors.New("the message is not known any more")

// Put stores a posting in tx and returns at once. The messages leave when Run is
// running and was told by [Bot.Wake]; of what is put in a transaction of the bot's own
// (Config.Sent, Config.Refused, an Outcome) it knows.
func (b *Bot) Put(ctx context.Context, tx store.Tx, p Posting) error {
	b.mu.Lock()
	b.toWake = append(b.toWake, p.Chat)
	b.mu.Unlock()
	all := lettersWithin(p.Reply, maxUnits-p.Room)
	for i := range all {
		l := &all[i]
		l.chat, l.thread, l.silent, l.guarded, l.amends = p.Chat, p.Thread, p.Silent, p.Guarded, p.Amends
		if i == 0 && p.ReplyTo != 0 {
			l.replyTo, l.strict = p.ReplyTo, true
		}
	}
	if p.Amends != 0 && len(all) > 1 {
		all = all[len(all)-1:] // the newest of what is said does fit
		all[0].piece = 0
	}
	if err := b.outbox.put(ctx, tx, p.Source, all, b.now()); err != nil {
		return fmt.Errorf("telegram: keeping a post: %w", err)
	}
	return nil
}

// wakePut wakes the senders of what was put since it was last called. Of what is not
// written yet another one tells.
func (b *Bot) wakePut(ctx context.Context) {
	b.mu.Lock()
	chats := b.toWake
	b.toWake = nil
	b.mu.Unlock()
	for _, chat := range chats {
		b.senders.wake(ctx, chat)
	}
}

// begun asks the guard whether the letter may be sent, and holds it where it may not.
func (b *Bot) begun(ctx context.Context, l letter) (may bool, err error) {
	if !l.guarded || l.piece > 0 {
		return true, nil
	}
	after, err := b.outbox.newest(ctx, l.chat)
	if err != nil {
		return false, err
	}
	err = b.db.Write(ctx, func(tx store.Tx) error {
		if may, err = b.guard.Sending(ctx, tx, l.ref, after); err != nil || may {
			return err
		}
		return b.outbox.hold(ctx, tx, l.id)
	})
	return may, err
}

// unsent tells the guard that Telegram has not taken the letter.
func (b *Bot) unsent(ctx context.Context, l letter) error {
	if !l.guarded || l.piece > 0 {
		return nil
	}
	return b.db.Write(ctx, func(tx store.Tx) error { return b.guard.Unsent(ctx, tx, l.ref) })
}

// unsure tells the guard that nothing is known of the letter, and holds it.
func (b *Bot) unsure(ctx context.Context, l letter) (held bool, err error) {
	if !l.guarded || l.piece > 0 || ctx.Err() != nil {
		return false, nil
	}
	return true, b.db.Write(ctx, func(tx store.Tx) error {
		if err := b.guard.Unsure(ctx, tx, l.ref); err != nil {
			return err
		}
		return b.outbox.hold(ctx, tx, l.id)
	})
}

// refuse records that the letter was refused for good.
func (b *Bot) refuse(ctx context.Context, l letter, err error) error {
	why := mask(err.Error(), b.token)
	b.log.ErrorContext(ctx, "Telegram refused a message", "letter", l.id, "chat", l.chat, "err", why)
	return b.outbox.failed(ctx, l.id, why, b.now(), func(tx store.Tx) error {
		if l.ref == "" || b.refused == nil {
			return nil
		}
		return b.refused(ctx, tx, Refusal{Ref: l.ref, Source: l.source, Chat: l.chat, Thread: l.thread, Piece: l.piece, What: refusedAs(err), Why: why})
	})
}

// amended puts what the letter says under what its message first said. done is true
// where that message is not known, which is a refusal.
func (b *Bot) amended(ctx context.Context, l letter) (out letter, done bool, err error) {
	first, ok, err := b.outbox.first(ctx, l.chat, l.amends)
	if err != nil {
		return l, false, err
	}
	if !ok || l.replyTo < 0 {
		return l, true, b.refuse(ctx, l, errGone)
	}
	l.replaces, l.buttons = l.amends, first.buttons
	l.text = below(first.text, l.text)
	return l, false, nil
}

// below is one message of both; of a first that leaves no room its end is left out,
// and its looks.
func below(first, second Text) Text {
	room := maxUnits - units(second.Plain) - len("\n\n…")
	if units(first.Plain) <= room {
		return Text{HTML: first.HTML + "\n\n" + second.HTML, Plain: first.Plain + "\n\n" + second.Plain}
	}
	at, _ := cutAt(first.Plain, room)
	head := strings.TrimRight(first.Plain[:at], " \n") + "…"
	return Text{HTML: escape(head) + "\n\n" + second.HTML, Plain: head + "\n\n" + second.Plain}
}

// Release has what was held of a source sent, in tx. The bot is to be woken after
// it.
func (b *Bot) Release(ctx context.Context, tx store.Tx, source string) error {
	_, err := tx.Exec(ctx, `UPDATE telegram_outbox SET state = 'pending' WHERE source = ? AND state = 'held'`, source)
	return err
}

// Arrived notes, in tx, that the first message of a source was sent after all, and
// as which; [Config.Sent] hears of it. Nothing when it is known already.
func (b *Bot) Arrived(ctx context.Context, tx store.Tx, source string, message int) error {
	l, err := scanLetter(tx.QueryRow(ctx, `SELECT `+letterColumns+` FROM telegram_outbox
		WHERE source = ? AND piece = 0 AND state IN ('pending', 'held') LIMIT 1`, source))
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := b.outbox.mark(ctx, tx, l.id, message, b.now()); err != nil {
		return err
	}
	return b.report(ctx, tx, l, l.at(message))
}

// TakeBack takes what is not sent of a source out of the outbox, in tx.
func (b *Bot) TakeBack(ctx context.Context, tx store.Tx, source string) error {
	_, err := tx.Exec(ctx, `DELETE FROM telegram_outbox WHERE source = ? AND state IN ('pending', 'held')`, source)
	return err
}

// lookFar is how many messages after the last known one are looked at.
const lookFar = 12

// Look looks whether the first message of a source stands in its chat, behind the
// message after, and which it is: an edit that changes nothing is refused in one way
// where a message of the bot's own is there, and in others where it is not. Messages
// that are known are others; with none known before it, nothing can be seen.
func (b *Bot) Look(ctx context.Context, source string, after int) (message int, found bool, err error) {
	l, ok, err := b.outbox.unsent(ctx, source)
	if err != nil || !ok || after <= 0 {
		return 0, false, err
	}
	for id := after + 1; id <= after+lookFar; id++ {
		known, err := b.outbox.knows(ctx, l.chat, id)
		if err != nil {
			return 0, false, err
		}
		if known {
			continue
		}
		_, err = b.api.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{ChatID: chatID(l.chat), MessageID: id, ReplyMarkup: l.markup()})
		switch {
		case err == nil, refusedFor(err, "message is not modified"):
			return id, true, nil
		case !final(err):
			return 0, false, errors.New(mask(err.Error(), b.token))
		case refusedAs(err) == Forbidden:
			return 0, false, nil
		}
	}
	return 0, false, nil
}

// last reports, in tx, whether nothing of the letter's source waits besides it.
func (o outbox) last(ctx context.Context, tx store.Tx, l letter) (bool, error) {
	var n int
	err := tx.QueryRow(ctx, `SELECT count(*) FROM telegram_outbox WHERE source = ? AND id <> ? AND state IN ('pending', 'held')`, l.source, l.id).Scan(&n)
	return n == 0, err
}

// newest returns the newest message that is known in a chat, 0 for none.
func (o outbox) newest(ctx context.Context, chat string) (message int, err error) {
	err = o.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT coalesce(max(message), 0) FROM telegram_outbox WHERE chat = ?1 OR named = ?1`, chat).Scan(&message)
	})
	return message, err
}

// hold keeps a message from being sent, in tx.
func (o outbox) hold(ctx context.Context, tx store.Tx, id int64) error {
	_, err := tx.Exec(ctx, `UPDATE telegram_outbox SET state = 'held' WHERE id = ? AND state = 'pending'`, id)
	return err
}

// first returns how a message was sent before anything amended it; ok is false when
// nothing is known of it.
func (o outbox) first(ctx context.Context, chat string, message int) (l letter, ok bool, err error) {
	return o.one(ctx, `WHERE chat = ? AND message = ? AND state = 'sent' AND amends = 0 AND plain <> '' ORDER BY id DESC LIMIT 1`, chat, message)
}

// unsent returns the first message of a source that is not sent.
func (o outbox) unsent(ctx context.Context, source string) (l letter, ok bool, err error) {
	return o.one(ctx, `WHERE source = ? AND piece = 0 AND state IN ('pending', 'held') LIMIT 1`, source)
}

func (o outbox) one(ctx context.Context, where string, args ...any) (l letter, ok bool, err error) {
	err = o.db.Read(ctx, func(tx store.Tx) (err error) {
		l, err = scanLetter(tx.QueryRow(ctx, `SELECT `+letterColumns+` FROM telegram_outbox `+where, args...))
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		return letter{}, false, nil
	}
	return l, err == nil, err
}

// knows reports whether a message is one that was sent on purpose.
func (o outbox) knows(ctx context.Context, chat string, message int) (bool, error) {
	var n int
	err := o.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM telegram_outbox WHERE (chat = ?1 OR named = ?1) AND message = ?2`, chat, message).Scan(&n)
	})
	return n > 0, err
}
