package digest

import (
	"cmp"
	"context"
	"slices"
	"time"

	"newsdesk/bot"
	"newsdesk/retrieval/story"
)

// item writes one story; false where nothing of it can be said.
func (w *Writer) item(ctx context.Context, h *hours, c *candidate) (bot.DigestItem, bool) {
	head := c.headline()
	if head == nil {
		return bot.DigestItem{}, false
	}
	text := w.text(ctx, h, c, head)
	if len(text.sentences) == 0 {
		return bot.DigestItem{}, false
	}
	item := bot.DigestItem{
		Story: c.story, Headline: head.report(), Outlets: c.reports(), Origins: originsOf(c.origins), Told: c.told, Why: c.why(), Model: text.model,
	}
	item.Sentences, item.Citations = text.sentences, text.citations
	addDifference(&item, c)
	item.Facts = c.fingerprints(text.sentences)
	return item, true
}

// headline chooses the report whose title stands above the item: one without flaws,
// that shares most words with the others' titles. Nil where none is a headline.
func (c *candidate) headline() *page {
	having := map[string]int{}
	for _, p := range c.news {
		for w := range p.heads {
			having[w]++
		}
	}
	best := slices.MinFunc(c.news, func(a, b *page) int {
		return cmp.Or(cmp.Compare(flaws(a.title), flaws(b.title)), cmp.Compare(b.shared(having), a.shared(having)))
	})
	if flaws(best.title) >= badTitle && c.outlets() == 1 {
		return nil
	}
	return best
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

// hours are the working time of the model for one digest.
type hours struct {
	ctx context.Context
	end context.CancelFunc
	// failed says that an item was not written by the model.
	failed bool
}

func newHours(ctx context.Context) *hours {
	h := &hours{}
	h.ctx, h.end = context.WithTimeout(ctx, patience)
	return h
}

// text writes the sentences of an item: the model's, or where that has none that pass,
// those of the articles.
func (w *Writer) text(ctx context.Context, h *hours, c *candidate, head *page) prose {
	if w.Model == nil {
		return c.compose(head)
	}
	if t, ok := w.shelf.get(c.key(head)); ok {
		return t
	}
	if ctx.Err() == nil && h.ctx.Err() == nil && !w.shelf.resting() {
		if t, ok := w.model(h, c, head); ok {
			return t
		}
	}
	h.failed = true
	return c.compose(head)
}
