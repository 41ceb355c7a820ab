package fetch

import "net/netip"

// notPublic are the ranges within those that are routed on the Internet in which
// no outlet is: IANA's registries of special-purpose addresses (RFC 6890 and
// what came after), multicast, and the addresses inside the Internet's space
// where clouds answer their own machines.
var notPublic = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
	"192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16",
	"192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"168.63.129.16/32", // the host of Azure's machines
	"2001::/23",        // protocols, Teredo among them: an IPv4 address inside
	"2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20",
)

// unicast6 is all of IPv6 that is given to networks of the Internet. Mapped,
// translated (NAT64), unique local, link-local and multicast addresses are
// outside.
var unicast6 = netip.MustParsePrefix("2000::/3")

// isPublic reports whether an outlet can be at ip. An address with a zone is
// not, nor is an IPv4 address inside an IPv6 one.
func isPublic(ip netip.Addr) bool {
	if !ip.IsValid() || ip.Zone() != "" || ip.Is6() && !unicast6.Contains(ip) {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(ip) {
			return false
		}
	}
	return true
}

func prefixes(list ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, s := range list {
		all = append(all, netip.MustParsePrefix(s))
	}
	return all
}
