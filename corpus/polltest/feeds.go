package polltest

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// entry is an article as a feed tells it; what is not told is empty.
type entry struct {
	title, link, id, author, summary, content string
	published, updated                        time.Time
}

// properType is the type that the feed should be sent with.
func (o *Outlet) properType() string {
	switch o.Format {
	case "atom", "atom 0.3":
		return "application/atom+xml"
	case "json":
		return "application/feed+json"
	}
	return "application/rss+xml"
}

// feed is the outlet's feed.
func (o *Outlet) feed() []byte {
	var entries []entry
	for i, a := range o.listed() {
		e := o.entry(a)
		entries = append(entries, e)
		if o.oddity == "twice" && i%3 == 0 { // once more, at its page for telephones
			e.link, e.id = o.Home+"m/"+a.slug, "m-"+e.id
			entries = append(entries, e)
		}
	}
	switch o.Format {
	case "rdf":
		return o.encoded(o.rdf(entries))
	case "atom":
		return o.encoded(o.atom(entries))
	case "atom 0.3":
		return o.encoded(o.atom03(entries))
	case "json":
		return o.json(entries)
	}
	return o.encoded(o.rss(entries))
}

// entry is an article with the outlet's oddities.
func (o *Outlet) entry(a *article) entry {
	v := a.now()
	e := entry{
		title: v.Title, link: o.url(a), id: "urn:" + o.Name + ":" + a.slug, author: v.Author, summary: a.summary,
		published: v.Published, updated: a.modified,
	}
	if o.Whole {
		for p := range strings.SplitSeq(v.Text, "\n\n") {
			e.content += "<p>" + escape(p) + "</p>"
		}
	}
	switch o.oddity {
	case "relative":
		e.link = "/" + a.slug
	case "tracked":
		e.link += "?utm_source=feed&utm_medium=rss#top"
	case "new ids":
		e.id = fmt.Sprintf("urn:edition-%d:%s", o.edition, a.slug)
	case "escaped":
		e.title = escape(e.title)
	}
	switch o.Dates {
	case "missing":
		e.published, e.updated = time.Time{}, time.Time{}
	case "days ahead":
		e.published, e.updated = v.Published.AddDate(1, 0, 0), time.Time{}
	case "hours ahead":
		if !v.Published.Before(o.began) {
			e.published, e.updated = v.Published.Add(20*time.Hour), time.Time{}
		}
	}
	return e
}

func escape(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s)) // a buffer takes all
	return b.String()
}

// element is an XML element with text, or nothing for none.
func element(name, text string) string {
	if text == "" {
		return ""
	}
	return "<" + name + ">" + escape(text) + "</" + name + ">\n"
}

func stamp(at time.Time, layout string) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(layout)
}

// declaration is what the feed says of its character set.
func (o *Outlet) declaration() string {
	if o.charset == "windows-1251" {
		return `<?xml version="1.0" encoding="windows-1251"?>`
	}
	if o.charset == "utf-16" {
		return `<?xml version="1.0" encoding="UTF-16"?>`
	}
	return `<?xml version="1.0" encoding="UTF-8"?>`
}

func (o *Outlet) rss(entries []entry) string {
	var b strings.Builder
	b.WriteString(o.declaration() + `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>` +
		element("title", o.Name) + element("link", o.Home) + element("description", "All of "+o.Name) + element("language", o.Language) + "<ttl>30</ttl>\n")
	for _, e := range entries {
		b.WriteString("<item>" + element("title", e.title) + element("link", e.link) + `<guid isPermaLink="false">` + escape(e.id) + "</guid>" +
			element("description", e.summary) + element("content:encoded", e.content) + element("pubDate", stamp(e.published, time.RFC1123Z)) + element("dc:creator", e.author) + "</item>\n")
	}
	return b.String() + "</channel></rss>"
}

func (o *Outlet) rdf(entries []entry) string {
	var b strings.Builder
	b.WriteString(o.declaration() + `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<channel rdf:about="` + o.Home + `">` + element("title", o.Name) + element("link", o.Home) + element("dc:language", o.Language) + "</channel>\n")
	for _, e := range entries {
		b.WriteString(`<item rdf:about="` + escape(e.link) + `">` + element("title", e.title) + element("link", e.link) + element("description", e.summary) +
			element("dc:date", stamp(e.published, time.RFC3339)) + element("dc:creator", e.author) + "</item>\n")
	}
	return b.String() + "</rdf:RDF>"
}

func (o *Outlet) atom(entries []entry) string {
	var b strings.Builder
	b.WriteString(o.declaration() + `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="` + o.Language + `">` + element("title", o.Name) + `<link rel="alternate" href="` + o.Home + `"/><link rel="self" href="` + o.Feed + "\"/>\n")
	for _, e := range entries {
		b.WriteString("<entry>" + element("title", e.title) + `<link rel="alternate" href="` + escape(e.link) + `"/>` + element("id", e.id) +
			`<summary type="html">` + escape(escape(e.summary)) + "</summary>" + element("published", stamp(e.published, time.RFC3339)) + element("updated", stamp(e.updated, time.RFC3339)) +
			"<author>" + element("name", e.author) + "</author></entry>\n")
	}
	return b.String() + "</feed>"
}

func (o *Outlet) atom03(entries []entry) string {
	var b strings.Builder
	b.WriteString(o.declaration() + `<feed version="0.3" xmlns="http://purl.org/atom/ns#">` + element("title", o.Name) + `<link rel="alternate" type="text/html" href="` + o.Home + "\"/>\n")
	for _, e := range entries {
		b.WriteString("<entry>" + element("title", e.title) + `<link rel="alternate" type="text/html" href="` + escape(e.link) + `"/>` + element("id", e.id) +
			element("summary", e.summary) + element("issued", stamp(e.published, time.RFC3339)) + element("modified", stamp(e.updated, time.RFC3339)) +
			"<author>" + element("name", e.author) + "</author></entry>\n")
	}
	return b.String() + "</feed>"
}

func (o *Outlet) json(entries []entry) []byte {
	items := []map[string]any{}
	for _, e := range entries {
		item := map[string]any{"id": e.id, "url": e.link, "title": e.title, "summary": e.summary, "authors": []any{map[string]any{"name": e.author}}}
		if e.content != "" {
			item["content_html"] = e.content
		}
		if !e.published.IsZero() {
			item["date_published"] = e.published.Format(time.RFC3339)
		}
		items = append(items, item)
	}
	data, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": o.Name, "home_page_url": o.Home, "language": o.Language, "items": items})
	if err != nil {
		panic(fmt.Errorf("polltest: %w", err))
	}
	return data
}

// encoded is a feed in the outlet's character set.
func (o *Outlet) encoded(s string) []byte {
	e := map[string]encoding.Encoding{
		"windows-1251": charmap.Windows1251, "windows-1252": charmap.Windows1252, "utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	}[o.charset]
	if e == nil {
		return []byte(s)
	}
	data, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes([]byte(s))
	if err != nil {
		panic(fmt.Errorf("polltest: %w", err))
	}
	return data
}

// sitemap is the list of all articles that are there, news that of the last two
// days.
func (o *Outlet) sitemap() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">` + "\n")
	for _, a := range o.articles {
		if a.withdrawn == 0 {
			b.WriteString("<url>" + element("loc", o.url(a)) + element("lastmod", a.modified.Format(time.RFC3339)) + "</url>\n")
		}
	}
	return []byte(b.String() + "</urlset>")
}

func (o *Outlet) news() []byte {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">` + "\n")
	for _, a := range o.articles {
		if v := a.now(); a.withdrawn == 0 && time.Since(v.Published) < 48*time.Hour {
			b.WriteString("<url>" + element("loc", o.url(a)) + "<news:news><news:publication>" + element("news:name", o.Name) + element("news:language", o.Language) + "</news:publication>" +
				element("news:publication_date", v.Published.Format(time.RFC3339)) + element("news:title", v.Title) + "</news:news></url>\n")
		}
	}
	return packed([]byte(b.String() + "</urlset>"))
}
