package answer

import (
	"slices"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// alsoIn gives each quote the articles of other outlets that print the passage around
// it too, as the searches of this question found them.
func (w *work) alsoIn(citations []bot.Citation) {
	for i, c := range citations {
		citations[i].Copies = w.copiesOf(c)
	}
}

// copiesOf returns the copies of the passages that hold a quote, the first of each
// outlet; of outlets that may be used only.
func (w *work) copiesOf(c bot.Citation) []bot.Copy {
	var out []bot.Copy
	seen := []string{brandOf(c.Passage.Outlet)}
	for _, s := range w.trace.Searches {
		for _, h := range s.Hits {
			if !holds(h.Passage, c) {
				continue
			}
			for _, p := range h.Copies {
				if slices.Contains(seen, brandOf(p.Outlet)) || w.only != nil && !slices.Contains(w.only, p.Outlet) {
					continue
				}
				seen = append(seen, brandOf(p.Outlet))
				out = append(out, bot.Copy{Outlet: p.Outlet, Title: p.Title, URL: p.URL, OutletURL: p.OutletURL, Published: p.Published})
			}
		}
	}
	return out
}

// holds reports whether a passage holds all of a quote.
func holds(p retrieval.Passage, c bot.Citation) bool {
	return p.Seq == c.Passage.Seq && p.Start <= c.Start && c.End <= p.End
}
