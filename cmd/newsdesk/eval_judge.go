package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/eval"
	"newsdesk/retrieval"
)

// modelOf returns the model of the server, and nothing else: a serve goes on with
// the built-in generator where there is none, but its figures would be taken for
// the model's. Flag is what asks for it.
func (a *app) modelOf(ctx context.Context, s *streams, flag string) (*generators, error) {
	if a.models.server() == "" {
		return nil, noServer(flag)
	}
	g, err := a.generating(ctx, s)
	if err != nil {
		return nil, err
	}
	if _, late := g.main.(*lateGenerator); late || g.fallback == nil {
		return nil, fmt.Errorf("%s: %s has no chat model or does not answer: see “newsdesk check”, and OPENAI_BASE_URL and OPENAI_MODEL", flag, a.models.server())
	}
	return g, nil
}

func noServer(flag string) error {
	return fmt.Errorf("%s: no model server is set: give its address in OPENAI_BASE_URL, and the model's name in OPENAI_MODEL or none, then one is chosen", flag)
}

// judging returns the model of the server. It needs no data folder: nothing but
// settings is looked at.
func (inv *invocation) judging() (bot.Generator, error) {
	a := &app{log: inv.log, settings: inv.cli.Settings, models: newModels(inv.log, inv.cli.Settings)}
	g, err := a.modelOf(inv.ctx, inv.streams, "--judge")
	if err != nil {
		return nil, err
	}
	return g.main, nil
}

// judgeAll asks a model about each sentence that was kept, and notes its word. A
// sentence that it says nothing of stays as it is, and is counted.
func judgeAll(ctx context.Context, model bot.Generator, cases []eval.Case, f *eval.Citations, bar *bar) error {
	defer bar.finish()
	asked, silent := 0, 0
	judged := make([]eval.Verdict, 0, len(f.Cases))
	for i := range f.Cases {
		v := &f.Cases[i]
		if v.Kept {
			word, err := judge(ctx, model, cases[i])
			if err != nil {
				return fmt.Errorf("--judge: sentence %d: %w", v.Case, err)
			}
			v.Judge = word
			asked++
			silent += silence(word)
		}
		judged = append(judged, v.Judged())
		bar.at(int64(i+1), int64(len(f.Cases)))
	}
	if silent > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("of %s of %d that were kept the model said neither yes nor no; they stay kept", count(silent, "sentence", "sentences"), asked))
	}
	recalls := eval.RecallsOf(judged)
	f.WithJudge = &recalls
	return nil
}

func silence(w eval.Word) int {
	if w == "" {
		return 1
	}
	return 0
}

// judge asks a model whether the passages of a case hold all of its sentence. A
// text that broke off or that the model would not write is no word and no error.
func judge(ctx context.Context, model bot.Generator, c eval.Case) (eval.Word, error) {
	var text strings.Builder
	for piece, err := range model.Generate(ctx, bot.Prompt{Task: bot.JudgeTask, Question: c.Sentence, Passages: c.Passages}) {
		if errors.Is(err, bot.ErrCut) || errors.Is(err, retrieval.ErrRefused) {
			return "", nil
		}
		if err != nil {
			return "", err
		}
		text.WriteString(piece)
	}
	if word := eval.Word(text.String()); word == eval.Yes || word == eval.No {
		return word, nil
	}
	return "", nil
}
