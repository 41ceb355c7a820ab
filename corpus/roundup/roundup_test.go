package roundup

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

// casesOf returns the pages of a txtar file by name, and what is said of each.
func casesOf(t testing.TB, path string) (pages map[string][]byte, want map[string]string) {
	t.Helper()
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	pages, want = map[string][]byte{}, map[string]string{}
	for _, f := range a.Files {
		name, ext, _ := strings.Cut(f.Name, ".")
		switch {
		case name == "want" || ext == "error":
			want[name] = string(f.Data)
		case ext == "quoted":
			s, err := strconv.Unquote(strings.TrimSpace(string(f.Data)))
			if err != nil {
				t.Fatalf("%s: %s: %v", path, f.Name, err)
			}
			pages[name] = []byte(s)
		default:
			pages[name] = f.Data
		}
	}
	return pages, want
}

// goodPages are the files with one page each.
func goodPages(t testing.TB) []string {
	t.Helper()
	all, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var good []string
	for _, f := range all {
		if filepath.Base(f) != "faults.txtar" {
			good = append(good, f)
		}
	}
	if len(good) < 5 {
		t.Fatalf("%d pages in testdata", len(good))
	}
	return good
}

// printed is the form of the want files.
func printed(articles []corpus.Article) string {
	var b strings.Builder
	field := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				fmt.Fprintf(&b, "%s: %s\n", name, v)
			}
		}
	}
	for _, a := range articles {
		b.WriteString("article\n")
		field("outlet", a.Outlet)
		field("outlet_url", a.OutletURL)
		field("url", a.URL)
		field("language", a.Language)
		field("title", a.Title)
		field("author", a.Author)
		field("published", a.Published.Format(time.RFC3339Nano))
		field("caption", a.Captions...)
		field("heading", a.Headings...)
		field("text", strings.Split(a.Text, "\n\n")...)
	}
	return b.String()
}

func TestRead(t *testing.T) {
	for _, path := range goodPages(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			pages, want := casesOf(t, path)
			articles, err := Read("page", pages["page"])
			if err != nil {
				t.Fatal(err)
			}
			if got := printed(articles); got != want["want"] {
				t.Errorf("got:\n%s\nwant:\n%s", got, want["want"])
			}
		})
	}
}

// TestReadOtherBytes reads the same pages with other line ends, a byte order mark
// and characters that nobody sees.
func TestReadOtherBytes(t *testing.T) {
	for _, path := range goodPages(t) {
		pages, want := casesOf(t, path)
		page := string(pages["page"])
		for _, c := range []struct{ name, page string }{
			{"CRLF", strings.ReplaceAll(page, "\n", "\r\n")},
			{"CR", strings.ReplaceAll(page, "\n", "\r")},
			{"no line end", strings.TrimRight(page, "\n")},
			{"byte order mark", "\ufeff" + page},
			{"no-break spaces", "\ufeff" + strings.ReplaceAll(strings.ReplaceAll(page, "| ", "|\u00a0"), ". ", ".\u00a0 ")},
			{"zero width", strings.ReplaceAll(page, "the ", "the\u200b \u200e")},
		} {
			articles, err := Read("page", []byte(c.page))
			if err != nil {
				t.Errorf("%s: %s: %v", path, c.name, err)
				continue
			}
			if got := printed(articles); got != want["want"] {
				t.Errorf("%s: %s: got:\n%s\nwant:\n%s", path, c.name, got, want["want"])
			}
		}
	}
}

func TestReadFaults(t *testing.T) {
	pages, want := casesOf(t, "testdata/faults.txtar")
	for name, page := range pages {
		articles, err := Read("faults", page)
		var fault *Error
		if !errors.As(err, &fault) || articles != nil {
			t.Errorf("%s: %d articles, error %v, want an *Error", name, len(articles), err)
			continue
		}
		if got := err.Error(); got != strings.TrimSpace(want[name]) {
			t.Errorf("%s:\ngot:  %s\nwant: %s", name, got, want[name])
		}
	}
}

func TestReadBounds(t *testing.T) {
	byline := "HARBOUR HERALD | Published March 3, 2025\n"
	long := strings.Repeat("word ", MaxLine/5)
	for _, c := range []struct {
		name, page, want string
	}{
		{"longest line", byline + long[:MaxLine-2] + ".\n", ""},
		{"line", byline + "A.\n" + long + "word.\n", "page: line 3: longer than 1 MiB"},
		{"HTML block", "<p>" + byline + "</p><p>A.</p>\n<p>" + long + "word.</p>", "page: line 3: longer than 1 MiB"},
		{"HTML text", "<p>" + byline + "</p><p>A.</p>\n<p>" + strings.Repeat(long, 3), "page: line 3: longer than 1 MiB"},
		{"lines", byline + strings.Repeat("A.\n", maxLines), "page: line 524289: more than 524288 lines"},
		{"HTML blocks", "<p>" + byline + strings.Repeat("<p>A.\n", maxLines), "page: line 524289: more than 524288 lines"},
		{"page", byline + strings.Repeat("A line.\n", MaxPage/8), "page: the page is larger than 64 MiB"},
		{"page of one line", byline + strings.Repeat("word ", MaxPage/5+1), "page: line 2: longer than 1 MiB"},
	} {
		_, err := Read("page", []byte(c.page))
		if got := fmt.Sprint(err); c.want == "" && err != nil || c.want != "" && got != c.want {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// TestReadShared reads the page that the format was taken from. What it holds is
// looked up in it here and not repeated.
func TestReadShared(t *testing.T) {
	data, err := os.ReadFile(corpustest.SharedPath(t, "articles/roundup-iran-russia.txt"))
	if err != nil {
		t.Fatal(err)
	}
	articles, err := Read("page", data)
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != 2 {
		t.Fatalf("%d articles, want 2", len(articles))
	}
	day := time.Date(2025, 1, 17, 0, 0, 0, 0, time.UTC)
	for i, want := range []struct {
		outlet, home                   string
		paragraphs, captions, headings int
	}{
		{"DW", "https://www.dw.com/", 25, 1, 4},
		{"Voice of America", "https://www.voanews.com/", 14, 1, 0},
	} {
		a := articles[i]
		if a.Outlet != want.outlet || a.OutletURL != want.home || a.URL != "" || !a.Published.Equal(day) {
			t.Errorf("article %d: outlet %q, home %q, URL %q, published %v", i, a.Outlet, a.OutletURL, a.URL, a.Published)
		}
		if got := strings.Count(a.Text, "\n\n") + 1; got != want.paragraphs {
			t.Errorf("article %d: %d paragraphs, want %d", i, got, want.paragraphs)
		}
		if len(a.Captions) != want.captions || len(a.Headings) != want.headings {
			t.Errorf("article %d: %d captions and %d headings, want %d and %d",
				i, len(a.Captions), len(a.Headings), want.captions, want.headings)
		}
		for _, word := range []string{"READ FULL ARTICLE", "SOURCE", "RELATED", "Be the first to comment", "MOSCOW", "|", "Published"} {
			if strings.Contains(a.Text, word) {
				t.Errorf("article %d: the text holds %q", i, word)
			}
		}
		checkVerbatim(t, data, a)
	}
	if !strings.HasPrefix(articles[0].Text, articles[0].Title) || !hasFinal(articles[0].Title) {
		t.Errorf("the title of the first article, which has no headline, is not its first sentence")
	}
	title := "RELATED: " + articles[1].Title + "\n"
	if !bytes.Contains(data, []byte(title)) {
		t.Errorf("the title of the second article is not the one that is announced")
	}
}

// checkVerbatim checks that paragraphs, captions and headings are whole lines of
// the page, and that no paragraph begins in lower case.
func checkVerbatim(t *testing.T, page []byte, a corpus.Article) {
	t.Helper()
	whole := "\n" + string(page) + "\n"
	paragraphs := strings.Split(a.Text, "\n\n")
	for _, s := range append(append(paragraphs, a.Captions...), a.Headings...) {
		if !strings.Contains(whole, "\n"+s+"\n") || startsLower(s) {
			t.Errorf("%s: not a line of the page, or a fragment: %.30q", a.Outlet, s)
		}
	}
}

// checkArticle checks what Read promises of every article.
func checkArticle(t *testing.T, a corpus.Article) {
	t.Helper()
	if a.Outlet == "" || a.Title == "" || a.Text == "" || a.Published.IsZero() || a.Published.Location() != time.UTC {
		t.Fatalf("incomplete article %+v", a)
	}
	if a.ID != "" || a.Seq != 0 || a.Version != 0 || !a.Fetched.IsZero() {
		t.Fatalf("article %+v has what only the corpus gives", a)
	}
	for p := range strings.SplitSeq(a.Text, "\n\n") {
		if p == "" || strings.Contains(p, "\n") || p != strings.TrimSpace(p) {
			t.Fatalf("paragraph %q", p)
		}
		if markOf(p) != unmarked {
			t.Fatalf("furniture in the text: %q", p)
		}
	}
	for _, s := range append([]string{a.Outlet, a.Title, a.Text, a.Author, a.URL, a.OutletURL, a.Language}, append(a.Captions, a.Headings...)...) {
		if !utf8.ValidString(s) {
			t.Fatalf("not UTF-8: %q", s)
		}
	}
	for _, u := range []string{a.URL, a.OutletURL} {
		if u == "" {
			continue
		}
		if _, err := corpus.Canonical(u); err != nil {
			t.Fatalf("address %q %v", u, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, path := range append(goodPages(f), "testdata/faults.txtar") {
		pages, _ := casesOf(f, path)
		for _, page := range pages {
			f.Add(page)
		}
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		articles, err := Read("page", page)
		if (err == nil) != (len(articles) > 0) {
			t.Fatalf("%d articles and error %v", len(articles), err)
		}
		for _, a := range articles {
			checkArticle(t, a)
		}
		again, err2 := Read("page", page)
		if !reflect.DeepEqual(articles, again) || fmt.Sprint(err) != fmt.Sprint(err2) {
			t.Fatal("the same page was read differently")
		}
	})
}

func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"two", "html"} {
		pages, _ := casesOf(b, "testdata/"+name+".txtar")
		page := bytes.Repeat(pages["page"], 20)
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(page)))
			for b.Loop() {
				if _, err := Read("page", page); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
