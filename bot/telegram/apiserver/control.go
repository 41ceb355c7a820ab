package apiserver

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
)

// Control returns a handler that offers the people's side over HTTP, for other
// processes and languages: POST of a JSON object to the name of an act as the
// path (/user, /chat, /topic, /member, /standing, /add, /privacy, /block, /unblock,
// /send, /edit, /press, /forge, /stop, /migrate, /inject, /seed, /mend, /sent,
// /messages, /drafts, /answered, /rates, /calls, /await), answered by JSON with 200, or
// by {"error": …} with 400. The fields are those of the Go types and, for plain
// arguments, of controlArgs. Mount it with http.StripPrefix, on loopback only:
// it asks nobody who they are.
func (s *Server) Control() http.Handler {
	mux := http.NewServeMux()
	for name, act := range s.acts() {
		mux.Handle("POST /"+name, act)
	}
	return mux
}

// controlArgs are the arguments of acts that have no type of their own.
type controlArgs struct {
	User    int64  `json:"user"`
	Chat    int64  `json:"chat"`
	By      int64  `json:"by"`
	To      int64  `json:"to"`
	Message int64  `json:"message_id"`
	Draft   int64  `json:"draft_id"`
	N       int    `json:"n"`
	Name    string `json:"name"`
	Status  string `json:"status"`
	Text    string `json:"text"`
	Query   string `json:"query"`
	Seed    uint64 `json:"seed"`
	On      bool   `json:"on"`
}

type standingArgs struct {
	Chat int64 `json:"chat"`
	By   int64 `json:"by"`
	Standing
}

// done is the answer of acts that return nothing.
type done struct{}

func (s *Server) acts() map[string]http.Handler {
	return map[string]http.Handler{
		"user": act(func(_ context.Context, u User) (User, error) { return s.AddUser(u), nil }),
		"chat": act(func(_ context.Context, c Chat) (Chat, error) { return s.AddChat(c) }),
		"topic": act(func(_ context.Context, a controlArgs) (map[string]int64, error) {
			thread, err := s.AddTopic(a.Chat, a.Name)
			return map[string]int64{"message_thread_id": thread}, err
		}),
		"standing": act(func(_ context.Context, a standingArgs) (done, error) {
			return done{}, s.SetStanding(a.Chat, a.By, a.Standing)
		}),
		"add": act(func(_ context.Context, a standingArgs) (done, error) {
			return done{}, s.AddBot(a.Chat, a.By, a.Standing)
		}),
		"rates":   act(func(_ context.Context, r Rates) (done, error) { s.SetRates(r); return done{}, nil }),
		"member":  plain(func(a controlArgs) error { return s.SetMember(a.Chat, a.User, a.Status) }),
		"privacy": plain(func(a controlArgs) error { s.SetPrivacy(a.On); return nil }),
		"block":   plain(func(a controlArgs) error { return s.Block(a.User) }),
		"unblock": plain(func(a controlArgs) error { return s.Unblock(a.User) }),
		"stop":    plain(func(a controlArgs) error { return s.Stop(a.User, a.Draft) }),
		"seed":    plain(func(a controlArgs) error { s.Seed(a.Seed); return nil }),
		"mend":    plain(func(controlArgs) error { s.Mend(); return nil }),
		"inject":  act(func(_ context.Context, f Fault) (done, error) { s.Inject(f); return done{}, nil }),
		"send":    act(func(_ context.Context, p Post) (Message, error) { return s.Send(p) }),
		"press":   act(func(_ context.Context, p Press) (string, error) { return s.Press(p) }),
		"forge":   act(func(_ context.Context, p Press) (string, error) { return s.Forge(p) }),
		"migrate": act(func(_ context.Context, a controlArgs) (Chat, error) { return s.Migrate(a.Chat, a.To) }),
		"edit": act(func(_ context.Context, a controlArgs) (Message, error) {
			return s.Edit(a.User, a.Chat, a.Message, a.Text)
		}),
		"sent":     act(func(_ context.Context, a controlArgs) ([]Message, error) { return s.Sent(a.Chat), nil }),
		"messages": act(func(_ context.Context, a controlArgs) ([]Message, error) { return s.Messages(a.Chat), nil }),
		"drafts":   act(func(_ context.Context, a controlArgs) ([]Draft, error) { return s.Drafts(a.Chat), nil }),
		"answered": act(func(_ context.Context, a controlArgs) (*Answer, error) { return s.Answered(a.Query), nil }),
		"calls":    act(func(context.Context, controlArgs) ([]Call, error) { return s.Calls(), nil }),
		"await":    act(func(ctx context.Context, a controlArgs) ([]Message, error) { return s.Await(ctx, a.Chat, a.N) }),
	}
}

// act serves a function as JSON in, JSON out.
func act[In, Out any](do func(context.Context, In) (Out, error)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var in In
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&in); err != nil && !errors.Is(err, io.EOF) {
			reply(w, http.StatusBadRequest, failure{"apiserver: " + err.Error()})
			return
		}
		out, err := do(r.Context(), in)
		if err != nil {
			reply(w, http.StatusBadRequest, failure{err.Error()})
			return
		}
		reply(w, http.StatusOK, out)
	})
}

// failure is the answer of an act that could not be done.
type failure struct {
	Error string `json:"error"`
}

// plain is act for what returns nothing.
func plain(do func(controlArgs) error) http.Handler {
	return act(func(_ context.Context, a controlArgs) (done, error) { return done{}, do(a) })
}

func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(encode(value)) // fails only when the caller is gone
}
