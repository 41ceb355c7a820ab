package roundup

import (
	"net/url"
	"regexp"
	"strings"
)

// address is where an article can be read.
type address struct {
	article string // of the article itself; empty if only the outlet is named
	home    string // of the outlet's home page
}

// add takes what a mark line names: its links first, then what is written in it.
// What was named before stays.
func (a *address) add(l line) {
	for _, href := range l.links {
		a.addReference(href)
	}
	for word := range strings.FieldsSeq(l.text) {
		word = strings.Trim(word, `()[]<>{}“”"'«»,;|→►`)
		if strings.Contains(word, "](") { // a Markdown link
			_, word, _ = strings.Cut(word, "](")
		}
		a.addReference(strings.TrimRight(word, ".:"))
	}
}

// addReference takes an address or a bare host. Anything else is passed over.
func (a *address) addReference(s string) {
	u := webAddress(s)
	if u == nil {
		return
	}
	home := url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}
	if isHome(u) {
		a.home = firstOf(a.home, home.String())
		return
	}
	if a.article == "" {
		a.article = u.String()
	}
}

// outletURL is the outlet's home page: the one named, or else the article's host.
func (a *address) outletURL() string {
	if a.home != "" || a.article == "" {
		return a.home
	}
	u, err := url.Parse(a.article)
	if err != nil {
		return ""
	}
	return (&url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/"}).String()
}

func firstOf(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// host is a name with a dot, of letters, digits and hyphens, whose last part is
// no number.
var host = regexp.MustCompile(`^(?:[\pL\pN](?:[\pL\pN-]{0,61}[\pL\pN])?\.)+\pL[\pL\pN-]*\pL(?::\d{1,5})?$`)

// webAddress reads an http or https address, or one that begins with a host and
// has no scheme; nil if s is neither. The fragment is no part of an article's
// address, a user's name and password none of a public one.
func webAddress(s string) *url.URL {
	if len(s) > 2048 || !strings.Contains(s, ".") {
		return nil
	}
	if !strings.Contains(s, "://") {
		s = "https://" + s
	}
	u, err := url.Parse(s)
	if err != nil || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return nil
	}
	u.Host = strings.ToLower(u.Host)
	if !host.MatchString(u.Host) {
		return nil
	}
	u.Fragment, u.RawFragment = "", ""
	return u
}

// homePath is a path that no article has: none, an index, a language.
var homePath = regexp.MustCompile(`^/?$|^/index\.\w+$|^/[a-z]{2}(-[A-Za-z]{2})?/?$`)

func isHome(u *url.URL) bool { return u.RawQuery == "" && homePath.MatchString(u.Path) }
