package chat

import (
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
)

// storied is a room with two stories: one of three outlets who differ on a number,
// two of which print an agency's text, and one of one outlet.
func storied(t *testing.T) *room {
	t.Helper()
	r := newRoom(t, Open)
	day := func(d, h int) time.Time { return time.Date(2026, 3, d, h, 0, 0, 0, time.UTC) }
	agency := "MARROW BAY (Reuters) - A ferry ran aground off Marrow Bay on Tuesday and 41 passengers were injured, the coast guard said. " +
		"The Lady Orla had left Kestrel Harbour at dawn with 212 people on board. Captain Ines Tarn said that the rudder had failed."
	articles := []corpus.Article{
		{Outlet: "Harbour Herald", URL: "https://herald.example/1", Title: "Ferry runs aground off Marrow Bay", Text: agency, Published: day(3, 9)},
		{Outlet: "Radio Solana", URL: "https://solana.example/1", Title: "Ferry aground off Marrow Bay", Text: agency, Published: day(3, 10)},
		{Outlet: "The Gull", URL: "https://gull.example/1", Title: "Ferry runs aground off Marrow Bay, 47 injured", Published: day(3, 11),
			Text: "The ferry Lady Orla ran aground off Marrow Bay on Tuesday and 47 passengers were injured, the coast guard said. " +
				"Our reporter saw three lifeboats bring passengers of the Lady Orla to Kestrel Harbour. Minister Pavo Lind promised an inquiry."},
		{Outlet: "The Gull", URL: "https://gull.example/2", Title: "Council of Tarnby buys electric trams", Published: day(4, 9),
			Text: "The council of Tarnby has bought twelve electric trams from the maker Volta. They cost 88 million crowns and run from June."},
	}
	if _, err := r.desk.Corpus.Add(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestLatestListsStories(t *testing.T) {
	r := storied(t)
	got := r.command("latest", "")
	want := "The newest stories:\n" +
		"1. Council of Tarnby buys electric trams<https://gull.example/2> · The Gull\n1 outlet, 1 origin: own reporting · 4 March 2026\n"
	if !strings.HasPrefix(got, want) || !strings.Contains(got, "3 outlets, 2 origins: Reuters and own reporting · 3 March 2026") {
		t.Errorf("\n%s", got)
	}
	if r.labels() != "More about 1 | More about 2" {
		t.Errorf("%s", r.labels())
	}
	got = r.press("More about 2")
	for _, part := range []string{
		"Ferry runs aground off Marrow Bay", "• Harbour Herald · 3 March 2026 · Ferry runs aground off Marrow Bay<https://herald.example/1>",
		"Origins:\nReuters: Harbour Herald and Radio Solana\nown reporting: The Gull", "What later articles add:\n• The Gull · 3 March 2026 · ",
		"Where outlets differ:\n", "<https://gull.example/1>",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%q is not in\n%s", part, got)
		}
	}
}

func TestLatestOfAnOutletAndATopic(t *testing.T) {
	r := storied(t)
	if got := r.command("latest", "radio solana"); !strings.HasPrefix(got, "The newest stories of Radio Solana:\n1. Ferry") || strings.Contains(got, "trams") {
		t.Errorf("%s", got)
	}
	// Of articles that are in no story yet the article is shown.
	if got := r.command("latest", "trams"); got != "There are no articles of or about “trams” here." {
		t.Errorf("%s", got)
	}
}

// TestAStoryIsOpenedByItsLink, by its number, and by nothing else.
func TestAStoryIsOpenedByItsLink(t *testing.T) {
	r := storied(t)
	r.command("latest", "")
	_, id, _ := strings.Cut(r.last.Replies[0].Buttons[0][0].Action, ":")
	shown := r.command("story", id)
	if !strings.HasPrefix(shown, "Council of Tarnby buys electric trams\n") {
		t.Errorf("%s", shown)
	}
	if got := r.command("start", "story_"+id); got != shown {
		t.Errorf("\n got %s\nwant %s", got, shown)
	}
	for _, wrong := range []string{"999999", "x", "-1", "' OR 1=1", strings.Repeat("9", 500)} {
		if got := r.command("story", wrong); !strings.HasPrefix(got, "There is no such story") {
			t.Errorf("%q: %s", wrong, got)
		}
		if got := r.command("start", "story_"+wrong); !strings.HasPrefix(got, "There is no such story") {
			t.Errorf("%q: %s", wrong, got)
		}
	}
	if got := r.command("story", ""); !strings.HasPrefix(got, "Write the number") {
		t.Errorf("%s", got)
	}
}

// TestAStrangerOpensNoStory: a link is no code.
func TestAStrangerOpensNoStory(t *testing.T) {
	r := newRoom(t, Closed)
	if got := r.command("start", "story_1"); !strings.HasPrefix(got, "This bot is closed") {
		t.Errorf("%s", got)
	}
}
