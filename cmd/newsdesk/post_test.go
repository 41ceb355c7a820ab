package main

import (
	"context"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/digest"
	chats "newsdesk/bot/settings"
	"newsdesk/corpus/store"
)

// TestDigestInTheChatsLanguage: a summary that is posted to a chat has the program's
// own words in the language of that chat.
func TestDigestInTheChatsLanguage(t *testing.T) {
	o := openOffice(t, layout{pace: quickPace})
	err := o.app.db.Write(t.Context(), func(tx store.Tx) error {
		_, err := o.app.chats.Set(t.Context(), tx, -7, chats.InterfaceLanguage("de"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	to := time.Date(2026, 3, 16, 20, 0, 0, 0, time.UTC)
	for reader, want := range map[string]string{"-7": "Nachrichten, 13. März 2026 bis", "-8": "News, 13 March 2026 to", "@the_week": "News, 13 March 2026 to"} {
		_, reply, err := o.app.digest(context.Background(), nil, reader, digest.Order{From: to.AddDate(0, 0, -3), To: to})
		if err != nil {
			t.Fatal(err)
		}
		if got := headOf(reply); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q, want %q", reader, got, want)
		}
	}
}

// headOf is the first block of a reply.
func headOf(r bot.Reply) string {
	head := ""
	for _, s := range r.Blocks[0].Spans {
		head += s.Text
	}
	return head
}
