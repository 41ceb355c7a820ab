package telegram

import (
	"context"
	"errors"
	"slices"

	tg "github.com/go-telegram/bot"

	"newsdesk/corpus/store"
)

// placed finds the message that a letter takes the place of: one with a name that
// is shown already becomes the message at its piece, whether it was asked to or
// not, for the first form may have been sent only after the second was asked for.
// done is true where nothing is left to be sent: what stands there is the same,
// as after a second press of one button, or the letter only tidies.
func (b *Bot) placed(ctx context.Context, l letter) (out letter, done bool, err error) {
	if l.amends != 0 || l.strict && l.replyTo < 0 {
		return b.amended(ctx, l)
	}
	shown, err := b.outbox.shown(ctx, l.chat, l.ref, l.source)
	if err != nil {
		return l, false, err
	}
	if l.tidies() {
		return l, true, b.tidy(ctx, l, shown)
	}
	l = l.over(shown)
	if l.replaces == 0 {
		return l, false, nil
	}
	same, err := b.outbox.shows(ctx, l, l.replaces)
	if err != nil || !same {
		return l, false, err
	}
	return l, true, b.outbox.sent(ctx, l.id, l.replaces, b.now(), func(tx store.Tx) error { return b.report(ctx, tx, l, l.at(l.replaces)) })
}

// over returns the letter in the place of the message that shows its piece: the one
// that was asked for, if that is such a one. One that is not known to show the reply
// at all was sent by a process that was killed before it could note that.
func (l letter) over(shown []showing) letter {
	known := slices.ContainsFunc(shown, func(s showing) bool { return s.message == l.replaces })
	if l.replaces != 0 && !known {
		shown = []showing{{message: l.replaces}}
	}
	place := 0
	for _, s := range shown {
		if s.piece == l.piece && (place == 0 || s.message == l.replaces) {
			place = s.message
		}
	}
	l.replaces = place
	if place == 0 && len(shown) > 0 {
		l.replyTo = shown[0].message
	}
	return l
}

// tidy takes away the messages that show a piece which there is no more. Telegram
// deletes none that is older than two days: it becomes a dot then.
func (b *Bot) tidy(ctx context.Context, l letter, shown []showing) error {
	for _, s := range shown {
		m := s.message
		if s.piece < l.piece {
			continue
		}
		if err := b.waitTurn(ctx, l.chat); err != nil {
			return err
		}
		_, err := b.api.DeleteMessage(ctx, &tg.DeleteMessageParams{ChatID: chatID(l.chat), MessageID: m})
		if refusedFor(err, "message can't be deleted") {
			_, err = b.api.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: chatID(l.chat), MessageID: m, Text: "·"})
		}
		if err != nil && !errors.Is(err, tg.ErrorBadRequest) && !errors.Is(err, tg.ErrorForbidden) {
			return err
		}
		if err := b.outbox.gone(ctx, l.chat, m); err != nil {
			return err
		}
	}
	return b.outbox.sent(ctx, l.id, 0, b.now(), func(store.Tx) error { return nil })
}
