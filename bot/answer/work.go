package answer

import (
	"context"
	"log/slog"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/kind"
	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// work is one question while it is answered.
type work struct {
	*Answerer
	log     *slog.Logger
	asked   bot.Question
	outlets []corpus.Outlet
	trace   bot.Trace
	// language is that of the question where the articles are in another one,
	// theirs the articles'; both empty where they are the same.
	language, theirs string
	// only are the outlets that may be used, nil for all.
	only []string
	// budget is what is left of the second reader's tokens.
	budget int
}

func newWork(a *Answerer, q bot.Question, outlets []corpus.Outlet) *work {
	a = writers(a, q)
	outlets, only := chosen(q, outlets)
	return &work{
		Answerer: a, log: a.log, asked: q, outlets: outlets, only: only, trace: bot.Trace{Asked: q.Text}, budget: a.judge.tokens,
	}
}

// step records the time of a step that began then.
func (w *work) step(name string, began time.Time) {
	w.trace.Took = append(w.trace.Took, bot.Step{Name: name, Time: time.Since(began)})
}

// task is a question, or a part of one, as it was read.
type task struct {
	// asked is the question, text the same as the generator gets it: without words
	// for time that became filters.
	asked, text string
	query       retrieval.Query
	reading     kind.Reading
	// bound says that an event bounds the days that are searched, dayAfter that the
	// day after them is one of them.
	bound, dayAfter bool
}

// read reads a whole question.
func (w *work) read(text string) task {
	defer w.step("read", time.Now())
	query := w.reader.Read(text, w.asked.Now, w.outlets)
	query.Limit = Passages
	plain := timeless(text, query, w.asked.Now)
	t := task{asked: text, text: plain, query: query, reading: kind.Read(plain, query)}
	if w.asked.Kind != "" {
		t.reading.Kind, t.reading.News = w.asked.Kind, false
	}
	boundByDate(&t, w.asked.Now)
	endNews(&t, w.asked.Now)
	return t
}

// answer answers the question that was asked.
func (w *work) answer(ctx context.Context) (bot.Answer, error) {
	text, restated := w.whole(ctx)
	t := w.read(text)
	if refusal, ok, err := w.foreign(ctx, &t); err != nil || ok {
		return refusal, err
	}
	w.trace.Kind = t.reading.Kind
	bound, err := w.boundByEvents(ctx, &t)
	if err != nil {
		return bot.Answer{}, err
	}
	out, err := w.byKind(ctx, t)
	if err != nil {
		return bot.Answer{}, err
	}
	if restated {
		out.Restated = text
	}
	w.translate(ctx, &out)
	if w.only != nil && !out.Found {
		out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteOutlets})
	}
	notes := append(bound, whenNotes(t, w.asked.Now)...)
	out.Notes = append(notes, out.Notes...)
	return out, nil
}

// byKind answers a task in the way of its kind.
func (w *work) byKind(ctx context.Context, t task) (bot.Answer, error) {
	if t.reading.News && t.query.AsOf.IsZero() {
		return w.news(ctx, t)
	}
	switch t.reading.Kind {
	case bot.Comparison:
		return w.comparison(ctx, t)
	case bot.Several:
		return w.several(ctx, t)
	case bot.Count:
		return w.count(ctx, t)
	case bot.First, bot.Last:
		return w.ordinal(ctx, t)
	case bot.Account:
		return w.account(ctx, t)
	}
	if t.reading.Open {
		return w.open(ctx, t)
	}
	return w.fact(ctx, t)
}

// prompt numbers the passages for a task.
func (w *work) prompt(t task, passages []retrieval.Passage) bot.Prompt {
	return bot.Prompt{
		Task: bot.AnswerTask, Kind: t.reading.Kind, Question: t.text, Turns: w.asked.Turns, Today: w.asked.Now,
		Language: w.writesIn(t, passages), Passages: passages, Sentences: w.asked.Sentences,
	}
}

// passagesOf returns the passages of hits, at most as many as a prompt holds.
func passagesOf(hits []retrieval.Hit) []retrieval.Passage {
	var out []retrieval.Passage
	for _, h := range hits[:min(len(hits), Passages)] {
		out = append(out, h.Passage)
	}
	return out
}

// add appends what list does not hold yet.
func add(list []string, items ...string) []string {
	for _, s := range items {
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list
}
