package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus/page"
)

// TestReadFiles runs “page” and “feed” over saved files, and looks that they make
// no data folder.
func TestReadFiles(t *testing.T) {
	files := archived(t, "testdata/read.txtar")
	for name, content := range files {
		base, kind := strings.TrimSuffix(name, filepath.Ext(name)), strings.TrimPrefix(filepath.Ext(name), ".")
		command, ok := map[string]string{"html": "page", "feed": "feed"}[kind]
		if !ok {
			continue
		}
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			r := quietly(t, dir, command, "--json", write(t, name, content))
			if want := files[base+".json"]; r.out != want {
				t.Errorf("got\n%swant\n%s", r.out, want)
			}
			holds(t, r.err, files[base+".error"])
			if want := wantedExit(files[base+".json"], files[base+".error"]); r.code != want {
				t.Errorf("exit %d, want %d", r.code, want)
			}
			if _, err := os.Stat(dir); err == nil {
				t.Error("a data folder was made")
			}
		})
	}
}

// wantedExit is 0 for whatever gave a text or items, also those of half an article.
func wantedExit(out, says string) int {
	switch {
	case says == "" || out != "" && !strings.Contains(out, `"text":""`):
		return exitDone
	case out == "":
		return exitFailed
	}
	return exitNotFound
}

// archived returns the files of a txtar archive by name.
func archived(t *testing.T, path string) map[string]string {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range archive.Files {
		files[f.Name] = string(f.Data)
	}
	return files
}

// holds looks for all lines of parts in what was said; where there are none,
// nothing is to be said.
func holds(t *testing.T, said, parts string) {
	t.Helper()
	if parts == "" && said != "" {
		t.Errorf("said %s", said)
	}
	for part := range strings.Lines(parts) {
		if !strings.Contains(said, strings.TrimSpace(part)) {
			t.Errorf("%q is not in\n%s", strings.TrimSpace(part), said)
		}
	}
}

// A page comes as a file, gzipped, or on the standard input, and is the same.
func TestPageOfAnySource(t *testing.T) {
	files := archived(t, "testdata/read.txtar")
	content, want := files["mill.html"], files["mill.json"]
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte(content))
	z.Close()
	dir := t.TempDir()
	for _, r := range []result{
		quietly(t, dir, "page", "--json", write(t, "mill.html.gz", packed.String())),
		within(t, dir, strings.NewReader(content), nil, "page", "--json", "-"),
		within(t, dir, &packed, nil, "page", "--json", "-"),
	} {
		if r.must(t); r.out != want {
			t.Errorf("got\n%swant\n%s", r.out, want)
		}
	}
	r := quietly(t, dir, "page", write(t, "mill.html", content)).must(t)
	if !strings.HasPrefix(r.out, "Mill at Wynmoor reopens\n\nIda Brannock · 2026-03-03T08:30:00Z · en\n") {
		t.Errorf("a person sees\n%s", r.out)
	}
}

func TestPagesThatCannotBeRead(t *testing.T) {
	dir := t.TempDir()
	var bomb bytes.Buffer
	z := gzip.NewWriter(&bomb)
	for range 2 * page.MaxBytes >> 20 {
		z.Write(make([]byte, 1<<20))
	}
	z.Close()
	for _, c := range []struct{ name, content, says string }{
		{"long.html", "<p>" + strings.Repeat("word ", page.MaxBytes/5), "cannot be read"},
		{"bomb.html.gz", bomb.String(), "cannot be read"},
		{"cut.html.gz", bomb.String()[:100], "cannot be unpacked"},
	} {
		for _, command := range []string{"page", "feed"} {
			r := quietly(t, dir, command, "--json", write(t, c.name, c.content))
			if r.code != exitFailed || r.out != "" || !strings.Contains(r.err, c.name) {
				t.Errorf("%s %s: exit %d, %.100s %s", command, c.name, r.code, r.out, r.err)
			}
			if command == "page" && !strings.Contains(r.err, c.says) {
				t.Errorf("%s: %s", c.name, r.err)
			}
		}
	}
	for _, command := range []string{"page", "feed"} {
		if r := quietly(t, dir, command, "nothing.html"); r.code != exitFailed || !strings.Contains(r.err, "nothing.html: there is no such file") {
			t.Errorf("%+v", r)
		}
		if r := quietly(t, dir, command, dir); r.code != exitFailed || !strings.Contains(r.err, dir+" is a folder; name a file") {
			t.Errorf("%+v", r)
		}
	}
}

// What is printed is one JSON value, whatever the page holds.
func FuzzPageAndFeed(f *testing.F) {
	for _, file := range []string{"<p>Text</p>", "<rss><channel><item><title>&lt;b&gt;</title></item></channel></rss>", "{\"version\":\"https://jsonfeed.org/version/1.1\"}", "\x1f\x8b\x08"} {
		f.Add([]byte(file))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, command := range []string{"page", "feed"} {
			r := within(t, t.TempDir(), bytes.NewReader(data), nil, command, "--json", "-")
			if r.out != "" && !json.Valid([]byte(r.out)) || r.out == "" && r.code == exitDone {
				t.Errorf("%s of %q: exit %d, %q", command, data, r.code, r.out)
			}
		}
	})
}
