package explain_test

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/explain"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

var asked = time.Date(2026, 3, 12, 9, 30, 0, 0, time.UTC)

// answered is an answer with one sentence kept, one dropped, and two hits.
func answered() bot.Answer {
	first := retrieval.Passage{
		Seq: 7, Start: 10, End: 60, Outlet: "Harbour Herald", Title: "Ferries sail again",
		Published: time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC), Text: "The secret text of the article.",
	}
	second := first
	second.Seq, second.Outlet = 8, "Radio Solana"
	return bot.Answer{
		Found: true, Model: "built-in", Restated: "When do the ferries of Port Ellery sail again?",
		Sentences: []bot.Sentence{{Text: "They sail from Thursday.", Citations: []int{1}}},
		Citations: []bot.Citation{{N: 1, Passage: first, Quote: "They sail from Thursday."}},
		Dropped:   []bot.Dropped{{Text: "All 14 ferries sail.", Reason: "number", Detail: "14"}},
		Trace: bot.Trace{
			Asked: "and when do they sail again?", Kind: bot.Fact,
			Searches: []bot.Search{{
				Query:   retrieval.Query{Text: "When do the ferries of Port Ellery sail again?", Outlets: []string{"Harbour Herald"}, From: time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)},
				Widened: []string{"9 March 2026"},
				Missing: []retrieval.Missing{{Retriever: "dense", Err: context.DeadlineExceeded}},
				Hits: []retrieval.Hit{
					{Passage: first, Score: 2, Places: map[string]retrieval.Place{"lexical": {Rank: 1, Score: 9}, "dense": {Rank: 3, Score: .4}}},
					{Passage: second, Score: 1, Copies: []retrieval.Passage{first}},
				},
			}},
			Took: []bot.Step{{Name: "read", Time: 200 * time.Microsecond}, {Name: "retrieve", Time: 9 * time.Millisecond}},
		},
	}
}

// plain is what a reply says, a line for each block.
func plain(r bot.Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		for _, s := range block.Spans {
			b.WriteString(s.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestReplySaysHowTheAnswerCameAbout(t *testing.T) {
	const want = `Asked on 12 March 2026, 09:30: and when do they sail again?
Taken for: When do the ferries of Port Ellery sail again?
Kind: fact
Answered: yes, 1 sentence, written by built-in
Searched for: When do the ferries of Port Ellery sail again?
Outlets: Harbour Herald
From: 9 March 2026
Given up: 9 March 2026
Did not answer: dense
1. Harbour Herald · 11 March 2026 · Ferries sail again (dense 3, lexical 1)
2. Radio Solana · 11 March 2026 · Ferries sail again (1 copy)
Dropped: 1 sentence
number: All 14 ferries sail. ← 14
read 0.2 ms, retrieve 9.0 ms
`
	if got := plain(explain.Reply(explain.Of(asked, answered()))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestOwnSpansHoldNothingOfStrangers(t *testing.T) {
	a := answered()
	const stranger = "tg://evil @them /start"
	a.Trace.Asked, a.Restated, a.Dropped[0].Text, a.Dropped[0].Detail = stranger, stranger, stranger, stranger
	a.Trace.Searches[0].Query.Text = stranger
	a.Trace.Searches[0].Hits[0].Passage.Title, a.Trace.Searches[0].Hits[0].Passage.Outlet = stranger, stranger
	a.Premise, a.Unanswered = stranger, []string{stranger}
	for _, b := range explain.Reply(explain.Of(asked, a)).Blocks {
		for _, s := range b.Spans {
			if s.Own && strings.Contains(s.Text, "evil") || s.Link != "" {
				t.Errorf("%+v", s)
			}
		}
	}
}

func TestOfNothing(t *testing.T) {
	r := explain.Of(asked, bot.Answer{})
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	const want = `{"at":"2026-03-12T09:30:00Z","asked":"","kind":"fact","found":false,"searches":[],"sentences":[],"dropped":[],"steps":[]}`
	if string(text) != want {
		t.Errorf("got  %s\nwant %s", text, want)
	}
}

func TestNoTextOfArticles(t *testing.T) {
	text, err := json.Marshal(explain.Of(asked, answered()))
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), "secret") {
		t.Errorf("%s", text)
	}
}

// open returns a log in a fresh file.
func open(t *testing.T) (*explain.Log, *store.DB) {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	l, err := explain.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return l, db
}

// keep stores a record of a question at that time.
func keep(t *testing.T, l *explain.Log, db *store.DB, chat int64, thread int, at time.Time, question string) {
	t.Helper()
	a := answered()
	a.Trace.Asked = question
	err := db.Write(t.Context(), func(tx store.Tx) error {
		return l.Keep(t.Context(), tx, chat, thread, explain.Of(at, a))
	})
	if err != nil {
		t.Fatal(err)
	}
}

func last(t *testing.T, l *explain.Log, chat int64, thread, n int) []explain.Record {
	t.Helper()
	out, err := l.Last(t.Context(), chat, thread, n)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestLogKeepsTheLastOfEachPlace(t *testing.T) {
	l, db := open(t)
	keep(t, l, db, -5, 3, asked, "the other topic's")
	keep(t, l, db, 9, 3, asked, "the other chat's")
	for i := range explain.Kept + 5 {
		keep(t, l, db, -5, 0, asked.Add(time.Duration(i)*time.Second), fmt.Sprint("question ", i))
	}
	got := last(t, l, -5, 0, 100)
	if len(got) != explain.Kept || got[0].Asked != "question 24" || got[19].Asked != "question 5" {
		t.Errorf("%d records, %q to %q", len(got), got[0].Asked, got[len(got)-1].Asked)
	}
	for _, place := range []struct {
		chat   int64
		thread int
	}{{-5, 3}, {9, 3}} {
		if got := last(t, l, place.chat, place.thread, 1); len(got) != 1 || got[0].Asked == "" {
			t.Errorf("%v: %v", place, got)
		}
	}
	if got := last(t, l, 77, 0, 1); len(got) != 0 {
		t.Errorf("of nobody: %v", got)
	}
}

func TestLogGivesBackWhatItGot(t *testing.T) {
	l, db := open(t)
	keep(t, l, db, 1, 0, asked, "why?")
	a := answered()
	a.Trace.Asked = "why?"
	got, want := last(t, l, 1, 0, 1)[0], explain.Of(asked, a)
	g, _ := json.Marshal(got)
	w, _ := json.Marshal(want)
	if string(g) != string(w) {
		t.Errorf("got  %s\nwant %s", g, w)
	}
}

func TestTextsAreRemovedInTime(t *testing.T) {
	l, db := open(t)
	const many = 401 // more than one transaction clears
	for i := range many {
		keep(t, l, db, int64(i), 0, asked, "the old question")
	}
	keep(t, l, db, -1, 0, asked.Add(time.Hour), "the new question")
	n, err := l.Clear(t.Context(), asked.Add(explain.TextsFor+time.Minute))
	if err != nil || n != many {
		t.Fatalf("%d cleared, %v", n, err)
	}
	old, fresh := last(t, l, 0, 0, 1)[0], last(t, l, -1, 0, 1)[0]
	if fresh.Asked != "the new question" || fresh.Cleared {
		t.Errorf("the new one: %+v", fresh)
	}
	text, err := json.Marshal(old)
	if err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"question", "Ellery", "Ferries", "Thursday", "14 ferries"} {
		if strings.Contains(string(text), word) {
			t.Errorf("%q is left in %s", word, text)
		}
	}
	if !old.Cleared || len(old.Searches[0].Hits) != 2 || len(old.Steps) != 2 || old.Dropped[0].Reason != "number" {
		t.Errorf("the figures are gone: %s", text)
	}
	if again, err := l.Clear(t.Context(), asked.Add(explain.TextsFor+time.Minute)); err != nil || again != 0 {
		t.Errorf("a second time: %d, %v", again, err)
	}
}

func TestForgetAndMove(t *testing.T) {
	l, db := open(t)
	keep(t, l, db, -5, 0, asked, "one")
	keep(t, l, db, -5, 3, asked, "two")
	keep(t, l, db, 7, 0, asked, "three")
	err := db.Write(t.Context(), func(tx store.Tx) error {
		if err := l.Move(t.Context(), tx, -5, -1005); err != nil {
			return err
		}
		n, err := l.Forget(t.Context(), tx, -1005)
		if n != 2 {
			t.Errorf("%d records", n)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := last(t, l, 7, 0, 5); len(got) != 1 {
		t.Errorf("of another chat: %v", got)
	}
}
