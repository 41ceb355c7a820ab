package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/chat"
	"newsdesk/bot/telegram"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus/sample"
)

// quickPace is the order of things without the waiting.
var quickPace = telegram.Pace{All: 100_000, FirstWait: time.Millisecond, Notice: time.Minute, Hold: time.Second}

// office is the bot that serve wires, inside of the test: the sample articles in a
// folder of its own, the desk, and the strict server.
type office struct {
	*telegramtest.Server
	t    testing.TB
	app  *app
	desk *chat.Desk
	bot  *telegram.Bot
	stop func() // ends the bot; also at the end of the test
}

// layout is how an office differs from the usual one.
type layout struct {
	settings settings
	pace     telegram.Pace
	log      *slog.Logger
	// change, when not nil, changes the desk and the bot before the bot runs.
	desk func(*chat.Desk)
	bot  func(*telegram.Config)
}

func openOffice(t testing.TB, l layout) *office {
	t.Helper()
	o := &office{Server: telegramtest.Start(t), t: t}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	l.settings.TelegramAPIURL, l.settings.secrets.telegramToken = o.URL, telegramtest.Token
	f, err := newFolder(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	if o.app, err = openApp(t.Context(), l.log, f, l.settings); err != nil {
		t.Fatal(err)
	}
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.app.corpus.Add(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	o.desk = o.app.newDesk(chat.Open, func() *telegram.Bot { return o.bot })
	if l.desk != nil {
		l.desk(o.desk)
	}
	cfg := o.app.botConfig(o.desk)
	cfg.Pace = l.pace
	if l.bot != nil {
		l.bot(&cfg)
	}
	if o.bot, err = telegram.New(t.Context(), l.log, o.app.db, cfg); err != nil {
		t.Fatal(err)
	}
	o.start()
	return o
}

// start runs the bot and what it needs until the test ends.
func (o *office) start() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 2)
	go func() { done <- o.bot.Run(ctx) }()
	go func() { done <- o.app.keepIndexed(ctx) }()
	stopped := false
	o.stop = func() {
		if stopped {
			return
		}
		stopped = true
		cancel()
		for range 2 {
			if err := <-done; err != nil {
				o.t.Error(err)
			}
		}
	}
	o.t.Cleanup(func() {
		o.stop()
		if err := o.app.close(); err != nil {
			o.t.Error(err)
		}
	})
}

// forum adds a group with topics, and returns it with two of them.
func (o *office) forum(title string, admin int64) (chat int64, topics [2]int64) {
	o.t.Helper()
	c, err := o.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: title, IsForum: true})
	if err != nil {
		o.t.Fatal(err)
	}
	for i, name := range []string{"Harbour", "Trams"} {
		if topics[i], err = o.AddTopic(c.ID, name); err != nil {
			o.t.Fatal(err)
		}
	}
	if err := o.SetMember(c.ID, admin, "creator"); err != nil {
		o.t.Fatal(err)
	}
	return c.ID, topics
}

// replied returns the bot's messages that reply to a message.
func (o *office) replied(to apiserver.Message) []apiserver.Message {
	return slices.DeleteFunc(o.Sent(to.Chat.ID), func(m apiserver.Message) bool { return m.ReplyTo == nil || m.ReplyTo.ID != to.ID })
}

// asks has somebody write, and returns the first of what the bot replied.
func (o *office) asks(p apiserver.Post) apiserver.Message {
	o.t.Helper()
	question := o.Says(p)
	o.Waits("a reply to "+p.Text[:min(len(p.Text), 80)], func() bool { return len(o.replied(question)) > 0 })
	return o.replied(question)[0]
}

// idle waits until nothing is to be handled or sent.
func (o *office) idle() {
	o.t.Helper()
	deadline := time.Now().Add(telegramtest.Patience)
	for time.Now().Before(deadline) {
		updates, messages, err := o.bot.Waiting(o.t.Context())
		if err != nil {
			o.t.Fatal(err)
		}
		if updates+messages+o.Pending() == 0 {
			return
		}
		<-time.After(2 * time.Millisecond)
	}
	o.t.Fatal("the bot does not come to rest")
}

// newest returns a message as it stands now.
func (o *office) newest(m apiserver.Message) apiserver.Message {
	for _, n := range o.Sent(m.Chat.ID) {
		if n.ID == m.ID {
			return n
		}
	}
	return m
}

// data returns what the buttons under a message carry, those with links left out.
func data(m apiserver.Message) []string {
	var all []string
	if m.Keyboard == nil {
		return nil
	}
	for _, row := range m.Keyboard.Rows {
		for _, b := range row {
			if b.Data != "" {
				all = append(all, b.Data)
			}
		}
	}
	return all
}

// button returns what the first button with the beginning carries.
func button(t testing.TB, m apiserver.Message, prefix string) string {
	t.Helper()
	for _, d := range data(m) {
		if strings.HasPrefix(d, prefix) {
			return d
		}
	}
	t.Fatalf("no button %q… under %q: %q", prefix, m.Plain(), data(m))
	return ""
}

// press presses a button and returns the message as it is afterwards.
func (o *office) press(from int64, m apiserver.Message, data string) apiserver.Message {
	o.t.Helper()
	o.Presses(apiserver.Press{From: from, Chat: m.Chat.ID, Message: m.ID, Data: data})
	o.idle()
	return o.newest(m)
}
