// Package answer takes a question to an answer whose every sentence is tied to
// a checked quote.
//
// # Design
//
// One path for all callers, and every step is another package's:
//
//  1. retrieval/scope reads the question into a query: which outlets, when.
//  2. One retriever finds passages, and sees to it that outlets which are
//     compared all have a place (retrieval/spread). No passage: the answer ends
//     here as "not in the articles", and no model is asked. So it does when the
//     retriever had to give up a filter to find anything: what another outlet
//     said, or the same one on other days, does not answer the question. Such
//     passages only name the nearest articles, and a note says what was given
//     up. Copies of a passage (Hit.Copies) are not shown to a generator; their
//     articles may be among the nearest.
//  3. The passages are numbered into a prompt, in the order of the retriever.
//  4. The generator writes. When it fails, breaks off, takes longer than
//     [patience] or writes more than [longest], what it wrote is thrown away:
//     half an answer is none. The fallback then writes, and a note says so.
//  5. bot/cite keeps the sentences that the passages hold. When it keeps none
//     of the generator's, the fallback is asked as well: a model that cites
//     badly is no reason for silence.
//
// What is left is the answer; when nothing is left the finding is "not in the
// articles", with the extent of what was searched and the nearest articles.
// That is a value and not an error. Errors are returned only when nothing can
// be said about what the articles hold: the retriever or the corpus failed, or
// the caller's context ended.
package answer

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/scope"
)

const (
	// Passages is the number of passages that a prompt holds at most: some
	// 1,400 words, which leaves a model with a context of 4,096 tokens room for
	// its answer. On the evaluation data the built-in generator answers 77, 78,
	// 79 and 79 in a hundred with 8, 12, 16 and 20 passages, refuses 10, 12, 11
	// and 10 of 18, and takes longer with each.
	//
	// Neighbours of the hits (chunk.Neighbours) do not earn a place. With twelve
	// hits .772 of the questions are answered, .658 with a gold article and .342
	// with a gold fact; with eight and what stands beside them, up to twelve, .754,
	// .632 and .307; with twelve and up to eight beside them .781, .667 and .360,
	// which is what 20 hits give (.772, .684 and .360). 11 of 18 are refused in
	// each case.
	Passages = 12
	// patience is how long a generator may take for its whole text.
	patience = 90 * time.Second
	// longest is the number of bytes of a generator's text. An answer has a few
	// hundred; a text of this size is a model that does not stop.
	longest = 64 << 10
	// quotes is the number of quotes of an answer, unless more outlets are
	// asked for.
	quotes = 4
	// nearest is the number of articles that are named when nothing answers.
	nearest = 3
)

// Answerer answers questions. It holds no state of a question; safe for
// concurrent use.
type Answerer struct {
	log       *slog.Logger
	corpus    *corpus.Corpus
	reader    scope.Reader
	retriever retrieval.Retriever
	generator bot.Generator
	fallback  bot.Generator
}

// New returns an Answerer over the articles of c, which r searches. Fallback is
// asked where g fails or writes nothing that can be kept; nil for none, as when
// g is the built-in generator itself.
func New(log *slog.Logger, c *corpus.Corpus, r retrieval.Retriever, g bot.Generator, fallback bot.Generator) *Answerer {
	return &Answerer{log: log, corpus: c, retriever: r, generator: g, fallback: fallback}
}

// Answer answers q. See the package comment for what is an error.
func (a *Answerer) Answer(ctx context.Context, q bot.Question) (bot.Answer, error) {
	outlets, err := a.corpus.Outlets(ctx)
	if err != nil {
		return bot.Answer{}, fmt.Errorf("answer: %w", err)
	}
	query := a.reader.Read(q.Text, q.Now, outlets)
	query.Limit = Passages
	result, err := a.retriever.Retrieve(ctx, query)
	if err != nil {
		return bot.Answer{}, fmt.Errorf("answer: %w", err)
	}
	out := bot.Answer{Notes: notes(result)}
	if out.Searched, err = a.searched(ctx, query); err != nil {
		return bot.Answer{}, fmt.Errorf("answer: %w", err)
	}
	if len(result.Hits) == 0 || len(result.Widened) > 0 {
		out.Nearest = nearestArticles(result.Hits)
		return out, nil
	}
	if err := a.write(ctx, prompt(q, result), &out); err != nil {
		return bot.Answer{}, fmt.Errorf("answer: %w", err)
	}
	return finish(out, result), nil
}

// searched says how many articles the filters of the question let through, those
// that the search gave up included.
func (a *Answerer) searched(ctx context.Context, q retrieval.Query) (corpus.Extent, error) {
	filter := corpus.Filter{Outlets: q.Outlets, From: q.From, To: q.To}
	if !q.AsOf.IsZero() && (filter.To.IsZero() || q.AsOf.Before(filter.To)) {
		filter.To = q.AsOf.Add(time.Nanosecond) // AsOf is inclusive, To exclusive
	}
	return a.corpus.Extent(ctx, filter)
}

// prompt numbers the passages.
func prompt(q bot.Question, r retrieval.Result) bot.Prompt {
	p := bot.Prompt{Task: bot.AnswerTask, Question: q.Text, Turns: q.Turns, Today: q.Now}
	for _, hit := range r.Hits {
		p.Passages = append(p.Passages, hit.Passage)
	}
	return p
}

// write fills in what the generator, or the fallback, says that can be kept.
func (a *Answerer) write(ctx context.Context, p bot.Prompt, out *bot.Answer) error {
	text, err := generate(ctx, a.generator, p)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		a.log.Warn("the generator failed", "model", a.generator.Model(), "error", err)
	} else {
		keep(a.generator, cite.Check(text, p.Passages), out)
	}
	if a.fallback == nil {
		return err
	}
	if len(out.Sentences) > 0 {
		return nil
	}
	return a.fallBack(ctx, p, out, err)
}

// The notes under an answer that the fallback wrote.
const (
	noteFailed  = "The model server did not answer; this answer was chosen by the built-in generator."
	noteCut     = "The model server broke off its answer; this one was chosen by the built-in generator."
	noteNothing = "Nothing that the model wrote could be checked; this answer was chosen by the built-in generator."
)

// fallBack asks the fallback, after the generator failed with that error or, when
// it is nil, wrote nothing that can be kept. The fallback's own failure is an
// error only when the generator failed too: otherwise nothing that can be kept
// was said, and that stands.
func (a *Answerer) fallBack(ctx context.Context, p bot.Prompt, out *bot.Answer, failure error) error {
	text, err := generate(ctx, a.fallback, p)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		a.log.Warn("the fallback failed", "model", a.fallback.Model(), "error", err)
		if failure != nil {
			return err
		}
		return nil
	}
	checked := cite.Check(text, p.Passages)
	if len(checked.Sentences) == 0 && failure == nil {
		return nil
	}
	keep(a.fallback, checked, out)
	out.Notes = append(out.Notes, noteOf(failure))
	return nil
}

// noteOf says why the fallback wrote.
func noteOf(failure error) string {
	switch {
	case failure == nil:
		return noteNothing
	case errors.Is(failure, bot.ErrCut):
		return noteCut
	}
	return noteFailed
}

// keep takes over what the check let through and what it did not.
func keep(g bot.Generator, c cite.Checked, out *bot.Answer) {
	out.Model = g.Model()
	out.Sentences, out.Citations = c.Sentences, c.Citations
	out.Dropped = append(out.Dropped, c.Dropped...)
}

// generate collects the text of a generator that came to its end.
func generate(ctx context.Context, g bot.Generator, p bot.Prompt) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var text []byte
	for piece, err := range g.Generate(ctx, p) {
		if err != nil {
			return "", err
		}
		if text = append(text, piece...); len(text) > longest {
			return "", fmt.Errorf("more than %d bytes: %w", longest, bot.ErrCut)
		}
	}
	return string(text), nil
}
