package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// One article's own page is added as a file: under the outlet that the page names,
// with the page's date and address, also gzipped and in another character set.
func TestAddPage(t *testing.T) {
	mill := archived(t, "testdata/read.txtar")["mill.html"]
	named := strings.Replace(mill, "<head>", `<head><meta property="og:site_name" content="Harbour Herald">`, 1)
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(named))
	z.Close()
	latin := strings.Replace(strings.NewReplacer("“", `"`, "”", `"`).Replace(named), "<head>", `<head><meta charset="iso-8859-1">`, 1)
	latin = strings.Replace(latin, "flour again", "the caf\xe9's flour again", 1)
	for _, c := range []struct{ name, content, outlet string }{
		{"mill.html", named, "Harbour Herald"}, {"mill.html.gz", packed.String(), "Harbour Herald"},
		{"latin.html", latin, "Harbour Herald"}, {"host.html", mill, "harbour-herald.example"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			path := write(t, c.name, c.content)
			if r := quietly(t, dir, "add", path).must(t); r.out != path+": 1 new article, 0 new versions, 0 unchanged\n" {
				t.Errorf("%+v", r)
			}
			got := listed(t, quietly(t, dir, "articles", "--json"))
			if len(got) != 1 || got[0].Outlet != c.outlet || got[0].Published != "2026-03-03" || got[0].URL != "https://www.harbour-herald.example/news/mill" {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestAddAddress(t *testing.T) {
	g := newGazette(t)
	dir := filled(t)
	r := quietly(t, dir, g.on("add", g.URL+"/news/1")...).must(t)
	for _, part := range []string{g.URL + "/news/1: 1 new article", "Kestrel Bay Gazette · 2026-03-01 · Pier report number 1"} {
		if !strings.Contains(r.out, part) {
			t.Errorf("%q is not in\n%s", part, r.out)
		}
	}
	if r := quietly(t, dir, g.on("add", g.URL+"/news/1")...).must(t); !strings.Contains(r.out, "1 unchanged") {
		t.Errorf("%+v", r)
	}
	for address, says := range map[string]string{
		g.URL + "/nothing":            "not there",
		g.URL + "/paid":               "behind a paywall",
		g.URL + "/":                   "no article on the page",
		"http://127.0.0.1:1/article":  "refused",
		"https://user:hidden@x.test/": "https://…@x.test/: the address is refused",
		"ftp://gazette.example/1":     "the address is refused (it is not an http or https address)",
		"gazette.example/news/1":      "gazette.example/news/1: there is no such file or folder; the address of an article begins with https://",
	} {
		refused(t, dir, func() result { return quietly(t, dir, g.on("add", address)...) }, says)
	}
}

// saved is an article's page as somebody saved it.
func saved(n int, more string) string {
	return fmt.Sprintf(`<html lang="en"><head><title>Pier report number %[1]d</title><meta property="og:type" content="article"><meta property="og:site_name" content="Kestrel Bay Gazette">%[2]s
</head><body><article><h1>Pier report number %[1]d</h1>
<p>The harbour office of Kestrel Bay counted %[1]d7 cracked planks on the old pier this week, and wants them replaced before the summer season begins in earnest.</p>
<p>Its engineer, Runa Veldt, said that the planks of stretch %[1]d were laid in 1987 and had outlived what anybody had expected of them at the time.</p></article></body></html>`, n, more)
}

func address(n int) string {
	return fmt.Sprintf(`<link rel="canonical" href="https://gazette.example/news/%d">`, n)
}

const marchThird = `<meta property="article:published_time" content="2026-03-03T09:00:00Z">`

func TestAddFolder(t *testing.T) {
	folder := t.TempDir()
	for name, content := range map[string]string{
		"1.html": saved(1, address(1)+marchThird), "deep/2.htm": saved(2, address(2)+marchThird), "same.html": saved(1, address(1)+marchThird),
		"undated.html": saved(3, address(3)), "list.html": "<html><body><a href=/1>One</a></body></html>", "notes.txt": "no page",
	} {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "data")
	r := quietly(t, dir, "add", folder).must(t)
	if want := folder + ": 2 new articles, 0 new versions, 1 unchanged; 1 page without an article; 1 page named above that cannot be read\n"; r.out != want {
		t.Errorf("%s, not %s", r.out, want)
	}
	for _, part := range []string{"undated.html", "Kestrel Bay Gazette (https://gazette.example/news/3)", "published is not named"} {
		if !strings.Contains(r.err, part) {
			t.Errorf("%q is not in\n%s", part, r.err)
		}
	}
	if got := listed(t, quietly(t, dir, "articles", "--json")); len(got) != 2 {
		t.Errorf("%+v", got)
	}
	if r := quietly(t, dir, "ask", "How many cracked planks did the harbour office count?"); r.code == exitFailed {
		t.Errorf("%+v", r)
	}
}

func TestAddWARC(t *testing.T) {
	var plain strings.Builder
	record := func(url, body string) {
		answer := "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
		fmt.Fprintf(&plain, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2026-03-10T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n", url, len(answer), answer)
	}
	record("https://gazette.example/news/1", saved(1, marchThird))
	record("https://gazette.example/", "<html><body><a href=/1>One</a></body></html>")
	record("https://gazette.example/news/2", saved(2, marchThird))
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(plain.String()))
	z.Close()
	for name, content := range map[string]string{"crawl.warc": plain.String(), "crawl.warc.gz": packed.String()} {
		dir := filepath.Join(t.TempDir(), "data")
		r := quietly(t, dir, "add", write(t, name, content)).must(t)
		if !strings.HasSuffix(r.out, "2 new articles, 0 new versions, 0 unchanged; 1 page without an article\n") {
			t.Errorf("%+v", r)
		}
		got := listed(t, quietly(t, dir, "articles", "--json"))
		if len(got) != 2 || got[0].URL != "https://gazette.example/news/2" || got[0].Outlet != "Kestrel Bay Gazette" {
			t.Errorf("%+v", got)
		}
	}
	dir := filled(t)
	for name, content := range map[string]string{"no.warc": "something else", "empty.warc": "", "none.warc": plain.String()[:40]} {
		refused(t, dir, func() result { return quietly(t, dir, "add", write(t, name, content)) }, name)
	}
}

func TestBadPages(t *testing.T) {
	dir := filled(t)
	for name, c := range map[string]struct{ content, says string }{
		"undated.html": {saved(1, address(1)), "published is not named"},
		"nobody.html":  {strings.Replace(saved(1, marchThird), "og:site_name", "x", 1), "outlet is not named"},
		"paid.html":    {archived(t, "testdata/read.txtar")["paid.html"], "behind a paywall"},
		"list.html":    {"<html><body>nothing</body></html>", "no byline"},
	} {
		if name == "list.html" {
			c.says = "no article on the page"
		}
		refused(t, dir, func() result { return quietly(t, dir, "add", write(t, name, c.content)) }, name, c.says)
	}
	empty := t.TempDir()
	refused(t, dir, func() result { return quietly(t, dir, "add", empty) }, empty, "no article in it")
}
