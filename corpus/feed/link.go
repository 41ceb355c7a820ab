package feed

import (
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"

	"newsdesk/corpus"
)

// address is the canonical address of an item; empty when it has none of its
// own.
func (r *reader) address(i int, from *gofeed.Item) string {
	candidates := []string{original(from), from.Link}
	candidates = append(candidates, from.Links...)
	if r.isPermanent(i, from.GUID) {
		candidates = append(candidates, from.GUID)
	}
	for _, c := range candidates {
		if address := resolve(r.base, c); address != "" && address != r.home && !isHome(address) {
			return address
		}
	}
	return ""
}

// original is the outlet's own address in a feed that a service counts clicks
// for.
func original(from *gofeed.Item) string {
	for _, e := range from.Extensions["feedburner"]["origLink"] {
		return e.Value
	}
	return ""
}

// isPermanent reports whether a guid is meant as an address. One that says
// nothing is, by the format; that it is an address is looked at as well, because
// many that say so are not.
func (r *reader) isPermanent(i int, guid string) bool {
	guid = strings.ToLower(strings.TrimSpace(guid))
	if !strings.HasPrefix(guid, "http://") && !strings.HasPrefix(guid, "https://") {
		return false
	}
	if i < len(r.originals) && r.originals[i].GUID != nil {
		return !strings.EqualFold(strings.TrimSpace(r.originals[i].GUID.IsPermalink), "false")
	}
	return true
}

// baseOf returns the first that is an absolute address; nil when none is.
func baseOf(addresses ...string) *url.URL {
	for _, a := range addresses {
		if u, err := url.Parse(strings.TrimSpace(a)); err == nil && u.IsAbs() && u.Host != "" {
			return u
		}
	}
	return nil
}

// resolve returns the canonical form of a link, empty for what is no address of
// a page.
func resolve(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	if strings.HasPrefix(link, "www.") {
		link = "https://" + link
	}
	u, err := url.Parse(link)
	if link == "" || err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	address, err := corpus.Canonical(u.String())
	if err != nil {
		return ""
	}
	return address
}

// isHome reports whether a canonical address names a host and nothing on it.
func isHome(canonical string) bool {
	_, rest, _ := strings.Cut(canonical, "://")
	return strings.IndexByte(rest, '/') == len(rest)-1
}
