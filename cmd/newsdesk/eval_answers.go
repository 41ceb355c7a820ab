package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/answer"
	"newsdesk/bot/eval"
	"newsdesk/bot/extract"
	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
)

// evalAnswersCmd scores the answers that are given.
type evalAnswersCmd struct {
	evalSource
	evalOutput
	Generator string `enum:"extract,openai" default:"extract" help:"What writes the answers: ${enum}; extract is built in, openai is the model of the server that is set." placeholder:"NAME"`
}

// Run asks what “serve” would ask, over the index that “eval retrieval” keeps.
// With --verbose it prints a line for each question.
func (c *evalAnswersCmd) Run(inv *invocation) (err error) {
	if err := c.canPlot(); err != nil {
		return err
	}
	if err := c.canWrite(inv.cli.Settings); err != nil {
		return err
	}
	set, err := c.readSet(inv.ctx, inv.streams)
	if err != nil {
		return err
	}
	x, err := inv.openEvalIndex(set)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	asked, notes, err := c.ask(inv, x, set)
	if err != nil {
		return err
	}
	return c.report(inv, eval.Score(asked), slices.Concat(set.notes, x.notes, notes))
}

// The generators by name.
const (
	generatorExtract = "extract"
	generatorOpenai  = "openai"
)

// canWrite tells before all the work that no model server is set.
func (c *evalAnswersCmd) canWrite(s settings) error {
	if c.Generator == generatorOpenai && s.OpenaiBaseURL == "" {
		return noServer("--generator openai")
	}
	return nil
}

// choose makes the generator that is to be scored the one that serves.
func (c *evalAnswersCmd) choose(ctx context.Context, a *app, s *streams) (*generators, error) {
	if c.Generator == generatorOpenai {
		return a.modelOf(ctx, s, "--generator openai")
	}
	embedder, err := a.models.builtinEmbedder()
	if err != nil {
		return nil, err
	}
	builtin := extract.New(embedder)
	a.writers = &generators{main: builtin, builtin: builtin}
	return a.writers, nil
}

// ask asks every question, one after the other. The first is asked twice and
// counted once: what is loaded at first use is the time of a restart, not of a
// question.
func (c *evalAnswersCmd) ask(inv *invocation, x *evalIndex, set *evalSet) (asked []eval.Asked, notes []string, err error) {
	g, err := c.choose(inv.ctx, x.app, inv.streams)
	if err != nil {
		return nil, nil, err
	}
	answerer, err := x.app.answerer(inv.ctx, inv.streams)
	if err != nil {
		return nil, nil, err
	}
	now, err := c.now(inv.ctx, x.app)
	if err != nil {
		return nil, nil, err
	}
	bar := newBar(inv.streams, "asking")
	defer bar.finish()
	for i := -1; i < len(set.questions); i++ {
		one, err := answerOne(inv.ctx, x.app, answerer, set.questions[max(i, 0)], now)
		if err != nil {
			return nil, nil, err
		}
		if i < 0 {
			continue
		}
		if g.fallback != nil {
			one.Waited = waited(one.Answer)
		}
		asked = append(asked, one)
		bar.at(int64(i+1), int64(len(set.questions)))
	}
	return asked, notesOn(asked, g), nil
}

// answerOne asks one question, and reads what it cites from the corpus.
func answerOne(ctx context.Context, a *app, answerer *answer.Answerer, q multihop.Question, now time.Time) (eval.Asked, error) {
	began := time.Now()
	got, err := answerer.Answer(ctx, bot.Question{Text: q.Query, Now: now})
	if err != nil {
		return eval.Asked{}, fmt.Errorf("%q: %w", q.Query, err)
	}
	took := time.Since(began)
	stored, err := storedOf(ctx, a.corpus, got)
	return eval.Asked{Question: q, Answer: got, Stored: stored, Took: took}, err
}

// storedOf returns the versions that an answer cites.
func storedOf(ctx context.Context, c *corpus.Corpus, a bot.Answer) (map[int64]corpus.Article, error) {
	var seqs []int64
	for _, cited := range a.Citations {
		seqs = append(seqs, cited.Passage.Seq)
	}
	return c.BySeqs(ctx, seqs)
}

// waited is the time in which the generator, or the one that stepped in for it,
// wrote.
func waited(a bot.Answer) time.Duration {
	var all time.Duration
	for _, step := range a.Trace.Took {
		if step.Name == "generate" {
			all += step.Time
		}
	}
	return all
}

// notesOn says of how many answers the figures are not what they seem.
func notesOn(asked []eval.Asked, g *generators) (notes []string) {
	builtin, missing := 0, 0
	for _, a := range asked {
		if g.fallback != nil && a.Answer.Model == g.builtin.Model() {
			builtin++
		}
		if isMissing(a.Answer) {
			missing++
		}
	}
	if builtin > 0 {
		notes = append(notes, fmt.Sprintf("%s of %d were chosen by the built-in generator, as in a serve: the model failed, or nothing that it wrote could be kept",
			count(builtin, "answer", "answers"), len(asked)))
	}
	if missing > 0 {
		notes = append(notes, fmt.Sprintf("a part of the search did not answer %s", count(missing, "question", "questions")))
	}
	return notes
}

func isMissing(a bot.Answer) bool {
	for _, s := range a.Trace.Searches {
		if len(s.Missing) > 0 {
			return true
		}
	}
	return false
}
