package fetch

import (
	"errors"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestHostile: nothing is sent, and a person is told why.
func TestHostile(t *testing.T) {
	list := lines(t, "testdata/hostile.txt")
	if len(list) < 60 {
		t.Fatalf("only %d addresses", len(list))
	}
	w := newWorld(t)
	for _, line := range list {
		address, reason, ok := strings.Cut(line, " ! ")
		if !ok {
			t.Fatalf("%q", line)
		}
		_, err := w.get(address)
		if !errors.Is(err, ErrAddress) || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v, want %q", address, err, reason)
		}
	}
	if len(w.dialled) > 0 {
		t.Errorf("connections were made to %q", w.dialled)
	}
}

// TestAllowed: what outlets write is asked for, in one form.
func TestAllowed(t *testing.T) {
	for _, line := range lines(t, "testdata/allowed.txt") {
		address, want, _ := strings.Cut(line, " -> ")
		u, err := parse(address, nil)
		if err != nil {
			t.Errorf("%s: %v", address, err)
			continue
		}
		if u.String() != want {
			t.Errorf("%s is asked for as %s, want %s", address, u, want)
		}
		again, err := parse(want, nil)
		if err != nil || again.String() != want {
			t.Errorf("%s again: %v, %v", want, again, err)
		}
	}
}

// TestRedirectsRefused: the same holds at every hop.
func TestRedirectsRefused(t *testing.T) {
	for _, line := range lines(t, "testdata/redirects.txt") {
		location, reason, ok := strings.Cut(line, " ! ")
		if !ok {
			continue
		}
		w := newWorld(t)
		w.use(Settings{Own: []string{"house.example"}})
		w.serve("10.1.2.3:80", text("the house's own"))
		w.site().Handle("/", redirect(http.StatusFound, location))
		_, err := w.get(home)
		if !errors.Is(err, ErrAddress) || !strings.Contains(err.Error(), reason) {
			t.Errorf("to %s: %v, want %q", location, err, reason)
		}
		for _, address := range w.dialled {
			if address != "93.184.216.34:80" {
				t.Errorf("to %s: a connection was made to %s", location, address)
			}
		}
	}
}

func redirect(status int, location string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Location", location)
		w.WriteHeader(status)
	}
}

// TestRobotsRedirectRefused: robots.txt is no way in either.
func TestRobotsRedirectRefused(t *testing.T) {
	w := newWorld(t)
	w.site().Handle("/robots.txt", http.RedirectHandler("http://169.254.169.254/latest/", http.StatusFound))
	_, err := w.get(home)
	if !errors.Is(err, ErrAddress) {
		t.Error(err)
	}
	if len(w.dialled) != 1 {
		t.Errorf("connections to %q", w.dialled)
	}
}

// TestRebinding: a name that answers with a public address when it is checked
// and with a private one right after is connected to at the one that was checked.
func TestRebinding(t *testing.T) {
	w := newWorld(t)
	answers := [][]string{{"93.184.216.34"}, {"127.0.0.1"}}
	w.serve("127.0.0.1:80", text("the secret of this machine"))
	mux := w.site()
	mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
		rw.Header().Set("Connection", "close") // so that each request needs a connection
		if r.URL.Path == "/robots.txt" {
			http.NotFound(rw, r)
		}
	})
	for i := range answers {
		w.mu.Lock()
		w.names["turning.example"] = answers[i]
		w.mu.Unlock()
		_, err := w.get("http://turning.example/a")
		if i == 0 && err != nil || i == 1 && !errors.Is(err, ErrAddress) {
			t.Errorf("look-up %d: %v", i, err)
		}
	}
	for _, address := range w.dialled {
		if address != "93.184.216.34:80" {
			t.Errorf("a connection was made to %s", address)
		}
	}
	if len(w.lookUps) != 3 || len(w.dialled) != 2 {
		t.Errorf("look-ups %q and connections %q: want one look-up for each connection, and one refused", w.lookUps, w.dialled)
	}
}

// TestSecondAddress: where the first address does not answer, the next does.
func TestSecondAddress(t *testing.T) {
	w := newWorld(t)
	w.names["two.example"] = []string{"93.184.216.99", "::ffff:93.184.216.34"}
	w.site().Handle("/a", text("a"))
	if _, err := w.get("http://two.example/a"); err != nil {
		t.Error(err)
	}
	if w.dialled[len(w.dialled)-1] != "93.184.216.34:80" {
		t.Errorf("%q", w.dialled)
	}
}

// TestOwnHost: a host of the house is asked for where the settings name it, at
// that port only, and only when the user asks for it.
func TestOwnHost(t *testing.T) {
	w := newWorld(t)
	w.serve("10.1.2.3:8000", text("the house's own"))
	w.serve("127.0.0.1:9000", text("this machine's own"))
	w.use(Settings{Own: []string{"House.example:8000", "127.0.0.1:9000"}})
	for address, ok := range map[string]bool{
		"http://house.example:8000/feed": true, "http://127.0.0.1:9000/feed": true, "http://HOUSE.example:8000/": true,
		"http://house.example/feed": false, "http://house.example:8001/": false, "http://127.0.0.1:9001/": false, "http://127.0.0.1/": false,
	} {
		if _, err := w.get(address); ok != (err == nil) {
			t.Errorf("%s: %v", address, err)
		}
	}
	for _, bad := range []string{"", "http://house.example", "house.example/a", "a@house.example", ":80"} {
		if _, err := New(nil, Settings{Agent: agent, Own: []string{bad}}); err == nil {
			t.Errorf("own host %q was taken", bad)
		}
	}
}

// TestDirect: even if all else were wrong, the system is not let connect.
func TestDirect(t *testing.T) {
	l, _, _ := newLoopback(t)
	dial := direct(func(to netip.AddrPort) bool { return isPublic(to.Addr()) })
	if conn, err := dial(t.Context(), "tcp", l); err == nil {
		conn.Close()
		t.Error("a connection to this machine was made")
	}
	dial = direct(func(netip.AddrPort) bool { return true })
	conn, err := dial(t.Context(), "tcp", l)
	if err != nil {
		t.Fatal(err)
	}
	conn.Close()
}

// TestPrivateProperty: no way of writing an address that is not public leads
// there, for any such address.
func TestPrivateProperty(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := rapid.SampledFrom(ranges4()).Draw(t, "range")
		ip := within(t, p)
		address := "http://" + disguise(t, ip) + "/"
		if u, err := parse(address, nil); err == nil {
			t.Fatalf("%s is asked for as %s", address, u)
		}
		if isPublic(ip) || checkAll([]netip.Addr{netip.MustParseAddr("93.184.216.34"), ip}) == nil {
			t.Fatalf("%v is public", ip)
		}
	})
}

// ranges4 are the ranges of IPv4.
func ranges4() []netip.Prefix {
	return slices.DeleteFunc(slices.Clone(notPublic), func(p netip.Prefix) bool { return !p.Addr().Is4() })
}

// within draws an address of the range.
func within(t *rapid.T, p netip.Prefix) netip.Addr {
	b := p.Addr().As4()
	for i := p.Bits(); i < 32; i++ {
		if rapid.Bool().Draw(t, "bit") {
			b[i/8] |= 0x80 >> (i % 8)
		}
	}
	return netip.AddrFrom4(b)
}

func FuzzParse(f *testing.F) {
	for _, name := range []string{"hostile", "allowed", "redirects"} {
		for _, line := range lines2("testdata/" + name + ".txt") {
			address, _, _ := strings.Cut(line, " ")
			f.Add(address)
		}
	}
	f.Fuzz(func(t *testing.T, address string) {
		u, refused := parse(address, nil)
		if refused != nil {
			_ = refused.Error()
			return
		}
		again, refused := parse(u.String(), nil)
		if refused != nil || again.String() != u.String() {
			t.Errorf("%q is asked for as %s, and that as %v, %v", address, u, again, refused)
		}
		if ip, err := netip.ParseAddr(u.Hostname()); err == nil && !isPublic(ip) || u.User != nil || u.Fragment != "" {
			t.Errorf("%q is asked for as %s", address, u)
		}
	})
}
