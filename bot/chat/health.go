package chat

import (
	"context"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/corpus"
	"newsdesk/corpus/poll"
)

// heading is a line in bold.
func (v View) heading(m locale.Message) bot.Block {
	b := v.texts.Block(bot.Paragraph, m)
	for i := range b.Spans {
		b.Spans[i].Bold = true
	}
	return b
}

// parts are pieces of a line, with a dot before each.
func (v View) parts(all ...locale.Message) []bot.Span {
	var out []bot.Span
	for _, m := range all {
		out = append(append(out, own(" · ")), v.texts.Isolated(v.texts.Spans(m)...)...)
	}
	return out
}

// health is a line about an outlet of the register: its articles, the date of the
// newest, its state, and what went wrong last.
func (v View) health(o poll.Outlet) bot.Block {
	said := []locale.Message{locale.Articles(o.Articles)}
	if !o.Newest.IsZero() {
		said = append(said, locale.OutletNewest(o.Newest))
	}
	if o.State == poll.Active && !o.Quiet {
		said = append(said, locale.OutletActive())
	}
	return v.outletLine(o.Name, o.Home, append(said, trouble(o)...))
}

// trouble is what is wrong with an outlet; none when nothing is.
func trouble(o poll.Outlet) []locale.Message {
	var out []locale.Message
	if o.State == poll.Paused {
		out = append(out, locale.OutletPaused())
	}
	if o.Quiet {
		out = append(out, locale.OutletSilent())
	}
	if o.Problem != "" {
		out = append(out, locale.OutletProblem(o.Problem))
	}
	return out
}

func (v View) outletLine(name, home string, said []locale.Message) bot.Block {
	spans := v.texts.Isolated(bot.Span{Text: name, Bold: true, Link: home})
	return bot.Block{Kind: bot.Item, Spans: v.texts.Line(append(spans, v.parts(said...)...)...)}
}

// found shows a feed that was found. But for the outlet's page, what it says is
// text and no link.
func (v View) found(f poll.Found) []bot.Block {
	said := []locale.Message{locale.Articles(f.Articles)}
	if !f.Newest.IsZero() {
		said = append(said, locale.OutletNewest(f.Newest))
	}
	blocks := []bot.Block{v.outletLine(f.Name, f.Home, said), v.texts.Block(bot.Item, locale.OutletFeed(firstRunes(f.Feed, maxAddress)))}
	for _, example := range f.Examples {
		spans := append([]bot.Span{own("• ")}, v.texts.Isolated(bot.Span{Text: firstRunes(oneLine(example), maxExample)})...)
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: v.texts.Line(spans...)})
	}
	return blocks
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// sources answers /sources: the outlets with their articles and how they are.
func (t *talk) sources(ctx context.Context) (Outcome, error) {
	stored, err := t.desk.Corpus.Outlets(ctx)
	if err != nil {
		return Outcome{}, err
	}
	read, err := t.registered(ctx)
	if err != nil {
		return Outcome{}, err
	}
	lines := t.view.sourceLines(stored, read)
	if len(lines) == 0 {
		return t.say(locale.NothingStored()), nil
	}
	out := t.say(locale.Sources(len(lines)))
	r := &out.Replies[0]
	r.Blocks = append(r.Blocks, lines[:min(len(lines), maxSources)]...)
	if len(lines) > maxSources {
		r.Blocks = append(r.Blocks, t.view.texts.Block(bot.Small, locale.MoreSources(len(lines)-maxSources)))
	}
	return out, nil
}

// sourceLines are a line for each outlet that has articles, then for each that is
// read and has none yet.
func (v View) sourceLines(stored []corpus.Outlet, read []poll.Outlet) []bot.Block {
	var blocks []bot.Block
	for _, o := range stored {
		spans := v.texts.Isolated(bot.Span{Text: o.Name, Bold: true, Link: o.URL})
		spans = append(spans, own(" · "+v.texts.Say(locale.Articles(o.Articles))+" · "+v.texts.Span(o.First, o.Last)))
		if i := slices.IndexFunc(read, func(r poll.Outlet) bool { return strings.EqualFold(r.Name, o.Name) }); i >= 0 {
			spans = append(spans, v.parts(trouble(read[i])...)...)
		}
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: v.texts.Line(spans...)})
	}
	for _, r := range read {
		if r.Articles == 0 {
			blocks = append(blocks, v.health(r))
		}
	}
	return blocks
}
