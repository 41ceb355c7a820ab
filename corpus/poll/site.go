package poll

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// site is who an address belongs to: its registrable domain ("dw.com" of
// "rss.dw.com"), for an IP address or a name without one its host and port.
// Empty for what is no address.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	name := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if _, err := netip.ParseAddr(name); err == nil {
		return strings.ToLower(u.Host)
	}
	domain, err := publicsuffix.EffectiveTLDPlusOne(name)
	if err != nil {
		return strings.ToLower(u.Host)
	}
	return domain
}

// hostAndPort is the server of an address.
func hostAndPort(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// isHome reports whether an address names a host and nothing on it.
func isHome(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == ""
}

// homeOf is the page of the host of an address.
func homeOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	return u.Scheme + "://" + u.Host + "/"
}
