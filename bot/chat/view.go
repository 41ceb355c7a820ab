package chat

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/locale"
	"newsdesk/corpus"
)

// View lays values out in one language and time zone. It is a value; safe for
// concurrent use.
type View struct {
	texts locale.Texts
	// bot is the bot's username, empty where links to it are left out.
	bot string
}

// NewView returns a view with those texts.
func NewView(t locale.Texts) View { return View{texts: t} }

// Named returns the view with links to the private chat with the bot that has the
// username; an empty one has none.
func (v View) Named(username string) View {
	v.bot = username
	return v
}

// Answer lays an answer out: the sentences with their numbers as links, a line
// for each source with outlet, date and title and one for the outlets that print the
// same text, the quotes that do not stand in
// the answer word for word, then what should be known.
func (v View) Answer(a bot.Answer) bot.Reply {
	if !a.Found {
		return v.notFound(a)
	}
	blocks := v.Cited(a.Sentences, a.Citations)
	blocks = append(blocks, v.evidence(a.Sentences, a.Citations)...)
	return bot.Reply{Blocks: append(blocks, v.small(a)...)}
}

// folded is Answer without the quotes.
func (v View) folded(a bot.Answer) bot.Reply {
	if !a.Found {
		return v.notFound(a)
	}
	blocks := v.Cited(a.Sentences, a.Citations)
	return bot.Reply{Blocks: append(blocks, v.small(a)...)}
}

// unfolded is Answer with all quotes.
func (v View) unfolded(a bot.Answer) bot.Reply {
	blocks := v.Cited(a.Sentences, a.Citations)
	for _, c := range a.Citations {
		blocks = append(blocks, quoteBlock(c))
	}
	return bot.Reply{Blocks: append(blocks, v.small(a)...)}
}

// Cited lays sentences and their sources out.
func (v View) Cited(sentences []bot.Sentence, citations []bot.Citation) []bot.Block {
	var body bot.Block
	for i, s := range sentences {
		if i > 0 {
			body.Spans = append(body.Spans, bot.Span{Text: " "})
		}
		body.Spans = append(body.Spans, v.sentence(s, citations)...)
	}
	return append([]bot.Block{body}, v.sources(citations)...)
}

func (v View) sentence(s bot.Sentence, citations []bot.Citation) []bot.Span {
	spans := append(v.worded(s), bot.Span{Text: " "})
	for _, n := range s.Citations {
		c, ok := citation(citations, n)
		if !ok {
			continue
		}
		spans = append(spans, bot.Span{Text: fmt.Sprintf("[%d]", n), Link: link(c)})
	}
	return spans
}

// worded is the text of a sentence, in the language of the interface where the
// program itself says it. English is its Text.
func (v View) worded(s bot.Sentence) []bot.Span {
	if s.Own.IsZero() || v.texts.Tag() == "en" {
		return []bot.Span{{Text: s.Text}}
	}
	return v.texts.Spans(messageOf(s.Own))
}

func citation(citations []bot.Citation, n int) (bot.Citation, bool) {
	for _, c := range citations {
		if c.N == n {
			return c, true
		}
	}
	return bot.Citation{}, false
}

// link is the article's address, or the outlet's where the article has none.
func link(c bot.Citation) string {
	if c.Passage.URL != "" {
		return c.Passage.URL
	}
	return c.Passage.OutletURL
}

func (v View) sources(citations []bot.Citation) []bot.Block {
	var blocks []bot.Block
	for _, c := range citations {
		p := c.Passage
		spans := []bot.Span{own(fmt.Sprintf("[%d] ", c.N))}
		spans = append(spans, v.article(p.Outlet, p.Title, p.URL, p.OutletURL, p.Published)...)
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: v.texts.Line(spans...)})
		if len(c.Copies) > 0 {
			blocks = append(blocks, v.alsoIn(c.Copies))
		}
	}
	return blocks
}

// maxCopies is the number of outlets that print the same text and are named.
const maxCopies = 3

// alsoIn names the outlets that print the article above too.
func (v View) alsoIn(copies []bot.Copy) bot.Block {
	var outlets []bot.Span
	for _, c := range copies[:min(len(copies), maxCopies)] {
		outlets = append(outlets, bot.Span{Text: c.Outlet, Link: cmp.Or(c.URL, c.OutletURL)})
	}
	return v.texts.Block(bot.Item, locale.AlsoIn(outlets, max(0, len(copies)-maxCopies)))
}

// article names an article: outlet · date · title. The title carries the article's
// link; where there is none, the outlet carries its own and says so.
func (v View) article(outlet, title, url, outletURL string, published time.Time) []bot.Span {
	name := v.texts.Isolated(bot.Span{Text: outlet, Bold: true})
	if url != "" || outletURL == "" {
		spans := append(name, own(" · "+v.Day(published)+" · "))
		return append(spans, v.texts.Isolated(bot.Span{Text: title, Link: url})...)
	}
	page := bot.Span{Text: v.texts.Say(locale.HomePage()), Link: outletURL, Own: true}
	spans := append(name, own(" ("), page, own(") · "+v.Day(published)+" · "))
	return append(spans, v.texts.Isolated(bot.Span{Text: title})...)
}

// evidence shows the quotes that do not stand in the answer word for word.
func (v View) evidence(sentences []bot.Sentence, citations []bot.Citation) []bot.Block {
	var all strings.Builder
	for _, s := range sentences {
		all.WriteString(s.Text + "\n")
	}
	var blocks []bot.Block
	for _, c := range citations {
		if !strings.Contains(all.String(), c.Quote) {
			blocks = append(blocks, quoteBlock(c))
		}
	}
	return blocks
}

func quoteBlock(c bot.Citation) bot.Block {
	return bot.Plain(bot.Quote, fmt.Sprintf("[%d] %s", c.N, c.Quote))
}

// small is the small print under an answer.
func (v View) small(a bot.Answer) []bot.Block {
	var blocks []bot.Block
	for _, part := range a.Unanswered {
		blocks = append(blocks, v.texts.Block(bot.Paragraph, locale.Unanswered(part)))
	}
	if a.Restated != "" {
		blocks = append(blocks, v.texts.Block(bot.Small, locale.Restated(a.Restated)))
	}
	return append(blocks, v.notes(a.Notes)...)
}

func (v View) notFound(a bot.Answer) bot.Reply {
	blocks := []bot.Block{v.texts.Block(bot.Paragraph, locale.NotFound())}
	if a.Premise != "" {
		blocks = append(blocks, v.texts.Block(bot.Paragraph, locale.Premise(a.Premise)))
	}
	blocks = append(blocks, v.texts.Block(bot.Paragraph, locale.Searched(a.Searched)))
	if len(a.Nearest) > 0 {
		blocks = append(blocks, v.texts.Block(bot.Paragraph, locale.Nearest()))
	}
	for _, n := range a.Nearest {
		blocks = append(blocks, v.bullet(n))
	}
	return bot.Reply{Blocks: append(blocks, v.small(a)...)}
}

// bullet is a line that names an article.
func (v View) bullet(n bot.Nearest) bot.Block {
	spans := append([]bot.Span{own("• ")}, v.article(n.Outlet, n.Title, n.URL, n.OutletURL, n.Published)...)
	return bot.Block{Kind: bot.Item, Spans: v.texts.Line(spans...)}
}

// own is a piece of the program's own text.
func own(text string) bot.Span { return bot.Span{Text: text, Own: true} }

// Extent says what was searched, in words: "2 articles of 2 outlets, 17 January
// 2025".
func (v View) Extent(e corpus.Extent) string { return v.texts.Say(locale.Extent(e)) }

// Day writes a date as people read it: "17 January 2025".
func (v View) Day(t time.Time) string { return v.texts.Day(t) }

// maxSources keeps /sources to about one screen of a phone and one message.
const maxSources = 40
