package digest

import (
	"context"
	"iter"
	"log/slog"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/extract"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/sample"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

var log = slog.New(slog.DiscardHandler)

// says is a generator that writes the same text whatever it is asked, and then
// fails with err if there is one.
type says struct {
	text string
	err  error
}

func (says) Model() string { return "scripted" }

func (s says) Generate(context.Context, bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if yield(s.text, nil) && s.err != nil {
			yield("", s.err)
		}
	}
}

func samples(t *testing.T) *corpus.Corpus {
	t.Helper()
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	c := corpustest.Open(t)
	corpustest.Add(t, c, articles...)
	return c
}

func write(t *testing.T, g bot.Generator, from, to time.Time) bot.Digest {
	t.Helper()
	w := New(log, samples(t), chunk.Passages, g, extract.New(nil))
	d, err := w.Write(t.Context(), from, to)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var (
	from = time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)
	to   = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)
)

// checkDigest holds what must be true of every digest.
func checkDigest(t *testing.T, d bot.Digest) {
	t.Helper()
	if len(d.Sentences) == 0 || len(d.Sentences) > 2*maxItems {
		t.Fatalf("%d sentences", len(d.Sentences))
	}
	of := map[string]map[string]bool{}
	for _, c := range d.Citations {
		p := c.Passage
		if p.Published.Before(d.From) || !p.Published.Before(d.To) {
			t.Errorf("cites %s of %s", p.Title, p.Published)
		}
		if !strings.Contains(p.Text, c.Quote) || c.Quote == "" {
			t.Errorf("%q is not verbatim", c.Quote)
		}
		if of[p.Outlet] == nil {
			of[p.Outlet] = map[string]bool{}
		}
		of[p.Outlet][p.ArticleID] = true
	}
	for outlet, articles := range of {
		if len(articles) > maxPerOutlet {
			t.Errorf("%d articles of %s", len(articles), outlet)
		}
	}
	for _, s := range d.Sentences {
		if len(s.Citations) == 0 {
			t.Errorf("%q is not cited", s.Text)
		}
	}
}

func TestBuiltInWrites(t *testing.T) {
	d := write(t, extract.New(nil), from, to)
	checkDigest(t, d)
	if len(d.Notes) != 0 {
		t.Errorf("notes %v", d.Notes)
	}
	if newest := d.Citations[0].Passage.Published; newest.Before(time.Date(2026, 3, 11, 0, 0, 0, 0, time.UTC)) {
		t.Errorf("begins with an article of %s", newest)
	}
}

func TestModelThatFailsOrInvents(t *testing.T) {
	for name, g := range map[string]bot.Generator{
		"is cut off":   says{"Velmora's trams are free. [1]", bot.ErrCut},
		"is down":      says{"", retrieval.ErrUnavailable},
		"invents":      says{"On Mars 77 trams were painted green. [1]", nil},
		"says nothing": says{"", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := write(t, g, from, to)
			checkDigest(t, d)
			if len(d.Notes) != 1 || d.Notes[0].Kind != bot.NoteDigest {
				t.Errorf("notes %v", d.Notes)
			}
			for _, s := range d.Sentences {
				if strings.Contains(s.Text, "Mars") {
					t.Errorf("says %q", s.Text)
				}
			}
		})
	}
}

func TestEmptyPeriod(t *testing.T) {
	d := write(t, extract.New(nil), to.AddDate(1, 0, 0), to.AddDate(1, 0, 1))
	if len(d.Sentences) != 0 || len(d.Citations) != 0 {
		t.Errorf("%+v", d)
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	w := New(log, samples(t), chunk.Passages, extract.New(nil), extract.New(nil))
	cancel()
	if _, err := w.Write(ctx, from, to); err == nil {
		t.Error("a digest was written after the context had ended")
	}
}
