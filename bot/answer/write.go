package answer

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/retrieval"
)

const (
	// patience is how long a generator may take for its whole text.
	patience = 90 * time.Second
	// shortPatience is how long one may take for a question, a sentence or a word.
	shortPatience = 20 * time.Second
	// longest is the number of bytes of a generator's text. An answer has a few
	// hundred; a text of this size is a model that does not stop.
	longest = 64 << 10
)

// write fills in what the generator, or the fallback, says that can be kept.
func (w *work) write(ctx context.Context, p bot.Prompt, out *bot.Answer) error {
	w.tell(bot.Reading, len(p.Passages))
	text, err := w.generate(ctx, w.generator, p)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		w.log.Warn("the generator failed", "model", w.generator.Model(), "error", err)
	} else {
		keep(w.generator, w.check(ctx, text, p.Passages), out)
	}
	if w.fallback == nil {
		return err
	}
	if len(out.Sentences) > 0 {
		return nil
	}
	return w.fallBack(ctx, p, out, err)
}

// fallBack asks the fallback, after the generator failed with that error or, when
// it is nil, wrote nothing that can be kept. The fallback's own failure is an
// error only when the generator failed too: otherwise nothing that can be kept
// was said, and that stands.
func (w *work) fallBack(ctx context.Context, p bot.Prompt, out *bot.Answer, failure error) error {
	text, err := w.generate(ctx, w.fallback, p)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		w.log.Warn("the fallback failed", "model", w.fallback.Model(), "error", err)
		if failure != nil {
			return err
		}
		return nil
	}
	checked := w.check(ctx, text, p.Passages)
	if len(checked.Sentences) == 0 && failure == nil {
		out.Dropped = append(out.Dropped, checked.Dropped...)
		return nil
	}
	keep(w.fallback, checked, out)
	out.Notes = noted(out.Notes, bot.Note{Kind: noteOf(failure)})
	return nil
}

// noteOf says why the fallback wrote.
func noteOf(failure error) bot.NoteKind {
	switch {
	case failure == nil:
		return bot.NoteUnchecked
	case errors.Is(failure, bot.ErrCut):
		return bot.NoteCut
	}
	return bot.NoteFailed
}

// keep takes over what the check let through and what it did not.
func keep(g bot.Generator, c cite.Checked, out *bot.Answer) {
	out.Model = g.Model()
	out.Sentences, out.Citations = c.Sentences, c.Citations
	out.Dropped = append(out.Dropped, c.Dropped...)
}

// generate is the function of that name, with its time on record.
func (w *work) generate(ctx context.Context, g bot.Generator, p bot.Prompt) (string, error) {
	defer w.step("generate", time.Now())
	return generate(ctx, g, p)
}

// brief asks the generator for a question, a sentence or a word: its text, empty
// where it has none in the time that such a thing may take. A failure is no
// error, as nothing depends on it.
func (w *work) brief(ctx context.Context, step string, g bot.Generator, p bot.Prompt) string {
	defer w.step(step, time.Now())
	ctx, cancel := context.WithTimeout(ctx, shortPatience)
	defer cancel()
	text, err := generate(ctx, g, p)
	if err != nil {
		w.log.Warn("the generator failed", "model", g.Model(), "task", p.Task, "error", err)
		return ""
	}
	return text
}

// check keeps what the passages hold and, where there is a second reader, what
// that one says no to neither.
func (w *work) check(ctx context.Context, text string, passages []retrieval.Passage) cite.Checked {
	began := time.Now()
	w.tell(bot.Checking, 0)
	checked := cite.Check(text, passages)
	w.step("check", began)
	return w.judged(ctx, checked)
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
