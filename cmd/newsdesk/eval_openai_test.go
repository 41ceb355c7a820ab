package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/eval"
)

// writer is a model server with one chat model that writes what its script says
// for a question, by a part of it; NONE for others.
type writer struct {
	script map[string]string
	asked  atomic.Int64
}

// start returns the server's address.
func (m *writer) start(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/models", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, `{"object":"list","data":[{"id":"tiny-chat","object":"model"}]}`)
	})
	mux.HandleFunc("POST /v1/chat/completions", func(w http.ResponseWriter, r *http.Request) {
		m.asked.Add(1)
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		text, err := json.Marshal(m.reply(string(body)))
		if err != nil {
			t.Error(err)
		}
		w.Header().Set("Content-Type", "text/event-stream")
		fmt.Fprintf(w, `data: {"choices":[{"index":0,"delta":{"content":%s}}]}`+"\n\n", text)
		fmt.Fprint(w, `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}`+"\n\ndata: [DONE]\n\n")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL + "/v1"
}

func (m *writer) reply(prompt string) string {
	for part, text := range m.script {
		if strings.Contains(prompt, part) {
			return text
		}
	}
	return "NONE"
}

// evalAnswersOf runs an evaluation with a server and returns its figures.
func evalAnswersOf(t *testing.T, environ []string, args ...string) eval.Answers {
	t.Helper()
	r := within(t, "", strings.NewReader(""), environ, append(args, "--json", "--verbose")...).must(t)
	var f eval.Answers
	if err := json.Unmarshal([]byte(r.out), &f); err != nil {
		t.Fatalf("%v\n%s", err, r.out)
	}
	return f
}

// Two questions are answered by the model; what it invents on a third is the
// built-in generator's to answer, and so is what it refuses, as in a serve.
func TestEvalAnswersOpenai(t *testing.T) {
	cacheFolder(t)
	m := &writer{script: map[string]string{
		"How many passengers were on board": "The ferry Lady Maren had 212 passengers and a crew of 14 on board. [1]",
		"the flood wall at Tarn Bridge":     "The wall at Tarn Bridge was finished in 2019 and cost 48 million crowns. [1]",
		"how fast was the ferry":            "The ferry sank with all 900 hands off Atlantis in 1871. [1]",
	}}
	args := append(evalAnswersSample(t), "--generator", "openai")
	f := evalAnswersOf(t, []string{"OPENAI_BASE_URL=" + m.start(t)}, args...)
	if f.N != 6 || f.Verbatim != 1 || m.asked.Load() < 6 {
		t.Errorf("%d requests, %+v", m.asked.Load(), f)
	}
	for i, says := range []string{"had 212 passengers", "finished in 2019"} {
		if q := f.Questions[i]; !q.Found || !q.GoldArticle || !q.GoldFact || !strings.Contains(q.Text, says) {
			t.Errorf("%+v", q)
		}
	}
	if invented := f.Questions[3]; strings.Contains(invented.Text, "Atlantis") {
		t.Errorf("%+v", invented)
	}
	if !slices.ContainsFunc(f.Notes, func(n string) bool { return strings.Contains(n, "built-in generator") }) {
		t.Errorf("notes %q", f.Notes)
	}
	t.Run("extract", func(t *testing.T) {
		before := m.asked.Load()
		args := append(evalAnswersSample(t), "--generator", "extract")
		f := evalAnswersOf(t, []string{"OPENAI_BASE_URL=" + m.start(t)}, args...)
		if m.asked.Load() != before || f.N != 6 {
			t.Errorf("%d requests more, %+v", m.asked.Load()-before, f)
		}
	})
}

// Without a model that writes there is nothing to score, and it is said what to
// set.
func TestEvalAnswersNoModel(t *testing.T) {
	cacheFolder(t)
	none := httptest.NewServer(http.NotFoundHandler())
	defer none.Close()
	for name, c := range map[string]struct {
		environ []string
		says    []string
	}{
		"no server":      {nil, []string{"OPENAI_BASE_URL", "OPENAI_MODEL"}},
		"down":           {[]string{"OPENAI_BASE_URL=http://" + closedPort(t) + "/v1"}, []string{"does not answer", "OPENAI_BASE_URL"}},
		"another's":      {[]string{"OPENAI_BASE_URL=" + none.URL}, []string{"OPENAI_BASE_URL"}},
		"an unknown one": {[]string{"OPENAI_BASE_URL=" + (&writer{}).start(t), "OPENAI_MODEL=nosuch"}, []string{"nosuch", "tiny-chat"}},
	} {
		t.Run(name, func(t *testing.T) {
			r := within(t, "", strings.NewReader(""), c.environ, append(evalAnswersSample(t), "--generator", "openai")...)
			if r.code != exitFailed || r.out != "" {
				t.Errorf("%+v", r)
			}
			for _, says := range c.says {
				if !strings.Contains(r.err, says) {
					t.Errorf("%q is not in the message:\n%s", says, r.err)
				}
			}
		})
	}
}

func TestWaited(t *testing.T) {
	a := bot.Answer{Trace: bot.Trace{Took: []bot.Step{{Name: "read", Time: 1}, {Name: "generate", Time: 20}, {Name: "check", Time: 300}, {Name: "generate", Time: 4000}}}}
	if got := waited(a); got != 4020*time.Nanosecond {
		t.Errorf("%v", got)
	}
}
