package apiserver

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The page is plain HTML, CSS and JavaScript, as it is in the folder.
//
//go:embed page
var pageFiles embed.FS

// PageConfig is what a page needs to know.
type PageConfig struct {
	// Host is the name or address, without a port, that the page is reached by;
	// requests that name neither it nor loopback are refused. Where it is empty or
	// 0.0.0.0, any address will do, but no name: names can be made to lead here.
	Host string
	// Cast are the ids of the people that the page speaks for.
	Cast []int64
	// Suggestions are questions to begin with; nil for none.
	Suggestions []string
}

// Page returns a handler that serves one page, which looks and works like a chat:
// what happens in this world is shown as it happens, and its people can write,
// edit, reply, press and stop. Whoever opens it can be any of the cast and is
// asked for nothing: it belongs on loopback.
func (s *Server) Page(cfg PageConfig) http.Handler {
	files, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(fmt.Sprintf("apiserver: the embedded page: %v", err))
	}
	p := page{s: s, cfg: cfg, born: strconv.FormatInt(s.now().UnixNano(), 36)}
	mux := http.NewServeMux()
	mux.Handle("GET /", http.FileServerFS(files))
	mux.HandleFunc("GET /events", p.events)
	mux.HandleFunc("GET /menu", p.menu)
	mux.HandleFunc("GET /calls", p.calls)
	acts := s.acts()
	for _, name := range []string{"send", "edit", "press", "stop", "block", "unblock", "standing", "add"} {
		mux.Handle("POST /act/"+name, acts[name])
	}
	return guarded(cfg.Host, http.NewCrossOriginProtection().Handler(mux))
}

// policy lets the page load what is its own and nothing else. Text of messages
// is never HTML, so this is the second wall and not the first.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"

// guarded answers requests to this host only, so that no other site's name can
// be made to lead here.
func guarded(host string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isHere(r.Host, host) {
			http.Error(w, "this page is not for "+r.Host, http.StatusForbidden)
			return
		}
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

func isHere(asked, host string) bool {
	name, _, err := net.SplitHostPort(asked)
	if err != nil {
		name = asked
	}
	name = strings.Trim(name, "[]")
	ip, at := net.ParseIP(name), net.ParseIP(host)
	everywhere := host == "" || at != nil && at.IsUnspecified()
	return name == "localhost" || host != "" && strings.EqualFold(name, host) || ip != nil && (ip.IsLoopback() || everywhere)
}

// page is what the handlers of one page share.
type page struct {
	s   *Server
	cfg PageConfig
	// born tells this Server's numbers from those of one before it.
	born string
}

// hello is what a page is told first.
type hello struct {
	Born        string    `json:"born"`
	Bot         User      `json:"bot"`
	Cast        []User    `json:"cast"`
	Says        [2]string `json:"says"`
	Suggestions []string  `json:"suggestions"`
}

func (p page) hello() hello {
	long, short := p.s.About("")
	h := hello{Born: p.born, Bot: p.s.Bot(), Says: [2]string{long, short}, Suggestions: p.cfg.Suggestions}
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	for _, id := range p.cfg.Cast {
		if one, ok := p.s.people[id]; ok {
			h.Cast = append(h.Cast, one.User)
		}
	}
	return h
}

// The rhythms of the stream of events: how soon it notices that a draft or a chat
// action has had its time, how often it says that it is alive, and how soon a page
// that lost it tries again.
const (
	lookEvery  = time.Second
	aliveEvery = 15 * time.Second
	retryAfter = time.Second
)

// events streams Views as server-sent events until the page is closed. A page
// that lost the stream says what it has seen, and goes on from there.
func (p page) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	out := stream{w: w, control: http.NewResponseController(w)}
	since := p.resume(r.Header.Get("Last-Event-ID"))
	out.write(fmt.Appendf(nil, "retry: %d\n\n", retryAfter.Milliseconds()))
	out.event("hello", "", encode(p.hello()))
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for last := []byte(nil); out.err == nil; {
		changed := p.s.Changed()
		v := p.s.Look(since)
		if data := encode(v); !bytes.Equal(data, last) {
			out.event("view", p.mark(v.Since), data)
			v.forget()
			last, since = encode(v), v.Since
		}
		out.keepAlive(p.s.now())
		select {
		case <-changed:
		case <-tick.C:
		case <-r.Context().Done():
			return
		case <-p.s.closed:
			return
		}
	}
}

// forget leaves of a view what is told in full each time.
func (v *View) forget() {
	v.Answers = nil
	for i := range v.Chats {
		v.Chats[i].Changed, v.Chats[i].Deleted = nil, nil
	}
}

// mark writes what a page has seen, for resume.
func (p page) mark(s Since) string { return fmt.Sprintf("%s.%d.%d", p.born, s.Messages, s.Answers) }

func (p page) resume(mark string) (s Since) {
	rest, ok := strings.CutPrefix(mark, p.born+".")
	if ok {
		_, err := fmt.Sscanf(rest, "%d.%d", &s.Messages, &s.Answers)
		ok = err == nil
	}
	if !ok { // a page that opens now was not answered before
		return Since{Answers: p.s.Look(Since{}).Since.Answers}
	}
	return s
}

// stream writes server-sent events until one cannot be written.
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
	alive   time.Time
	err     error
}

func (s *stream) event(name, id string, data []byte) {
	var b bytes.Buffer
	if id != "" {
		fmt.Fprintf(&b, "id: %s\n", id)
	}
	fmt.Fprintf(&b, "event: %s\ndata: %s\n\n", name, data)
	s.write(b.Bytes())
}

func (s *stream) write(data []byte) {
	if s.err != nil {
		return
	}
	if _, s.err = s.w.Write(data); s.err == nil {
		s.err = s.control.Flush()
	}
}

func (s *stream) keepAlive(now time.Time) {
	if now.Sub(s.alive) < aliveEvery {
		return
	}
	s.alive = now
	s.write([]byte(": alive\n\n"))
}

func (p page) menu(w http.ResponseWriter, r *http.Request) {
	chat, _ := strconv.ParseInt(r.FormValue("chat"), 10, 64) // no number is no chat
	user, _ := strconv.ParseInt(r.FormValue("user"), 10, 64)
	menu := p.s.Menu(chat, user)
	if menu == nil {
		menu = []MenuItem{}
	}
	reply(w, http.StatusOK, menu)
}

// shownToPage is how many of the last calls the page lists.
const shownToPage = 100

// calls returns the last calls of the bot, newest first, but for its polls.
func (p page) calls(w http.ResponseWriter, _ *http.Request) {
	calls := slices.DeleteFunc(p.s.Calls(), func(c Call) bool { return c.Method == "getUpdates" && c.Status == http.StatusOK })
	calls = calls[max(0, len(calls)-shownToPage):]
	slices.Reverse(calls)
	reply(w, http.StatusOK, calls)
}
