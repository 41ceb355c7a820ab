package main

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus/sample"
	"newsdesk/corpus/store"
)

// Flags count over the environment, and that over the file.
func TestPrecedence(t *testing.T) {
	root := t.TempDir()
	folder := func(name string) string { return filepath.Join(root, name) }
	file := write(t, "config.yaml", "data: "+folder("file")+"\n")
	for _, c := range []struct {
		args, environ []string
		want          string
	}{
		{[]string{"--config", file}, nil, "file"},
		{nil, []string{envConfig + "=" + file}, "file"},
		{[]string{"--config=" + file}, []string{envData + "=" + folder("environment")}, "environment"},
		{nil, []string{envConfig + "=" + file, envData + "=" + folder("environment")}, "environment"},
		{[]string{"--config", file, "--data", folder("flag")}, []string{envData + "=" + folder("environment")}, "flag"},
		{[]string{"--config", file}, []string{envConfig + "=" + folder("nothing")}, "file"},
	} {
		var out, said bytes.Buffer
		code := run(t.Context(), append(c.args, "check"), c.environ, &streams{In: strings.NewReader(""), Out: &out, Err: &said})
		if first, _, _ := strings.Cut(out.String(), "\n"); code != exitFailed || !strings.HasSuffix(first, folder(c.want)) {
			t.Errorf("%q %q: exit %d, %q %s", c.args, c.environ, code, first, said.String())
		}
	}
}

func TestEverySettingHasThreePlaces(t *testing.T) {
	for variable, key := range variables {
		file := write(t, "config.yaml", key+": from-file\n")
		for _, c := range []struct {
			vars []string
			want string
		}{{nil, "from-file"}, {[]string{variable + "=from-environment"}, "from-environment"}, {[]string{variable + "="}, "from-file"}} {
			k, err := newEnvironment(c.vars).load(file, true)
			if err != nil {
				t.Fatal(err)
			}
			if got := k.String(key); got != c.want {
				t.Errorf("%s with %q: %q", key, c.vars, got)
			}
		}
		if !fileKeys[key] {
			t.Errorf("%s cannot be set in a file", key)
		}
	}
}

func TestBadSettings(t *testing.T) {
	for _, c := range []struct{ content, says string }{
		{"telegram-bot-token: 42:hidden\n", "is a secret"},
		{"openai-api-key: hidden\n", "is a secret"},
		{"OPENAI_API_KEY: hidden\n", "is a secret"},
		{"dta: /somewhere\n", `unknown setting "dta"`},
		{"data: [\n", "line 1"},
	} {
		path := write(t, "config.yaml", c.content)
		r := quietly(t, t.TempDir(), "--config", path, "articles")
		if r.code != exitFailed || !strings.Contains(r.err, "settings file "+path) || !strings.Contains(r.err, c.says) {
			t.Errorf("%q: exit %d, %s", c.content, r.code, r.err)
		}
		if strings.Contains(r.err, "hidden") {
			t.Errorf("the secret is shown: %s", r.err)
		}
	}
	r := quietly(t, t.TempDir(), "--config", "nothing.yaml", "articles")
	if r.code != exitFailed || !strings.Contains(r.err, "settings file nothing.yaml") {
		t.Errorf("%+v", r)
	}
}

func TestParseNow(t *testing.T) {
	for _, c := range []struct {
		in   string
		want time.Time // zero: refused
	}{
		{"2025-01-17", time.Date(2025, 1, 17, 23, 59, 59, 0, time.Local)},
		{"2024-02-29", time.Date(2024, 2, 29, 23, 59, 59, 0, time.Local)},
		{"2025-01-17T08:00:00Z", time.Date(2025, 1, 17, 8, 0, 0, 0, time.UTC)},
		{"2025-01-17T08:00:00+02:00", time.Date(2025, 1, 17, 6, 0, 0, 0, time.UTC)},
		{"2025-02-29", time.Time{}}, {"17.1.2025", time.Time{}}, {"2025-01-17 08:00", time.Time{}}, {"yesterday", time.Time{}}, {"", time.Time{}},
	} {
		got, err := parseNow(c.in)
		if (err != nil) != c.want.IsZero() || !got.Equal(c.want) {
			t.Errorf("%q: %v, %v", c.in, got, err)
		}
	}
}

// A clock goes over the socket as it is, also the real one.
func TestClockCrosses(t *testing.T) {
	for _, c := range []clock{{}, {time.Date(2025, 1, 17, 8, 0, 0, 0, time.FixedZone("", 7200))}} {
		text, err := c.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back clock
		if err := back.UnmarshalJSON(text); err != nil || !back.at.Equal(c.at) || back.at.IsZero() != c.at.IsZero() {
			t.Errorf("%v became %v, %v", c, back, err)
		}
	}
}

func TestPrintReply(t *testing.T) {
	reply := bot.Reply{Blocks: []bot.Block{
		{Spans: []bot.Span{{Text: "The ferry ran into the north breakwater of Kestrel Bay with 212 passengers on board. "}, {Text: "[1]", Link: "https://www.harbour-herald.example/1"}}},
		bot.Plain(bot.Paragraph, "A second paragraph,\nwith a line of its own and averylongwordthatdoesnotfitintoanylineatallandstayswhole\x1b[31m."),
		{Kind: bot.Item, Spans: []bot.Span{{Text: "[1] "}, {Text: "Harbour Herald", Bold: true}, {Text: " · 3 March 2026 · "},
			{Text: "Ferry strikes breakwater at Kestrel Bay", Link: "https://www.harbour-herald.example/1"}}},
		bot.Plain(bot.Item, "[2] Radio Solana"),
		bot.Plain(bot.Quote, "[2] Its doctors counted 47 injured from the ferry Lady Maren, which hit the breakwater."),
		bot.Plain(bot.Small, "The model server did not answer; the built-in generator has written this."),
	}}
	var out bytes.Buffer
	if err := printReply(&out, reply, 60); err != nil {
		t.Fatal(err)
	}
	want, err := os.ReadFile("testdata/reply.txt")
	if err != nil {
		t.Fatal(err)
	}
	if out.String() != string(want) {
		t.Errorf("got\n%swant\n%s", out.String(), want)
	}
}

func TestFramesCross(t *testing.T) {
	var wire bytes.Buffer
	mu := new(sync.Mutex)
	long := strings.Repeat("x", 1<<17)
	for _, f := range []struct {
		kind byte
		text string
	}{{frameOut, "one "}, {frameErr, "warning"}, {frameHeard, "two"}, {frameOut, ""}, {frameOut, long}, {frameExit, "3"}} {
		if n, err := (frameWriter{mu, &wire, f.kind}).Write([]byte(f.text)); err != nil || n != len(f.text) {
			t.Fatal(n, err)
		}
	}
	whole := wire.Bytes()
	var out, said, heard bytes.Buffer
	code, err := readFrames(bytes.NewReader(whole), &streams{Out: &out, Err: &said, Heard: &heard})
	if err != nil || code != 3 || out.String() != "one "+long || said.String() != "warning" || heard.String() != "two" {
		t.Errorf("%d %v, %d bytes, %q, %q", code, err, out.Len(), said.String(), heard.String())
	}
	// A serve that dies in between is noticed, wherever it was.
	for _, cut := range []int{0, 3, 5, 7, 12, len(whole) - 1} {
		if _, err := readFrames(bytes.NewReader(whole[:cut]), &streams{Out: &out, Err: &said}); err == nil {
			t.Errorf("cut after %d bytes was not noticed", cut)
		}
	}
}

func FuzzReadFrames(f *testing.F) {
	f.Add([]byte("o\x00\x00\x00\x02hix\x00\x00\x00\x010"))
	f.Add([]byte("x\x00\x00\x00\x0299"))
	f.Add([]byte("o\xff\xff\xff\xff"))
	f.Add([]byte("?\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, wire []byte) {
		var out, said bytes.Buffer
		_, err := readFrames(bytes.NewReader(wire), &streams{Out: &out, Err: &said})
		if out.Len()+said.Len() > len(wire) {
			t.Errorf("%d bytes came out of %d", out.Len()+said.Len(), len(wire))
		}
		if err == nil && !bytes.Contains(wire, []byte{frameExit}) {
			t.Error("an exit code out of nothing")
		}
	})
}

func TestDecodeCommand(t *testing.T) {
	if _, err := decodeCommand(call{Name: "serve", Flags: []byte("{}")}); err == nil {
		t.Error("a serve would run a serve")
	}
	if _, err := decodeCommand(call{Name: "ask", Flags: []byte(`{"Question": 3}`)}); err == nil {
		t.Error("flags of another shape were taken")
	}
	cmd, err := decodeCommand(call{Name: "ask", Flags: []byte(`{"Question": ["Who?"], "JSON": true}`)})
	if ask, ok := cmd.(*askCmd); err != nil || !ok || ask.Question[0] != "Who?" || !ask.JSON {
		t.Errorf("%+v, %v", cmd, err)
	}
}

// A day's post is posted once, also when the process ends after it and starts
// again.
func TestDailyPostOnce(t *testing.T) {
	s := telegramtest.Start(t)
	channel, err := s.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: "Mornings", Username: "mornings"})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "data")
	set := settings{TelegramAPIURL: s.URL, secrets: secrets{telegramToken: telegramtest.Token}}
	morning := time.Date(2026, 3, 14, 8, 5, 0, 0, time.UTC)
	posting(t, dir, set, morning, func(ctx context.Context, a *app) {
		articles, err := sample.Articles()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := a.corpus.Add(ctx, articles); err != nil {
			t.Fatal(err)
		}
		sub := schedule.Default("@mornings", morning.Add(-time.Hour))
		sub.Reach = 48 * time.Hour
		err = a.db.Write(ctx, func(tx store.Tx) error {
			_, err := a.schedule.Keep(ctx, tx, sub)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, now := range []time.Time{morning.Add(-10 * time.Minute), morning, morning, morning.Add(time.Hour)} {
			if err := a.postDue(ctx, now); err != nil {
				t.Fatal(err)
			}
		}
		if m := s.Sees(channel.ID, 1)[0]; !isCited(m) {
			t.Errorf("%+v", m)
		}
	})
	posting(t, dir, set, morning.Add(24*time.Hour), func(ctx context.Context, a *app) {
		for _, now := range []time.Time{morning, morning.Add(24 * time.Hour)} {
			if err := a.postDue(ctx, now); err != nil {
				t.Fatal(err)
			}
		}
		s.Sees(channel.ID, 2) // the next day's
	})
	if got := s.Sent(channel.ID); len(got) != 2 {
		t.Errorf("%d posts in two days", len(got))
	}
}

// posting opens a folder with a running bot, for which it is a time, does something,
// and ends.
func posting(t *testing.T, dir string, set settings, now time.Time, do func(ctx context.Context, a *app)) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	f, err := newFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, err := openApp(ctx, slog.New(slog.DiscardHandler), f, set)
	if err != nil {
		t.Fatal(err)
	}
	a.now = func() time.Time { return now }
	if a.bot, err = a.newBot(ctx, nil); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- a.bot.Run(ctx) }()
	do(ctx, a)
	cancel()
	if err := errors.Join(<-done, a.close()); err != nil {
		t.Fatal(err)
	}
}
