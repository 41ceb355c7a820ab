// Package markup reads what a reader sees of HTML: blocks of plain text, each
// with what it is.
//
// It goes by tokens and builds no tree, so that neither depth nor length of what
// strangers wrote costs more than its bytes. What it hands out is plain text
// without anything invisible, cleaned by text.Clean: no markup, no entities, no
// script comes through, and what looks like a tag there is text that was written
// as such.
//
// Everything here is pure and safe for concurrent use.
package markup

import (
	"strings"

	"golang.org/x/net/html"

	"newsdesk/corpus/text"
)

// Kind is what a block is.
type Kind string

// The kinds of blocks.
const (
	Paragraph Kind = "paragraph"
	Heading   Kind = "heading"
	Quote     Kind = "quote"
	// Item is an entry of a list.
	Item    Kind = "item"
	Caption Kind = "caption"
	// Linked is a block in which nothing but links stands: a way to elsewhere.
	Linked Kind = "linked"
)

// Block is a stretch of text that stands by itself.
type Block struct {
	Kind Kind
	// Text is one line of plain text, never empty.
	Text string
}

// Read returns the blocks of a page or of a piece of one, in order.
func Read(source string) []Block {
	r := reader{tokens: html.NewTokenizer(strings.NewReader(source))}
	for r.next() {
	}
	r.flush()
	return r.blocks
}

// Text puts together what is text in blocks: paragraphs, quotes and items,
// separated by empty lines.
func Text(blocks []Block) string {
	var lines []string
	for _, b := range blocks {
		switch b.Kind {
		case Paragraph, Quote, Item:
			lines = append(lines, b.Text)
		}
	}
	return strings.Join(lines, "\n\n")
}

// Of returns the texts of the blocks of one kind.
func Of(kind Kind, blocks []Block) []string {
	var all []string
	for _, b := range blocks {
		if b.Kind == kind {
			all = append(all, b.Text)
		}
	}
	return all
}

// reader makes blocks of tokens.
type reader struct {
	tokens *html.Tokenizer
	blocks []Block

	// text is the block that is being read; linked and loose count its letters
	// within and outside of links.
	text          strings.Builder
	linked, loose int
	links         int
	breaks        int

	// hidden is the element that is passed over, and depth how deep it is in
	// itself.
	hidden string
	depth  int

	heading, quote, item, caption int
}

// next takes a token; false at the end.
func (r *reader) next() bool {
	kind := r.tokens.Next()
	if kind == html.ErrorToken {
		return false // io.EOF: the source is in memory
	}
	switch kind {
	case html.TextToken:
		if r.hidden == "" {
			r.add(string(r.tokens.Text()))
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		r.start(kind == html.SelfClosingTagToken)
	case html.EndTagToken:
		name, _ := r.tokens.TagName()
		r.end(string(name))
	}
	return true
}

func (r *reader) start(closed bool) {
	raw, more := r.tokens.TagName()
	name := string(raw)
	if r.hidden != "" {
		if name == r.hidden && !closed {
			r.depth++
		}
		return
	}
	if !voids[name] && (hidden[name] || more && r.isHidden()) {
		if !closed || !foreign[name] {
			r.hidden, r.depth = name, 1
		}
		if blocks[name] {
			r.flush()
		}
		return
	}
	if name == "br" {
		r.lineBreak()
		return
	}
	if blocks[name] {
		r.flush()
	}
	r.count(name, 1)
}

// isHidden reports whether the attributes of the tag hide the element.
func (r *reader) isHidden() bool {
	for {
		key, value, more := r.tokens.TagAttr()
		switch string(key) {
		case "hidden":
			return true
		case "aria-hidden":
			if string(value) == "true" {
				return true
			}
		case "style":
			style := strings.ReplaceAll(strings.ToLower(string(value)), " ", "")
			if strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") {
				return true
			}
		}
		if !more {
			return false
		}
	}
}

func (r *reader) end(name string) {
	if r.hidden != "" {
		if name == r.hidden {
			r.depth--
		}
		if r.depth == 0 {
			r.hidden = ""
		}
		return
	}
	if blocks[name] {
		r.flush()
	}
	if cells[name] {
		r.add(" ")
	}
	r.count(name, -1)
}

// count keeps how deep the reader is in the elements that say what a block is.
func (r *reader) count(name string, by int) {
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading = max(0, by) // they are not in each other
	case "blockquote":
		r.quote = max(0, r.quote+by)
	case "li":
		r.item = max(0, by)
	case "ul", "ol":
		r.item = 0
	case "figcaption":
		r.caption = max(0, by)
	case "figure":
		r.caption = 0
	case "a":
		r.links = max(0, by)
	}
}

// lineBreak ends the block at the second break in a row.
func (r *reader) lineBreak() {
	r.breaks++
	if r.breaks > 1 {
		r.flush()
		return
	}
	r.text.WriteByte(' ')
}

func (r *reader) add(s string) {
	letters := len(s) - strings.Count(s, " ")
	if strings.TrimSpace(s) == "" {
		letters = 0
	} else {
		r.breaks = 0
	}
	if r.links > 0 {
		r.linked += letters
	} else if strings.Trim(s, " \t\r\n|·•,/›»-–—:") != "" {
		r.loose += letters
	}
	r.text.WriteString(s)
}

// flush ends the block.
func (r *reader) flush() {
	line := oneLine(r.text.String())
	kind := r.kind()
	r.text.Reset()
	r.linked, r.loose, r.breaks = 0, 0, 0
	if line != "" {
		r.blocks = append(r.blocks, Block{kind, line})
	}
}

func (r *reader) kind() Kind {
	switch {
	case r.caption > 0:
		return Caption
	case r.heading > 0:
		return Heading
	case r.linked > 0 && r.loose == 0:
		return Linked
	case r.quote > 0:
		return Quote
	case r.item > 0:
		return Item
	}
	return Paragraph
}

// oneLine is s cleaned and in one line.
func oneLine(s string) string { return strings.Join(strings.Fields(text.Clean(s)), " ") }

// blocks are the elements whose beginning and end separate blocks.
var blocks = set(`address article aside blockquote body caption center dd details dialog div dl dt fieldset
	figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary
	table tbody tfoot thead tr ul`)

// hidden are the elements whose content is not text.
var hidden = set(`audio button canvas datalist form iframe math nav noscript object script select style svg
	template textarea title video`)

// foreign are the elements that a slash before the end of the tag closes.
var foreign = set(`svg math`)

var cells = set(`td th`)

// voids have no content and no end.
var voids = set(`area base br col embed hr img input link meta param source track wbr`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
