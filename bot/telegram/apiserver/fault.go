package apiserver

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"slices"
)

// Effect is what a fault does to a call.
type Effect string

// The effects. But for CutAfter, the call has no effect.
const (
	// TooMany answers 429 with the fault's RetryAfter.
	TooMany Effect = "too many"
	// ServerError answers 500 in the form of the Bot API.
	ServerError Effect = "server error"
	// BadGateway answers 502 with a page of HTML.
	BadGateway Effect = "bad gateway"
	// CutBefore cuts the connection before the call has an effect.
	CutBefore Effect = "cut before"
	// CutAfter cuts the connection after the call has had its effect.
	CutAfter Effect = "cut after"
	// Hang does not answer until the client gives up or the server is closed.
	Hang Effect = "hang"
	// Blocked answers that the person has blocked the bot.
	Blocked Effect = "blocked"
	// RefuseHTML answers that the HTML cannot be parsed; only calls with
	// parse_mode HTML meet it.
	RefuseHTML Effect = "refuse html"
	// RefuseRich answers that the rich message is not liked; only calls with one
	// meet it.
	RefuseRich Effect = "refuse rich"
)

// Fault is a rule that makes calls fail.
type Fault struct {
	// Method is the method's name; empty for all that have a chat_id.
	Method string `json:"method,omitempty"`
	// Chat is the chat's id, 0 for every chat.
	Chat int64 `json:"chat,omitempty"`
	// Count is how many calls are to fail before the rule is used up; 0 for no
	// end.
	Count int `json:"count,omitempty"`
	// Share is the part of the matching calls that fail, up to 1; 0 means all.
	Share float64 `json:"share,omitempty"`
	Do    Effect  `json:"do"`
	// RetryAfter is in seconds, for TooMany; 0 means 1.
	RetryAfter int `json:"retry_after,omitempty"`
}

// faults are the rules in force.
type faults struct {
	rules  []*Fault
	random *rand.Rand
}

func newFaults(seed uint64) faults {
	return faults{random: rand.New(rand.NewPCG(seed, seed))}
}

// Inject puts a rule into force, after those that are. The first that matches a
// call strikes it.
func (s *Server) Inject(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.rules = append(s.faults.rules, &f)
}

// Seed starts the choice of shares anew; the same calls in the same order then
// meet the same faults.
func (s *Server) Seed(seed uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.random = newFaults(seed).random
}

// Mend takes all rules out of force.
func (s *Server) Mend() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.rules = nil
}

// target is what a rule looks at in a call.
type target struct {
	Chat      json.RawMessage `json:"chat_id"`
	ParseMode string          `json:"parse_mode"`
	Rich      json.RawMessage `json:"rich_message"`
}

// strike returns the rule that a call meets, nil for none.
func (s *Server) strike(method string, params json.RawMessage) *Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, r := decode[target](params)
	if r != nil {
		return nil
	}
	for i, f := range s.faults.rules {
		if !s.matches(*f, method, t) || f.Share > 0 && s.faults.random.Float64() >= f.Share {
			continue
		}
		struck := *f
		if f.Count--; f.Count == 0 {
			s.faults.rules = slices.Delete(s.faults.rules, i, i+1)
		}
		return &struck
	}
	return nil
}

func (s *Server) matches(f Fault, method string, t target) bool {
	switch {
	case f.Method == "" && t.Chat == nil, f.Method != "" && f.Method != method:
		return false
	case f.Do == RefuseHTML && !isHTML(t.ParseMode), f.Do == RefuseRich && t.Rich == nil:
		return false
	case f.Chat == 0:
		return true
	}
	room, r := s.room(t.Chat)
	return r == nil && room.chat.ID == f.Chat
}

// before does what happens instead of the call, and reports whether something
// did.
func (f *Fault) before(s *Server, w http.ResponseWriter, r *http.Request, call Call) bool {
	switch f.Do {
	case CutAfter:
		return false
	case CutBefore:
		s.record(call)
		panic(http.ErrAbortHandler) // net/http's way to cut a connection
	case Hang:
		s.record(call)
		select {
		case <-r.Context().Done():
		case <-s.closed:
		}
		panic(http.ErrAbortHandler)
	case BadGateway:
		s.badGateway(w, call)
	default:
		s.answer(w, call, nil, f.refusal())
	}
	return true
}

// after does what happens once the call has had its effect.
func (f *Fault) after(s *Server, call Call) {
	s.record(call)
	panic(http.ErrAbortHandler)
}

func (f *Fault) refusal() *Refusal {
	switch f.Do {
	case TooMany:
		return tooManyRequests(max(f.RetryAfter, 1))
	case Blocked:
		return forbidden("bot was blocked by the user")
	case RefuseHTML:
		return badRequest(`can't parse entities: Unsupported start tag "b" at byte offset 0`)
	case RefuseRich:
		return badRequest("RICH_MESSAGE_URL_INVALID")
	}
	return &Refusal{Code: http.StatusInternalServerError, Description: "Internal Server Error"}
}

// gatewayPage is what stands between a bot and Telegram in a bad hour.
const gatewayPage = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center></body>\r\n</html>\r\n"

func (s *Server) badGateway(w http.ResponseWriter, call Call) {
	call.Status, call.Description = http.StatusBadGateway, "Bad Gateway"
	s.record(call)
	w.Header().Set("Content-Type", "text/html")
	w.WriteHeader(http.StatusBadGateway)
	if _, err := w.Write([]byte(gatewayPage)); err != nil {
		s.log.Debug("the client is gone", "method", call.Method, "error", err)
	}
}
