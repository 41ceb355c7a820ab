package apiserver

import (
	"strings"
	"testing"
)

func TestRichBounds(t *testing.T) {
	deep := func(n int) string {
		return strings.Repeat("<blockquote>", n) + "<p>x</p>" + strings.Repeat("</blockquote>", n)
	}
	row := func(n int) string { return "<table><tr>" + strings.Repeat("<td>x</td>", n) + "</tr></table>" }
	for _, c := range []struct{ name, html, want string }{
		{"length", strings.Repeat("🚢", maxRichText), ""},
		{"too long", strings.Repeat("🚢", maxRichText+1), "Bad Request: message is too long"},
		{"blocks", strings.Repeat("<p>x</p>", maxRichBlocks), ""},
		{"too many blocks", strings.Repeat("<p>x</p>", maxRichBlocks+1), "Bad Request: RICH_MESSAGE_BLOCKS_INVALID"},
		{"depth", deep(maxRichDepth - 1), ""},
		{"too deep", deep(maxRichDepth), "Bad Request: RICH_MESSAGE_DEPTH_INVALID"},
		{"columns", row(maxRichColumns), ""},
		{"too many columns", row(maxRichColumns + 1), "Bad Request: RICH_MESSAGE_TABLE_INVALID"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, r := (&richInput{HTML: c.html}).read(false)
			got := ""
			if r != nil {
				got = r.Description
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

func TestRichPlainAndLinks(t *testing.T) {
	blocks, err := parseRich(`<h1>A</h1><ul><li>b <a href="https://herald.example/1">[<b>1</b>]</a></li></ul><table><caption>c</caption><tr><td>d</td></tr></table>`)
	if err != nil {
		t.Fatal(err)
	}
	m := Message{Rich: &Rich{Blocks: blocks}}
	if got := m.Plain(); got != "A\nb [1]\nc\nd" {
		t.Errorf("%q", got)
	}
	if got := strings.Join(m.Links(), " "); !strings.HasPrefix(got, "https://herald.example/1") {
		t.Errorf("%q", got)
	}
}

func FuzzRichHTML(f *testing.F) {
	for _, seed := range []string{
		`<h2>A</h2><p>b <a href="https://a.example/">[1]</a></p><hr/>`, `<table bordered><tr><th>a</th></tr></table>`,
		`<details><summary>q</summary><blockquote>x<cite>y</cite></blockquote></details>`, `<ol start=3><li>a<ul><li>b</ul></ol>`,
		`<pre><code class="language-go">x</code></pre>`, `<p>&lt;&#x1F6A2;`, `<!--x-->`, `<b><i></b></i>`, `a<br>b`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		blocks, err := parseRich(in)
		if err != nil {
			return
		}
		for _, b := range blocks {
			if b.Type == "" {
				t.Errorf("a block without a type: %+v", b)
			}
		}
		if data := encode(blocks); strictly(data, &[]RichBlock{}) != nil {
			t.Errorf("%s is not read back: %v", data, strictly(data, &[]RichBlock{}))
		}
	})
}
