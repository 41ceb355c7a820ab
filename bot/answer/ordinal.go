package answer

import (
	"context"
	"slices"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// tried is the number of articles that are looked at for the first or last
// report.
const tried = 12

// ordinal answers by the earliest or the latest of the articles that report
// something, by their dates of publication.
func (w *work) ordinal(ctx context.Context, t task) (bot.Answer, error) {
	result, err := w.search(ctx, topical(t))
	if err != nil {
		return bot.Answer{}, err
	}
	if len(result.Widened) > 0 {
		return w.refused(ctx, t, result)
	}
	articles := groups(result.Hits, articleOf)
	articles = articles[:min(len(articles), tried)]
	slices.SortStableFunc(articles, func(a, b []retrieval.Hit) int {
		order := a[0].Passage.Published.Compare(b[0].Passage.Published)
		if t.reading.Kind == bot.Last {
			return -order
		}
		return order
	})
	if a, ok, err := w.ordinalLead(ctx, t, articles); err != nil {
		return bot.Answer{}, err
	} else if ok {
		a.Notes = notes(t.query, result)
		return w.ended(ctx, t, a, nil)
	}
	for _, hits := range articles {
		a, err := w.reports(ctx, t, hits)
		if err != nil {
			return bot.Answer{}, err
		}
		if !a.Found {
			continue
		}
		if a, err = w.told(ctx, t, a, hits); err != nil {
			return bot.Answer{}, err
		}
		a.Notes = noted(notes(t.query, result), a.Notes...)
		return w.ended(ctx, t, a, nil)
	}
	return w.ended(ctx, t, bot.Answer{Notes: notes(t.query, result)}, result.Hits)
}

// ordinalLead answers by the first of the articles, which are in their order, that
// is on the topic and does not merely mention it. It reports false where none is,
// and where a model may tell what the article says.
func (w *work) ordinalLead(ctx context.Context, t task, articles [][]retrieval.Hit) (bot.Answer, bool, error) {
	if t.reading.Topic == "" || w.fallback != nil {
		return bot.Answer{}, false, nil
	}
	for _, hits := range articles {
		a, err := w.lead(ctx, t.reading.Topic, hits, 0.5)
		if err != nil {
			return bot.Answer{}, false, err
		}
		if !a.Found {
			continue
		}
		if t.reading.Outlet {
			a.Sentences[0] = ordinalSentence(t.reading.Kind, a)
		}
		return a, true, nil
	}
	return bot.Answer{}, false, nil
}

// told says what the article of the hits reports, of which a holds a quote: whose
// it is, where the question asks that, else in the generator's words.
func (w *work) told(ctx context.Context, t task, a bot.Answer, hits []retrieval.Hit) (bot.Answer, error) {
	if t.reading.Outlet {
		a = firstQuote(a)
		a.Sentences[0] = ordinalSentence(t.reading.Kind, a)
		return a, nil
	}
	if w.fallback == nil {
		return a, nil
	}
	about := t
	about.text = t.reading.Ask()
	var written bot.Answer
	if err := w.write(ctx, w.prompt(about, passagesOf(hits)), &written); err != nil {
		return bot.Answer{}, err
	}
	if written = finish(written, nil, quotes); written.Found {
		return written, nil
	}
	return a, nil
}

// ordinalSentence writes "Of the articles here, that of Radio Solana is the first
// to report this, of 5 March 2026."
func ordinalSentence(k bot.Kind, a bot.Answer) bot.Sentence {
	which, says := "first", bot.SaysFirst
	if k == bot.Last {
		which, says = "last", bot.SaysLast
	}
	p := a.Citations[0].Passage
	return bot.Sentence{
		Text:      "Of the articles here, the " + which + " to report this is that of " + p.Outlet + ", published on " + day(p.Published) + ".",
		Citations: a.Sentences[0].Citations,
		Own:       bot.Note{Kind: says, Outlets: []string{p.Outlet}, From: p.Published},
	}
}
