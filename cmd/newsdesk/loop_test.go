package main

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram/apiserver"
)

// TestDigestIsAskedAbout: replying to a digest asks about it, in the discussion group of
// a channel by mention, as a comment on a comment too, or, where the bot is an admin, by
// any reply; a quoted line chooses the item.
func TestDigestIsAskedAbout(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	n.today("Trams reach Quellbrook", tram)
	n.today("A bridge closes", "The Oster bridge is closed for 40 days from Thursday on. Its cables are replaced, and lorries are led over Hemsund. "+
		"The police of Oster expect long queues in the mornings.")
	channel := n.channel("Morning")
	group, err := n.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: "Talk"})
	if err != nil {
		t.Fatal(err)
	}
	if err := n.Link(channel, group.ID); err != nil {
		t.Fatal(err)
	}
	sub := n.subscribe(channel, now)
	n.post(now)
	n.reach(sub, schedule.Done)
	all := n.Messages(group.ID)
	forward := all[len(all)-1]
	if !forward.AutoForward || !strings.Contains(forward.Text, "12 new trams") {
		t.Fatalf("%+v", forward)
	}
	ask := func(p apiserver.Post, headline, claim string) {
		t.Helper()
		p.From, p.Chat = n.owner, group.ID
		before, sent := len(n.questions()), len(n.Sent(group.ID))
		n.Says(p)
		n.Waits("an answer", func() bool { return len(n.Sent(group.ID)) > sent })
		q := n.questions()[before]
		if len(q.Turns) != 1 || q.Turns[0].Question != headline || !strings.Contains(q.Turns[0].Answer, claim) {
			t.Errorf("%q leans on %+v", p.Text, q.Turns)
		}
	}
	me := "@newsdesk_bot "
	ask(apiserver.Post{ReplyTo: forward.ID, Text: me + "How long will it take?", Quote: "The Oster bridge is closed for 40 days from Thursday on."}, "A bridge closes", "40 days")
	ask(apiserver.Post{ReplyTo: forward.ID, Text: me + "Who built the trams?"}, "Trams reach Quellbrook", "12 new trams")
	comment := n.Says(apiserver.Post{From: n.owner, Chat: group.ID, ReplyTo: forward.ID, Text: "Good news for the trams."})
	n.idle()
	if got := len(n.questions()); got != 2 {
		t.Errorf("a comment was taken for a question: %d", got)
	}
	ask(apiserver.Post{ReplyTo: comment.ID, Text: "/ask Which bridge is closed?"}, "A bridge closes", "Oster bridge")
	n.stand(group.ID, apiserver.Standing{Status: "administrator"})
	ask(apiserver.Post{ReplyTo: forward.ID, Text: "What do the trams cost?"}, "Trams reach Quellbrook", "12 new trams")
}

// questions are those that were asked of the articles.
func (n *newsroom) questions() []bot.Question {
	n.askedMu.Lock()
	defer n.askedMu.Unlock()
	return append([]bot.Question(nil), n.asked...)
}
