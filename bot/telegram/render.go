package telegram

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"newsdesk/bot"
)

// Text is one message as it is sent: HTML for Telegram, and the same without
// markup for when the HTML is refused.
type Text struct {
	HTML, Plain string
}

// maxUnits is the longest message, in UTF-16 units of the text without markup.
const maxUnits = 4096

// Render turns a reply into the messages that say it, in order, each at most
// 4096 UTF-16 units. It is split between blocks where it can be, within a block
// at a space where it must. Every tag is closed in the message that opens it.
// Every text is escaped; a link that is not http or https becomes plain text.
// Text that is not the program's own is kept from turning into something that
// can be tapped. An empty reply gives no message.
func Render(r bot.Reply) []Text { return renderWithin(r, maxUnits) }

// renderWithin is Render for messages of at most limit units.
func renderWithin(r bot.Reply, limit int) []Text {
	p := page{limit: limit}
	for i, b := range r.Blocks {
		for _, piece := range split(shown(cells(b)), limit) {
			p.add(piece, gap(r.Blocks, i))
		}
	}
	return p.finish()
}

// page collects blocks into messages.
type page struct {
	limit       int
	done        []Text
	html, plain strings.Builder
	units       int
}

func (p *page) add(b bot.Block, gap string) {
	html, plain := blockHTML(b), blockPlain(b)
	if plain == "" {
		return
	}
	n := units(plain)
	if p.units > 0 && p.units+len(gap)+n > p.limit {
		p.flush()
	}
	if p.units > 0 {
		p.html.WriteString(gap)
		p.plain.WriteString(gap)
		p.units += len(gap)
	}
	p.html.WriteString(html)
	p.plain.WriteString(plain)
	p.units += n
}

func (p *page) flush() {
	if p.units == 0 {
		return
	}
	p.done = append(p.done, Text{HTML: p.html.String(), Plain: p.plain.String()})
	p.html.Reset()
	p.plain.Reset()
	p.units = 0
}

func (p *page) finish() []Text {
	p.flush()
	return p.done
}

// gap is what stands before block i: list items, rows and quotes stay together,
// all else is a blank line apart.
func gap(blocks []bot.Block, i int) string {
	if i > 0 && blocks[i].Kind == blocks[i-1].Kind && blocks[i].Kind != bot.Paragraph && blocks[i].Kind != bot.Small {
		return "\n"
	}
	return "\n\n"
}

// cells puts something between the cells of a row, which have no lines here.
func cells(b bot.Block) bot.Block {
	if b.Kind != bot.Row {
		return b
	}
	out := bot.Block{Kind: bot.Item}
	for i, s := range b.Spans {
		if i > 0 {
			out.Spans = append(out.Spans, bot.Span{Text: " · "})
		}
		out.Spans = append(out.Spans, s)
	}
	return out
}

func blockHTML(b bot.Block) string {
	var s strings.Builder
	for _, span := range b.Spans {
		s.WriteString(spanHTML(span))
	}
	switch b.Kind {
	case bot.Quote:
		return "<blockquote expandable>" + s.String() + "</blockquote>"
	case bot.Small:
		return "<i>" + s.String() + "</i>"
	}
	return s.String()
}

func blockPlain(b bot.Block) string {
	var s strings.Builder
	for _, span := range b.Spans {
		s.WriteString(spanText(span))
	}
	if blank(s.String()) {
		return ""
	}
	return s.String()
}

// blank reports whether s shows nothing: Telegram takes no such message.
func blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsGraphic(r) && !unicode.IsSpace(r) })
}

func spanHTML(s bot.Span) string {
	html := escape(spanText(s))
	if html == "" {
		return ""
	}
	if s.Code {
		html = "<code>" + html + "</code>"
	}
	if s.Italic {
		html = "<i>" + html + "</i>"
	}
	if s.Bold {
		html = "<b>" + html + "</b>"
	}
	if link := address(s.Link); link != "" {
		html = `<a href="` + escape(link) + `">` + html + "</a>"
	}
	return html
}

// spanText is the text of a span as it may be shown.
func spanText(s bot.Span) string {
	text := s.Visible()
	if s.Own || address(s.Link) != "" {
		return text
	}
	return inert(text)
}

// joiner is WORD JOINER, which shows as nothing.
const joiner = '\u2060'

// inert keeps Telegram from making links, mentions, commands and tags of what
// stands in strangers' text: a word joiner behind each / @ # $ that opens a
// word, and behind each : or . inside what may be an address.
func inert(s string) string {
	var b strings.Builder
	prev := ' '
	runes := []rune(s)
	for i, r := range runes {
		b.WriteRune(r)
		if i+1 < len(runes) && detected(prev, r, runes[i+1]) {
			b.WriteRune(joiner)
		}
		prev = r
	}
	return b.String()
}

func detected(prev, r, next rune) bool {
	switch r {
	case '/', '#', '$':
		return !word(prev) && unicode.IsLetter(next)
	case '@':
		return word(next)
	case '.':
		return (unicode.IsLetter(prev) || unicode.IsDigit(prev)) && unicode.IsLetter(next)
	case ':':
		return next == '/'
	}
	return false
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape is the one place where text becomes HTML.
func escape(s string) string { return escaper.Replace(s) }

// address returns link when it is one that may be put behind text, else "".
func address(link string) string {
	if !utf8.ValidString(link) {
		return ""
	}
	u, err := url.Parse(link)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https") {
		return ""
	}
	return link
}

func units(s string) int {
	n := 0
	for _, r := range s {
		n += max(utf16.RuneLen(r), 1)
	}
	return n
}
