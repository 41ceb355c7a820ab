package markup

import (
	"html"
	"regexp"
	"strings"
)

// inline are the tags that people write in titles.
var inline = regexp.MustCompile(`(?i)</?(?:a|abbr|b|bdi|br|cite|code|div|em|font|i|mark|p|q|s|small|span|strong|sub|sup|u|wbr)(?:\s[^<>]*)?/?>`)

// entity is a character by its name or number, complete with its semicolon: what
// "AT&T" and addresses hold is none.
var entity = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});`)

// maxLayers is how often a title can be escaped: feeds escape once too often,
// and now and then twice.
const maxLayers = 3

// Line returns what a title that may hold markup, entities, and entities of
// entities is meant to say, as one line of plain text. What only looks like a
// tag ("<50") stays.
func Line(s string) string {
	for range maxLayers {
		next := Unescape(inline.ReplaceAllStringFunc(s, gap))
		if next == s {
			break
		}
		s = next
	}
	return oneLine(inline.ReplaceAllStringFunc(s, gap))
}

// Unescape puts characters in place of their names and numbers, once. A name
// without a semicolon is none: in an address, "&copy=1" is a parameter.
func Unescape(s string) string { return entity.ReplaceAllStringFunc(s, html.UnescapeString) }

// gap is what a tag leaves behind.
func gap(tag string) string {
	name := strings.ToLower(strings.TrimLeft(tag, "</"))
	if strings.HasPrefix(name, "br") || strings.HasPrefix(name, "p") || strings.HasPrefix(name, "div") {
		return " "
	}
	return ""
}
