package sitemap

import (
	"bytes"
	"io"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/text/language"

	"newsdesk/corpus/dated"
	"newsdesk/corpus/markup"
)

const (
	// maxToken bounds a tag, a text and a comment, in bytes.
	maxToken = 1 << 20
	// oldest is before anything was published on the web; what is older is a field
	// that was never filled.
	oldest = 1990
)

// others are the first elements of what is no sitemap.
var others = map[string]bool{"html": true, "head": true, "body": true, "rss": true, "rdf": true, "feed": true, "channel": true, "opml": true, "error": true}

// reader makes entries of elements.
type reader struct {
	*source
	*collector
	tokens *html.Tokenizer
	// begun says that the map has begun, open that its end is to come.
	begun, open bool
	// entry is "url" or "sitemap" while the reader is in one; within is "news" or
	// the name of what is passed over in it, field that of the element whose text is
	// read; all empty for none.
	entry, within, field string
	// read is the text of the field so far, got what the entry has.
	read []byte
	got  entry
}

// entry is what is known of a page or a map; fields that were not named are empty.
type entry struct{ loc, lastmod, date, title, name, language string }

// readElements reads a sitemap in XML.
func readElements(s *source, c *collector) error {
	r := reader{source: s, collector: c, tokens: html.NewTokenizer(s)}
	r.tokens.SetMaxBuf(maxToken)
	r.tokens.AllowCDATA(true)
	for more := true; more; {
		switch kind := r.tokens.Next(); kind {
		case html.ErrorToken:
			r.last()
			more = false
		case html.TextToken:
			r.add(r.tokens.Raw())
		case html.StartTagToken, html.SelfClosingTagToken:
			more = r.start(kind == html.SelfClosingTagToken)
		case html.EndTagToken:
			more = r.end(r.name())
		}
	}
	if !r.begun {
		*c = collector{}
		return ErrNotSitemap
	}
	return nil
}

// name is that of the tag that was read, without prefix and in lower case.
func (r *reader) name() string {
	name, _ := r.tokens.TagName()
	if at := bytes.LastIndexByte(name, ':'); at >= 0 {
		name = name[at+1:]
	}
	return string(name)
}

// start takes the beginning of an element. It reports whether more is to be read.
func (r *reader) start(closed bool) bool {
	r.tokens.NextIsNotRawText() // as <title> is in a page
	name := r.name()
	if !r.begun && others[name] {
		return false
	}
	switch name {
	case "urlset", "sitemapindex":
		r.begun, r.open = true, !closed
	case "url", "sitemap":
		r.begun = true
		if !r.close() {
			return false
		}
		if !closed {
			r.entry = name
		}
	default:
		r.inside(name, closed)
	}
	return true
}

// inside takes the beginning of an element in an entry.
func (r *reader) inside(name string, closed bool) {
	r.keep()
	switch {
	case r.entry == "" || closed || r.within != "" && r.within != "news":
	case name == "news" || name == "image" || name == "video" || name == "pagemap":
		r.within = name
	case r.within == "news" && r.got.ofNews(name) != nil, r.within == "" && r.got.ofPage(name) != nil:
		r.field = name
	}
}

// end takes the end of an element. It reports whether more is to be read.
func (r *reader) end(name string) bool {
	r.keep()
	switch name {
	case "urlset", "sitemapindex":
		r.open = false
		return r.close() && !r.begun
	case r.entry:
		return r.close()
	case r.within:
		r.within = ""
	}
	return true
}

// add takes a piece of text.
func (r *reader) add(raw []byte) {
	if r.field == "" || len(r.read) > maxToken {
		return
	}
	if section, ok := bytes.CutPrefix(raw, []byte("<![CDATA[")); ok {
		raw = bytes.TrimSuffix(section, []byte("]]>"))
	}
	r.read = append(r.read, raw...)
}

// keep ends the field that is read. Of two of one name the first counts.
func (r *reader) keep() {
	to := r.got.ofPage(r.field)
	if r.within == "news" {
		to = r.got.ofNews(r.field)
	}
	if to != nil && *to == "" {
		*to = strings.TrimSpace(r.text(r.read))
	}
	r.field, r.read = "", r.read[:0]
}

// close ends the entry that is read. It reports whether there is room for more.
func (r *reader) close() bool {
	r.keep()
	kind, got := r.entry, r.got
	r.entry, r.within, r.got = "", "", entry{}
	switch {
	case got.loc == "":
	case kind == "url":
		return r.page(got.page(), got.loc)
	case kind == "sitemap":
		return r.ref(Ref{Modified: date(got.lastmod)}, got.loc)
	}
	return true
}

// last ends a map that breaks off: of its last entry only what was closed counts.
func (r *reader) last() {
	r.found.Cut = r.open || r.entry != "" || r.tokens.Err() != io.EOF
	r.field, r.read = "", nil
	r.close()
}

// ofPage is the field that an element of an entry fills; nil for none.
func (e *entry) ofPage(name string) *string {
	switch name {
	case "loc":
		return &e.loc
	case "lastmod":
		return &e.lastmod
	}
	return nil
}

// ofNews is the field that an element of a news entry fills; nil for none.
func (e *entry) ofNews(name string) *string {
	switch name {
	case "publication_date":
		return &e.date
	case "title":
		return &e.title
	case "name":
		return &e.name
	case "language":
		return &e.language
	}
	return nil
}

func (e entry) page() Page {
	return Page{Modified: date(e.lastmod), Published: date(e.date), Title: line(e.title), Outlet: line(e.name), Language: tag(e.language)}
}

// line is one line of plain text.
func line(s string) string { return markup.Line(s[:min(len(s), maxText)]) }

// date is when something was published or changed, zero for what cannot be.
func date(s string) time.Time {
	if d, ok := dated.Read(markup.Unescape(s)); ok && d.Time.Year() >= oldest {
		return d.Time
	}
	return time.Time{}
}

// tag is a language in its usual spelling; empty for what is none.
func tag(s string) string {
	t, err := language.Parse(s)
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}
