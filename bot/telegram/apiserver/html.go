package apiserver

import (
	"fmt"
	"net/url"
	"slices"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"
)

// simpleTags are the tags that need no attribute, with their entities.
var simpleTags = map[string]string{
	"b": "bold", "strong": "bold",
	"i": "italic", "em": "italic",
	"u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"code": "code", "pre": "pre", "blockquote": "blockquote",
	"tg-spoiler": "spoiler", "span": "spoiler",
	"a": "text_link", "tg-emoji": "custom_emoji",
}

// attributes names the one attribute that each tag may have.
var attributes = map[string]string{
	"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "blockquote": "expandable",
}

// references are the named character references that Telegram knows.
var references = map[string]rune{"lt": '<', "gt": '>', "amp": '&', "quot": '"'}

// htmlParser reads classic HTML once from left to right.
type htmlParser struct {
	in       string
	pos      int
	out      strings.Builder
	units    int // UTF-16 units in out
	open     []openTag
	inside   map[string]int // how many of a tag are open
	entities []Entity
}

type openTag struct {
	name, argument string
	start          int // byte offset in the input
	offset         int // in UTF-16 units
	text           int // in bytes of the output
}

// parseHTML turns Telegram's classic HTML into plain text and its entities,
// sorted by offset and the longer first. The error holds what Telegram says after
// "can't parse entities: ".
func parseHTML(in string) (string, []Entity, error) {
	p := &htmlParser{in: in, inside: map[string]int{}}
	for p.pos < len(p.in) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, fmt.Errorf("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	text, entities := trim(p.out.String(), p.entities)
	return text, tidy(entities), nil
}

func (p *htmlParser) step() error {
	switch p.in[p.pos] {
	case '<':
		if strings.HasPrefix(p.in[p.pos:], "</") {
			return p.endTag()
		}
		return p.startTag()
	case '&':
		r, err := p.reference()
		if err != nil {
			return err
		}
		p.write(r)
	case '>':
		return fmt.Errorf(`Unescaped ">" at byte offset %d`, p.pos)
	default:
		r, size := utf8.DecodeRuneInString(p.in[p.pos:])
		p.pos += size
		p.write(r)
	}
	return nil
}

func (p *htmlParser) write(r rune) {
	p.out.WriteRune(r)
	p.units += runeUnits(r)
}

// maxReference bounds "&…;": the longest that counts is "&#x10FFFF;".
const maxReference = 10

// reference reads "&…;" at pos.
func (p *htmlParser) reference() (rune, error) {
	rest := p.in[p.pos:]
	end := strings.IndexByte(rest[:min(len(rest), maxReference)], ';')
	if end < 0 {
		return 0, fmt.Errorf(`Unsupported entity "&" at byte offset %d`, p.pos)
	}
	r, ok := referenced(rest[1:end])
	if !ok {
		return 0, fmt.Errorf("Unsupported entity %q at byte offset %d", rest[:end+1], p.pos)
	}
	p.pos += end + 1
	return r, nil
}

func referenced(name string) (rune, bool) {
	if r, ok := references[name]; ok {
		return r, true
	}
	digits, numeric := strings.CutPrefix(name, "#")
	if !numeric {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

func (p *htmlParser) startTag() error {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	if p.pos == len(p.in) {
		return fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	if _, ok := simpleTags[name]; !ok {
		return fmt.Errorf("Unsupported start tag %q at byte offset %d", name, begin)
	}
	if err := p.mayNest(name, begin); err != nil {
		return err
	}
	argument, err := p.attributes(name, begin)
	if err != nil {
		return err
	}
	if name == "span" && argument != "tg-spoiler" {
		return fmt.Errorf(`Tag "span" must have class "tg-spoiler" at byte offset %d`, begin)
	}
	p.inside[name]++
	p.open = append(p.open, openTag{name: name, argument: argument, start: begin, offset: p.units, text: p.out.Len()})
	return nil
}

// mayNest refuses what Telegram would silently take apart: anything inside code
// and pre, but for the code that names pre's language, and quotes inside quotes.
func (p *htmlParser) mayNest(name string, begin int) error {
	outer := ""
	switch {
	case p.inside["code"] > 0:
		outer = "code"
	case p.inside["pre"] > 0 && name != "code":
		outer = "pre"
	case p.inside["blockquote"] > 0 && name == "blockquote":
		outer = "blockquote"
	default:
		return nil
	}
	return fmt.Errorf("Tag %q can't be inside the tag %q at byte offset %d", name, outer, begin)
}

// attributes reads up to and with the ">" and returns the value of the tag's
// attribute.
func (p *htmlParser) attributes(tag string, begin int) (string, error) {
	argument := ""
	for {
		p.spaces()
		if p.pos == len(p.in) {
			return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
		}
		if p.in[p.pos] == '>' {
			p.pos++
			return argument, nil
		}
		value, err := p.attribute(tag, begin)
		if err != nil {
			return "", err
		}
		argument = value
	}
}

func (p *htmlParser) attribute(tag string, begin int) (string, error) {
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '=' || c == '>' }))
	if name == "" {
		return "", fmt.Errorf("Empty attribute name in the tag %q at byte offset %d", tag, begin)
	}
	p.spaces()
	if p.pos == len(p.in) {
		return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	known := attributes[tag] == name
	if p.in[p.pos] != '=' {
		if known && name == "expandable" {
			return name, nil
		}
		return "", fmt.Errorf("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", tag, begin)
	}
	p.pos++
	p.spaces()
	value, err := p.value(begin)
	if err == nil && !known {
		err = fmt.Errorf("Unsupported attribute %q of the tag %q at byte offset %d", name, tag, begin)
	}
	return value, err
}

// value reads an attribute's value, bare or in quotation marks.
func (p *htmlParser) value(begin int) (string, error) {
	if p.pos == len(p.in) {
		return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	mark := p.in[p.pos]
	if mark != '"' && mark != '\'' {
		return p.bareValue(begin)
	}
	p.pos++
	var value strings.Builder
	for p.pos < len(p.in) && p.in[p.pos] != mark {
		if p.in[p.pos] != '&' {
			value.WriteByte(p.in[p.pos])
			p.pos++
			continue
		}
		r, err := p.reference()
		if err != nil {
			return "", err
		}
		value.WriteRune(r)
	}
	if p.pos == len(p.in) {
		return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	p.pos++
	return value.String(), nil
}

func (p *htmlParser) bareValue(begin int) (string, error) {
	at := p.pos
	value := p.until(func(c byte) bool { return !isAlnum(c) && c != '.' && c != '-' })
	if p.pos == len(p.in) {
		return "", fmt.Errorf("Unclosed start tag at byte offset %d", begin)
	}
	if c := p.in[p.pos]; !isSpace(c) && c != '>' {
		return "", fmt.Errorf("Unexpected end of name token at byte offset %d", at)
	}
	return strings.ToLower(value), nil
}

func (p *htmlParser) endTag() error {
	begin := p.pos
	if len(p.open) == 0 {
		return fmt.Errorf("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += 2
	name := strings.ToLower(p.until(func(c byte) bool { return isSpace(c) || c == '>' }))
	p.spaces()
	if p.pos == len(p.in) || p.in[p.pos] != '>' {
		return fmt.Errorf("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return fmt.Errorf(`Unmatched end tag at byte offset %d, expected "</%s>", found "</%s>"`, begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.inside[tag.name]--
	return p.close(tag)
}

// close adds the entity of a tag whose end was read.
func (p *htmlParser) close(tag openTag) error {
	e := Entity{Type: simpleTags[tag.name], Offset: tag.offset, Length: p.units - tag.offset}
	if e.Length == 0 {
		return nil
	}
	var err error
	switch tag.name {
	case "a":
		err = linkTo(&e, tag, p.out.String()[tag.text:])
	case "blockquote":
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	case "tg-emoji":
		e.EmojiID = tag.argument
		if !isEmojiID(e.EmojiID) {
			err = fmt.Errorf("Invalid custom emoji identifier specified")
		}
	case "code":
		if p.insidePre() {
			p.open[len(p.open)-1].argument = strings.TrimPrefix(tag.argument, "language-")
			return nil
		}
	case "pre":
		e.Language = tag.argument
	}
	p.entities = append(p.entities, e)
	return err
}

func (p *htmlParser) insidePre() bool {
	return len(p.open) > 0 && p.open[len(p.open)-1].name == "pre"
}

// linkTo sets where a link leads. One without an address leads to its text.
func linkTo(e *Entity, tag openTag, text string) error {
	address := tag.argument
	if address == "" {
		address = text
	}
	if id, ok := mentioned(address); ok {
		e.Type, e.User = "text_mention", &User{ID: id}
		return nil
	}
	if checkURL(address) != "" {
		return fmt.Errorf("Unsupported link %q at byte offset %d", address, tag.start)
	}
	e.URL = address
	return nil
}

// mentioned reads "tg://user?id=…".
func mentioned(address string) (int64, bool) {
	digits, ok := strings.CutPrefix(address, "tg://user?id=")
	if !ok {
		return 0, false
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, err == nil && id > 0
}

// checkURL says in Telegram's words what is wrong with the address of a link or
// button, or "" when nothing is.
func checkURL(address string) string {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return "URL host is empty"
	case err != nil || u.Scheme == "":
		return "Wrong HTTP URL"
	case u.Scheme == "tg" || u.Scheme == "ton":
		return ""
	case u.Scheme != "http" && u.Scheme != "https":
		return "Unsupported URL protocol"
	case u.Hostname() == "":
		return "URL host is empty"
	}
	return ""
}

func isEmojiID(s string) bool {
	_, err := strconv.ParseInt(s, 10, 64)
	return err == nil
}

// until reads up to the first byte that ends, or to the end of the input.
func (p *htmlParser) until(ends func(byte) bool) string {
	from := p.pos
	for p.pos < len(p.in) && !ends(p.in[p.pos]) {
		p.pos++
	}
	return p.in[from:p.pos]
}

func (p *htmlParser) spaces() {
	p.until(func(c byte) bool { return !isSpace(c) })
}

func isSpace(c byte) bool { return strings.IndexByte(" \t\r\n\v\f", c) >= 0 }

func isAlnum(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

// tidy sorts entities by offset, the longer first and then the outer first, and
// drops repetitions.
func tidy(entities []Entity) []Entity {
	slices.Reverse(entities) // inner ones were closed first
	sort.SliceStable(entities, func(i, j int) bool {
		a, b := entities[i], entities[j]
		if a.Offset != b.Offset {
			return a.Offset < b.Offset
		}
		return a.Length > b.Length
	})
	return slices.CompactFunc(entities, func(a, b Entity) bool {
		return a.Type == b.Type && a.Offset == b.Offset && a.Length == b.Length
	})
}
