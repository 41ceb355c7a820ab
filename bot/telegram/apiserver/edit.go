package apiserver

import (
	"bytes"
	"context"
	"encoding/json"
	"time"
)

type editParams struct {
	content
	Rich    *richInput      `json:"rich_message"`
	Chat    json.RawMessage `json:"chat_id"`
	Message int64           `json:"message_id"`
}

func (s *Server) editMessageText(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[editParams](params)
	if r != nil {
		return nil, r
	}
	room, i, r := s.editable(p)
	if r != nil {
		return nil, r
	}
	b, r := p.body()
	if r != nil {
		return nil, r
	}
	m := room.notes[i].Message
	b.into(&m)
	return s.replace(room, i, m)
}

// body reads the text or the rich message that an edit puts in place of either.
func (p editParams) body() (body, *Refusal) {
	switch {
	case p.Rich == nil:
		return p.read()
	case p.Text != "":
		return body{}, badRequest("exactly one of the parameters text and rich_message must be used")
	}
	return p.readRich(p.Rich)
}

func (s *Server) editMessageReplyMarkup(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[editParams](params)
	if r != nil {
		return nil, r
	}
	room, i, r := s.editable(p)
	if r != nil {
		return nil, r
	}
	m := room.notes[i].Message
	if m.Keyboard, r = readKeyboard(p.Markup); r != nil {
		return nil, r
	}
	return s.replace(room, i, m)
}

// editable returns where the message is that a call wants to edit.
func (s *Server) editable(p editParams) (*room, int, *Refusal) {
	room, r := s.room(p.Chat)
	if r != nil {
		return nil, 0, r
	}
	if p.Message == 0 {
		return nil, 0, missing("message_id")
	}
	if r := s.maySpeak(room, canPostOrEdit); r != nil {
		return nil, 0, r
	}
	i, ok := room.at(p.Message)
	switch {
	case !ok:
		return nil, 0, badRequest("message to edit not found")
	case !room.notes[i].own:
		return nil, 0, badRequest("message can't be edited")
	}
	return room, i, nil
}

// replace puts an edited message in the place of the old one.
func (s *Server) replace(room *room, i int, m Message) (any, *Refusal) {
	if same(room.notes[i].Message, m) {
		return nil, notModified()
	}
	if r := s.hurry(room); r != nil {
		return nil, r
	}
	m.EditDate = s.now().Unix()
	s.change(room, i, m)
	s.announce()
	return m, nil
}

// same reports whether two messages show the same.
func same(a, b Message) bool {
	return a.Text == b.Text && bytes.Equal(encode(a.Entities), encode(b.Entities)) &&
		bytes.Equal(encode(a.Rich), encode(b.Rich)) && bytes.Equal(encode(a.Keyboard), encode(b.Keyboard))
}

// deletableFor is how long messages can be deleted.
const deletableFor = 48 * time.Hour

func (s *Server) deleteMessage(_ context.Context, params json.RawMessage) (any, *Refusal) {
	p, r := decode[editParams](params)
	if r != nil {
		return nil, r
	}
	room, r := s.room(p.Chat)
	if r != nil {
		return nil, r
	}
	i, ok := room.at(p.Message)
	if !ok {
		return nil, badRequest("message to delete not found")
	}
	tooOld := s.now().Sub(time.Unix(room.notes[i].Date, 0)) > deletableFor
	mine := room.notes[i].own || room.chat.Type == Private
	if tooOld || !room.bot.present() || !mine && !room.bot.CanDelete {
		return nil, badRequest("message can't be deleted")
	}
	s.remove(room, i)
	s.announce()
	return true, nil
}
