package main

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsdesk/bot/schedule"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// Digests that go into a file of the data folder: an Atom feed, or a folder of Markdown.

// feedItems is how many items a feed has at most.
const feedItems = 100

func (f *folder) feed(name string) string { return filepath.Join(f.dir, "feeds", name+".atom") }
func (f *folder) digests(name string) string {
	return filepath.Join(f.dir, "digests", name)
}

// write writes the digest of a slot to its feed or folder, in tx, and notes it as done.
// A file that was written before a transaction failed is written again with the same.
func (a *app) write(ctx context.Context, tx store.Tx, x schedule.Slot, d draft) error {
	now := a.now()
	for i, item := range itemsOf(d.Digest) {
		err := a.schedule.Posted(ctx, tx, schedule.Post{
			Chat: x.Subscription.Chat, Message: int(x.ID), Item: i, Subscription: x.Subscription.ID, Slot: x.ID,
			Story: item.Story, Text: item.Text, Cited: item.Cited, At: now,
		})
		if err != nil {
			return err
		}
	}
	if err := a.writeTarget(ctx, tx, x, d); err != nil {
		return err
	}
	if _, err := a.schedule.Sent(ctx, tx, x.ID, int(x.ID)); err != nil {
		return err
	}
	_, err := a.schedule.Done(ctx, tx, x.ID)
	return err
}

func (a *app) writeTarget(ctx context.Context, tx store.Tx, x schedule.Slot, d draft) error {
	to, name := schedule.TargetOf(x.Subscription.Chat)
	if to == schedule.FolderOf {
		file := fmt.Sprintf("%s-%s-%d.md", x.Day, strings.ReplaceAll(x.Time.String(), ":", ""), x.ID)
		return writeWhole(filepath.Join(a.folder.digests(name), file), markdown(x, d))
	}
	posts, err := a.schedule.Newest(ctx, tx, x.Subscription.Chat, feedItems)
	if err != nil {
		return err
	}
	data, err := a.atom(ctx, name, digestName(x.Subscription), posts)
	if err != nil {
		return err
	}
	return writeWhole(a.folder.feed(name), data)
}

// writeWhole writes a file so that a reader sees it whole, or the one before.
func writeWhole(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("writing a digest: %w", err)
	}
	part, err := os.CreateTemp(dir, ".part-*")
	if err != nil {
		return fmt.Errorf("writing a digest: %w", err)
	}
	_, err = part.Write(data)
	err = errors.Join(err, part.Chmod(0o644), part.Sync(), part.Close())
	if err == nil {
		err = os.Rename(part.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("writing a digest: %w", errors.Join(err, os.Remove(part.Name())))
	}
	return nil
}

// The XML of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  string      `xml:"author>name"`
		Entries []atomEntry `xml:"entry"`
	}
	atomEntry struct {
		ID      string     `xml:"id"`
		Title   string     `xml:"title"`
		Updated string     `xml:"updated"`
		Links   []atomLink `xml:"link"`
		Content atomText   `xml:"content"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	atomText struct {
		Type string `xml:"type,attr"`
		HTML string `xml:",chardata"`
	}
)

// atom is the feed of posts, an entry for each item.
func (a *app) atom(ctx context.Context, name, title string, posts []schedule.Post) ([]byte, error) {
	out := atomFeed{ID: "urn:newsdesk:feed:" + name, Title: title, Updated: time.Unix(0, 0).UTC().Format(time.RFC3339), Author: "newsdesk"}
	for i, p := range posts {
		if i == 0 {
			out.Updated = p.At.UTC().Format(time.RFC3339)
		}
		entry, err := a.atomEntry(ctx, name, p)
		if err != nil {
			return nil, err
		}
		out.Entries = append(out.Entries, entry)
	}
	var b bytes.Buffer
	b.WriteString(xml.Header)
	enc := xml.NewEncoder(&b)
	enc.Indent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("writing a feed: %w", err)
	}
	b.WriteByte('\n')
	return b.Bytes(), nil
}

// atomEntry is an item: its sentences, and the articles that they cite. The first of
// these is what the entry links to.
func (a *app) atomEntry(ctx context.Context, name string, p schedule.Post) (atomEntry, error) {
	headline, sentences, _ := strings.Cut(p.Text, "\n")
	e := atomEntry{ID: fmt.Sprintf("urn:newsdesk:feed:%s:%d:%d", name, p.Slot, p.Item), Title: headline, Updated: p.At.UTC().Format(time.RFC3339)}
	var seqs []int64
	for _, c := range p.Cited {
		seqs = append(seqs, c.Seq)
	}
	articles, err := a.corpus.BySeqs(ctx, seqs)
	if err != nil {
		return e, err
	}
	text := "<p>" + html.EscapeString(sentences) + "</p>\n<ul>\n"
	seen := map[int64]bool{}
	for _, seq := range seqs {
		article, ok := articles[seq]
		if !ok || seen[seq] {
			continue
		}
		seen[seq] = true
		text += "<li>" + linkTo(article) + "</li>\n"
		if article.URL != "" && len(e.Links) == 0 {
			e.Links = []atomLink{{Rel: "alternate", Href: article.URL}}
		}
	}
	e.Content = atomText{Type: "html", HTML: text + "</ul>\n"}
	return e, nil
}

func linkTo(a corpus.Article) string {
	title := html.EscapeString(a.Outlet + ", " + dateOf(a.Published) + ": " + a.Title)
	if a.URL == "" {
		return title
	}
	return `<a href="` + html.EscapeString(a.URL) + `">` + title + "</a>"
}

// markdown is a digest as a file of Markdown with front matter.
func markdown(x schedule.Slot, d draft) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %q\ndate: %s\nfrom: %s\nto: %s\n---\n", digestName(x.Subscription), x.At.UTC().Format(time.RFC3339),
		d.Digest.From.UTC().Format(time.RFC3339), d.Digest.To.UTC().Format(time.RFC3339))
	for _, item := range d.Digest.Items {
		fmt.Fprintf(&b, "\n## %s\n\n", marked(item.Headline.Title))
		for i, s := range item.Sentences {
			if i > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(marked(s.Text))
			for _, n := range s.Citations {
				fmt.Fprintf(&b, " \\[%d\\]", n)
			}
		}
		b.WriteString("\n\n")
		for _, c := range item.Citations {
			p := c.Passage
			fmt.Fprintf(&b, "- \\[%d\\] %s, %s: %s%s\n", c.N, marked(p.Outlet), dateOf(p.Published), marked(p.Title), angled(p.URL))
		}
	}
	if len(d.Digest.Items) == 0 {
		b.WriteString("\nNothing new in this time.\n")
	}
	return []byte(b.String())
}

// marked is text of strangers in Markdown: no character of it means anything.
func marked(s string) string {
	var b strings.Builder
	for _, r := range oneLine(s) {
		if strings.ContainsRune("\\`*_{}[]()<>#+-.!|~&", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// angled is an address as a link of its own; nothing for none, or for what is no
// address of the web.
func angled(url string) string {
	if !strings.HasPrefix(url, "http://") && !strings.HasPrefix(url, "https://") || strings.ContainsAny(url, "<> \n") {
		return ""
	}
	return " <" + url + ">"
}
