package feed

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/mmcdole/gofeed"

	"newsdesk/corpus"
	"newsdesk/corpus/markup"
)

// story is what the feeds of the tests tell.
type story struct {
	title, link, summary, content, author string
	at                                    time.Time
}

var (
	who   = []string{"Anna Zelin", "Berta Quill", "Käthe Brömm", "Иван Котов", "لیلا رستمی", "林海燕"}
	what  = []string{"Ferry stays in port", "A buoy & two nets are lost", "“No wind”, says the mayor", "Fähre fährt nicht", "Паром не вышел", "渡轮停在港口", "5 < 6, council finds", "غادرت العبّارة الميناء"}
	where = []string{"news", "sport", "weather", "opinion/letters"}
)

func pick[T any](r *rand.Rand, list []T) T { return list[r.IntN(len(list))] }

func stories(r *rand.Rand) []story {
	var all []story
	for i := range 1 + r.IntN(20) {
		s := story{
			title: fmt.Sprintf("%s %d", pick(r, what), i), link: fmt.Sprintf("https://www.harbour-herald.example/%s/%d", pick(r, where), i),
			summary: fmt.Sprintf("%s told the Herald about case %d.", pick(r, who), i), author: pick(r, who),
			at: noon.Add(-time.Duration(r.IntN(100000)) * time.Minute),
		}
		if r.IntN(2) == 0 {
			s.content = "<p>" + escaped(s.summary) + "</p><p>More of it &amp; all.</p>"
		}
		if r.IntN(5) == 0 {
			s.link += "?utm_source=rss&id=7"
		}
		if r.IntN(6) == 0 {
			s.at = time.Time{}
		}
		all = append(all, s)
	}
	return all
}

func escaped(s string) string {
	var b bytes.Buffer
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

// section is s as character data, in one of the ways that feeds have.
func section(r *rand.Rand, s string) string {
	if r.IntN(2) == 0 {
		return "<![CDATA[" + s + "]]>"
	}
	return escaped(s)
}

func element(name, content string) string {
	if content == "" {
		return ""
	}
	return "<" + name + ">" + content + "</" + name + ">\n"
}

func stamp(at time.Time, layout string) string {
	if at.IsZero() {
		return ""
	}
	return at.Format(layout)
}

func writeRSS(r *rand.Rand, list []story) string {
	layout := pick(r, []string{time.RFC1123Z, time.RFC1123, "2006-01-02T15:04:05Z07:00", "2 Jan 2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 MST"})
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?><rss version="` + pick(r, []string{"2.0", "0.92", "0.91"}) +
		`" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>HH</title><link>https://www.harbour-herald.example/</link>`)
	for _, s := range list {
		b.WriteString("<item>" + element("title", section(r, escaped(s.title))) + element("link", escaped(s.link)) + element("description", section(r, escaped(s.summary))) +
			element("content:encoded", strings.ReplaceAll("<![CDATA["+s.content+"]]>", "<![CDATA[]]>", "")) + element("pubDate", stamp(s.at, layout)) + element("dc:creator", escaped(s.author)) + "</item>")
	}
	return b.String() + "</channel></rss>"
}

func writeRDF(r *rand.Rand, list []story) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="https://www.harbour-herald.example/"><title>HH</title><link>https://www.harbour-herald.example/</link></channel>`)
	for _, s := range list {
		b.WriteString("<item>" + element("title", escaped(s.title)) + element("link", escaped(s.link)) + element("description", section(r, escaped(s.summary))) +
			element("dc:date", stamp(s.at, time.RFC3339)) + element("content:encoded", escaped(s.content)) + element("dc:creator", escaped(s.author)) + "</item>")
	}
	return b.String() + "</rdf:RDF>"
}

func writeAtom(r *rand.Rand, list []story) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>HH</title><link href="https://www.harbour-herald.example/"/>`)
	for i, s := range list {
		b.WriteString("<entry>" + element("title", escaped(s.title)) + `<link rel="alternate" href="` + escaped(s.link) + `"/>` + element("id", fmt.Sprintf("urn:hh:%d", i)) +
			`<summary type="html">` + escaped(escaped(s.summary)) + "</summary>" + element("published", stamp(s.at, time.RFC3339)) + "<author>" + element("name", escaped(s.author)) + "</author>")
		if s.content != "" {
			b.WriteString(`<content type="html">` + section(r, s.content) + "</content>")
		}
		b.WriteString("</entry>")
	}
	return b.String() + "</feed>"
}

func writeJSON(_ *rand.Rand, list []story) string {
	items := []map[string]any{}
	for i, s := range list {
		item := map[string]any{"id": fmt.Sprint(i), "url": s.link, "title": s.title, "summary": s.summary, "authors": []any{map[string]any{"name": s.author}}}
		if s.content != "" {
			item["content_html"] = s.content
		}
		if !s.at.IsZero() {
			item["date_published"] = s.at.Format(time.RFC3339)
		}
		items = append(items, item)
	}
	data, err := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "HH", "home_page_url": "https://www.harbour-herald.example/", "items": items})
	if err != nil {
		panic(err)
	}
	return string(data)
}

// TestAgreement: of a hundred feeds, what is read is what was written and what
// gofeed reads.
func TestAgreement(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	ways := []func(*rand.Rand, []story) string{writeRSS, writeRDF, writeAtom, writeJSON}
	items := 0
	for n := range 100 {
		list := stories(r)
		data := ways[n%len(ways)](r, list)
		theirs, err := gofeed.NewParser().ParseString(data)
		if err != nil {
			t.Fatalf("feed %d: %v\n%s", n, err, data)
		}
		ours, err := Read([]byte(data), from())
		if err != nil || len(ours.Items) != len(list) || len(theirs.Items) != len(list) {
			t.Fatalf("feed %d: %d of %d items, gofeed %d: %v", n, len(ours.Items), len(list), len(theirs.Items), err)
		}
		for i, s := range list {
			compare(t, fmt.Sprintf("feed %d, item %d", n, i), ours.Items[i], theirs.Items[i], s)
			items++
		}
	}
	t.Logf("%d items of 100 feeds agree", items)
}

func compare(t *testing.T, name string, our Item, their *gofeed.Item, s story) {
	t.Helper()
	link, err := corpus.Canonical(s.link)
	if err != nil {
		t.Fatal(err)
	}
	if d := our.Draft; d.Title != s.title || d.URL != link || !d.Published.Equal(s.at) || d.Author != s.author || our.Summary != s.summary {
		t.Errorf("%s: %+v is not %+v", name, our, s)
	}
	if markup.Line(their.Title) != our.Draft.Title || their.Link != s.link {
		t.Errorf("%s: gofeed reads %q at %s", name, their.Title, their.Link)
	}
	if their.PublishedParsed != nil && !their.PublishedParsed.Equal(our.Draft.Published) {
		t.Errorf("%s: gofeed reads %v, and we %v", name, their.PublishedParsed, our.Draft.Published)
	}
	if (our.Draft.Text == "") != (s.content == "") {
		t.Errorf("%s: text %q of %q", name, our.Draft.Text, s.content)
	}
}

// FuzzRead: nothing crashes, hangs or lets markup and invisible characters
// through. That what gofeed reads is read, TestAgree holds: of broken feeds two
// ways of mending read different things.
func FuzzRead(f *testing.F) {
	for _, archive := range []string{"formats", "faults", "schedule", "discover"} {
		for _, data := range archived(archive) {
			f.Add(data, "text/xml; charset=windows-1251")
		}
	}
	r := rand.New(rand.NewPCG(1, 1))
	for _, write := range []func(*rand.Rand, []story) string{writeRSS, writeRDF, writeAtom, writeJSON} {
		f.Add([]byte(write(r, stories(r)[:1])), "")
	}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		Discover(data, "https://www.harbour-herald.example/")
		ReadOPML(data)
		feed, err := Read(data, Source{URL: "https://www.harbour-herald.example/feed", ContentType: contentType, Now: noon})
		if err != nil {
			return
		}
		for _, i := range feed.Items {
			d := i.Draft
			d.Outlet, d.Text = "HH", d.Text+"."
			if d.Published.IsZero() {
				d.Published = noon
			}
			for _, s := range []string{d.Title, d.Author, d.Text, i.Summary, d.URL, d.Category} {
				if strings.ContainsAny(s, "\x00\u202e\u200b") || !bytes.Equal([]byte(s), bytes.ToValidUTF8([]byte(s), nil)) {
					t.Errorf("%q", s)
				}
			}
		}
	})
}
