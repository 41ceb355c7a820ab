package apiserver

import "encoding/json"

// The types below are those of the Bot API, with its names in JSON, so that what
// a test sees is what the bot got. Absent values are zero.

// User is a person or the bot.
type User struct {
	ID        int64  `json:"id"`
	IsBot     bool   `json:"is_bot"`
	FirstName string `json:"first_name"`
	LastName  string `json:"last_name,omitempty"`
	// Username is without the @; empty for none.
	Username string `json:"username,omitempty"`
	Language string `json:"language_code,omitempty"`
}

// The kinds of chats, as the Type of a Chat.
const (
	Private    = "private"
	Group      = "group"
	Supergroup = "supergroup"
	Channel    = "channel"
)

// Chat is a place where messages are. A private chat has the person's id, a
// group a negative one, a supergroup or channel one of -100… .
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
	LastName  string `json:"last_name,omitempty"`
	// IsForum says that a supergroup has topics.
	IsForum bool `json:"is_forum,omitempty"`
}

// Entity is the look or meaning of a stretch of text, in UTF-16 units.
type Entity struct {
	Type     string `json:"type"`
	Offset   int    `json:"offset"`
	Length   int    `json:"length"`
	URL      string `json:"url,omitempty"`
	User     *User  `json:"user,omitempty"`
	Language string `json:"language,omitempty"`
	EmojiID  string `json:"custom_emoji_id,omitempty"`
}

// Quote is the part of a message that a reply is about; Position counts UTF-16
// units.
type Quote struct {
	Text     string `json:"text"`
	Position int    `json:"position"`
	IsManual bool   `json:"is_manual,omitempty"`
}

// LinkPreview says how the preview of a link is shown.
type LinkPreview struct {
	IsDisabled       bool   `json:"is_disabled,omitempty"`
	URL              string `json:"url,omitempty"`
	PreferSmallMedia bool   `json:"prefer_small_media,omitempty"`
	PreferLargeMedia bool   `json:"prefer_large_media,omitempty"`
	ShowAboveText    bool   `json:"show_above_text,omitempty"`
}

// Keyboard is the buttons under a message, by rows.
type Keyboard struct {
	Rows [][]Button `json:"inline_keyboard"`
}

// Button is one button under a message. Exactly one of its actions is set; Other
// holds an action of a kind that is passed on but not understood.
type Button struct {
	Text     string `json:"text"`
	URL      string `json:"url,omitempty"`
	Data     string `json:"callback_data,omitempty"`
	CopyText *Copy  `json:"copy_text,omitempty"`
	Style    string `json:"style,omitempty"`
	Icon     string `json:"icon_custom_emoji_id,omitempty"`

	WebApp        json.RawMessage `json:"web_app,omitempty"`
	LoginURL      json.RawMessage `json:"login_url,omitempty"`
	Switch        *string         `json:"switch_inline_query,omitempty"`
	SwitchCurrent *string         `json:"switch_inline_query_current_chat,omitempty"`
	SwitchChosen  json.RawMessage `json:"switch_inline_query_chosen_chat,omitempty"`
	Game          json.RawMessage `json:"callback_game,omitempty"`
	Pay           bool            `json:"pay,omitempty"`
}

// Copy is the text that a button copies.
type Copy struct {
	Text string `json:"text"`
}

// Topic is the service message that opens a topic of a forum.
type Topic struct {
	Name      string `json:"name"`
	IconColor int    `json:"icon_color"`
}

// Message is a message in a chat. Values handed out are never changed again.
type Message struct {
	// ID counts from 1 in each chat.
	ID int64 `json:"message_id"`
	// Thread is the topic, 0 outside of topics.
	Thread         int64    `json:"message_thread_id,omitempty"`
	IsTopicMessage bool     `json:"is_topic_message,omitempty"`
	From           *User    `json:"from,omitempty"`
	SenderChat     *Chat    `json:"sender_chat,omitempty"`
	Date           int64    `json:"date"`
	EditDate       int64    `json:"edit_date,omitempty"`
	Chat           Chat     `json:"chat"`
	ReplyTo        *Message `json:"reply_to_message,omitempty"`
	Quote          *Quote   `json:"quote,omitempty"`
	Protected      bool     `json:"has_protected_content,omitempty"`
	ForwardOrigin  Object   `json:"forward_origin,omitempty"`
	// AutoForward says that it is a channel's post in the channel's linked group.
	AutoForward bool `json:"is_automatic_forward,omitempty"`
	// Album is the same in all messages of an album.
	Album string `json:"media_group_id,omitempty"`
	// Text is plain; HTML has become Entities.
	Text        string       `json:"text,omitempty"`
	Entities    []Entity     `json:"entities,omitempty"`
	LinkPreview *LinkPreview `json:"link_preview_options,omitempty"`
	// Rich is set in rich messages, which have no Text.
	Rich *Rich `json:"rich_message,omitempty"`
	// The files that people send; Caption is the text beside one.
	Photo           []Object  `json:"photo,omitempty"`
	Voice           Object    `json:"voice,omitempty"`
	Audio           Object    `json:"audio,omitempty"`
	Video           Object    `json:"video,omitempty"`
	Document        Object    `json:"document,omitempty"`
	Caption         string    `json:"caption,omitempty"`
	CaptionEntities []Entity  `json:"caption_entities,omitempty"`
	Keyboard        *Keyboard `json:"reply_markup,omitempty"`
	NewMembers      []User    `json:"new_chat_members,omitempty"`
	LeftMember      *User     `json:"left_chat_member,omitempty"`
	TopicCreated    *Topic    `json:"forum_topic_created,omitempty"`
	MigrateTo       int64     `json:"migrate_to_chat_id,omitempty"`
	MigrateFrom     int64     `json:"migrate_from_chat_id,omitempty"`
}

// Object is an object of the Bot API that the server only passes on.
type Object map[string]any

// Plain returns what the message says: its text, the caption of its file, or the
// text of a rich message without its form.
func (m Message) Plain() string { return m.Text + m.Caption + m.Rich.Plain() }

// service reports whether the message tells of something and says nothing.
func (m Message) service() bool {
	return m.NewMembers != nil || m.LeftMember != nil || m.TopicCreated != nil || m.MigrateTo != 0 || m.MigrateFrom != 0
}

// Links returns the addresses that the message's text links to, in order.
func (m Message) Links() []string {
	links := m.Rich.links()
	for _, e := range m.Entities {
		if e.Type == "text_link" {
			links = append(links, e.URL)
		}
	}
	return links
}

// CallbackQuery is a press of a button.
type CallbackQuery struct {
	ID           string   `json:"id"`
	From         User     `json:"from"`
	Message      *Message `json:"message,omitempty"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data,omitempty"`
}

// MemberChange says that somebody's standing in a chat has changed.
type MemberChange struct {
	Chat Chat   `json:"chat"`
	From User   `json:"from"`
	Date int64  `json:"date"`
	Old  Member `json:"old_chat_member"`
	New  Member `json:"new_chat_member"`
}

// Member is somebody in a chat, with all the fields that the Bot API wants for
// the status.
type Member map[string]any

// Stopped says that a person pressed Stop on a draft.
type Stopped struct {
	Chat    Chat  `json:"chat"`
	Thread  int64 `json:"message_thread_id,omitempty"`
	DraftID int64 `json:"draft_id"`
}

// Update is something that the bot is told. Exactly one of its parts is set.
type Update struct {
	ID            int64          `json:"update_id"`
	Message       *Message       `json:"message,omitempty"`
	EditedMessage *Message       `json:"edited_message,omitempty"`
	ChannelPost   *Message       `json:"channel_post,omitempty"`
	EditedPost    *Message       `json:"edited_channel_post,omitempty"`
	CallbackQuery *CallbackQuery `json:"callback_query,omitempty"`
	MyChatMember  *MemberChange  `json:"my_chat_member,omitempty"`
	Stopped       *Stopped       `json:"stopped_message_generation,omitempty"`
}

// kind is the update's name in allowed_updates.
func (u Update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.ChannelPost != nil:
		return "channel_post"
	case u.EditedPost != nil:
		return "edited_channel_post"
	case u.CallbackQuery != nil:
		return "callback_query"
	case u.MyChatMember != nil:
		return "my_chat_member"
	}
	return "stopped_message_generation"
}
