package apiserver

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// opened serves the page of a world with Ada in it.
func opened(t *testing.T) (*Server, *httptest.Server) {
	t.Helper()
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	web := httptest.NewServer(s.Page(PageConfig{Host: "127.0.0.1", Cast: []int64{1001}, Suggestions: []string{"Who won?"}}))
	t.Cleanup(web.Close)
	t.Cleanup(s.Close) // before web, which waits for its streams
	return s, web
}

// events reads server-sent events, as pairs of an id and the data by the name.
type events struct {
	t     *testing.T
	lines *bufio.Scanner
}

func listen(t *testing.T, ctx context.Context, address, last string) events {
	t.Helper()
	r, err := http.NewRequestWithContext(ctx, "GET", address+"/events", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Last-Event-ID", last)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	if got := resp.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Fatalf("Content-Type %q", got)
	}
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<20)
	return events{t, lines}
}

// next returns the next event of the name.
func (e events) next(name string, into any) (id string) {
	e.t.Helper()
	event := ""
	for e.lines.Scan() {
		field, value, _ := strings.Cut(e.lines.Text(), ": ")
		switch {
		case field == "id":
			id = value
		case field == "event":
			event = value
		case field == "data" && event == name:
			if err := json.Unmarshal([]byte(value), into); err != nil {
				e.t.Fatal(err)
			}
			return id
		}
	}
	e.t.Fatalf("no event %s: %v", name, e.lines.Err())
	return ""
}

func TestPageStreamsTheWorld(t *testing.T) {
	s, web := opened(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	stream := listen(t, ctx, web.URL, "")
	var h hello
	stream.next("hello", &h)
	if h.Bot.Username != "newsdesk_bot" || len(h.Cast) != 1 || h.Cast[0].FirstName != "Ada" || h.Suggestions[0] != "Who won?" {
		t.Errorf("%+v", h)
	}
	var v View
	stream.next("view", &v)
	say(t, s, "hi")
	id := stream.next("view", &v)
	if len(v.Chats[0].Changed) != 1 || v.Chats[0].Changed[0].Text != "hi" {
		t.Errorf("%+v", v)
	}
	must[bool](t, s, "sendMessageDraft", `{"chat_id":1001,"draft_id":7,"text":"Searching"}`)
	var drafted View
	stream.next("view", &drafted)
	if len(drafted.Chats[0].Drafts) != 1 || len(drafted.Chats[0].Changed) != 0 {
		t.Errorf("%+v", drafted)
	}
	must[Message](t, s, "sendMessage", `{"chat_id":1001,"text":"hello"}`)

	var missed View
	listen(t, ctx, web.URL, id).next("view", &missed)
	if c := missed.Chats[0]; len(c.Changed) != 1 || c.Changed[0].Text != "hello" {
		t.Errorf("a page that was away saw %+v", c)
	}
	var all View
	listen(t, ctx, web.URL, "another.1.0").next("view", &all)
	if len(all.Chats[0].Changed) != 2 {
		t.Errorf("a page of another world saw %+v", all.Chats[0])
	}
}

func TestNewPageIsNotToldOldAnswers(t *testing.T) {
	s, web := opened(t)
	say(t, s, "hi")
	m := must[Message](t, s, "sendMessage", `{"chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}}`)
	id, err := s.Press(Press{From: 1001, Chat: 1001, Message: m.ID, Data: "b"})
	if err != nil {
		t.Fatal(err)
	}
	must[bool](t, s, "answerCallbackQuery", `{"callback_query_id":"`+id+`","text":"Here"}`)
	var v View
	listen(t, t.Context(), web.URL, "").next("view", &v)
	if len(v.Answers) != 0 {
		t.Errorf("%+v", v.Answers)
	}
}

func TestPageActs(t *testing.T) {
	s, web := opened(t)
	act := func(name, body string, header ...string) (int, string) {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), "POST", web.URL+"/act/"+name, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		got, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return resp.StatusCode, string(got)
	}
	if status, body := act("send", `{"from":1001,"text":"hi"}`); status != 200 || len(s.Messages(1001)) != 1 {
		t.Errorf("%d %s", status, body)
	}
	if status, body := act("send", `{"from":7,"text":"hi"}`); status != 400 || !strings.Contains(body, "no chat 7") {
		t.Errorf("%d %s", status, body)
	}
	for _, name := range []string{"inject", "forge", "user", "calls", "nothing"} {
		if status, _ := act(name, `{}`); status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := act("send", `{"from":1001,"text":"hi"}`, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"); status != http.StatusForbidden {
		t.Errorf("another site: %d", status)
	}
	if len(s.Messages(1001)) != 1 {
		t.Errorf("%+v", s.Messages(1001))
	}
}

func TestPageIsGuarded(t *testing.T) {
	_, web := opened(t)
	for host, want := range map[string]int{
		"127.0.0.1:80": 200, "localhost": 200, "[::1]:8642": 200, "newsdesk.evil.example": 403, "127.0.0.1.evil.example:80": 403, "10.0.0.1": 403,
	} {
		r, err := http.NewRequestWithContext(t.Context(), "GET", web.URL, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = host
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != want {
			t.Errorf("Host %s: %d, want %d", host, resp.StatusCode, want)
		}
		if want == 200 && !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("headers %v", resp.Header)
		}
	}
	for _, path := range []string{"/app.js", "/app.css", "/text.js", "/world.js", "/message.js", "/icon.svg"} {
		resp, err := http.Get(web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != 200 {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}

func TestHosts(t *testing.T) {
	for _, c := range []struct {
		asked, host string
		want        bool
	}{
		{"192.168.1.5:8642", "0.0.0.0", true}, {"[fd00::5]:8642", "::", true}, {"10.0.0.1", "", true},
		{"evil.example", "0.0.0.0", false}, {"desk.example:8642", "desk.example", true}, {"10.0.0.2:1", "10.0.0.1", false}, {"", "", false},
	} {
		if got := isHere(c.asked, c.host); got != c.want {
			t.Errorf("%s at %s: %v", c.asked, c.host, got)
		}
	}
}

func TestPageHasNoMarkupFromText(t *testing.T) {
	files, err := pageFiles.ReadDir("page")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		data, err := pageFiles.ReadFile("page/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, never := range []string{"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function", "style=\"", " onclick=\""} {
			if strings.Contains(string(data), never) {
				t.Errorf("%s has %s", f.Name(), never)
			}
		}
	}
}

func TestMenuAndCallsOfThePage(t *testing.T) {
	s, web := opened(t)
	must[bool](t, s, "setMyCommands", `{"commands":[{"command":"ask","description":"Ask"}]}`)
	for path, want := range map[string]string{
		"/menu?chat=1001&user=1001": `[{"command":"ask","description":"Ask"}]`,
		"/menu?chat=x":              `[]`,
		"/calls":                    `"method":"setMyCommands"`,
	} {
		resp, err := http.Get(web.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		if err != nil || !strings.Contains(string(body), want) {
			t.Errorf("%s: %s %v", path, body, err)
		}
	}
}
