package digest_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/bot/digest"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/static"
	"newsdesk/retrieval/story"
)

var silent = slog.New(slog.DiscardHandler)

// house is a corpus with its stories, and readers who are told digests.
type house struct {
	corpus  *corpus.Corpus
	stories *story.Stories
	needs   digest.Needs
	// told is what each place was told, by story.
	told map[string]map[string]digest.Told
}

func newHouse(t testing.TB, model bot.Generator) *house {
	t.Helper()
	db := corpustest.Store(t)
	c := corpustest.On(t, db)
	e, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	s, err := story.New(t.Context(), story.Needs{Log: silent, DB: db, Corpus: c, Embedder: e, Tokens: e.AppendTokens})
	if err != nil {
		t.Fatal(err)
	}
	return &house{corpus: c, stories: s, told: map[string]map[string]digest.Told{},
		needs: digest.Needs{Log: silent, Corpus: c, Stories: s, Embedder: e, Model: model}}
}

func (h *house) add(t testing.TB, articles ...corpus.Article) {
	t.Helper()
	if _, err := h.corpus.Add(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	if err := h.stories.Update(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// tell writes a digest for a place and notes what it tells.
func (h *house) tell(t testing.TB, w *digest.Writer, place string, o digest.Order) bot.Digest {
	t.Helper()
	accounts := h.told[place]
	if accounts == nil {
		accounts = map[string]digest.Told{}
		h.told[place] = accounts
	}
	o.Told = func(_ context.Context, id string) (digest.Told, error) { return accounts[id], nil }
	d, err := w.Write(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, item := range d.Items {
		a := accounts[item.Story]
		a.Facts, a.Last = append(a.Facts, item.Facts...), o.To
		accounts[item.Story] = a
	}
	return d
}

// sound holds what is true of every digest: each sentence and side is cited, each quote
// stands in an article of its story, and bot/cite lets each sentence through again.
func (h *house) sound(t testing.TB, d bot.Digest) (sentences int) {
	t.Helper()
	for _, item := range d.Items {
		one, err := h.stories.Story(t.Context(), item.Story)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range item.Citations {
			h.verbatim(t, one, c)
		}
		for _, s := range item.Sentences {
			sentences++
			var passages []retrieval.Passage
			marked := s.Text + " "
			for i, n := range s.Citations {
				passages = append(passages, item.Citations[n-1].Passage)
				marked += fmt.Sprintf("[%d]", i+1)
			}
			if checked := cite.Check(marked, passages); len(s.Citations) == 0 || len(checked.Sentences) != 1 || checked.Sentences[0].Text != s.Text {
				t.Errorf("%q of %v does not pass the check: %+v", s.Text, s.Citations, checked.Dropped)
			}
		}
		if n := len(item.Sentences); n < 1 || n > 3 {
			t.Errorf("%q has %d sentences", item.Headline.Title, n)
		}
		if len(item.Why) == 0 || len(item.Origins) == 0 || len(item.Outlets) == 0 || len(item.Facts) == 0 {
			t.Errorf("%q lacks something: %+v", item.Headline.Title, item)
		}
		headed := func(a story.Article) bool {
			return a.Seq == item.Headline.Seq && strings.Contains(a.Title, item.Headline.Title)
		}
		if !slices.ContainsFunc(one.Articles, headed) {
			t.Errorf("%q is no title of its story", item.Headline.Title)
		}
		if item.Differs != nil {
			for _, s := range item.Differs.Sides {
				if len(s.Citations) == 0 {
					t.Errorf("%q: %q is not cited", item.Headline.Title, s.Value)
				}
			}
		}
	}
	return sentences
}

func (h *house) verbatim(t testing.TB, one story.Story, c bot.Citation) {
	t.Helper()
	stored, err := h.corpus.BySeqs(t.Context(), []int64{c.Passage.Seq})
	if err != nil {
		t.Fatal(err)
	}
	if text := stored[c.Passage.Seq].Text; c.Start < 0 || c.End > len(text) || text[c.Start:c.End] != c.Quote || c.Quote == "" {
		t.Errorf("quote %d of %s is not what the article holds: %q", c.N, c.Passage.ID(), c.Quote)
	}
	if !slices.ContainsFunc(one.Articles, func(a story.Article) bool { return a.Seq == c.Passage.Seq }) {
		t.Errorf("quote %d of %s is of another story", c.N, c.Passage.ID())
	}
}

// fields reads the "key: value" lines at the head of a case; rest is what follows the
// blank line behind them.
func fields(data []byte) (values map[string]string, rest string) {
	head, rest, _ := strings.Cut(string(data), "\n\n")
	values = map[string]string{}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		values[key] = strings.Trim(strings.TrimSpace(value), `"`)
	}
	return values, strings.TrimSpace(rest)
}

func articleOf(t testing.TB, f txtar.File, n int) corpus.Article {
	t.Helper()
	values, text := fields(f.Data)
	return corpus.Article{
		Outlet: values["outlet"], Title: values["title"], Category: values["category"], Text: text, Published: at(t, values["published"]),
		URL: fmt.Sprintf("https://%s.example/%d", strings.ReplaceAll(strings.ToLower(values["outlet"]), " ", "-"), n),
	}
}

func at(t testing.TB, s string) time.Time {
	t.Helper()
	out, err := time.Parse("2006-01-02T15:04", s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// shown is all that a person sees of a digest that came from articles.
func shown(d bot.Digest) string {
	var b strings.Builder
	for _, item := range d.Items {
		fmt.Fprintln(&b, item.Headline.Title)
		for _, s := range item.Sentences {
			fmt.Fprintln(&b, s.Text)
		}
	}
	return b.String()
}
