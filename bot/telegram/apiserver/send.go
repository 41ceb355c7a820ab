package apiserver

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
)

// maxText is the length of a message in UTF-16 units, after entity parsing.
const maxText = 4096

// content is the parameters that make a message's text and buttons.
type content struct {
	Text        string          `json:"text"`
	ParseMode   string          `json:"parse_mode"`
	Entities    []Entity        `json:"entities"`
	LinkPreview *LinkPreview    `json:"link_preview_options"`
	Markup      json.RawMessage `json:"reply_markup"`
}

// body is what content says once it is read.
type body struct {
	text     string
	entities []Entity
	preview  *LinkPreview
	rich     *Rich
	keyboard *Keyboard
}

// into gives a message this content in place of its own.
func (b body) into(m *Message) {
	m.Text, m.Entities, m.LinkPreview, m.Rich, m.Keyboard = b.text, b.entities, b.preview, b.rich, b.keyboard
}

func isHTML(parseMode string) bool { return strings.EqualFold(parseMode, "HTML") }

// read checks and parses the content of a message, whose text may not be empty.
func (c content) read() (body, *Refusal) {
	if c.Text == "" {
		return body{}, missing("text")
	}
	b, r := c.parse()
	if r != nil {
		return body{}, r
	}
	if b.text == "" || isInvisible(b.text) {
		return body{}, badRequest("text must be non-empty")
	}
	b.keyboard, r = readKeyboard(c.Markup)
	return b, r
}

// readRich is read for a rich message.
func (c content) readRich(in *richInput) (body, *Refusal) {
	rich, r := in.read(false)
	if r != nil {
		return body{}, r
	}
	b := body{rich: rich}
	b.keyboard, r = readKeyboard(c.Markup)
	return b, r
}

// parse makes plain text and entities; the text may come out empty.
func (c content) parse() (body, *Refusal) {
	text, entities := c.Text, c.Entities
	switch {
	case isHTML(c.ParseMode):
		var err error
		if text, entities, err = parseHTML(c.Text); err != nil {
			return body{}, badRequest("can't parse entities: %v", err)
		}
	case c.ParseMode != "":
		return body{}, badRequest("unsupported parse_mode")
	default:
		if r := checkEntities(text, entities); r != nil {
			return body{}, r
		}
		text, entities = trim(text, entities)
	}
	if units(text) > maxText {
		return body{}, badRequest("message is too long")
	}
	if c.LinkPreview != nil && c.LinkPreview.URL != "" && checkURL(c.LinkPreview.URL) != "" {
		return body{}, badRequest("WEBPAGE_URL_INVALID")
	}
	return body{text: text, entities: withFound(text, entities), preview: c.LinkPreview}, nil
}

// invisible are runes that show nothing; text of only these is empty.
const invisible = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"

func isInvisible(text string) bool {
	return strings.Trim(text, invisible+" \t\r\n\u00a0") == ""
}

// maxButtons is Telegram's bound on the buttons of a keyboard.
const maxButtons = 100

// readKeyboard checks reply_markup. Only buttons under the message make it into
// the message; the other kinds are something between Telegram and its clients.
func readKeyboard(markup json.RawMessage) (*Keyboard, *Refusal) {
	if markup == nil {
		return nil, nil
	}
	k, r := decode[Keyboard](markup)
	if r != nil {
		return nil, r
	}
	n := 0
	for _, row := range k.Rows {
		n += len(row)
		for _, b := range row {
			if r := checkButton(b); r != nil {
				return nil, r
			}
		}
	}
	switch {
	case n == 0:
		return nil, nil
	case n > maxButtons:
		return nil, badRequest("reply markup is too long")
	}
	return &k, nil
}

// maxData is the length of callback_data in bytes.
const maxData = 64

func checkButton(b Button) *Refusal {
	actions := []bool{b.URL != "", b.Data != "", b.CopyText != nil, b.WebApp != nil, b.LoginURL != nil,
		b.Switch != nil, b.SwitchCurrent != nil, b.SwitchChosen != nil, b.Game != nil, b.Pay}
	actions = slices.DeleteFunc(actions, func(set bool) bool { return !set })
	switch {
	case len(actions) == 0:
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case len(actions) > 1:
		return badRequest("can't parse inline keyboard button: exactly one action must be given")
	case strings.TrimSpace(b.Text) == "":
		return badRequest("inline keyboard button text is empty")
	case len(b.Data) > maxData:
		return badRequest("BUTTON_DATA_INVALID")
	case b.URL != "" && checkURL(b.URL) != "":
		return badRequest("inline keyboard button URL '%s' is invalid: %s", b.URL, checkURL(b.URL))
	case b.CopyText != nil && b.CopyText.Text == "":
		return badRequest("BUTTON_COPY_TEXT_INVALID")
	case b.Pay || b.Game != nil:
		return badRequest("BUTTON_TYPE_INVALID")
	}
	return nil
}

// replyParams is what a message replies to.
type replyParams struct {
	Message  int64           `json:"message_id"`
	Chat     json.RawMessage `json:"chat_id"`
	Optional bool            `json:"allow_sending_without_reply"`
	Quote    string          `json:"quote"`
	Mode     string          `json:"quote_parse_mode"`
	Entities []Entity        `json:"quote_entities"`
	Position int             `json:"quote_position"`
}

type sendParams struct {
	content
	Rich    *richInput      `json:"rich_message"`
	Chat    json.RawMessage `json:"chat_id"`
	Thread  int64           `json:"message_thread_id"`
	Protect bool            `json:"protect_content"`
	Reply   *replyParams    `json:"reply_parameters"`
}

func (s *Server) sendMessage(_ context.Context, params json.RawMessage) (any, *Refusal) {
	return s.send(params, sendParams.text)
}

func (s *Server) sendRichMessage(_ context.Context, params json.RawMessage) (any, *Refusal) {
	return s.send(params, sendParams.rich)
}

func (p sendParams) text() (body, *Refusal) { return p.read() }

func (p sendParams) rich() (body, *Refusal) { return p.readRich(p.Rich) }

// send puts a message into a chat; read makes what it says.
func (s *Server) send(params json.RawMessage, read func(sendParams) (body, *Refusal)) (any, *Refusal) {
	p, r := decode[sendParams](params)
	if r != nil {
		return nil, r
	}
	room, r := s.room(p.Chat)
	if r != nil {
		return nil, r
	}
	if r := s.maySpeak(room, canPost); r != nil {
		return nil, r
	}
	b, r := read(p)
	if r != nil {
		return nil, r
	}
	m := Message{Thread: p.Thread, Date: s.now().Unix(), Protected: p.Protect}
	b.into(&m)
	s.sign(&m, room)
	if r := s.place(&m, room, p.Reply); r != nil {
		return nil, r
	}
	if r := s.hurry(room); r != nil {
		return nil, r
	}
	m = s.add(room, m, true)
	s.discuss(room, m)
	room.endDrafts(m.Thread)
	s.announce()
	return m, nil
}

// sign says who a message of the bot is from: in a channel, the channel.
func (s *Server) sign(m *Message, room *room) {
	if room.chat.Type == Channel {
		chat := room.chat
		m.SenderChat = &chat
		return
	}
	bot := s.bot
	m.From = &bot
}

// place puts a message under the one that it replies to and into its topic.
func (s *Server) place(m *Message, room *room, reply *replyParams) *Refusal {
	if r := room.checkThread(m.Thread); r != nil {
		return r
	}
	if reply == nil {
		return nil
	}
	if reply.Chat != nil && string(reply.Chat) != `""` { // telego sends it empty
		if other, r := s.room(reply.Chat); r != nil || other != room {
			return badRequest("replies to another chat are not served")
		}
	}
	to := room.quoted(reply.Message)
	if to == nil && reply.Optional {
		return nil
	}
	if to == nil || m.Thread != 0 && to.Thread != m.Thread {
		return badRequest("message to be replied not found")
	}
	m.ReplyTo, m.Thread = to, to.Thread
	if to.AutoForward {
		m.Thread = to.ID
	}
	return quote(m, *reply)
}

// quote sets the part of the replied message that the reply is about.
func quote(m *Message, reply replyParams) *Refusal {
	if reply.Quote == "" {
		return nil
	}
	q, r := content{Text: reply.Quote, ParseMode: reply.Mode, Entities: reply.Entities}.parse()
	if r != nil {
		return r
	}
	of := m.ReplyTo.Plain()
	at := strings.Index(of, q.text)
	if at < 0 || q.text == "" {
		return badRequest("QUOTE_TEXT_INVALID")
	}
	m.Quote = &Quote{Text: q.text, Position: units(of[:at]), IsManual: true}
	return nil
}

// actions are what sendChatAction may say.
var actions = []string{"typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
	"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"}

type actionParams struct {
	Chat   json.RawMessage `json:"chat_id"`
	Thread int64           `json:"message_thread_id"`
	Action string          `json:"action"`
}

func (s *Server) sendChatAction(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[actionParams](params)
	if r != nil {
		return nil, r
	}
	if !slices.Contains(actions, p.Action) {
		return nil, badRequest("wrong parameter action in request")
	}
	room, r := s.room(p.Chat)
	if r != nil {
		return nil, r
	}
	if r := s.maySpeak(room, canPost); r != nil {
		return nil, r
	}
	if r := room.checkThread(p.Thread); r != nil {
		return nil, r
	}
	room.doing = Doing{Action: p.Action, Thread: p.Thread, Since: s.now()}
	s.announce()
	return true, nil
}
