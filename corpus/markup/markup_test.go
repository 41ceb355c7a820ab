package markup

import (
	"fmt"
	"os"
	"path"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

func TestRead(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/blocks.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var got string
	for _, f := range archive.Files {
		if path.Base(f.Name) == "html" {
			got = ""
			for _, b := range Read(string(f.Data)) {
				got += fmt.Sprintf("%s %s\n", b.Kind, b.Text)
			}
			continue
		}
		if want := string(f.Data); got != want {
			t.Errorf("%s:\n%swant\n%s", f.Name, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	data, err := os.ReadFile("testdata/lines.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		given, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if got := Line(given); got != want {
			t.Errorf("%q is %q, want %q", given, got, want)
		}
	}
}

func TestUnescape(t *testing.T) {
	if got := Unescape("a&amp;amp;b&#38;c&copy=1&lt;"); got != "a&amp;b&c&copy=1<" {
		t.Errorf("%q", got)
	}
}

// TestDeep: ten million nested tags cost no more than their bytes.
func TestDeep(t *testing.T) {
	deep := strings.Repeat("<b>", 10_000_000)
	if blocks := Read("<p>Seen." + deep + "<p>Too."); len(blocks) != 2 {
		t.Errorf("%d blocks", len(blocks))
	}
}

func TestText(t *testing.T) {
	blocks := Read("<h2>A</h2><p>b</p><blockquote>c</blockquote><ul><li>d</ul><figcaption>e</figcaption><a>f</a>")
	if got := Text(blocks); got != "b\n\nc\n\nd" {
		t.Errorf("%q", got)
	}
	if got := Of(Heading, blocks); len(got) != 1 || got[0] != "A" {
		t.Errorf("%q", got)
	}
}

func FuzzRead(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/blocks.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		f.Add(string(file.Data))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, b := range Read(s) {
			if b.Text == "" || oneLine(b.Text) != b.Text {
				t.Errorf("%q holds %q", s, b.Text)
			}
		}
		if l := Line(s); oneLine(l) != l {
			t.Errorf("%q is the line %q", s, l)
		}
	})
}
