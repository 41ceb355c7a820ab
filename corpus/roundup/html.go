package roundup

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/corpus/text"
)

// maxLinks is the number of a line's links that are kept; a mark has one or two.
const maxLinks = 8

// isHTML reports whether a page begins as HTML does. A text does not begin with
// a tag.
func isHTML(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n\f")
	if len(data) < 2 || data[0] != '<' {
		return false
	}
	c := data[1] | 0x20
	return data[1] == '!' || data[1] == '?' || c >= 'a' && c <= 'z'
}

// blocks are the elements whose beginning and end separate lines.
var blocks = set(`address article aside blockquote body caption dd details dialog div dl dt fieldset
	figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary
	table tbody td tfoot th thead tr ul`)

// hidden are the elements whose content is not the page's text.
var hidden = set(`audio button canvas datalist iframe math nav noscript object script select style svg
	template textarea title video`)

// voids have no content and no end.
var voids = set(`area base br col embed hr img input link meta param source track wbr`)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// htmlLines returns what an HTML page shows, a line for each block, and its
// language.
//
// It goes by tokens and builds no tree: a line number can be given for each
// line, and memory stays near the size of the text. Asides and footers are
// margin: only marks and bylines in them count.
func htmlLines(data []byte) ([]line, string, *Error) {
	r := htmlReader{tokens: html.NewTokenizer(bytes.NewReader(data)), n: 1, gap: true}
	for r.fault == nil {
		kind := r.tokens.Next()
		if kind == html.ErrorToken {
			break // io.EOF: the data is in memory, and the tokenizer reads any
		}
		ends := bytes.Count(r.tokens.Raw(), []byte("\n"))
		r.token(kind)
		r.n += ends
	}
	r.flush()
	return r.lines, r.language, r.fault
}

// htmlReader collects the lines of a page.
type htmlReader struct {
	tokens   *html.Tokenizer
	lines    []line
	language string
	fault    *Error

	n    int // the line of the file
	base *url.URL
	href string // of the link that is open

	// skip is the element that is passed over, depth how often it is open.
	skip  string
	depth int
	// margin, heading and caption count the open elements of that kind.
	margin, heading, caption int

	current strings.Builder
	start   int // the line where current begins
	gap     bool
	links   []string
}

func (r *htmlReader) token(kind html.TokenType) {
	switch kind {
	case html.TextToken:
		r.addText(string(r.tokens.Text()))
	case html.StartTagToken, html.SelfClosingTagToken:
		name, more := r.tokens.TagName()
		r.open(string(name), kind == html.SelfClosingTagToken, r.attributes(more))
	case html.EndTagToken:
		name, _ := r.tokens.TagName()
		r.close(string(name))
	}
}

// attributes returns those attributes of a tag that matter, the first of a name.
func (r *htmlReader) attributes(more bool) map[string]string {
	var m map[string]string
	for more {
		var k, v []byte
		k, v, more = r.tokens.TagAttr()
		switch string(k) {
		case "href", "lang", "hidden", "style":
			if m == nil {
				m = map[string]string{}
			}
			if _, ok := m[string(k)]; !ok {
				m[string(k)] = string(v)
			}
		}
	}
	return m
}

func (r *htmlReader) addText(s string) {
	if r.skip != "" {
		return
	}
	shown := strings.TrimLeft(s, " \t\r\n\f")
	if shown == "" {
		r.current.WriteByte(' ')
		return
	}
	if r.start == 0 {
		r.start = r.n + strings.Count(s[:len(s)-len(shown)], "\n")
	}
	if r.href != "" && len(r.links) < maxLinks && !slices.Contains(r.links, r.href) {
		r.links = append(r.links, r.href)
	}
	r.current.WriteString(s)
	if r.current.Len() > 2*MaxLine {
		r.fault = longLine(r.start)
	}
}

func (r *htmlReader) open(name string, closed bool, attributes map[string]string) {
	if r.skip != "" {
		if name == r.skip && !closed {
			r.depth++
		}
		return
	}
	if !voids[name] && !closed && (hidden[name] || invisible(attributes)) {
		r.skip, r.depth = name, 1
		return
	}
	if blocks[name] {
		r.flush()
		r.gap = true
	}
	r.count(name, 1)
	switch name {
	case "br":
		r.flush()
	case "a":
		r.href = r.resolve(attributes["href"])
	case "html":
		r.language = languageTag(attributes["lang"])
	case "base":
		if u, err := url.Parse(attributes["href"]); err == nil && u.IsAbs() {
			r.base = u
		}
	}
}

func (r *htmlReader) close(name string) {
	if r.skip != "" {
		if name == r.skip {
			r.depth--
		}
		if r.depth == 0 {
			r.skip = ""
		}
		return
	}
	if blocks[name] {
		r.flush()
		r.gap = true
	}
	if name == "a" {
		r.href = ""
	}
	r.count(name, -1)
}

// count keeps count of the open elements that say what a line is.
func (r *htmlReader) count(name string, by int) {
	switch name {
	case "h1", "h2", "h3", "h4", "h5", "h6":
		r.heading = max(0, r.heading+by)
	case "figcaption":
		r.caption = max(0, r.caption+by)
	case "aside", "footer":
		r.margin = max(0, r.margin+by)
	}
}

// flush ends the line.
func (r *htmlReader) flush() {
	shown := strings.Join(text.Paragraphs(r.current.String()), " ")
	if shown != "" {
		switch {
		case len(shown) > MaxLine:
			r.fault = longLine(r.start)
		case len(r.lines) == maxLines:
			r.fault = manyLines(r.start)
		}
		r.lines = append(r.lines, line{
			n: r.start, text: shown, mark: markOf(shown),
			element: r.element(), gap: r.gap, margin: r.margin > 0, links: r.links,
		})
		r.gap = false
	}
	r.current.Reset()
	r.start, r.links = 0, nil
}

func (r *htmlReader) element() element {
	switch {
	case r.caption > 0:
		return caption
	case r.heading > 0:
		return heading
	}
	return plain
}

// resolve returns the whole address of a link, or "" where the page does not say
// what it is relative to.
func (r *htmlReader) resolve(href string) string {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || href == "" {
		return ""
	}
	if r.base != nil {
		u = r.base.ResolveReference(u)
	}
	if !u.IsAbs() && u.Host != "" {
		u.Scheme = "https"
	}
	if !u.IsAbs() {
		return ""
	}
	return u.String()
}

// invisible reports whether an element says that it is not shown.
func invisible(attributes map[string]string) bool {
	_, off := attributes["hidden"]
	style := strings.ToLower(strings.Join(strings.Fields(attributes["style"]), ""))
	return off || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden")
}

// languageTag returns s if it has the shape of a BCP 47 tag, else "".
func languageTag(s string) string {
	s = strings.TrimSpace(s)
	primary, _, _ := strings.Cut(s, "-")
	odd := func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-')
	}
	if len(primary) < 2 || len(primary) > 3 || len(s) > 35 || strings.ContainsFunc(s, odd) {
		return ""
	}
	return s
}
