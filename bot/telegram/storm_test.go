package telegram

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
)

// storm is a campaign of questions while Telegram has a bad day.
type storm struct {
	chats, questions int
	// retryAfter is the wait that Telegram asks of some chats, in seconds.
	retryAfter int
}

// TestStorm asks many questions in many chats while a fifth of all calls fail, some
// chats are told to wait long, and some people have blocked the bot. Every
// question of the others ends in exactly one answer, in order; and whoever is not
// affected has all answers while those who are told to wait have none.
// NEWSDESK_STORM=full makes it 500 questions in 50 chats with a wait of 40 s.
func TestStorm(t *testing.T) {
	s := storm{chats: 12, questions: 5, retryAfter: 4}
	if os.Getenv("NEWSDESK_STORM") == "full" {
		s = storm{chats: 50, questions: 10, retryAfter: 40}
	}
	w := newWorld(t, rich)
	w.server.Seed(7)
	people := make([]int64, s.chats)
	for i := range people {
		people[i] = w.server.AddUser(apiserver.User{FirstName: fmt.Sprint("Person ", i)}).ID
	}
	slow, blocked, others := people[:s.chats/10+1], people[s.chats/10+1:s.chats/5+1], people[s.chats/5+1:]
	for _, p := range slow {
		w.server.Inject(apiserver.Fault{Chat: p, Count: 1, Do: apiserver.TooMany, RetryAfter: s.retryAfter})
	}
	for _, p := range blocked {
		w.server.Inject(apiserver.Fault{Chat: p, Do: apiserver.Blocked})
	}
	for _, do := range []apiserver.Effect{apiserver.ServerError, apiserver.BadGateway, apiserver.CutBefore, apiserver.RefuseHTML, apiserver.RefuseRich} {
		w.server.Inject(apiserver.Fault{Method: "sendMessage", Share: .04, Do: do})
	}
	w.server.Inject(apiserver.Fault{Method: "sendRichMessage", Share: .2, Do: apiserver.RefuseRich})
	w.run(w.bot)
	for q := range s.questions {
		for _, p := range people {
			w.send(apiserver.Post{From: p, Chat: p, Text: fmt.Sprint("question ", q)})
		}
	}
	w.awaitAll(others, s.questions)
	for _, p := range slow {
		if got := w.server.Sent(p); len(got) > 0 {
			t.Errorf("chat %d was told to wait and has %d messages", p, len(got))
		}
	}
	w.awaitAll(slow, s.questions)
	for _, p := range slices.Concat(slow, others) {
		checkOrder(t, w, p, s.questions)
	}
	for _, p := range blocked {
		if got := w.server.Sent(p); len(got) > 0 {
			t.Errorf("chat %d has blocked the bot and has %d messages", p, len(got))
		}
	}
}

// rich answers every other question with a rich message.
func rich(_ context.Context, m chat.Message) (chat.Outcome, error) {
	r := paragraph(bot.Span{Text: "answer to "}, bot.Span{Text: m.Text, Bold: true})
	r.Rich = m.ID%2 == 0
	return chat.Outcome{Replies: []bot.Reply{r}}, nil
}

// awaitAll waits until each chat has n messages of the bot.
func (w *world) awaitAll(chats []int64, n int) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 5*time.Minute)
	defer cancel()
	for _, c := range chats {
		if got, err := w.server.Await(ctx, c, n); err != nil {
			w.t.Fatalf("chat %d has %d of %d: %v", c, len(got), n, err)
		}
	}
}

func checkOrder(t *testing.T, w *world, chat int64, n int) {
	t.Helper()
	got := w.server.Sent(chat)
	if len(got) != n {
		t.Errorf("chat %d has %d messages for %d questions", chat, len(got), n)
		return
	}
	for q, m := range got {
		text := m.Text
		if m.Rich != nil {
			text = m.Rich.Plain()
		}
		if want := fmt.Sprint("answer to question ", q); strings.TrimSpace(text) != want {
			t.Errorf("chat %d: %q in place %d", chat, text, q)
		}
	}
}
