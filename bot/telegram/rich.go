package telegram

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot"
)

// Bounds of a rich message, of TELEGRAM's 32,768 characters and 500 blocks with
// some room: it is the text that counts, and lists and tables are blocks of
// blocks.
const (
	maxRichRunes  = 30_000
	maxRichBlocks = 400
	maxColumns    = 20
)

// renderRich turns a reply into the HTML of one rich message, for clients that
// show tables and parts that fold. ok is false when it is too long for one, or
// shows nothing; it is then sent as Render has it. Escaping and links are those of
// Render, and Telegram is asked to look for no entities of its own.
func renderRich(r bot.Reply) (html string, ok bool) {
	runes := 0
	for _, b := range r.Blocks {
		runes += utf8.RuneCountInString(blockPlain(b))
	}
	if runes == 0 || runes > maxRichRunes || len(r.Blocks) > maxRichBlocks {
		return "", false
	}
	var s strings.Builder
	for rest := r.Blocks; len(rest) > 0; {
		n := sameKind(rest)
		writeRich(&s, rest[:n])
		rest = rest[n:]
	}
	return s.String(), true
}

// sameKind returns how many blocks at the beginning are of the kind of the first.
func sameKind(blocks []bot.Block) int {
	n := 1
	for n < len(blocks) && blocks[n].Kind == blocks[0].Kind {
		n++
	}
	return n
}

// writeRich writes blocks of one kind.
func writeRich(s *strings.Builder, blocks []bot.Block) {
	blocks = shownOf(blocks)
	if len(blocks) == 0 {
		return
	}
	switch blocks[0].Kind {
	case bot.Item:
		each(s, blocks, "<ul>", "<li>", "</li>", "</ul>")
	case bot.Quote:
		each(s, blocks, fmt.Sprintf("<details><summary>❝ %d</summary>", len(blocks)), "<blockquote>", "</blockquote>", "</details>")
	case bot.Small:
		each(s, blocks, "", "<footer>", "</footer>", "")
	case bot.Row:
		writeTable(s, blocks)
	default:
		each(s, blocks, "", "<p>", "</p>", "")
	}
}

// shownOf leaves out blocks that show nothing.
func shownOf(blocks []bot.Block) []bot.Block {
	var out []bot.Block
	for _, b := range blocks {
		if blockPlain(b) != "" {
			out = append(out, b)
		}
	}
	return out
}

func each(s *strings.Builder, blocks []bot.Block, begin, open, shut, end string) {
	s.WriteString(begin)
	for _, b := range blocks {
		s.WriteString(open + richSpans(b.Spans) + shut)
	}
	s.WriteString(end)
}

// writeTable writes rows; a first row that is all bold is the head.
func writeTable(s *strings.Builder, rows []bot.Block) {
	s.WriteString("<table bordered striped>")
	for i, row := range rows {
		cell := "td"
		if i == 0 && allBold(row.Spans) {
			cell = "th"
		}
		s.WriteString("<tr>")
		for _, span := range row.Spans[:min(len(row.Spans), maxColumns)] {
			s.WriteString("<" + cell + ">" + richSpans([]bot.Span{span}) + "</" + cell + ">")
		}
		s.WriteString("</tr>")
	}
	s.WriteString("</table>")
}

func allBold(spans []bot.Span) bool {
	for _, s := range spans {
		if !s.Bold {
			return false
		}
	}
	return true
}

// richSpans writes spans without the joiners that keep a classic message from
// making links: no entities are looked for here.
func richSpans(spans []bot.Span) string {
	var s strings.Builder
	for _, span := range spans {
		span.Text, span.Own = strings.ReplaceAll(span.Visible(), "\n", " "), true
		s.WriteString(spanHTML(span))
	}
	return s.String()
}

// rightToLeft reports whether the first letter of the reply is of a script that
// is written from right to left.
func rightToLeft(r bot.Reply) bool {
	for _, b := range r.Blocks {
		for _, s := range b.Spans {
			for _, c := range s.Text {
				if unicode.IsLetter(c) {
					return unicode.In(c, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
				}
			}
		}
	}
	return false
}
