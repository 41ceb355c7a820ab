package answer_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// hostileServer is a model server that gives one scripted reply to the first
// request that shows it passages, and says yes to everything else it is asked.
type hostileServer struct {
	http *httptest.Server

	mu    sync.Mutex
	reply hostileReply
	// shown is a piece of the first passage, by which a request that shows the
	// passages is known.
	shown string
	given bool
}

func newHostileServer(t *testing.T) *hostileServer {
	t.Helper()
	s := &hostileServer{}
	s.http = httptest.NewServer(s)
	t.Cleanup(s.http.Close)
	return s
}

// say sets the next reply.
func (s *hostileServer) say(r hostileReply, shown string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reply, s.shown, s.given = r, shown, false
}

func (s *hostileServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var request struct {
		Messages []struct{ Content string }
	}
	body, err := io.ReadAll(r.Body)
	if err != nil || json.Unmarshal(body, &request) != nil || len(request.Messages) == 0 {
		http.Error(w, "no request", http.StatusBadRequest)
		return
	}
	reply := s.next(request.Messages[len(request.Messages)-1].Content)
	if reply.stream == "refused" {
		http.Error(w, `{"error":{"message":"overloaded"}}`, http.StatusBadRequest)
		return
	}
	reply.write(w)
}

func (s *hostileServer) next(message string) hostileReply {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.given || !strings.Contains(message, s.shown) {
		return hostileReply{text: "yes"}
	}
	s.given = true
	return s.reply
}

// hostilePiece is the number of bytes in which a reply is streamed: pieces end
// within words and markers.
const hostilePiece = 7

// write streams the reply in the protocol of the model servers.
func (r hostileReply) write(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/event-stream")
	piece := hostilePiece
	if r.repeat > 0 {
		piece = len(r.text)
	}
	for range max(1, r.repeat) {
		for rest := r.text; rest != ""; {
			end := min(piece, len(rest))
			for end < len(rest) && !utf8.RuneStart(rest[end]) {
				end++
			}
			if writeChunk(w, rest[:end], "") != nil {
				return
			}
			rest = rest[end:]
		}
	}
	switch r.stream {
	case "cut":
		return
	case "garbage":
		io.WriteString(w, "data: {\"choices\": [[[\n\n")
		return
	case "":
		r.stream = "stop"
	}
	if writeChunk(w, "", r.stream) == nil {
		io.WriteString(w, "data: [DONE]\n\n")
	}
}

func writeChunk(w io.Writer, text, finish string) error {
	choice := map[string]any{"index": 0, "delta": map[string]string{"content": text}, "finish_reason": nil}
	if finish != "" {
		choice["finish_reason"] = finish
	}
	data, err := json.Marshal(map[string]any{"object": "chat.completion.chunk", "choices": []any{choice}})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "data: %s\n\n", data)
	return err
}
