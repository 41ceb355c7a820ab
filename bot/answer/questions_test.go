package answer_test

import (
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
)

// ownArticles returns the articles of invented outlets that bot/extract is
// judged by.
func ownArticles(t testing.TB) []corpus.Article {
	t.Helper()
	var out []corpus.Article
	for _, f := range cases(t, "../extract/testdata/articles.txtar") {
		head, body := fields(f.Data)
		published, err := time.Parse(time.DateOnly, head["date"])
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		out = append(out, corpus.Article{
			Outlet: head["outlet"], Title: head["title"], Text: body, Published: published,
			URL: "https://" + f.Name + ".example/story",
		})
	}
	return out
}

// ownNow is some weeks after the newest of these articles.
var ownNow = time.Date(2024, 10, 1, 12, 0, 0, 0, time.UTC)

// TestQuestions asks the questions of bot/extract by the whole path: the search
// must find the article, and the check must let the answer through.
func TestQuestions(t *testing.T) {
	h := build(t, ownArticles(t))
	asked, right := map[bool]int{}, map[bool]int{}
	for _, f := range cases(t, "../extract/testdata/questions.txtar") {
		want, _ := fields(f.Data)
		null := want["outlet"] == "none"
		asked[null]++
		a := h.ask(t, want["question"], ownNow)
		h.verbatim(t, a)
		if wrong := ownVerdict(a, want); wrong != "" {
			t.Logf("%s: %s: %s\n\t%s\n\tdropped: %v", f.Name, want["question"], wrong, said(a), a.Dropped)
			continue
		}
		right[null]++
	}
	t.Logf("answered right: %d of %d, refused: %d of %d", right[false], asked[false], right[true], asked[true])
	if right[false]*100 < asked[false]*85 || right[true]*100 < asked[true]*80 {
		t.Error("fewer are right than 85 % of the answerable ones and 80 % of the others")
	}
}

// ownVerdict says what is wrong with an answer, "" if nothing is.
func ownVerdict(a bot.Answer, want map[string]string) string {
	if want["outlet"] == "none" {
		if a.Found {
			return "answered"
		}
		return ""
	}
	if !a.Found {
		return "refused"
	}
	var quotes []string
	outlet := want["outlet"] == "any"
	for _, c := range a.Citations {
		quotes = append(quotes, c.Quote)
		outlet = outlet || c.Passage.Outlet == want["outlet"]
	}
	if !outlet {
		return "another outlet"
	}
	for _, piece := range strings.Split(want["holds"], "|") {
		if !strings.Contains(strings.Join(quotes, "\n"), piece) {
			return "misses " + piece
		}
	}
	return ""
}
