package apiserver

import (
	"cmp"
	"slices"
)

// Since is where a watcher of the world is: what it has seen. The zero Since has
// seen nothing.
type Since struct {
	Messages uint64 `json:"messages"`
	Answers  int    `json:"answers"`
}

// View is what the people's clients show: all that changed, and what is always
// told in full.
type View struct {
	Since Since      `json:"since"`
	Chats []ChatView `json:"chats"`
	// Answers are the bot's answers to presses of buttons.
	Answers []Answered `json:"answers,omitempty"`
}

// ChatView is a chat in a View.
type ChatView struct {
	Chat Chat `json:"chat"`
	// Changed are the messages that came or changed, by their ids, Deleted those
	// that are gone.
	Changed []Message `json:"changed,omitempty"`
	Deleted []int64   `json:"deleted,omitempty"`
	// Drafts are all that are shown.
	Drafts []Draft `json:"drafts,omitempty"`
	// Doing is the bot's chat action, nil for none.
	Doing *Doing `json:"doing,omitempty"`
	// Topics are the names of a forum's topics by their ids.
	Topics map[int64]string `json:"topics,omitempty"`
}

// Answered is the answer to a press of a button.
type Answered struct {
	From    int64  `json:"from"`
	Chat    int64  `json:"chat"`
	Message int64  `json:"message_id"`
	Query   string `json:"query"`
	Answer  Answer `json:"answer"`
}

// asked is a press of a button that was answered.
type asked struct {
	Press
	query string
}

// Look returns what is there, as far as it is not in since.
func (s *Server) Look(since Since) View {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := View{Since: Since{Messages: s.revision, Answers: len(s.asked)}}
	for _, r := range s.rooms {
		v.Chats = append(v.Chats, s.look(r, since.Messages))
	}
	slices.SortFunc(v.Chats, func(a, b ChatView) int { return cmp.Compare(a.Chat.ID, b.Chat.ID) })
	for _, a := range s.asked[min(max(since.Answers, 0), len(s.asked)):] {
		v.Answers = append(v.Answers, Answered{From: a.From, Chat: a.Chat, Message: a.Message, Query: a.query, Answer: *s.queries[a.query].answer})
	}
	return v
}

func (s *Server) look(r *room, since uint64) ChatView {
	c := ChatView{Chat: r.chat, Drafts: r.live(s.now())}
	for _, n := range r.notes {
		if n.changed > since {
			c.Changed = append(c.Changed, n.Message)
		}
		if n.TopicCreated != nil {
			if c.Topics == nil {
				c.Topics = map[int64]string{}
			}
			c.Topics[n.Thread] = n.TopicCreated.Name
		}
	}
	for _, g := range r.gone {
		if g.changed > since {
			c.Deleted = append(c.Deleted, g.id)
		}
	}
	if doing := r.doing; doing.Action != "" && s.now().Before(doing.Since.Add(doingLife)) {
		c.Doing = &doing
	}
	return c
}

// Changed returns a channel that is closed at the next thing that happens.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.changed
}

// Menu returns the commands that a client shows to a person in a chat: those of
// the narrowest scope that has any, in the person's language or else in none.
func (s *Server) Menu(chat, user int64) []MenuItem {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.people[user]
	r, here := s.rooms[chat]
	if !ok || !here {
		return nil
	}
	for _, scope := range r.scopes(user) {
		for _, language := range []string{p.Language, ""} {
			if menu := s.menu[scope+language]; len(menu) > 0 {
				return menu
			}
		}
	}
	return nil
}

// scopes are the menus that count for somebody in a chat, the narrowest first.
func (r *room) scopes(user int64) []string {
	everywhere := string(encode(map[string]any{"type": "default"}))
	here := string(encode(map[string]any{"type": "chat", "chat_id": r.chat.ID}))
	if r.chat.Type == Private {
		return []string{here, `{"type":"all_private_chats"}`, everywhere}
	}
	all := []string{string(encode(map[string]any{"type": "chat_member", "chat_id": r.chat.ID, "user_id": user}))}
	if status := r.members[user]; status == "creator" || status == "administrator" {
		all = append(all, string(encode(map[string]any{"type": "chat_administrators", "chat_id": r.chat.ID})),
			here, `{"type":"all_chat_administrators"}`)
	} else {
		all = append(all, here)
	}
	return append(all, `{"type":"all_group_chats"}`, everywhere)
}
