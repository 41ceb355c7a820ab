package fetch

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// ports are those that news is published at.
var ports = map[string]bool{"80": true, "443": true, "8080": true, "8443": true}

// houses are the ends of names that are known in one house only, or nowhere
// (RFC 6761, 6762, 7686, 8375, 9476).
var houses = []string{"localhost", "local", "internal", "intranet", "lan", "home", "corp", "private", "arpa", "onion", "alt"}

// maxAddress bounds an address, in bytes. Browsers refuse longer ones too.
const maxAddress = 8192

// parse reads an address: absolute, http or https, without user and fragment,
// and with a host that every reader of addresses takes for the same. own says
// which hosts ("name:port") the settings name as the user's own: those may be
// anywhere, at any port.
func parse(address string, own map[string]bool) (*url.URL, *Error) {
	address = strings.TrimSpace(address)
	if len(address) > maxAddress {
		return nil, refuse(address, "it is longer than %d characters", maxAddress)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, refuse(address, "it is not an address")
	}
	if u.Scheme = strings.ToLower(u.Scheme); u.Scheme != "http" && u.Scheme != "https" {
		return nil, refuse(address, "it is not an http or https address")
	}
	if u.User != nil {
		return nil, refuse(address, "it names a user")
	}
	name, refused := hostName(address, u)
	if refused != nil {
		return nil, refused
	}
	port := portOf(u)
	if !own[name+":"+port] {
		if refused := checkHost(address, name, port); refused != nil {
			return nil, refused
		}
	}
	if isAmbiguous(u) {
		return nil, refuse(address, "its host can be read in two ways")
	}
	return tidy(u, name, port), nil
}

// hostName returns the host in the form in which it is looked up.
func hostName(address string, u *url.URL) (string, *Error) {
	if u.Hostname() == "" {
		return "", refuse(address, "it names no host")
	}
	if strings.HasPrefix(u.Host, "[") {
		ip, err := netip.ParseAddr(u.Hostname())
		if err != nil || !ip.Is6() {
			return "", refuse(address, "it is not an address")
		}
		return ip.String(), nil
	}
	name, fault := asciiName(strings.TrimSuffix(u.Hostname(), "."))
	if fault != "" {
		return "", refuse(address, "%s", fault)
	}
	return name, nil
}

// asciiName returns a name as it stands in the directory of names, or what is
// wrong with it.
func asciiName(name string) (ascii, fault string) {
	const notAnAddress = "it is not an address"
	name = strings.ToLower(name)
	if isASCII(name) && !strings.Contains(name, "xn--") {
		if !isName(name) {
			return "", notAnAddress
		}
		return name, ""
	}
	ascii, err := idna.Lookup.ToASCII(name)
	if !isASCII(name) && err == nil && !strings.Contains(ascii, "xn--") {
		return "", "its host looks like another: " + ascii
	}
	readable, err2 := idna.Lookup.ToUnicode(ascii)
	switch {
	case err != nil || err2 != nil || !isName(ascii) || strings.Contains(ascii, "xn--.") || strings.HasSuffix(ascii, "xn--"):
		return "", notAnAddress
	case isLookAlike(readable):
		return "", "its host looks like another: " + ascii
	}
	return ascii, ""
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x80 }) < 0
}

// isName reports whether s can be a name in the directory: labels of up to 63
// letters, digits, hyphens and, as many hosts have them, underscores.
func isName(s string) bool {
	if len(s) > 253 {
		return false
	}
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		if strings.Trim(label, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			return false
		}
	}
	return true
}

// checkHost refuses what is not public by its very name, or at an odd port.
func checkHost(address, name, port string) *Error {
	if ip, err := netip.ParseAddr(name); err == nil {
		if !isPublic(ip) {
			return refuse(address, "its host is not public: %v", ip)
		}
		return checkPort(address, port)
	}
	if endsInNumber(name) {
		return refuse(address, "its host is not a plain number: %s", name)
	}
	if isHouse(name) {
		return refuse(address, "it names no public host: %s", name)
	}
	return checkPort(address, port)
}

func checkPort(address, port string) *Error {
	if !ports[port] {
		return refuse(address, "news is not published at port %s", port)
	}
	return nil
}

// endsInNumber reports whether some readers would take the name for an IPv4
// address: its last label is a number (WHATWG URL, "ends in a number").
func endsInNumber(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if rest, ok := strings.CutPrefix(last, "0x"); ok {
		return strings.Trim(rest, "0123456789abcdef") == ""
	}
	return strings.Trim(last, "0123456789") == ""
}

func isHouse(name string) bool {
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last == name {
		return true // one label is completed by the network one is in
	}
	for _, h := range houses {
		if last == h {
			return true
		}
	}
	return false
}

// isAmbiguous reports whether other readers of addresses could take another part
// for the host: "http://good.example#@evil.example/".
func isAmbiguous(u *url.URL) bool {
	return u.Path == "" && (strings.Contains(u.RawQuery, "@") || strings.Contains(u.Fragment, "@"))
}

func portOf(u *url.URL) string {
	switch {
	case u.Port() != "":
		return u.Port()
	case u.Scheme == "https":
		return "443"
	}
	return "80"
}

// tidy returns the address that is asked for.
func tidy(u *url.URL, name, port string) *url.URL {
	host := name
	if strings.Contains(name, ":") {
		host = "[" + name + "]"
	}
	if port != portOf(&url.URL{Scheme: u.Scheme}) {
		host += ":" + port
	}
	path := u.Path
	if path == "" {
		path = "/"
	}
	t := &url.URL{Scheme: u.Scheme, Host: host, Path: path, RawPath: u.RawPath, RawQuery: u.RawQuery}
	t.RawQuery = strings.ReplaceAll(t.RawQuery, " ", "%20")
	return t
}
