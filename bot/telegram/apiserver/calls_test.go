package apiserver

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus/corpustest"
)

const token = "42:secret"

func newServer(t *testing.T) *Server {
	t.Helper()
	noon := time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	s := New(slog.New(slog.DiscardHandler), token, func() time.Time { return noon })
	t.Cleanup(s.Close)
	return s
}

// call calls a method with a JSON object and returns the status and the body.
func call(s http.Handler, method, params string) (int, answer) {
	r := httptest.NewRequest("POST", "/bot"+token+"/"+method, strings.NewReader(params))
	r.Header.Set("Content-Type", "application/json")
	return answerTo(s, r)
}

type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MigrateTo  int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

func answerTo(s http.Handler, r *http.Request) (int, answer) {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	var a answer
	if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
		a.Description = "not JSON: " + w.Body.String()
	}
	return w.Code, a
}

// must calls a method that is to succeed and reads its result.
func must[T any](t *testing.T, s http.Handler, method, params string) T {
	t.Helper()
	status, a := call(s, method, params)
	if status != http.StatusOK || !a.OK {
		t.Fatalf("%s %s: %d %s", method, params, status, a.Description)
	}
	var out T
	if err := json.Unmarshal(a.Result, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCalls plays the conversations of testdata/calls.
func TestCalls(t *testing.T) {
	files, err := filepath.Glob("testdata/calls/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) { play(t, path) })
	}
}

func play(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := newServer(t)
	control := s.Control()
	for i := 0; i < len(archive.Files); i++ {
		step := archive.Files[i]
		name, kind, _ := strings.Cut(step.Name, " ")
		if name == "control" {
			stepWorld(t, control, kind, string(step.Data))
			continue
		}
		i++
		want := archive.Files[i]
		t.Run(fmt.Sprintf("%d %s", i/2, step.Name), func(t *testing.T) {
			status, a := answerTo(s, request(name, kind, string(step.Data)))
			if strconv.Itoa(status) != want.Name {
				t.Fatalf("status %d %s, want %s", status, a.Description, want.Name)
			}
			judge(t, a, strings.TrimSpace(string(want.Data)))
		})
	}
}

func stepWorld(t *testing.T, control http.Handler, name, args string) {
	t.Helper()
	w := httptest.NewRecorder()
	control.ServeHTTP(w, httptest.NewRequest("POST", "/"+name, strings.NewReader(args)))
	if w.Code != http.StatusOK {
		t.Fatalf("control %s %s: %d %s", name, args, w.Code, w.Body)
	}
}

func request(method, kind, body string) *http.Request {
	target := "/bot" + token + "/" + method
	if kind == "json" {
		r := httptest.NewRequest("POST", target, strings.NewReader(body))
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		return r
	}
	form := url.Values{}
	for line := range strings.Lines(body) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		form.Add(name, value)
	}
	if kind == "get" {
		return httptest.NewRequest("GET", target+"?"+form.Encode(), nil)
	}
	r := httptest.NewRequest("POST", target, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func judge(t *testing.T, a answer, want string) {
	t.Helper()
	if !a.OK {
		if a.Description != want {
			t.Errorf("refused with\n%s\nwant\n%s", a.Description, want)
		}
		return
	}
	var got, part any
	if err := json.Unmarshal(a.Result, &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &part); err != nil {
		t.Fatalf("the case: %v", err)
	}
	if !holds(got, part) {
		t.Errorf("got\n%s\nwhich does not hold\n%s", a.Result, want)
	}
}

// holds reports whether part is in whole: objects may have more fields, arrays
// may not have more elements.
func holds(whole, part any) bool {
	switch p := part.(type) {
	case map[string]any:
		w, ok := whole.(map[string]any)
		for name, v := range p {
			ok = ok && holds(w[name], v)
		}
		return ok
	case []any:
		w, ok := whole.([]any)
		ok = ok && len(w) == len(p)
		for i := 0; ok && i < len(p); i++ {
			ok = holds(w[i], p[i])
		}
		return ok
	}
	return reflect.DeepEqual(whole, part)
}

// TestResultsFitTheSpecification plays the same conversations and holds every
// result against the published specification.
func TestResultsFitTheSpecification(t *testing.T) {
	full := publishedSpec(t)
	files, _ := filepath.Glob("testdata/calls/*.txtar")
	checked := 0
	for _, path := range files {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s := newServer(t)
		for _, step := range archive.Files {
			name, kind, _ := strings.Cut(step.Name, " ")
			if name == "control" {
				stepWorld(t, s.Control(), kind, string(step.Data))
			} else if method, ok := s.schema.method(name); ok {
				if _, a := answerTo(s, request(name, kind, string(step.Data))); a.OK {
					full.check(t, method, a.Result)
					checked++
				}
			}
		}
	}
	if checked < 30 {
		t.Errorf("only %d results were checked", checked)
	}
}

type published struct {
	schema
	Methods map[string]struct {
		Returns []string `json:"returns"`
		Fields  []field  `json:"fields"`
	} `json:"methods"`
}

func publishedSpec(t *testing.T) published {
	t.Helper()
	data, err := os.ReadFile(corpustest.SharedPath(t, "spec/telegram-bot-api.json"))
	if err != nil {
		t.Fatal(err)
	}
	var p published
	if err := json.Unmarshal(data, &p); err != nil {
		t.Fatal(err)
	}
	p.Types["MaybeInaccessibleMessage"] = p.Types["Message"]
	p.Types["RichText"] = object{Open: true} // text, an array or an object
	p.setMust(t, data)
	return p
}

var always = regexp.MustCompile(`(?:always|must be) [“"*]?([a-z_]+)`)

// setMust takes the values that tell subtypes apart from their descriptions.
func (p published) setMust(t *testing.T, data []byte) {
	t.Helper()
	var described struct {
		Types map[string]struct {
			Fields []struct{ Name, Description string }
		}
	}
	if err := json.Unmarshal(data, &described); err != nil {
		t.Fatal(err)
	}
	for name, of := range described.Types {
		for i, f := range of.Fields {
			m := always.FindStringSubmatch(f.Description)
			if m != nil && (f.Name == "type" || f.Name == "status") && !p.Types[name].Open {
				p.Types[name].Fields[i].Must = m[1]
			}
		}
	}
}

func (p published) check(t *testing.T, method string, result json.RawMessage) {
	t.Helper()
	value, err := decodeJSON(strings.NewReader(string(result)))
	if err != nil {
		t.Fatal(err)
	}
	returns := p.Methods[method].Returns
	if method == "getChatMember" {
		returns = []string{"ChatMember"}
	}
	if !p.fits(value, returns) {
		t.Fatalf("%s: %s is not of %v", method, result, returns)
	}
	if r := p.inner(value, returns); r != nil {
		t.Errorf("%s: %s: %v", method, result, r)
	}
}

func TestEveryMethodOfTheSpecificationIsServed(t *testing.T) {
	s := newServer(t)
	for name := range s.schema.Methods {
		if s.methods[name] == nil {
			t.Errorf("%s is in spec.json and not served", name)
		}
	}
	for name := range s.methods {
		if _, ok := s.schema.Methods[name]; !ok {
			t.Errorf("%s is served and not in spec.json", name)
		}
	}
}

func TestWrongAddresses(t *testing.T) {
	for path, want := range map[string]int{
		"/bot42:other/getMe": 401, "/bot42:secret": 404, "/": 404, "/getMe": 404, "/bot/getMe": 404, "/bot42:secret/": 404,
	} {
		status, a := answerTo(newServer(t), httptest.NewRequest("GET", path, nil))
		if status != want || a.Code != want || a.OK {
			t.Errorf("%s: %d %+v, want %d", path, status, a, want)
		}
	}
	status, _ := answerTo(newServer(t), httptest.NewRequest("DELETE", "/bot"+token+"/getMe", nil))
	if status != http.StatusMethodNotAllowed {
		t.Errorf("DELETE: %d", status)
	}
}

func TestLengthIsCountedAfterParsing(t *testing.T) {
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	if _, err := s.Send(Post{From: 1001, Text: "hi"}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text string
		want int
	}{
		{strings.Repeat("x", 4096), 200},
		{strings.Repeat("x", 4097), 400},
		{strings.Repeat("🚢", 2048), 200},
		{strings.Repeat("🚢", 2048) + "x", 400},
		{"<b>" + strings.Repeat("&lt;", 4096) + "</b>", 200},
		{"<b>" + strings.Repeat("&lt;", 4097) + "</b>", 400},
	} {
		params := string(encode(map[string]any{"chat_id": 1001, "text": c.text, "parse_mode": "HTML"}))
		status, a := call(s, "sendMessage", params)
		if status != c.want || status == 400 && a.Description != "Bad Request: message is too long" {
			t.Errorf("%d bytes: %d %s", len(c.text), status, a.Description)
		}
	}
}

func TestBodyIsBounded(t *testing.T) {
	s := newServer(t)
	status, _ := call(s, "sendMessage", `{"text":"`+strings.Repeat("x", maxBody)+`"}`)
	if status != http.StatusRequestEntityTooLarge {
		t.Errorf("status %d", status)
	}
}

func TestMigrationNamesTheNewChat(t *testing.T) {
	s := newServer(t)
	group, err := s.AddChat(Chat{Type: Group, Title: "Small"})
	if err != nil {
		t.Fatal(err)
	}
	moved, err := s.Migrate(group.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, a := call(s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"text":"x"}`, group.ID))
	if a.Parameters.MigrateTo != moved.ID {
		t.Errorf("%+v, want %d", a, moved.ID)
	}
}

func TestOldQueriesAreRefused(t *testing.T) {
	now := time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	s := New(slog.New(slog.DiscardHandler), token, func() time.Time { return now })
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	s.Send(Post{From: 1001, Text: "hi"})
	m := must[Message](t, s, "sendMessage", `{"chat_id":1001,"text":"x","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]}}`)
	id, err := s.Press(Press{From: 1001, Chat: 1001, Message: m.ID, Data: "b"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Press(Press{From: 1001, Chat: 1001, Message: m.ID, Data: "c"}); err == nil {
		t.Error("a button that is not there was pressed")
	}
	now = now.Add(queryLife + time.Second)
	if status, _ := call(s, "answerCallbackQuery", `{"callback_query_id":"`+id+`"}`); status != 400 {
		t.Errorf("status %d", status)
	}
	if s.Answered(id) != nil {
		t.Error("answered all the same")
	}
}

func TestDraftsEnd(t *testing.T) {
	now := time.Date(2025, 3, 4, 12, 0, 0, 0, time.UTC)
	s := New(slog.New(slog.DiscardHandler), token, func() time.Time { return now })
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	s.Send(Post{From: 1001, Text: "hi"})
	show := func(text string) {
		must[bool](t, s, "sendMessageDraft", `{"chat_id":1001,"draft_id":7,"can_stop":true,"text":"`+text+`"}`)
	}
	show("Searching")
	show("Searching, reading")
	if d := s.Drafts(1001); len(d) != 1 || d[0].Text != "Searching, reading" {
		t.Errorf("%+v", d)
	}
	if err := s.Stop(1001, 7); err != nil {
		t.Error(err)
	}
	must[Message](t, s, "sendMessage", `{"chat_id":1001,"text":"Found"}`)
	if d := s.Drafts(1001); len(d) != 0 {
		t.Errorf("after the message: %+v", d)
	}
	show("Again")
	now = now.Add(draftLife)
	if d := s.Drafts(1001); len(d) != 0 {
		t.Errorf("after its life: %+v", d)
	}
	if err := s.Stop(1001, 7); err == nil {
		t.Error("a draft was stopped that is not shown")
	}
}

func TestPrivacy(t *testing.T) {
	for _, c := range cases(t, "testdata/updates.txtar") {
		t.Run(c.name, func(t *testing.T) {
			s := newServer(t)
			s.AddUser(User{ID: 1001, FirstName: "Bo"})
			chat, err := s.AddChat(Chat{Type: Supergroup, Title: "Desk"})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := s.Send(Post{From: 1001, Chat: chat.ID, Text: c.in}); err != nil {
				t.Fatal(err)
			}
			updates := must[[]Update](t, s, "getUpdates", `{}`)
			got := "unseen"
			if len(updates) == 1 {
				_, got, _ = strings.Cut(shown("", updates[0].Message.Entities), "\n")
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestRepliesToTheBotAreSeen(t *testing.T) {
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Bo"})
	chat, _ := s.AddChat(Chat{Type: Supergroup, Title: "Desk", IsForum: true})
	thread, err := s.AddTopic(chat.ID, "Harbour")
	if err != nil {
		t.Fatal(err)
	}
	m := must[Message](t, s, "sendMessage", fmt.Sprintf(`{"chat_id":%d,"message_thread_id":%d,"text":"Pier two"}`, chat.ID, thread))
	send := func(p Post) {
		p.From, p.Chat = 1001, chat.ID
		if _, err := s.Send(p); err != nil {
			t.Fatal(err)
		}
	}
	send(Post{Thread: thread, Text: "not for the bot"})
	send(Post{ReplyTo: m.ID, Quote: "two", Text: "since when?"})
	s.SetPrivacy(false)
	send(Post{Thread: thread, Text: "now it is"})
	updates := must[[]Update](t, s, "getUpdates", `{}`)
	if len(updates) != 3 { // the topic, the reply, the last
		t.Fatalf("%d updates", len(updates))
	}
	reply, last := updates[1].Message, updates[2].Message
	if reply.ReplyTo.ID != m.ID || reply.Thread != thread || reply.Quote.Position != 5 {
		t.Errorf("%+v", reply)
	}
	if last.Text != "now it is" || last.ReplyTo == nil || last.ReplyTo.TopicCreated == nil {
		t.Errorf("a message in a topic replies to the topic's first: %+v", last)
	}
}

func TestAwait(t *testing.T) {
	s := newServer(t)
	s.AddUser(User{ID: 1001, FirstName: "Ada"})
	s.Send(Post{From: 1001, Text: "hi"})
	go call(s, "sendMessage", `{"chat_id":1001,"text":"one"}`)
	go call(s, "sendMessage", `{"chat_id":1001,"text":"two <"}`)
	got, err := s.Await(t.Context(), 1001, 2)
	if err != nil || len(got) != 2 {
		t.Fatalf("%+v %v", got, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := s.Await(ctx, 1001, 3); err == nil || len(got) != 2 {
		t.Errorf("%+v %v", got, err)
	}
}

func TestControlSaysWhatIsNotPossible(t *testing.T) {
	control := newServer(t).Control()
	for _, c := range []struct{ name, args, want string }{
		{"send", `{"from": 5, "text": "x"}`, `{"error":"apiserver: not possible in this world: no chat 5"}`},
		{"chat", `{"type": "party"}`, `{"error":"apiserver: not possible in this world: a chat of type \"party\""}`},
		{"block", `{"who": 5}`, `{"error":"apiserver: json: unknown field \"who\""}`},
		{"press", `{"from": 5, "chat": 5}`, `{"error":"apiserver: not possible in this world: user 5 in chat 5"}`},
	} {
		w := httptest.NewRecorder()
		control.ServeHTTP(w, httptest.NewRequest("POST", "/"+c.name, strings.NewReader(c.args)))
		if w.Code != http.StatusBadRequest || w.Body.String() != c.want {
			t.Errorf("%s %s: %d %s", c.name, c.args, w.Code, w.Body)
		}
	}
}

func TestControlWaits(t *testing.T) {
	s := newServer(t)
	control := s.Control()
	stepWorld(t, control, "user", `{"id": 1001, "first_name": "Ada"}`)
	stepWorld(t, control, "send", `{"from": 1001, "text": "hi"}`)
	go call(s, "sendMessage", `{"chat_id":1001,"text":"hello"}`)
	w := httptest.NewRecorder()
	control.ServeHTTP(w, httptest.NewRequest("POST", "/await", strings.NewReader(`{"chat": 1001, "n": 1}`)))
	if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `"text":"hello"`) {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// TestSpecIsAReduction holds spec.json against what it was made from: nothing in
// it is of our own but what reduce.go says it adds.
func TestSpecIsAReduction(t *testing.T) {
	full := publishedSpec(t)
	ours := readSchema()
	known := map[string]field{}
	for name, m := range full.Methods {
		for _, f := range m.Fields {
			known[name+"."+f.Name] = f
		}
	}
	var added []string
	for name, m := range ours.Methods {
		for _, f := range m.Fields {
			if of := known[name+"."+f.Name]; !reflect.DeepEqual(of.Types, f.Types) || of.Required != f.Required {
				added = append(added, name+"."+f.Name)
			}
		}
	}
	slices.Sort(added)
	want := []string{"sendMessageDraft.can_stop", "sendMessageDraft.keep_on_stop",
		"sendRichMessageDraft.can_stop", "sendRichMessageDraft.keep_on_stop"}
	if !slices.Equal(added, want) {
		t.Errorf("not as published: %v, want %v", added, want)
	}
}
