package answer_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/answer"
	"newsdesk/bot/openai"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
)

// hostileFile is one file of testdata/hostile-model: articles, a question, and
// what a model replies to it.
type hostileFile struct {
	name     string
	question string
	articles []corpus.Article
	replies  []hostileReply
}

// hostileReply is one scripted reply with one planted sentence.
type hostileReply struct {
	// name is "bad KIND" or "good KIND".
	name string
	// needle stands in the planted sentence, whatever becomes of its markup.
	needle string
	// stream says how it ends: "" well, "cut" without an end, "garbage", or
	// another finish reason; "refused" is an error instead of a reply.
	stream string
	// repeat is how many times over the text is sent; 0 is once.
	repeat int
	text   string
}

func (r hostileReply) good() bool { return strings.HasPrefix(r.name, "good") }

// critical reports whether the planted sentence is of a kind that must never
// reach a person.
func (r hostileReply) critical() bool {
	return slices.Contains([]string{"bad number", "bad decimal", "bad date", "bad quotation", "bad outlet", "bad link", "bad html"}, r.name)
}

func hostileFiles(t *testing.T) []hostileFile {
	t.Helper()
	names, err := filepath.Glob("testdata/hostile-model/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	var out []hostileFile
	for _, name := range names {
		archive, err := txtar.ParseFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f := hostileFile{name: strings.TrimSuffix(filepath.Base(name), ".txtar")}
		for _, part := range archive.Files {
			f.add(t, part.Name, strings.TrimSpace(string(part.Data)))
		}
		out = append(out, f)
	}
	return out
}

// add takes over one section of a file.
func (f *hostileFile) add(t *testing.T, name, data string) {
	t.Helper()
	if name == "question" {
		f.question = data
		return
	}
	head, body, ok := strings.Cut(data, "\n\n")
	if !ok {
		t.Fatalf("%s: %s has no text", f.name, name)
	}
	fields := map[string]string{}
	for _, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		fields[key] = value
	}
	if !strings.HasPrefix(name, "passage ") {
		repeat, _ := strconv.Atoi(fields["repeat"])
		f.replies = append(f.replies, hostileReply{name: name, needle: fields["needle"], stream: fields["stream"], repeat: repeat, text: body})
		return
	}
	published, err := time.Parse(time.DateOnly, fields["published"])
	if err != nil {
		t.Fatal(err)
	}
	f.articles = append(f.articles, corpus.Article{
		Outlet: fields["outlet"], Title: fields["title"], Language: fields["language"], Text: body, Published: published,
		URL: fmt.Sprintf("https://%s-%d.example/news", f.name, len(f.articles)+1),
	})
}

// fixedHits is a retriever that finds the same passages for every query.
type fixedHits []retrieval.Hit

func (f fixedHits) Retrieve(_ context.Context, q retrieval.Query) (retrieval.Result, error) {
	return retrieval.Result{Query: q, Hits: f}, nil
}

// hostileHouse is an Answerer over the articles of a file whose model is s, and
// nothing else: what reaches the person is what of the model's text was let
// through.
func hostileHouse(t *testing.T, f hostileFile, s *hostileServer) *answer.Answerer {
	t.Helper()
	c := corpustest.Open(t)
	var hits fixedHits
	for i, a := range corpustest.Add(t, c, f.articles...) {
		hits = append(hits, retrieval.Hit{Passage: retrieval.NewPassage(a, 0, len(a.Text)), Score: 1 / float64(i+1)})
	}
	log := slog.New(slog.DiscardHandler)
	model := openai.New(log, s.http.URL+"/v1", "key", "hostile", s.http.Client())
	return answer.New(log, c, hits, model, &scripted{t: t, asked: 1 << 30})
}

// TestHostileModel has a model reply with planted sentences: the bad ones of the
// kinds that are facts never reach the person, of the others at most one in
// twenty does, and of the good ones nine in ten arrive.
func TestHostileModel(t *testing.T) {
	server := newHostileServer(t)
	count, passed := map[string]int{}, map[string]int{}
	for _, f := range hostileFiles(t) {
		a := hostileHouse(t, f, server)
		for _, r := range f.replies {
			group := "other bad"
			if r.good() {
				group = "good"
			} else if r.critical() {
				group = "critical bad"
			}
			got := hostileAnswer(t, a, f, r, server)
			reached := reaches(got, r.needle)
			count[group]++
			if reached {
				passed[group]++
			}
			if reached != r.good() {
				t.Logf("%s: %s %q: %v, dropped %+v", f.name, r.name, r.needle, hostileTexts(got), got.Dropped)
			}
		}
	}
	for _, group := range []string{"critical bad", "other bad", "good"} {
		t.Logf("%s: %d of %d reached the person", group, passed[group], count[group])
	}
	if count["critical bad"]+count["other bad"] < 150 || count["good"] < 50 {
		t.Errorf("too few cases: %v", count)
	}
	if passed["critical bad"] > 0 || 20*passed["other bad"] > count["other bad"] || 10*passed["good"] < 9*count["good"] {
		t.Errorf("reached the person: %v of %v", passed, count)
	}
}

// hostileAnswer asks the question of f of a model that replies r.
func hostileAnswer(t *testing.T, a *answer.Answerer, f hostileFile, r hostileReply, s *hostileServer) bot.Answer {
	t.Helper()
	s.say(r, f.articles[0].Text[:40])
	got, err := a.Answer(t.Context(), bot.Question{Text: f.question, Now: f.articles[0].Published.Add(60 * time.Hour)})
	if err != nil && (r.good() || len(got.Sentences) > 0) {
		t.Errorf("%s: %s: %v", f.name, r.name, err)
	}
	for _, sentence := range got.Sentences {
		if strings.ContainsAny(sentence.Text, "<>|*") || strings.Contains(sentence.Text, "://") || len(sentence.Citations) == 0 {
			t.Errorf("%s: %s: sentence %+v", f.name, r.name, sentence)
		}
	}
	for _, c := range got.Citations {
		if c.Passage.Text[c.Start-c.Passage.Start:c.End-c.Passage.Start] != c.Quote {
			t.Errorf("%s: %s: %q is no quote", f.name, r.name, c.Quote)
		}
	}
	return got
}

func reaches(a bot.Answer, needle string) bool {
	return strings.Contains(strings.ToLower(strings.Join(hostileTexts(a), "\n")), strings.ToLower(needle))
}

func hostileTexts(a bot.Answer) []string {
	var out []string
	for _, s := range a.Sentences {
		out = append(out, s.Text)
	}
	return out
}

// TestHostileShapes has a model reply with what is no answer in its very form:
// nothing of it reaches the person, and what does is a finding, not a failure.
func TestHostileShapes(t *testing.T) {
	server := newHostileServer(t)
	f := hostileFiles(t)[0]
	a := hostileHouse(t, f, server)
	held := "Cars may still cross at 30 km an hour [1]. "
	for name, r := range map[string]hostileReply{
		"empty":              {},
		"white":              {text: " \n\t\n "},
		"none":               {text: "NONE"},
		"only markers":       {text: "[1] [2] [1]"},
		"only a thought":     {text: "<think>" + held},
		"only tags":          {text: "<div><span></span></div>"},
		"cut":                {text: held, stream: "cut"},
		"cut in garbage":     {text: held, stream: "garbage"},
		"too long for it":    {text: held, stream: "length"},
		"filtered":           {text: held, stream: "content_filter"},
		"refused":            {text: held, stream: "refused"},
		"10 MB of sentences": {text: strings.Repeat(held, 1000), repeat: 10 << 20 / (1000 * len(held))},
		"10 MB of one word":  {text: strings.Repeat("a", 1<<16), repeat: 160},
		"10 MB of zeros":     {text: strings.Repeat("\x00", 1<<16), repeat: 160},
		"no UTF-8":           {text: "\xff\xfe\x80 [1]"},
	} {
		if got := hostileAnswer(t, a, f, r, server); len(got.Sentences) > 0 {
			t.Errorf("%s: %q", name, hostileTexts(got))
		}
	}
}
