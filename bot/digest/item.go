package digest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/retrieval/story"
)

// item writes one story, with the model as long as ctx is not done; false where nothing
// of it can be said.
func (w *Writer) item(ctx context.Context, c *candidate) (bot.DigestItem, bool) {
	head := c.headline()
	if head == nil {
		return bot.DigestItem{}, false
	}
	text := w.text(ctx, c, head)
	if len(text.sentences) == 0 {
		return bot.DigestItem{}, false
	}
	return bot.DigestItem{
		Story: c.story, Headline: head.report(), Sentences: text.sentences, Citations: text.citations, Outlets: c.reports(),
		Origins: originsOf(c.origins), Told: c.told, Differs: text.differs, Why: c.why(), Facts: c.fingerprints(head, text.sentences), Model: text.model,
	}, true
}

// headline chooses the report whose title stands above the item: one in the reader's
// language where there is one, without flaws, that shares most words with the others' titles. Nil where none is a headline.
func (c *candidate) headline() *page {
	having := map[string]int{}
	for _, p := range c.news {
		for w := range p.heads {
			having[w]++
		}
	}
	best := slices.MinFunc(c.news, func(a, b *page) int {
		return cmp.Or(cmp.Compare(rankOf(!c.prefers(a)), rankOf(!c.prefers(b))), cmp.Compare(flaws(a.title), flaws(b.title)), cmp.Compare(b.shared(having), a.shared(having)))
	})
	if flaws(best.title) >= badTitle && c.outlets() == 1 {
		return nil
	}
	return best
}

// prefers reports whether a report is in the language that the reader prefers; all are
// where there is none.
func (c *candidate) prefers(p *page) bool {
	return c.language == "" || sameLanguage(c.language, p.Language)
}

// sameLanguage compares tags by their first parts; none is English.
func sameLanguage(a, b string) bool {
	a, _, _ = strings.Cut(cmp.Or(a, "en"), "-")
	b, _, _ = strings.Cut(cmp.Or(b, "en"), "-")
	return strings.EqualFold(a, b)
}

// shared is how often, on average, the words of the title stand in all titles.
func (p *page) shared(having map[string]int) float64 {
	sum := 0
	for w := range p.heads {
		sum += having[w]
	}
	return float64(sum) / float64(max(1, len(p.heads)))
}

func (p *page) report() bot.Report {
	return bot.Report{
		Article: p.ID, Seq: p.Seq, Outlet: p.Outlet, Title: p.title, URL: p.URL, OutletURL: p.OutletURL, Published: p.Published,
	}
}

// reports are the first report of each outlet.
func (c *candidate) reports() []bot.Report {
	var out []bot.Report
	for _, p := range c.news {
		if !slices.ContainsFunc(out, func(r bot.Report) bool { return r.Outlet == p.Outlet }) {
			out = append(out, p.report())
		}
	}
	return out
}

func originsOf(list []story.Origin) []bot.Origin {
	var out []bot.Origin
	for _, o := range list {
		origin := bot.Origin{Kind: bot.Agency, Name: o.Label, Outlets: o.Outlets}
		switch o.Label {
		case story.OwnReporting:
			origin.Kind, origin.Name = bot.OwnReporting, ""
		case story.PressRelease:
			origin.Kind, origin.Name = bot.PressRelease, ""
		}
		out = append(out, origin)
	}
	return out
}

// How long the model may take for all items of a digest, and for one.
const (
	patience     = 60 * time.Second
	itemPatience = 20 * time.Second
)

// text writes what an item says: the model, or where nothing of its text passes, from
// sentences of the articles.
func (w *Writer) text(ctx context.Context, c *candidate, head *page) prose {
	key := c.key(head)
	if w.Model != nil {
		if p, ok := w.shelf.get(w.Model.Model() + key); ok {
			return p
		}
		if p, ok := w.model(ctx, c, head); ok {
			w.shelf.put(w.Model.Model()+key, p)
			return p
		}
	}
	p, ok := w.shelf.get(builtIn + key)
	if !ok {
		p = c.compose(head)
		p.addDifference(c)
		w.shelf.put(builtIn+key, p)
	}
	return p
}
