// Package sitemap reads the lists in which outlets name their pages for search
// engines: sitemaps, indexes of sitemaps and news sitemaps (sitemaps.org, version
// 0.9, and its extension for news), as XML or as one address a line, packed with
// gzip or not, and the lines of a robots.txt that say where they are.
//
// # Design
//
// A sitemap goes by tokens: no tree is built, no entity is defined, no level costs
// anything, so what strangers write costs no more than its bytes. A packed one is
// unpacked while it is read and never held as a whole. Elements are known by their
// names without prefix and by what they stand in, because prefixes are anybody's
// choice: the address of a picture within a page's entry is not the page's.
//
// What is broken or cut is read as far as its meaning is certain. An entry without
// its end counts where the next begins; of the last of a list that breaks off only
// what was closed counts. A bound that is reached ends the list as a cut does;
// [Map].Cut says so.
//
// A feed can serve as a sitemap as well: it is no sitemap here, package feed reads
// it.
//
// Everything here is pure and safe for concurrent use, and ends on any input.
package sitemap

import (
	"bytes"
	"errors"
	"net/url"
	"strings"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/markup"
)

const (
	// MaxBytes is what is read of an unpacked sitemap: what the protocol allows.
	MaxBytes = 50 << 20
	// MaxEntries is the number of pages and maps that are read: what the protocol
	// allows.
	MaxEntries = 50_000
	// maxAddress is the length of the longest address that is read, in bytes; the
	// protocol allows 2,047.
	maxAddress = 2047
	// maxText is how much is kept of a title or a name, in bytes.
	maxText = 1000
	// maxKept bounds the texts and addresses of one map together, in bytes. Those
	// of 50,000 pages of news have some 12 MB.
	maxKept = 16 << 20
)

// ErrNotSitemap means that the bytes are something else: often a page, or a feed.
var ErrNotSitemap = errors.New("sitemap: this is not a sitemap")

// Map is what one sitemap names.
type Map struct {
	// Pages are in the map's order, each address once. They may be those of
	// another host: whether a host may speak for another is for the reader to say.
	Pages []Page
	// Maps are those that an index names, each address once.
	Maps []Ref
	// Cut says that entries are missing: the map breaks off, or is longer than what
	// is read of it.
	Cut bool
}

// Page is a page that a sitemap names.
type Page struct {
	// URL is canonical (see [corpus.Canonical]).
	URL string
	// Modified is when the outlet says that it last changed the page, and Published,
	// which only news sitemaps have, when it was published. In UTC, midnight where
	// only a day is named, zero where nothing is that can be read. They may lie in
	// the future.
	Modified, Published time.Time
	// Title, Outlet and Language are what a news sitemap says: plain text in one
	// line, and a BCP 47 tag. May be empty.
	Title, Outlet, Language string
}

// Ref is a sitemap that an index names.
type Ref struct {
	// URL is absolute, http or https, and otherwise as it was written: a parameter
	// may say which map it is.
	URL string
	// Modified is as in [Page].
	Modified time.Time
}

// Read reads a sitemap. from is the address that it came from, for relative
// addresses, which are against the protocol; may be empty. The error is
// [ErrNotSitemap]. A sitemap that names nothing is none.
func Read(data []byte, from string) (Map, error) {
	base, err := url.Parse(strings.TrimSpace(from))
	if err != nil || !base.IsAbs() {
		base = &url.URL{}
	}
	source := open(data)
	c := collector{base: base, pages: map[string]bool{}, maps: map[string]bool{}}
	if isText(source.head) {
		err = readLines(source, &c)
	} else {
		err = readElements(source, &c)
	}
	c.found.Cut = c.found.Cut || source.isCut()
	return c.found, err
}

// Robots returns the addresses of the sitemaps that a robots.txt names, in their
// order and each once, as [Ref].URL has them. Nil when it names none.
func Robots(data []byte) []string {
	data = bytes.TrimPrefix(data[:min(len(data), maxRobots)], []byte("\uFEFF"))
	var all []string
	seen := map[string]bool{}
	for line := range bytes.FieldsFuncSeq(data, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = bytes.Cut(line, []byte("#"))
		key, value, _ := strings.Cut(string(line), ":")
		if !strings.EqualFold(strings.TrimSpace(key), "sitemap") {
			continue
		}
		if address := absolute(&url.URL{}, value); address != "" && !seen[address] {
			seen[address] = true
			all = append(all, address)
		}
	}
	return all
}

// maxRobots is what is read of a robots.txt, in bytes: what RFC 9309 demands at
// least.
const maxRobots = 500 << 10

// absolute returns an address as it was written, but absolute; empty for what is no
// address of the web or is too long.
func absolute(base *url.URL, written string) string {
	written = strings.TrimSpace(written)
	if written == "" || len(written) > maxAddress {
		return ""
	}
	u, err := url.Parse(written)
	if err != nil {
		return ""
	}
	u = base.ResolveReference(u)
	u.Fragment, u.RawFragment = "", ""
	u.RawQuery = strings.ReplaceAll(u.RawQuery, " ", "%20")
	if _, err := corpus.Canonical(u.String()); err != nil {
		return ""
	}
	return u.String()
}

// collector keeps what is found, each address once, within bounds.
type collector struct {
	base        *url.URL
	found       Map
	pages, maps map[string]bool
	// kept is how long what was kept is, in bytes.
	kept int
}

// page takes a page in. It reports whether there is room for more.
func (c *collector) page(p Page, written string) bool {
	address := absolute(c.base, address(written))
	if address == "" {
		return true
	}
	p.URL, _ = corpus.Canonical(address) // absolute has asked
	if c.pages[p.URL] {
		return true
	}
	if !c.fits(len(p.URL) + len(p.Title) + len(p.Outlet) + len(p.Language)) {
		return false
	}
	c.pages[p.URL] = true
	c.found.Pages = append(c.found.Pages, p)
	return true
}

// ref takes a map in. It reports whether there is room for more.
func (c *collector) ref(r Ref, written string) bool {
	r.URL = absolute(c.base, address(written))
	if r.URL == "" || c.maps[r.URL] {
		return true
	}
	if !c.fits(len(r.URL)) {
		return false
	}
	c.maps[r.URL] = true
	c.found.Maps = append(c.found.Maps, r)
	return true
}

// fits reports whether there is room for n bytes more.
func (c *collector) fits(n int) bool {
	c.kept += n
	if c.kept <= maxKept && len(c.found.Pages)+len(c.found.Maps) < MaxEntries {
		return true
	}
	c.found.Cut = true
	return false
}

// address undoes what is written by name or number in an address. Some maps do it
// twice.
func address(written string) string { return markup.Unescape(markup.Unescape(written)) }
