package chat

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"newsdesk/bot"
	"newsdesk/bot/access"
	"newsdesk/corpus"
)

// AnswerReply lays an answer out: the sentences with their numbers as links, a
// line for each quote with outlet, date and title, then what should be known.
func AnswerReply(a bot.Answer) bot.Reply {
	if !a.Found {
		return notFoundReply(a)
	}
	blocks := Cited(a.Sentences, a.Citations)
	return bot.Reply{Blocks: append(blocks, notes(a.Notes)...)}
}

// DigestReply lays a digest out.
func DigestReply(d bot.Digest) bot.Reply {
	head := bot.Block{Spans: []bot.Span{{Text: "News, " + span(d.From, d.To), Bold: true}}}
	if len(d.Sentences) == 0 {
		return bot.Reply{Blocks: []bot.Block{head, bot.Plain(bot.Paragraph, "No new articles in this time.")}}
	}
	blocks := []bot.Block{head}
	for _, s := range d.Sentences {
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: sentenceSpans(s, d.Citations)})
	}
	blocks = append(blocks, sourceLines(d.Citations)...)
	return bot.Reply{Blocks: append(blocks, notes(d.Notes)...)}
}

// Cited lays sentences and their sources out.
func Cited(sentences []bot.Sentence, citations []bot.Citation) []bot.Block {
	var body bot.Block
	for i, s := range sentences {
		if i > 0 {
			body.Spans = append(body.Spans, bot.Span{Text: " "})
		}
		body.Spans = append(body.Spans, sentenceSpans(s, citations)...)
	}
	blocks := append([]bot.Block{body}, sourceLines(citations)...)
	return append(blocks, quotes(sentences, citations)...)
}

func sentenceSpans(s bot.Sentence, citations []bot.Citation) []bot.Span {
	spans := []bot.Span{{Text: s.Text + " "}}
	for _, n := range s.Citations {
		c, ok := citation(citations, n)
		if !ok {
			continue
		}
		spans = append(spans, bot.Span{Text: fmt.Sprintf("[%d]", n), Link: link(c)})
	}
	return spans
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

func sourceLines(citations []bot.Citation) []bot.Block {
	var blocks []bot.Block
	for _, c := range citations {
		p := c.Passage
		spans := []bot.Span{{Text: fmt.Sprintf("[%d] ", c.N)}}
		spans = append(spans, articleSpans(p.Outlet, p.Title, p.URL, p.OutletURL, p.Published)...)
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: spans})
	}
	return blocks
}

// articleSpans names an article: outlet · date · title. The title carries the
// article's link; where there is none, the outlet carries its own and says so.
func articleSpans(outlet, title, url, outletURL string, published time.Time) []bot.Span {
	if url != "" || outletURL == "" {
		return []bot.Span{{Text: outlet, Bold: true}, {Text: " · " + Day(published) + " · "}, {Text: title, Link: url}}
	}
	return []bot.Span{
		{Text: outlet, Bold: true}, {Text: " ("},
		{Text: "outlet’s home page", Link: outletURL},
		{Text: ") · " + Day(published) + " · " + title},
	}
}

// quotes shows the evidence that does not stand in the answer word for word.
func quotes(sentences []bot.Sentence, citations []bot.Citation) []bot.Block {
	var all strings.Builder
	for _, s := range sentences {
		all.WriteString(s.Text + "\n")
	}
	var blocks []bot.Block
	for _, c := range citations {
		if strings.Contains(all.String(), c.Quote) {
			continue
		}
		blocks = append(blocks, bot.Plain(bot.Quote, fmt.Sprintf("[%d] %s", c.N, c.Quote)))
	}
	return blocks
}

func notes(notes []string) []bot.Block {
	var blocks []bot.Block
	for _, n := range notes {
		blocks = append(blocks, bot.Plain(bot.Small, n))
	}
	return blocks
}

func notFoundReply(a bot.Answer) bot.Reply {
	blocks := []bot.Block{
		bot.Plain(bot.Paragraph, "The articles here do not answer this."),
		bot.Plain(bot.Paragraph, "Searched: "+Extent(a.Searched)+"."),
	}
	if len(a.Nearest) > 0 {
		blocks = append(blocks, bot.Plain(bot.Paragraph, "What comes nearest:"))
	}
	for _, n := range a.Nearest {
		blocks = append(blocks, bot.Block{Kind: bot.Item,
			Spans: append([]bot.Span{{Text: "• "}}, articleSpans(n.Outlet, n.Title, n.URL, n.OutletURL, n.Published)...)})
	}
	return bot.Reply{Blocks: append(blocks, notes(a.Notes)...)}
}

// Extent says what was searched, in words: "2 articles of 2 outlets, 17 January
// 2025".
func Extent(e corpus.Extent) string {
	if e.Articles == 0 {
		return "no articles, as none are stored that could be meant"
	}
	return fmt.Sprintf("%s of %s, %s", plural(e.Articles, "article", "articles"),
		plural(e.Outlets, "outlet", "outlets"), span(e.From, e.To))
}

// Day writes a date as people read it: "17 January 2025".
func Day(t time.Time) string { return t.Format("2 January 2006") }

func span(from, to time.Time) string {
	if Day(from) == Day(to) {
		return Day(from)
	}
	return Day(from) + " to " + Day(to)
}

func sourcesReply(outlets []corpus.Outlet) bot.Reply {
	if len(outlets) == 0 {
		return text("No articles are stored yet. They are added with “newsdesk add” on the machine that runs the bot.")
	}
	blocks := []bot.Block{bot.Own(bot.Paragraph, "Articles of "+plural(len(outlets), "outlet", "outlets")+":")}
	for i, o := range outlets {
		if i == maxSources {
			blocks = append(blocks, bot.Own(bot.Small, fmt.Sprintf("and %d more outlets", len(outlets)-maxSources)))
			break
		}
		blocks = append(blocks, bot.Block{Kind: bot.Item, Spans: []bot.Span{
			{Text: o.Name, Bold: true, Link: o.URL},
			{Text: fmt.Sprintf(" · %s · %s", plural(o.Articles, "article", "articles"), span(o.First, o.Last))},
		}})
	}
	return bot.Reply{Blocks: blocks}
}

// maxSources keeps /sources to about one screen of a phone and one message.
const maxSources = 40

func startReply(m Message) bot.Reply {
	return bot.Reply{Blocks: []bot.Block{
		bot.Own(bot.Paragraph, "I answer questions about the news from stored articles of several outlets. Every sentence is tied to a quote, with outlet, date and link; when the articles do not hold the answer, I say so."),
		bot.Own(bot.Paragraph, howToAsk(m)),
	}}
}

func howToAsk(m Message) string {
	if m.Place.Kind == Private {
		return "Just write your question. /sources shows which outlets I have read."
	}
	return "Ask with /ask and your question, by mentioning me, or by replying to one of my messages. /sources shows which outlets I have read."
}

func helpReply(m Message, role access.Role) bot.Reply {
	lines := []string{
		"/ask QUESTION – ask the articles; in a private chat the question alone is enough",
		"/sources – the outlets I have read, with the number of articles and their dates",
		"/help – this list",
	}
	if role == access.Admin {
		lines = append(lines, "/allow – sent in a group by an admin: opens the bot to everybody in it")
	}
	blocks := []bot.Block{bot.Own(bot.Paragraph, howToAsk(m))}
	for _, l := range lines {
		blocks = append(blocks, bot.Own(bot.Item, l))
	}
	return bot.Reply{Blocks: append(blocks,
		bot.Own(bot.Small, "Naming an outlet (“what did … report about …”) asks only its articles."))}
}

func noQuestionReply(m Message) bot.Reply {
	if m.Command == "ask" {
		return text("Write the question behind the command: /ask who signed the treaty?")
	}
	if strings.TrimSpace(m.Text) == "" {
		return text("I can read text only. Please write your question as a message.")
	}
	return text("I see no question in that. Please write it in words.")
}

func pairedReply(role access.Role) bot.Reply {
	if role == access.Admin {
		return text("You are an admin of this bot now. Ask me anything about the stored articles; /allow, sent in a group, opens it to the group. /help says more.")
	}
	return text("Welcome. Ask me anything about the stored articles; /help says more.")
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
