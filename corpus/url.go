package corpus

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// tracking are the names of parameters that say how a reader came to a page and
// not which page it is; a name that ends in "_" stands for all that begin so.
var tracking = []string{
	"utm_", "at_", "mc_", "hsa_", "pk_", "mtm_",
	"fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "yclid", "ttclid", "li_fat_id",
	"igshid", "igsh", "_ga", "_gl", "cmpid", "ocid",
}

// Canonical returns the one form of an address by which an article is known:
// scheme and host in lower case, without default port, fragment, user and
// tracking parameters; the order of the others is kept. Canonical of its own
// result is that result.
//
// The error says what is wrong with an address that is not an absolute http or
// https one, or that carries a password.
func Canonical(address string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return "", errors.New("is not an address")
	}
	u.Scheme = strings.ToLower(u.Scheme)
	if u.Scheme != "http" && u.Scheme != "https" {
		return "", errors.New("is not an http or https address")
	}
	if _, secret := u.User.Password(); secret {
		return "", errors.New("carries a password")
	}
	if u.Host, err = canonicalHost(u); err != nil {
		return "", err
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	u.RawQuery, u.ForceQuery = withoutTracking(u.RawQuery), false
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), nil
}

func canonicalHost(u *url.URL) (string, error) {
	name := strings.TrimRight(strings.ToLower(u.Hostname()), ".")
	if name == "" {
		return "", errors.New("names no host")
	}
	if strings.Contains(name, ":") {
		name = "[" + name + "]" // IPv6
	}
	port := u.Port()
	if port == "" || u.Scheme == "http" && port == "80" || u.Scheme == "https" && port == "443" {
		return name, nil
	}
	return name + ":" + port, nil
}

func withoutTracking(query string) string {
	var kept []string
	for parameter := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(parameter, "=")
		if parameter != "" && !isTracking(strings.ToLower(name)) {
			kept = append(kept, escape(parameter))
		}
	}
	return strings.Join(kept, "&")
}

// escape writes what must not stand in an address, and net/url lets through in
// a query, in its %XX form.
func escape(parameter string) string {
	var b strings.Builder
	for _, c := range []byte(parameter) {
		if c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

func isTracking(name string) bool {
	for _, t := range tracking {
		if name == t || strings.HasSuffix(t, "_") && strings.HasPrefix(name, t) {
			return true
		}
	}
	return false
}

// isHome reports whether a canonical address names a host and nothing on it:
// an outlet's page, which is no article's address.
func isHome(canonical string) bool {
	_, rest, _ := strings.Cut(canonical, "://")
	return strings.IndexByte(rest, '/') == len(rest)-1
}
