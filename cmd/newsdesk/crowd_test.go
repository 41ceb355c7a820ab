package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/telegram"
	"newsdesk/bot/telegram/apiserver"
)

// crowd is how many ask how much at once.
type crowd struct {
	private, groups int
	// each is the number of questions in each chat.
	each int
}

// The bar is 1,000 questions in 200 chats (NEWSDESK_CROWD=full); it takes about a
// minute, which is the pace of Telegram. Without being told it is a small one.
var (
	smallCrowd = crowd{private: 12, groups: 2, each: 3}
	fullCrowd  = crowd{private: 180, groups: 20, each: 5}
)

// crowdMemory is how much memory the crowd may take beside the index, in MiB: that
// of the test and of the server included.
const crowdMemory = 300

// TestCrowd asks many questions at once, with the pace that the program has in real
// life and a server that refuses what is faster than Telegram allows, by its own
// clock. Each question has its answer in its place in the order of its chat.
func TestCrowd(t *testing.T) {
	c := smallCrowd
	if os.Getenv("NEWSDESK_CROWD") == "full" {
		c = fullCrowd
	}
	var s settings
	s.OpenaiBaseURL, s.OpenaiModel = slowModel(t), "slow"
	o := openOffice(t, layout{settings: s, pace: telegram.TelegramPace})
	first := o.Person("First")
	o.asks(apiserver.Post{From: first.ID, Text: killable[0].question}) // the index is there
	o.SetRates(apiserver.Published)
	before := peakMiB()
	asked := map[int64][]apiserver.Message{}
	var places []apiserver.Post
	for i := range c.private {
		places = append(places, apiserver.Post{From: o.Person(fmt.Sprint("Reader", i)).ID})
	}
	for i := range c.groups {
		group, topics := o.forum(fmt.Sprint("Group", i), first.ID)
		places = append(places, apiserver.Post{From: first.ID, Chat: group, Thread: topics[0]})
	}
	began := time.Now()
	for n := range c.each {
		for i, p := range places {
			p.Text = "/ask " + killable[(n+i)%len(killable)].question
			m := o.Says(p)
			asked[m.Chat.ID] = append(asked[m.Chat.ID], m)
		}
	}
	for _, questions := range asked {
		o.Waits("an answer", func() bool { return len(o.answersTo(questions[len(questions)-1])) > 0 })
	}
	t.Logf("%d questions in %d chats took %v", c.each*len(places), len(places), time.Since(began).Round(time.Second))
	o.idle()
	o.judgeCrowd(asked)
	if grown := peakMiB() - before; grown > crowdMemory {
		t.Errorf("%.0f MiB more than before", grown)
	} else {
		t.Logf("%.0f MiB more than before, of %.0f", grown, before)
	}
}

// answersTo returns what answers a question: replies with sources.
func (o *office) answersTo(q apiserver.Message) []apiserver.Message {
	return slices.DeleteFunc(o.replied(q), func(m apiserver.Message) bool { return !strings.Contains(m.Plain(), "[1]") })
}

func (o *office) judgeCrowd(asked map[int64][]apiserver.Message) {
	o.t.Helper()
	for chat, questions := range asked {
		last := int64(0)
		for _, q := range questions {
			got := o.answersTo(q)
			if len(got) != 1 || got[0].ID < last {
				o.t.Errorf("chat %d: %q has %d answers, or not in order", chat, q.Text, len(got))
				continue
			}
			last = got[0].ID
			which := slices.IndexFunc(killable, func(k struct{ question, holds string }) bool { return strings.HasSuffix(q.Text, k.question) })
			if !strings.Contains(got[0].Text, killable[which].holds) {
				o.t.Errorf("chat %d: %q was answered by %q", chat, q.Text, got[0].Text)
			}
		}
	}
}

// modelTime is how long the model of a crowd thinks.
const modelTime = 300 * time.Millisecond

// slowModel is a model server that answers the killable questions, and others
// with nothing, after its time.
func slowModel(t testing.TB) (address string) {
	t.Helper()
	answers := []string{"There were 212 passengers on the Lady Maren. [1]", "The Dunmarrow shipyard is to build six electric tugs. [1]",
		"2,300 appointments were cancelled. [1]", "NONE"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/models", func(w http.ResponseWriter, _ *http.Request) {
		io.WriteString(w, `{"object":"list","data":[{"id":"slow","object":"model"}]}`)
	})
	mux.HandleFunc("POST /v1/chat/completions", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // whoever asked is gone
		}
		<-time.After(modelTime)
		text := "NONE"
		for i, k := range killable {
			if strings.Contains(string(body), k.question) {
				text = answers[i]
			}
		}
		quoted, err := json.Marshal(text)
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n", quoted)
		io.WriteString(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

// BenchmarkQuestion is the program's own time for a question that comes by
// Telegram, from its arrival to the call that sends its answer: all but the model
// and Telegram. It reports the median.
func BenchmarkQuestion(b *testing.B) {
	o := openOffice(b, layout{pace: quickPace})
	who := o.Person("Reader")
	o.asks(apiserver.Post{From: who.ID, Text: killable[0].question})
	var took []float64
	for i := 0; b.Loop(); i++ {
		began := time.Now()
		o.asks(apiserver.Post{From: who.ID, Text: killable[i%len(killable)].question})
		took = append(took, float64(time.Since(began).Microseconds())/1000)
	}
	slices.Sort(took)
	b.ReportMetric(percentile(took, 50), "ms/p50")
	b.ReportMetric(percentile(took, 99), "ms/p99")
}
