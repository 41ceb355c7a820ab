package answer_test

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/answer"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
)

// scripted is a generator that writes what it is told. It fails the test when
// it is asked more often than it should be.
type scripted struct {
	t      *testing.T
	pieces []string
	err    error
	asked  int
	at     int
}

func (s *scripted) Model() string { return "scripted" }

func (s *scripted) Generate(_ context.Context, p bot.Prompt) iter.Seq2[string, error] {
	s.at++
	if s.at > s.asked {
		s.t.Errorf("asked %d times, want %d", s.at, s.asked)
	}
	if p.Task != bot.AnswerTask || p.Question == "" || p.Today.IsZero() || len(p.Passages) == 0 || len(p.Passages) > answer.Passages {
		s.t.Errorf("prompt is not whole: %+v", p)
	}
	return func(yield func(string, error) bool) {
		for _, piece := range s.pieces {
			if !yield(piece, nil) {
				return
			}
		}
		if s.err != nil {
			yield("", s.err)
		}
	}
}

const tugQuestion = "What is the name of the tug that will pull the ferry off the sandbank?"

// with returns an Answerer of the house that asks g first.
func (h house) with(g bot.Generator) *answer.Answerer {
	return answer.New(slog.New(slog.DiscardHandler), h.corpus, h.retriever, g, h.builtin)
}

func ask(t *testing.T, a *answer.Answerer, question string) bot.Answer {
	t.Helper()
	got, err := a.Answer(context.Background(), bot.Question{Text: question, Now: ownNow})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// TestFallback: whatever a model does wrong, the person gets a cited answer, and
// nothing of half an answer.
func TestFallback(t *testing.T) {
	h := build(t, ownArticles(t))
	const half = "A tug called Hercules is to pull the Astrid off the sandbank on Friday, when the tide"
	for _, c := range []struct {
		name   string
		pieces []string
		err    error
		note   string
	}{
		{"down", nil, retrieval.ErrUnavailable, "did not answer"},
		{"cut", []string{half}, bot.ErrCut, "broke off"},
		{"never stops", []string{strings.Repeat("A tug called Hercules. ", 4000)}, nil, "broke off"},
		{"invents", []string{"The tug is called Poseidon and weighs 900 tonnes [1]."}, nil, "could be checked"},
		{"says nothing", nil, nil, "could be checked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			g := &scripted{t: t, pieces: c.pieces, err: c.err, asked: 1}
			got := ask(t, h.with(g), tugQuestion)
			h.verbatim(t, got)
			if !got.Found || got.Model != h.builtin.Model() || len(got.Notes) != 1 || !strings.Contains(english(t, got.Notes)[0], c.note) {
				t.Errorf("found %v by %q with notes %v", got.Found, got.Model, got.Notes)
			}
			if !strings.Contains(said(got), "Hercules") || strings.Contains(said(got), "Poseidon") {
				t.Errorf("said %q", said(got))
			}
		})
	}
}

// TestModelIsKept: what the passages hold is said in the model's words, and
// without a note.
func TestModelIsKept(t *testing.T) {
	h := build(t, ownArticles(t))
	g := &scripted{t: t, asked: 1, pieces: []string{
		"A tug called Hercules will pull the Astrid off ", "the sandbank. The captain swam ashore with 77 cats.",
	}}
	got := ask(t, h.with(g), tugQuestion)
	h.verbatim(t, got)
	if !got.Found || got.Model != "scripted" || len(got.Notes) != 0 || len(got.Sentences) != 1 {
		t.Fatalf("got %+v", got)
	}
	if len(got.Dropped) != 1 || !strings.Contains(got.Dropped[0].Text, "77 cats") {
		t.Errorf("dropped %+v, want the sentence of the cats", got.Dropped)
	}
}

// TestNotFound names what was searched and what is nearest.
func TestNotFound(t *testing.T) {
	h := build(t, ownArticles(t))
	got := ask(t, h.with(&scripted{t: t, asked: 1}), "How many litres of fuel leaked from the Astrid?")
	if got.Found || len(got.Sentences)+len(got.Citations)+len(got.Notes) != 0 {
		t.Errorf("got %+v, want nothing found", got)
	}
	if got.Searched.Articles != 10 || got.Searched.Outlets != 5 {
		t.Errorf("searched %+v, want all 10 articles of 5 outlets", got.Searched)
	}
	if len(got.Nearest) != 3 || !strings.Contains(got.Nearest[0].Title+got.Nearest[1].Title, "ferry") &&
		!strings.Contains(got.Nearest[0].Title, "Ferry") {
		t.Errorf("nearest %+v, want the articles on the ferry first", got.Nearest)
	}
	seen := map[bot.Nearest]bool{}
	for _, n := range got.Nearest {
		if seen[n] || n.Outlet == "" || n.URL == "" || n.Published.IsZero() {
			t.Errorf("nearest %+v is there twice or not whole", n)
		}
		seen[n] = true
	}
}

// TestNamedOutlet: only its own articles are searched, nothing of another is said,
// and the nearest articles are those of others.
func TestNamedOutlet(t *testing.T) {
	h := build(t, ownArticles(t))
	got := ask(t, h.answerer, "What did the Valley Dispatch report about the ferry Astrid?")
	if got.Found || got.Searched.Outlets != 1 || got.Searched.Articles != 2 {
		t.Errorf("found %v, searched %+v, want nothing in the outlet's 2 articles", got.Found, got.Searched)
	}
	if len(got.Notes) != 1 || !strings.Contains(english(t, got.Notes)[0], "Valley Dispatch has nothing") {
		t.Errorf("notes %v, want that the outlet has nothing", got.Notes)
	}
	if len(got.Nearest) == 0 {
		t.Error("no nearest articles")
	}
	for _, n := range got.Nearest {
		if n.Outlet == "Valley Dispatch" {
			t.Errorf("nearest is of %s", n.Outlet)
		}
	}
}

// TestSeveralOutlets: each says its own, and who is silent is named.
func TestSeveralOutlets(t *testing.T) {
	h := build(t, ownArticles(t))
	got := ask(t, h.answerer, "What do the Harbour Herald and the Nordlicht Kurier report about the ferry Astrid?")
	outlets := map[string]bool{}
	for _, c := range got.Citations {
		outlets[c.Passage.Outlet] = true
	}
	if want := map[string]bool{"Harbour Herald": true, "Nordlicht Kurier": true}; !reflect.DeepEqual(outlets, want) {
		t.Errorf("cited %v, want %v", outlets, want)
	}
	got = ask(t, h.answerer, "What do the Harbour Herald and the Valley Dispatch report about the ferry Astrid?")
	if len(got.Notes) != 1 || !strings.Contains(english(t, got.Notes)[0], "Valley Dispatch") {
		t.Errorf("notes %v, want that the Valley Dispatch has nothing", got.Notes)
	}
}

// failing is a retriever that finds nothing, or fails.
type failing struct {
	err     error
	missing []retrieval.Missing
}

func (f failing) Retrieve(_ context.Context, q retrieval.Query) (retrieval.Result, error) {
	return retrieval.Result{Query: q, Missing: f.missing}, f.err
}

// TestNothingToSay: without a passage no model is asked; that is a finding and
// not an error. A retriever that fails is an error.
func TestNothingToSay(t *testing.T) {
	c := corpustest.Open(t)
	never := &scripted{t: t}
	a := answer.New(slog.New(slog.DiscardHandler), c, failing{missing: []retrieval.Missing{{Retriever: "dense"}}}, never, nil)
	got := ask(t, a, tugQuestion)
	if got.Found || got.Model != "" || len(got.Nearest) != 0 || len(got.Notes) != 1 {
		t.Errorf("got %+v, want nothing and a note on the missing part", got)
	}
	broken := errors.New("the index is broken")
	a = answer.New(slog.New(slog.DiscardHandler), c, failing{err: broken}, never, nil)
	if _, err := a.Answer(context.Background(), bot.Question{Text: tugQuestion, Now: ownNow}); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
}

// TestEnds: a caller who gives up gets his own error, not an answer.
func TestEnds(t *testing.T) {
	h := build(t, ownArticles(t))
	ctx, cancel := context.WithCancel(context.Background())
	g := canceller{cancel: cancel}
	if _, err := h.with(g).Answer(ctx, bot.Question{Text: tugQuestion, Now: ownNow}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// canceller is a generator whose caller gives up while it writes.
type canceller struct{ cancel context.CancelFunc }

func (c canceller) Model() string { return "canceller" }

func (c canceller) Generate(ctx context.Context, _ bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		c.cancel()
		yield("", ctx.Err())
	}
}

// TestFallbackFails: when nobody can write, that is an error.
func TestFallbackFails(t *testing.T) {
	h := build(t, ownArticles(t))
	down := &scripted{t: t, err: retrieval.ErrUnavailable, asked: 2}
	a := answer.New(slog.New(slog.DiscardHandler), h.corpus, h.retriever, down, down)
	if _, err := a.Answer(context.Background(), bot.Question{Text: tugQuestion, Now: ownNow}); !errors.Is(err, retrieval.ErrUnavailable) {
		t.Errorf("error %v, want %v", err, retrieval.ErrUnavailable)
	}
}
