package openai

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

const testKey = "sk-very-secret"

// server is a strict chat server: it refuses, and fails the test for, what the
// published description of the protocol does not know or does not allow. Each
// request takes the next answer, the last one again and again.
type server struct {
	t       *testing.T
	http    *httptest.Server
	answers []http.HandlerFunc

	// tells is what stands at other addresses; what does not is not found.
	tells map[string]string

	mu       sync.Mutex
	requests []chatRequest
}

// chatRequest has the fields that are used, of those that a request may have.
type chatRequest struct {
	Model         string        `json:"model"`
	Messages      []chatMessage `json:"messages"`
	Temperature   *float64      `json:"temperature"`
	Stream        bool          `json:"stream"`
	StreamOptions *struct {
		IncludeUsage bool `json:"include_usage"`
	} `json:"stream_options"`
}

type chatMessage struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

func newServer(t *testing.T, answers ...http.HandlerFunc) *server {
	t.Helper()
	s := &server{t: t, answers: answers}
	s.http = httptest.NewServer(s)
	t.Cleanup(s.http.Close)
	return s
}

func (s *server) generator(log slog.Handler) *Generator {
	return New(slog.New(log), s.http.URL+"/v1", testKey, "tiny", s.http.Client())
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		s.tell(w, r)
		return
	}
	var request chatRequest
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&request); err != nil {
		s.refuse(w, err.Error())
		return
	}
	if fault := faultOf(r, request); fault != "" {
		s.refuse(w, fault)
		return
	}
	s.mu.Lock()
	s.requests = append(s.requests, request)
	answer := s.answers[min(len(s.requests), len(s.answers))-1]
	s.mu.Unlock()
	answer(w, r)
}

// tell answers a question about the server itself.
func (s *server) tell(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+testKey {
		s.t.Errorf("%s without the key", r.URL.Path)
	}
	s.mu.Lock()
	text, ok := s.tells[r.URL.Path]
	s.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	fmt.Fprint(w, text)
}

func faultOf(r *http.Request, request chatRequest) string {
	switch {
	case r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions":
		return r.Method + " " + r.URL.Path
	case r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Authorization") != "Bearer "+testKey:
		return "headers"
	case request.Model == "" || !request.Stream || request.StreamOptions == nil || !request.StreamOptions.IncludeUsage:
		return "model, stream or stream_options"
	case request.Temperature != nil && (*request.Temperature < 0 || *request.Temperature > 2):
		return "temperature"
	case len(request.Messages) != 2 || request.Messages[0].Role != "system" || request.Messages[1].Role != "user":
		return "messages"
	case request.Messages[0].Content == "" || request.Messages[1].Content == "":
		return "a message without content"
	}
	return ""
}

func (s *server) refuse(w http.ResponseWriter, why string) {
	s.t.Errorf("the server refuses: %s", why)
	says(http.StatusBadRequest, fmt.Sprintf(`{"error":{"message":%q,"type":"invalid_request_error","param":null,"code":null}}`, why))(w, nil)
}

// count returns the number of good requests.
func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.requests)
}

// says answers with a status and a body; headers are names and values in turn.
func says(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// streams answers with a stream of chunks, each a delta's content, and what
// comes after them.
func streams(after string, contents ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for _, content := range contents {
			text, _ := json.Marshal(content) // a string always can be
			fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":null}]}\n\n", text)
		}
		fmt.Fprint(w, after)
	}
}

const (
	stop = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
	done = "data: [DONE]\n\n"
)
