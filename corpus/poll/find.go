package poll

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"newsdesk/corpus/feed"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/page"
)

// Found is a feed that could be read, and what it says.
type Found struct {
	// Name is what people call the outlet, as far as its page and feed say.
	Name string
	// Feed is the address of the feed, Home that of the outlet's page; the latter
	// may be empty.
	Feed, Home string
	// Language is a BCP 47 tag; may be empty.
	Language string
	// Title is the feed's own.
	Title string
	// Articles is how many items the feed holds now, Newest the date of the newest;
	// zero when none has one.
	Articles int
	Newest   time.Time
	// Examples are titles of items, at most [maxExamples], the feed's first.
	Examples []string
}

const (
	maxExamples = 3
	// maxTried is how many feeds of a page are read to see whether they are some.
	maxTried = 5
)

// usual are the places where feeds are, when no page says so.
var usual = []string{"/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml"}

// Find looks for the feeds of an outlet at the address of its home page, an
// article or a feed ("https://www.dw.com", "dw.com"), the likeliest first. It
// stores nothing. The error is ErrNoFeed, what [Plain] can put into words, or the
// context's.
func (p *Poller) Find(ctx context.Context, address string) ([]Found, error) {
	resp, err := p.open(ctx, address)
	if err != nil {
		return nil, fmt.Errorf("poll: %s: %w", address, err)
	}
	s := search{p: p, seen: map[string]bool{}}
	if f, ok := s.read(resp); ok {
		f.Name = s.name(ctx, f, fetch.Response{})
		return []Found{f}, nil
	}
	if found, err := s.of(ctx, resp); len(found) > 0 || err != nil {
		return found, err
	}
	home, err := p.get(ctx, fetch.Request{URL: homeOf(resp.URL)})
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err == nil:
		if found, err := s.of(ctx, home); len(found) > 0 || err != nil {
			return found, err
		}
	}
	if found, err := s.guess(ctx, resp); len(found) > 0 || err != nil {
		return found, err
	}
	return nil, fmt.Errorf("poll: %s: %w", address, ErrNoFeed)
}

// open fetches an address as people write it.
func (p *Poller) open(ctx context.Context, address string) (fetch.Response, error) {
	address = strings.TrimSpace(address)
	if rest, ok := strings.CutPrefix(address, "feed:"); ok { // as browsers once wrote it
		address = strings.TrimPrefix(rest, "//")
	}
	if strings.Contains(address, "://") {
		return p.get(ctx, fetch.Request{URL: address})
	}
	resp, err := p.get(ctx, fetch.Request{URL: "https://" + address})
	if errors.Is(err, fetch.ErrUnavailable) {
		return p.get(ctx, fetch.Request{URL: "http://" + address})
	}
	return resp, err
}

// search is one [Poller.Find].
type search struct {
	p *Poller
	// seen are the addresses that were looked at.
	seen map[string]bool
}

// read reads an answer as a feed.
func (s *search) read(resp fetch.Response) (Found, bool) {
	f, err := feed.Read(resp.Body, feed.Source{URL: resp.URL, ContentType: resp.ContentType, Now: s.p.now()})
	if err != nil {
		return Found{}, false
	}
	found := Found{Feed: resp.URL, Home: f.Home, Language: f.Language, Title: f.Title, Articles: len(f.Items)}
	for _, i := range f.Items {
		if len(found.Examples) < maxExamples && i.Draft.Title != "" {
			found.Examples = append(found.Examples, i.Draft.Title)
		}
		if i.Draft.Published.After(found.Newest) {
			found.Newest = i.Draft.Published
		}
	}
	return found, true
}

// of reads the feeds that a page names.
func (s *search) of(ctx context.Context, from fetch.Response) ([]Found, error) {
	var found []Found
	for _, named := range feed.Discover(from.Body, from.URL) {
		if len(s.seen) == maxTried {
			break
		}
		f, ok := s.try(ctx, named.URL)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !ok {
			continue
		}
		if f.Home == "" {
			f.Home = homeOf(from.URL)
		}
		f.Name = s.name(ctx, f, from)
		found = append(found, f)
	}
	return distinct(found), nil
}

// try reads the feed at an address that was not looked at before.
func (s *search) try(ctx context.Context, address string) (Found, bool) {
	if s.seen[address] {
		return Found{}, false
	}
	s.seen[address] = true
	resp, err := s.p.get(ctx, fetch.Request{URL: address})
	if err != nil {
		s.p.log.DebugContext(ctx, "not a feed", "error", err)
		return Found{}, false
	}
	return s.read(resp)
}

// guess looks where feeds usually are, and takes the first.
func (s *search) guess(ctx context.Context, from fetch.Response) ([]Found, error) {
	home, err := url.Parse(homeOf(from.URL))
	if err != nil {
		return nil, nil
	}
	for _, path := range usual {
		f, ok := s.try(ctx, home.JoinPath(path).String())
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if ok {
			f.Name = s.name(ctx, f, from)
			return []Found{f}, nil
		}
	}
	return nil, nil
}

// name is what the outlet calls itself on the page from, else on its home page,
// else the feed's title without what is only said of feeds.
func (s *search) name(ctx context.Context, f Found, from fetch.Response) string {
	if from.Body == nil && f.Home != "" {
		var err error
		if from, err = s.p.get(ctx, fetch.Request{URL: f.Home}); err != nil {
			s.p.log.DebugContext(ctx, "home page not read", "error", err)
		}
	}
	if from.Body != nil {
		// A home page is no article, and is told of all the same.
		read, _ := page.Read(from.Body, page.Source{URL: from.URL, ContentType: from.ContentType, Now: s.p.now()})
		if name := siteName(read, from.URL); name != "" {
			return name
		}
	}
	if name := ofFeeds.ReplaceAllString(f.Title, ""); name != "" {
		return strings.TrimSpace(name)
	}
	return hostOf(f.Feed)
}

// siteName is what a page calls its outlet; empty when it does not say.
func siteName(read page.Page, address string) string {
	if host := hostOf(address); strings.EqualFold(read.Site, host) || strings.EqualFold(read.Site, "www."+host) {
		return ""
	}
	return read.Site
}

// ofFeeds is what titles of feeds say besides the outlet.
var ofFeeds = regexp.MustCompile(`(?i)\s*[-–—|:»/]\s*(?:rss(?: feed)?|atom(?: feed)?|news ?feed|feed|home|homepage|start(?:seite)?|latest(?: news)?|all(?: news| articles)?|top stories|news|nachrichten|portada|главная)\s*$|\s+(?:rss|atom)(?: feed)?\s*$|^(?:rss|atom)(?: feed)?\s*[-–—|:]\s*`)

// distinct drops feeds with the titles of another: the same in a second format.
func distinct(found []Found) []Found {
	var kept []Found
	for _, f := range found {
		same := func(k Found) bool { return len(f.Examples) > 0 && slices.Equal(k.Examples, f.Examples) }
		if !slices.ContainsFunc(kept, same) {
			kept = append(kept, f)
		}
	}
	return kept
}
