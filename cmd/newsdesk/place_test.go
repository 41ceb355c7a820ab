package main

import (
	"slices"
	"strings"
	"testing"

	"newsdesk/bot/access"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
)

// TestAlbums sends albums: a caption is one question whichever picture has it, and
// without one it is said once what can be read.
func TestAlbums(t *testing.T) {
	o := openOffice(t, layout{pace: quickPace})
	who := o.Person("Ada")
	for i, captions := range [][]string{{"", "", ""}, {"How many passengers were on the Lady Maren?", "", ""}, {"", "", "How many passengers were on the Lady Maren?"}} {
		before := len(o.Sent(who.ID))
		for _, c := range captions {
			o.Says(apiserver.Post{From: who.ID, File: "photo", Album: string(rune('a' + i)), Text: c})
		}
		o.idle()
		got := o.Sent(who.ID)[before:]
		says := "cannot look at pictures"
		if i > 0 {
			says = "212"
		}
		if len(got) != 1 || !strings.Contains(got[0].Plain(), says) {
			t.Errorf("album %d is answered by %q", i, plains(got))
		}
	}
	group, _ := o.forum("Readers", who.ID)
	for _, c := range []string{"", "@newsdesk_bot How many passengers were on the Lady Maren?", ""} {
		o.Says(apiserver.Post{From: who.ID, Chat: group, File: "photo", Album: "g", Text: c})
	}
	o.idle()
	if got := o.Sent(group); len(got) != 1 || !strings.Contains(got[0].Plain(), "212") {
		t.Errorf("in a group: %q", plains(got))
	}
}

// TestAdded adds the bot to a group that is not open, and to a channel without the
// rights that it needs.
func TestAdded(t *testing.T) {
	o := openOffice(t, layout{pace: quickPace, desk: func(d *chat.Desk) { d.Door = chat.Closed }})
	ada := o.Person("Ada")
	o.asks(apiserver.Post{From: ada.ID, Text: "/start"})
	group, err := o.AddChat(apiserver.Chat{Type: apiserver.Supergroup, Title: "Readers"})
	if err != nil {
		t.Fatal(err)
	}
	channel, err := o.AddChat(apiserver.Chat{Type: apiserver.Channel, Title: "The week & more"})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.AddBot(group.ID, ada.ID, apiserver.Standing{Status: "member"}); err != nil {
		t.Fatal(err)
	}
	o.idle()
	if got := o.Sent(group.ID); len(got) != 1 || !strings.Contains(got[0].Text, "/allow") {
		t.Errorf("added to a group: %q", plains(got))
	}
	for _, to := range []struct {
		standing apiserver.Standing
		says     string
	}{
		{apiserver.Standing{Status: "administrator", CanEdit: true}, "the right to post messages"},
		{apiserver.Standing{Status: "administrator", CanPost: true}, "may not edit"}, {apiserver.Standing{Status: "administrator", CanPost: true, CanEdit: true}, ""},
	} {
		before := len(o.Sent(ada.ID))
		if err := o.SetStanding(channel.ID, ada.ID, to.standing); err != nil {
			t.Fatal(err)
		}
		o.idle()
		got := plainsOf(o.Sent(ada.ID)[before:])
		if to.says == "" && got != "" || !strings.Contains(got, to.says) || to.says != "" && !strings.Contains(got, "The week & more") {
			t.Errorf("%+v: %q", to.standing, got)
		}
	}
	if got := o.Sent(channel.ID); len(got) > 0 {
		t.Errorf("in the channel: %q", plains(got))
	}
}

// TestMenuOfAdmins pairs an admin, who then has more commands than others have.
func TestMenuOfAdmins(t *testing.T) {
	o := openOffice(t, layout{pace: quickPace})
	ada, bob := o.Person("Ada"), o.Person("Bob")
	code, err := o.app.access.Invite(t.Context(), access.Admin)
	if err != nil {
		t.Fatal(err)
	}
	o.asks(apiserver.Post{From: ada.ID, Text: code})
	o.asks(apiserver.Post{From: bob.ID, Text: "/start"})
	lists := func(person int64) bool {
		return slices.ContainsFunc(o.Menu(person, person), func(m apiserver.MenuItem) bool { return m.Command == "status" })
	}
	o.Waits("the admin's menu", func() bool { return lists(ada.ID) })
	if lists(bob.ID) {
		t.Error("everybody has the commands of admins")
	}
	admins, err := o.app.access.Admins(t.Context())
	if err != nil || !slices.Equal(admins, []int64{ada.ID}) {
		t.Errorf("%v, %v", admins, err)
	}
}
