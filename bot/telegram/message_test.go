package telegram

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/go-telegram/bot/models"
	"golang.org/x/tools/txtar"

	"newsdesk/bot/chat"
)

// TestMessage reads testdata/messages.txtar: for each case NAME an update
// (NAME.json) and what it is to the bot @newsdesk_bot, number 7 (NAME.want).
func TestMessage(t *testing.T) {
	cases, err := txtar.ParseFile("testdata/messages.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(cases.Files); i += 2 {
		in, want := cases.Files[i], cases.Files[i+1]
		t.Run(in.Name, func(t *testing.T) {
			var u models.Update
			if err := json.Unmarshal(in.Data, &u); err != nil {
				t.Fatal(err)
			}
			got := "nothing\n"
			if m, ok := message(&u, self{id: 7, username: "newsdesk_bot"}); ok {
				got = fmt.Sprintf("%s chat=%d thread=%d from=%d id=%d addressed=%t command=%q text=%q replied=%q",
					m.Place.Kind, m.Place.Chat, m.Place.Thread, m.From.ID, m.ID, m.Addressed, m.Command, m.Text, m.RepliedTo)
				got += besides(m) + "\n"
			}
			if got != string(want.Data) {
				t.Errorf("\n got %s\nwant %s", got, want.Data)
			}
		})
	}
}

// besides is what few messages have.
func besides(m chat.Message) string {
	out := ""
	add := func(name, value string) {
		if value != "" {
			out += fmt.Sprintf(" %s=%q", name, value)
		}
	}
	add("quoted", m.Quoted)
	add("unreadable", m.Unreadable)
	add("pressed", m.Pressed)
	if m.Edited {
		out += " edited"
	}
	return out
}
