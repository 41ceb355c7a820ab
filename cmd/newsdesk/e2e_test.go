package main

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
)

// desk is the built binary serving beside a strict Bot API server: everything
// between a file of articles and what a person sees is the real thing.
type desk struct {
	*telegramtest.Server
	t       *testing.T
	dir     string
	environ []string
	serve   *process
}

func openDesk(t *testing.T, flags ...string) *desk {
	t.Helper()
	return openDeskWith(t, nil, flags...)
}

// openDeskWith is openDesk with more settings.
func openDeskWith(t *testing.T, environ []string, flags ...string) *desk {
	t.Helper()
	d := &desk{Server: telegramtest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "data")}
	d.environ = append(environ, envTelegramToken+"="+telegramtest.Token, "TELEGRAM_API_URL="+d.URL, envData+"="+d.dir)
	added := d.run("add", sampleRecords(t)).must(t)
	if !strings.Contains(added.out, "23 new articles, 1 new version, 0 unchanged") {
		t.Fatal(added.out)
	}
	d.serve = start(t, d.environ, append([]string{"serve"}, flags...)...)
	d.Waits("the bot asks who it is", func() bool {
		return slices.ContainsFunc(d.Calls(), func(c apiserver.Call) bool { return c.Method == "getMe" })
	})
	return d
}

// run runs another command.
func (d *desk) run(args ...string) result {
	d.t.Helper()
	return beside(d.t, strings.NewReader(""), d.environ, args...)
}

// asks has somebody write, and returns what the bot replied to that.
func (d *desk) asks(p apiserver.Post) apiserver.Message {
	d.t.Helper()
	question := d.Says(p)
	chat := question.Chat.ID
	var reply apiserver.Message
	d.Waits(fmt.Sprintf("a reply to %q", p.Text), func() bool {
		for _, m := range d.Sent(chat) {
			if m.ReplyTo != nil && m.ReplyTo.ID == question.ID {
				reply = m
				return true
			}
		}
		return false
	})
	if reply.Thread != question.Thread {
		d.t.Errorf("asked in topic %d, answered in topic %d", question.Thread, reply.Thread)
	}
	return reply
}

// answered checks that a message is a cited answer which holds a text.
func (d *desk) answered(m apiserver.Message, holds string) {
	d.t.Helper()
	if !strings.Contains(m.Text, holds) {
		d.t.Errorf("%q is not in the answer:\n%s", holds, m.Text)
	}
	if !isCited(m) {
		d.t.Errorf("links %q of the answer:\n%s", m.Links(), m.Text)
	}
	if m.LinkPreview == nil || !m.LinkPreview.IsDisabled {
		d.t.Error("the answer has a preview")
	}
}

// isCited reports whether a message has links, all to outlets of the sample
// articles, and numbers them.
func isCited(m apiserver.Message) bool {
	links := m.Links()
	return len(links) > 0 && strings.Contains(m.Text, "[1]") && !slices.ContainsFunc(links, func(l string) bool {
		return !strings.Contains(l, ".example/") && !strings.Contains(l, "?start=story_")
	})
}

func TestConversation(t *testing.T) {
	t.Parallel() // most of it is waiting for the pace of a group
	d := openDesk(t)
	ada, bob := d.Person("Ada"), d.Person("Bob")

	turned := d.asks(apiserver.Post{From: ada.ID, Text: "How many passengers were on the Lady Maren?"})
	if !strings.Contains(turned.Text, "closed") || len(turned.Links()) != 0 {
		t.Errorf("a stranger was told:\n%s", turned.Text)
	}
	invited := d.run("invite", "--admin").must(t)
	if !strings.Contains(invited.err, "https://t.me/newsdesk_bot?start="+strings.TrimSpace(invited.out)) {
		t.Error(invited.err)
	}
	code := strings.TrimSpace(invited.out)
	if m := d.asks(apiserver.Post{From: ada.ID, Text: code}); !strings.Contains(m.Text, "You are an admin") {
		t.Error(m.Text)
	}
	if m := d.asks(apiserver.Post{From: bob.ID, Text: code}); strings.Contains(m.Text, "admin of this bot now") {
		t.Errorf("a code was good twice: %s", m.Text)
	}
	if m := d.asks(apiserver.Post{From: ada.ID, Text: "How many passengers were on the Lady Maren?"}); true {
		d.answered(m, "212 passengers")
	}
	link := strings.TrimSpace(d.run("invite").must(t).out)
	if m := d.asks(apiserver.Post{From: bob.ID, Text: "/start " + link}); !strings.Contains(m.Text, "Welcome") {
		t.Error(m.Text)
	}
	d.answered(d.asks(apiserver.Post{From: bob.ID, Text: "What did Fergus Dunmarrow say about the apprentices?"}), "Fergus Dunmarrow")
	unknown := d.asks(apiserver.Post{From: bob.ID, Text: "Who won the chess olympiad in Reykjavik?"})
	if !strings.Contains(unknown.Text, "do not answer this") || !strings.Contains(unknown.Text, "23 articles") {
		t.Error(unknown.Text)
	}
	d.groups(ada, bob)
	d.serve.stop(t)
}

// groups asks in a group with topics, which an admin has to open first.
func (d *desk) groups(admin, member apiserver.User) {
	t := d.t
	forum, err := d.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: "Readers", IsForum: true})
	if err != nil {
		t.Fatal(err)
	}
	topic, err := d.AddTopic(forum.ID, "Trams")
	if err != nil {
		t.Fatal(err)
	}
	in := func(who apiserver.User, text string) apiserver.Post {
		return apiserver.Post{From: who.ID, Chat: forum.ID, Thread: topic, Text: text}
	}
	const question = "/ask@newsdesk_bot What did Helen Castellane say about the tram and lunch?"
	if m := d.asks(in(member, question)); !strings.Contains(m.Text, "not open yet") {
		t.Error(m.Text)
	}
	if m := d.asks(in(member, "/allow@newsdesk_bot")); !strings.Contains(m.Text, "Only an admin") {
		t.Error(m.Text)
	}
	if m := d.asks(in(admin, "/allow@newsdesk_bot")); !strings.Contains(m.Text, "This group is open") {
		t.Error(m.Text)
	}
	answer := d.asks(in(member, question))
	d.answered(answer, "Helen Castellane")

	// Whatever is not for this bot is left alone, also where it sees it.
	d.SetPrivacy(false)
	guest := d.Person("Carol")
	ignored := []apiserver.Message{
		d.Says(in(guest, "/ask@other_bot How many passengers were on the Lady Maren?")),
		d.Says(in(guest, "@other_bot how many passengers were on the Lady Maren?")),
		d.Says(in(guest, "How many passengers were on the Lady Maren?")),
	}
	replied := in(guest, "How much does a monthly ticket for pupils cost today?")
	replied.ReplyTo = answer.ID
	d.answered(d.asks(replied), "31 crowns")
	d.answered(d.asks(in(guest, "@newsdesk_bot how many electric tugs is the Dunmarrow shipyard to build?")), "six electric tugs")
	outside := apiserver.Post{From: guest.ID, Chat: forum.ID, Text: "/ask@newsdesk_bot How many appointments were cancelled?"}
	d.answered(d.asks(outside), "2,300 appointments")
	d.Handled()
	for _, m := range d.Sent(forum.ID) {
		if m.ReplyTo != nil && slices.ContainsFunc(ignored, func(i apiserver.Message) bool { return i.ID == m.ReplyTo.ID }) {
			t.Errorf("%q was answered: %s", m.ReplyTo.Text, m.Text)
		}
	}
}

// page is what comes in while the bot serves.
const paper = `HARBOUR HERALD | Published March 16, 2026
The mill at Wynmoor burned down on Sunday, and 14 people lost their homes.
“We saw the smoke from the harbour,” said Edda Klein, who owns the mill.
READ FULL ARTICLE
SOURCE: www.harbour-herald.example
RELATED: Mill at Wynmoor was insured
VALLEY DISPATCH | Published March 16, 2026
The mill at Wynmoor was insured for 3 million crowns, the company Nordsicher said on Monday.
READ FULL ARTICLE
SOURCE: www.valley-dispatch.example
`

func TestCommandsBesideServe(t *testing.T) {
	t.Parallel()
	d := openDesk(t, "--open")
	ada := d.Person("Ada")
	d.answered(d.asks(apiserver.Post{From: ada.ID, Text: "How many passengers were on the Lady Maren?"}), "212 passengers")
	if got := listed(t, d.run("articles", "--json")); len(got) != 23 {
		t.Errorf("%d articles", len(got))
	}
	second := d.run("serve")
	if second.code != exitFailed || !strings.Contains(second.err, "already running on this data folder") {
		t.Errorf("a second serve: exit %d, %s", second.code, second.err)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if r := d.run("backup", backup).must(t); !strings.Contains(r.out, "written and verified") {
		t.Error(r.out)
	}

	if r := d.run("add", write(t, "page.txt", paper)).must(t); !strings.Contains(r.out, "2 new articles") {
		t.Error(r.out)
	}
	const question = "How many crowns was the mill at Wynmoor insured for?"
	d.asksBeside(question)
	d.answered(d.asks(apiserver.Post{From: ada.ID, Text: question}), "3 million crowns")
	if r := d.run("check").must(t); !strings.Contains(r.out, "@newsdesk_bot, serving") || !strings.Contains(r.out, "25 articles of 5 outlets") {
		t.Error(r.out)
	}
	huge := beside(t, &endless{head: "HARBOUR HERALD | Published March 3, 2026\nThe mill ", left: 1 << 30}, d.environ, "add", "-")
	if huge.code != exitFailed || !strings.Contains(huge.err, "standard input: line 2") {
		t.Errorf("a huge line: %+v", huge)
	}
	d.posts()

	if r := d.run("restore", backup).must(t); !strings.Contains(r.out, "restored, 23 articles of 5 outlets") {
		t.Error(r.out)
	}
	if got := listed(t, d.run("articles", "--json")); len(got) != 23 {
		t.Errorf("%d articles after a restore", len(got))
	}
	if m := d.asks(apiserver.Post{From: ada.ID, Text: question}); !strings.Contains(m.Text, "do not answer this") {
		t.Errorf("answered from what is gone:\n%s", m.Text)
	}
	d.answered(d.asks(apiserver.Post{From: ada.ID, Text: "How many electric tugs is the Dunmarrow shipyard to build?"}), "six electric tugs")
	d.serve.stop(t)
}

// asksBeside asks at the command line, beside the serve.
func (d *desk) asksBeside(question string) {
	d.t.Helper()
	asked := d.run("ask", "--json", question).must(d.t)
	var answer answerJSON
	if err := json.Unmarshal([]byte(asked.out), &answer); err != nil {
		d.t.Fatal(err)
	}
	if !answer.Found || len(answer.Sources) == 0 || answer.Sources[0].Outlet != "Valley Dispatch" ||
		answer.Sources[0].OutletURL != "https://www.valley-dispatch.example/" || !strings.Contains(paper, answer.Sources[0].Quote) {
		d.t.Errorf("%+v", answer)
	}
}

// posts has a summary posted to a channel.
func (d *desk) posts() {
	d.t.Helper()
	channel, err := d.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: "The week", Username: "the_week"})
	if err != nil {
		d.t.Fatal(err)
	}
	r := d.run("post", "@the_week", "--since", "72h", "--now", "2026-03-16T20:00:00Z").must(d.t)
	if !strings.Contains(r.out, "posted to @the_week") {
		d.t.Error(r.out)
	}
	sent := d.Sent(channel.ID)
	if len(sent) != 1 || !isCited(sent[0]) {
		d.t.Fatalf("%+v", sent)
	}
	// Of the mill one item tells, and Valley Dispatch has nothing else in these days.
	for _, outlet := range []string{"Harbour Herald", "Radio Solana"} {
		if !strings.Contains(sent[0].Text, outlet) {
			d.t.Errorf("nothing of %s in the summary:\n%s", outlet, sent[0].Text)
		}
	}
}
