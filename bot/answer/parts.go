package answer

import (
	"context"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/restate"
)

// several answers each part of a question by itself and names those that nothing
// answers. A part may lean on those before it, and is asked of the outlets and
// days of the whole question where it names none.
func (w *work) several(ctx context.Context, t task) (bot.Answer, error) {
	var found []bot.Answer
	var missed []string
	var premises []bot.Note
	var nearest []bot.Nearest
	var turns []bot.Turn
	for _, part := range t.reading.Parts {
		whole, _ := restate.Rules(part, turns, w.names())
		turns = append(turns, bot.Turn{Question: whole})
		a, err := w.part(ctx, w.partOf(t, whole))
		if err != nil {
			return bot.Answer{}, err
		}
		if a.Found {
			found = append(found, a)
			continue
		}
		missed = append(missed, strings.TrimRight(part, "?"))
		nearest = append(nearest, a.Nearest...)
		if a.Premise != "" {
			premises = noted(premises, bot.Note{Kind: bot.NotePremise, Words: a.Premise})
		}
	}
	out := merge(found, perSide*len(t.reading.Parts))
	out.Notes = append(out.Notes, premises...)
	if out.Found {
		out.Unanswered = missed
		return w.ended(ctx, t, out, nil)
	}
	out, err := w.ended(ctx, t, out, nil)
	out.Nearest = distinct(nearest)
	return out, err
}

// partOf reads a part of the task.
func (w *work) partOf(t task, text string) task {
	part := w.read(text)
	if len(part.query.Outlets) == 0 {
		part.query.Outlets = t.query.Outlets
	}
	if part.query.From.IsZero() && part.query.To.IsZero() && part.query.AsOf.IsZero() {
		part.query.From, part.query.To, part.query.AsOf = t.query.From, t.query.To, t.query.AsOf
	}
	if part.reading.Kind == bot.Several {
		part.reading.Kind = bot.Fact
	}
	return part
}

// part answers a part; one quote of it is enough.
func (w *work) part(ctx context.Context, t task) (bot.Answer, error) {
	a, err := w.byKind(ctx, t)
	if err != nil || !a.Found || t.reading.Kind != bot.Fact {
		return a, err
	}
	return bounded(a, perSide), nil
}

// names returns the names of all outlets.
func (w *work) names() []string {
	out := make([]string, len(w.outlets))
	for i, o := range w.outlets {
		out[i] = o.Name
	}
	return out
}

// distinct returns the first few articles, each once.
func distinct(list []bot.Nearest) []bot.Nearest {
	var out []bot.Nearest
	seen := map[bot.Nearest]bool{}
	for _, n := range list {
		if !seen[n] && len(out) < nearest {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// merge puts answers together that were found, in their order, with at most n
// quotes; equal quotes are one. Without any nothing is found.
func merge(found []bot.Answer, n int) bot.Answer {
	var out bot.Answer
	at := map[place]int{}
	for _, a := range found {
		number := map[int]int{}
		for _, c := range a.Citations {
			key := place{c.Passage.Seq, c.Start, c.End}
			if at[key] == 0 {
				at[key] = len(out.Citations) + 1
				old := c.N
				c.N = at[key]
				out.Citations = append(out.Citations, c)
				c.N = old
			}
			number[c.N] = at[key]
		}
		for _, s := range a.Sentences {
			if !said(out.Sentences, s.Text) {
				out.Sentences = append(out.Sentences, renumbered(s, number))
			}
		}
		out.Model = a.Model
		out.Notes = noted(out.Notes, a.Notes...)
		out.Dropped = append(out.Dropped, a.Dropped...)
	}
	out.Found = len(out.Sentences) > 0
	return bounded(out, n)
}

// place is where a quote stands.
type place struct {
	seq        int64
	start, end int
}

func said(sentences []bot.Sentence, text string) bool {
	for _, s := range sentences {
		if s.Text == text {
			return true
		}
	}
	return false
}
