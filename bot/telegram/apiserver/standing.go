package apiserver

// SetStanding changes what the bot is in a group or channel, and tells it so; by
// is the person who did it.
func (s *Server) SetStanding(chat, by int64, to Standing) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	p := s.people[by]
	if !ok || p == nil || r.chat.Type == Private {
		return impossible("user %d changes the bot's standing in chat %d", by, chat)
	}
	s.restand(r, p.User, to)
	return nil
}

func (s *Server) restand(r *room, by User, to Standing) {
	change := MemberChange{Chat: r.chat, From: by, Date: s.now().Unix(), Old: member(s.bot, r.bot), New: member(s.bot, to)}
	r.bot = to
	s.push(Update{MyChatMember: &change})
}

// Block has a person block the bot.
func (s *Server) Block(user int64) error { return s.setBlocked(user, "kicked") }

// Unblock has a person take a block back.
func (s *Server) Unblock(user int64) error { return s.setBlocked(user, "member") }

func (s *Server) setBlocked(user int64, status string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	p := s.people[user]
	if p == nil {
		return impossible("user %d", user)
	}
	p.blocked = status == "kicked"
	s.restand(s.rooms[user], p.User, Standing{Status: status})
	return nil
}

// AddBot has a person add the bot to a group or channel that it is not in, as
// what to says: a member, or an administrator with rights. The bot is told of
// its standing, and in groups by a message, too.
func (s *Server) AddBot(chat, by int64, to Standing) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	r, ok := s.rooms[chat]
	p := s.people[by]
	if !ok || p == nil || r.chat.Type == Private || !to.present() {
		return impossible("user %d adds the bot to chat %d", by, chat)
	}
	if r.bot.present() {
		r.bot = Standing{Status: "left"}
	}
	s.restand(r, p.User, to)
	if r.chat.Type != Channel {
		from := p.User
		s.tell(r, s.add(r, Message{Date: s.now().Unix(), From: &from, NewMembers: []User{s.bot}}, false))
	}
	return nil
}
