package digest

import (
	"cmp"
	"slices"

	"newsdesk/bot"
)

// rank puts stories in the order in which they are told: more independent origins
// first, then more outlets, then what is new before updates, then what is newer.
func rank(found []*candidate) {
	slices.SortStableFunc(found, func(a, b *candidate) int {
		return cmp.Or(
			cmp.Compare(len(b.origins), len(a.origins)),
			cmp.Compare(b.outlets(), a.outlets()),
			cmp.Compare(rankOf(a.update()), rankOf(b.update())),
			b.newest().Compare(a.newest()),
			cmp.Compare(a.story, b.story),
		)
	})
}

func rankOf(update bool) int {
	if update {
		return 1
	}
	return 0
}

// outlets counts those that report the news.
func (c *candidate) outlets() int {
	seen := map[string]bool{}
	for _, p := range c.news {
		seen[p.Outlet] = true
	}
	return len(seen)
}

// why is what put a story where it is.
func (c *candidate) why() []bot.Reason {
	var out []bot.Reason
	if c.topic != "" {
		out = append(out, bot.Reason{Rule: bot.ByTopic, Words: c.topic})
	}
	out = append(out, bot.Reason{Rule: bot.ByOrigins, N: len(c.origins)}, bot.Reason{Rule: bot.ByOutlets, N: c.outlets()})
	if c.update() {
		return append(out, bot.Reason{Rule: bot.ByUpdate, N: c.facts})
	}
	return append(out, bot.Reason{Rule: bot.ByNews})
}

// Two stories are taken for one event if their leads are so near, as the cosine of
// their vectors, or less near and their titles share so much. On the 60 days of the
// tests over real articles all pairs above sameLead were one event; what is left out by
// mistake is one story fewer, what is told by mistake is the same thing twice.
const (
	sameLead, sameTitle     = .62, .5
	likeLead, likeTitle     = .48, .25
	leastShared, alsoShared = 3, 2
)

// twinOfAny reports whether a story is near one of those that are told.
func (c *candidate) twinOfAny(told []*candidate) bool {
	return slices.ContainsFunc(told, c.twin)
}

func (c *candidate) twin(o *candidate) bool {
	near := cosine(c.vector, o.vector)
	if near >= sameLead {
		return true
	}
	for _, p := range c.news {
		for _, q := range o.news {
			n, like := common(p.heads, q.heads), likeness(p.heads, q.heads)
			if n >= leastShared && like >= sameTitle || n >= alsoShared && like >= likeTitle && near >= likeLead {
				return true
			}
		}
	}
	return false
}
