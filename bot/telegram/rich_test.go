package telegram

import (
	"context"
	"strings"
	"testing"

	"newsdesk/bot"
	"newsdesk/bot/chat"
	"newsdesk/bot/telegram/apiserver"
)

// full is a reply with a block of each kind and text that is up to something.
func full() bot.Reply {
	return bot.Reply{Rich: true, Blocks: []bot.Block{
		{Spans: []bot.Span{{Text: "Nine boats sailed. <b>"}, {Text: "[1]", Link: "https://herald.example/1?a=1&b=2"}}},
		{Kind: bot.Row, Spans: []bot.Span{{Text: "Outlet", Bold: true}, {Text: "Boats", Bold: true}}},
		{Kind: bot.Row, Spans: []bot.Span{{Text: "Herald"}, {Text: "9 & more", Link: "javascript:alert(1)"}}},
		bot.Plain(bot.Item, "[1] Herald"),
		bot.Plain(bot.Item, "[2] Solana"),
		bot.Plain(bot.Quote, "“Nine boats,” it said. @someone /start"),
		bot.Plain(bot.Small, "Written by a model.\x1b[31m"),
	}}
}

func TestRenderRich(t *testing.T) {
	got, ok := renderRich(full())
	const want = `<p>Nine boats sailed. &lt;b&gt;<a href="https://herald.example/1?a=1&amp;b=2">[1]</a></p>` +
		`<table bordered striped><tr><th><b>Outlet</b></th><th><b>Boats</b></th></tr><tr><td>Herald</td><td>9 &amp; more</td></tr></table>` +
		`<ul><li>[1] Herald</li><li>[2] Solana</li></ul>` +
		`<details><summary>❝ 1</summary><blockquote>“Nine boats,” it said. @someone /start</blockquote></details>` +
		`<footer>Written by a model.[31m</footer>`
	if !ok || got != want {
		t.Errorf("%t\n got %s\nwant %s", ok, got, want)
	}
	for name, r := range map[string]bot.Reply{
		"nothing":  {},
		"blank":    {Blocks: []bot.Block{bot.Plain(bot.Paragraph, " \u200b")}},
		"too long": {Blocks: []bot.Block{bot.Plain(bot.Paragraph, strings.Repeat("x", maxRichRunes+1))}},
		"too many": {Blocks: make([]bot.Block, maxRichBlocks+1)},
	} {
		if html, ok := renderRich(r); ok {
			t.Errorf("%s: %.60s", name, html)
		}
	}
}

// richly answers with all kinds of blocks.
func richly(context.Context, chat.Message) (chat.Outcome, error) {
	return chat.Outcome{Replies: []bot.Reply{full()}}, nil
}

func TestRichMessageIsTaken(t *testing.T) {
	w := newWorld(t, richly)
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "how many?"})
	got := w.await(w.ada, 1)[0]
	if got.Rich == nil || !strings.Contains(got.Rich.Plain(), "9 & more") {
		t.Errorf("%+v", got)
	}
	if refused := w.refused(); len(refused) > 0 {
		t.Error(refused)
	}
}

func TestRefusedRichMessageIsSentAsHTML(t *testing.T) {
	w := newWorld(t, richly)
	w.server.Inject(apiserver.Fault{Do: apiserver.RefuseRich})
	w.run(w.bot)
	w.send(apiserver.Post{From: w.ada, Chat: w.ada, Text: "how many?"})
	got := w.await(w.ada, 1)[0]
	if got.Rich != nil || !strings.Contains(got.Text, "Herald · 9 & more") {
		t.Errorf("%+v", got)
	}
}

func TestRightToLeft(t *testing.T) {
	for text, want := range map[string]bool{"قطار [1]": true, "12 قطار": true, "A train": false, "": false, "שלום": true} {
		if got := rightToLeft(paragraph(bot.Span{Text: text})); got != want {
			t.Errorf("%q: %t", text, got)
		}
	}
}
