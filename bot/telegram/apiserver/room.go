package apiserver

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// person is somebody who may write to the bot.
type person struct {
	User
	// started says that the person wrote to the bot, which may not speak first.
	started bool
	blocked bool
}

// Standing is what the bot is and may do in a chat.
type Standing struct {
	// Status is "administrator", "member", "restricted", "left" or "kicked".
	Status string `json:"status"`
	// The rights of an administrator; CanPost and CanEdit count in channels.
	CanPost   bool `json:"can_post_messages,omitempty"`
	CanEdit   bool `json:"can_edit_messages,omitempty"`
	CanDelete bool `json:"can_delete_messages,omitempty"`
	// CanSend is the right of the restricted to send text.
	CanSend bool `json:"can_send_messages,omitempty"`
}

// present reports whether the bot is in the chat.
func (s Standing) present() bool { return s.Status != "left" && s.Status != "kicked" }

// note is a message with what only the server knows of it.
type note struct {
	Message
	own bool // by the bot
	// changed is when it came or was changed, as a number of the Server's.
	changed uint64
}

// room is a chat with all that is in it.
type room struct {
	chat    Chat
	bot     Standing
	members map[int64]string
	topics  map[int64]bool
	notes   []note // by ascending id
	lastID  int64
	movedTo int64 // the supergroup that this group became
	drafts  []Draft
	doing   Doing
	gone    []removal
	sends   []time.Time // the newest that counted, for the rates
	linked  int64       // the discussion group of a channel, 0 for none
}

func newRoom(chat Chat, bot Standing) *room {
	return &room{chat: chat, bot: bot, members: map[int64]string{}, topics: map[int64]bool{}}
}

// at returns the index of a message, false when there is none.
func (r *room) at(id int64) (int, bool) {
	return slices.BinarySearchFunc(r.notes, id, func(n note, id int64) int { return int(n.ID - id) })
}

// quoted returns a message as it appears inside of its reply; nil when there is
// no such message.
func (r *room) quoted(id int64) *Message {
	i, ok := r.at(id)
	if !ok {
		return nil
	}
	m := r.notes[i].Message
	m.ReplyTo = nil
	return &m
}

// enter gives a message its id and place. A message in a topic that replies to
// none replies to the topic's first message: so does Telegram, to the surprise of
// bots that take every reply for one to a message of theirs.
func (r *room) enter(m Message) Message {
	r.lastID++
	m.ID, m.Chat = r.lastID, r.chat
	if m.Thread != 0 && r.chat.IsForum {
		m.IsTopicMessage = true
		if m.ReplyTo == nil {
			m.ReplyTo = r.quoted(m.Thread)
		}
	}
	return m
}

// add puts a message into a chat. The lock is held.
func (s *Server) add(r *room, m Message, own bool) Message {
	m = r.enter(m)
	s.revision++
	r.notes = append(r.notes, note{Message: m, own: own, changed: s.revision})
	return m
}

// change puts a message in the place of the one at i.
func (s *Server) change(r *room, i int, m Message) {
	s.revision++
	r.notes[i].Message, r.notes[i].changed = m, s.revision
}

// removal is a message that was deleted, with when.
type removal struct {
	id      int64
	changed uint64
}

// remove takes the message at i away.
func (s *Server) remove(r *room, i int) {
	s.revision++
	r.gone = append(r.gone, removal{r.notes[i].ID, s.revision})
	r.notes = slices.Delete(r.notes, i, i+1)
}

// room returns the chat that chat_id names, by number or @username.
func (s *Server) room(chatID json.RawMessage) (*room, *Refusal) {
	if chatID == nil {
		return nil, missing("chat_id")
	}
	name := strings.Trim(string(chatID), `"`)
	if id, err := strconv.ParseInt(name, 10, 64); err == nil {
		if r, ok := s.rooms[id]; ok {
			return r, nil
		}
		return nil, badRequest("chat not found")
	}
	for _, r := range s.rooms {
		public := r.chat.Type == Supergroup || r.chat.Type == Channel
		if public && r.chat.Username != "" && strings.EqualFold("@"+r.chat.Username, name) {
			return r, nil
		}
	}
	return nil, badRequest("chat not found")
}

// kindWords is how refusals call a chat.
var kindWords = map[string]string{Group: "group chat", Supergroup: "supergroup chat", Channel: "channel chat"}

// maySpeak refuses where the bot may not write; in channels right is the right
// that is needed.
func (s *Server) maySpeak(r *room, right func(Standing) bool) *Refusal {
	if r.chat.Type == Private {
		return s.mayTalkTo(s.people[r.chat.ID])
	}
	switch {
	case r.movedTo != 0:
		refusal := badRequest("group chat was upgraded to a supergroup chat")
		refusal.MigrateTo = r.movedTo
		return refusal
	case r.bot.Status == "kicked":
		return forbidden("bot was kicked from the %s", kindWords[r.chat.Type])
	case r.bot.Status == "left":
		return forbidden("bot is not a member of the %s", kindWords[r.chat.Type])
	case r.bot.Status == "restricted" && !r.bot.CanSend:
		return badRequest("not enough rights to send text messages to the chat")
	case r.chat.Type == Channel && !(r.bot.Status == "administrator" && right(r.bot)):
		return badRequest("need administrator rights in the channel chat")
	}
	return nil
}

func (s *Server) mayTalkTo(p *person) *Refusal {
	switch {
	case p.blocked:
		return forbidden("bot was blocked by the user")
	case !p.started:
		return forbidden("bot can't initiate conversation with a user")
	}
	return nil
}

func canPost(s Standing) bool       { return s.CanPost }
func canPostOrEdit(s Standing) bool { return s.CanPost || s.CanEdit }

// checkThread refuses a topic that the chat does not have.
func (r *room) checkThread(thread int64) *Refusal {
	if thread != 0 && !r.topics[thread] {
		return badRequest("message thread not found")
	}
	return nil
}

// administratorRights are the rights that the Bot API wants to see of every
// administrator and this server does not tell apart.
var administratorRights = []string{
	"can_be_edited", "is_anonymous", "can_manage_chat", "can_manage_video_chats", "can_restrict_members",
	"can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
	"can_delete_stories", "can_manage_topics", "can_manage_direct_messages", "can_manage_tags", "can_pin_messages",
}

// restrictedRights are the same of the restricted.
var restrictedRights = []string{
	"can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
	"can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews",
	"can_react_to_messages", "can_edit_tag", "can_change_info", "can_invite_users", "can_pin_messages", "can_manage_topics",
}

// member says a user's standing in the words of the Bot API.
func member(u User, st Standing) Member {
	m := Member{"status": st.Status, "user": u}
	switch st.Status {
	case "creator":
		m["is_anonymous"] = false
	case "administrator":
		for _, right := range administratorRights {
			m[right] = right == "can_manage_chat"
		}
		m["can_post_messages"], m["can_edit_messages"], m["can_delete_messages"] = st.CanPost, st.CanEdit, st.CanDelete
	case "restricted":
		for _, right := range restrictedRights {
			m[right] = false
		}
		m["is_member"], m["can_send_messages"], m["until_date"] = true, st.CanSend, 0
	case "kicked":
		m["until_date"] = 0
	}
	return m
}
