package page

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

// FuzzRead: nothing crashes or hangs, and what comes out is a text without
// anything invisible, whose parts are in it.
func FuzzRead(f *testing.F) {
	for i, layout := range layouts() {
		a := readArticles()[i]
		a.Blocks = a.Blocks[:4]
		f.Add(typeset(layout, a), "text/html; charset=utf-8")
	}
	archive, err := txtar.ParseFile("testdata/barriers.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(file.Data, "text/html; charset=windows-1251")
	}
	f.Fuzz(func(t *testing.T, data []byte, contentType string) {
		p, err := Read(data, Source{URL: "https://www.harbour-herald.example/a", ContentType: contentType})
		if err != nil {
			return
		}
		d := p.Draft
		if d.Text == "" || !strings.HasPrefix(d.URL, "https://") {
			t.Errorf("%+v", d)
		}
		for _, s := range slices.Concat([]string{d.Title, d.Author, d.Text, d.Category, p.Site, p.Whole()}, d.Headings, d.Captions) {
			if strings.ContainsAny(s, "\x00\u202e\u200b") || !utf8.ValidString(s) {
				t.Errorf("%q", s)
			}
		}
	})
}
