package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/access"
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
	for _, language := range toured() {
		who := o.AddUser(apiserver.User{FirstName: "Guest", Username: "guest_" + language, Language: language})
		group, topics := o.forum("Readers "+language, who.ID)
		o.tour(apiserver.Post{From: who.ID, Chat: who.ID})
		o.tour(apiserver.Post{From: who.ID, Chat: group, Thread: topics[0]})
	}
	o.idle()
}

// toured are the languages of a tour: all, and one from right to left with -short.
func toured() []string {
	if testing.Short() {
		return []string{"ar"}
	}
	return languagesToured
}

// tour does all that there is to do in one place.
func (o *office) tour(at apiserver.Post) {
	o.t.Helper()
	say := func(text string) apiserver.Message {
		at.Text = text
		return o.asks(at)
	}
	for _, c := range []string{"/start", "/help", "/latest", "/latest Harbour Herald", "/latest ferry", "/latest xyzzyq", "/story", "/story 999999", "/story x", "/start story_999999", "/outlets", "/outlets x.example", "/sources", "/privacy", "/new", "/cancel",
		"/ask", "/compare", "/status", "/budget", "/pause", "/explain", "/allow", "/ask 🙂", "/ask@newsdesk_bot Who won the chess olympiad?"} {
		say(c)
	}
	answer := say("/ask How many passengers were on the Lady Maren?")
	compared := say("/compare How many people were injured on the ferry?")
	for _, m := range []apiserver.Message{answer, compared} {
		o.tourAnswer(at, m)
	}
	o.tourStories(at, say("/latest"))
	o.tourDigests(at, say)
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

// tourStories opens each story of a list.
func (o *office) tourStories(at apiserver.Post, m apiserver.Message) {
	o.t.Helper()
	before := len(o.Sent(m.Chat.ID))
	stories := data(m)
	for _, story := range stories {
		o.press(at.From, m, story)
	}
	if got := len(o.Sent(m.Chat.ID)); len(stories) == 0 || got < before+len(stories) {
		o.t.Errorf("%d messages after %d stories, there were %d", got, len(stories), before)
	}
}

// tourDigests makes a digest of either kind, presses all that is on its pages, answers
// their questions, and deletes it.
func (o *office) tourDigests(at apiserver.Post, say func(string) apiserver.Message) {
	o.t.Helper()
	seen := map[string]bool{}
	for _, kind := range []string{"g:new.", "g:breaking."} {
		m := say("/digest")
		m = o.press(at.From, m, button(o.t, m, kind))
		o.tourDigest(at, m, seen)
		m = say("/digest")
		m = o.press(at.From, m, data(m)[0]) // each place has one at a time
		for _, last := range []string{".erase", ".delete"} {
			for _, d := range data(m) {
				if strings.HasSuffix(d, last) {
					m = o.press(at.From, m, d)
				}
			}
		}
		if list := o.press(at.From, m, button(o.t, m, "g:of.")); slices.ContainsFunc(data(list), func(d string) bool { return !strings.Contains(d, ".") }) {
			o.t.Errorf("a digest is left: %q", data(list))
		}
	}
}

// tourDigest opens each page of a digest that was not seen yet from its first, which m
// shows.
func (o *office) tourDigest(at apiserver.Post, m apiserver.Message, seen map[string]bool) {
	o.t.Helper()
	home := data(m)
	back := ""
	for _, page := range home {
		switch {
		case strings.HasPrefix(page, "g:of."), strings.HasSuffix(page, ".erase"):
			continue
		case strings.HasPrefix(page, "e:"): // pause, and what stands there then
			m = o.forge(at, m, back)
			m = o.press(at.From, m, page)
			m = o.press(at.From, m, button(o.t, m, "e:"))
			continue
		}
		_, name, _ := strings.Cut(page, ".")
		if seen[name] {
			continue
		}
		seen[name] = true
		m = o.forge(at, m, page)
		if name == "preview" {
			continue
		}
		back = data(m)[len(data(m))-1]
		for _, d := range data(m) {
			if d == back {
				continue
			}
			o.tourChoice(at, o.forge(at, m, page), d)
		}
		if slices.Contains([]string{"times", "quiet", "topics", "zone", "called"}, name) {
			o.tourReplies(at, o.forge(at, m, page))
		}
	}
	o.forge(at, m, back)
}

// tourChoice presses a choice, and what is on the page that it leads to if that is one
// of outlets.
func (o *office) tourChoice(at apiserver.Post, m apiserver.Message, choice string) {
	o.t.Helper()
	if !slices.Contains(data(m), choice) {
		return // the choice before has changed the page
	}
	m = o.press(at.From, m, choice)
	if !strings.Contains(choice, ".only.") && !strings.Contains(choice, ".without.") {
		return
	}
	for _, d := range data(m) {
		if strings.HasPrefix(d, "e:") {
			m = o.press(at.From, m, d)
		}
	}
}

// tourReplies answers the question of a page in good words and in bad ones.
func (o *office) tourReplies(at apiserver.Post, m apiserver.Message) {
	o.t.Helper()
	at.ReplyTo = m.ID
	for _, text := range []string{"08:00 18:30", "evil <b>& @durov /stop", "Europe/Madrid"} {
		at.Text = text
		o.asks(at)
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

// TestTourOfOutlets adds an outlet, pauses, renames and removes it, in each language.
func TestTourOfOutlets(t *testing.T) {
	g := newGazette(t)
	o := openOffice(t, layout{pace: quickPace, settings: settings{OwnHosts: []string{strings.TrimPrefix(g.URL, "http://")}, OutletPace: 1}})
	for _, language := range toured() {
		who := o.AddUser(apiserver.User{FirstName: "Admin", Username: "admin_" + language, Language: language})
		code, err := o.app.access.Invite(t.Context(), access.Admin)
		if err != nil {
			t.Fatal(err)
		}
		at := apiserver.Post{From: who.ID, Text: code}
		say := func(text string) apiserver.Message {
			at.Text = text
			return o.asks(at)
		}
		say(code)
		for _, c := range []string{"/help", "/status", "/budget", "/outlets http://127.0.0.1:1/"} {
			say(c)
		}
		list := say("/outlets")
		at.ReplyTo = o.pressed(at, list, "o:add").ID
		found := say(g.URL)
		at.ReplyTo = 0
		if links := found.Links(); !slices.Equal(links, []string{g.URL + "/"}) {
			t.Errorf("%s: what was found links to %q:\n%s", language, links, found.Plain())
		}
		m := o.press(who.ID, found, button(t, found, "o:found."))
		m = o.press(who.ID, m, button(t, m, "o:"))
		sheet := data(m)
		for _, act := range []string{".pause", ".resume"} {
			m = o.press(who.ID, m, sheet[0][:strings.IndexByte(sheet[0], '.')]+act)
		}
		at.ReplyTo = o.pressed(at, m, sheet[1]).ID
		say("Gazette & <b>" + language)
		at.ReplyTo = 0
		for _, c := range []string{"/sources", "/outlets"} {
			if m := say(c); !strings.Contains(m.Plain(), "Gazette & <b>"+language) {
				t.Errorf("%s: after %s:\n%s", language, c, m.Plain())
			}
		}
		m = o.press(who.ID, m, sheet[2])
		m = o.press(who.ID, m, button(t, m, "o:"))
		o.press(who.ID, m, button(t, m, "o:list"))
	}
	o.idle()
}

// pressed presses a button that is answered by a further message, and returns that.
func (o *office) pressed(at apiserver.Post, m apiserver.Message, data string) apiserver.Message {
	o.t.Helper()
	before := len(o.Sent(m.Chat.ID))
	o.press(at.From, m, data)
	all := o.Sent(m.Chat.ID)
	if len(all) != before+1 {
		o.t.Fatalf("%d messages after %s, there were %d", len(all), data, before)
	}
	return all[before]
}

// TestTourOfChannels adds the bot to a channel without rights, gives it these, has a
// test post sent and a digest made there, and takes the bot out again.
func TestTourOfChannels(t *testing.T) {
	o := openOffice(t, layout{pace: quickPace})
	for _, language := range toured() {
		who := o.AddUser(apiserver.User{FirstName: "Editor", Username: "editor_" + language, Language: language})
		c, err := o.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: "Morning & <b> " + language})
		if err != nil {
			t.Fatal(err)
		}
		if err := o.SetMember(c.ID, who.ID, "creator"); err != nil {
			t.Fatal(err)
		}
		o.asks(apiserver.Post{From: who.ID, Text: "/start"})
		stand := func(to apiserver.Standing) []apiserver.Message {
			t.Helper()
			before := len(o.Sent(who.ID))
			if err := o.SetStanding(c.ID, who.ID, to); err != nil {
				t.Fatal(err)
			}
			o.idle()
			return o.Sent(who.ID)[before:]
		}
		stand(apiserver.Standing{Status: "left"})
		if told := stand(apiserver.Standing{Status: "administrator"}); len(told) != 1 || strings.Count(told[0].Plain(), c.Title) != 2 {
			t.Fatalf("%s: without rights: %q", language, plains(told))
		}
		told := stand(apiserver.Standing{Status: "administrator", CanPost: true, CanEdit: true})
		if len(told) != 1 {
			t.Fatalf("%s: with rights: %q", language, plains(told))
		}
		o.press(who.ID, told[0], button(t, told[0], "g:test."))
		if posts := o.Sent(c.ID); len(posts) != 1 {
			t.Errorf("%s: posts %q", language, plains(posts))
		}
		m := o.press(who.ID, told[0], button(t, told[0], "g:of."))
		m = o.press(who.ID, m, button(t, m, "g:new."))
		o.tourDigest(apiserver.Post{From: who.ID}, m, map[string]bool{})
		list := o.asks(apiserver.Post{From: who.ID, Text: "/digest"})
		m = o.press(who.ID, list, button(t, list, fmt.Sprint("g:of.", c.ID)))
		if !strings.Contains(m.Plain(), c.Title) {
			t.Errorf("%s: %s", language, m.Plain())
		}
		if told := stand(apiserver.Standing{Status: "left"}); len(told) != 0 {
			t.Errorf("%s: after it left: %q", language, plains(told))
		}
	}
	o.idle()
}
