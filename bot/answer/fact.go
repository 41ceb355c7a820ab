package answer

import (
	"context"
	"slices"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// fact answers by one search and one text, or by the sentence that says no to a
// question for yes or no, or by the lead that names who did something.
func (w *work) fact(ctx context.Context, t task) (bot.Answer, error) {
	out, result, err := w.once(ctx, t)
	if err != nil || len(result.Widened) > 0 || out.Premise != "" {
		return out, err
	}
	other, err := w.denied(ctx, t, out, result.Hits)
	if err == nil && !other.Found && !out.Found {
		other, err = w.doer(ctx, t, result.Hits)
	}
	if err != nil || !other.Found {
		return out, err
	}
	other.Notes, other.Searched, other.Model = out.Notes, out.Searched, w.scribe().Model()
	return other, nil
}

// once answers by one search and one text; it returns the search as well.
func (w *work) once(ctx context.Context, t task) (bot.Answer, retrieval.Result, error) {
	result, err := w.search(ctx, t.query)
	if err != nil {
		return bot.Answer{}, result, err
	}
	out := bot.Answer{Notes: notes(t.query, result)}
	if out.Searched, err = w.searched(ctx, t.query); err != nil {
		return bot.Answer{}, result, err
	}
	if len(result.Hits) == 0 || len(result.Widened) > 0 {
		out.Nearest = nearestArticles(result.Hits)
		return out, result, nil
	}
	if a, ok := w.who(ctx, t, result.Hits); ok {
		a.Notes, a.Searched = out.Notes, out.Searched
		return a, result, nil
	}
	if done, err := w.granted(ctx, t, result, &out); err != nil || done {
		return out, result, err
	}
	if err := w.write(ctx, w.prompt(t, passagesOf(result.Hits)), &out); err != nil {
		return bot.Answer{}, result, err
	}
	return finish(out, result.Hits, quotes), result, nil
}

// account answers by what the named outlets report, and by nothing else. Where
// they have nothing that is said, and the nearest articles are those of others.
func (w *work) account(ctx context.Context, t task) (bot.Answer, error) {
	t.text = t.reading.Plainly(t.query.Outlets)
	out, result, err := w.once(ctx, t)
	if out.Found && !touchesHead(t.reading.Topic, passagesOf(result.Hits)) {
		out = bot.Answer{Notes: notes(t.query, result), Searched: out.Searched, Dropped: out.Dropped}
	}
	if err != nil || out.Found || len(result.Widened) > 0 || out.Premise != "" {
		return out, err
	}
	out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteSilent, Outlets: brandsOf(t.query.Outlets)})
	elsewhere := t.query
	elsewhere.Outlets = nil
	others, err := w.search(ctx, elsewhere)
	if err != nil {
		return bot.Answer{}, err
	}
	hits := slices.DeleteFunc(slices.Clone(others.Hits), func(h retrieval.Hit) bool {
		return slices.Contains(t.query.Outlets, h.Passage.Outlet)
	})
	if len(others.Widened) == 0 && len(hits) > 0 {
		out.Nearest = nearestArticles(hits)
	}
	return out, nil
}

// brandsOf returns the first of each brand of outlets.
func brandsOf(outlets []string) []string {
	var names []string
	for _, side := range sides(outlets) {
		names = append(names, side[0])
	}
	return names
}
