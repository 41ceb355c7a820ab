package answer_test

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"newsdesk/bot/answer"
	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

const (
	agencyLead = "A painter bought the old lighthouse of Gull Rock on Monday and paid 90,000 crowns for it."
	agencyTail = "A painter bought the lighthouse of Gull Rock and wants to live there with forty cats."
)

// lighthouse is an article of an outlet.
func lighthouse(t *testing.T, outlet, text string) corpus.Article {
	t.Helper()
	a := ownArticles(t)[0]
	a.Outlet, a.Text, a.Title = outlet, text, "A lighthouse is sold"
	a.OutletURL = "https://" + strings.ToLower(strings.ReplaceAll(outlet, " ", "-")) + ".example/"
	a.URL = a.OutletURL + "lighthouse"
	return a
}

// TestQuotesNameTheirCopies: under a quote stand the outlets that print the same
// text, each once, and none besides.
func TestQuotesNameTheirCopies(t *testing.T) {
	h := build(t, []corpus.Article{
		lighthouse(t, "Harbour Herald", agencyLead), lighthouse(t, "Radio Solana", agencyLead), lighthouse(t, "Valley Dispatch", agencyLead),
		lighthouse(t, "The Meridian Post", "The mayor of Gull Rock has a new boat. It is blue."),
	})
	got := h.ask(t, "How many crowns did the painter pay for the old lighthouse of Gull Rock?", ownNow)
	if !got.Found || len(got.Citations) != 1 || len(got.Citations[0].Copies) != 2 {
		t.Fatalf("%+v", got.Citations)
	}
	c := got.Citations[0]
	outlets := map[string]bool{c.Passage.Outlet: true}
	for _, copied := range c.Copies {
		outlets[copied.Outlet] = true
		if copied.URL != lighthouse(t, copied.Outlet, "").URL || copied.Title == "" || copied.Published.IsZero() {
			t.Errorf("%+v", copied)
		}
	}
	if len(outlets) != 3 || outlets["The Meridian Post"] {
		t.Errorf("outlets %v", outlets)
	}
}

// crossed finds two articles with one text by another passage each.
type crossed struct{ hits []retrieval.Hit }

func (c crossed) Retrieve(_ context.Context, q retrieval.Query) (retrieval.Result, error) {
	return retrieval.Result{Hits: c.hits, Query: q}, nil
}

// TestCrossedCopiesAreNotCounted: an outlet whose passage stands in an article that
// is counted already reports nothing of its own.
func TestCrossedCopiesAreNotCounted(t *testing.T) {
	both := agencyLead + " " + agencyTail
	h := build(t, []corpus.Article{lighthouse(t, "Harbour Herald", both), lighthouse(t, "Radio Solana", both)})
	articles, err := h.corpus.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var hits []retrieval.Hit
	for i, a := range articles {
		p, other := chunk.Passages(a)[0], chunk.Passages(articles[1-i])[0]
		start, end := len(agencyLead)*i, len(agencyLead)
		if i == 1 {
			start, end = len(agencyLead)+1, len(a.Text)
		}
		hits = append(hits, retrieval.Hit{
			Passage: retrieval.NewPassage(a, p.Start+start, p.Start+end), Copies: []retrieval.Passage{retrieval.NewPassage(articles[1-i], other.Start+start, other.Start+end)},
		})
	}
	a := answer.New(slog.New(slog.DiscardHandler), h.corpus, crossed{hits}, h.builtin, nil)
	got := ask(t, a, "How many outlets report that a painter bought the lighthouse of Gull Rock?")
	if !strings.HasPrefix(said(got), "One outlet reports this: ") || len(got.Citations) != 1 {
		t.Errorf("said %q with %d quotes", said(got), len(got.Citations))
	}
	if notes := strings.Join(english(t, got.Notes), "\n"); !strings.Contains(notes, "not counted again, also stands in "+articles[1].Outlet) {
		t.Errorf("notes %q", notes)
	}
}
