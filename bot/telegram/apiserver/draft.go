package apiserver

import (
	"context"
	"encoding/json"
	"slices"
	"time"
)

// Doing is what a bot says it is about: its chat action.
type Doing struct {
	// Action is "typing" and so on.
	Action string    `json:"action"`
	Thread int64     `json:"message_thread_id,omitempty"`
	Since  time.Time `json:"since"`
}

// doingLife is how long a chat action is shown, as documented.
const doingLife = 5 * time.Second

// Draft is a preview of a message that is still being written.
type Draft struct {
	ID       int64    `json:"draft_id"`
	Thread   int64    `json:"message_thread_id,omitempty"`
	Text     string   `json:"text"`
	Entities []Entity `json:"entities,omitempty"`
	// Rich is set in rich drafts, which have no Text.
	Rich    *Rich `json:"rich_message,omitempty"`
	CanStop bool  `json:"can_stop,omitempty"`
	// KeepOnStop leaves the draft where it is when Stop is pressed.
	KeepOnStop bool `json:"keep_on_stop,omitempty"`
	// Shown is when this text came.
	Shown time.Time `json:"shown"`
}

// draftLife is how long a draft is shown after its last text.
const draftLife = 30 * time.Second

type draftParams struct {
	content
	Rich       *richInput      `json:"rich_message"`
	Chat       json.RawMessage `json:"chat_id"`
	Thread     int64           `json:"message_thread_id"`
	ID         int64           `json:"draft_id"`
	CanStop    bool            `json:"can_stop"`
	KeepOnStop bool            `json:"keep_on_stop"`
}

func (s *Server) sendMessageDraft(_ context.Context, params json.RawMessage) (any, *Refusal) {
	return s.draft(params, draftParams.text)
}

func (s *Server) sendRichMessageDraft(_ context.Context, params json.RawMessage) (any, *Refusal) {
	return s.draft(params, draftParams.rich)
}

func (p draftParams) text() (body, *Refusal) { return p.parse() }

func (p draftParams) rich() (body, *Refusal) {
	rich, r := p.Rich.read(true)
	return body{rich: rich}, r
}

func (s *Server) draft(params json.RawMessage, read func(draftParams) (body, *Refusal)) (any, *Refusal) {
	p, r := decode[draftParams](params)
	if r != nil {
		return nil, r
	}
	if p.ID == 0 {
		return nil, missing("draft_id")
	}
	room, r := s.room(p.Chat)
	if r != nil {
		return nil, r
	}
	if room.chat.Type != Private {
		return nil, badRequest("TEXTDRAFT_PEER_INVALID")
	}
	if r := s.maySpeak(room, canPost); r != nil {
		return nil, r
	}
	if r := room.checkThread(p.Thread); r != nil {
		return nil, r
	}
	b, r := read(p)
	if r != nil {
		return nil, r
	}
	if r := s.hurry(room); r != nil {
		return nil, r
	}
	room.show(Draft{ID: p.ID, Thread: p.Thread, Text: b.text, Entities: b.entities, Rich: b.rich,
		CanStop: p.CanStop, KeepOnStop: p.KeepOnStop, Shown: s.now()})
	s.announce()
	return true, nil
}

// show replaces the draft of the same id, or adds it.
func (r *room) show(d Draft) {
	for i := range r.drafts {
		if r.drafts[i].ID == d.ID {
			r.drafts[i] = d
			return
		}
	}
	r.drafts = append(r.drafts, d)
}

// endDrafts takes away the drafts of a topic, and what the bot said it was about:
// a message has come.
func (r *room) endDrafts(thread int64) {
	r.doing = Doing{}
	r.drafts = slices.DeleteFunc(r.drafts, func(d Draft) bool { return d.Thread == thread })
}

// live returns the drafts that are still shown.
func (r *room) live(now time.Time) []Draft {
	var out []Draft
	for _, d := range r.drafts {
		if now.Before(d.Shown.Add(draftLife)) {
			out = append(out, d)
		}
	}
	return out
}
