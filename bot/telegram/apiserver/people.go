package apiserver

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// ErrWorld means that a person or chat cannot do what was asked of it: a mistake
// of the test or page that asked.
var ErrWorld = errors.New("apiserver: not possible in this world")

func impossible(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrWorld, fmt.Sprintf(format, args...))
}

// SetPrivacy turns privacy mode on or off. It is on at first.
func (s *Server) SetPrivacy(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.privacy = on
}

// AddUser adds a person and the private chat with them, which is still silent:
// the bot may not write there before the person did. An id of 0 is replaced by a
// free one. A person that exists is renamed.
func (s *Server) AddUser(u User) User {
	s.mu.Lock()
	defer s.mu.Unlock()
	if u.ID == 0 {
		u.ID = s.freeID(1001, 1)
	}
	u.IsBot = false
	chat := Chat{ID: u.ID, Type: Private, FirstName: u.FirstName, LastName: u.LastName, Username: u.Username}
	if p, ok := s.people[u.ID]; ok {
		p.User, s.rooms[u.ID].chat = u, chat
		return u
	}
	s.people[u.ID] = &person{User: u}
	s.rooms[u.ID] = newRoom(chat, Standing{Status: "member"})
	return u
}

func (s *Server) freeID(from, step int64) int64 {
	for id := from; ; id += step {
		if _, taken := s.rooms[id]; !taken {
			return id
		}
	}
}

// firstIDs are where the ids of chats begin that are not given one.
var firstIDs = map[string]int64{Group: -4001, Supergroup: -1002001, Channel: -1003001}

// AddChat adds a group, supergroup or channel. The bot is a member of groups and
// an administrator of channels who may post and edit, without an update that says
// so. An id of 0 is replaced by a free one.
func (s *Server) AddChat(c Chat) (Chat, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	first, ok := firstIDs[c.Type]
	if !ok {
		return Chat{}, impossible("a chat of type %q", c.Type)
	}
	if c.ID == 0 {
		c.ID = s.freeID(first, -1)
	}
	if _, taken := s.rooms[c.ID]; taken || c.ID > 0 {
		return Chat{}, impossible("a chat with the id %d", c.ID)
	}
	bot := Standing{Status: "member"}
	if c.Type == Channel {
		bot = Standing{Status: "administrator", CanPost: true, CanEdit: true}
	}
	s.rooms[c.ID] = newRoom(c, bot)
	return c, nil
}

// AddTopic opens a topic in a forum and returns its id.
func (s *Server) AddTopic(chat int64, name string) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	if !ok || !r.chat.IsForum {
		return 0, impossible("a topic in chat %d", chat)
	}
	thread := r.lastID + 1
	r.topics[thread] = true
	m := Message{Thread: thread, Date: s.now().Unix(), From: somebody(), TopicCreated: &Topic{Name: name, IconColor: 7322096}}
	s.tell(r, s.add(r, m, false))
	return thread, nil
}

// somebody is who does what nobody in particular did.
func somebody() *User {
	return &User{ID: 1087968824, FirstName: "Group", Username: "GroupAnonymousBot", IsBot: true}
}

// SetMember makes a person a "creator", "administrator", "member" or "left" of a
// chat. Who writes in a group is a member anyway.
func (s *Server) SetMember(chat, user int64, status string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	if !ok || s.people[user] == nil {
		return impossible("user %d in chat %d", user, chat)
	}
	r.members[user] = status
	return nil
}

// Post is what a person writes.
type Post struct {
	// From is the person; 0 in a channel, where the channel speaks.
	From int64 `json:"from,omitempty"`
	// Chat is where; 0 is the private chat.
	Chat int64 `json:"chat,omitempty"`
	// Thread is the topic, 0 for none or that of the message replied to.
	Thread int64  `json:"thread,omitempty"`
	Text   string `json:"text"`
	// ReplyTo is a message of the chat, 0 for none.
	ReplyTo int64 `json:"reply_to,omitempty"`
	// Quote is a part of that message's text, empty for none.
	Quote string `json:"quote,omitempty"`
	// File is the kind of file that is sent, with Text as its caption, which may
	// be empty: "photo", "voice", "audio", "video" or "document"; empty for none.
	File string `json:"file,omitempty"`
	// Album is the same for all messages of one album, empty for none.
	Album string `json:"album,omitempty"`
	// ForwardOf is the person or channel that the message was forwarded from, 0
	// for none.
	ForwardOf int64 `json:"forward_of,omitempty"`
}

// Send has a person write, and tells the bot unless privacy mode keeps it from
// it. The message's entities are those that Telegram finds in its text.
func (s *Server) Send(p Post) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	room, from, err := s.writer(p.From, p.Chat)
	if err != nil {
		return Message{}, err
	}
	m := Message{Thread: p.Thread, Date: s.now().Unix()}
	if err := s.compose(&m, p); err != nil {
		return Message{}, err
	}
	if m.From = from; from == nil {
		s.sign(&m, room)
	}
	var reply *replyParams
	if p.ReplyTo != 0 {
		reply = &replyParams{Message: p.ReplyTo, Quote: p.Quote}
	}
	if r := s.place(&m, room, reply); r != nil {
		return Message{}, impossible("%v", r)
	}
	m = s.add(room, m, false)
	s.discuss(room, m)
	s.tell(room, m)
	return m, nil
}

// Link makes a supergroup the discussion group of a channel: what is posted in the
// channel is forwarded there.
func (s *Server) Link(channel, group int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	from, to := s.rooms[channel], s.rooms[group]
	if from == nil || to == nil || from.chat.Type != Channel || to.chat.Type != Supergroup {
		return impossible("chat %d is the discussion group of chat %d", group, channel)
	}
	from.linked = group
	return nil
}

// discuss forwards a channel's post to the linked group. The lock is held.
func (s *Server) discuss(r *room, post Message) {
	group := s.rooms[r.linked]
	if r.chat.Type != Channel || group == nil {
		return
	}
	channel := r.chat
	m := post
	m.From, m.SenderChat = &User{ID: 777000, FirstName: "Telegram"}, &channel
	m.ReplyTo, m.Quote, m.Keyboard, m.Thread, m.AutoForward = nil, nil, nil, 0, true
	m.ForwardOrigin = Object{"type": "channel", "date": post.Date, "chat": channel, "message_id": post.ID}
	s.tell(group, s.add(group, m, false))
}

// writer returns the chat that a person may write in, and the person, who is nil
// for the channel itself.
func (s *Server) writer(user, chat int64) (*room, *User, error) {
	if chat == 0 {
		chat = user
	}
	r, ok := s.rooms[chat]
	p := s.people[user]
	switch {
	case !ok || r.movedTo != 0:
		return nil, nil, impossible("no chat %d", chat)
	case r.chat.Type == Channel && user == 0:
		return r, nil, nil
	case p == nil:
		return nil, nil, impossible("no user %d", user)
	case r.chat.Type == Channel || r.chat.Type == Private && (chat != user || p.blocked):
		return nil, nil, impossible("user %d cannot write in chat %d", user, chat)
	}
	if r.chat.Type == Private {
		p.started = true
	} else if r.members[user] == "" || r.members[user] == "left" {
		r.members[user] = "member"
	}
	from := p.User
	return r, &from, nil
}

// tell makes an update of a new message that the bot can see.
func (s *Server) tell(r *room, m Message) {
	switch {
	case !s.sees(r, m):
		s.announce()
	case r.chat.Type == Channel:
		s.push(Update{ChannelPost: &m})
	default:
		s.push(Update{Message: &m})
	}
}

// sees says whether the bot gets to see a message: what privacy mode is about.
func (s *Server) sees(r *room, m Message) bool {
	switch {
	case !r.bot.present():
		return false
	case r.chat.Type == Private || r.chat.Type == Channel || !s.privacy || r.bot.Status == "administrator":
		return true
	case m.service():
		return true
	case m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == s.bot.ID:
		return true
	}
	return slices.ContainsFunc(append(m.Entities, m.CaptionEntities...), func(e Entity) bool {
		return s.isFor(stretch(m.Text+m.Caption, e), e.Type)
	})
}

// isFor reports whether an entity calls the bot. A command without a name may be
// for any bot.
func (s *Server) isFor(text, kind string) bool {
	_, name, named := strings.Cut(text, "@")
	switch kind {
	case "mention":
		return strings.EqualFold(name, s.bot.Username)
	case "bot_command":
		return !named || strings.EqualFold(name, s.bot.Username)
	}
	return false
}

// Edit has a person change the text of a message of theirs.
func (s *Server) Edit(user, chat, id int64, text string) (Message, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, from, err := s.writer(user, chat)
	if err != nil {
		return Message{}, err
	}
	i, ok := r.at(id)
	if !ok || r.notes[i].own || from != nil && (r.notes[i].From == nil || r.notes[i].From.ID != user) {
		return Message{}, impossible("user %d edits message %d of chat %d", user, id, r.chat.ID)
	}
	m := r.notes[i].Message
	m.say(text)
	m.EditDate = s.now().Unix()
	s.change(r, i, m)
	switch {
	case !s.sees(r, m):
		s.announce()
	case r.chat.Type == Channel:
		s.push(Update{EditedPost: &m})
	default:
		s.push(Update{EditedMessage: &m})
	}
	return m, nil
}

// Press is a person's press of a button.
type Press struct {
	From    int64  `json:"from"`
	Chat    int64  `json:"chat"`
	Message int64  `json:"message_id"`
	Data    string `json:"data"`
}

// Press has a person press the button with the data, and returns the query's id.
// The button must be there.
func (s *Server) Press(p Press) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.pressed(p)
	if err != nil {
		return "", err
	}
	if !m.has(p.Data) {
		return "", impossible("message %d of chat %d has no button with %q", p.Message, p.Chat, p.Data)
	}
	return s.ask(p, m), nil
}

// Forge is Press without the button: what a person with a client of their own
// can send.
func (s *Server) Forge(p Press) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.pressed(p)
	if err != nil {
		return "", err
	}
	return s.ask(p, m), nil
}

func (s *Server) pressed(p Press) (Message, error) {
	r, ok := s.rooms[p.Chat]
	if !ok || s.people[p.From] == nil {
		return Message{}, impossible("user %d in chat %d", p.From, p.Chat)
	}
	i, ok := r.at(p.Message)
	if !ok {
		return Message{}, impossible("no message %d in chat %d", p.Message, p.Chat)
	}
	return r.notes[i].Message, nil
}

func (s *Server) ask(p Press, m Message) string {
	id := strconv.Itoa(len(s.queries) + 1)
	s.queries[id] = &query{press: p, pressed: s.now()}
	s.push(Update{CallbackQuery: &CallbackQuery{ID: id, From: s.people[p.From].User, Message: &m,
		ChatInstance: strconv.FormatInt(p.Chat, 10), Data: p.Data}})
	return id
}

// has reports whether a button of the message carries the data.
func (m Message) has(data string) bool {
	if m.Keyboard == nil || data == "" {
		return false
	}
	return slices.ContainsFunc(m.Keyboard.Rows, func(row []Button) bool {
		return slices.ContainsFunc(row, func(b Button) bool { return b.Data == data })
	})
}

// Stop has a person press Stop on a draft, which must be shown and stoppable. It
// vanishes unless the bot asked to keep it.
func (s *Server) Stop(user, draft int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[user]
	if !ok {
		return impossible("no user %d", user)
	}
	for _, d := range r.live(s.now()) {
		if d.ID == draft && d.CanStop {
			if !d.KeepOnStop {
				r.drafts = slices.DeleteFunc(r.drafts, func(d Draft) bool { return d.ID == draft })
			}
			s.push(Update{Stopped: &Stopped{Chat: r.chat, Thread: d.Thread, DraftID: draft}})
			return nil
		}
	}
	return impossible("no draft %d to stop", draft)
}

// Migrate turns a group into a supergroup with the id to, 0 for a free one. The
// group is left behind and refuses with the new id.
func (s *Server) Migrate(chat, to int64) (Chat, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old, ok := s.rooms[chat]
	if !ok || old.chat.Type != Group || old.movedTo != 0 {
		return Chat{}, impossible("chat %d becomes a supergroup", chat)
	}
	if to == 0 {
		to = s.freeID(firstIDs[Supergroup], -1)
	}
	if _, taken := s.rooms[to]; taken {
		return Chat{}, impossible("a chat with the id %d", to)
	}
	moved := newRoom(Chat{ID: to, Type: Supergroup, Title: old.chat.Title}, old.bot)
	moved.members = old.members
	s.rooms[to] = moved
	s.tell(old, s.add(old, Message{Date: s.now().Unix(), From: somebody(), MigrateTo: to}, false))
	s.tell(moved, s.add(moved, Message{Date: s.now().Unix(), From: somebody(), MigrateFrom: chat}, false))
	old.movedTo = to
	return moved.chat, nil
}

// Sent returns the bot's messages in a chat as they stand now, oldest first.
func (s *Server) Sent(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sent(chat)
}

func (s *Server) sent(chat int64) []Message {
	var out []Message
	if r, ok := s.rooms[chat]; ok {
		for _, n := range r.notes {
			if n.own {
				out = append(out, n.Message)
			}
		}
	}
	return out
}

// Messages returns all that stands in a chat, of the bot and of people, oldest
// first; nil for a chat that is not.
func (s *Server) Messages(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Message
	if r, ok := s.rooms[chat]; ok {
		for _, n := range r.notes {
			out = append(out, n.Message)
		}
	}
	return out
}

// Drafts returns the drafts that are shown in a private chat.
func (s *Server) Drafts(chat int64) []Draft {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.rooms[chat]; ok {
		return r.live(s.now())
	}
	return nil
}

// Answered returns the bot's answer to a press, nil while there is none.
func (s *Server) Answered(query string) *Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if q, ok := s.queries[query]; ok {
		return q.answer
	}
	return nil
}

// Await waits until the bot has at least n messages in a chat and returns them.
// The error is ctx's, beside what is there.
func (s *Server) Await(ctx context.Context, chat int64, n int) ([]Message, error) {
	err := s.Until(ctx, func() bool { return len(s.Sent(chat)) >= n })
	return s.Sent(chat), err
}

// Until waits until something is true, looking whenever anything has happened.
// what may call the Server. The error is ctx's.
func (s *Server) Until(ctx context.Context, what func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if what() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return fmt.Errorf("apiserver: waiting: %w", ctx.Err())
		}
	}
}
