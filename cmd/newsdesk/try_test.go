package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

// tried is a "newsdesk try" that runs.
type tried struct {
	// page and api are addresses; api is with the token, empty without --api.
	page, api string
	// end stops it and returns its exit code.
	end func() int
}

var tryAddresses = regexp.MustCompile(`Open (http://\S+/) in|Bot API is at (http://\S+), the token is (\S+)`)

// tryOut runs "newsdesk try" in this process until the test ends or end is
// called.
func tryOut(t *testing.T, environ []string, args ...string) tried {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	var log bytes.Buffer
	code := make(chan int, 1)
	go func() {
		c := run(ctx, append([]string{"try", "--listen", "127.0.0.1:0"}, args...), append(environ, "HOME="+t.TempDir()), &streams{In: strings.NewReader(""), Out: in, Err: &log})
		in.CloseWithError(fmt.Errorf("try ended with %d: %s", c, &log))
		code <- c
	}()
	r := tried{end: func() int { cancel(); c := <-code; code <- c; return c }}
	t.Cleanup(func() { r.end() })
	lines := bufio.NewScanner(out)
	for lines.Scan() && !strings.Contains(lines.Text(), "Ctrl-C") {
		if m := tryAddresses.FindStringSubmatch(lines.Text()); m != nil {
			r.page += m[1]
			if m[2] != "" {
				r.api = m[2] + "/bot" + m[3]
			}
		}
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, out)
	return r
}

// act has a person do something on the page.
func (r tried) act(t *testing.T, name, args string) {
	t.Helper()
	resp, err := http.Post(r.page+"act/"+name, "application/json", strings.NewReader(args))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if body, err := io.ReadAll(resp.Body); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("%s %s: %s %v", name, args, body, err)
	}
}

// sees reads what the page is told until a message of the bot fits.
func (r tried) sees(t *testing.T, fits func(m apiserver.Message) bool) apiserver.Message {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, "GET", r.page+"events", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		data, ok := strings.CutPrefix(lines.Text(), "data: ")
		var v apiserver.View
		if !ok || json.Unmarshal([]byte(data), &v) != nil {
			continue
		}
		for _, c := range v.Chats {
			i := slices.IndexFunc(c.Changed, func(m apiserver.Message) bool { return m.From != nil && m.From.IsBot && fits(m) })
			if i >= 0 {
				return c.Changed[i]
			}
		}
	}
	t.Fatalf("the page did not see it: %v", lines.Err())
	return apiserver.Message{}
}

func TestTry(t *testing.T) {
	r := tryOut(t, nil)
	r.act(t, "send", `{"from": 1001, "text": "How many passengers were on the Lady Maren?"}`)
	m := r.sees(t, func(m apiserver.Message) bool { return strings.Contains(m.Plain(), "212 passengers") })
	if m.Chat.ID != 1001 || len(m.Links()) == 0 {
		t.Errorf("%+v", m)
	}
	r.act(t, "send", `{"from": 1002, "chat": -1002001, "thread": 1, "text": "@newsdesk_bot How many people were injured on the ferry?"}`)
	m = r.sees(t, func(m apiserver.Message) bool { return m.Chat.ID == -1002001 && strings.Contains(m.Plain(), "injured") })
	if m.Thread != 1 {
		t.Errorf("answered in topic %d", m.Thread)
	}
	if code := r.end(); code != exitDone {
		t.Errorf("ended with %d", code)
	}
	if _, err := http.Get(r.page); err == nil {
		t.Error("the page is still served")
	}
}

// TestTryOwnArticles tries with the articles of a folder and leaves the folder as
// it was: what its own bot has to send must not end in a pretended Telegram.
func TestTryOwnArticles(t *testing.T) {
	data := filepath.Join(t.TempDir(), "data")
	environ := []string{envData + "=" + data, "HOME=" + t.TempDir()}
	in := func(args ...string) int {
		return run(t.Context(), args, environ, &streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard})
	}
	if code := in("add", sampleRecords(t)); code != exitDone {
		t.Fatalf("add: %d", code)
	}
	r := tryOut(t, environ)
	r.act(t, "send", `{"from": 1001, "text": "How many passengers were on the Lady Maren?"}`)
	r.sees(t, func(m apiserver.Message) bool { return strings.Contains(m.Plain(), "212 passengers") })
	if code := r.end(); code != exitDone {
		t.Errorf("ended with %d", code)
	}
	f, err := newFolder(data)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.hold(t.Context(), func() {}); err != nil {
		t.Fatal(err)
	}
	defer f.release()
	a, err := openApp(t.Context(), slog.New(slog.DiscardHandler), f, settings{})
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	var n int
	err = a.db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM sqlite_master WHERE name = 'telegram_updates'`).Scan(&n)
	})
	if err != nil || n != 0 {
		t.Errorf("the folder has seen a bot: %d %v", n, err)
	}
}

func TestTrySaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		args, environ []string
		want          string
	}{
		{[]string{"--listen", "256.0.0.1:1"}, nil, "choose another address with --listen"},
		{[]string{"--listen", "127.0.0.1:0", "--api", "nowhere"}, nil, "choose another address with --api"},
		{[]string{"--listen", "127.0.0.1:0"}, []string{envData + "=" + t.TempDir()}, "there are no articles in"},
	} {
		var log bytes.Buffer
		code := run(t.Context(), append([]string{"try"}, c.args...), append(c.environ, "HOME="+t.TempDir()), &streams{In: strings.NewReader(""), Out: io.Discard, Err: &log})
		if code != exitFailed || !strings.Contains(log.String(), c.want) {
			t.Errorf("%v: %d %s, want %s", c.args, code, &log, c.want)
		}
	}
}

// TestTryAlone is the Bot API and the page without a bot: whoever calls it is the
// bot.
func TestTryAlone(t *testing.T) {
	r := tryOut(t, nil, "--api", "127.0.0.1:0")
	r.act(t, "send", `{"from": 1001, "text": "Is anybody there?"}`)
	resp, err := http.Post(r.api+"/sendMessage", "application/json", strings.NewReader(`{"chat_id": 1001, "text": "Me"}`))
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	r.sees(t, func(m apiserver.Message) bool { return m.Text == "Me" })
}

// shotsVariable names a folder that gets pictures of the page, for eyes.
const shotsVariable = "NEWSDESK_SHOTS"

// TestTryInBrowser plays testdata/clients/page.cjs in Chromium: first with a bot
// that shows everything that the page can show, then with the real one.
func TestTryInBrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser takes its time")
	}
	folder, browser := clientsFolder(t), chromium(t)
	slow, ended := endlessModel(t)
	for name, c := range map[string]struct {
		args, environ []string
		least         int
	}{
		"scene": {[]string{"--api", "127.0.0.1:0"}, nil, 18},
		"bot":   {nil, nil, 7},
		"slow":  {nil, []string{"OPENAI_BASE_URL=" + slow}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			r := tryOut(t, c.environ, c.args...)
			ctx, cancel := context.WithTimeout(t.Context(), 4*time.Minute)
			defer cancel()
			cmd := exec.CommandContext(ctx, "node", filepath.Join("testdata", "clients", "page.cjs"))
			cmd.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(folder, "node_modules"), "CHROMIUM="+browser,
				"MODE="+name, "PAGE="+r.page, "API="+r.api, "SHOTS="+shots(t))
			out, err := cmd.CombinedOutput()
			if n := strings.Count("\n"+string(out), "\nok "); err != nil || n < c.least {
				t.Errorf("%d checks, want %d: %v\n%s", n, c.least, err, out)
			}
			if name == "slow" && ended.Load() < 2 {
				t.Errorf("%d of 2 model calls were ended", ended.Load())
			}
		})
	}
}

// endlessModel is a model server that begins an answer and does not end it. It
// says how many answers were given up by who asked.
func endlessModel(t *testing.T) (address string, ended *atomic.Int32) {
	t.Helper()
	ended = new(atomic.Int32)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/v1/models":
			io.WriteString(w, `{"object":"list","data":[{"id":"tiny-chat","object":"model"}]}`)
		case "/v1/chat/completions":
			io.Copy(io.Discard, r.Body) // net/http notices who is gone once it was read
			w.Header().Set("Content-Type", "text/event-stream")
			io.WriteString(w, `data: {"choices":[{"index":0,"delta":{"content":"Forty"}}]}`+"\n\n")
			http.NewResponseController(w).Flush()
			<-r.Context().Done()
			ended.Add(1)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	return server.URL + "/v1", ended
}

// shots returns the folder for pictures: that which is named, or one that is gone
// after the test.
func shots(t *testing.T) string {
	t.Helper()
	dir := os.Getenv(shotsVariable)
	if dir == "" {
		dir = t.TempDir()
	}
	return dir
}

// chromium returns the program, as Debian calls it. It skips the test where there
// is none, unless NEWSDESK_REQUIRE says that there must be.
func chromium(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("chromium")
	switch {
	case err == nil:
		return path
	case slices.Contains(strings.Split(os.Getenv("NEWSDESK_REQUIRE"), ","), "chromium"):
		t.Fatal("NEWSDESK_REQUIRE wants chromium, and it is not in the PATH")
	}
	t.Skip("needs Chromium (Debian's package chromium) in the PATH")
	return ""
}
