package fetch

import (
	"net/url"
	"path"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"
)

func TestRules(t *testing.T) {
	checked := 0
	for _, name := range []string{"groups", "match"} {
		archive, err := txtar.ParseFile("testdata/robots/" + name + ".txtar")
		if err != nil {
			t.Fatal(err)
		}
		var r rules
		for _, f := range archive.Files {
			if path.Base(f.Name) == "robots.txt" {
				r = parseRules(f.Data, "newsdesk")
				continue
			}
			for line := range strings.Lines(string(f.Data)) {
				address, want, _ := strings.Cut(strings.TrimSpace(line), " ")
				u, err := url.Parse("http://harbour-herald.example" + address)
				if err != nil {
					t.Fatal(err)
				}
				if got := r.allow(u); got != (want == "allowed") {
					t.Errorf("%s: %s is allowed: %v", f.Name, address, got)
				}
				checked++
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d paths", checked)
	}
}

// TestRulesLineEnds: files of other systems, and with a mark at the beginning.
func TestRulesLineEnds(t *testing.T) {
	for _, end := range []string{"\n", "\r\n", "\r"} {
		r := parseRules([]byte("\uFEFF"+strings.Join([]string{"User-agent: *", "Crawl-delay: 2.5", "Disallow: /a"}, end)), "newsdesk")
		if len(r.list) != 1 || r.delay != 2500*time.Millisecond {
			t.Errorf("%q: %+v", end, r)
		}
	}
}

// TestRulesBounded: what comes after the bound is passed over, and a pattern
// made to be slow is not.
func TestRulesBounded(t *testing.T) {
	long := "User-agent: *\nDisallow: /a\n" + strings.Repeat("# nothing\n", maxRobots/10) + "Disallow: /b\n"
	if r := parseRules([]byte(long), "newsdesk"); len(r.list) != 1 {
		t.Errorf("%d rules", len(r.list))
	}
	one := "User-agent: *\nDisallow: /" + strings.Repeat("a", 2*maxRobots)
	if r := parseRules([]byte(one), "newsdesk"); r.size() > maxRobots+100 {
		t.Errorf("%d bytes", r.size())
	}
	if matches("/"+strings.Repeat("*a", 5000)+"$", "/"+strings.Repeat("a", 4999)+"b") {
		t.Error("matches")
	}
}

func FuzzRules(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /*.pdf$", "/a.pdf")
	f.Add("User-agent: newsdesk\nAllow: /%zz", "/%zz?*")
	f.Fuzz(func(t *testing.T, file, path string) {
		r := parseRules([]byte(file), "newsdesk")
		u := &url.URL{Scheme: "http", Host: "harbour-herald.example", Path: "/" + path}
		r.allow(u)
		if n := normal(path); normal(n) != n {
			t.Errorf("%q becomes %q, and that %q", path, n, normal(n))
		}
	})
}
