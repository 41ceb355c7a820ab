package telegram

import (
	"strings"
	"testing"
	"unicode/utf8"

	"newsdesk/bot"
)

func paragraph(spans ...bot.Span) bot.Reply {
	return bot.Reply{Blocks: []bot.Block{{Spans: spans}}}
}

func TestRender(t *testing.T) {
	for _, c := range []struct {
		name        string
		reply       bot.Reply
		html, plain string
	}{
		{"markup of strangers", paragraph(bot.Span{Text: `<b>5 < 6 & "7"</b>`}),
			"&lt;b&gt;5 &lt; 6 &amp; &quot;7&quot;&lt;/\u2060b&gt;", "<b>5 < 6 & \"7\"</\u2060b>"},
		{"a link", paragraph(bot.Span{Text: "title", Link: `https://harbour.example/a?b="c"&d`}),
			`<a href="https://harbour.example/a?b=&quot;c&quot;&amp;d">title</a>`, "title"},
		{"a link that is none", paragraph(bot.Span{Text: "x", Link: "javascript:alert(1)"}), "x", "x"},
		{"a link to Telegram itself", paragraph(bot.Span{Text: "x", Link: "tg://user?id=1"}), "x", "x"},
		{"looks", paragraph(bot.Span{Text: "a", Bold: true}, bot.Span{Text: "b", Italic: true}, bot.Span{Text: "c", Code: true}),
			"<b>a</b><i>b</i><code>c</code>", "abc"},
		{"strangers' commands, mentions, addresses", paragraph(bot.Span{Text: "send /start to @x or see evil.example or https://e"}),
			"send /\u2060start to @\u2060x or see evil.\u2060example or https:\u2060//\u2060e",
			"send /\u2060start to @\u2060x or see evil.\u2060example or https:\u2060//\u2060e"},
		{"decimals and abbreviations", paragraph(bot.Span{Text: "3.5 of 8,000 and/or 1/3"}), "3.5 of 8,000 and/or 1/3", "3.5 of 8,000 and/or 1/3"},
		{"our own commands", paragraph(bot.Span{Text: "see /help", Own: true}), "see /help", "see /help"},
		{"turned and invisible text", paragraph(bot.Span{Text: "a\u202eb\u0000c\x1b[31md"}), "abc[31md", "abc[31md"},
		{"blocks", bot.Reply{Blocks: []bot.Block{bot.Plain(bot.Paragraph, "a"), bot.Plain(bot.Item, "b"), bot.Plain(bot.Item, "c"), bot.Plain(bot.Quote, "d"), bot.Plain(bot.Small, "e")}},
			"a\n\nb\nc\n\n<blockquote expandable>d</blockquote>\n\n<i>e</i>", "a\n\nb\nc\n\nd\n\ne"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Render(c.reply)
			if len(got) != 1 {
				t.Fatalf("%d messages", len(got))
			}
			if got[0].HTML != c.html {
				t.Errorf("HTML:\n got %q\nwant %q", got[0].HTML, c.html)
			}
			if got[0].Plain != c.plain {
				t.Errorf("plain:\n got %q\nwant %q", got[0].Plain, c.plain)
			}
		})
	}
}

func TestRenderNothing(t *testing.T) {
	for _, r := range []bot.Reply{{}, paragraph(), paragraph(bot.Span{Text: " \u0000\n"})} {
		if got := Render(r); len(got) != 0 {
			t.Errorf("%+v gives %q", r, got)
		}
	}
}

func TestRenderSplits(t *testing.T) {
	long := strings.Repeat("word ", 1500)
	for name, r := range map[string]bot.Reply{
		"between blocks":    {Blocks: []bot.Block{bot.Plain(bot.Paragraph, long[:3000]), bot.Plain(bot.Paragraph, long[:3000])}},
		"within a block":    paragraph(bot.Span{Text: long, Bold: true}),
		"within a link":     paragraph(bot.Span{Text: "a "}, bot.Span{Text: long, Link: "https://harbour.example/"}),
		"without any space": paragraph(bot.Span{Text: strings.Repeat("x", 9000)}),
		"two units each":    paragraph(bot.Span{Text: strings.Repeat("😀", 5000)}),
		"with joiners":      paragraph(bot.Span{Text: strings.Repeat("a.b@c ", 1500)}),
	} {
		t.Run(name, func(t *testing.T) {
			var all strings.Builder
			got := Render(r)
			if len(got) < 2 {
				t.Fatalf("%d messages", len(got))
			}
			for _, m := range got {
				checkText(t, m)
				all.WriteString(m.Plain)
			}
			if want := wordsOf(r); strings.Join(strings.Fields(all.String()), "") != want {
				t.Errorf("the messages together do not say what the reply says")
			}
		})
	}
}

// wordsOf is the text of a reply as it is shown, without white space.
func wordsOf(r bot.Reply) string {
	var b strings.Builder
	for _, block := range r.Blocks {
		for _, s := range block.Spans {
			b.WriteString(spanText(s))
		}
	}
	return strings.Join(strings.Fields(b.String()), "")
}

// checkText holds a message against what Telegram takes, as far as it can be
// seen without parsing HTML; apiserver does the rest.
func checkText(t *testing.T, m Text) {
	t.Helper()
	if n := units(m.Plain); n == 0 || n > maxUnits {
		t.Errorf("%d units", n)
	}
	if !utf8.ValidString(m.HTML) || !utf8.ValidString(m.Plain) {
		t.Error("invalid UTF-8")
	}
	for _, tag := range []string{"b", "i", "code", "a", "blockquote"} {
		if open, closed := strings.Count(m.HTML, "<"+tag+">")+strings.Count(m.HTML, "<"+tag+" "), strings.Count(m.HTML, "</"+tag+">"); open != closed {
			t.Errorf("<%s>: %d opened, %d closed", tag, open, closed)
		}
	}
}
