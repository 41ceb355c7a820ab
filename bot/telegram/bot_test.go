package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

const token = "42:test"

// quick is a pace for tests: the order of things, without the waiting.
var quick = Pace{All: 10_000, FirstWait: time.Millisecond, Notice: time.Millisecond, Hold: time.Second}

// words are those of the tests.
type words struct{}

func (words) Say(_ context.Context, _ chat.Message, p chat.Phrase) bot.Reply {
	return paragraph(bot.Span{Text: map[chat.Phrase]string{
		chat.Failed: "Something went wrong.", chat.Stopped: "Stopped.",
	}[p]})
}

func (words) Wait(_ context.Context, _ chat.Message, before int) bot.Reply {
	return paragraph(bot.Span{Text: fmt.Sprintf("One moment: %d before this one.", before)})
}

func (words) Progress(_ context.Context, _ chat.Message, p bot.Progress) string {
	return fmt.Sprintf("Searching %d articles…", p.N)
}

type world struct {
	t      *testing.T
	server *apiserver.Server
	http   *httptest.Server
	db     *store.DB
	bot    *Bot
	ada    int64
}

func newWorld(t *testing.T, handle func(ctx context.Context, m chat.Message) (chat.Outcome, error)) *world {
	t.Helper()
	return newWorldAt(t, time.Now, handle)
}

// newWorldAt is newWorld with a clock for Telegram's side.
func newWorldAt(t *testing.T, now func() time.Time, handle func(ctx context.Context, m chat.Message) (chat.Outcome, error)) *world {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	w := &world{t: t, server: apiserver.New(log, token, now)}
	w.http = httptest.NewServer(w.server)
	t.Cleanup(w.http.Close)
	t.Cleanup(w.server.Close)
	db, err := store.Open(t.Context(), log, filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	w.db = db
	w.bot = w.newBot(handle)
	w.ada = w.server.AddUser(apiserver.User{FirstName: "Ada"}).ID
	return w
}

func (w *world) newBot(handle func(ctx context.Context, m chat.Message) (chat.Outcome, error)) *Bot {
	w.t.Helper()
	b, err := New(w.t.Context(), slog.New(slog.DiscardHandler), w.db, configOf(w, handle))
	if err != nil {
		w.t.Fatal(err)
	}
	return b
}

func configOf(w *world, handle func(ctx context.Context, m chat.Message) (chat.Outcome, error)) Config {
	return Config{
		Token: token, Server: w.http.URL, Pace: quick, Handle: handle, Now: time.Now, Words: words{},
		Moved: func(context.Context, store.Tx, int64, int64) error { return nil },
	}
}

// run runs the bot until the test ends or stop is called.
func (w *world) run(b *Bot) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- b.Run(ctx) }()
	var once atomic.Bool
	stop = func() {
		cancel()
		if once.CompareAndSwap(false, true) {
			if err := <-done; err != nil {
				w.t.Errorf("Run: %v", err)
			}
		}
	}
	w.t.Cleanup(stop)
	return stop
}

func (w *world) send(p apiserver.Post) apiserver.Message {
	w.t.Helper()
	m, err := w.server.Send(p)
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

func (w *world) await(chat int64, n int) []apiserver.Message {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.t.Context(), 20*time.Second)
	defer cancel()
	got, err := w.server.Await(ctx, chat, n)
	if err != nil {
		w.t.Fatalf("waiting for %d messages: %v; there are %d", n, err, len(got))
	}
	return got
}

// echo says back what it heard.
func echo(_ context.Context, m chat.Message) (chat.Outcome, error) {
	if !m.Addressed {
		return chat.Outcome{}, nil
	}
	return chat.Outcome{Replies: []bot.Reply{paragraph(bot.Span{Text: "heard: "}, bot.Span{Text: m.Text, Bold: true})}}, nil
}

func (w *world) refused() []string {
	var all []string
	for _, c := range w.server.Calls() {
		if c.Status >= 400 {
			all = append(all, fmt.Sprintf("%s: %d %s", c.Method, c.Status, c.Description))
		}
	}
	return all
}

func TestAnswersArriveWhereTheyWereAsked(t *testing.T) {
	w := newWorld(t, echo)
	w.run(w.bot)
	q := w.send(apiserver.Post{From: w.ada, Text: "who?"})
	got := w.await(w.ada, 1)[0]
	if got.Text != "heard: who?" || got.ReplyTo == nil || got.ReplyTo.ID != q.ID {
		t.Errorf("private: %+v", got)
	}

	group, err := w.server.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: "Team", IsForum: true})
	if err != nil {
		t.Fatal(err)
	}
	topic, err := w.server.AddTopic(group.ID, "News")
	if err != nil {
		t.Fatal(err)
	}
	w.send(apiserver.Post{From: w.ada, Chat: group.ID, Thread: topic, Text: "/ask@some_other_bot what?"})
	q = w.send(apiserver.Post{From: w.ada, Chat: group.ID, Thread: topic, Text: "/ask@" + w.server.Bot().Username + " why?"})
	got = w.await(group.ID, 1)[0]
	if got.Text != "heard: why?" || got.Thread != topic || got.ReplyTo == nil || got.ReplyTo.ID != q.ID {
		t.Errorf("topic: %+v", got)
	}
	q = w.send(apiserver.Post{From: w.ada, Chat: group.ID, Text: "and then?", ReplyTo: got.ID})
	got = w.await(group.ID, 2)[1]
	if got.Text != "heard: and then?" || got.Thread != topic || got.ReplyTo == nil || got.ReplyTo.ID != q.ID {
		t.Errorf("reply in a topic: %+v", got)
	}
	if bad := w.refused(); len(bad) > 0 {
		t.Errorf("refused calls: %q", bad)
	}
}

func TestFaultsOfTheServer(t *testing.T) {
	for _, f := range []apiserver.Fault{
		{Method: "sendMessage", Count: 2, Do: apiserver.TooMany, RetryAfter: 1},
		{Method: "sendMessage", Count: 5, Do: apiserver.ServerError},
		{Method: "sendMessage", Count: 5, Do: apiserver.BadGateway},
		{Method: "sendMessage", Count: 5, Do: apiserver.CutBefore},
		{Method: "sendMessage", Count: 1, Do: apiserver.RefuseHTML},
		{Method: "getUpdates", Count: 3, Do: apiserver.CutBefore},
		{Method: "getUpdates", Count: 3, Do: apiserver.BadGateway},
		{Method: "getMe", Count: 5, Do: apiserver.ServerError},
	} {
		t.Run(fmt.Sprintf("%s %s", f.Method, f.Do), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, echo)
			w.server.Inject(f)
			w.run(w.bot)
			w.send(apiserver.Post{From: w.ada, Text: "who?"})
			if got := w.await(w.ada, 1); len(got) != 1 || got[0].Text != "heard: who?" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestOneChatInTroubleKeepsNobodyWaiting(t *testing.T) {
	w := newWorld(t, echo)
	bo := w.server.AddUser(apiserver.User{FirstName: "Bo"}).ID
	w.server.Inject(apiserver.Fault{Method: "sendMessage", Chat: w.ada, Do: apiserver.TooMany, RetryAfter: 3600})
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Text: "one"})
	for i := range 5 {
		w.send(apiserver.Post{From: bo, Text: fmt.Sprint("two ", i)})
		w.await(bo, i+1)
	}
	if got := w.server.Sent(w.ada); len(got) != 0 {
		t.Errorf("sent while told to wait: %+v", got)
	}
}

func TestOrderWithinAChat(t *testing.T) {
	w := newWorld(t, echo)
	w.run(w.bot)
	for i := range 30 {
		w.send(apiserver.Post{From: w.ada, Text: fmt.Sprint(i)})
	}
	for i, m := range w.await(w.ada, 30) {
		if want := fmt.Sprint("heard: ", i); m.Text != want {
			t.Fatalf("message %d is %q", i, m.Text)
		}
	}
}

func TestBlockedIsRecorded(t *testing.T) {
	w := newWorld(t, echo)
	w.server.Inject(apiserver.Fault{Method: "sendMessage", Count: 1, Do: apiserver.Blocked})
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Text: "one"})
	w.send(apiserver.Post{From: w.ada, Text: "two"})
	if got := w.await(w.ada, 1); got[0].Text != "heard: two" {
		t.Fatalf("got %+v", got)
	}
	var source string
	err := w.db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT source FROM telegram_outbox WHERE state = 'failed'`).Scan(&source)
	})
	if err != nil {
		t.Fatal(err)
	}
	why, err := w.bot.outbox.refusal(t.Context(), source)
	if err != nil || !strings.Contains(why, "blocked by the user") {
		t.Errorf("recorded as %q, %v", why, err)
	}
}

func TestPanicAndErrorEndInAnHonestMessage(t *testing.T) {
	for name, handle := range map[string]func(context.Context, chat.Message) (chat.Outcome, error){
		"panic": func(context.Context, chat.Message) (chat.Outcome, error) { panic("boom") },
		"error": func(context.Context, chat.Message) (chat.Outcome, error) { return chat.Outcome{}, errors.New("boom") },
		"commit": func(context.Context, chat.Message) (chat.Outcome, error) {
			return chat.Outcome{Replies: []bot.Reply{paragraph(bot.Span{Text: "never"})},
				Commit: func(context.Context, store.Tx) error { return errors.New("boom") }}, nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, handle)
			w.bot.now = func() time.Time { return time.Now().Add(patience) }
			w.run(w.bot)
			w.send(apiserver.Post{From: w.ada, Text: "who?"})
			got := w.await(w.ada, 1)
			if want := "Something went wrong."; got[0].Text != want {
				t.Errorf("got %q", got[0].Text)
			}
		})
	}
}

func TestWhatWasLeftIsDoneByTheNext(t *testing.T) {
	w := newWorld(t, nil)
	began := make(chan struct{})
	first := w.newBot(func(ctx context.Context, m chat.Message) (chat.Outcome, error) {
		close(began)
		<-ctx.Done()
		return chat.Outcome{}, ctx.Err()
	})
	stop := w.run(first)
	w.send(apiserver.Post{From: w.ada, Text: "who?"})
	<-began
	stop()
	if got := w.server.Sent(w.ada); len(got) != 0 {
		t.Fatalf("sent by the one that was stopped: %+v", got)
	}
	w.run(w.newBot(echo))
	if got := w.await(w.ada, 1); len(got) != 1 || got[0].Text != "heard: who?" {
		t.Errorf("got %+v", got)
	}
}

func TestUpdateThatComesAgainIsHandledOnce(t *testing.T) {
	w := newWorld(t, echo)
	stop := w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Text: "one"})
	w.await(w.ada, 1)
	stop()
	// The confirmation of the first may have been lost with the process.
	again := received{chat: chatKey(w.ada)}
	err := w.db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT max(id) FROM telegram_updates`).Scan(&again.id)
	})
	if err != nil {
		t.Fatal(err)
	}
	again.body = fmt.Appendf(nil, `{"update_id":%d,"message":{"message_id":1,"date":1,"from":{"id":%d,"first_name":"Ada"},"chat":{"id":%d,"type":"private"},"text":"one"}}`,
		again.id, w.ada, w.ada)
	if err := w.bot.inbox.put(t.Context(), []received{again}); err != nil {
		t.Fatal(err)
	}
	w.run(w.newBot(echo))
	w.send(apiserver.Post{From: w.ada, Text: "two"})
	got := w.await(w.ada, 2)
	if len(got) != 2 || got[1].Text != "heard: two" {
		t.Errorf("got %+v", got)
	}
}

func TestWrongToken(t *testing.T) {
	w := newWorld(t, echo)
	b, err := New(t.Context(), slog.New(slog.DiscardHandler), w.db, Config{Token: "1:wrong", Server: w.http.URL, Pace: quick, Handle: echo, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Run(t.Context()); !errors.Is(err, ErrToken) {
		t.Errorf("Run: %v, want ErrToken", err)
	}
	if _, err := b.Me(t.Context()); !errors.Is(err, ErrToken) || strings.Contains(err.Error(), "wrong") {
		t.Errorf("Me: %v", err)
	}
}

func TestPostOnceAndDeliver(t *testing.T) {
	w := newWorld(t, echo)
	channel, err := w.server.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: "News", Username: "news"})
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		err := w.db.Write(t.Context(), func(tx store.Tx) error {
			return w.bot.Post(t.Context(), tx, "daily 1", "@news", paragraph(bot.Span{Text: "hello"}))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.bot.Deliver(t.Context(), "daily 1", "@news"); err != nil {
		t.Fatal(err)
	}
	if got := w.server.Sent(channel.ID); len(got) != 1 || got[0].Text != "hello" {
		t.Errorf("got %+v", got)
	}
	err = w.db.Write(t.Context(), func(tx store.Tx) error {
		return w.bot.Post(t.Context(), tx, "daily 2", "@nobody", paragraph(bot.Span{Text: "hello"}))
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.bot.Deliver(t.Context(), "daily 2", "@nobody"); err == nil || !strings.Contains(err.Error(), "chat not found") {
		t.Errorf("a chat that is not there: %v", err)
	}
}

func TestGroupThatMoves(t *testing.T) {
	w := newWorld(t, echo)
	moved := make(chan [2]int64, 4)
	w.bot.moved = func(_ context.Context, _ store.Tx, from, to int64) error {
		moved <- [2]int64{from, to}
		return nil
	}
	group, err := w.server.AddChat(apiserver.Chat{Type: apiserver.Group, Title: "Team"})
	if err != nil {
		t.Fatal(err)
	}
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: group.ID, Text: "/ask one"})
	w.await(group.ID, 1)
	to, err := w.server.Migrate(group.ID, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got := <-moved; got != [2]int64{group.ID, to.ID} {
		t.Errorf("moved %v", got)
	}
	w.send(apiserver.Post{From: w.ada, Chat: to.ID, Text: "/ask two"})
	if got := w.await(to.ID, 1); got[len(got)-1].Text != "heard: two" {
		t.Errorf("got %+v", got)
	}
}
