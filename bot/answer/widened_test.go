package answer_test

import (
	"context"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/answer"
	"newsdesk/retrieval"
)

// TestWidened asks the questions of testdata/widened.txtar by the whole path.
func TestWidened(t *testing.T) {
	h := build(t, ownArticles(t))
	for _, f := range cases(t, "testdata/widened.txtar") {
		t.Run(f.Name, func(t *testing.T) {
			want, _ := fields(f.Data)
			now, err := time.Parse(time.DateOnly, want["now"])
			if err != nil {
				t.Fatal(err)
			}
			a := h.ask(t, want["question"], now.Add(12*time.Hour))
			h.verbatim(t, a)
			checkNotes(t, english(t, a.Notes), want["note"])
			if want["found"] != "no" {
				checkCited(t, a, want["found"])
				return
			}
			checkNearest(t, a, strings.Split(want["nearest"], " | "))
			if strconv.Itoa(a.Searched.Articles) != want["searched"] {
				t.Errorf("searched %+v, want %s articles", a.Searched, want["searched"])
			}
		})
	}
}

func checkNotes(t *testing.T, notes []string, want string) {
	t.Helper()
	if want == "-" {
		if len(notes) != 0 {
			t.Errorf("notes %q, want none", notes)
		}
		return
	}
	for _, piece := range strings.Split(want, " | ") {
		if !strings.Contains(strings.Join(notes, "\n"), piece) {
			t.Errorf("notes %q miss %q", notes, piece)
		}
	}
}

func checkCited(t *testing.T, a bot.Answer, outlet string) {
	t.Helper()
	if !a.Found {
		t.Fatalf("nothing was found: %+v", a)
	}
	for _, c := range a.Citations {
		if c.Passage.Outlet != outlet {
			t.Errorf("cites %s, want %s only", c.Passage.Outlet, outlet)
		}
	}
}

func checkNearest(t *testing.T, a bot.Answer, outlets []string) {
	t.Helper()
	if a.Found || len(a.Sentences)+len(a.Citations) != 0 {
		t.Fatalf("got %+v, want nothing found", a)
	}
	if len(a.Nearest) == 0 {
		t.Error("no nearest articles")
	}
	for _, n := range a.Nearest {
		if !slices.Contains(outlets, n.Outlet) {
			t.Errorf("nearest is of %s, want %q", n.Outlet, outlets)
		}
	}
}

// wide is a retriever that found something only without the outlet that was
// asked for.
type wide struct{ inner retrieval.Retriever }

func (w wide) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	given := q.Outlets
	q.Outlets = nil
	r, err := w.inner.Retrieve(ctx, q)
	r.Widened = []string{"the outlet " + strings.Join(given, "")}
	return r, err
}

// TestAnotherOutletIsNoAnswer: what one outlet said is not answered by what others
// did, however well they answer; no model is asked.
func TestAnotherOutletIsNoAnswer(t *testing.T) {
	h := build(t, ownArticles(t))
	never := &scripted{t: t}
	a := answer.New(slog.New(slog.DiscardHandler), h.corpus, wide{h.retriever}, never, h.builtin)
	got := ask(t, a, "What is the name of the tug that will pull the ferry off the sandbank, according to the Valley Dispatch?")
	if got.Model != "" || got.Searched.Outlets != 1 || got.Searched.Articles != 2 {
		t.Errorf("asked %q, searched %+v, want no model and the outlet's 2 articles", got.Model, got.Searched)
	}
	checkNearest(t, got, []string{"Nordlicht Kurier", "Harbour Herald", "Radio Solana", "The Meridian Post", "Valley Dispatch"})
	checkNotes(t, english(t, got.Notes), "the outlet Valley Dispatch")
}
