// Package page reads an article from an outlet's page.
//
// # Design
//
// A page says the same thing several times, for programs and for people, and
// often wrongly in one place. So each field is looked for where it is most
// reliable first: dates and authors in JSON-LD, then in meta elements, in
// microdata, in time elements and classes, and at last in the lines around the
// title. A field that is found nowhere stays empty, and one that cannot be (a
// date in the future, an author that is an address) counts as not found.
//
// The text is found by go-trafilatura and go-readability, each of which is right
// where the other is not; [choose] says by which rule one is taken, and the
// measurements beside it why. What they leave of furniture (teasers, captions,
// share lines, the title once more) is taken out by its shape.
//
// A page that holds something else is an error by name: the beginning of an
// article behind a paywall, a question about cookies, a check for robots, a list.
// Nothing of it is to be stored as an article.
//
// Everything here is pure and safe for concurrent use, and ends on any input.
// What comes out is plain text.
package page

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"newsdesk/corpus"
	"newsdesk/corpus/markup"
)

var (
	// ErrPaywall means that the page shows only the beginning of an article.
	ErrPaywall = errors.New("page: the article is behind a paywall")
	// ErrConsent means that the page asks about cookies, or whether one is a
	// robot, instead of showing an article.
	ErrConsent = errors.New("page: the page asks for consent or keeps robots out")
	// ErrNoArticle means that the page holds no article: a list, a video, nothing.
	ErrNoArticle = errors.New("page: there is no article on the page")
	// ErrOther means that the bytes are no page, whatever they are called.
	ErrOther = errors.New("page: it is not a page but a PDF, a picture or another file")
	// ErrUnreadable means that the page is too long, or nested too deep.
	ErrUnreadable = errors.New("page: the page cannot be read")
)

// Source is what is known of the bytes besides.
type Source struct {
	// URL is the address they came from; empty for a file.
	URL string
	// ContentType is the header of that name; of it only the character set is
	// looked at.
	ContentType string
	// Now is when they were read: nothing is published after it. Zero means that
	// it is not known.
	Now time.Time
}

// Page is the article of a page.
type Page struct {
	// Draft is the article without its outlet: URL (canonical), OutletURL, Title,
	// Author (names separated by ", "), Category, Language, Text, Headings,
	// Captions and Published, which is zero when the page does not say. Text is
	// never empty.
	Draft corpus.Article
	// DayOnly says that of Published only the day is known.
	DayOnly bool
	// Modified is when the outlet says that it last changed the article; zero
	// when it does not, and never before Published.
	Modified time.Time
	// Site is what the page calls the outlet; may be empty.
	Site string
	// Blocks are text and headings in the order of the page.
	Blocks []markup.Block
}

// Whole returns text and headings in the order of the page, a line each.
func (p Page) Whole() string {
	var lines []string
	for _, b := range p.Blocks {
		lines = append(lines, b.Text)
	}
	return strings.Join(lines, "\n")
}

// Read reads a page. The error is one of this package's, or wraps it. With
// ErrPaywall, ErrConsent and ErrNoArticle comes what was found all the same, for
// whoever wants to look at it; its Text may be empty.
func Read(data []byte, from Source) (Page, error) {
	source, err := lean(data, from.ContentType)
	if err != nil {
		return Page{}, err
	}
	tree, err := html.Parse(strings.NewReader(source))
	if err != nil {
		return Page{}, fmt.Errorf("%w: %v", ErrUnreadable, err)
	}
	address, err := url.Parse(strings.TrimSpace(from.URL))
	if err != nil {
		address = &url.URL{}
	}
	r := reader{facts: gather(tree), shown: visible(tree), tree: tree, address: address, now: from.Now}
	prune(tree)
	return r.page()
}

// reader puts an article together.
type reader struct {
	*facts
	tree    *html.Node
	address *url.URL
	now     time.Time
	// shown is what the page shows, before anything was taken out.
	shown string
	// lines are the blocks of the whole page, for what stands around the title.
	lines []markup.Block
}

func (r *reader) page() (Page, error) {
	r.lines = markup.Read(apart.Replace(render(r.tree)))
	p := Page{Site: r.site()}
	d := &p.Draft
	d.Title = r.title(p.Site)
	p.Blocks = trim(r.text(), d.Title)
	d.Text = markup.Text(p.Blocks)
	d.Headings = markup.Of(markup.Heading, p.Blocks)
	d.Captions = r.captions
	d.URL = r.canonical()
	d.OutletURL = home(d.URL)
	d.Author = r.author(d.Title)
	d.Category = markup.Line(first(r.articleSections(), r.metas["article:section"]))
	d.Language = r.language(d.Text)
	d.Published, p.DayOnly = r.published(d.Title)
	p.Modified = r.modified(d.Published)
	return p, r.barrier(d.Title, d.Text)
}

// apart puts what stands in a line of its own, or a cell, into a block.
var apart = strings.NewReplacer("<br/>", "<p>", "<td", "<p><td")

// first returns the first string of the first list that has one that is not
// empty.
func first(lists ...[]string) string {
	for _, list := range lists {
		for _, s := range list {
			if s = strings.TrimSpace(s); s != "" {
				return s
			}
		}
	}
	return ""
}
