package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus"
	"newsdesk/corpus/sample"
)

// The built binary with aimock (the npm package @copilotkit/aimock) as the model
// server, for chat and for embeddings. The vectors that it makes up mean
// nothing, so it is the words that find the passages, and the vectors only have
// to do no harm.

// injuredQuestion is what is asked in all cases.
const injuredQuestion = "How many people were injured on the ferry?"

func TestAimock(t *testing.T) {
	d := newAimockDesk(t)
	prompt := d.prompt(t)
	for _, c := range aimockCases(t, "asked.txtar") {
		t.Run(c.name, func(t *testing.T) {
			mock := startAimock(t, numbered(t, c.fixtures, prompt), 0)
			got := d.ask(t, mock.url)
			d.checkAsked(t, got, c.want)
			if n := len(mock.prompts(t)); c.want.asked > 0 && n != c.want.asked {
				t.Errorf("the server was asked %d times for text, want %d", n, c.want.asked)
			}
		})
	}
	t.Run("the server is down", func(t *testing.T) {
		got := d.ask(t, "http://"+closedPort(t)+"/v1")
		d.checkAsked(t, got, aimockWant{model: "built-in", says: []string{"injured"}, notes: []string{"built-in generator"}})
	})
}

func TestAimockServe(t *testing.T) {
	d := newAimockDesk(t)
	prompt := d.prompt(t)
	cases := aimockCases(t, "served.txtar")
	mock := startAimock(t, numbered(t, cases[0].fixtures, prompt), 0)
	telegram := telegramtest.Start(t)
	ada := telegram.Person("Ada")
	d.serve(t, mock.url, telegram.URL)
	for i, c := range cases {
		switch c.name {
		case "the server is down":
			mock.stop()
		case "the server is back":
			startAimock(t, numbered(t, cases[0].fixtures, prompt), mock.port(t))
		}
		telegram.Says(apiserver.Post{From: ada.ID, Text: injuredQuestion})
		d.checkServed(t, c, telegram.Sees(ada.ID, i+1)[i])
	}
}

// TestStreamEndsWithoutFinish has a server of its own: aimock can cut a
// connection, but not end a stream in good order before its finish_reason, as
// proxies do.
func TestStreamEndsWithoutFinish(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/models":
			io.WriteString(w, `{"object":"list","data":[{"id":"tiny-chat","object":"model"}]}`)
		case "/v1/chat/completions":
			w.Header().Set("Content-Type", "text/event-stream")
			io.WriteString(w, `data: {"choices":[{"index":0,"delta":{"content":"The bow was crushed over a length of four metres."}}]}`+"\n\ndata: [DONE]\n\n")
		default:
			http.NotFound(w, r)
		}
	}))
	defer server.Close()
	data := t.TempDir()
	in := func(args ...string) []byte {
		var out, log bytes.Buffer
		s := &streams{In: strings.NewReader(""), Out: &out, Err: &log}
		environ := []string{"NEWSDESK_DATA=" + data, "OPENAI_BASE_URL=" + server.URL + "/v1", "HOME=" + data}
		if code := run(t.Context(), args, environ, s); code != exitDone {
			t.Fatalf("%v: exit code %d\n%s", args, code, &log)
		}
		return out.Bytes()
	}
	file, articles := sampleFile(t)
	in("add", file)
	d := &aimockDesk{articles: articles}
	d.checkAsked(t, parseAnswer(t, in("ask", "--json", injuredQuestion)), aimockWant{
		model: "built-in", says: []string{"injured"},
		never: []string{"The bow was crushed"}, notes: []string{"built-in generator"},
	})
}

// aimockCase is one case of a file; fixtures are empty in those of served.txtar
// but the first.
type aimockCase struct {
	name     string
	fixtures string
	want     aimockWant
}

type aimockWant struct {
	model                      string
	asked                      int
	says, never, quotes, notes []string
}

func aimockCases(t *testing.T, name string) []aimockCase {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "aimock", name))
	if err != nil {
		t.Fatal(err)
	}
	var cases []aimockCase
	var fixtures string
	for _, f := range archive.Files {
		if strings.HasSuffix(f.Name, "fixtures") {
			fixtures = string(f.Data)
			continue
		}
		of, ok := strings.CutSuffix(f.Name, "/want")
		if !ok {
			t.Fatalf("%s: %q is neither fixtures nor want", name, f.Name)
		}
		cases = append(cases, aimockCase{of, fixtures, parseAimockWant(t, string(f.Data))})
	}
	if len(cases) < 6 {
		t.Fatalf("%s: only %d cases", name, len(cases))
	}
	return cases
}

func parseAimockWant(t *testing.T, text string) (w aimockWant) {
	t.Helper()
	for line := range strings.Lines(text) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		var err error
		switch key {
		case "model":
			w.model = value
		case "asked":
			w.asked, err = strconv.Atoi(value)
		case "says":
			w.says = append(w.says, value)
		case "never":
			w.never = append(w.never, value)
		case "quotes":
			w.quotes = append(w.quotes, value)
		case "notes":
			w.notes = append(w.notes, value)
		default:
			err = errors.New("unknown key")
		}
		if err != nil {
			t.Fatalf("%q: %v", line, err)
		}
	}
	return w
}

// aimockDesk is the binary with a data folder that holds the sample articles.
type aimockDesk struct {
	binary, data string
	articles     []corpus.Article
}

// newAimockDesk builds the binary and adds the articles, embedded by aimock. It
// skips the test where there is no aimock.
func newAimockDesk(t *testing.T) *aimockDesk {
	t.Helper()
	mock := startAimock(t, `{"fixtures": []}`, 0)
	d := &aimockDesk{binary: buildForAimock(t), data: t.TempDir()}
	file, articles := sampleFile(t)
	d.articles = articles
	out, log, code := d.run(t, mock.url, "add", file)
	if code != exitDone || !strings.Contains(out, "23 new articles") {
		t.Fatalf("add: exit code %d\n%s%s", code, out, log)
	}
	if n := len(mock.journal(t, "/v1/embeddings")); n == 0 {
		t.Fatal("the server was not asked for vectors")
	}
	return d
}

func buildForAimock(t *testing.T) string {
	t.Helper()
	binary := filepath.Join(t.TempDir(), "newsdesk")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("go build: %v\n%s", err, out)
	}
	return binary
}

// sampleFile writes the sample articles as a MultiHop-RAG file.
func sampleFile(t *testing.T) (path string, articles []corpus.Article) {
	t.Helper()
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	var records []map[string]string
	for _, a := range articles {
		records = append(records, map[string]string{
			"title": a.Title, "author": a.Author, "source": a.Outlet, "category": a.Category, "url": a.URL,
			"published_at": a.Published.Format(time.RFC3339), "body": a.Text,
		})
	}
	data, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), "sample.json")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path, articles
}

func (d *aimockDesk) command(base string, args ...string) *exec.Cmd {
	cmd := exec.Command(d.binary, args...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + d.data, "NEWSDESK_DATA=" + filepath.Join(d.data, "newsdesk"), "OPENAI_BASE_URL=" + base}
	return cmd
}

func (d *aimockDesk) run(t *testing.T, base string, args ...string) (out, log string, code int) {
	t.Helper()
	cmd := d.command(base, args...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stdout.String(), stderr.String(), cmd.ProcessState.ExitCode()
}

// ask asks with the binary and returns the object that it prints.
func (d *aimockDesk) ask(t *testing.T, base string) answerJSON {
	t.Helper()
	out, log, code := d.run(t, base, "ask", "--json", "--now", "2026-03-14", injuredQuestion)
	if code != exitDone {
		t.Fatalf("ask: exit code %d\n%s%s", code, out, log)
	}
	return parseAnswer(t, []byte(out))
}

func parseAnswer(t *testing.T, data []byte) (a answerJSON) {
	t.Helper()
	if err := json.Unmarshal(data, &a); err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return a
}

// prompt returns what the model is told for the question.
func (d *aimockDesk) prompt(t *testing.T) string {
	t.Helper()
	mock := startAimock(t, `{"fixtures": []}`, 0)
	d.ask(t, mock.url)
	prompts := mock.prompts(t)
	if len(prompts) != 1 {
		t.Fatalf("%d prompts, want 1", len(prompts))
	}
	return prompts[0]
}

// serve runs the bot until the test ends.
func (d *aimockDesk) serve(t *testing.T, base, telegram string) {
	t.Helper()
	cmd := d.command(base, "serve", "--open", "--telegram-api-url", telegram)
	cmd.Env = append(cmd.Env, envTelegramToken+"="+telegramtest.Token)
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(cmd.Process.Signal(syscall.SIGTERM), cmd.Wait()); err != nil {
			t.Errorf("serve: %v", err)
		}
		if t.Failed() {
			t.Logf("serve says:\n%s", &log)
		}
	})
}

// checkAsked checks what holds in all cases, and the case's own.
func (d *aimockDesk) checkAsked(t *testing.T, got answerJSON, want aimockWant) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("the answer is %+v", got)
		}
	}()
	d.checkCited(t, got)
	if want.model != "" && got.Model != want.model {
		t.Errorf("model %q, want %q", got.Model, want.model)
	}
	var said, quoted []string
	for _, s := range got.Sentences {
		said = append(said, s.Text)
	}
	for _, s := range got.Sources {
		quoted = append(quoted, s.Quote)
	}
	all := slices.Concat(said, quoted, got.Notes)
	wantIn(t, "sentences", said, want.says)
	wantIn(t, "quotes", quoted, want.quotes)
	wantIn(t, "notes", got.Notes, want.notes)
	for _, w := range want.never {
		if strings.Contains(strings.Join(all, "\n"), w) {
			t.Errorf("%q reached the person", w)
		}
	}
	if len(want.notes) == 0 && len(got.Notes) > 0 {
		t.Errorf("notes %q, want none", got.Notes)
	}
}

func wantIn(t *testing.T, what string, texts, wanted []string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(strings.Join(texts, "\n"), w) {
			t.Errorf("%q is not in the %s %q", w, what, texts)
		}
	}
}

// checkCited checks that an answer was found, that each of its sentences is
// cited, and that each quote stands in the article that it names.
func (d *aimockDesk) checkCited(t *testing.T, got answerJSON) {
	t.Helper()
	if !got.Found || len(got.Sentences) == 0 {
		t.Error("no answer")
	}
	numbers := map[int]bool{}
	for _, s := range got.Sources {
		numbers[s.N] = true
		stands := slices.ContainsFunc(d.articles, func(a corpus.Article) bool {
			return a.Outlet == s.Outlet && a.Title == s.Title && a.URL == s.URL && s.Quote != "" && strings.Contains(a.Text, s.Quote)
		})
		if !stands {
			t.Errorf("source %+v is no quote of an article", s)
		}
	}
	for _, s := range got.Sentences {
		missing := func(n int) bool { return !numbers[n] }
		if len(s.Citations) == 0 || slices.ContainsFunc(s.Citations, missing) {
			t.Errorf("%q cites %v of %d sources", s.Text, s.Citations, len(got.Sources))
		}
	}
}

// checkServed checks a message of the bot.
func (d *aimockDesk) checkServed(t *testing.T, c aimockCase, m apiserver.Message) {
	t.Helper()
	for _, w := range c.want.says {
		if !strings.Contains(m.Text, w) {
			t.Errorf("%s: %q is not in %q", c.name, w, m.Text)
		}
	}
	for _, w := range c.want.never {
		if strings.Contains(m.Text, w) {
			t.Errorf("%s: %q reached the person in %q", c.name, w, m.Text)
		}
	}
	if len(m.Links()) == 0 || !strings.Contains(m.Text, "[1]") {
		t.Errorf("%s: not cited: %q", c.name, m.Text)
	}
	for _, link := range m.Links() {
		if !slices.ContainsFunc(d.articles, func(a corpus.Article) bool { return a.URL == link }) {
			t.Errorf("%s: %s is no article", c.name, link)
		}
	}
}

// aimock is a running aimock.
type aimock struct {
	url  string // with /v1
	stop func()
}

// aimockProgram returns how aimock is started. It skips the test where there is
// none, unless NEWSDESK_REQUIRE says that there must be.
func aimockProgram(t *testing.T) []string {
	t.Helper()
	path := os.Getenv("NEWSDESK_AIMOCK")
	if path == "" {
		path, _ = exec.LookPath("aimock")
	}
	switch {
	case path != "" && strings.HasSuffix(path, "js"):
		return []string{"node", path}
	case path != "":
		return []string{path}
	case slices.Contains(strings.Split(os.Getenv("NEWSDESK_REQUIRE"), ","), "aimock"):
		t.Fatal("NEWSDESK_REQUIRE wants aimock, and it is neither named by NEWSDESK_AIMOCK nor in the PATH")
	}
	t.Skip("needs aimock (npm install @copilotkit/aimock): name it by NEWSDESK_AIMOCK or put it in the PATH")
	return nil
}

// startAimock runs aimock with fixtures until the test ends or it is stopped;
// port 0 is a free one.
func startAimock(t *testing.T, fixtures string, port int) *aimock {
	t.Helper()
	program := aimockProgram(t)
	dir := t.TempDir()
	files := map[string]string{
		"fixtures.json": fixtures,
		"aimock.json":   fmt.Sprintf(`{"llm": {"fixtures": %q, "logLevel": "silent"}}`, filepath.Join(dir, "fixtures.json")),
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(program[0], append(program[1:], "--config", filepath.Join(dir, "aimock.json"), "--port", strconv.Itoa(port))...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	m := &aimock{stop: func() {
		cmd.Process.Kill()
		cmd.Wait()
	}}
	t.Cleanup(m.stop)
	m.url = listening(t, out) + "/v1"
	return m
}

// listening waits until aimock says where it listens, and goes on reading what
// it says.
func listening(t *testing.T, out io.Reader) string {
	t.Helper()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, address, ok := strings.Cut(lines.Text(), "listening on "); ok {
			go io.Copy(io.Discard, out)
			return strings.TrimSpace(address)
		}
	}
	t.Fatalf("aimock ended without listening: %v", lines.Err())
	return ""
}

func (m *aimock) port(t *testing.T) int {
	t.Helper()
	u, err := url.Parse(m.url)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(u.Port())
	if err != nil {
		t.Fatal(err)
	}
	return port
}

// aimockRequest is a request in aimock's journal.
type aimockRequest struct {
	Body struct {
		Messages []struct{ Role, Content string }
	}
}

func (m *aimock) journal(t *testing.T, path string) (requests []aimockRequest) {
	t.Helper()
	resp, err := http.Get(strings.TrimSuffix(m.url, "/v1") + "/__aimock/journal?path=" + path)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&requests); err != nil {
		t.Fatal(err)
	}
	return requests
}

// prompts returns the last message of each request for text.
func (m *aimock) prompts(t *testing.T) (prompts []string) {
	t.Helper()
	for _, r := range m.journal(t, "/v1/chat/completions") {
		if len(r.Body.Messages) == 0 {
			t.Fatal("a request without messages")
		}
		prompts = append(prompts, r.Body.Messages[len(r.Body.Messages)-1].Content)
	}
	return prompts
}

var (
	passageMark  = regexp.MustCompile(`\[of ([^\]]+)\]`)
	passageFence = regexp.MustCompile(`(?s)<passage n="(\d+)"[^>]*>(.*?)</passage>`)
)

// numbered puts the numbers of the prompt's passages into fixtures.
func numbered(t *testing.T, fixtures, prompt string) string {
	t.Helper()
	passages := passageFence.FindAllStringSubmatch(prompt, -1)
	return passageMark.ReplaceAllStringFunc(fixtures, func(mark string) string {
		words := passageMark.FindStringSubmatch(mark)[1]
		i := slices.IndexFunc(passages, func(p []string) bool { return strings.Contains(p[2], words) })
		if i < 0 {
			t.Fatalf("no passage of the prompt holds %q", words)
		}
		return "[" + passages[i][1] + "]"
	})
}

// closedPort returns an address at which nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
