package answer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/retrieval"
)

// mostCounted is the number of outlets that are counted: as many as one search
// brings passages of.
const mostCounted = 10

// count answers by the number of outlets that report something, each with a
// quote. Copies of a counted article are not counted; a note names who has one.
func (w *work) count(ctx context.Context, t task) (bot.Answer, error) {
	result, err := w.search(ctx, topical(t))
	if err != nil {
		return bot.Answer{}, err
	}
	if len(result.Widened) > 0 {
		return w.refused(ctx, t, result)
	}
	var found []bot.Answer
	var names, copies []string
	for _, hits := range groups(result.Hits, outletOf) {
		hits = withoutCopies(hits, found)
		a, err := w.reports(ctx, t, hits)
		if err != nil {
			return bot.Answer{}, err
		}
		if !a.Found || len(found) == mostCounted {
			continue
		}
		a = firstQuote(a)
		a.Sentences[0].Text = a.Citations[0].Passage.Outlet // no two are alike
		found = append(found, a)
		names = add(names, a.Citations[0].Passage.Outlet)
		copies = add(copies, copiesOf(hits, a.Citations[0].Passage.ArticleID)...)
	}
	out := merge(found, mostCounted)
	out.Notes = noted(notes(t.query, result), copyNote(copies, names)...)
	if out.Found {
		out.Sentences = []bot.Sentence{{
			Text: countSentence(names), Citations: numbers(out.Citations), Own: bot.Note{Kind: bot.SaysCount, Outlets: names, N: len(names)},
		}}
		if t.reading.Claim != "" {
			out.Notes = append(out.Notes, bot.Note{Kind: bot.NoteCounted})
		}
	}
	return w.ended(ctx, t, out, result.Hits)
}

// reports says whether the hits report what the task is about: they hold its
// claim, or have something to say on its topic.
func (w *work) reports(ctx context.Context, t task, hits []retrieval.Hit) (bot.Answer, error) {
	passages := passagesOf(hits)
	var out bot.Answer
	if claim := t.reading.Claim; claim != "" {
		checked := cite.Check(strings.ToUpper(claim[:1])+claim[1:]+".", passages)
		out.Sentences, out.Citations = checked.Sentences, checked.Citations
		if !claims(out, claim) {
			return bot.Answer{}, nil
		}
		return finish(out, nil, quotes), nil
	}
	if !isAbout(t.reading.Topic, passages) {
		return out, nil
	}
	about := t
	about.text = t.reading.Ask()
	p := w.prompt(about, passages)
	p.Kind, p.Sentences = bot.Account, 1
	text, err := w.generate(ctx, w.scribe(), p)
	if err != nil {
		return bot.Answer{}, err
	}
	keep(w.scribe(), cite.Check(text, passages), &out)
	return finish(out, nil, quotes), nil
}

// firstQuote leaves an answer its first sentence with its first quote.
func firstQuote(a bot.Answer) bot.Answer {
	a.Sentences = []bot.Sentence{{Text: a.Sentences[0].Text, Citations: a.Sentences[0].Citations[:1]}}
	return bounded(a, 1)
}

// countSentence writes "Two outlets report this: A and B."
func countSentence(names []string) string {
	if len(names) == 1 {
		return "One outlet reports this: " + names[0] + "."
	}
	count := words(len(names))
	return strings.ToUpper(count[:1]) + count[1:] + " outlets report this: " + listed(names) + "."
}

// words writes a number up to ten in words.
func words(n int) string {
	list := [...]string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
	if n < len(list) {
		return list[n]
	}
	return strconv.Itoa(n)
}

// numbers returns the numbers of all citations.
func numbers(citations []bot.Citation) []int {
	out := make([]int, len(citations))
	for i, c := range citations {
		out[i] = c.N
	}
	return out
}

// withoutCopies leaves out the hits whose text stands in an article that is cited
// already: of two articles with one text, each may be found by another passage.
func withoutCopies(hits []retrieval.Hit, found []bot.Answer) []retrieval.Hit {
	return slices.DeleteFunc(slices.Clone(hits), func(h retrieval.Hit) bool {
		return slices.ContainsFunc(h.Copies, func(c retrieval.Passage) bool { return cites(found, c.ArticleID) })
	})
}

func cites(found []bot.Answer, article string) bool {
	for _, a := range found {
		for _, c := range a.Citations {
			if c.Passage.ArticleID == article {
				return true
			}
		}
	}
	return false
}

// copiesOf returns the outlets that have one of the article's hits in nearly the
// same words.
func copiesOf(hits []retrieval.Hit, article string) []string {
	var out []string
	for _, h := range hits {
		if h.Passage.ArticleID != article {
			continue
		}
		for _, c := range h.Copies {
			out = add(out, c.Outlet)
		}
	}
	return out
}

// copyNote names the outlets of copies that are not counted themselves.
func copyNote(copies, counted []string) []bot.Note {
	var names []string
	for _, c := range copies {
		if brand := brandOf(c); !hasBrand(counted, brand) {
			names = add(names, c)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []bot.Note{{Kind: bot.NoteCopies, Outlets: names}}
}

func hasBrand(names []string, brand string) bool {
	for _, n := range names {
		if brandOf(n) == brand {
			return true
		}
	}
	return false
}
