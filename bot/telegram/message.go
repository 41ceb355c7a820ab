package telegram

import (
	"strings"
	"time"
	"unicode/utf16"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
)

// self is the bot as Telegram knows it.
type self struct {
	id       int64
	username string
}

// message reads an update for the bot me. ok is false when the update is
// neither a message of a person, nor a button that one pressed, nor that one has
// added the bot somewhere.
func message(u *models.Update, me self) (m chat.Message, ok bool) {
	switch {
	case u.Message != nil:
		return written(u.Message, me)
	case u.EditedMessage != nil:
		m, ok = written(u.EditedMessage, me)
		m.Edited = true
		return m, ok
	case u.CallbackQuery != nil:
		return pressed(u.CallbackQuery)
	case u.MyChatMember != nil:
		return stands(u.MyChatMember)
	}
	return chat.Message{}, false
}

// written reads a message of a person.
func written(in *models.Message, me self) (m chat.Message, ok bool) {
	if in.From == nil || in.From.ID == me.id {
		return chat.Message{}, false
	}
	kind, ok := kinds[in.Chat.Type]
	if !ok {
		return chat.Message{}, false
	}
	m = chat.Message{
		Place: chat.Place{Chat: in.Chat.ID, Thread: thread(in), Kind: kind, Title: in.Chat.Title},
		From:  person(in.From),
		ID:    in.ID,
		At:    time.Unix(int64(in.Date), 0),
	}
	if in.EditDate != 0 {
		m.At = time.Unix(int64(in.EditDate), 0)
	}
	if in.Text == "" && in.Caption == "" {
		if m.Unreadable = unreadable(in); m.Unreadable == "" {
			return chat.Message{}, false // something happened, and nobody wrote
		}
	}
	return addressed(m, in, me)
}

// pressed reads a button that was pressed. When, Telegram does not say.
func pressed(q *models.CallbackQuery) (m chat.Message, ok bool) {
	in, message, ok := under(q)
	if !ok {
		return chat.Message{}, false
	}
	kind, ok := kinds[in.Type]
	if !ok {
		return chat.Message{}, false
	}
	m = chat.Message{
		Place: chat.Place{Chat: in.ID, Kind: kind, Title: in.Title}, From: person(&q.From),
		ID: message, Addressed: true, Pressed: q.Data,
	}
	if q.Message.Message != nil {
		m.Place.Thread = thread(q.Message.Message)
		m.RepliedTo = q.Message.Message.Text
	}
	return m, true
}

// under returns the chat and the message that a pressed button stands under; ok
// is false for one of an inline message, which this bot never writes.
func under(q *models.CallbackQuery) (chat models.Chat, message int, ok bool) {
	switch {
	case q.Message.Message != nil:
		return q.Message.Message.Chat, q.Message.Message.ID, true
	case q.Message.InaccessibleMessage != nil:
		return q.Message.InaccessibleMessage.Chat, q.Message.InaccessibleMessage.MessageID, true
	}
	return models.Chat{}, 0, false
}

var kinds = map[models.ChatType]chat.Kind{
	models.ChatTypePrivate:    chat.Private,
	models.ChatTypeGroup:      chat.Group,
	models.ChatTypeSupergroup: chat.Group,
}

// thread is the topic; replies in groups without topics have a thread id too,
// which names no topic.
func thread(in *models.Message) int {
	if !in.IsTopicMessage {
		return 0
	}
	return in.MessageThreadID
}

func person(u *models.User) chat.Person {
	return chat.Person{ID: u.ID, Name: strings.TrimSpace(u.FirstName + " " + u.LastName), Language: u.LanguageCode}
}

// addressed finds out whether m is meant for me and takes command and mention
// out of its text.
func addressed(m chat.Message, in *models.Message, me self) (chat.Message, bool) {
	text, entities := in.Text, in.Entities
	if text == "" {
		text, entities = in.Caption, in.CaptionEntities
	}
	w := newUnitText(text)
	command, target, span, isCommand := command(w, entities)
	if isCommand && target != "" && !strings.EqualFold(target, me.username) {
		return chat.Message{}, false // another bot's
	}
	spans := mentions(w, entities, me)
	m.Addressed = m.Place.Kind == chat.Private || isCommand || len(spans) > 0 || repliesTo(in, me)
	if isCommand {
		m.Command = command
		spans = append([]unitSpan{span}, spans...)
	}
	m.Text = w.without(spans)
	if repliesTo(in, me) {
		m.RepliedTo, m.RepliedToID = in.ReplyToMessage.Text, in.ReplyToMessage.ID
		if in.Quote != nil {
			m.Quoted = in.Quote.Text
		}
	}
	return m, true
}

// unreadable names what a message without text holds, "" when it holds nothing
// that a person sends.
func unreadable(in *models.Message) string {
	switch {
	case in.Voice != nil, in.Audio != nil, in.VideoNote != nil:
		return "voice"
	case in.Photo != nil:
		return "photo"
	case in.Video != nil, in.Animation != nil:
		return "video"
	case in.Sticker != nil:
		return "sticker"
	case in.Document != nil, in.Contact != nil, in.Location != nil, in.Venue != nil, in.Poll != nil, in.Dice != nil, in.Story != nil:
		return "file"
	}
	return ""
}

// repliesTo reports whether in answers one of the bot's own messages. In a
// topic every message "replies" to the one that opened it.
func repliesTo(in *models.Message, me self) bool {
	r := in.ReplyToMessage
	return r != nil && r.From != nil && r.From.ID == me.id && r.ForumTopicCreated == nil
}

// command returns the command that opens the text, in lower case, and the bot
// it names.
func command(w unitText, entities []models.MessageEntity) (name, target string, span unitSpan, ok bool) {
	for _, e := range entities {
		if e.Type != models.MessageEntityTypeBotCommand || strings.TrimSpace(w.in(unitSpan{0, e.Offset})) != "" {
			continue
		}
		span = unitSpan{e.Offset, e.Offset + e.Length}
		name, target, _ = strings.Cut(strings.TrimPrefix(w.in(span), "/"), "@")
		return strings.ToLower(name), target, span, true
	}
	return "", "", unitSpan{}, false
}

// mentions finds where the text names me.
func mentions(w unitText, entities []models.MessageEntity, me self) []unitSpan {
	var all []unitSpan
	for _, e := range entities {
		span := unitSpan{e.Offset, e.Offset + e.Length}
		byName := e.Type == models.MessageEntityTypeMention && strings.EqualFold(w.in(span), "@"+me.username)
		byID := e.Type == models.MessageEntityTypeTextMention && e.User != nil && e.User.ID == me.id
		if byName || byID {
			all = append(all, span)
		}
	}
	return all
}

// unitSpan is a stretch in UTF-16 units, as Telegram counts.
type unitSpan struct{ start, end int }

// unitText is a text that can be cut by UTF-16 units.
type unitText struct{ units []uint16 }

func newUnitText(s string) unitText { return unitText{utf16.Encode([]rune(s))} }

// in returns the text of a span; what lies outside the text is left out.
func (w unitText) in(s unitSpan) string {
	start := min(max(s.start, 0), len(w.units))
	end := min(max(s.end, start), len(w.units))
	return string(utf16.Decode(w.units[start:end]))
}

// without returns the text without the spans, which are in order.
func (w unitText) without(spans []unitSpan) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(w.in(unitSpan{at, s.start}))
		at = max(at, s.end)
	}
	b.WriteString(w.in(unitSpan{at, len(w.units)}))
	return strings.TrimSpace(b.String())
}
