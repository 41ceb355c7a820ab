package answer

import (
	"context"
	"strconv"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/retrieval"
)

// mostCounted is the number of outlets that are counted: as many as one search
// brings passages of.
const mostCounted = 10

// noteCounted says what a count of a claim is worth: the check may miss who says
// the same in quite other words.
const noteCounted = "Counted are outlets whose words could be matched to this; others may say it in other words."

// count answers by the number of outlets that report something, each with a
// quote. Copies are not among the hits of a search, so they are not counted; a
// note names who has one.
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
		copies = add(copies, copiesOf(hits)...)
	}
	out := merge(found, mostCounted)
	out.Notes = add(notes(result), copyNote(copies, names)...)
	if out.Found {
		out.Sentences = []bot.Sentence{{Text: countSentence(names), Citations: numbers(out.Citations)}}
		if t.reading.Claim != "" {
			out.Notes = append(out.Notes, noteCounted)
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

// copiesOf returns the outlets that have one of the hits in nearly the same words.
func copiesOf(hits []retrieval.Hit) []string {
	var out []string
	for _, h := range hits {
		for _, c := range h.Copies {
			out = add(out, c.Outlet)
		}
	}
	return out
}

// copyNote names the outlets of copies that are not counted themselves.
func copyNote(copies, counted []string) []string {
	var names []string
	for _, c := range copies {
		if brand := brandOf(c); !hasBrand(counted, brand) {
			names = add(names, c)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"The same text, which is not counted again, also stands in " + listed(names) + "."}
}

func hasBrand(names []string, brand string) bool {
	for _, n := range names {
		if brandOf(n) == brand {
			return true
		}
	}
	return false
}
