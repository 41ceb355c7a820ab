package main

import (
	"fmt"
	"io"
	"strings"

	"newsdesk/bot"
)

// defaultWidth is the line length where there is no terminal to ask.
const defaultWidth = 100

// printReply writes a reply as a chat shows it: paragraphs apart, lists
// together, quotes marked, the address of a link on a line under its item.
func printReply(w io.Writer, r bot.Reply, width int) error {
	if width <= 20 {
		width = defaultWidth
	}
	var b strings.Builder
	for i, block := range r.Blocks {
		if i > 0 && (block.Kind == bot.Paragraph || block.Kind != r.Blocks[i-1].Kind) {
			b.WriteString("\n")
		}
		printBlock(&b, block, width)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printBlock(b *strings.Builder, block bot.Block, width int) {
	var text strings.Builder
	var links []string
	for i, s := range block.Spans {
		if i > 0 && block.Kind == bot.Row {
			text.WriteString(" · ")
		}
		text.WriteString(s.Visible())
		if s.Link != "" && block.Kind == bot.Item && !strings.HasPrefix(s.Text, "[") {
			links = append(links, s.Link)
		}
	}
	first, rest := indents(block.Kind)
	for i, line := range wrap(text.String(), width-len(rest)) {
		indent := rest
		if i == 0 {
			indent = first
		}
		fmt.Fprintln(b, indent+line)
	}
	for _, l := range links {
		fmt.Fprintln(b, rest+bot.Span{Text: l}.Visible())
	}
}

func indents(kind bot.BlockKind) (first, rest string) {
	switch kind {
	case bot.Item, bot.Row:
		return "", "    "
	case bot.Quote:
		return "  > ", "  > "
	case bot.Small:
		return "  (i) ", "      "
	}
	return "", ""
}

// wrap breaks text into lines of at most width runes, at spaces; a longer word
// stays whole.
func wrap(text string, width int) []string {
	var lines []string
	for _, para := range strings.Split(text, "\n") {
		line, length := "", 0
		for _, word := range strings.Fields(para) {
			n := len([]rune(word))
			if length > 0 && length+1+n > width {
				lines = append(lines, line)
				line, length = "", 0
			}
			if length > 0 {
				line += " "
				length++
			}
			line += word
			length += n
		}
		lines = append(lines, line)
	}
	return lines
}
