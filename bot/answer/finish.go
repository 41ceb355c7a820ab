package answer

import (
	"slices"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// finish bounds an answer that was found to so many quotes, and names what is
// nearest to one that was not.
func finish(out bot.Answer, hits []retrieval.Hit, most int) bot.Answer {
	if len(out.Sentences) == 0 {
		out.Sentences, out.Citations = nil, nil
		out.Nearest = nearestArticles(hits)
		return out
	}
	out.Found = true
	return bounded(out, most)
}

// bounded keeps the sentences up to the first that needs more than n quotes in
// all, and numbers the quotes that are left from 1 on.
func bounded(a bot.Answer, n int) bot.Answer {
	number := map[int]int{}
	var sentences []bot.Sentence
	var citations []bot.Citation
	for _, s := range a.Sentences {
		fresh := unnumbered(s.Citations, number)
		if len(sentences) > 0 && len(number)+len(fresh) > n {
			break
		}
		for _, c := range fresh {
			number[c] = len(number) + 1
			citation := a.Citations[c-1]
			citation.N = number[c]
			citations = append(citations, citation)
		}
		sentences = append(sentences, renumbered(s, number))
	}
	a.Sentences, a.Citations = sentences, citations
	return a
}

// unnumbered returns the citations that have no number yet.
func unnumbered(citations []int, number map[int]int) []int {
	var out []int
	for _, c := range citations {
		if number[c] == 0 {
			out = append(out, c)
		}
	}
	return out
}

// renumbered returns the sentence with its citations' new numbers.
func renumbered(s bot.Sentence, number map[int]int) bot.Sentence {
	out := bot.Sentence{Text: s.Text, Own: s.Own}
	for _, c := range s.Citations {
		out.Citations = append(out.Citations, number[c])
	}
	slices.Sort(out.Citations)
	return out
}

// nearestArticles returns the first distinct articles of the hits. Those of which
// nothing was shown but a copy of their text come after the others.
func nearestArticles(hits []retrieval.Hit) []bot.Nearest {
	var passages []retrieval.Passage
	for _, h := range hits {
		passages = append(passages, h.Passage)
	}
	for _, h := range hits {
		passages = append(passages, h.Copies...)
	}
	var out []bot.Nearest
	seen := map[string]bool{}
	for _, p := range passages {
		if seen[p.ArticleID] || len(out) == nearest {
			continue
		}
		seen[p.ArticleID] = true
		out = append(out, bot.Nearest{
			Outlet: p.Outlet, Title: p.Title, URL: p.URL, OutletURL: p.OutletURL, Published: p.Published,
		})
	}
	return out
}
