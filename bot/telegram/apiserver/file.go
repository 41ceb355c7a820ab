package apiserver

import "strconv"

// compose gives a person's message what they sent.
func (s *Server) compose(m *Message, p Post) error {
	text, _ := trim(p.Text, nil)
	if text == "" && p.File == "" || units(text) > maxText {
		return impossible("a text of %d UTF-16 units", units(text))
	}
	m.Album = p.Album
	if p.File != "" {
		if err := m.attach(p.File, strconv.FormatUint(s.revision, 10)); err != nil {
			return err
		}
	}
	if p.ForwardOf != 0 {
		if err := s.forward(m, p.ForwardOf); err != nil {
			return err
		}
	}
	m.say(text)
	return nil
}

// say makes text what a person's message says: its text, or its file's caption.
func (m *Message) say(text string) {
	if m.Photo != nil || m.Voice != nil || m.Audio != nil || m.Video != nil || m.Document != nil {
		m.Caption, m.CaptionEntities = text, found(text)
		return
	}
	m.Text, m.Entities = text, found(text)
}

// attach gives a message a file of the kind; unique makes its ids.
func (m *Message) attach(kind, unique string) error {
	file := func(more Object) Object {
		more["file_id"], more["file_unique_id"] = "file"+unique, "unique"+unique
		return more
	}
	switch kind {
	case "photo":
		m.Photo = []Object{file(Object{"width": 1280, "height": 720})}
	case "voice":
		m.Voice = file(Object{"duration": 4, "mime_type": "audio/ogg"})
	case "audio":
		m.Audio = file(Object{"duration": 180, "mime_type": "audio/mpeg"})
	case "video":
		m.Video = file(Object{"width": 1280, "height": 720, "duration": 12, "mime_type": "video/mp4"})
	case "document":
		m.Document = file(Object{"file_name": "minutes.pdf", "mime_type": "application/pdf"})
	default:
		return impossible("a file of the kind %q", kind)
	}
	return nil
}

// forward says where a message was forwarded from: a person or a channel.
func (s *Server) forward(m *Message, from int64) error {
	if p, ok := s.people[from]; ok {
		m.ForwardOrigin = Object{"type": "user", "date": m.Date, "sender_user": p.User}
		return nil
	}
	r, ok := s.rooms[from]
	if !ok || r.chat.Type != Channel {
		return impossible("a forward from %d", from)
	}
	m.ForwardOrigin = Object{"type": "channel", "date": m.Date, "chat": r.chat, "message_id": max(r.lastID, 1)}
	return nil
}
