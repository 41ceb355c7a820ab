package apiserver

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// richParser reads the HTML of rich messages: a tree of blocks and, in them, text
// with looks. It is stricter than Telegram: what is not served or seen broken in
// Telegram's own clients (tg-time, tg-reference, an expandable blockquote, media,
// formulas) is refused, and so is a tag that is left open or closed out of turn.
type richParser struct {
	tokens *html.Tokenizer
	pos    int // of the current token, in bytes
	length int // of the current token
	kind   html.TokenType
	token  html.Token
	depth  int
}

// richAttributes are the attributes that a tag may have.
var richAttributes = map[string][]string{
	"a": {"href", "name"}, "code": {"class"}, "table": {"bordered", "striped", "compact"},
	"td": {"align", "valign", "colspan", "rowspan"}, "th": {"align", "valign", "colspan", "rowspan"},
	"details": {"open"}, "ol": {"start", "type"}, "li": {"value"},
}

// richBlocks are the tags that make a block.
var richBlocks = []string{"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "hr", "table", "details", "aside", "blockquote", "footer", "pre", "tg-thinking"}

// parseRich returns the blocks of rich HTML. The error holds what follows "can't
// parse entities: ".
func parseRich(in string) ([]RichBlock, error) {
	p := &richParser{tokens: html.NewTokenizer(strings.NewReader(in))}
	if err := p.next(); err != nil {
		return nil, err
	}
	return p.blocks("")
}

// next reads a token; at the end of the input its kind is html.ErrorToken.
func (p *richParser) next() error {
	p.pos += p.length
	p.kind = p.tokens.Next()
	raw := string(p.tokens.Raw())
	p.length = len(raw)
	p.token = p.tokens.Token()
	switch p.kind {
	case html.TextToken:
		return p.checkText(raw)
	case html.CommentToken, html.DoctypeToken:
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", strings.Trim(raw, "<>"), p.pos)
	case html.StartTagToken, html.SelfClosingTagToken:
		return p.checkTag()
	}
	return nil
}

func (p *richParser) checkText(raw string) error {
	if i := strings.IndexAny(raw, "<>"); i >= 0 {
		return fmt.Errorf("Unescaped %q at byte offset %d", raw[i:i+1], p.pos+i)
	}
	for at := strings.IndexByte(raw, '&'); at >= 0 && at < len(raw); {
		check := htmlParser{in: raw, pos: at}
		if _, err := check.reference(); err != nil {
			return fmt.Errorf(`Unsupported entity "&" at byte offset %d`, p.pos+at)
		}
		next := strings.IndexByte(raw[at+1:], '&')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return nil
}

func (p *richParser) checkTag() error {
	name := p.token.Data
	parts := []string{"br", "li", "caption", "tr", "td", "th", "summary", "cite", "tbody", "thead"}
	if _, inline := looks[name]; !inline && !slices.Contains(richBlocks, name) && !slices.Contains(parts, name) {
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", name, p.pos)
	}
	for _, a := range p.token.Attr {
		if !slices.Contains(richAttributes[name], a.Key) {
			return fmt.Errorf("Unsupported attribute %q of the tag %q at byte offset %d", a.Key, name, p.pos)
		}
	}
	return nil
}

func (p *richParser) attribute(name string) (string, bool) {
	for _, a := range p.token.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (p *richParser) number(name string) int {
	text, _ := p.attribute(name)
	n, _ := strconv.Atoi(text) // not a number is as if it were not there
	return n
}

// ends reports whether the current token closes the tag; "" is closed by the end
// of the input.
func (p *richParser) ends(tag string) bool {
	if tag == "" {
		return p.kind == html.ErrorToken
	}
	return p.kind == html.EndTagToken && p.token.Data == tag
}

// open says what is wrong where neither the end of a tag nor anything that may be
// in it comes.
func (p *richParser) open(tag string) error {
	switch p.kind {
	case html.ErrorToken:
		return fmt.Errorf("Can't find end tag corresponding to start tag %q", tag)
	case html.EndTagToken:
		if tag == "" {
			return fmt.Errorf("Unexpected end tag at byte offset %d", p.pos)
		}
		return fmt.Errorf(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, p.pos, tag, p.token.Data)
	}
	return fmt.Errorf("Tag %q can't be inside the tag %q at byte offset %d", p.token.Data, tag, p.pos)
}

func (p *richParser) starts(tags ...string) bool {
	return (p.kind == html.StartTagToken || p.kind == html.SelfClosingTagToken) && slices.Contains(tags, p.token.Data)
}

func (p *richParser) blank() bool {
	return p.kind == html.TextToken && strings.TrimSpace(p.token.Data) == ""
}

// blocks reads what is inside of a tag up to its end, which stays the current
// token. Text outside of a block is a paragraph.
func (p *richParser) blocks(tag string) ([]RichBlock, error) {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > 4*maxRichDepth {
		return nil, fmt.Errorf("too many nested tags at byte offset %d", p.pos)
	}
	out := []RichBlock{}
	var loose []RichText
	flush := func() {
		if t := join(loose); strings.TrimSpace(t.String()) != "" {
			out = append(out, RichBlock{Type: "paragraph", Text: t})
		}
		loose = nil
	}
	for !p.ends(tag) && !(tag == "blockquote" && p.starts("cite")) {
		if p.starts(richBlocks...) {
			flush()
			b, err := p.block()
			if err != nil {
				return nil, err
			}
			out = append(out, b)
			continue
		}
		t, err := p.piece(tag)
		if err != nil {
			return nil, err
		}
		loose = append(loose, t)
	}
	flush()
	return out, nil
}

// block reads one block and its end.
func (p *richParser) block() (RichBlock, error) {
	tag := p.token.Data
	switch tag {
	case "hr":
		return RichBlock{Type: "divider"}, p.next()
	case "ul", "ol":
		return p.list(tag)
	case "table":
		return p.table()
	case "details":
		return p.details()
	case "blockquote":
		return p.quotation()
	}
	b := RichBlock{Type: textBlocks[tag]}
	if b.Type == "" {
		b.Type, b.Size = "heading", int(tag[1]-'0')
	}
	if err := p.next(); err != nil {
		return b, err
	}
	if tag == "pre" {
		return b, p.pre(&b)
	}
	var err error
	b.Text, err = p.text(tag)
	return b, err
}

var textBlocks = map[string]string{"p": "paragraph", "footer": "footer", "aside": "pullquote", "tg-thinking": "thinking", "pre": "pre"}

// pre reads the content of <pre>, whose <code> names the language.
func (p *richParser) pre(b *RichBlock) (err error) {
	if p.starts("code") {
		class, _ := p.attribute("class")
		b.Language = strings.TrimPrefix(class, "language-")
		if err = p.next(); err != nil {
			return err
		}
		if b.Text, err = p.text("code"); err != nil {
			return err
		}
		if !p.ends("pre") {
			return p.open("pre")
		}
		return p.next()
	}
	b.Text, err = p.text("pre")
	return err
}

// text reads text with looks up to and with the end of a tag.
func (p *richParser) text(tag string) (*RichText, error) {
	var parts []RichText
	for !p.ends(tag) {
		t, err := p.piece(tag)
		if err != nil {
			return nil, err
		}
		parts = append(parts, t)
	}
	return join(parts), p.next()
}

// piece reads a run of plain text, a line break, or a look with all in it.
func (p *richParser) piece(tag string) (RichText, error) {
	if p.kind == html.TextToken {
		t := RichText{Plain: spaced(p.token.Data, tag)}
		return t, p.next()
	}
	if p.starts("br") {
		return RichText{Plain: "\n"}, p.next()
	}
	name := p.token.Data
	look := looks[name]
	if p.kind != html.StartTagToken || look == "" {
		return RichText{}, p.open(tag)
	}
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > 4*maxRichDepth {
		return RichText{}, fmt.Errorf("too many nested tags at byte offset %d", p.pos)
	}
	begin := p.pos
	href, _ := p.attribute("href")
	if err := p.next(); err != nil {
		return RichText{}, err
	}
	inner, err := p.text(name)
	if err == nil && look == "url" && checkURL(href) != "" {
		err = fmt.Errorf("Unsupported link %q at byte offset %d", href, begin)
	}
	return RichText{Type: look, Inner: inner, URL: href}, err
}

// spaced makes runs of white space one space, as HTML has it.
func spaced(text, tag string) string {
	if tag == "pre" || tag == "code" {
		return text
	}
	words := strings.Join(strings.Fields(text), " ")
	if words == "" {
		return " "
	}
	if strings.TrimLeft(text, " \t\r\n") != text {
		words = " " + words
	}
	if strings.TrimRight(text, " \t\r\n") != text {
		words += " "
	}
	return words
}

func join(parts []RichText) *RichText {
	if len(parts) == 1 {
		return &parts[0]
	}
	return &RichText{Parts: parts}
}

// skipBlank skips white space between the parts of a block.
func (p *richParser) skipBlank() error {
	for p.blank() {
		if err := p.next(); err != nil {
			return err
		}
	}
	return nil
}

// parts calls read at each start of one of the tags inside of a block, up to and
// with the block's end. Read begins behind the start tag.
func (p *richParser) parts(tag string, read func(part string, start *richParser) error, parts ...string) error {
	if err := p.next(); err != nil {
		return err
	}
	for {
		if err := p.skipBlank(); err != nil {
			return err
		}
		if p.ends(tag) {
			return p.next()
		}
		if !p.starts(parts...) {
			return p.open(tag)
		}
		start := *p
		if err := p.next(); err != nil {
			return err
		}
		if err := read(start.token.Data, &start); err != nil {
			return err
		}
	}
}

func (p *richParser) list(tag string) (RichBlock, error) {
	b := RichBlock{Type: "list"}
	number := max(p.number("start"), 1)
	err := p.parts(tag, func(_ string, start *richParser) error {
		item := RichItem{Label: "•"}
		if tag == "ol" {
			if v := start.number("value"); v > 0 {
				number = v
			}
			item.Label, item.Value = strconv.Itoa(number)+".", number
			number++
		}
		var err error
		if item.Blocks, err = p.blocks("li"); err != nil {
			return err
		}
		b.Items = append(b.Items, item)
		return p.next()
	}, "li")
	return b, err
}

func (p *richParser) details() (RichBlock, error) {
	b := RichBlock{Type: "details"}
	_, b.Open = p.attribute("open")
	begin := p.pos
	if err := p.next(); err != nil {
		return b, err
	}
	if err := p.skipBlank(); err != nil {
		return b, err
	}
	if !p.starts("summary") {
		return b, fmt.Errorf(`Tag "details" must begin with the tag "summary" at byte offset %d`, begin)
	}
	if err := p.next(); err != nil {
		return b, err
	}
	var err error
	if b.Summary, err = p.text("summary"); err != nil {
		return b, err
	}
	if b.Blocks, err = p.blocks("details"); err != nil {
		return b, err
	}
	return b, p.next()
}

// quotation reads a <blockquote>, which may end in a <cite>.
func (p *richParser) quotation() (RichBlock, error) {
	b := RichBlock{Type: "blockquote"}
	if err := p.next(); err != nil {
		return b, err
	}
	var err error
	if b.Blocks, err = p.blocks("blockquote"); err != nil {
		return b, err
	}
	if p.starts("cite") {
		if err := p.next(); err != nil {
			return b, err
		}
		if b.Credit, err = p.text("cite"); err != nil {
			return b, err
		}
		if err := p.skipBlank(); err != nil {
			return b, err
		}
	}
	if !p.ends("blockquote") {
		return b, p.open("blockquote")
	}
	return b, p.next()
}

func (p *richParser) table() (RichBlock, error) {
	b := RichBlock{Type: "table"}
	_, b.Bordered = p.attribute("bordered")
	_, b.Striped = p.attribute("striped")
	_, b.Compact = p.attribute("compact")
	err := p.parts("table", func(part string, _ *richParser) error {
		if part == "caption" {
			var err error
			b.Caption, err = p.text("caption")
			return err
		}
		row, err := p.row()
		b.Cells = append(b.Cells, row)
		return err
	}, "caption", "tr")
	return b, err
}

// row reads the cells of a row and its end, from behind its start.
func (p *richParser) row() ([]RichCell, error) {
	row := []RichCell{}
	for {
		if err := p.skipBlank(); err != nil {
			return nil, err
		}
		if p.ends("tr") {
			return row, p.next()
		}
		if !p.starts("td", "th") {
			return nil, p.open("tr")
		}
		cell, err := p.cell()
		if err != nil {
			return nil, err
		}
		row = append(row, cell)
	}
}

func (p *richParser) cell() (RichCell, error) {
	tag := p.token.Data
	c := RichCell{Header: tag == "th", Across: p.number("colspan"), Down: p.number("rowspan"), Align: "left", Valign: "top"}
	if align, ok := p.attribute("align"); ok && slices.Contains([]string{"left", "center", "right"}, align) {
		c.Align = align
	}
	if valign, ok := p.attribute("valign"); ok && slices.Contains([]string{"top", "middle", "bottom"}, valign) {
		c.Valign = valign
	}
	if err := p.next(); err != nil {
		return c, err
	}
	var err error
	c.Text, err = p.text(tag)
	return c, err
}
