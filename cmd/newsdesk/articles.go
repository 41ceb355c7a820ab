package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/corpus"
	"newsdesk/retrieval/chunk"
)

// articlesCmd lists articles, or shows one.
type articlesCmd struct {
	List articlesListCmd `cmd:"" default:"withargs" help:"List the articles, newest first."`
	Show articlesShowCmd `cmd:"" help:"Show one article with its passages."`
	// Do names the sub-command when a serve runs it.
	Do string `kong:"-"`
}

type articlesListCmd struct {
	JSON bool `name:"json" help:"One JSON object a line."`
}

type articlesShowCmd struct {
	Seq  int64 `arg:"" help:"The article's number, as the list shows it."`
	JSON bool  `name:"json" help:"One JSON object."`
}

func (c *articlesListCmd) Run(inv *invocation) error {
	return inv.within("articles", &articlesCmd{List: *c, Do: "list"})
}

func (c *articlesShowCmd) Run(inv *invocation) error {
	return inv.within("articles", &articlesCmd{Show: *c, Do: "show"})
}

func (c *articlesCmd) runIn(ctx context.Context, a *app, s *streams) error {
	if c.Do == "show" {
		return c.Show.show(ctx, a, s)
	}
	return c.List.list(ctx, a, s)
}

// articleLine is an article as the list's JSON has it.
type articleLine struct {
	Seq       int64  `json:"seq"`
	Outlet    string `json:"outlet"`
	Title     string `json:"title"`
	Published string `json:"published"`
	URL       string `json:"url"`
	OutletURL string `json:"outlet_url"`
	Version   int    `json:"version"`
	Words     int    `json:"words"`
}

func lineOf(a corpus.Article) articleLine {
	return articleLine{Seq: a.Seq, Outlet: a.Outlet, Title: a.Title, Published: a.Published.Format(time.DateOnly),
		URL: a.URL, OutletURL: a.OutletURL, Version: a.Version, Words: len(strings.Fields(a.Text))}
}

func (c *articlesListCmd) list(ctx context.Context, a *app, s *streams) error {
	articles, err := a.corpus.List(ctx, corpus.Filter{})
	if err != nil {
		return err
	}
	if len(articles) == 0 && !c.JSON {
		fmt.Fprintln(s.Err, "no articles are stored yet; add some with “newsdesk add FILE”")
	}
	enc := json.NewEncoder(s.Out)
	enc.SetEscapeHTML(false)
	for _, article := range articles {
		line := lineOf(article)
		if c.JSON {
			err = enc.Encode(line)
		} else {
			_, err = fmt.Fprintf(s.Out, "%6d  %s  %s: %s (%d words, version %d)\n", line.Seq, line.Published,
				visible(line.Outlet), visible(line.Title), line.Words, line.Version)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// shownPassage is a passage as the JSON of one article has it: bytes
// [start, end) of the text.
type shownPassage struct {
	ID    string `json:"id"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Text  string `json:"text"`
}

type shownArticle struct {
	articleLine
	Author   string         `json:"author"`
	Text     string         `json:"text"`
	Captions []string       `json:"captions"`
	Headings []string       `json:"headings"`
	Passages []shownPassage `json:"passages"`
}

func (c *articlesShowCmd) show(ctx context.Context, a *app, s *streams) error {
	found, err := a.corpus.BySeqs(ctx, []int64{c.Seq})
	if err != nil {
		return err
	}
	article, ok := found[c.Seq]
	if !ok {
		return fmt.Errorf("no article has the number %d; “newsdesk articles” lists them", c.Seq)
	}
	if c.JSON {
		enc := json.NewEncoder(s.Out)
		enc.SetEscapeHTML(false)
		return enc.Encode(shown(article))
	}
	return printArticle(s.Out, a.view(), article, s.Width)
}

func shown(a corpus.Article) shownArticle {
	out := shownArticle{articleLine: lineOf(a), Author: a.Author, Text: a.Text,
		Captions: append([]string{}, a.Captions...), Headings: append([]string{}, a.Headings...), Passages: []shownPassage{}}
	for _, p := range chunk.Passages(a) {
		out.Passages = append(out.Passages, shownPassage{ID: p.ID(), Start: p.Start, End: p.End, Text: p.Text})
	}
	return out
}

func printArticle(w io.Writer, v chat.View, a corpus.Article, width int) error {
	r := bot.Reply{Blocks: []bot.Block{
		{Spans: []bot.Span{{Text: a.Title, Bold: true}}},
		bot.Plain(bot.Paragraph, fmt.Sprintf("%s · %s · version %d", a.Outlet, v.Day(a.Published), a.Version)),
	}}
	if a.URL != "" {
		r.Blocks = append(r.Blocks, bot.Plain(bot.Paragraph, a.URL))
	}
	r.Blocks = append(r.Blocks, bot.Plain(bot.Paragraph, a.Text))
	return printReply(w, r, width)
}

func visible(s string) string { return bot.Span{Text: s}.Visible() }
