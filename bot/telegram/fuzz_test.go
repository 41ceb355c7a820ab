package telegram

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/telegram/apiserver"
)

// FuzzRender holds the renderer against the strict server: whatever texts and
// links are in a reply, every message is taken, its text is what the plain one
// says, and every link that comes out is one that went in.
func FuzzRender(f *testing.F) {
	f.Add(0, "<b>bold</b> & more", "https://harbour.example/?a=1&b=2", uint8(3), 1)
	f.Add(2, "“quoted”\n\n</blockquote>", "tg://user?id=1", uint8(0), 3)
	f.Add(1, "/start @all $X #y evil.example", "http://a.example/\"><script>", uint8(7), 40)
	f.Add(3, "\u202e\u0000😀&#60;", "", uint8(4), 900)
	server := apiserver.New(slog.New(slog.DiscardHandler), token, time.Now)
	f.Cleanup(server.Close)
	ada := server.AddUser(apiserver.User{FirstName: "Ada"}).ID
	if _, err := server.Send(apiserver.Post{From: ada, Text: "hi"}); err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, kind int, text, link string, look uint8, times int) {
		span := bot.Span{Text: strings.Repeat(text, min(max(times, 0), 50)), Link: link,
			Bold: look&1 != 0, Italic: look&2 != 0, Code: look&4 != 0, Own: look&8 != 0}
		r := bot.Reply{Blocks: []bot.Block{
			{Kind: bot.BlockKind(min(max(kind, 0), 3)), Spans: []bot.Span{{Text: text}, span, {Text: text, Link: link}}},
			bot.Plain(bot.Item, text),
		}}
		for _, m := range Render(r) {
			checkText(t, m)
			status, answer := call(t, server, map[string]any{"chat_id": ada, "text": m.HTML, "parse_mode": "HTML"})
			if status != http.StatusOK {
				t.Fatalf("%d %s\n%q", status, answer.Description, m.HTML)
			}
			if got, want := answer.Result.Text, strings.TrimSpace(m.Plain); got != want {
				t.Fatalf("says\n%q\nwant\n%q", got, want)
			}
			for _, e := range answer.Result.Entities {
				if e.Type == "text_link" && strings.TrimRight(e.URL, "/") != strings.TrimRight(link, "/") {
					t.Fatalf("a link to %q, only %q went in", e.URL, link)
				}
			}
		}
	})
}

type sendAnswer struct {
	Description string
	Result      apiserver.Message
}

func call(t *testing.T, server *apiserver.Server, params map[string]any) (int, sendAnswer) {
	t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, "/bot"+token+"/sendMessage", bytes.NewReader(body))
	req.Header.Set("Content-Type", "application/json")
	rec := httptest.NewRecorder()
	server.ServeHTTP(rec, req)
	var a sendAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	return rec.Code, a
}
