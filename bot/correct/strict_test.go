package correct

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus/store"
)

// channel is a channel at the strict server, with the world of a watcher.
type channel struct {
	*world
	server *telegramtest.Server
	id     int64
	owner  int64
	text   string
}

// call calls a method and returns the id of the message, or the words of the
// refusal.
func (c *channel) call(method string, params map[string]any) (int, string) {
	c.t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		c.t.Fatal(err)
	}
	response, err := http.Post(c.server.URL+"/bot"+telegramtest.Token+"/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	var got struct {
		Description string          `json:"description"`
		Result      json.RawMessage `json:"result"`
	}
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		c.t.Fatal(err)
	}
	var sent struct {
		Message int `json:"message_id"`
	}
	if got.Description == "" && method != "deleteMessage" {
		if err := json.Unmarshal(got.Result, &sent); err != nil {
			c.t.Fatal(err)
		}
	}
	return sent.Message, got.Description
}

// became reads a refusal as whoever sends for the watcher has to.
func became(refusal string) Became {
	has := func(words string) bool { return strings.Contains(refusal, words) }
	switch {
	case refusal == "", has("message is not modified"):
		return Done
	case has("message to edit not found"), has("message to be replied not found"):
		return Deleted
	case has("message can't be edited"):
		return Uneditable
	case has("Forbidden"), has("rights"):
		return Forbidden
	}
	return Rejected
}

// deliver makes the calls of all steps, those too that come by their answers.
func (c *channel) deliver() {
	c.t.Helper()
	for i := 0; i < len(c.acts()); i++ {
		ref := c.acts()[i]
		id, step, _ := parseRef(ref)
		where := c.rows()[id-1].Posted.Where
		params := map[string]any{"chat_id": where.Chat, "text": c.text}
		method := "editMessageText"
		if step == Edit {
			params["message_id"] = where.Message
		} else {
			method = "sendMessage"
			params["reply_parameters"] = map[string]any{"message_id": where.Message}
		}
		_, refusal := c.call(method, params)
		err := c.db.Write(context.Background(), func(tx store.Tx) error {
			return c.w.Outcome(context.Background(), tx, ref, Result{became(refusal), refusal})
		})
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

func (c *channel) standing(to apiserver.Standing) {
	c.t.Helper()
	if err := c.server.SetStanding(c.id, c.owner, to); err != nil {
		c.t.Fatal(err)
	}
}

// TestStrict: what may happen to a post in a channel, as the strict server has it.
func TestStrict(t *testing.T) {
	for _, v := range []struct {
		name    string
		body    string
		meddle  func(*channel)
		refusal string
		state   State
		reason  string
		sees    int
	}{
		{"number changed", fifteen, func(*channel) {}, "", Sent, "", 2},
		{"quote gone", "Nothing is known of it.", func(*channel) {}, "", Sent, "", 2},
		{"reworded", worded, func(*channel) {}, "", Sent, "", 1},
		{"withdrawn", "", func(*channel) {}, "", Sent, "", 2},
		{"deleted by hand", fifteen, func(c *channel) {
			if _, refusal := c.call("deleteMessage", map[string]any{"chat_id": c.id, "message_id": c.posts[0].Where.Message}); refusal != "" {
				c.t.Fatal(refusal)
			}
		}, "message to edit not found", Skipped, "deleted", 0},
		{"right to edit and post lost", fifteen, func(c *channel) {
			c.standing(apiserver.Standing{Status: "administrator"})
		}, "rights", Refused, "forbidden", 1},
		{"thrown out", fifteen, func(c *channel) {
			c.standing(apiserver.Standing{Status: "kicked"})
		}, "Forbidden", Refused, "forbidden", 1},
		{"not ours any more", fifteen, func(c *channel) {
			group, err := c.server.AddChat(apiserver.Chat{Type: "supergroup", Title: "Desk"})
			if err != nil {
				c.t.Fatal(err)
			}
			note := c.server.Says(apiserver.Post{From: c.owner, Chat: group.ID, Text: "By hand"})
			c.posts[0].Where = Where{Chat: group.ID, Message: int(note.ID)}
		}, "message can't be edited", Sent, "uneditable", 1},
		{"edit refused for another reason", fifteen, func(c *channel) {
			c.text = strings.Repeat("long ", 1000)
		}, "Bad Request", Refused, "rejected", 1},
	} {
		t.Run(v.name, func(t *testing.T) {
			c := &channel{world: newWorld(t), server: telegramtest.Start(t), text: "Corrected: 15, not 12."}
			room, err := c.server.AddChat(apiserver.Chat{Type: "channel", Title: "Morning"})
			if err != nil {
				t.Fatal(err)
			}
			c.id, c.owner = room.ID, c.server.Person("Ada").ID
			if err := c.server.SetMember(c.id, c.owner, "creator"); err != nil {
				t.Fatal(err)
			}
			c.standing(apiserver.Standing{Status: "administrator", CanPost: true, CanEdit: true, CanDelete: true})
			if v.refusal != "" {
				c.server.Expect(v.refusal)
			}
			a := c.publish("tram", twelve+rest)
			message, refusal := c.call("sendMessage", map[string]any{"chat_id": c.id, "text": twelve})
			if refusal != "" {
				t.Fatal(refusal)
			}
			c.post(Digest, "p", a)
			c.posts[0].Where = Where{Chat: c.id, Message: message}
			v.meddle(c)
			c.change(a, v.body)
			c.sync()
			c.deliver()
			c.sync()
			rows := c.rows()
			if len(rows) != 1 || rows[0].State != v.state || rows[0].Reason != v.reason {
				t.Errorf("%+v", rows)
			}
			if got := len(c.server.Sent(c.id)); got != v.sees {
				t.Errorf("the channel shows %d messages of the bot, want %d", got, v.sees)
			}
		})
	}
}
