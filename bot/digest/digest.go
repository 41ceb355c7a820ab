// Package digest writes summaries of the newest articles.
//
// # Design
//
// The simplest digest that keeps the promise: the newest articles of a period,
// not too many and not all of one outlet, one sentence each, written by a
// generator and checked by bot/cite like every answer. The generator's text is
// never sent unchecked; when the model server fails, or leaves nothing that
// passes the check, the built-in generator writes instead and a note says so.
// Choosing by stories comes with retrieval/story.
package digest

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// Bounds of one digest: it is read on a phone.
const (
	maxItems     = 8
	maxPerOutlet = 3
	// maxArticles bounds how many articles are looked at.
	maxArticles = 500
	// patience is how long the model server may take for one digest.
	patience = 2 * time.Minute
)

// Writer writes digests. Safe for concurrent use.
type Writer struct {
	log       *slog.Logger
	corpus    *corpus.Corpus
	chunk     func(corpus.Article) []retrieval.Passage
	generator bot.Generator
	fallback  bot.Generator
}

// New returns a writer. fallback is asked when generator fails; it may be the
// same one.
func New(log *slog.Logger, c *corpus.Corpus, chunk func(corpus.Article) []retrieval.Passage, generator, fallback bot.Generator) *Writer {
	return &Writer{log: log, corpus: c, chunk: chunk, generator: generator, fallback: fallback}
}

// Write returns the digest of what was published in [from, to). A period
// without articles gives a digest without sentences.
func (w *Writer) Write(ctx context.Context, from, to time.Time) (bot.Digest, error) {
	d := bot.Digest{From: from, To: to}
	articles, err := w.corpus.List(ctx, corpus.Filter{From: from, To: to, Limit: maxArticles})
	if err != nil {
		return d, fmt.Errorf("digest: %w", err)
	}
	passages := w.leads(choose(articles))
	if len(passages) == 0 {
		return d, nil
	}
	p := bot.Prompt{Task: bot.DigestTask, Today: to, Passages: passages, Sentences: len(passages)}
	checked, err := w.write(ctx, p, w.generator)
	if err != nil || len(checked.Sentences) == 0 {
		w.log.WarnContext(ctx, "the built-in generator writes this digest", "model", w.generator.Model(), "err", err)
		d.Notes = append(d.Notes, bot.Note{Kind: bot.NoteDigest})
		if checked, err = w.write(ctx, p, w.fallback); err != nil {
			return d, fmt.Errorf("digest: %w", err)
		}
	}
	d.Sentences, d.Citations = checked.Sentences, checked.Citations
	return d, nil
}

func (w *Writer) write(ctx context.Context, p bot.Prompt, g bot.Generator) (cite.Checked, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var text strings.Builder
	for piece, err := range g.Generate(ctx, p) {
		if err != nil {
			return cite.Checked{}, err
		}
		text.WriteString(piece)
	}
	return cite.Check(text.String(), p.Passages), nil
}

// leads returns the first passage of each article: news tells what happened
// first.
func (w *Writer) leads(articles []corpus.Article) []retrieval.Passage {
	var all []retrieval.Passage
	for _, a := range articles {
		if passages := w.chunk(a); len(passages) > 0 {
			all = append(all, passages[0])
		}
	}
	return all
}

// choose takes the newest articles, newest first, at most maxPerOutlet of one
// outlet.
func choose(articles []corpus.Article) []corpus.Article {
	var chosen []corpus.Article
	of := map[string]int{}
	for _, a := range articles {
		if len(chosen) == maxItems {
			break
		}
		if of[a.Outlet] == maxPerOutlet {
			continue
		}
		of[a.Outlet]++
		chosen = append(chosen, a)
	}
	return chosen
}
