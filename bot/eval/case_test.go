package eval

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"golang.org/x/tools/txtar"
)

func TestReadCases(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/cases.txtar")
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range archive.Files {
		parts[f.Name] = string(f.Data)
	}
	n := 0
	for name, text := range parts {
		base, ok := strings.CutSuffix(name, ".json")
		if !ok {
			continue
		}
		n++
		want := parts[base+".cases"] + parts[base+".error"]
		if got := readText(name, []byte(text)); got != want {
			t.Errorf("%s: got\n%swant\n%s", name, got, want)
		}
		if got := readText(name, packed(t, text)); got != want {
			t.Errorf("%s, packed: got\n%swant\n%s", name, got, want)
		}
	}
	if n < 15 || len(parts) != 2*n {
		t.Errorf("%d files, %d parts", n, len(parts))
	}
}

// readText says what was read.
func readText(name string, data []byte) string {
	cases, err := ReadCases(name, bytes.NewReader(data))
	if err != nil {
		return err.Error() + "\n"
	}
	var b strings.Builder
	for _, c := range cases {
		fmt.Fprintf(&b, "%s %s %d %s\n", c.Label, c.Kind, len(c.Passages), c.Cited())
	}
	return b.String()
}

func packed(t *testing.T, text string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const onePassage = `{"url": "https://herald.example/mill", "text": "Nobody was hurt.", "title": "Mill burns", "source": "Harbour Herald", "published_at": "2026-03-03T10:00:00+01:00"}`

// A passage is a whole text, and knows which others are of its article.
func TestReadPassages(t *testing.T) {
	unnamed := `{"text": "Two came.", "title": "Fair", "source": "Lark", "published_at": "2026-03-03"}`
	text := `[{"passages": [` + onePassage + `,` + onePassage + `,` + unnamed + `,` + unnamed + `], "sentence": "None was hurt.", "label": "supported", "kind": "paraphrase"}]`
	cases, err := ReadCases("cases.json", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	p := cases[0].Passages
	if first := p[0]; first.Text != "Nobody was hurt." || first.Start != 0 || first.End != len(first.Text) || first.Outlet != "Harbour Herald" ||
		first.Title != "Mill burns" || first.URL != "https://herald.example/mill" || !first.Published.Equal(time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)) {
		t.Errorf("%+v", first)
	}
	if p[0].ArticleID != p[1].ArticleID || p[2].ArticleID != p[3].ArticleID || p[0].ArticleID == p[2].ArticleID || p[0].ID() == p[1].ID() {
		t.Errorf("%+v", p)
	}
}

func TestReadUnreadable(t *testing.T) {
	broken := errors.New("the disk is gone")
	if _, err := ReadCases("cases.json", iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Error(err)
	}
	whole := packed(t, `[`+strings.Repeat(onePassage+",", 40))
	for name, data := range map[string][]byte{
		"damaged gzip file": whole[:len(whole)/2],
		"not UTF-8":         []byte("[\"\xff\"]"),
		"larger than":       packed(t, strings.Repeat(" ", maxCases+1)),
	} {
		if _, err := ReadCases("cases.json", bytes.NewReader(data)); err == nil || !strings.Contains(err.Error(), "cases.json: ") || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
