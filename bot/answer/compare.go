package answer

import (
	"context"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

const (
	// mostSides is the number of outlets that are compared; a phone's screen holds
	// no more.
	mostSides = 4
	// perSide is the number of sentences of each side.
	perSide = 2
)

// comparison answers by what each outlet reports. All sides are searched and
// written at once. A side that is named and has no place in that is asked by
// itself, and named where it has nothing. Where no outlet is named, those that
// report on it are found by the search; the built-in generator writes better when
// it is asked for each of them.
func (w *work) comparison(ctx context.Context, t task) (bot.Answer, error) {
	named := sides(t.query.Outlets)
	result, err := w.search(ctx, t.query)
	if err != nil {
		return bot.Answer{}, err
	}
	if len(result.Widened) > 0 {
		return w.refused(ctx, t, result)
	}
	var out bot.Answer
	if len(named) > 0 {
		out, err = w.compareNamed(ctx, t, named, result.Hits)
	} else {
		out, err = w.compareAny(ctx, t, result.Hits)
	}
	if err != nil {
		return bot.Answer{}, err
	}
	if out, err = w.contrasted(ctx, out); err != nil {
		return bot.Answer{}, err
	}
	out.Notes = noted(notes(t.query, result), out.Notes...)
	return w.ended(ctx, t, out, result.Hits)
}

// topical is the query for what reports are about, wide enough for several outlets.
func topical(t task) retrieval.Query {
	query := t.query
	query.Limit, query.Several = broad, true
	for _, s := range []string{t.reading.Topic, t.reading.Claim} {
		if s != "" {
			query.Text = s
		}
	}
	return query
}

func (w *work) compareNamed(ctx context.Context, t task, named [][]string, hits []retrieval.Hit) (bot.Answer, error) {
	together, err := w.together(ctx, t, hits)
	if err != nil {
		return bot.Answer{}, err
	}
	var found []bot.Answer
	var silent []string
	for _, outlets := range named[:min(len(named), mostSides)] {
		a, hits, err := w.side(ctx, t, outlets, named, only(together, outlets))
		if err != nil {
			return bot.Answer{}, err
		}
		if !a.Found {
			a = w.echo(ctx, merge(append(found, together), perSide*mostSides), passagesOf(hits))
		}
		if a.Found {
			found = append(found, a)
			continue
		}
		silent = append(silent, outlets[0])
	}
	out := merge(found, perSide*mostSides)
	out.Dropped = append(together.Dropped, out.Dropped...)
	if len(silent) > 0 {
		out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteSilent, Outlets: silent})
	}
	if len(named) > mostSides {
		out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteSides, N: mostSides})
	}
	return out, nil
}

// side returns what one side reports: its part of what was written together where
// that is on the topic, else what it has to say by itself, else that part again;
// and what was found when it was searched by itself.
func (w *work) side(ctx context.Context, t task, outlets []string, named [][]string, part bot.Answer) (bot.Answer, []retrieval.Hit, error) {
	if part.Found && onTopic(part, t.reading.Topic) {
		return part, nil, nil
	}
	alone := w.sideOf(t, outlets, named)
	alone.query.Outlets = outlets
	a, result, err := w.once(ctx, alone)
	if err != nil || !a.Found {
		return part, result.Hits, err
	}
	return bounded(a, 1), result.Hits, nil
}

// only returns what an answer says with quotes of some outlets.
func only(a bot.Answer, outlets []string) bot.Answer {
	var kept []bot.Sentence
	for _, s := range a.Sentences {
		if slices.ContainsFunc(s.Citations, func(n int) bool { return slices.Contains(outlets, a.Citations[n-1].Passage.Outlet) }) {
			kept = append(kept, s)
		}
	}
	a.Sentences, a.Found = kept, len(kept) > 0
	a.Dropped = nil
	return bounded(a, len(a.Citations))
}

// together writes all sides at once.
func (w *work) together(ctx context.Context, t task, hits []retrieval.Hit) (bot.Answer, error) {
	var out bot.Answer
	if len(hits) == 0 {
		return out, nil
	}
	if err := w.write(ctx, w.prompt(t, passagesOf(hits)), &out); err != nil {
		return bot.Answer{}, err
	}
	return finish(out, nil, max(quotes, len(t.query.Outlets))), nil
}

// outletsOf returns the outlets of hits.
func outletsOf(hits []retrieval.Hit) []string {
	var out []string
	for _, h := range hits {
		out = add(out, h.Passage.Outlet)
	}
	return out
}

// sideOf returns the task of one side.
func (w *work) sideOf(t task, outlets []string, named [][]string) task {
	var all []string
	for _, side := range named {
		all = append(all, side...)
	}
	side := t
	side.text = t.reading.Of(outlets[0], all)
	side.query.Text, side.query.Several, side.query.Preferred = side.text, false, nil
	side.reading.Kind = bot.Account
	return side
}

// compareAny compares the outlets whose passages were found. A model tells them
// apart by itself; for the built-in generator an outlet with an article on the topic
// says what its lead says, and those that only say something on it are asked one by
// one.
func (w *work) compareAny(ctx context.Context, t task, hits []retrieval.Hit) (bot.Answer, error) {
	together, err := w.together(ctx, t, hits)
	if err != nil || w.fallback != nil || t.reading.Topic == "" {
		return together, err
	}
	var found []bot.Answer
	for _, own := range groups(hits, outletOf) {
		if len(found) == mostSides {
			break
		}
		outlets := outletsOf(own)
		if !touchesOn(t.reading.Topic, passagesOf(own)) {
			continue
		}
		lead, err := w.lead(ctx, t.reading.Topic, own, 1)
		if err != nil {
			return bot.Answer{}, err
		}
		if lead.Found {
			found = append(found, lead)
			continue
		}
		part := only(together, outlets)
		if !onTopic(part, t.reading.Topic) {
			part = bot.Answer{}
		}
		a, _, err := w.side(ctx, t, outlets, nil, part)
		if err != nil {
			return bot.Answer{}, err
		}
		if a.Found {
			found = append(found, a)
		}
	}
	if len(found) == 0 {
		return together, nil
	}
	return merge(found, perSide*mostSides), nil
}

// broad is the number of passages in which outlets or articles are looked for that
// report something: twice as many as a prompt holds.
const broad = 2 * Passages

// ended completes an answer that was put together: with the extent of what was
// searched and, where nothing was found, the nearest articles.
func (w *work) ended(ctx context.Context, t task, out bot.Answer, hits []retrieval.Hit) (bot.Answer, error) {
	var err error
	if out.Searched, err = w.searched(ctx, t.query); err != nil {
		return bot.Answer{}, err
	}
	if !out.Found {
		out.Nearest = nearestArticles(hits)
	}
	return out, nil
}

// refused is the finding after a search that found nothing within its filters.
func (w *work) refused(ctx context.Context, t task, result retrieval.Result) (bot.Answer, error) {
	return w.ended(ctx, t, bot.Answer{Notes: notes(t.query, result)}, result.Hits)
}

// sides groups outlets that are labels of one brand, in their order: "SNN (Web
// News)" and "SNN - Editorial".
func sides(outlets []string) [][]string {
	var out [][]string
	at := map[string]int{}
	for _, o := range outlets {
		brand := brandOf(o)
		i, ok := at[brand]
		if !ok {
			i = len(out)
			at[brand] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], o)
	}
	return out
}

// brandOf returns the name of an outlet without what a label adds, in small
// letters.
func brandOf(outlet string) string {
	name, _, _ := strings.Cut(outlet, " (")
	name, _, _ = strings.Cut(name, " - ")
	name = strings.TrimPrefix(strings.ToLower(strings.TrimSpace(name)), "the ")
	return strings.TrimSuffix(name, ".com")
}

func outletOf(h retrieval.Hit) string { return brandOf(h.Passage.Outlet) }

func articleOf(h retrieval.Hit) string { return h.Passage.ArticleID }

// groups returns the hits by what key says of them, in the order of the first of
// each.
func groups(hits []retrieval.Hit, key func(retrieval.Hit) string) [][]retrieval.Hit {
	var out [][]retrieval.Hit
	at := map[string]int{}
	for _, h := range hits {
		i, ok := at[key(h)]
		if !ok {
			i = len(out)
			at[key(h)] = i
			out = append(out, nil)
		}
		out[i] = append(out[i], h)
	}
	return out
}
