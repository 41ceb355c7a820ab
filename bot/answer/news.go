package answer

import (
	"context"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

// mostNews is the number of articles that are told of where the question is for
// news in general: a phone's screen.
const mostNews = 4

// news answers a question for the news of some days or outlets, which has no words
// to search for, by what the newest articles report, one sentence each.
func (w *work) news(ctx context.Context, t task) (bot.Answer, error) {
	filter := corpus.Filter{Outlets: t.query.Outlets, From: t.query.From, To: t.query.To, Limit: mostNews}
	articles, err := w.corpus.List(ctx, filter)
	if err != nil {
		return bot.Answer{}, err
	}
	var passages []retrieval.Passage
	for _, a := range articles {
		if all := chunk.Passages(a); len(all) > 0 {
			passages = append(passages, all[0])
		}
	}
	if len(passages) == 0 {
		return w.fact(ctx, t)
	}
	p := w.prompt(t, passages)
	p.Task, p.Question, p.Turns = bot.DigestTask, "", nil
	var out bot.Answer
	if err := w.write(ctx, p, &out); err != nil {
		return bot.Answer{}, err
	}
	out, err = w.ended(ctx, t, finish(out, nil, mostNews), nil)
	if out.Found && out.Searched.Articles > mostNews {
		out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteNewest, N: out.Searched.Articles})
	}
	return out, err
}
