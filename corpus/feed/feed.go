// Package feed reads what outlets publish for programs: RSS 0.9 to 2.0, RSS 1.0,
// Atom and JSON feeds, and lists of feeds (OPML).
//
// # Design
//
// gofeed knows the formats. What is here is what real feeds do besides: bytes in
// another character set than they say, XML that is broken or cut, titles that
// are escaped twice, relative and tracked links, dates in odd forms or in the
// future, the same article twice. Each is mended where the meaning is certain;
// where it is not, the field stays empty, and the article's page or the time of
// reading has to say.
//
// An item comes out as a draft of a [corpus.Article] without its outlet, with
// plain text only. It is known by its address and never by the id that the feed
// gives it, since ids change when an outlet changes its software; the id only
// tells that two items of one feed are the same.
//
// Everything here is pure and safe for concurrent use, and ends on any input
// within [MaxBytes].
package feed

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
	"golang.org/x/text/language"

	"newsdesk/corpus"
	"newsdesk/corpus/markup"
)

// MaxBytes is the length of the longest feed that is read.
const MaxBytes = 10 << 20

// maxItems is the number of items that are read of a feed, from its beginning.
// Feeds with thousands are archives, whose newest items come first.
const maxItems = 2000

var (
	// ErrNotFeed means that the bytes are something else: often a page.
	ErrNotFeed = errors.New("feed: this is not a feed")
	// ErrUnreadable means that the bytes begin as a feed and no item of it could
	// be read, or that it is too long or too deep.
	ErrUnreadable = errors.New("feed: this feed cannot be read")
)

// Source is what is known of the bytes besides.
type Source struct {
	// URL is the address they came from, for relative links; may be empty.
	URL string
	// ContentType is the header of that name, of which only the character set is
	// looked at, and not much believed.
	ContentType string
	// Now is when they were read: nothing is published after it. Zero means that
	// it is not known.
	Now time.Time
}

// Feed is what one feed says.
type Feed struct {
	// Format is "rss", "atom" or "json".
	Format string
	// Title is the feed's own, often with more than the outlet's name.
	Title string
	// Home is the canonical address of the outlet's page; empty when none is
	// named.
	Home string
	// Language is a BCP 47 tag; empty when none is named.
	Language string
	Schedule Schedule
	// Items are in the feed's order, each article once.
	Items []Item
}

// Item is one article of a feed.
type Item struct {
	// ID is the feed's own name for it; empty when it has none. Not identity.
	ID string
	// Draft is the article as far as the feed says: URL (canonical), OutletURL,
	// Title, Author, Category, Language, Published, and Text, Headings and
	// Captions where the feed holds more than a summary. Everything may be empty
	// or zero; a Text need not be the whole.
	Draft corpus.Article
	// Summary is one line of plain text; may be empty.
	Summary string
	// Updated is when the outlet says it last changed it; zero when it does not.
	Updated time.Time
}

// Read reads a feed. The error is [ErrNotFeed] or wraps [ErrUnreadable].
func Read(data []byte, from Source) (Feed, error) {
	if len(data) > MaxBytes {
		return Feed{}, fmt.Errorf("%w: it is longer than %d MiB", ErrUnreadable, MaxBytes>>20)
	}
	data = mend(data, from.ContentType)
	if isTooMuch(data) {
		return Feed{}, fmt.Errorf("%w: a text in it is too long, or its elements are nested too deep", ErrUnreadable)
	}
	parsed, err := parse(data)
	if err != nil {
		if parsed = salvage(data); parsed == nil {
			return Feed{}, explain(data, err)
		}
	}
	return newReader(parsed, from).feed(), nil
}

// parse is gofeed's. It is kept from bringing the process down, should it ever
// panic on what a stranger wrote.
func parse(data []byte) (f *gofeed.Feed, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			f, err = nil, fmt.Errorf("%w: %v", ErrUnreadable, cause)
		}
	}()
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	f, err = p.Parse(bytes.NewReader(data))
	if err == nil && f.FeedType == "json" && !isJSONFeed(f) {
		return nil, ErrNotFeed
	}
	return f, err
}

// isJSONFeed tells a feed from other JSON: it names its version or has items.
func isJSONFeed(f *gofeed.Feed) bool {
	return strings.Contains(f.FeedVersion, "jsonfeed") || f.FeedVersion != "" && len(f.Items) > 0
}

func explain(data []byte, err error) error {
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) || errors.Is(err, ErrNotFeed) || !looksLikeFeed(data) {
		return ErrNotFeed
	}
	return fmt.Errorf("%w: %v", ErrUnreadable, err)
}

// reader turns what gofeed read into what is handed out.
type reader struct {
	parsed *gofeed.Feed
	// originals are the items of an RSS feed as such, in the same order.
	originals []*rss.Item
	base      *url.URL // nil for none
	home      string
	language  string
	now       time.Time
}

func newReader(parsed *gofeed.Feed, from Source) *reader {
	r := &reader{parsed: parsed, now: from.Now}
	if original, ok := parsed.OriginalFeed().(*rss.Feed); ok {
		r.originals = original.Items
	}
	own := baseOf(from.URL, parsed.FeedLink)
	r.home = resolve(own, parsed.Link)
	if r.base = baseOf(r.home); r.base == nil {
		r.base = own
	}
	r.language = tag(parsed.Language)
	return r
}

func (r *reader) feed() Feed {
	f := Feed{
		Format: r.parsed.FeedType, Title: title(r.parsed.Title), Home: r.home, Language: r.language,
		Schedule: scheduleOf(r.parsed),
	}
	seen := newSeen()
	for i, from := range r.parsed.Items {
		if i == maxItems {
			break
		}
		item := r.item(i, from)
		if !item.isEmpty() && seen.isNew(item) {
			f.Items = append(f.Items, item)
		}
	}
	return f
}

func (r *reader) item(i int, from *gofeed.Item) Item {
	item := Item{ID: strings.TrimSpace(from.GUID)}
	d := &item.Draft
	d.Title = title(from.Title)
	d.Author = authors(from)
	d.Category = markup.Line(first(from.Categories))
	d.Language = r.language
	d.OutletURL = r.home
	d.URL = r.address(i, from)
	d.Published = r.date(from.Published, from.PublishedParsed)
	item.Updated = r.date(from.Updated, from.UpdatedParsed)
	if d.Published.IsZero() {
		d.Published = item.Updated
	}
	readTexts(&item, from)
	return item
}

// isEmpty reports whether there is nothing by which the item could be told or
// read.
func (i Item) isEmpty() bool {
	return i.Draft.Title == "" && i.Draft.URL == "" && i.Summary == "" && i.Draft.Text == ""
}

func authors(from *gofeed.Item) string {
	var names []string
	for _, p := range from.Authors {
		if p == nil {
			continue
		}
		if name := markup.Line(p.Name); name != "" && !strings.Contains(name, "@") {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}

// title is one line of plain text. Of an unclosed tag in a title, the parser
// leaves the end of the title's own.
func title(s string) string {
	return markup.Line(strings.TrimSuffix(strings.TrimSpace(s), "</title>"))
}

func first(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[0]
}

// tag is a language in its usual spelling; empty for what is none.
func tag(s string) string {
	t, err := language.Parse(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"))
	if err != nil || t == language.Und {
		return ""
	}
	return t.String()
}
