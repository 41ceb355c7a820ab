package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/correct"
	"newsdesk/bot/schedule"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/bot/telegram/telegramtest"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// republish stores another text of an article.
func (n *newsroom) republish(a corpus.Article, text string) {
	n.t.Helper()
	a.Text = text
	if _, err := n.app.corpus.Add(n.t.Context(), []corpus.Article{a}); err != nil {
		n.t.Fatal(err)
	}
}

func (n *newsroom) withdraw(a corpus.Article) {
	n.t.Helper()
	if err := n.app.corpus.Withdraw(n.t.Context(), a.ID); err != nil {
		n.t.Fatal(err)
	}
}

// corrects follows the log and waits until nothing is to be done.
func (n *newsroom) corrects() []correct.Row {
	n.t.Helper()
	if err := n.app.correctPosts(n.t.Context()); err != nil {
		n.t.Fatal(err)
	}
	n.idle()
	rows, err := n.app.watcher.Rows(n.t.Context(), 10)
	if err != nil {
		n.t.Fatal(err)
	}
	return rows
}

// TestPostsAreCorrected: what may become of an article and of the post that cites it,
// from the log to what the channel shows.
func TestPostsAreCorrected(t *testing.T) {
	for _, v := range []struct {
		name   string
		change func(*newsroom, corpus.Article)
		// meddle does something to the post before.
		meddle  func(n *newsroom, channel int64, post apiserver.Message)
		refusal string
		state   correct.State
		reason  string
		// mark and reply are in the post and in what replies to it; empty for none.
		mark, reply string
	}{
		{name: "number changed", change: func(n *newsroom, a corpus.Article) {
			n.republish(a, strings.Replace(tram, "12 new", "15 new", 1))
		}, state: correct.Sent, mark: "The Lantern now says 15, not 12.\n\nThe tram line to Quellbrook opened on Monday with 15 new trams.", reply: "A correction to this post:"},
		{name: "quote gone", change: func(n *newsroom, a corpus.Article) {
			n.republish(a, "Nobody knows when the works will end. The council meets on Friday.")
		}, state: correct.Sent, mark: "The Lantern no longer says this: “The tram line", reply: "The Lantern no longer says this"},
		{name: "re-worded", change: func(n *newsroom, a corpus.Article) {
			n.republish(a, strings.Replace(tram, "opened on Monday with 12 new trams", "was opened on Monday, with 12 new trams", 1))
		}, state: correct.Sent, mark: "The Lantern has re-worded this"},
		{name: "withdrawn", change: (*newsroom).withdraw, state: correct.Sent, mark: "The Lantern has taken the article down", reply: "Withdrawn"},
		{name: "right to edit lost", change: (*newsroom).withdraw, meddle: func(n *newsroom, channel int64, _ apiserver.Message) {
			n.stand(channel, apiserver.Standing{Status: "administrator"})
		}, refusal: "rights", state: correct.Refused, reason: "forbidden"},
		{name: "thrown out", change: (*newsroom).withdraw, meddle: func(n *newsroom, channel int64, _ apiserver.Message) {
			n.stand(channel, apiserver.Standing{Status: "kicked"})
		}, refusal: "Forbidden", state: correct.Refused, reason: "forbidden"},
		{name: "deleted by hand", change: (*newsroom).withdraw, meddle: func(n *newsroom, channel int64, post apiserver.Message) {
			n.deletes(channel, post.ID)
		}, refusal: "message to edit not found", state: correct.Skipped, reason: "deleted"},
		{name: "edit refused for another reason", change: (*newsroom).withdraw, meddle: func(n *newsroom, _ int64, _ apiserver.Message) {
			n.write(func(tx store.Tx) error { // as though it had been split wrongly
				_, err := tx.Exec(n.t.Context(), `UPDATE telegram_outbox SET html = ? WHERE ref LIKE 'slot %'`, strings.Repeat("long ", 1000))
				return err
			})
		}, refusal: "Bad Request", state: correct.Sent, reason: "rejected", reply: "Withdrawn"},
	} {
		t.Run(v.name, func(t *testing.T) {
			n := openNewsroom(t)
			now := time.Now()
			a := n.today("Trams reach Quellbrook", tram)
			channel := n.channel("Morning")
			sub := n.subscribe(channel, now)
			n.post(now)
			n.reach(sub, schedule.Done)
			post := n.Sent(channel)[0]
			if v.refusal != "" {
				n.Expect(v.refusal)
			}
			if v.meddle != nil {
				v.meddle(n, channel, post)
			}
			v.change(n, a)
			n.corrects()
			rows := n.corrects()
			if len(rows) != 1 || rows[0].State != v.state || rows[0].Reason != v.reason {
				t.Fatalf("%+v", rows)
			}
			sent := n.Sent(channel)
			shows := func(i int) string {
				if i < len(sent) {
					return sent[i].Text
				}
				return ""
			}
			if first := shows(0); v.mark != "" && (!strings.Contains(first, v.mark) || !strings.HasPrefix(first, post.Text)) || v.mark == "" && first != "" && first != post.Text {
				t.Errorf("the post is %q", first)
			}
			if second := shows(1); !strings.Contains(second, v.reply) || (v.reply == "") != (second == "") {
				t.Errorf("the reply is %q", second)
			}
			if v.reply != "" && (sent[1].ReplyTo == nil || sent[1].ReplyTo.ID != post.ID) || len(sent) > 2 {
				t.Errorf("%d messages", len(sent))
			}
		})
	}
}

// deletes has the bot's own token delete a message, as an admin does by hand.
func (n *newsroom) deletes(chat, message int64) {
	n.t.Helper()
	if got := n.call("deleteMessage", map[string]any{"chat_id": chat, "message_id": message}); got != "" {
		n.t.Fatal(got)
	}
}

// call calls a method with the bot's token, and returns the words of a refusal.
func (n *newsroom) call(method string, params map[string]any) string {
	n.t.Helper()
	body, err := json.Marshal(params)
	if err != nil {
		n.t.Fatal(err)
	}
	response, err := http.Post(n.URL+"/bot"+telegramtest.Token+"/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		n.t.Fatal(err)
	}
	defer response.Body.Close()
	var got struct {
		Description string `json:"description"`
	}
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		n.t.Fatal(err)
	}
	return got.Description
}

// TestSeveralCorrections: each new mark stands beside the ones before, and what is
// taken back is said.
func TestSeveralCorrections(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	a := n.today("Trams reach Quellbrook", tram)
	channel := n.channel("Morning")
	sub := n.subscribe(channel, now)
	n.post(now)
	n.reach(sub, schedule.Done)
	n.republish(a, strings.Replace(tram, "12 new", "15 new", 1))
	n.corrects()
	n.republish(a, tram)
	n.corrects()
	sent := n.Sent(channel)
	if !strings.Contains(sent[0].Text, "15, not 12") || !strings.Contains(sent[0].Text, "says again what was cited here") || len(sent) != 3 {
		t.Errorf("%d messages, %q", len(sent), sent[0].Text)
	}
}

// TestAnswersAreCorrected: an answer in a private chat gets a short reply, in the
// language of the chat.
func TestAnswersAreCorrected(t *testing.T) {
	n := openNewsroom(t)
	a := n.today("Trams reach Quellbrook", tram)
	if err := n.app.index(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	answer := n.asks(apiserver.Post{From: n.owner, Text: "How many new trams are there on the tram line to Quellbrook?"})
	if !strings.Contains(answer.Text, "12 new trams") {
		t.Fatal(answer.Text)
	}
	n.idle()
	n.republish(a, strings.Replace(tram, "12 new", "15 new", 1))
	rows := n.corrects()
	if len(rows) != 1 || rows[0].State != correct.Sent {
		t.Fatalf("%+v", rows)
	}
	sent := n.Sent(n.owner)
	last := sent[len(sent)-1]
	if !strings.Contains(last.Text, "A correction to my answer:") || !strings.Contains(last.Text, "15, not 12") || last.ReplyTo == nil || last.ReplyTo.ID != answer.ID {
		t.Errorf("%+v", last)
	}
	if again := n.newest(answer); again.Text != answer.Text {
		t.Errorf("the answer became %q", again.Text)
	}
}

// TestRemovedLeavesNoQuote: of an article whose text is removed no quote stays in posts.
func TestRemovedLeavesNoQuote(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	a := n.today("Trams reach Quellbrook", tram)
	sub := n.subscribe(n.channel("Morning"), now)
	n.post(now)
	n.reach(sub, schedule.Done)
	if err := n.app.corpus.Remove(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	n.corrects()
	posts, err := n.app.schedule.ByArticle(t.Context(), a.ID)
	if err != nil || len(posts) != 1 || len(posts[0].Cited) == 0 || posts[0].Cited[0].Quote != "" {
		t.Errorf("%+v, %v", posts, err)
	}
}
