package telegram

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/go-telegram/bot/models"

	"newsdesk/bot/chat"
)

// TestStands reads what became of the bot in a channel and in a group.
func TestStands(t *testing.T) {
	admin := func(post, edit bool) string {
		return fmt.Sprintf(`{"status":"administrator","user":{"id":7,"is_bot":true,"first_name":"N"},"can_post_messages":%t,"can_edit_messages":%t}`, post, edit)
	}
	const left, member = `{"status":"left","user":{"id":7}}`, `{"status":"member","user":{"id":7}}`
	for _, c := range []struct {
		name, kind, before, after string
		want                      *chat.Added
	}{
		{"added with all rights", "channel", left, admin(true, true), &chat.Added{To: "Morning", Channel: -100}},
		{"added without any", "channel", left, admin(false, false), &chat.Added{To: "Morning", Channel: -100, MayNotPost: true, MayNotEdit: true}},
		{"a right given", "channel", admin(true, false), admin(true, true), &chat.Added{To: "Morning", Channel: -100}},
		{"a right lost", "channel", admin(true, true), admin(true, false), &chat.Added{To: "Morning", Channel: -100, MayNotEdit: true}},
		{"nothing of this changed", "channel", admin(true, true), admin(true, true), nil},
		{"taken out", "channel", admin(true, true), left, &chat.Added{To: "Morning", Channel: -100, MayNotPost: true, MayNotEdit: true, Gone: true}},
		{"never in", "channel", left, left, nil},
		{"added to a group", "supergroup", left, member, &chat.Added{To: "Morning"}},
		{"left a group", "supergroup", member, left, nil},
	} {
		var u models.Update
		body := fmt.Sprintf(`{"update_id":1,"my_chat_member":{"chat":{"id":-100,"type":%q,"title":"Morning"},"from":{"id":3,"first_name":"Ada"},"date":1,"old_chat_member":%s,"new_chat_member":%s}}`,
			c.kind, c.before, c.after)
		if err := json.Unmarshal([]byte(body), &u); err != nil {
			t.Fatal(err)
		}
		m, ok := message(&u, self{id: 7})
		switch {
		case ok != (c.want != nil):
			t.Errorf("%s: something to speak of is %v", c.name, ok)
		case ok && *m.Added != *c.want:
			t.Errorf("%s: %+v, want %+v", c.name, *m.Added, *c.want)
		case ok && c.kind == "channel" && (m.Place.Chat != 3 || m.Place.Kind != chat.Private || m.From.ID != 3):
			t.Errorf("%s is told in %+v", c.name, m.Place)
		}
	}
}
