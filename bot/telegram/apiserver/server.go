package apiserver

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Server is a Bot API server for one bot, and the world that the bot lives in.
// It is an http.Handler. Make it with New; safe for concurrent use.
type Server struct {
	log     *slog.Logger
	token   string
	now     func() time.Time
	schema  schema
	methods map[string]method

	mu sync.Mutex
	// changed is closed and replaced whenever something happened.
	changed chan struct{}
	closed  chan struct{}
	bot     User
	privacy bool
	people  map[int64]*person
	rooms   map[int64]*room
	queue   queue
	hook    *webhook
	queries map[string]*query
	menu    map[string][]MenuItem
	texts   map[string]string
	faults  faults
	rates   Rates
	sends   []time.Time // over all chats, the newest that counted
	calls   []Call
	// revision counts the changes of messages.
	revision uint64
	asked    []asked
}

// method serves one method: params are its parameters as a checked JSON object.
// It is called with the lock held; a method that waits gives it back meanwhile.
type method func(ctx context.Context, params json.RawMessage) (any, *Refusal)

// Call is one call of a method, in the order of their answers.
type Call struct {
	At     time.Time `json:"at"`
	Method string    `json:"method"`
	// Params are the parameters as one JSON object; those of a refused call may
	// be as they came.
	Params json.RawMessage `json:"params"`
	// Status is that of the answer; 0 when the connection was cut or hung.
	Status int `json:"status"`
	// Description is that of a refusal, empty when the call was done.
	Description string `json:"description,omitempty"`
	// Fault names the injected fault that the call met, empty for none.
	Fault Effect `json:"fault,omitempty"`
}

// Refused reports whether the server refused the call of its own accord.
func (c Call) Refused() bool { return c.Description != "" && c.Fault == "" }

// keptCalls is how many calls are remembered: a thousand answers with all their
// drafts, in some 20 MB.
const keptCalls = 20_000

// New returns a server for the bot with the token, which has Telegram's form
// "<id>:<secret>"; a token of another form gets the id 1. The bot is called
// @newsdesk_bot. now gives messages their dates; waiting is real.
func New(log *slog.Logger, token string, now func() time.Time) *Server {
	id, err := strconv.ParseInt(strings.SplitN(token, ":", 2)[0], 10, 64)
	if err != nil || id <= 0 {
		id = 1
	}
	s := &Server{
		log: log, token: token, now: now, schema: readSchema(),
		changed: make(chan struct{}), closed: make(chan struct{}),
		bot:     User{ID: id, IsBot: true, FirstName: "Newsdesk", Username: "newsdesk_bot"},
		privacy: true,
		people:  map[int64]*person{}, rooms: map[int64]*room{},
		queue:   queue{next: firstUpdate},
		queries: map[string]*query{}, menu: map[string][]MenuItem{}, texts: map[string]string{},
		faults: newFaults(1),
	}
	s.methods = s.table()
	return s
}

// Bot returns the bot as getMe does.
func (s *Server) Bot() User {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bot
}

// Close ends waiting calls and the delivery to a webhook. Calls after it are
// served as before, but do not wait.
func (s *Server) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	select {
	case <-s.closed:
	default:
		close(s.closed)
	}
	s.hook.stop()
	s.hook = nil
}

// Calls returns the calls so far, oldest first, the newest 20,000 of them.
func (s *Server) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

// ServeHTTP answers /bot<token>/<method>.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	name, refusal := s.route(r)
	if refusal != nil {
		s.answer(w, Call{Method: name, Params: json.RawMessage("{}")}, nil, refusal)
		return
	}
	raw, refusal := parameters(r)
	if refusal != nil {
		s.answer(w, Call{Method: name, Params: json.RawMessage("{}")}, nil, refusal)
		return
	}
	params, refusal := s.schema.parameters(name, raw)
	if refusal != nil {
		s.answer(w, Call{Method: name, Params: encode(raw)}, nil, refusal)
		return
	}
	s.serve(w, r, name, encode(params))
}

// serve answers a call whose form is right.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, name string, params json.RawMessage) {
	call := Call{Method: name, Params: params}
	fault := s.strike(name, params)
	if fault != nil {
		call.Fault = fault.Do
	}
	if fault != nil && fault.before(s, w, r, call) {
		return
	}
	result, refusal := s.do(r.Context(), name, params)
	if fault != nil {
		fault.after(s, call)
	}
	s.answer(w, call, result, refusal)
}

// do has a method do its work, under the lock.
func (s *Server) do(ctx context.Context, name string, params json.RawMessage) (any, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.methods[name](ctx, params)
}

// table returns the methods by name.
func (s *Server) table() map[string]method {
	return map[string]method{
		"answerCallbackQuery":    s.answerCallbackQuery,
		"deleteMessage":          s.deleteMessage,
		"deleteMyCommands":       s.deleteMyCommands,
		"deleteWebhook":          s.deleteWebhook,
		"editMessageReplyMarkup": s.editMessageReplyMarkup,
		"editMessageText":        s.editMessageText,
		"getChat":                s.getChat,
		"getChatAdministrators":  s.getChatAdministrators,
		"getChatMember":          s.getChatMember,
		"getMe":                  s.getMe,
		"getMyCommands":          s.getMyCommands,
		"getMyDescription":       s.getMyDescription,
		"getMyShortDescription":  s.getMyShortDescription,
		"getUpdates":             s.getUpdates,
		"getWebhookInfo":         s.getWebhookInfo,
		"leaveChat":              s.leaveChat,
		"sendChatAction":         s.sendChatAction,
		"sendMessage":            s.sendMessage,
		"sendMessageDraft":       s.sendMessageDraft,
		"sendRichMessage":        s.sendRichMessage,
		"sendRichMessageDraft":   s.sendRichMessageDraft,
		"setMyCommands":          s.setMyCommands,
		"setMyDescription":       s.setMyDescription,
		"setMyShortDescription":  s.setMyShortDescription,
		"setWebhook":             s.setWebhook,
	}
}

// route returns the method that a request calls.
func (s *Server) route(r *http.Request) (string, *Refusal) {
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, name, cut := strings.Cut(rest, "/")
	switch {
	case !ok || !cut || token == "":
		return r.URL.Path, notFound
	case token != s.token:
		return name, unauthorized
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return name, &Refusal{Code: http.StatusMethodNotAllowed, Description: "Method Not Allowed"}
	}
	known, ok := s.schema.method(name)
	if !ok {
		return name, notFound
	}
	return known, nil
}

// answer writes and records what became of a call.
func (s *Server) answer(w http.ResponseWriter, call Call, result any, refusal *Refusal) {
	body := map[string]any{"ok": true, "result": result}
	call.Status = http.StatusOK
	if refusal != nil {
		call.Status, call.Description = refusal.Code, refusal.Description
		body = refusal.body()
	}
	s.record(call)
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(call.Status)
	if _, err := w.Write(encode(body)); err != nil {
		s.log.Debug("the client is gone", "method", call.Method, "error", err)
	}
}

func (r *Refusal) body() map[string]any {
	body := map[string]any{"ok": false, "error_code": r.Code, "description": r.Description}
	more := map[string]any{}
	if r.RetryAfter > 0 {
		more["retry_after"] = r.RetryAfter
	}
	if r.MigrateTo != 0 {
		more["migrate_to_chat_id"] = r.MigrateTo
	}
	if len(more) > 0 {
		body["parameters"] = more
	}
	return body
}

// record keeps a call; the older half is dropped when there are too many.
func (s *Server) record(call Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	call.At = s.now()
	if len(s.calls) == keptCalls {
		s.calls = append([]Call(nil), s.calls[keptCalls/2:]...)
	}
	s.calls = append(s.calls, call)
	if call.Refused() {
		s.log.Info("refused", "method", call.Method, "code", call.Status, "description", call.Description)
	}
	s.announce()
}

// announce wakes all that wait for something to happen. The lock is held.
func (s *Server) announce() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// encode writes a value of which JSON can be made: all that come here were made
// from JSON or are types of this package.
func encode(value any) json.RawMessage {
	data, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("apiserver: %v", err))
	}
	return data
}

// decode reads parameters that the schema has approved into a struct that names
// some of them.
func decode[T any](params json.RawMessage) (T, *Refusal) {
	var into T
	if err := json.Unmarshal(params, &into); err != nil {
		return into, badRequest("%v", err)
	}
	return into, nil
}
