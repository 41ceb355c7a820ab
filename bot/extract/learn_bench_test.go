package extract

import (
	"context"
	"fmt"
	"testing"

	"newsdesk/bot"
)

// tally counts how many of some are so.
type tally struct{ n, yes float64 }

func (t *tally) add(yes bool) {
	t.n++
	if yes {
		t.yes++
	}
}

// share is 0 of nothing.
func (t tally) share() float64 { return t.yes / max(t.n, 1) }

// figures are those of questions as they are, not of those that were remade.
type figures struct{ answered, first, refused tally }

// add asks one question.
func (f *figures) add(w *learnt, x *example) {
	said := w.sum(x) >= 0
	switch {
	case x.remade:
	case !x.answerable:
		f.refused.add(!said)
	default:
		f.answered.add(said)
		f.first.add(said && w.holds(x))
	}
}

// holds reports whether the sentence that is put first holds the answer.
func (w *learnt) holds(x *example) bool {
	best := w.first(x)
	for i, f := range x.features {
		if f == best && x.held[i] {
			return true
		}
	}
	return false
}

func (f *figures) report(b *testing.B, of string) {
	b.Logf("%s: answered %.3f of %.0f, with what is asked for in the first sentence %.3f; refused %.3f of %.0f",
		of, f.answered.share(), f.answered.n, f.first.share(), f.refused.share(), f.refused.n)
}

// BenchmarkLearnOwn learns on the questions of testdata alone and says what comes
// of it, on those that were learnt from and out of fold.
func BenchmarkLearnOwn(b *testing.B) {
	examples := ownExamples(b, builtin(b))
	for b.Loop() {
		w := learn(examples)
		b.Logf("weights %.2f\ntrust %.2f base %.2f compared %.2f", w.weights, w.trust, w.base, w.compared)
		var now, in, out figures
		for _, x := range examples {
			now.add(served(), x)
			in.add(w, x)
		}
		for f := range folds {
			outOf(f, examples, &out)
		}
		now.report(b, "as served")
		in.report(b, "learnt")
		out.report(b, "out of fold")
	}
}

// outOf learns on all folds but one and asks the questions of that one.
func outOf(fold int, examples []*example, into *figures) {
	w := learn(outside(fold, examples))
	for _, x := range examples {
		if x.fold == fold {
			into.add(w, x)
		}
	}
}

// by returns the generator with other numbers.
func (g *Generator) by(w *learnt) *Generator {
	other := *g
	other.learnt = w
	return &other
}

// scores are those of bar 2: of the generator's own text, before bot/cite.
type scores struct{ refused, answered, article, fact tally }

// add asks the generator one question of the evaluation by the numbers.
func (s *scores) add(g *Generator, w *learnt, x *example) {
	if x.labelled == nil || x.remade {
		return
	}
	p := bot.Prompt{Task: bot.AnswerTask, Question: x.question, Today: evaluated, Passages: x.passages}
	quotes := g.by(w).answer(context.Background(), p, gather(x.passages, english))
	if !x.answerable {
		s.refused.add(len(quotes) == 0)
		return
	}
	article, fact := gold(x, quotes)
	s.answered.add(len(quotes) > 0)
	s.article.add(article)
	s.fact.add(fact)
}

// gold reports whether a gold article is quoted, and half of one gold fact.
func gold(x *example, quotes []quote) (article, fact bool) {
	for _, e := range x.labelled.Evidence {
		var quoted string
		for _, q := range quotes {
			if x.passages[q.passage].URL == e.URL {
				article = true
				quoted += " " + q.text
			}
		}
		fact = fact || quoted != "" && covers(quoted, e.Fact) >= .5
	}
	return article, fact
}

func (s *scores) report(b *testing.B, of string) {
	b.Logf("evaluation, %s: refused %.3f of %.0f; of %.0f answered %.3f, gold article %.3f, gold fact %.3f", of,
		s.refused.share(), s.refused.n, s.answered.n, s.answered.share(), s.article.share(), s.fact.share())
}

// BenchmarkLearn learns on the evaluation and testdata together, five-fold and on
// all, and asks the evaluation by what testdata alone teaches.
func BenchmarkLearn(b *testing.B) {
	g := builtin(b)
	evaluation, own := sharedExamples(b, g), ownExamples(b, g)
	all := append(append([]*example(nil), evaluation...), own...)
	for b.Loop() {
		w := learn(all)
		b.Logf("weights %.2f\ntrust %.2f base %.2f compared %.2f", w.weights, w.trust, w.base, w.compared)
		scoresOf(g, served(), evaluation).report(b, "as served")
		alone := learn(own)
		for _, share := range []float64{wanted, .92, .95} {
			alone.setBase(own, share)
			scoresOf(g, alone, evaluation).report(b, fmt.Sprintf("learnt on own questions alone, %.2f of them answered", share))
		}
		scoresOf(g, w, evaluation).report(b, "learnt on all")
		outOfFold(g, all).report(b, "out of fold")
	}
}

func scoresOf(g *Generator, w *learnt, examples []*example) *scores {
	var s scores
	for _, x := range examples {
		s.add(g, w, x)
	}
	return &s
}

// outOfFold asks each fold by what the others teach.
func outOfFold(g *Generator, examples []*example) *scores {
	var s scores
	for fold := range folds {
		w := learn(outside(fold, examples))
		for _, x := range examples {
			if x.fold == fold {
				s.add(g, w, x)
			}
		}
	}
	return &s
}

// outside returns the examples of the other folds.
func outside(fold int, examples []*example) []*example {
	var list []*example
	for _, x := range examples {
		if x.fold != fold {
			list = append(list, x)
		}
	}
	return list
}
