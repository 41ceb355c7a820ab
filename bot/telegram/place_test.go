package telegram

import (
	"context"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
)

// foldable answers in three messages, and what is pressed with the reply in one, or
// in three again.
func foldable(_ context.Context, m chat.Message) (chat.Outcome, error) {
	long := bot.Block{Kind: bot.Paragraph, Spans: []bot.Span{{Text: strings.Repeat("x", 4000)}}}
	r := bot.Reply{Ref: "answer", Replaces: m.ID, Blocks: []bot.Block{long, long, long}}
	switch m.Pressed {
	case "":
		r.Replaces = 0
	case "fold":
		r.Blocks = []bot.Block{{Kind: bot.Paragraph, Spans: []bot.Span{{Text: "short"}}}}
	}
	r.Buttons = [][]bot.Button{{{Text: "Fold", Action: "fold"}, {Text: "Unfold", Action: "unfold"}}}
	return chat.Outcome{Replies: []bot.Reply{r}}, nil
}

// TestShorterReplyTakesItsPiecesAway: of a reply that becomes shorter the surplus
// messages are deleted; those that Telegram deletes no more, being older than two
// days, stay as a dot, with nothing of the reply in them. Unfolded again it is whole.
func TestShorterReplyTakesItsPiecesAway(t *testing.T) {
	for _, c := range []struct {
		name    string
		age     time.Duration
		folded  []string
		refused string
	}{
		{"an hour", time.Hour, []string{"short"}, ""},
		{"three days", 72 * time.Hour, []string{"short", "·", "·"}, "deleteMessage: 400 Bad Request: message can't be deleted"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var later atomic.Int64
			w := newWorldAt(t, func() time.Time { return time.Now().Add(time.Duration(later.Load())) }, foldable)
			w.run(w.bot)
			w.send(apiserver.Post{From: w.ada, Text: "hello"})
			all := w.await(w.ada, 3)
			later.Store(int64(c.age))
			w.press(all[2], "fold")
			w.until(func() bool { return strings.Join(texts(w.server.Sent(w.ada)), "|") == strings.Join(c.folded, "|") })
			w.settled()
			if got := w.server.Sent(w.ada); got[0].Keyboard == nil || len(got) > 1 && got[1].Keyboard != nil {
				t.Error("the buttons are not under the text")
			}
			want := 0
			for _, refused := range w.refused() {
				if want++; refused != c.refused {
					t.Errorf("refused: %s", refused)
				}
			}
			if want != len(c.folded)-1 {
				t.Errorf("%d refusals", want)
			}
			w.press(w.server.Sent(w.ada)[0], "unfold")
			w.until(func() bool {
				n := 0
				for _, text := range texts(w.server.Sent(w.ada)) {
					n += strings.Count(text, "x")
				}
				return n == 12_000
			})
		})
	}
}

// press presses a button of a message.
func (w *world) press(m apiserver.Message, data string) {
	w.t.Helper()
	if _, err := w.server.Press(apiserver.Press{From: w.ada, Chat: w.ada, Message: m.ID, Data: data}); err != nil {
		w.t.Fatal(err)
	}
}

// settled waits until the bot has nothing to do.
func (w *world) settled() {
	w.t.Helper()
	w.until(func() bool {
		received, messages, err := w.bot.Waiting(w.t.Context())
		return err == nil && received+messages == 0
	})
}

func texts(messages []apiserver.Message) []string {
	var out []string
	for _, m := range messages {
		out = append(out, m.Text)
	}
	return out
}
