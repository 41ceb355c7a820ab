package telegram

import (
	"context"
	"time"

	"newsdesk/bot/chat"
)

const (
	// apart is the time within which a further message goes on with the one
	// before it.
	apart = time.Second
	// nearlyFull is the length, in UTF-16 units, from which a message may be the
	// first part of a longer one: clients cut at 4096, at a space where there is
	// one.
	nearlyFull = 3500
	// joinLook is how often it is looked whether the rest has come.
	joinLook = 100 * time.Millisecond
	// mostJoined bounds the messages that become one.
	mostJoined = 4
)

// joined returns the message with those that go on with it, as the parts of a
// long text do that a client has cut, and the updates of those. Only a message
// that fills its bounds can have a rest, which is waited for: two short messages
// are two questions, however fast they come.
func (b *Bot) joined(ctx context.Context, r received, m chat.Message) (chat.Message, []received, error) {
	if !goesOn(m) {
		return m, nil, nil
	}
	var parts []received
	last := m
	for len(parts) < mostJoined && units(last.Text) >= nearlyFull {
		next, p, ok, err := b.rest(ctx, r, len(parts), last)
		if err != nil || !ok {
			return m, parts, err
		}
		m.Text += "\n" + p.Text
		parts, last = append(parts, next), p
	}
	return m, parts, nil
}

// rest returns the message that goes on with the last one; skip is the number of
// updates after r that are part of the question already. Telegram tells the time
// in whole seconds, so the rest of what was written up to two seconds ago may
// still come.
func (b *Bot) rest(ctx context.Context, r received, skip int, last chat.Message) (next received, m chat.Message, ok bool, err error) {
	for wait := last.At.Add(2 * apart).Sub(b.now()); ; wait -= joinLook {
		after, err := b.inbox.after(ctx, r.chat, r.id)
		if err != nil {
			return received{}, chat.Message{}, false, err
		}
		if len(after) > skip {
			m, ok, err := b.read(after[skip])
			return after[skip], m, ok && err == nil && continues(last, m), err
		}
		if wait <= 0 {
			return received{}, chat.Message{}, false, nil
		}
		if err := sleep(ctx, min(wait, joinLook)); err != nil {
			return received{}, chat.Message{}, false, err
		}
	}
}

// goesOn reports whether m may be the first part of a longer question.
func goesOn(m chat.Message) bool {
	return isQuestion(m) && m.Unreadable == ""
}

// continues reports whether m goes on with what the same person has just
// written. In a group the second part of a question is addressed to nobody; two
// questions that were each addressed are two.
func continues(last, m chat.Message) bool {
	if m.Place.Kind != chat.Private && m.Addressed {
		return false
	}
	return m.Place == last.Place && m.From.ID == last.From.ID && !m.Edited && m.Pressed == "" &&
		m.Command == "" && m.Text != "" && m.RepliedToID == 0 && m.Unreadable == "" &&
		m.At.Sub(last.At) <= apart
}
