package telegram

import (
	"time"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
)

// stands reads what became of the bot in a chat: that a person added it to a group,
// which is said there; or that it lacks a right in a channel, which is said to the
// person who can give it. All else is nothing to speak of.
func stands(c *models.ChatMemberUpdated) (m chat.Message, ok bool) {
	m = chat.Message{
		Place: chat.Place{Chat: c.Chat.ID, Kind: kinds[c.Chat.Type], Title: c.Chat.Title},
		From:  person(&c.From), At: time.Unix(int64(c.Date), 0), Addressed: true,
	}
	switch {
	case m.Place.Kind == chat.Group:
		m.Added = &chat.Added{To: c.Chat.Title}
		return m, present(c.NewChatMember) && !present(c.OldChatMember)
	case c.Chat.Type == models.ChatTypeChannel:
		admin := c.NewChatMember.Administrator
		if admin == nil {
			return m, false // it was taken out, by whoever knows
		}
		m.Place = chat.Place{Chat: c.From.ID, Kind: chat.Private, Title: m.From.Name}
		m.Added = &chat.Added{To: c.Chat.Title, MayNotPost: !admin.CanPostMessages, MayNotEdit: !admin.CanEditMessages}
		return m, m.Added.MayNotPost || m.Added.MayNotEdit
	}
	return m, false
}

// present reports whether a member is in the chat.
func present(m models.ChatMember) bool {
	switch m.Type {
	case models.ChatMemberTypeLeft, models.ChatMemberTypeBanned:
		return false
	case models.ChatMemberTypeRestricted:
		return m.Restricted != nil && m.Restricted.IsMember
	}
	return true
}
