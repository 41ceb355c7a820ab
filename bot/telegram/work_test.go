package telegram

import (
	"context"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
)

// untilStopped works on a question that holds "long" until its context ends, and
// answers anything else at once.
func untilStopped(began chan<- string) func(context.Context, chat.Message) (chat.Outcome, error) {
	return func(ctx context.Context, m chat.Message) (chat.Outcome, error) {
		if m.Command == "cancel" {
			if m.Stopped {
				return chat.Outcome{}, nil
			}
			return chat.Outcome{Replies: []bot.Reply{paragraph(bot.Span{Text: "nothing to stop"})}}, nil
		}
		if strings.Contains(m.Text, "long") {
			m.Tell(bot.Progress{Stage: bot.Searching, N: 12})
			began <- m.Text
			<-ctx.Done()
			return chat.Outcome{}, ctx.Err()
		}
		return echo(ctx, m)
	}
}

func said(messages []apiserver.Message) string {
	var all []string
	for _, m := range messages {
		all = append(all, m.Text)
	}
	return strings.Join(all, " | ")
}

func TestCancelEndsTheWork(t *testing.T) {
	began := make(chan string, 1)
	w := newWorld(t, untilStopped(began))
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "a long question"})
	<-began
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "/cancel"})
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "short"})
	if got := said(w.await(w.ada, 2)); got != "Stopped. | heard: short" {
		t.Errorf("%s", got)
	}
}

func TestCancelWithNothingToStop(t *testing.T) {
	w := newWorld(t, untilStopped(nil))
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "/cancel"})
	if got := said(w.await(w.ada, 1)); got != "nothing to stop" {
		t.Errorf("%s", got)
	}
}

// A request to stop takes the questions before it along that were not begun, and
// none of another person.
func TestCancelIsForOnesOwnQuestions(t *testing.T) {
	s := newStops()
	ada, bo := asker{-5, 3, 1}, asker{-5, 3, 2}
	s.all(ada, 10)
	for _, c := range []struct {
		who     asker
		update  int64
		stopped bool
	}{{ada, 8, true}, {bo, 8, false}, {asker{-5, 4, 1}, 8, false}, {ada, 11, false}} {
		ctx, done := s.begin(t.Context(), c.who, c.update)
		if ended := ctx.Err() != nil; ended != c.stopped {
			t.Errorf("%+v: ended %t", c, ended)
		}
		if stopped := done(); stopped != c.stopped {
			t.Errorf("%+v: stopped %t", c, stopped)
		}
	}
	if !s.settled(ada, 10) || s.settled(ada, 10) {
		t.Error("the request to stop was not settled once")
	}
	if len(s.working)+len(s.upTo)+len(s.ended) != 0 {
		t.Errorf("%+v is left", s)
	}
}

func TestDraftShowsTheWorkAndStops(t *testing.T) {
	began := make(chan string, 1)
	w := newWorld(t, untilStopped(began))
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "a long question"})
	<-began
	var draft apiserver.Draft
	w.until(func() bool {
		for _, d := range w.server.Drafts(w.ada) {
			if d.Text == "Searching 12 articles…" && d.CanStop {
				draft = d
				return true
			}
		}
		return false
	})
	if err := w.server.Stop(w.ada, draft.ID); err != nil {
		t.Fatal(err)
	}
	if got := said(w.await(w.ada, 1)); got != "Stopped." {
		t.Errorf("%s", got)
	}
	if refused := w.refused(); len(refused) > 0 {
		t.Error(refused)
	}
}

func TestGroupsSeeTyping(t *testing.T) {
	began := make(chan string, 1)
	w := newWorld(t, untilStopped(began))
	group, err := w.server.AddChat(apiserver.Chat{Type: "supergroup", Title: "Desk"})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.server.SetMember(group.ID, w.ada, "member"); err != nil {
		t.Fatal(err)
	}
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: group.ID, Text: "/ask a long question"})
	<-began
	w.until(func() bool {
		for _, c := range w.server.Calls() {
			if c.Method == "sendChatAction" && c.Status == 200 {
				return true
			}
		}
		return false
	})
	if d := w.server.Drafts(group.ID); len(d) > 0 {
		t.Errorf("a draft in a group: %+v", d)
	}
}

// The clock runs ahead so that the second question has waited long.
func TestWhoWaitsIsToldOnce(t *testing.T) {
	began := make(chan string, 1)
	w := newWorld(t, untilStopped(began))
	w.bot.now = func() time.Time { return time.Now().Add(time.Minute) }
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "a long question"})
	<-began
	second := w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "short"})
	got := w.await(w.ada, 1)
	if got[0].Text != "One moment: 1 before this one." || got[0].ReplyTo == nil || got[0].ReplyTo.ID != second.ID {
		t.Errorf("%+v", got[0])
	}
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "/cancel"})
	if got := said(w.await(w.ada, 3)); strings.Count(got, "One moment") != 1 || !strings.Contains(got, "Stopped.") {
		t.Errorf("%s", got)
	}
}
