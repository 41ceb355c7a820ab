package fetch

import (
	"encoding/binary"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// disguise writes an IPv4 address in one of the ways that some reader of
// addresses somewhere understands.
func disguise(t *rapid.T, ip netip.Addr) string {
	b := ip.As4()
	n := binary.BigEndian.Uint32(b[:])
	forms := []string{
		ip.String(), ip.String() + ".",
		fmt.Sprint(n), fmt.Sprintf("0x%x", n), fmt.Sprintf("0X%08X", n), fmt.Sprintf("0%o", n),
		fmt.Sprintf("%d.%d", b[0], n&0xFFFFFF), fmt.Sprintf("%d.%d.%d", b[0], b[1], n&0xFFFF),
		fmt.Sprintf("0x%x.0x%x.0x%x.0x%x", b[0], b[1], b[2], b[3]),
		fmt.Sprintf("0%o.0%o.0%o.0%o", b[0], b[1], b[2], b[3]),
		fmt.Sprintf("%d.0%o.0x%x.%d", b[0], b[1], b[2], b[3]),
		strings.NewReplacer("0", "０", "1", "１", "2", "②").Replace(ip.String()) + "。",
		"[::ffff:" + ip.String() + "]", "[::" + ip.String() + "]", "[64:ff9b::" + ip.String() + "]",
		fmt.Sprintf("[::ffff:%x:%x]", n>>16, n&0xFFFF), fmt.Sprintf("[2002:%x:%x::1]", n>>16, n&0xFFFF),
		"harbour-herald.example@" + ip.String(), ip.String() + "#harbour-herald.example", ip.String() + ":80",
	}
	return rapid.SampledFrom(forms).Draw(t, "form")
}

// newLoopback is a listener of the real network, on this machine.
func newLoopback(t *testing.T) (string, net.Listener, error) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.Addr().String(), l, nil
}

// lines2 is lines where there is no test yet.
func lines2(file string) []string {
	data, err := os.ReadFile(file)
	if err != nil {
		panic(err)
	}
	return strings.Split(string(data), "\n")
}
