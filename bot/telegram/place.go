package telegram

import (
	"context"
	"errors"

	tg "github.com/go-telegram/bot"

	"newsdesk/corpus/store"
)

// placed finds the message that a letter takes the place of: one with a name that
// is shown already becomes the message at its piece, whether it was asked to or
// not, for the first form may have been sent only after the second was asked for.
// done is true where nothing is left to be sent: what stands there is the same,
// as after a second press of one button, or the letter only tidies.
func (b *Bot) placed(ctx context.Context, l letter) (out letter, done bool, err error) {
	shown, err := b.outbox.shown(ctx, l.chat, l.ref, l.source)
	if err != nil {
		return l, false, err
	}
	if l.tidies() {
		return l, true, b.tidy(ctx, l, shown[min(l.piece, len(shown)):])
	}
	switch {
	case l.piece < len(shown):
		l.replaces = shown[l.piece]
	case len(shown) > 0:
		l.replaces, l.replyTo = 0, shown[0]
	}
	if l.replaces == 0 {
		return l, false, nil
	}
	same, err := b.outbox.shows(ctx, l, l.replaces)
	if err != nil || !same {
		return l, false, err
	}
	return l, true, b.outbox.sent(ctx, l.id, l.replaces, b.now(), func(tx store.Tx) error { return b.report(ctx, tx, l, l.replaces) })
}

// tidy takes messages away. Telegram deletes none that is older than two days: it
// becomes a dot then.
func (b *Bot) tidy(ctx context.Context, l letter, messages []int) error {
	for _, m := range messages {
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
