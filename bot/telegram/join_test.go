package telegram

import (
	"strings"
	"testing"

	"newsdesk/bot/telegram/apiserver"
)

func TestALongQuestionInTwoMessagesIsOne(t *testing.T) {
	w := newWorld(t, echo)
	first := strings.Repeat("word ", 750)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: first})
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "and the end?"})
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "another one"})
	w.run(w.bot)
	got := w.await(w.ada, 2)
	if !strings.HasSuffix(got[0].Text, "\nand the end?") || got[1].Text != "heard: another one" {
		t.Errorf("…%s | %s", got[0].Text[len(got[0].Text)-40:], got[1].Text)
	}
}

func TestTheRestIsWaitedFor(t *testing.T) {
	w := newWorld(t, echo)
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: strings.Repeat("word ", 750)})
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "and the end?"})
	if got := w.await(w.ada, 1)[0].Text; !strings.HasSuffix(got, "\nand the end?") {
		t.Errorf("…%s", got[len(got)-40:])
	}
}

func TestShortQuestionsAreNotJoined(t *testing.T) {
	w := newWorld(t, echo)
	for _, text := range []string{"one?", "two?", "three?"} {
		w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: text})
	}
	w.run(w.bot)
	if got := said(w.await(w.ada, 3)); got != "heard: one? | heard: two? | heard: three?" {
		t.Errorf("%s", got)
	}
}

// A command after a long text, and a long text of somebody else, are no rest.
func TestWhatIsNoRest(t *testing.T) {
	w := newWorld(t, echo)
	group, err := w.server.AddChat(apiserver.Chat{Type: "supergroup", Title: "Desk"})
	if err != nil {
		t.Fatal(err)
	}
	bo := w.server.AddUser(apiserver.User{FirstName: "Bo"}).ID
	w.send(apiserver.Post{From: w.ada, Chat: group.ID, Text: "/ask " + strings.Repeat("word ", 750)})
	w.send(apiserver.Post{From: bo, Chat: group.ID, Text: "/ask mine?"})
	w.run(w.bot)
	got := w.await(group.ID, 2)
	if strings.Contains(got[0].Text, "mine") || got[1].Text != "heard: mine?" {
		t.Errorf("%s", got[1].Text)
	}
}
