package poll

import (
	"hash/fnv"
	"regexp"
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus"
	"newsdesk/corpus/page"
)

const (
	// wholeText is the length from which a feed's text may be whole by itself, in
	// characters (a sign of Chinese counts three): teasers have up to some 700.
	wholeText = 1000
	// leastText is the length from which a text is an article at all; package page
	// has the same.
	leastText = 150
	// enoughTrust is how many items in a row must have had their whole text in the
	// feed before it is believed without a look at the page; one of checked items
	// is looked at all the same.
	enoughTrust, checked = 3, 10
	// nearly is the share of a page's text that a feed's must have to be as whole:
	// pages bring lines of furniture along.
	nearly = 0.9
)

var (
	// broken is how texts end that go on elsewhere.
	broken = regexp.MustCompile(`(?i)(?:…|\.\.\.|\[(?:…|\.\.\.|\+)\]|»|→|read more|continue reading|weiterlesen|leer más|lire la suite|читать далее|ادامه مطلب|اقرأ المزيد|阅读全文)[\s\])»→.]*$`)
	// ended is how sentences end.
	ended = regexp.MustCompile(`[.!?。！？؟۔"”“»’')）」]\s*$`)
)

// endsWhole reports whether a text ends where a text may end.
func endsWhole(text string) bool {
	return ended.MatchString(text) && !broken.MatchString(text)
}

// isWhole reports whether a feed's text is an article by itself: long, of several
// paragraphs, and not broken off. It is the rule for when the page cannot be had.
func isWhole(text string) bool {
	return weight(text) >= wholeText && strings.Contains(text, "\n\n") && endsWhole(text)
}

// holdsAsMuch reports whether a feed's text is as whole as a page's.
func holdsAsMuch(feedText, pageText string) bool {
	return weight(feedText) >= leastText && endsWhole(feedText) &&
		float64(weight(feedText)) >= nearly*float64(weight(pageText))
}

// trusted reports whether an item's text is taken from the feed without a look at
// its page: the feed has been as whole as the pages before, and this is not one
// of those that are looked at to see whether it still is.
func (r row) trusted(it item) bool {
	h := fnv.New32a()
	h.Write([]byte(it.key)) // never fails
	return r.trust >= enoughTrust && h.Sum32()%checked != 0 &&
		weight(it.draft.Article.Text) >= leastText && endsWhole(it.draft.Article.Text)
}

// weight is the length of a text in characters, a sign of Chinese counted three.
func weight(s string) int {
	n := 0
	for _, c := range s {
		n++
		if unicode.Is(unicode.Han, c) {
			n += 2
		}
	}
	return n
}

// ofFeed is the article as the feed tells it.
func (it item) ofFeed(r row, now time.Time) corpus.Article {
	a := it.draft.Article
	a.Outlet, a.URL = r.Name, it.url
	a.OutletURL, a.Language = or(r.Home, a.OutletURL), or(a.Language, r.Language)
	a.Published = it.publishedAt(page.Page{}, now)
	return a
}

// ofPage is the article as its page tells it, with what only the feed knows.
func (it item) ofPage(r row, p page.Page, now time.Time) corpus.Article {
	a, said := p.Draft, it.draft.Article
	a.Outlet = r.Name
	a.OutletURL = or(r.Home, a.OutletURL)
	a.Title, a.Author = or(a.Title, said.Title), or(said.Author, a.Author)
	a.Category, a.Language = or(a.Category, said.Category), or(a.Language, said.Language, r.Language)
	a.Published = it.publishedAt(p, now)
	return a
}

// publishedAt is the date of the feed, else of the page, else of the first reading;
// never after now. Where the feed only says when the article was changed, the
// page's earlier date is the one of publication.
func (it item) publishedAt(p page.Page, now time.Time) time.Time {
	at := it.draft.Article.Published
	if at.Equal(it.draft.Updated) && !p.Draft.Published.IsZero() && p.Draft.Published.Before(at) {
		at = p.Draft.Published
	}
	for _, other := range []time.Time{p.Draft.Published, it.seen, now} {
		if at.IsZero() {
			at = other
		}
	}
	if at.After(now) {
		return now
	}
	return at
}

// akin reports whether two texts are versions of one article: same title, or half
// of the shorter one's paragraphs.
func akin(a, b corpus.Article) bool {
	if a.Title != "" && strings.EqualFold(a.Title, b.Title) {
		return true
	}
	mine, other := strings.Split(a.Text, "\n\n"), strings.Split(b.Text, "\n\n")
	if len(other) < len(mine) {
		mine, other = other, mine
	}
	has := make(map[string]bool, len(other))
	for _, s := range other {
		has[s] = true
	}
	common := 0
	for _, s := range mine {
		if has[s] {
			common++
		}
	}
	return 2*common >= len(mine)
}

// or is the first that is not empty.
func or(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}
