package page

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/tools/txtar"

	"newsdesk/corpus/markup"
)

// article is one of testdata/articles.txtar.
type article struct {
	Slug, Title, Author, Language string
	Published, Modified           time.Time
	Blocks                        []markup.Block
}

func (a article) Authors() []string { return and.Split(a.Author, -1) }
func (a article) URL() string       { return address(a) }

func address(a article) string { return "https://www.harbour-herald.example/" + a.Slug }

// whole is the text that is to be found, headings included.
func (a article) whole() string {
	var lines []string
	for _, b := range a.Blocks {
		lines = append(lines, b.Text)
	}
	return strings.Join(lines, "\n")
}

func readArticles() []article {
	archive, err := txtar.ParseFile("testdata/articles.txtar")
	if err != nil {
		panic(err)
	}
	var all []article
	for _, f := range archive.Files {
		a := article{Slug: f.Name}
		head, body, _ := strings.Cut(string(f.Data), "\n\n")
		for line := range strings.Lines(head) {
			key, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch key {
			case "title":
				a.Title = value
			case "author":
				a.Author = value
			case "language":
				a.Language = value
			case "published":
				a.Published, err = time.Parse(time.RFC3339, value)
			case "modified":
				a.Modified, err = time.Parse(time.RFC3339, value)
			}
			if err != nil {
				panic(err)
			}
		}
		for line := range strings.Lines(body) {
			a.Blocks = append(a.Blocks, block(strings.TrimSpace(line)))
		}
		all = append(all, a)
	}
	return all
}

func block(line string) markup.Block {
	for mark, kind := range map[string]markup.Kind{"# ": markup.Heading, "> ": markup.Quote, "- ": markup.Item} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return markup.Block{Kind: kind, Text: rest}
		}
	}
	return markup.Block{Kind: markup.Paragraph, Text: line}
}

// human writes a day as outlets of the language do.
func human(language string) func(time.Time) string {
	months := map[string]string{
		"en": "January February March April May June July August September October November December",
		"de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
		"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
		"ar": "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
		"fa": "ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
	}
	return func(at time.Time) string {
		if language == "zh" {
			return at.Format("2006年1月2日")
		}
		month := strings.Fields(months[language])[at.Month()-1]
		switch language {
		case "de":
			return fmt.Sprintf("%d. %s %d", at.Day(), month, at.Year())
		case "es":
			return fmt.Sprintf("%d de %s de %d", at.Day(), month, at.Year())
		}
		return fmt.Sprintf("%d %s %d", at.Day(), month, at.Year())
	}
}

// typeset sets an article in a layout.
func typeset(layout string, a article) []byte {
	source, err := os.ReadFile(layout)
	if err != nil {
		panic(err)
	}
	t, err := template.New("").Funcs(template.FuncMap{
		"iso": func(at time.Time) string { return at.Format("2006-01-02T15:04:05-07:00") }, "human": human(a.Language),
		"seq": func(n int) []int {
			list := make([]int, n)
			for i := range list {
				list[i] = i
			}
			return list
		},
	}).Parse(string(source))
	if err != nil {
		panic(err)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, a); err != nil {
		panic(fmt.Errorf("%s: %w", layout, err))
	}
	return b.Bytes()
}

func layouts() []string {
	list, err := filepath.Glob("testdata/layouts/*.html")
	if err != nil || len(list) != 10 {
		panic(fmt.Sprint(list, err))
	}
	return list
}

// TestPages sets each article in each layout and wants every field of it back,
// and the text nearly so.
func TestPages(t *testing.T) {
	var all score
	worst := map[string]*score{}
	for _, layout := range layouts() {
		for _, a := range readArticles() {
			name := strings.TrimSuffix(path.Base(layout), ".html")
			p, err := Read(typeset(layout, a), Source{URL: address(a) + "?utm_source=feed", Now: time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)})
			if err != nil {
				t.Errorf("%s in %s: %v", a.Slug, name, err)
			}
			checkFields(t, a.Slug+" in "+name, p, a, name)
			s := compare(p.Whole(), a.whole())
			all.add(s)
			if worst[name] == nil {
				worst[name] = &score{}
			}
			worst[name].add(s)
			if s.f1() < .9 {
				t.Logf("%s in %s: F1 %.3f\n%s", a.Slug, name, s.f1(), p.Whole())
			}
		}
	}
	for _, layout := range layouts() {
		name := strings.TrimSuffix(path.Base(layout), ".html")
		t.Logf("%-16s %v", name, worst[name])
	}
	t.Logf("%-16s %v", "all", all)
	if all.f1() < .97 {
		t.Errorf("F1 %.3f", all.f1())
	}
}

func checkFields(t *testing.T, name string, p Page, a article, layout string) {
	t.Helper()
	d := p.Draft
	want := a.Published
	if layout == "05-tables" {
		want = want.Truncate(24 * time.Hour)
	}
	if !d.Published.Equal(want) || p.DayOnly != (layout == "05-tables") {
		t.Errorf("%s: published %v, want %v", name, d.Published, want)
	}
	if slices.Contains([]string{"01-graph", "02-soup", "03-micro", "06-broken-json", "07-classes", "08-blog", "09-teasers"}, layout) && !p.Modified.Equal(a.Modified) {
		t.Errorf("%s: modified %v, want %v", name, p.Modified, a.Modified)
	}
	if d.Title != a.Title {
		t.Errorf("%s: title %q", name, d.Title)
	}
	if d.Author != strings.Join(a.Authors(), ", ") {
		t.Errorf("%s: author %q", name, d.Author)
	}
	if d.Language != a.Language {
		t.Errorf("%s: language %q", name, d.Language)
	}
	if d.URL != address(a) {
		t.Errorf("%s: address %q", name, d.URL)
	}
	for _, c := range d.Captions {
		if strings.Contains(d.Text, c) {
			t.Errorf("%s: caption %q in the text", name, c)
		}
	}
}

// score counts runs of four words as the benchmark article-extraction-benchmark
// does: each page weighs the same.
type score struct{ tp, fp, fn float64 }

func (s *score) add(o score) {
	s.tp, s.fp, s.fn = s.tp+o.tp, s.fp+o.fp, s.fn+o.fn
}

func (s score) f1() float64 { return 2 * s.tp / (2*s.tp + s.fp + s.fn) }

func (s score) String() string {
	return fmt.Sprintf("F1 %.3f, precision %.3f, recall %.3f", s.f1(), s.tp/(s.tp+s.fp), s.tp/(s.tp+s.fn))
}

var word = regexp.MustCompile(`[\pL\pM\pN_]+`)

func runs(s string) map[string]int {
	words := word.FindAllString(s, -1)
	n := min(4, len(words))
	counts := map[string]int{}
	for i := 0; i+n <= len(words) && n > 0; i++ {
		counts[strings.Join(words[i:i+n], " ")]++
	}
	return counts
}

func compare(got, want string) score {
	var s score
	g, w := runs(got), runs(want)
	for run, n := range g {
		s.tp += float64(min(n, w[run]))
		s.fp += float64(max(0, n-w[run]))
	}
	for run, n := range w {
		s.fn += float64(max(0, n-g[run]))
	}
	if sum := s.tp + s.fp + s.fn; sum > 0 {
		s.tp, s.fp, s.fn = s.tp/sum, s.fp/sum, s.fn/sum
	}
	return s
}

func TestBarriers(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/barriers.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(archive.Files); i += 2 {
		p, err := Read(archive.Files[i].Data, Source{URL: "https://www.harbour-herald.example/a"})
		got := "article"
		switch {
		case errors.Is(err, ErrPaywall):
			got = "paywall"
		case errors.Is(err, ErrConsent):
			got = "consent"
		case errors.Is(err, ErrNoArticle):
			got = "no article"
		case errors.Is(err, ErrOther):
			got = "other"
		case err != nil:
			got = err.Error()
		}
		if want := strings.TrimSpace(string(archive.Files[i+1].Data)); got != want {
			t.Errorf("%s is %s, want %s\n%s", archive.Files[i].Name, got, want, p.Whole())
		}
	}
}

// What is no page at all is no article either, whatever it is called.
func TestOtherFiles(t *testing.T) {
	noise := rand.New(rand.NewPCG(1, 2))
	random := make([]byte, 300<<10)
	for i := range random {
		random[i] = byte(noise.Uint32())
	}
	pdf := append([]byte("%PDF-1.7\n1 0 obj << /Length 300 >> stream\n"), bytes.Repeat([]byte("The council of Westhaven spent the evening on it. "), 40)...)
	for name, data := range map[string][]byte{
		"random bytes": random, "PDF": pdf, "picture": append([]byte("\x89PNG\r\n\x1a\n"), random...), "packed": append([]byte("PK\x03\x04"), random...),
	} {
		if p, err := Read(data, Source{ContentType: "text/html"}); !errors.Is(err, ErrOther) || p.Draft.Text != "" {
			t.Errorf("%s: %v, %.60q", name, err, p.Draft.Text)
		}
	}
	// Bytes that some program left in a page do not make it another file.
	text := strings.Repeat("<p>The council of Westhaven spent the whole evening on the ferry line, and nobody could say who had signed for it.</p>", 5)
	wide, err := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewEncoder().String("<article>" + text)
	if err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]struct{ data, contentType string }{
		"stray bytes": {"\x00\x01<article>\x0b" + text, ""}, "UTF-16": {"\xff\xfe" + wide, ""}, "UTF-16 by its header": {wide, "text/html; charset=utf-16le"},
	} {
		if p, err := Read([]byte(from.data), Source{ContentType: from.contentType}); err != nil || !strings.Contains(p.Draft.Text, "ferry line") {
			t.Errorf("%s: %v, %.60q", name, err, p.Draft.Text)
		}
	}
}
