package telegram

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

func TestKeyboard(t *testing.T) {
	long := strings.Repeat("ж", 80)
	for _, c := range []struct {
		name string
		rows [][]bot.Button
		want string
	}{
		{"none", nil, ""},
		{"an empty row", [][]bot.Button{{}}, ""},
		{"a link", [][]bot.Button{{{Text: "Herald", Link: "https://herald.example/1"}}},
			`{"inline_keyboard":[[{"text":"Herald","url":"https://herald.example/1"}]]}`},
		{"an action", [][]bot.Button{{{Text: "Quotes", Action: "q:1"}, {Text: "👍", Action: "u:1"}}},
			`{"inline_keyboard":[[{"text":"Quotes","callback_data":"q:1"},{"text":"👍","callback_data":"u:1"}]]}`},
		{"a link that is none", [][]bot.Button{{{Text: "Open", Link: "tg://resolve?domain=x"}}}, ""},
		{"a label that shows nothing", [][]bot.Button{{{Text: "\u202e \u200b", Action: "q:1"}}}, ""},
		{"an action that is too long", [][]bot.Button{{{Text: "Quotes", Action: strings.Repeat("a", 65)}}}, ""},
		{"a long label", [][]bot.Button{{{Text: long, Action: "q"}}},
			`{"inline_keyboard":[[{"text":"` + strings.Repeat("ж", 63) + `…","callback_data":"q"}]]}`},
	} {
		if got := keyboard(c.rows); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// withButton answers with a button, and what is pressed with a change of the
// message that it stands under.
func withButton(_ context.Context, m chat.Message) (chat.Outcome, error) {
	if m.Pressed != "" {
		r := paragraph(bot.Span{Text: "pressed " + m.Pressed})
		r.Replaces, r.Ref = m.ID, "second"
		return chat.Outcome{Replies: []bot.Reply{r}, Notice: "done"}, nil
	}
	r := paragraph(bot.Span{Text: "heard " + m.Text})
	r.Ref = "first"
	r.Buttons = [][]bot.Button{{{Text: "Press", Action: "a:1"}, {Text: "Herald", Link: "https://herald.example/1"}}}
	return chat.Outcome{Replies: []bot.Reply{r}}, nil
}

func TestButtonsChangeTheirMessage(t *testing.T) {
	w := newWorld(t, withButton)
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "hello"})
	first := w.await(w.ada, 1)[0]
	query, err := w.server.Press(apiserver.Press{From: w.ada, Chat: w.ada, Message: first.ID, Data: "a:1"})
	if err != nil {
		t.Fatal(err)
	}
	w.until(func() bool {
		got := w.server.Sent(w.ada)
		return len(got) == 1 && got[0].Text == "pressed a:1" && w.server.Answered(query) != nil
	})
	if a := w.server.Answered(query); a.Text != "done" {
		t.Errorf("the notice is %q", a.Text)
	}
	if refused := w.refused(); len(refused) > 0 {
		t.Error(refused)
	}
}

// until waits until what holds.
func (w *world) until(what func() bool) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	defer cancel()
	if err := w.server.Until(ctx, what); err != nil {
		w.t.Fatalf("it never came to that: %v", err)
	}
}

func TestReplacedMessageIsGone(t *testing.T) {
	w := newWorld(t, func(_ context.Context, m chat.Message) (chat.Outcome, error) {
		r := paragraph(bot.Span{Text: "instead"})
		r.Replaces = 9999
		return chat.Outcome{Replies: []bot.Reply{r}}, nil
	})
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "hello"})
	if got := w.await(w.ada, 1)[0].Text; got != "instead" {
		t.Errorf("%q", got)
	}
}

func TestReceiptsNameTheMessages(t *testing.T) {
	w := newWorld(t, nil)
	var mu sync.Mutex
	var got []Receipt
	w.bot.handle = withButton
	w.bot.sent = func(_ context.Context, _ store.Tx, r Receipt) error {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, r)
		return nil
	}
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "hello"})
	first := w.await(w.ada, 1)[0]
	if _, err := w.server.Press(apiserver.Press{From: w.ada, Chat: w.ada, Message: first.ID, Data: "a:1"}); err != nil {
		t.Fatal(err)
	}
	w.until(func() bool {
		mu.Lock()
		defer mu.Unlock()
		return len(got) == 2
	})
	mu.Lock()
	defer mu.Unlock()
	for i, ref := range []string{"first", "second"} {
		if r := got[i]; r.Ref != ref || r.Chat != w.ada || r.Message != int(first.ID) {
			t.Errorf("%+v", r)
		}
	}
}

// Of a message that has become too old Telegram tells no topic, and its buttons
// belong to that topic's conversation all the same.
func TestButtonOfAnOldMessageInATopic(t *testing.T) {
	w := newWorld(t, echo)
	w.run(w.bot)
	forum, err := w.server.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: "Readers", IsForum: true})
	if err != nil {
		t.Fatal(err)
	}
	topic, err := w.server.AddTopic(forum.ID, "Trams")
	if err != nil {
		t.Fatal(err)
	}
	w.send(apiserver.Post{From: w.ada, Chat: forum.ID, Thread: topic, Text: "/ask what?"})
	sent := w.await(forum.ID, 1)[0]
	w.until(func() bool { _, messages, err := w.bot.Waiting(t.Context()); return err == nil && messages == 0 })
	q := &models.CallbackQuery{Message: models.MaybeInaccessibleMessage{InaccessibleMessage: &models.InaccessibleMessage{
		Chat: models.Chat{ID: forum.ID}, MessageID: int(sent.ID)}}}
	if got, err := w.bot.threadUnder(t.Context(), q, 0); err != nil || int64(got) != topic {
		t.Errorf("topic %d: %v", got, err)
	}
}
