package archive

import (
	"bytes"
	"io"
	"net/url"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"

	"newsdesk/corpus/charset"
	"newsdesk/corpus/dated"
)

// maxLook is how far into a page its address is looked for, in bytes.
const maxLook = 1 << 20

// savedPage reads a page that a browser or a program saved.
func savedPage(r io.Reader) (Document, error) {
	data, err := readAll(r, MaxBytes)
	if err != nil {
		return Document{}, err
	}
	if len(bytes.TrimSpace(data)) == 0 {
		return Document{}, ErrNoPage
	}
	m := look(data)
	return Document{URL: m.address(), Data: data, At: m.at}, nil
}

// marks are what a page says of where it comes from.
type marks struct {
	canonical, graph, saved string
	at                      time.Time
}

// address is the canonical link, else where the page was saved from, else what it
// says to social networks.
func (m marks) address() string {
	base, err := url.Parse(m.saved)
	if err != nil {
		base = &url.URL{}
	}
	for _, s := range []string{m.canonical, m.saved, m.graph} {
		u, err := url.Parse(strings.TrimSpace(s))
		if err != nil || s == "" {
			continue
		}
		if address := canonical(base.ResolveReference(u).String()); address != "" {
			return address
		}
	}
	return ""
}

// look finds the marks at the beginning of a page; the first of each counts.
func look(data []byte) marks {
	data = data[:min(len(data), maxLook)]
	if charset.Wide(data) != nil {
		data = charset.UTF8(data, "")
	}
	var m marks
	tokens := html.NewTokenizer(bytes.NewReader(data))
	tokens.SetMaxBuf(maxLook)
	for {
		switch kind := tokens.Next(); kind {
		case html.ErrorToken:
			return m
		case html.CommentToken:
			m.comment(string(tokens.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			m.tag(tokens)
		}
	}
}

func (m *marks) tag(tokens *html.Tokenizer) {
	name, more := tokens.TagName()
	isLink, isMeta := string(name) == "link", string(name) == "meta"
	if !isLink && !isMeta {
		return
	}
	attributes := map[string]string{}
	for more {
		var key, value []byte
		key, value, more = tokens.TagAttr()
		attributes[string(key)] = string(value)
	}
	switch {
	case isLink && strings.EqualFold(strings.TrimSpace(attributes["rel"]), "canonical") && m.canonical == "":
		m.canonical = attributes["href"]
	case isMeta && strings.EqualFold(attributes["property"], "og:url") && m.graph == "":
		m.graph = attributes["content"]
	}
}

// The comments in which programs say where a page comes from, and when.
var (
	byBrowser  = regexp.MustCompile(`^\s*saved from url=\(\d+\)(\S+)`)
	bySingle   = regexp.MustCompile(`^\s*Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^(\n]{1,60})`)
	byMirrorer = regexp.MustCompile(`^\s*Mirrored from (\S+) by HTTrack [^,]{0,100}, ([^\n]{1,60})`)
)

func (m *marks) comment(s string) {
	if m.saved != "" {
		return
	}
	if found := byBrowser.FindStringSubmatch(s); found != nil {
		m.saved = found[1]
	}
	if found := bySingle.FindStringSubmatch(s); found != nil {
		m.saved, m.at = found[1], moment(found[2])
	}
	if found := byMirrorer.FindStringSubmatch(s); found != nil {
		m.saved, m.at = "http://"+found[1], moment(found[2]) // it does not say how it was fetched
	}
}

// moment is a time as programs write it; zero for what is none.
func moment(s string) time.Time {
	s = strings.TrimSpace(s)
	if at, err := time.Parse("Mon Jan 02 2006 15:04:05 GMT-0700", s); err == nil { // as JavaScript does
		return possible(at)
	}
	if d, ok := dated.Read(s); ok {
		return possible(d.Time)
	}
	return time.Time{}
}
