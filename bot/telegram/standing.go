package telegram

import (
	"time"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
)

// stands reads what became of the bot in a chat: that a person added it to a group,
// which is said there; or what it may do in a channel now, which is said to the person
// who changed it. All else is nothing to speak of.
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
		m.Place = chat.Place{Chat: c.From.ID, Kind: chat.Private, Title: m.From.Name}
		before, now := rights(c.OldChatMember), rights(c.NewChatMember)
		m.Added = &chat.Added{To: c.Chat.Title, Channel: c.Chat.ID, MayNotPost: !now.post, MayNotEdit: !now.edit, Gone: !now.admin}
		return m, before != now
	}
	return m, false
}

// standing is what the bot may do in a channel; only admins may do anything there.
type standing struct{ admin, post, edit bool }

func rights(m models.ChatMember) standing {
	if m.Administrator == nil {
		return standing{}
	}
	return standing{true, m.Administrator.CanPostMessages, m.Administrator.CanEditMessages}
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
