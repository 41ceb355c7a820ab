package feed

import (
	"html"
	"regexp"
	"strings"

	"github.com/mmcdole/gofeed"

	"newsdesk/corpus/markup"
	"newsdesk/corpus/text"
)

// readTexts fills summary and text. A content is text; a description is text
// when it has several paragraphs, and the summary otherwise.
func readTexts(item *Item, from *gofeed.Item) {
	content, description := blocksOf(from.Content), blocksOf(from.Description)
	if markup.Text(content) == "" && len(markup.Of(markup.Paragraph, description)) > 1 {
		content = description
		item.Summary, _, _ = strings.Cut(markup.Text(description), "\n\n")
	} else {
		item.Summary = strings.ReplaceAll(markup.Text(description), "\n\n", " ")
	}
	item.Draft.Text = markup.Text(content)
	item.Draft.Headings = markup.Of(markup.Heading, content)
	item.Draft.Captions = markup.Of(markup.Caption, content)
}

// blocksOf reads what may be HTML or plain text, without what feeds add.
func blocksOf(s string) []markup.Block {
	if s == "" {
		return nil
	}
	if !tags.MatchString(s) {
		return paragraphs(html.UnescapeString(s))
	}
	var kept []markup.Block
	for _, b := range markup.Read(s) {
		if !isAdded(b.Text) {
			kept = append(kept, b)
		}
	}
	return kept
}

func paragraphs(s string) []markup.Block {
	var all []markup.Block
	for _, line := range text.Paragraphs(s) {
		if line = strings.Join(strings.Fields(line), " "); !isAdded(line) {
			all = append(all, markup.Block{Kind: markup.Paragraph, Text: line})
		}
	}
	return all
}

// tags tells HTML from text in which "<" stands for less.
var tags = regexp.MustCompile(`</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>|<!--`)

// added is what blog software puts below a text.
var added = regexp.MustCompile(`(?i)^the post .{1,300} (?:first )?appeared (?:first )?on .{1,100}$` +
	`|^(?:continue reading|read more|read the full (?:story|article)|weiterlesen|mehr lesen|leer más|seguir leyendo|lire la suite|читать далее|ادامه مطلب|اقرأ المزيد|阅读全文)[\s.…:»→>]*.{0,100}$`)

func isAdded(s string) bool { return len(s) < 500 && added.MatchString(s) }
