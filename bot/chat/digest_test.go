package chat

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/bot/schedule"
	"newsdesk/corpus"
)

// kept returns the digests of a chat.
func (r *room) kept(chat string) []schedule.Subscription {
	r.t.Helper()
	all, err := r.desk.Schedule.Of(r.t.Context(), chat)
	if err != nil {
		r.t.Fatal(err)
	}
	return all
}

// one returns the only digest of person 1's chat.
func (r *room) one() schedule.Subscription {
	r.t.Helper()
	all := r.kept("1")
	if len(all) != 1 {
		r.t.Fatalf("%d digests", len(all))
	}
	return all[0]
}

// digested is a room with one digest, whose page is open.
func digested(t *testing.T, button string) *room {
	t.Helper()
	r := newRoom(t, Open)
	r.command("digest", "")
	r.press(button)
	return r
}

func TestADigestIsMadeByButtons(t *testing.T) {
	r := newRoom(t, Open)
	if got := r.command("digest", ""); got != "Digests of this chat:\nThere are none yet." || r.labels() != "New digest | New breaking news" {
		t.Errorf("%s\n%s", got, r.labels())
	}
	got := r.press("New digest")
	want := `Digest 1
Times: at 08:00
Days: every day
Time zone: UTC
Topics: everything
Outlets: all
Language: as this chat
Stories: at most 8
Without sound: no
Quiet hours: none
Approval first: no
When late: up to 3 h
When nothing happened: say so in a line
Title: none
Next: 13 March 2026, 08:00`
	if got != want || r.last.Replies[0].Replaces != 77 {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if s := r.one(); s.By != 1 || s.Chat != "1" || !s.Made.Equal(r.desk.Now()) {
		t.Errorf("%+v", s)
	}
	if got := r.command("digest", ""); got != "Digests of this chat:\nDigest 1 · at 08:00 · every day" {
		t.Errorf("%s", got)
	}
}

// TestEveryChoice presses what changes each part of a digest.
func TestEveryChoice(t *testing.T) {
	for _, c := range []struct {
		page, press string
		want        func(s schedule.Subscription) bool
	}{
		{"Times", "18:00", func(s schedule.Subscription) bool { return slices.Equal(s.Times, []schedule.TimeOfDay{480, 1080}) }},
		{"Days", "✓ Sun", func(s schedule.Subscription) bool { return !s.Days.Has(time.Sunday) && s.Days.Has(time.Monday) }},
		{"Time zone", "Europe/Berlin", func(s schedule.Subscription) bool { return s.Zone == "Europe/Berlin" }},
		{"Language", "Deutsch", func(s schedule.Subscription) bool { return s.Language == "de" }},
		{"Stories", "5", func(s schedule.Subscription) bool { return s.Items == 5 }},
		{"Without sound", "yes", func(s schedule.Subscription) bool { return s.Silent }},
		{"Quiet hours", "22:00–07:00", func(s schedule.Subscription) bool {
			return s.Quiet == schedule.Quiet{From: 1320, To: 420, Rule: "move"}
		}},
		{"Approval first", "yes", func(s schedule.Subscription) bool { return s.Approver == 1 }},
		{"When late", "up to 6 h", func(s schedule.Subscription) bool { return s.Window == 6*time.Hour }},
		{"When nothing happened", "post nothing", func(s schedule.Subscription) bool { return s.Empty == schedule.StaySilent }},
	} {
		r := digested(t, "New digest")
		r.press(c.page)
		r.press(c.press)
		if !c.want(r.one()) {
			t.Errorf("%s, %s: %+v", c.page, c.press, r.one())
		}
		if !strings.HasPrefix(r.last.Notice, "Kept. "+c.page+": ") || r.last.Replies[0].Replaces != 77 {
			t.Errorf("%s: %q", c.page, r.last.Notice)
		}
	}
}

func TestTheLastTimeStays(t *testing.T) {
	r := digested(t, "New digest")
	r.press("Times")
	if r.press("✓ 08:00"); r.last.Notice != "One of them has to stay." || len(r.one().Times) != 1 {
		t.Errorf("%+v", r.last)
	}
}

func TestOutletsOfADigest(t *testing.T) {
	r := newRoom(t, Open)
	for _, name := range []string{"Harbour Herald", "Radio Solana"} {
		_, err := r.desk.Corpus.Add(t.Context(), []corpus.Article{{Outlet: name, URL: "https://" + handle(name) + ".example/1", Title: "T", Text: "It closed.", Published: r.desk.Now()}})
		if err != nil {
			t.Fatal(err)
		}
	}
	r.command("digest", "")
	r.press("New digest")
	r.press("Outlets")
	r.press("Leave some out")
	r.press("Radio Solana")
	if s := r.one(); !slices.Equal(s.Without, []string{"Radio Solana"}) || !strings.Contains(r.labels(), "✓ Radio Solana") {
		t.Errorf("%+v %s", s, r.labels())
	}
	r.press("Back")
	r.press("Outlets")
	r.press("all")
	if s := r.one(); len(s.Without) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestBreakingNews(t *testing.T) {
	r := digested(t, "New breaking news")
	if got := linkless(r); !strings.Contains(got, "Breaking news: independent origins: 3 or more; a day: at most 3") || strings.Contains(got, "Times:") {
		t.Errorf("%s", got)
	}
	r.press("Breaking news")
	r.press("from 4 on")
	r.press("5 a day")
	if s := r.one(); s.Kind != schedule.Breaking || s.Breaking != (schedule.Rule{Origins: 4, PerDay: 5}) {
		t.Errorf("%+v", s)
	}
}

// TestRepliesToADigestsQuestions: times, topics and so on are written.
func TestRepliesToADigestsQuestions(t *testing.T) {
	for _, c := range []struct {
		page, text string
		want       func(s schedule.Subscription) bool
	}{
		{"Times", "8:30, 18.15", func(s schedule.Subscription) bool { return slices.Equal(s.Times, []schedule.TimeOfDay{510, 1095}) }},
		{"Times", "۰۷:۰۰", func(s schedule.Subscription) bool { return slices.Equal(s.Times, []schedule.TimeOfDay{420}) }},
		{"Quiet hours", "23:00 06:30", func(s schedule.Subscription) bool { return s.Quiet.From == 1380 && s.Quiet.To == 390 }},
		{"Topics", " harbours ", func(s schedule.Subscription) bool { return slices.Equal(s.Topics, []string{"harbours"}) }},
		{"Time zone", "asia/tehran", func(s schedule.Subscription) bool { return s.Zone == "Asia/Tehran" }},
		{"Title", "Mornings", func(s schedule.Subscription) bool { return s.Title == "Mornings" }},
	} {
		r := digested(t, "New digest")
		r.press(c.page)
		got := r.answers(c.text)
		if !c.want(r.one()) || !strings.Contains(got, "Time zone: ") {
			t.Errorf("%s, %s: %+v\n%s", c.page, c.text, r.one(), got)
		}
	}
	for _, c := range []struct{ page, text, want string }{
		{"Times", "at dawn", "I cannot read times in that."}, {"Times", "25:00", "I cannot read times in that."}, {"Quiet hours", "22:00", "I cannot read times in that."},
		{"Topics", strings.Repeat("x", 300), "That is too long for a topic"}, {"Time zone", "Mars", "I know no time zone"}, {"Title", strings.Repeat("x", 300), "That is too long for a title."},
	} {
		r := digested(t, "New digest")
		r.press(c.page)
		if got := r.answers(c.text); !strings.HasPrefix(got, c.want) {
			t.Errorf("%s, %.20s: %s", c.page, c.text, got)
		}
	}
}

func TestATopicIsTakenOut(t *testing.T) {
	r := digested(t, "New digest")
	r.press("Topics")
	r.answers("harbours")
	r.press("Topics")
	r.press("✓ harbours")
	if s := r.one(); len(s.Topics) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestADigestIsPausedPreviewedAndDeleted(t *testing.T) {
	r := digested(t, "New digest")
	if got := r.press("Pause"); !strings.HasSuffix(got, "paused") || !r.one().Paused {
		t.Errorf("%s", got)
	}
	r.press("Go on")
	if r.one().Paused {
		t.Error("it is paused still")
	}
	if got := r.press("Preview now"); got != "The digest.\nA preview; nothing was posted." || len(r.previewed) != 1 || r.last.Replies[0].Replaces != 0 {
		t.Errorf("%s", got)
	}
	r.command("digest", "")
	r.press("Digest 1")
	if got := r.press("Delete"); !strings.HasPrefix(got, "Shall this digest be deleted?") {
		t.Errorf("%s", got)
	}
	if got := r.press("Delete"); got != "Deleted." || len(r.kept("1")) != 0 {
		t.Errorf("%s", got)
	}
	if r.pressed(1, "g:1"); r.last.Notice != "This digest is not there any more, or not yours to change." {
		t.Errorf("%+v", r.last)
	}
}

// TestDigestsOfOthers: what a button or a reply names may be forged.
func TestDigestsOfOthers(t *testing.T) {
	r := digested(t, "New digest")
	before := r.one()
	other := Message{Place: Place{Chat: 2, Kind: Private}, From: Person{ID: 2}, ID: 9, Addressed: true}
	for _, action := range []string{"g:1", "g:1.preview", "g:1.delete", "g:1.erase", "g:of.1", "g:new.1", "g:breaking.-100", "g:test.1", "g:test.-100", "e:1.pause=yes", "e:1.times=600",
		"g:", "g:x", "g:new", "e:", "e:1", "e:1.", "e:1.times", "e:99999999999999999999.pause=yes", "g:new.@x", "e:1.rule=o9"} {
		press := other
		press.Pressed = action
		if got := r.say(press); strings.Contains(got, "Digest 1") {
			t.Errorf("%q: %s", action, got)
		}
	}
	reply := other
	reply.RepliedTo, reply.Text = r.view.texts.Say(locale.ChooseTimes())+"\n№ 1 · Digest 1", "10:00"
	if got := r.say(reply); !strings.HasPrefix(got, "This digest is not there any more") {
		t.Errorf("%s", got)
	}
	if after := r.one(); !slices.Equal(after.Times, before.Times) || after.Paused || len(r.previewed) != 0 || len(r.kept("-100")) != 0 {
		t.Errorf("%+v", after)
	}
	for _, action := range []string{"e:1.times=-5", "e:1.times=99999", "e:1.days=9", "e:1.rule=o3", "e:1.rule=", "e:1.items=0", "e:1.items=10000", "e:1.window=0", "e:1.window=9999999999", "e:1.zone=Mars",
		"e:1.quiet=9-99999", "e:1.quiet=x", "e:1.answer=!!", "e:1.empty=perhaps", "e:1.only=00000000.0", "e:1.nothing=1", "g:1.rule", "g:1.nothing", "g:1.only.-7"} {
		r.pressed(1, action)
	}
	if after := r.one(); after.Kind != schedule.Scheduled || after.Items != before.Items || after.Window != before.Window || after.Zone != before.Zone || after.Quiet != before.Quiet {
		t.Errorf("%+v", after)
	}
}

// TestDigestsOfAGroup are for its admins, and are posted into the topic in which they
// were made.
func TestDigestsOfAGroup(t *testing.T) {
	r := newRoom(t, Open)
	r.groupAdmin = 1
	m := Message{Place: Place{Chat: -5, Thread: 3, Kind: Group}, From: Person{ID: 2}, ID: 9, Addressed: true, Command: "digest"}
	if got := r.say(m); got != "Only the admins of this group can change that." {
		t.Errorf("%s", got)
	}
	m.From.ID = 1
	r.say(m)
	press := m
	press.Command, press.Pressed = "", r.last.Replies[0].Buttons[0][0].Action
	r.say(press)
	if all := r.kept("-5"); len(all) != 1 || all[0].Topic != 3 {
		t.Errorf("%+v", all)
	}
	press.From.ID, press.Pressed = 2, "e:1.pause=yes"
	if r.say(press); r.last.Notice == "" || r.kept("-5")[0].Paused {
		t.Errorf("%+v", r.last)
	}
}

// change tells person 1 what the bot may do in channel -100.
func (r *room) change(a Added) string {
	r.t.Helper()
	a.To, a.Channel = "Morning @all", -100
	return r.say(Message{Place: private, From: Person{ID: 1}, Addressed: true, Added: &a})
}

func TestAChannelIsNoticed(t *testing.T) {
	r := newRoom(t, Open)
	r.groupAdmin = 1
	got := r.change(Added{MayNotPost: true, MayNotEdit: true})
	if !strings.HasPrefix(got, "I may not post in Morning @all: ") || !strings.Contains(got, "\nI may not edit messages in Morning @all, ") || r.labels() != "Digests" {
		t.Errorf("%s\n%s", got, r.labels())
	}
	if got = r.change(Added{}); !strings.HasPrefix(got, "I am in Morning @all now and may post and edit there.\nWho asks") || r.labels() != "Send a test post | Digests" {
		t.Errorf("%s\n%s", got, r.labels())
	}
	r.press("Send a test post")
	if r.last.Notice != "The test post is on its way." || len(r.last.Posts) != 1 || r.last.Posts[0].Chat != -100 || plain(r.last.Posts[0].Reply) != "This is a test post: I can post here." {
		t.Errorf("%+v", r.last)
	}
}

func TestDigestsOfAChannel(t *testing.T) {
	r := newRoom(t, Open)
	r.groupAdmin = 1
	r.change(Added{})
	if got := r.command("digest", ""); !strings.HasSuffix(got, "Channels of yours that I am in have a button below.") {
		t.Errorf("%s", got)
	}
	if got := r.press("Morning @all"); got != "Digests of Morning @all:\nThere are none yet." {
		t.Errorf("%s", got)
	}
	r.press("New digest")
	all := r.kept("-100")
	if len(all) != 1 || all[0].Language != "en" || all[0].Topic != 0 {
		t.Fatalf("%+v", all)
	}
	id := strconv.FormatInt(all[0].ID, 10)
	r.pressed(1, "e:"+id+".silent=yes")
	if !r.kept("-100")[0].Silent {
		t.Error("it was not changed")
	}
	// Who is no admin of the channel any more changes nothing.
	r.groupAdmin = 0
	r.pressed(1, "e:"+id+".silent=no")
	if r.pressed(1, "g:test.-100"); len(r.last.Posts) != 0 || r.last.Notice == "" || !r.kept("-100")[0].Silent {
		t.Errorf("%+v", r.last)
	}
	// Nor does anybody once the bot has left.
	r.groupAdmin = 1
	if got := r.change(Added{Gone: true}); got != "-" {
		t.Errorf("%s", got)
	}
	if r.pressed(1, "g:of.-100"); !strings.HasPrefix(r.last.Notice, "I am not in this channel any more") {
		t.Errorf("%+v", r.last)
	}
}

// TestAStrangersChannel: of a closed bot, a stranger hears what it lacks and nothing
// else.
func TestAStrangersChannel(t *testing.T) {
	r := newRoom(t, Closed)
	r.groupAdmin = 1
	if got := r.change(Added{}); got != "-" {
		t.Errorf("%s", got)
	}
	if got := r.change(Added{MayNotPost: true}); !strings.HasPrefix(got, "I may not post") || r.labels() != "" {
		t.Errorf("%s", got)
	}
	if got := r.pressed(1, "g:test.-100"); got != "-" || len(r.last.Posts) != 0 {
		t.Errorf("%s", got)
	}
}

func TestForgetDeletesDigests(t *testing.T) {
	r := digested(t, "New digest")
	r.command("forget", "")
	if got := r.press("Delete everything"); !strings.Contains(got, "• 1 digest\n") || len(r.kept("1")) != 0 {
		t.Errorf("%s", got)
	}
}

// TestTooManyDigests: a chat has so many at most.
func TestTooManyDigests(t *testing.T) {
	r := newRoom(t, Open)
	for range schedule.MaxPerChat {
		r.pressed(1, "g:new.1")
	}
	if got := r.pressed(1, "g:new.1"); got != "A chat cannot have more than 20 digests." {
		t.Errorf("%s", got)
	}
}

// TestActionsFit: a button brings back 64 bytes at most.
func TestActionsFit(t *testing.T) {
	r := newRoom(t, Open)
	s := schedule.Default("-1001234567890123", r.desk.Now())
	s.ID = 1 << 40
	s.Topics = []string{strings.Repeat("ü", 80)}
	s.Quiet = schedule.Quiet{From: 1, To: 2}
	talk, err := r.desk.open(t.Context(), Message{Place: private, From: Person{ID: 1}})
	if err != nil {
		t.Fatal(err)
	}
	all := talk.digestSheet(s).Buttons
	for _, item := range digestItems {
		all = append(all, item.choices(talk, s)...)
	}
	for _, b := range slices.Concat(all...) {
		if len(b.Action) > 64 || b.Action == "" || b == (bot.Button{}) {
			t.Errorf("%+v", b)
		}
	}
}
