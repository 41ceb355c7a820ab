package answer_test

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/sample"
)

// The bar of testdata/kinds.txtar: so many of 60 right.
const kindsRight = 54

// sampleHouse is a house over the sample articles, each version fetched when it
// was published, and the corrected one on the day of its correction.
func sampleHouse(t testing.TB) house {
	t.Helper()
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	var now time.Time
	c, err := corpus.New(t.Context(), slog.New(slog.DiscardHandler), corpustest.Store(t), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		now = a.Published
		if strings.Contains(a.Text, "Correction, 13 March") {
			now = time.Date(2026, 3, 13, 8, 0, 0, 0, time.UTC)
		}
		if _, err := c.Add(t.Context(), []corpus.Article{a}); err != nil {
			t.Fatal(err)
		}
	}
	return buildOn(t, c)
}

// TestKinds asks the questions of testdata/kinds.txtar by the path that serves.
func TestKinds(t *testing.T) {
	h := sampleHouse(t)
	asked, right := map[string]int{}, map[string]int{}
	total := 0
	for _, f := range cases(t, "testdata/kinds.txtar") {
		want, _ := fields(f.Data)
		asked[want["kind"]]++
		a := h.converse(t, want)
		h.verbatim(t, a)
		if wrong := kindVerdict(t, a, want); len(wrong) > 0 {
			t.Logf("%s: %s\n\twrong: %s\n\t%s", f.Name, want["question"], strings.Join(wrong, "; "), told(t, a))
			continue
		}
		right[want["kind"]]++
		total++
	}
	for kind, n := range asked {
		t.Logf("%s: %d of %d", kind, right[kind], n)
	}
	t.Logf("right: %d of 60", total)
	if total < kindsRight {
		t.Errorf("fewer are right than %d", kindsRight)
	}
}

// converse asks what was asked before and then the question of the case.
func (h house) converse(t testing.TB, want map[string]string) bot.Answer {
	t.Helper()
	now := time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	if day, err := time.Parse(time.DateOnly, want["now"]); err == nil {
		now = day.Add(12 * time.Hour)
	}
	var turns []bot.Turn
	for _, question := range append(parts(want["after"]), want["question"]) {
		a, err := h.answerer.Answer(context.Background(), bot.Question{Text: question, Now: now, Turns: turns})
		if err != nil {
			t.Fatalf("%s: %v", question, err)
		}
		if question == want["question"] {
			return a
		}
		turns = append(turns, bot.Turn{Question: question, Answer: said(a)})
	}
	return bot.Answer{}
}

// parts splits a value at " | ", an empty one into none.
func parts(value string) []string {
	if value == "" {
		return nil
	}
	return strings.Split(value, " | ")
}

// kindVerdict says what is wrong with an answer, nothing if nothing is.
func kindVerdict(t testing.TB, a bot.Answer, want map[string]string) []string {
	var wrong []string
	check := func(ok bool, what string) {
		if !ok {
			wrong = append(wrong, what)
		}
	}
	check(a.Found == (want["found"] != "no" && want["premise"] == ""), "found")
	var outlets, days []string
	for _, c := range a.Citations {
		outlets = append(outlets, c.Passage.Outlet)
		days = append(days, c.Passage.Published.Format(time.DateOnly))
	}
	for _, o := range parts(want["outlets"]) {
		check(slices.Contains(outlets, o), "does not cite "+o)
	}
	for i, o := range outlets {
		check(want["only"] == "" || slices.Contains(parts(want["only"]), o), "cites "+o)
		check(want["published"] == "" || slices.Contains(parts(want["published"]), days[i]), "cites of "+days[i])
		check(want["until"] == "" || days[i] <= want["until"], "cites of "+days[i])
	}
	held := func(key, text string) {
		for _, p := range parts(want[key]) {
			check(strings.Contains(text, p), key+" misses "+p)
		}
	}
	held("holds", quoted(a))
	held("says", said(a))
	held("note", strings.Join(english(t, a.Notes), "\n"))
	held("premise", a.Premise)
	held("unanswered", strings.Join(a.Unanswered, "\n"))
	if want["premise"] == "" {
		check(a.Premise == "", "premise "+a.Premise)
	}
	if want["unanswered"] == "" {
		check(len(a.Unanswered) == 0, "unanswered "+strings.Join(a.Unanswered, ", "))
	}
	if want["restated"] == "-" {
		check(a.Restated == "", "restated")
	} else {
		held("restated", a.Restated)
	}
	for _, p := range parts(want["without"]) {
		check(!strings.Contains(said(a), p), "says "+p)
	}
	near := slices.ContainsFunc(a.Nearest, func(n bot.Nearest) bool { return n.Outlet == want["nearest"] })
	check(want["nearest"] == "" || near, "nearest is not of "+want["nearest"])
	return wrong
}

// quoted returns the quotes of an answer.
func quoted(a bot.Answer) string {
	var out []string
	for _, c := range a.Citations {
		out = append(out, c.Quote)
	}
	return strings.Join(out, "\n")
}

// told is an answer in one line.
func told(t testing.TB, a bot.Answer) string {
	var out []string
	for key, value := range map[string]string{
		"restated": a.Restated, "premise": a.Premise, "unanswered": strings.Join(a.Unanswered, " | "),
		"notes": strings.Join(english(t, a.Notes), " | "), "says": said(a),
	} {
		if value != "" {
			out = append(out, key+": "+value)
		}
	}
	for _, d := range a.Dropped {
		out = append(out, "dropped for "+d.Reason+" ("+d.Detail+"): "+d.Text)
	}
	slices.Sort(out)
	return strings.Join(out, "\n\t")
}
