package answer_test

import (
	"slices"
	"strings"
	"testing"

	"newsdesk/bot"
)

const ferryQuestion = "How many people were injured on the ferry?"

func outletsCited(a bot.Answer) []string {
	var out []string
	for _, c := range a.Citations {
		if !slices.Contains(out, c.Passage.Outlet) {
			out = append(out, c.Passage.Outlet)
		}
	}
	return out
}

func TestOnlyChosenOutletsAreUsed(t *testing.T) {
	h := sampleHouse(t)
	for name, q := range map[string]bot.Question{
		"only":    {Text: ferryQuestion, Only: []string{"Harbour Herald"}},
		"without": {Text: ferryQuestion, Without: []string{"Radio Solana", "Nordlicht Kurier", "The Meridian Post", "Valley Dispatch"}},
	} {
		got := askAt(t, h.answerer, q)
		if !got.Found || !slices.Equal(outletsCited(got), []string{"Harbour Herald"}) || got.Searched.Outlets != 1 {
			t.Errorf("%s: %v of %d outlets", name, outletsCited(got), got.Searched.Outlets)
		}
	}
}

// What is left out is neither cited nor named as nearest, whatever is given up to
// find anything.
func TestLeftOutOutletsAreNotNearest(t *testing.T) {
	h := sampleHouse(t)
	for _, text := range []string{
		ferryQuestion, "What did Radio Solana report on 3 March 2026 about the ferry?", "What did Radio Solana say in 1999?",
		"Compare what Harbour Herald and Radio Solana say about the ferry.", "How many outlets report on the ferry?", "What happened yesterday?",
	} {
		got := askAt(t, h.answerer, bot.Question{Text: text, Without: []string{"Radio Solana", "Harbour Herald"}})
		for _, n := range got.Nearest {
			if n.Outlet == "Radio Solana" || n.Outlet == "Harbour Herald" {
				t.Errorf("%s: nearest is %s", text, n.Outlet)
			}
		}
		for _, o := range outletsCited(got) {
			if o == "Radio Solana" || o == "Harbour Herald" {
				t.Errorf("%s: %s is cited", text, o)
			}
		}
		for _, note := range english(t, got.Notes) {
			if strings.Contains(note, "Valley Dispatch, ") {
				t.Errorf("%s: the outlets that are used are no part of the question: %s", text, note)
			}
		}
	}
}

func TestNothingButLeftOutOutlets(t *testing.T) {
	h := sampleHouse(t)
	got := askAt(t, h.answerer, bot.Question{Text: ferryQuestion, Only: []string{"An Outlet That Left"}})
	if got.Found || len(got.Nearest) > 0 || !slices.Contains(english(t, got.Notes), "The settings of this chat leave outlets out.") {
		t.Errorf("%+v", got)
	}
}

func TestBuiltinIsAskedInTheModelsPlace(t *testing.T) {
	h := sampleHouse(t)
	a, model := scriptedAnswerer(h, map[bot.Task][]string{bot.AnswerTask: {"Nothing to see [1]."}})
	got := askAt(t, a, bot.Question{Text: ferryQuestion, Builtin: true})
	if len(model.Prompts()) > 0 || got.Model != "built-in" || !got.Found {
		t.Errorf("%d prompts, %q", len(model.Prompts()), got.Model)
	}
}

func TestKindIsAskedFor(t *testing.T) {
	h := sampleHouse(t)
	got := askAt(t, h.answerer, bot.Question{Text: "the free trams", Kind: bot.Comparison})
	if got.Trace.Kind != bot.Comparison || len(outletsCited(got)) < 2 {
		t.Errorf("%s, %v", got.Trace.Kind, outletsCited(got))
	}
}

func TestLengthReachesTheGenerator(t *testing.T) {
	h := sampleHouse(t)
	a, model := scriptedAnswerer(h, nil)
	askAt(t, a, bot.Question{Text: ferryQuestion, Sentences: 1})
	if p := model.Prompts(); len(p) == 0 || p[0].Sentences != 1 || p[0].Language != "en" {
		t.Errorf("%+v", p)
	}
	if got := askAt(t, h.answerer, bot.Question{Text: ferryQuestion, Sentences: 1}); len(got.Sentences) != 1 {
		t.Errorf("%d sentences", len(got.Sentences))
	}
}

func TestAnswerInAnotherLanguage(t *testing.T) {
	h := sampleHouse(t)
	a, model := scriptedAnswerer(h, map[bot.Task][]string{
		bot.AnswerTask:    {"Forty-one people were injured, two of them seriously [1]."},
		bot.TranslateTask: {"Einundvierzig Menschen wurden verletzt, zwei davon schwer."},
	})
	got := askAt(t, a, bot.Question{Text: ferryQuestion, Only: []string{"Harbour Herald"}, Language: "de"})
	if !slices.Contains(tasks(model), bot.TranslateTask) || said(got) != "Einundvierzig Menschen wurden verletzt, zwei davon schwer." {
		t.Errorf("%q, %v, %v", said(got), tasks(model), got.Dropped)
	}
	if !strings.Contains(got.Citations[0].Quote, "Forty-one") {
		t.Errorf("the quote is %q", got.Citations[0].Quote)
	}
}

func TestProgressIsTold(t *testing.T) {
	h := sampleHouse(t)
	var stages []bot.Stage
	askAt(t, h.answerer, bot.Question{Text: ferryQuestion, Tell: func(p bot.Progress) {
		if stages = append(stages, p.Stage); p.Stage == bot.Searching && p.N != 23 {
			t.Errorf("%d articles", p.N)
		}
	}})
	if want := []bot.Stage{bot.Searching, bot.Reading, bot.Checking}; !slices.Equal(stages, want) {
		t.Errorf("%v", stages)
	}
}
