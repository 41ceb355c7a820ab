package digest

import (
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/compare"
	"newsdesk/corpus"
)

// addDifference adds the first thing in which outlets differ, with both sides' quotes.
func (p *prose) addDifference(c *candidate) {
	found := c.difference()
	if found == nil || len(p.sentences) == 0 {
		return
	}
	d := &bot.Difference{Kind: string(found.Kind), About: found.About}
	for _, s := range found.Sides {
		side := bot.Side{Value: s.Value, Outlets: s.Outlets}
		for _, q := range s.Quotes {
			side.Citations = append(side.Citations, numberOf(&p.citations, q.Citation))
		}
		d.Sides = append(d.Sides, side)
	}
	p.differs = d
}

// leastAbout is how many words the sides of a difference share at least: two sentences
// that share fewer are often about two things.
const leastAbout = 3

// difference returns the first thing in which the outlets of the news differ, and its
// quotes; nil for none. What has only grown since is no difference.
func (c *candidate) difference() *compare.Difference {
	labels := map[string]string{}
	for i, o := range c.origins {
		for _, id := range o.Articles {
			labels[id] = string(rune('a' + i))
		}
	}
	found := compare.Compare(articlesOf(c.news), compare.Needs{Origin: func(a corpus.Article) string { return labels[a.ID] }})
	i := slices.IndexFunc(found.Differ, func(d compare.Difference) bool { return !d.Update && len(strings.Fields(d.About)) >= leastAbout })
	if i < 0 {
		return nil
	}
	return &found.Differ[i]
}
