package answer

import (
	"context"
	"slices"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

const (
	// mostLeads is the number of articles whose leads answer an open question: with
	// three the median answer of that sort is longer than a phone's screen.
	mostLeads = 2
	// leadSentences is the number of sentences at the beginning of an article among
	// which the one is that says what it is about.
	leadSentences = 3
	// longestLead is the number of words of a sentence that may be quoted.
	longestLead = 60
)

// open answers "what happened to the ferry?" by what the articles on it say first,
// the best two of them: no sentence within says what happened as well as the lead
// does. A topic that is no article's is a question for a fact, and so is all that a
// model is asked, which can sum up by itself.
func (w *work) open(ctx context.Context, t task) (bot.Answer, error) {
	if w.fallback != nil {
		return w.fact(ctx, t)
	}
	result, err := w.search(ctx, t.query)
	if err != nil {
		return bot.Answer{}, err
	}
	if len(result.Widened) > 0 {
		return w.refused(ctx, t, result)
	}
	var found []bot.Answer
	for _, own := range groups(result.Hits, outletOf) {
		if len(found) == mostLeads {
			break
		}
		a, err := w.lead(ctx, t.reading.Topic, own, 1)
		if err != nil {
			return bot.Answer{}, err
		}
		if a.Found {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return w.fact(ctx, t)
	}
	slices.SortStableFunc(found, func(a, b bot.Answer) int { // as it happened
		return a.Citations[0].Passage.Published.Compare(b.Citations[0].Passage.Published)
	})
	out := merge(found, mostLeads)
	out.Notes = notes(t.query, result)
	return w.ended(ctx, t, out, nil)
}

// lead returns what the first article of the hits that is on a topic says of it at
// its beginning; nothing is found where none is. Share is the part of the topic's
// words, 0 to 1, that have to stand in its title or first sentence.
func (w *work) lead(ctx context.Context, topic string, hits []retrieval.Hit, share float64) (bot.Answer, error) {
	for _, article := range groups(hits, articleOf) {
		p, ok, err := w.opening(ctx, article[0].Passage)
		if err != nil {
			return bot.Answer{}, err
		}
		if !ok || !isSubject(topic, p, share) {
			continue
		}
		if a := w.spoken(ctx, []retrieval.Passage{p}, 0, mainSentence(topic, p)); a.Found {
			a.Model = w.scribe().Model()
			return a, nil
		}
	}
	return bot.Answer{}, nil
}

// opening returns the first passage of the version that p is of.
func (w *work) opening(ctx context.Context, p retrieval.Passage) (retrieval.Passage, bool, error) {
	articles, err := w.corpus.BySeqs(ctx, []int64{p.Seq})
	if err != nil {
		return retrieval.Passage{}, false, err
	}
	article, ok := articles[p.Seq]
	if !ok {
		return retrieval.Passage{}, false, nil
	}
	all := chunk.Passages(article)
	if len(all) == 0 {
		return retrieval.Passage{}, false, nil
	}
	return all[0], true, nil
}

// isSubject reports whether an article, of which p is the first passage, is on the
// topic and does not merely mention it: its title or its first sentence have a
// word of the topic's head, and such a share of all its words.
func isSubject(topic string, p retrieval.Passage, share float64) bool {
	sentences := text.For(p.Language).Sentences(p.Text)
	if len(sentences) == 0 {
		return false
	}
	p.Text = sentences[0].In(p.Text)
	held := stemsOf([]retrieval.Passage{p})
	head := headOf(topic)
	return len(head) > 0 && slices.ContainsFunc(head, func(stem string) bool { return held[stem] }) && shareOf(topic, held) >= share
}

// mainSentence returns the one of the first few sentences of a passage that has the
// most words of the topic; the earliest of equals.
func mainSentence(topic string, p retrieval.Passage) string {
	l := text.For(p.Language)
	best, most := "", -1.0
	for i, s := range l.Sentences(p.Text) {
		if i == leadSentences {
			break
		}
		said := s.In(p.Text)
		words := l.Words(said)
		if len(words) > longestLead {
			continue
		}
		held := map[string]bool{}
		for _, word := range words {
			held[word.Stem] = true
		}
		if share := shareOf(topic, held); share > most {
			best, most = said, share
		}
	}
	return best
}
