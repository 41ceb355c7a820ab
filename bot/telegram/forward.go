package telegram

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
	"newsdesk/corpus/store"
)

// withForwards adds which post of a channel a message of its linked group is the
// automatic forward of.
const withForwards = `
CREATE TABLE telegram_forwards (
	chat    INTEGER NOT NULL,
	message INTEGER NOT NULL,
	channel INTEGER NOT NULL,
	post    INTEGER NOT NULL,
	PRIMARY KEY (chat, message)
) STRICT, WITHOUT ROWID;`

// forwardOf returns the post that a message is the automatic forward of; the zero Post
// for any other message. A forward that a person makes is none.
func forwardOf(m *models.Message) chat.ChannelPost {
	if m == nil || !m.IsAutomaticForward || m.ForwardOrigin == nil || m.ForwardOrigin.MessageOriginChannel == nil {
		return chat.ChannelPost{}
	}
	origin := m.ForwardOrigin.MessageOriginChannel
	return chat.ChannelPost{Chat: origin.Chat.ID, Message: origin.MessageID}
}

// about finds the post that a message of a linked group is about: it replies to the
// forward, which names it, or to another comment, whose thread is that of a forward
// that was seen. Forwards that come, or that somebody replies to, are kept.
func (b *Bot) about(ctx context.Context, in *models.Message, m chat.Message) (chat.Message, error) {
	if in == nil || m.Place.Kind != chat.Group {
		return m, nil
	}
	if p := forwardOf(in.ReplyToMessage); p != (chat.ChannelPost{}) {
		m.Post, m.RepliedTo = p, in.ReplyToMessage.Text
		if in.Quote != nil {
			m.Quoted = in.Quote.Text
		}
		return m, b.keepForward(ctx, in.ReplyToMessage)
	}
	if in.MessageThreadID == 0 || in.IsTopicMessage {
		return m, nil
	}
	var err error
	m.Thread, err = b.forwarded(ctx, in.Chat.ID, in.MessageThreadID)
	return m, err
}

// keepForward keeps which post a forward shows.
func (b *Bot) keepForward(ctx context.Context, in *models.Message) error {
	p := forwardOf(in)
	if p == (chat.ChannelPost{}) {
		return nil
	}
	err := b.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO telegram_forwards (chat, message, channel, post) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`,
			in.Chat.ID, in.ID, p.Chat, p.Message)
		return err
	})
	if err != nil {
		return fmt.Errorf("telegram: keeping a forward: %w", err)
	}
	return nil
}

// forwarded returns the post that a message of a group shows.
func (b *Bot) forwarded(ctx context.Context, group int64, message int) (p chat.ChannelPost, err error) {
	err = b.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT channel, post FROM telegram_forwards WHERE chat = ? AND message = ?`, group, message).Scan(&p.Chat, &p.Message)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return chat.ChannelPost{}, nil
	}
	return p, err
}
