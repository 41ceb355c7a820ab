package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus"
)

// hostileHouse is a data folder with the articles of all cases.
type hostileHouse struct {
	folder *folder
	cases  []hostileCase
}

// newHostileHouse adds the articles as a file, each with the text that is chosen
// for it.
func newHostileHouse(t *testing.T, cases []hostileCase, text func(hostileCase) string) hostileHouse {
	t.Helper()
	var records []map[string]string
	for _, c := range cases {
		records = append(records, map[string]string{"title": c.title, "source": c.outlet, "url": c.url,
			"published_at": c.published, "body": text(c)})
	}
	data, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	added := quietly(t, dir, "add", write(t, "hostile.json", string(data))).must(t)
	if !strings.Contains(added.out, fmt.Sprintf("%d new articles", len(cases))) {
		t.Fatal(added.out, added.err)
	}
	f, err := newFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	return hostileHouse{f, cases}
}

// openHouse is the house with everything that serves questions.
type openHouse struct {
	*app
	telegram *telegramtest.Server
	reader   apiserver.User
	own      map[string]bool // texts that the program says of its own anyway
	outlets  []string
	links    []string
	letters  []string // of each article's text
}

// open opens the house for a model server; "" is for none.
func (h hostileHouse) open(t *testing.T, server string) *openHouse {
	t.Helper()
	a, err := openApp(t.Context(), slog.New(slog.DiscardHandler), h.folder, settings{OpenaiBaseURL: server})
	if err != nil {
		t.Fatal(err)
	}
	articles, err := a.corpus.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	o := &openHouse{app: a, telegram: telegramtest.Start(t)}
	o.reader = o.telegram.Person("Ada")
	o.telegram.Says(apiserver.Post{From: o.reader.ID, Text: "/start"})
	for _, article := range articles {
		o.outlets = append(o.outlets, article.Outlet)
		o.links = append(o.links, article.URL, article.OutletURL)
		whole, err := a.corpus.Article(t.Context(), article.ID)
		if err != nil {
			t.Fatal(err)
		}
		o.letters = append(o.letters, letters(whole.Text))
	}
	return o
}

func (o *openHouse) close(t *testing.T) {
	t.Helper()
	if err := o.app.close(); err != nil {
		t.Error(err)
	}
}

func (o *openHouse) ask(t *testing.T, question string, turns []bot.Turn) bot.Answer {
	t.Helper()
	answerer, err := o.answerer(t.Context(), quiet(strings.NewReader("")))
	if err != nil {
		t.Fatal(err)
	}
	a, err := answerer.Answer(t.Context(), bot.Question{Text: question, Now: hostileNow, Turns: turns})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// systems returns the rules that a model gets for the questions about articles
// that are harmless.
func (h hostileHouse) systems(t *testing.T, model *obedient, cases []hostileCase) map[string][]string {
	t.Helper()
	a := h.open(t, model.URL+"/v1")
	defer a.close(t)
	all := map[string][]string{}
	for _, c := range cases {
		model.obey(c)
		a.ask(t, c.question, nil)
		all[c.name] = model.systems()
		model.check(t, a, c)
	}
	return all
}

// obedient is a model server that writes what the article orders, and remembers
// what it was asked.
type obedient struct {
	*httptest.Server
	mu      sync.Mutex
	current hostileCase
	asked   [][]obedientMessage
}

type obedientMessage struct{ Role, Content string }

func newObedient(t *testing.T) *obedient {
	t.Helper()
	o := &obedient{}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/models":
			io.WriteString(w, `{"object":"list","data":[{"id":"obedient","object":"model"}]}`)
		case "/v1/chat/completions":
			o.complete(t, w, r)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(o.Close)
	return o
}

func (o *obedient) complete(t *testing.T, w http.ResponseWriter, r *http.Request) {
	var request struct{ Messages []obedientMessage }
	if err := json.NewDecoder(r.Body).Decode(&request); err != nil {
		t.Error(err)
	}
	o.mu.Lock()
	o.asked = append(o.asked, request.Messages)
	text, err := json.Marshal(o.current.obeys)
	o.mu.Unlock()
	if err != nil {
		t.Error(err)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s},\"finish_reason\":null}]}\n\n", text)
	io.WriteString(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
}

// obey makes it obey the article of a case from now on.
func (o *obedient) obey(c hostileCase) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.current, o.asked = c, nil
}

// systems returns the rules of what it was asked for the case so far.
func (o *obedient) systems() (all []string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, messages := range o.asked {
		all = append(all, messages[0].Content)
	}
	return all
}

// check checks the structure of all that it was asked for the case.
func (o *obedient) check(t *testing.T, a *openHouse, c hostileCase) {
	t.Helper()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.asked) == 0 {
		t.Errorf("%s: the model was not asked", c.name)
	}
	for _, messages := range o.asked {
		if len(messages) != 2 || messages[0].Role != "system" || messages[1].Role != "user" {
			t.Fatalf("%s: messages %+v", c.name, messages)
		}
		a.checkPrompt(t, c, messages[1].Content)
	}
}
