package feed

import (
	"bytes"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"newsdesk/corpus/charset"
	"newsdesk/corpus/markup"
)

// Found is a feed that a page names.
type Found struct {
	// URL is absolute, http or https, and otherwise as the page has it: a
	// parameter of a feed's address says which feed it is.
	URL string
	// Title is the page's word for it; may be empty.
	Title string
}

// maxFound is how many feeds of a page are looked at.
const maxFound = 50

// Discover returns the feeds that an HTML page names, the likeliest to be the
// outlet's own first: links in its head before those in its text, feeds of
// comments last. page is the page's address. Nil when it names none.
func Discover(data []byte, page string) []Found {
	d := discovery{tokens: html.NewTokenizer(bytes.NewReader(charset.UTF8(data, ""))), base: baseOf(page)}
	for d.next() {
	}
	all := d.links
	if len(all) == 0 {
		all = d.anchors
	}
	slices.SortStableFunc(all, func(a, b Found) int { return comments(a) - comments(b) })
	return all
}

type discovery struct {
	tokens         *html.Tokenizer
	base           *url.URL
	links, anchors []Found
	// anchor is the address of the link whose text is read; empty for none.
	anchor string
	text   strings.Builder
}

func (d *discovery) next() bool {
	switch d.tokens.Next() {
	case html.ErrorToken:
		return false
	case html.StartTagToken, html.SelfClosingTagToken:
		d.start(d.tokens.Token())
	case html.TextToken:
		if d.anchor != "" {
			d.text.Write(d.tokens.Text())
		}
	case html.EndTagToken:
		if name, _ := d.tokens.TagName(); string(name) == "a" && d.anchor != "" {
			d.anchors = d.add(d.anchors, d.anchor, d.text.String())
			d.anchor = ""
		}
	}
	return true
}

func (d *discovery) start(t html.Token) {
	switch t.Data {
	case "base":
		if base := d.resolve(attribute(t, "href")); base != "" {
			d.base = baseOf(base)
		}
	case "link":
		rel := strings.Fields(strings.ToLower(attribute(t, "rel")))
		if (slices.Contains(rel, "alternate") || slices.Contains(rel, "feed")) && isFeedType(attribute(t, "type")) {
			d.links = d.add(d.links, attribute(t, "href"), attribute(t, "title"))
		}
	case "a":
		d.anchor = ""
		if href := attribute(t, "href"); d.isOwnFeed(href) {
			d.anchor = href
			d.text.Reset()
		}
	}
}

func (d *discovery) add(list []Found, href, title string) []Found {
	address := d.resolve(href)
	known := func(f Found) bool { return f.URL == address }
	if address == "" || len(list) == maxFound || slices.ContainsFunc(list, known) {
		return list
	}
	return append(list, Found{URL: address, Title: markup.Line(title)})
}

// resolve is the absolute address; empty when it is none of http or https.
func (d *discovery) resolve(href string) string {
	href = strings.TrimSpace(href)
	u, err := url.Parse(href)
	if href == "" || err != nil {
		return ""
	}
	if d.base != nil {
		u = d.base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	u.Fragment = ""
	return u.String()
}

// feedPath is what addresses of feeds end in, where pages do not say more.
var feedPath = regexp.MustCompile(`(?i)(?:^|[/._-])(?:rss|feeds?|atom|rdf)(?:\.xml|\.json|\.rss)?/?$|\.(?:rss|atom|rdf)$|/(?:feed|index|news)\.(?:xml|json)$`)

// isOwnFeed reports whether a link of a page could be a feed of the same outlet.
func (d *discovery) isOwnFeed(href string) bool {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil || d.base == nil || !feedPath.MatchString(u.Path) {
		return false
	}
	return u.Host == "" || site(u.Hostname()) == site(d.base.Hostname())
}

// site is the end of a name, without what outlets put before it.
func site(host string) string {
	labels := strings.Split(strings.ToLower(host), ".")
	return strings.Join(labels[max(0, len(labels)-2):], ".")
}

func isFeedType(s string) bool {
	s, _, _ = strings.Cut(strings.ToLower(s), ";")
	switch strings.TrimSpace(s) {
	case "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json",
		"text/xml", "application/xml", "application/x-rss+xml", "text/rss+xml", "application/rss":
		return true
	}
	return false
}

// comments is 1 for the feed of readers' comments.
func comments(f Found) int {
	s := strings.ToLower(f.URL + " " + f.Title)
	for _, word := range []string{"comment", "kommentar", "comentario", "commentaire"} {
		if strings.Contains(s, word) {
			return 1
		}
	}
	return 0
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}
