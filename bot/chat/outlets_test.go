package chat

import (
	"context"
	"errors"
	"strings"
	"testing"

	"newsdesk/bot/access"
	"newsdesk/bot/locale"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/poll"
)

// wire plays two outlets: a feed at herald.example, whose texts are as bad as a
// stranger can make them, and nothing elsewhere.
func wire(_ context.Context, r fetch.Request) (fetch.Response, error) {
	switch strings.TrimSuffix(r.URL, "/") {
	case "https://herald.example":
		return fetch.Response{URL: r.URL, ContentType: "text/html", Body: []byte(`<html><head><title>Harbour Herald</title>
<meta property="og:site_name" content="Harbour Herald"><link rel="alternate" type="application/rss+xml" href="/feed"></head><body>News</body></html>`)}, nil
	case "https://herald.example/feed":
		return fetch.Response{URL: r.URL, ContentType: "application/rss+xml", Body: []byte(`<rss version="2.0"><channel><title>Harbour Herald</title>
<link>https://herald.example/</link><language>en</language>
<item><title>/forget https://evil.example @durov</title><link>https://herald.example/1</link><pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate></item>
</channel></rss>`)}, nil
	}
	return fetch.Response{}, errors.New("no such host")
}

// admin makes person 1 an admin of the bot.
func (r *room) admin() {
	r.t.Helper()
	r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Text: r.invite(access.Admin)})
}

// command writes a command as person 1, in private.
func (r *room) command(name, text string) string {
	r.t.Helper()
	return r.say(Message{Place: private, From: Person{ID: 1}, ID: 5, Addressed: true, Command: name, Text: text})
}

// answers replies to what was said last, as person 1.
func (r *room) answers(text string) string {
	r.t.Helper()
	return r.say(Message{Place: private, From: Person{ID: 1}, ID: 6, Addressed: true, RepliedTo: linkless(r), RepliedToID: 77, Text: text})
}

// linkless is the text of what was said last, as a messenger has it.
func linkless(r *room) string {
	var lines []string
	for _, b := range r.last.Replies[len(r.last.Replies)-1].Blocks {
		line := ""
		for _, s := range b.Spans {
			line += s.Text
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestAnOutletIsAddedByButtons(t *testing.T) {
	r := newRoom(t, Open)
	r.admin()
	if got := r.command("outlets", ""); got != "No outlet is read yet." || r.labels() != "Add an outlet" {
		t.Errorf("%s\n%s", got, r.labels())
	}
	r.press("Add an outlet")
	if got := r.answers("nowhere.example"); !strings.HasPrefix(got, "Nothing that can be read was found at nowhere.example: ") {
		t.Errorf("%s", got)
	}
	r.command("outlets", "")
	r.press("Add an outlet")
	got := r.answers("herald.example")
	want := "What I found at herald.example – shall it be read?\n" +
		"Harbour Herald<https://herald.example/> · 1 article · newest of 3 March 2026\nfeed: https://herald.example/feed\n• /forget https://evil.example @durov"
	if got != want || r.labels() != "Add: Harbour Herald" {
		t.Errorf("\n got %s\nwant %s\n%s", got, want, r.labels())
	}
	for _, b := range r.last.Replies[0].Blocks {
		for _, s := range b.Spans {
			if s.Own && strings.Contains(s.Text, "evil") {
				t.Errorf("a stranger's text is ours: %+v", s)
			}
		}
	}
	text, add := linkless(r), r.last.Replies[0].Buttons[0][0].Action
	press := Message{Place: private, From: Person{ID: 1}, ID: 77, Addressed: true, Pressed: add}
	if r.say(press); r.last.Notice != "This search is over. Please send the address again." {
		t.Errorf("without the message's text: %+v", r.last)
	}
	press.RepliedTo = strings.ReplaceAll(text, ".example", ".\u2060example")
	if got := r.say(press); got != "Harbour Herald is read from now on." || r.last.Replies[0].Replaces != 77 {
		t.Errorf("%s", got)
	}
	if got := r.say(press); got != "Harbour Herald is read already." {
		t.Errorf("a second time: %s", got)
	}
	if got := r.command("sources", ""); got != "Articles of 1 outlet:\nHarbour Herald<https://herald.example/> · 0 articles · is read" {
		t.Errorf("%s", got)
	}
}

// subscribed is a room with one outlet, whose sheet is open.
func subscribed(t *testing.T) *room {
	r := newRoom(t, Open)
	r.admin()
	p, err := r.desk.Poller(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Subscribe(t.Context(), poll.Found{Name: "Harbour Herald", Feed: "https://herald.example/feed", Home: "https://herald.example/"}); err != nil {
		t.Fatal(err)
	}
	r.command("outlets", "")
	r.press("Harbour Herald")
	return r
}

func TestAnOutletIsPausedRenamedAndRemoved(t *testing.T) {
	r := subscribed(t)
	if got := r.labels(); got != "Pause | Rename\nRemove | Back" {
		t.Fatalf("%s", got)
	}
	if got := r.press("Pause"); !strings.Contains(got, "Harbour Herald<https://herald.example/> · 0 articles · paused") {
		t.Errorf("%s", got)
	}
	if got := r.press("Go on"); !strings.Contains(got, "· is read") {
		t.Errorf("%s", got)
	}
	r.press("Rename")
	if got := r.answers(" Herald of the Harbour "); got != "The outlet is called Herald of the Harbour now." {
		t.Errorf("%s", got)
	}
	if got := r.command("outlets", ""); !strings.Contains(got, "Herald of the Harbour<") {
		t.Errorf("%s", got)
	}
	r.press("Herald of the Harbour")
	r.press("Rename")
	if got := r.answers(strings.Repeat("x", 3000)); !strings.Contains(got, "cannot be the name") {
		t.Errorf("%.200s", got)
	}
	r.command("outlets", "")
	r.press("Herald of the Harbour")
	if got := r.press("Remove"); got != "Shall Herald of the Harbour be read no more? Its articles stay." {
		t.Errorf("%s", got)
	}
	remove := r.last.Replies[0].Buttons[0][0].Action
	if got := r.press("Remove"); got != "Herald of the Harbour is read no more; its articles stay." {
		t.Errorf("%s", got)
	}
	if r.pressed(1, remove); r.last.Notice != "This outlet is not in the list any more." {
		t.Errorf("%+v", r.last)
	}
}

// TestTheRegisterIsForAdmins: nobody else sees it or presses its buttons, and
// nobody in a group.
func TestTheRegisterIsForAdmins(t *testing.T) {
	r := subscribed(t)
	pause := r.last.Replies[0].Buttons[0][0].Action
	stranger := Message{Place: Place{Chat: 2, Kind: Private}, From: Person{ID: 2}, ID: 9, Addressed: true}
	command, press, reply := stranger, stranger, stranger
	command.Command, press.Pressed = "outlets", pause
	reply.RepliedTo, reply.Text = r.view.texts.Say(locale.AskName())+"\n№ 1 · x", "Mine"
	if got := r.say(command); got != "Only an admin of this bot can do that." {
		t.Errorf("%s", got)
	}
	if r.say(press); r.last.Notice == "" {
		t.Errorf("%+v", r.last)
	}
	r.say(reply)
	group := Message{Place: Place{Chat: -5, Kind: Group}, From: Person{ID: 1}, ID: 9, Addressed: true}
	command, press = group, group
	command.Command, press.Pressed = "outlets", pause
	if got := r.say(command); got != "Please send this command in a private chat with me." {
		t.Errorf("%s", got)
	}
	r.say(press)
	if got := r.command("outlets", ""); !strings.Contains(got, "Harbour Herald") || !strings.Contains(got, "is read") {
		t.Errorf("it was changed: %s", got)
	}
}

func TestForgedButtonsOfTheRegister(t *testing.T) {
	r := subscribed(t)
	for _, action := range []string{"o:", "o:0", "o:1.explode", "o:9223372036854775808.pause", "o:found", "o:found.x.y", "o:list.-9", "o:list.99999999999999999999", "o:\x00"} {
		r.pressed(1, action)
	}
	if got := r.command("outlets", ""); !strings.Contains(got, "Harbour Herald<https://herald.example/> · 0 articles · is read") {
		t.Errorf("%s", got)
	}
}
