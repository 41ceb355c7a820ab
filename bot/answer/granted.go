package answer

import (
	"context"

	"newsdesk/bot"
	"newsdesk/bot/premise"
	"newsdesk/retrieval"
)

// granted looks for what the question takes for granted. Where no article says
// it, that is the answer; where one denies it, its sentence is. It reports
// whether the answer is complete.
func (w *work) granted(ctx context.Context, t task, result retrieval.Result, out *bot.Answer) (done bool, err error) {
	clause, ok := premise.Read(t.text)
	if !ok {
		return false, nil
	}
	passages := passagesOf(result.Hits)
	verdict := clause.In(passages)
	if verdict.Finding == premise.Absent {
		// Before that is said, the clause itself is searched for.
		if passages, verdict, err = w.lookAgain(ctx, t, clause, passages); err != nil {
			return false, err
		}
	}
	switch verdict.Finding {
	case premise.Absent:
		out.Premise = clause.Text
		out.Nearest = nearestArticles(result.Hits)
		return true, nil
	case premise.Denied:
		return w.denial(ctx, clause, passages, verdict, out), nil
	}
	return false, nil
}

// lookAgain searches for the clause itself and judges it by all passages.
func (w *work) lookAgain(ctx context.Context, t task, clause premise.Clause, passages []retrieval.Passage) ([]retrieval.Passage, premise.Verdict, error) {
	query := t.query
	query.Text, query.Several, query.Latest = clause.Text, false, false
	result, err := w.search(ctx, query)
	if err != nil {
		return nil, premise.Verdict{}, err
	}
	all := passages
	if len(result.Widened) == 0 {
		all = append(all[:len(all):len(all)], passagesOf(result.Hits)...)
	}
	return all, clause.In(all), nil
}

// denial answers with the sentence that denies what the question takes for
// granted; false where the check does not keep it.
func (w *work) denial(ctx context.Context, clause premise.Clause, passages []retrieval.Passage, v premise.Verdict, out *bot.Answer) bool {
	p := passages[v.Passage]
	text := p.Outlet + " reported on " + day(p.Published) + ": " + v.Quote + " [1]"
	checked := w.check(ctx, text, []retrieval.Passage{p})
	if len(checked.Sentences) == 0 {
		return false
	}
	out.Sentences, out.Citations = checked.Sentences, checked.Citations
	out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteClosest, Words: clause.Text})
	*out = finish(*out, nil, quotes)
	return true
}
