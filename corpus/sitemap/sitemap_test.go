package sitemap

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/tools/txtar"

	"newsdesk/corpus/corpustest"
)

const from = "https://www.harbour-herald.example/sitemaps/news.xml"

// cases calls check with each case of an archive: what it is made of, and what is
// to come of it.
func cases(t testing.TB, name string, check func(name string, given []byte, want string)) {
	t.Helper()
	corpustest.Pairs(t, "testdata/"+name, func(name string, given txtar.File, want string) {
		check(name, prepared(t, given), want)
	})
}

// prepared is a file with done to it what the end of its name says.
func prepared(t testing.TB, f txtar.File) []byte {
	t.Helper()
	data := f.Data
	for _, step := range strings.Split(path.Base(f.Name), ".")[1:] {
		switch step {
		case "gz":
			data = packed(t, data)
		case "cut":
			data = data[:len(data)-40]
		case "utf-8-bom":
			data = append([]byte("\uFEFF"), data...)
		case "utf-16":
			data = encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes, data)
		default:
			e, _ := charset.Lookup(step)
			data = encoded(t, e.NewEncoder().Bytes, data)
		}
	}
	return data
}

func encoded(t testing.TB, encode func([]byte) ([]byte, error), data []byte) []byte {
	t.Helper()
	out, err := encode(data)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func packed(t testing.TB, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestRead(t *testing.T) {
	cases(t, "sitemaps.txtar", func(name string, given []byte, want string) {
		m, err := Read(given, from)
		if got := shown(m, err); got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
	})
}

func shown(m Map, err error) string {
	switch {
	case errors.Is(err, ErrNotSitemap):
		return "error not a sitemap\n"
	case err != nil:
		return "error " + err.Error() + "\n"
	}
	var b strings.Builder
	for _, p := range m.Pages {
		fmt.Fprintf(&b, "page %s | %s | %s | %s | %s | %s\n", p.URL, orDash(p.Title), stamp(p.Published), stamp(p.Modified), orDash(p.Outlet), orDash(p.Language))
	}
	for _, r := range m.Maps {
		fmt.Fprintf(&b, "map %s | %s\n", r.URL, stamp(r.Modified))
	}
	if m.Cut {
		b.WriteString("cut\n")
	}
	return b.String()
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func stamp(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return at.Format(time.RFC3339)
}

func TestRobots(t *testing.T) {
	cases(t, "robots.txtar", func(name string, given []byte, want string) {
		got := ""
		for _, address := range Robots(given) {
			got += address + "\n"
		}
		if got != want {
			t.Errorf("%s:\n%swant\n%s", name, got, want)
		}
	})
}

// TestNoBase: without an address of its own, a map's relative addresses are none.
func TestNoBase(t *testing.T) {
	for _, base := range []string{"", "sitemap.xml", "http://%zz/", "::"} {
		m, err := Read([]byte("<urlset><url><loc>/a</loc></url><url><loc>https://www.harbour-herald.example/b</loc></url></urlset>"), base)
		if err != nil || len(m.Pages) != 1 {
			t.Errorf("%q: %+v, %v", base, m, err)
		}
	}
}

// FuzzRead: nothing crashes or hangs, and what comes out is addresses of the web
// and plain text.
func FuzzRead(f *testing.F) {
	for _, archive := range []string{"sitemaps.txtar", "robots.txtar"} {
		cases(f, archive, func(_ string, given []byte, _ string) { f.Add(given, from) })
	}
	f.Fuzz(func(t *testing.T, data []byte, from string) {
		for _, address := range Robots(data) {
			checkAddress(t, address)
		}
		m, err := Read(data, from)
		if err != nil && (!errors.Is(err, ErrNotSitemap) || len(m.Pages)+len(m.Maps) > 0) {
			t.Error(err)
		}
		for _, r := range m.Maps {
			checkAddress(t, r.URL)
		}
		for _, p := range m.Pages {
			checkAddress(t, p.URL)
			for _, s := range []string{p.Title, p.Outlet, p.Language} {
				if strings.ContainsAny(s, "\x00\n\u202e\u200b") || strings.ToValidUTF8(s, "") != s {
					t.Errorf("%q", s)
				}
			}
		}
	})
}

func checkAddress(t *testing.T, s string) {
	t.Helper()
	if !isAddress(s) || strings.ContainsAny(s, " \n\x00#") || len(s) > 4*maxAddress {
		t.Errorf("%q", s)
	}
}
