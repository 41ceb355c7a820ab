package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
)

// languagesToured are those that the interface speaks.
var languagesToured = []string{"en", "de", "es", "ru", "fa", "ar"}

// TestTour presses every button and writes every command in each language, in a
// private chat and in a topic. The server refuses the test for any call that
// Telegram would refuse.
func TestTour(t *testing.T) {
	o := openOffice(t, layout{pace: quickPace})
	for _, language := range languagesToured {
		who := o.AddUser(apiserver.User{FirstName: "Guest", Username: "guest_" + language, Language: language})
		group, topics := o.forum("Readers "+language, who.ID)
		o.tour(apiserver.Post{From: who.ID, Chat: who.ID})
		o.tour(apiserver.Post{From: who.ID, Chat: group, Thread: topics[0]})
	}
	o.idle()
}

// tour does all that there is to do in one place.
func (o *office) tour(at apiserver.Post) {
	o.t.Helper()
	say := func(text string) apiserver.Message {
		at.Text = text
		return o.asks(at)
	}
	for _, c := range []string{"/start", "/help", "/latest", "/latest Harbour Herald", "/latest ferry", "/latest xyzzyq", "/sources", "/privacy", "/new", "/cancel",
		"/ask", "/compare", "/status", "/budget", "/pause", "/explain", "/allow", "/ask 🙂", "/ask@newsdesk_bot Who won the chess olympiad?"} {
		say(c)
	}
	answer := say("/ask How many passengers were on the Lady Maren?")
	compared := say("/compare How many people were injured on the ferry?")
	for _, m := range []apiserver.Message{answer, compared} {
		o.tourAnswer(at, m)
	}
	o.tourSettings(at, say("/settings"))
	reply := at
	reply.ReplyTo, reply.Text = answer.ID, "When was that?"
	if quoted := strings.SplitN(answer.Plain(), " ", 4); len(quoted) == 4 {
		reply.Quote = strings.Join(quoted[:3], " ")
	}
	o.asks(reply)
	o.tourEdit(at)
	o.tourForget(at, say("/forget"), say)
}

// tourAnswer presses what stands under an answer.
func (o *office) tourAnswer(at apiserver.Post, m apiserver.Message) {
	o.t.Helper()
	folded := m.Plain()
	m = o.press(at.From, m, button(o.t, m, "q:"))
	if m.Plain() == folded || !slices.ContainsFunc(m.Entities, func(e apiserver.Entity) bool { return e.Type == "expandable_blockquote" }) {
		o.t.Errorf("no quotes fold out of:\n%s", m.Plain())
	}
	if m = o.press(at.From, m, button(o.t, m, "h:")); m.Plain() != folded {
		o.t.Errorf("folded in, it is\n%s\nand was\n%s", m.Plain(), folded)
	}
	before := len(o.Sent(m.Chat.ID))
	for _, verb := range []string{"c:", "u:", "d:", "d:"} {
		m = o.press(at.From, m, button(o.t, m, verb))
	}
	if got := len(o.Sent(m.Chat.ID)); got != before+1 {
		o.t.Errorf("%d messages after a comparison and votes, there were %d", got, before)
	}
}

// tourSettings opens every page and presses every button of it once.
func (o *office) tourSettings(at apiserver.Post, m apiserver.Message) {
	o.t.Helper()
	home, done := data(m), ""
	for _, page := range home {
		if page == "m:done" {
			done = page
			continue
		}
		o.tourPage(at, m, page, map[string]bool{})
	}
	m = o.forge(at, m, "s:interface=")
	if m = o.press(at.From, m, done); m.Keyboard != nil {
		o.t.Errorf("buttons are left: %q", data(m))
	}
}

// tourPage opens a page from the first one, presses all of it, and those pages
// that it leads to.
func (o *office) tourPage(at apiserver.Post, m apiserver.Message, page string, seen map[string]bool) {
	o.t.Helper()
	if page == "m:" || seen[page] {
		return
	}
	seen[page] = true
	open := func() apiserver.Message { return o.forge(at, m, page) }
	for _, d := range data(open()) {
		if strings.HasPrefix(d, "m:") {
			o.tourPage(at, m, d, seen)
			continue
		}
		if now := open(); slices.Contains(data(now), d) {
			o.press(at.From, now, d)
		}
	}
}

// forge presses what need not be there, and returns the message as it is then.
func (o *office) forge(at apiserver.Post, m apiserver.Message, data string) apiserver.Message {
	o.t.Helper()
	id, err := o.Forge(apiserver.Press{From: at.From, Chat: m.Chat.ID, Message: m.ID, Data: data})
	if err != nil {
		o.t.Fatal(err)
	}
	o.Waits("an answer to "+data, func() bool { return o.Answered(id) != nil })
	o.idle()
	return o.newest(m)
}

// tourEdit edits a question, twice.
func (o *office) tourEdit(at apiserver.Post) {
	o.t.Helper()
	at.Text = "/ask How many electric tugs is the shipyard to build?"
	q := o.Says(at)
	o.Waits("an answer", func() bool { return len(o.replied(q)) > 0 })
	o.idle()
	for _, text := range []string{"/ask How many appointments were cancelled?", "/ask Who owns the shipyard?"} {
		if _, err := o.Edit(at.From, q.Chat.ID, q.ID, text); err != nil {
			o.t.Fatal(err)
		}
		o.idle()
	}
}

// tourForget keeps everything, then deletes it; the second message is for the
// second time.
func (o *office) tourForget(at apiserver.Post, m apiserver.Message, say func(string) apiserver.Message) {
	o.t.Helper()
	o.press(at.From, m, "f:no")
	m = say("/forget")
	m = o.press(at.From, m, "f:yes")
	if m.Keyboard != nil {
		o.t.Errorf("after /forget: %s %q", m.Plain(), data(m))
	}
	m = say("/forget")
	o.press(at.From, m, "f:yes")
}

// TestTourOfHardAnswers sends answers that are hard to send: longer than a
// message, right to left, with emoji where they are cut, and the same as rich
// messages; their buttons are pressed too.
func TestTourOfHardAnswers(t *testing.T) {
	var text string
	o := openOffice(t, layout{pace: quickPace, desk: func(d *chat.Desk) {
		ask := d.Answer
		d.Answer = func(ctx context.Context, q bot.Question) (bot.Answer, error) {
			a, err := ask(ctx, bot.Question{Text: "How many passengers were on the Lady Maren?", Now: q.Now})
			for i := range a.Citations {
				a.Citations[i].Quote = text
			}
			for i := range a.Sentences {
				a.Sentences[i].Text = text
			}
			a.Notes = append(a.Notes, bot.Note{Kind: bot.NoteClosest, Words: text})
			return a, err
		}
	}})
	hard := []string{
		strings.Repeat("Ein langer Satz über die Fähre. ", 150), strings.Repeat("x", 9000), strings.Repeat("🙂", 4095) + "a🙂🙂", strings.Repeat("a", 4095) + "🙂🙂",
		strings.Repeat("غادرت العبارة الميناء في الساعة الثامنة. ", 150), strings.Repeat("👩‍👩‍👧‍👦🏳️‍🌈", 400), "\u202eevil\u2066 <b>&amp; </a> [x](tg://user?id=1) @durov /stop #tag $USD http://e.example",
		strings.Repeat("& < > \" ", 700), strings.Repeat("a\u0301", 3000), "\x00\x01\xff\xfe", strings.Repeat("/a @b ", 900),
	}
	for i, look := range []string{"classic", "rich"} {
		who := o.Person(fmt.Sprint("Reader", i))
		settings := o.asks(apiserver.Post{From: who.ID, Text: "/settings"})
		settings = o.press(who.ID, settings, "m:rendering")
		o.press(who.ID, settings, "s:rendering="+look)
		for _, text = range hard {
			q := o.Says(apiserver.Post{From: who.ID, Text: "How many passengers were on the ferry?"})
			o.Waits("an answer", func() bool { return len(o.replied(q)) > 0 })
			o.idle()
			all := o.Sent(who.ID)
			for _, verb := range []string{"q:", "h:", "q:", "h:"} {
				shown := o.Sent(who.ID)
				last := shown[len(shown)-1]
				o.press(who.ID, last, button(t, last, verb))
			}
			if now := o.Sent(who.ID); !slices.Equal(plains(now), plains(all)) {
				t.Errorf("%.20q: %d messages became %d others by folding out and in", text, len(all), len(now))
			}
		}
	}
}

func plains(all []apiserver.Message) []string {
	var out []string
	for _, m := range all {
		out = append(out, m.Plain())
	}
	return out
}

// TestTourOfStops ends work by the Stop button of the draft and by /cancel, in
// private and in a group.
func TestTourOfStops(t *testing.T) {
	pace := quickPace
	pace.Notice = 1 // at once
	o := openOffice(t, layout{pace: pace, desk: func(d *chat.Desk) {
		d.Answer = func(ctx context.Context, q bot.Question) (bot.Answer, error) {
			q.Tell(bot.Progress{Stage: bot.Searching, N: 23})
			q.Tell(bot.Progress{Stage: bot.Reading, N: 6})
			<-ctx.Done()
			return bot.Answer{}, ctx.Err()
		}
	}})
	for _, language := range []string{"en", "fa"} {
		who := o.AddUser(apiserver.User{FirstName: "Guest", Language: language})
		group, topics := o.forum("Readers "+language, who.ID)
		first := o.Says(apiserver.Post{From: who.ID, Text: "how many?"})
		draft := o.Draws(who.ID, func(d apiserver.Draft) bool { return d.CanStop })
		second := o.Says(apiserver.Post{From: who.ID, Text: "and then?"})
		if err := o.Stop(who.ID, draft.ID); err != nil {
			t.Fatal(err)
		}
		o.Waits("the first is stopped", func() bool { return len(o.replied(first)) > 0 })
		o.Draws(who.ID, func(d apiserver.Draft) bool { return d.ID != draft.ID })
		o.Says(apiserver.Post{From: who.ID, Text: "/cancel"})
		third := o.Says(apiserver.Post{From: who.ID, Chat: group, Thread: topics[1], Text: "/ask how many?"})
		o.Says(apiserver.Post{From: who.ID, Chat: group, Thread: topics[1], Text: "/cancel"})
		o.idle()
		for _, q := range []apiserver.Message{first, second, third} {
			if got := o.replied(q); len(got) != 1 || strings.Contains(got[0].Text, "wrong") {
				t.Errorf("%s: %q was answered by %q", language, q.Text, plains(got))
			}
		}
	}
}
