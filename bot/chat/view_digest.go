package chat

import (
	"fmt"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
)

// maxReporters is the number of outlets of an item that are named.
const maxReporters = 5

// Digest lays a digest out, each item a block of its own, so that a long one is cut
// between two items.
func (v View) Digest(d bot.Digest) bot.Reply {
	head := v.texts.Block(bot.Paragraph, locale.DigestTitle(d.From, d.To.Add(-time.Nanosecond)))
	for i := range head.Spans {
		head.Spans[i].Bold = true
	}
	blocks := []bot.Block{head}
	if len(d.Items) == 0 {
		blocks = append(blocks, v.texts.Block(bot.Paragraph, locale.DigestEmpty()))
	}
	for _, item := range d.Items {
		blocks = append(blocks, v.DigestItem(item))
	}
	for _, n := range d.Notes {
		if n.Kind != bot.NoteNothing { // which is said above
			blocks = append(blocks, v.notes([]bot.Note{n})...)
		}
	}
	return bot.Reply{Blocks: blocks}
}

// DigestItem lays one item out: the headline, the sentences with their numbers as
// links, who reports it, and on what they differ, each on a line.
func (v View) DigestItem(item bot.DigestItem) bot.Block {
	lines := [][]bot.Span{v.headline(item), v.told(item), v.reporters(item)}
	if item.Differs != nil {
		lines = append(lines, v.difference(item))
	}
	out := bot.Block{Kind: bot.Paragraph}
	for i, line := range lines {
		if i > 0 {
			out.Spans = append(out.Spans, own("\n"))
		}
		out.Spans = append(out.Spans, v.texts.Line(line...)...)
	}
	return out
}

// headline is the title with its link, and before it that it is an update.
func (v View) headline(item bot.DigestItem) []bot.Span {
	var spans []bot.Span
	if !item.Told.IsZero() {
		spans = append(spans, v.texts.Spans(locale.DigestUpdate())...)
		for i := range spans {
			spans[i].Bold = true
		}
		spans = append(spans, own(" "))
	}
	return append(spans, v.texts.Isolated(bot.Span{Text: item.Headline.Title, Bold: true, Link: addressOf(item.Headline)})...)
}

// addressOf is the article's address, or the outlet's where the article has none.
func addressOf(r bot.Report) string {
	if r.URL != "" {
		return r.URL
	}
	return r.OutletURL
}

func (v View) told(item bot.DigestItem) []bot.Span {
	var spans []bot.Span
	for i, s := range item.Sentences {
		if i > 0 {
			spans = append(spans, bot.Span{Text: " "})
		}
		spans = append(spans, v.sentence(s, item.Citations)...)
	}
	return spans
}

// reporters are the outlets with the day of their reports, the count of outlets and
// origins where there are several, and the link that asks about the story.
func (v View) reporters(item bot.DigestItem) []bot.Span {
	var spans []bot.Span
	for i, r := range item.Outlets[:min(len(item.Outlets), maxReporters)] {
		if i > 0 {
			spans = append(spans, own(" · "))
		}
		spans = append(spans, v.texts.Isolated(bot.Span{Text: r.Outlet, Link: addressOf(r)})...)
		if !v.oneDay(item.Outlets) {
			spans = append(spans, own(" ("+v.Day(r.Published)+")"))
		}
	}
	if more := len(item.Outlets) - maxReporters; more > 0 {
		spans = append(spans, own(" · +"+v.texts.Number(more)))
	}
	if v.oneDay(item.Outlets) && len(item.Outlets) > 0 {
		spans = append(spans, own(" · "+v.Day(item.Outlets[0].Published)))
	}
	if len(item.Outlets) > 1 {
		spans = append(append(spans, own(" · ")), v.texts.Spans(locale.StoryCounts(len(item.Outlets), len(item.Origins), labelled(item.Origins)))...)
	}
	if v.bot == "" {
		return spans
	}
	ask := v.texts.Spans(locale.DigestAsk())
	for i := range ask {
		ask[i].Link = fmt.Sprintf("https://t.me/%s?start=%s%s", v.bot, storyLink, item.Story)
	}
	return append(append(spans, own(" · ")), ask...)
}

// oneDay reports whether all reports are of one day, as it is written here.
func (v View) oneDay(reports []bot.Report) bool {
	for _, r := range reports {
		if v.Day(r.Published) != v.Day(reports[0].Published) {
			return false
		}
	}
	return true
}

// labelled name origins, own reporting once.
func labelled(origins []bot.Origin) []locale.Message {
	owned := 0
	for _, o := range origins {
		if o.Kind == bot.OwnReporting {
			owned++
		}
	}
	var out []locale.Message
	told := false
	for _, o := range origins {
		switch {
		case o.Kind == bot.Agency:
			out = append(out, locale.OriginAgency(o.Name))
		case o.Kind == bot.PressRelease:
			out = append(out, locale.OriginPress())
		case !told:
			out, told = append(out, locale.OriginOwn(owned)), true
		}
	}
	return out
}

// difference is what outlets differ on: what it is about, and each value with the
// outlets that say so, which link to their articles.
func (v View) difference(item bot.DigestItem) []bot.Span {
	spans := append(v.texts.Spans(locale.StoryDiffers()), own(" "))
	for i := range spans {
		spans[i].Italic = true
	}
	if item.Differs.About != "" {
		spans = append(append(spans, v.texts.Isolated(bot.Span{Text: item.Differs.About})...), own(": "))
	}
	for i, side := range item.Differs.Sides {
		if i > 0 {
			spans = append(spans, own(" ↔ "))
		}
		spans = append(append(spans, v.texts.Isolated(bot.Span{Text: side.Value})...), own(" ("))
		for j, n := range side.Citations {
			c, ok := citation(item.Citations, n)
			if !ok {
				continue
			}
			if j > 0 {
				spans = append(spans, own(" · "))
			}
			spans = append(spans, v.texts.Isolated(bot.Span{Text: c.Passage.Outlet, Link: link(c)})...)
		}
		spans = append(spans, own(")"))
	}
	return spans
}
