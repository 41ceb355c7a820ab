package apiserver

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"time"
)

type editParams struct {
	content
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
	b, r := p.read()
	if r != nil {
		return nil, r
	}
	m := room.notes[i].Message
	m.Text, m.Entities, m.LinkPreview, m.Keyboard = b.text, b.entities, b.preview, b.keyboard
	return s.replace(room, i, m)
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
	m.EditDate = s.now().Unix()
	room.notes[i].Message = m
	s.announce()
	return m, nil
}

// same reports whether two messages show the same.
func same(a, b Message) bool {
	return a.Text == b.Text && bytes.Equal(encode(a.Entities), encode(b.Entities)) && bytes.Equal(encode(a.Keyboard), encode(b.Keyboard))
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
	room.notes = slices.Delete(room.notes, i, i+1)
	s.announce()
	return true, nil
}
