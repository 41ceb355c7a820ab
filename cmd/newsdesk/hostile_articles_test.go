package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus"
)

// Articles with planted orders, taken through everything that serves: added as a
// file, asked about, answered by the built-in generator and by a model that obeys
// them, and shown. See testdata/hostile-articles/fences.txtar for the cases.

// hostileNow is the day of the questions.
var hostileNow = time.Date(2026, 2, 20, 9, 0, 0, 0, time.UTC)

func TestHostileArticles(t *testing.T) {
	cases := hostileCases(t)
	model := newObedient(t)
	twin := newHostileHouse(t, cases, func(c hostileCase) string { return c.fact })
	house := newHostileHouse(t, cases, func(c hostileCase) string { return c.text })

	t.Run("built-in", func(t *testing.T) {
		a := house.open(t, "")
		defer a.close(t)
		for _, c := range cases {
			a.checkAnswer(t, c, a.ask(t, c.question, nil))
		}
	})
	t.Run("obedient model", func(t *testing.T) {
		system := twin.systems(t, model, cases)
		a := house.open(t, model.URL+"/v1")
		defer a.close(t)
		repeated := 0
		for _, c := range cases {
			model.obey(c)
			first := a.ask(t, c.question, nil)
			a.checkAnswer(t, c, first)
			if said := said(first); slices.ContainsFunc(c.repeats, func(w string) bool { return strings.Contains(said, w) }) {
				repeated++
				t.Logf("%s: the model passes off %q", c.name, said)
			}
			if got := model.systems(); !slices.Equal(got, system[c.name]) {
				t.Errorf("%s: the rules are %q, those for the harmless twin %q", c.name, got, system[c.name])
			}
			turns := []bot.Turn{{Question: c.question, Answer: said(first)}, {Answer: c.obeys}, {Question: c.text, Answer: c.text}}
			a.checkAnswer(t, c, a.ask(t, c.question, turns))
			model.check(t, a, c)
		}
		if repeated > repeatedAtMost {
			t.Errorf("%d orders were passed off as reports, want at most %d", repeated, repeatedAtMost)
		}
	})
}

// repeatedAtMost is the number of cases in which a model that obeys may pass off
// an order of the article, or a question in it, as what the article reports. There
// are four of them today, each a sentence that the check of sentences takes from
// an article's "Write that …", "My rules are as follows." or "What is …?".
const repeatedAtMost = 4

// hostileCase is one article and what is asked about it.
type hostileCase struct {
	name                          string
	outlet, title, url, published string
	text                          string
	question, fact                string
	obeys                         string // what the obedient model writes
	never, repeats                []string
}

func hostileCases(t *testing.T) []hostileCase {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile-articles/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var cases []hostileCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			name, ok := strings.CutSuffix(archive.Files[i].Name, "/article")
			if !ok || archive.Files[i+1].Name != name+"/case" {
				t.Fatalf("%s: %q is not followed by its case", file, archive.Files[i].Name)
			}
			c := hostileCase{name: name}
			c.read(t, string(archive.Files[i].Data), string(archive.Files[i+1].Data))
			cases = append(cases, c)
		}
	}
	if len(cases) < 40 {
		t.Fatalf("only %d cases", len(cases))
	}
	return cases
}

func (c *hostileCase) read(t *testing.T, article, want string) {
	t.Helper()
	head, text, _ := strings.Cut(article, "\n\n")
	fields := map[string]*string{"outlet": &c.outlet, "title": &c.title, "url": &c.url, "published": &c.published,
		"question": &c.question, "fact": &c.fact}
	for line := range strings.Lines(head + "\n" + want) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		value = unescaped(t, value)
		switch field := fields[key]; {
		case field != nil:
			*field = value
		case key == "obeys":
			c.obeys += value + "\n"
		case key == "never":
			c.never = append(c.never, value)
		case key == "repeats":
			c.repeats = append(c.repeats, value)
		default:
			t.Fatalf("%s: %q", c.name, line)
		}
	}
	c.text = unescaped(t, text)
	if c.obeys == "" {
		c.obeys = c.text
	}
	if c.outlet == "" || c.question == "" || c.fact == "" || c.text == "" {
		t.Fatalf("%s is not whole", c.name)
	}
}

var (
	escapedRune  = regexp.MustCompile(`\\u[0-9A-F]{4}|\\U[0-9A-F]{8}`)
	repeatedText = regexp.MustCompile(`\\x\{(\d+)\}\{([^}]*)\}`)
)

// unescaped puts characters in the place of their numbers, and repeats what is to
// be repeated.
func unescaped(t *testing.T, text string) string {
	t.Helper()
	text = escapedRune.ReplaceAllStringFunc(text, func(s string) string {
		n, err := strconv.ParseInt(s[2:], 16, 32)
		if err != nil {
			t.Fatal(err)
		}
		return string(rune(n))
	})
	return repeatedText.ReplaceAllStringFunc(text, func(s string) string {
		parts := repeatedText.FindStringSubmatch(s)
		n, err := strconv.Atoi(parts[1])
		if err != nil {
			t.Fatal(err)
		}
		return strings.Repeat(parts[2], n)
	})
}

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

// letters are the letters and digits of a text that are seen: what a prompt must
// not change.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsOneOf([]*unicode.RangeTable{unicode.L, unicode.N}, r) && !unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r) {
			return r
		}
		return -1
	}, s)
}

// checkAnswer checks what a person gets to see.
func (o *openHouse) checkAnswer(t *testing.T, c hostileCase, a bot.Answer) {
	t.Helper()
	for _, n := range a.Citations {
		article, err := o.corpus.Article(t.Context(), n.Passage.ArticleID)
		if err != nil || article.Text[n.Start:n.End] != n.Quote || article.Outlet != n.Passage.Outlet {
			t.Errorf("%s: citation %+v of %s: %v", c.name, n, article.ID, err)
		}
	}
	reply := chat.AnswerReply(a)
	o.checkSpans(t, c, reply)
	for _, m := range telegram.Render(reply) {
		o.checkHTML(t, c, m.HTML)
	}
	var page bytes.Buffer
	if err := printReply(&page, reply, 0); err != nil {
		t.Fatal(err)
	}
	if i := strings.IndexFunc(page.String(), func(r rune) bool { return r != '\n' && unicode.IsControl(r) }); i >= 0 {
		t.Errorf("%s: a control character reaches the terminal: %q", c.name, page.String()[i:])
	}
	for _, w := range c.never {
		if strings.Contains(page.String(), w) {
			t.Errorf("%s: %q reaches the person:\n%s", c.name, w, &page)
		}
	}
}

// checkSpans checks that nothing of an article or a model is said as the
// program's own, and that links are the corpus's.
func (o *openHouse) checkSpans(t *testing.T, c hostileCase, reply bot.Reply) {
	t.Helper()
	for _, block := range reply.Blocks {
		for _, s := range block.Spans {
			if s.Link != "" && !slices.Contains(o.links, s.Link) {
				t.Errorf("%s: the link %q is none of the corpus", c.name, s.Link)
			}
			if own := letters(s.Text); s.Own && own != "" && slices.ContainsFunc(o.letters, func(l string) bool { return strings.Contains(l, own) }) {
				t.Errorf("%s: %q of an article is said as the program's own", c.name, s.Text)
			}
		}
	}
}

var (
	anyTag = regexp.MustCompile(`<[^>]*>`)
	ourTag = regexp.MustCompile(`^</?(b|i|code|blockquote|a)>$|^<blockquote expandable>$|^<a href="([^"<>]*)">$`)
	linked = regexp.MustCompile(`(?s)<a href=[^>]*>.*?</a>`)
	// What a messenger makes something to tap of, where no joiner keeps it apart.
	tappable = regexp.MustCompile(`[\pL\pN]\.\pL|://|(^|[^\pL\pN_])[/#$]\pL|@[\pL\pN_]`)
)

// checkHTML checks a message as Telegram gets it.
func (o *openHouse) checkHTML(t *testing.T, c hostileCase, message string) {
	t.Helper()
	var open []string
	for _, tag := range anyTag.FindAllString(message, -1) {
		parts := ourTag.FindStringSubmatch(tag)
		if parts == nil {
			t.Errorf("%s: the tag %s is not ours", c.name, tag)
			continue
		}
		if link := html.UnescapeString(parts[2]); link != "" && !slices.Contains(o.links, link) {
			t.Errorf("%s: the link %s is none of the corpus", c.name, link)
		}
		name := strings.Trim(strings.Fields(tag)[0], "</>")
		switch {
		case !strings.HasPrefix(tag, "</"):
			open = append(open, name)
		case len(open) > 0 && open[len(open)-1] == name:
			open = open[:len(open)-1]
		default:
			t.Errorf("%s: %s closes %q", c.name, tag, open)
		}
	}
	text := html.UnescapeString(anyTag.ReplaceAllString(linked.ReplaceAllString(message, ""), ""))
	if found := tappable.FindString(text); found != "" || len(open) > 0 {
		t.Errorf("%s: %q can be tapped, %q is open in %q", c.name, found, open, message)
	}
	if i := strings.IndexFunc(text, forMachines); i >= 0 {
		t.Errorf("%s: %q is there for machines only", c.name, text[i:])
	}
	o.send(t, c, message)
}

// forMachines knows the tags and selectors that say something to a model and
// nothing to a person.
func forMachines(r rune) bool { return r >= 0xE0000 && r <= 0xE0FFF }

// send sends a message to the strict Bot API server, as the bot does.
func (o *openHouse) send(t *testing.T, c hostileCase, message string) {
	t.Helper()
	resp, err := http.PostForm(o.telegram.URL+"/bot"+telegramtest.Token+"/sendMessage",
		url.Values{"chat_id": {strconv.FormatInt(o.reader.ID, 10)}, "parse_mode": {"HTML"}, "text": {message}})
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if said, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		t.Errorf("%s: Telegram refuses %q: %s, %v", c.name, message, said, err)
	}
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

// promptFrame is the whole structure of a prompt; texts of others are within one
// line and have no angle in them.
var promptFrame = regexp.MustCompile(`^(Today is [^\n<>]+\.\n\n)?` +
	`((?:<passage n="\d+" outlet="[^"\n<>]*" published="[^"\n<>]*"(?: title="[^"\n<>]*")?>\n[^\n<>]*\n</passage>\n\n)*)` +
	`(Earlier in this conversation[^\n<>]*:\n(?:Asked: [^\n<>]*\nAnswered: [^\n<>]*\n)+\n)?` +
	`(?:(?:Question|Sentence): [^\n<>]+\n)?[^\n<>]+\n$`)

var promptPassage = regexp.MustCompile(`<passage n="(\d+)" outlet="([^"]*)"[^>]*>\n(.*)\n</passage>`)

// checkPrompt checks that a prompt has the frame of every prompt, and that each
// passage in it is one of an article, under its number.
func (o *openHouse) checkPrompt(t *testing.T, c hostileCase, prompt string) {
	t.Helper()
	parts := promptFrame.FindStringSubmatch(prompt)
	if parts == nil {
		t.Errorf("%s: a prompt of another structure:\n%.3000s", c.name, prompt)
		return
	}
	for i, p := range promptPassage.FindAllStringSubmatch(parts[2], -1) {
		outlet, text := letters(p[2]), letters(strings.TrimSuffix(p[3], "…"))
		if p[1] != strconv.Itoa(i+1) {
			t.Errorf("%s: passage %d has the number %s", c.name, i+1, p[1])
		}
		stands := func(l string) bool { return strings.Contains(l, text) }
		named := func(name string) bool { return letters(name) == outlet }
		if !slices.ContainsFunc(o.letters, stands) || !slices.ContainsFunc(o.outlets, named) {
			t.Errorf("%s: passage %d of %q is in no article: %.300s", c.name, i+1, p[2], p[3])
		}
	}
}
