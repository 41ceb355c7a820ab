package answer

import (
	"context"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/retrieval"
)

// judge is a second reader, none without a generator.
type judge struct {
	generator bot.Generator
	// tokens is what it may read for one question.
	tokens int
}

// Judged returns an Answerer that has each sentence which the check keeps read a
// second time by g, with the passages that hold it, and drops those to which g
// says no. It never brings a sentence back. For each question g reads at most so
// many tokens (by an estimate that is rather too high); sentences beyond that, and
// those on which g fails, stay as the check left them. Off by default: what it is
// worth depends on the model, and "newsdesk eval citations" measures it.
func (a *Answerer) Judged(g bot.Generator, tokens int) *Answerer {
	judged := *a
	judged.judge = judge{generator: g, tokens: tokens}
	return &judged
}

const (
	// bytesPerToken is a low estimate for texts in Latin letters, of which a token
	// has four or so.
	bytesPerToken = 3
	// rulesTokens is what the rules of such a prompt take.
	rulesTokens = 150
	// reasonJudge is why a sentence was dropped that the second reader refused.
	reasonJudge = "judge"
)

// judged drops what the second reader says no to. A text is read only if the
// budget holds for it.
func (w *work) judged(ctx context.Context, c cite.Checked) cite.Checked {
	if w.judge.generator == nil {
		return c
	}
	var kept []bot.Sentence
	for _, s := range c.Sentences {
		if w.refuses(ctx, s, c.Citations) {
			c.Dropped = append(c.Dropped, bot.Dropped{Text: s.Text, Reason: reasonJudge})
			continue
		}
		kept = append(kept, s)
	}
	a := bounded(bot.Answer{Sentences: kept, Citations: c.Citations}, len(c.Citations))
	c.Sentences, c.Citations = a.Sentences, a.Citations
	return c
}

// refuses asks the second reader about one sentence.
func (w *work) refuses(ctx context.Context, s bot.Sentence, citations []bot.Citation) bool {
	p := bot.Prompt{Task: bot.JudgeTask, Question: s.Text, Today: w.asked.Now, Passages: cited(s, citations)}
	cost := rulesTokens + len(s.Text)/bytesPerToken
	for _, passage := range p.Passages {
		cost += (len(passage.Text) + len(passage.Title) + len(passage.Outlet)) / bytesPerToken
	}
	if cost > w.budget {
		return false
	}
	w.budget -= cost
	verdict := strings.ToLower(strings.TrimSpace(w.brief(ctx, "judge", w.judge.generator, p)))
	return verdict == "no" || strings.HasPrefix(verdict, "no.") || strings.HasPrefix(verdict, "no,") || strings.HasPrefix(verdict, "no ")
}

// cited returns the passages of a sentence's quotes, each once.
func cited(s bot.Sentence, citations []bot.Citation) []retrieval.Passage {
	var out []retrieval.Passage
	seen := map[string]bool{}
	for _, n := range s.Citations {
		p := citations[n-1].Passage
		if !seen[p.ID()] {
			seen[p.ID()] = true
			out = append(out, p)
		}
	}
	return out
}
