package apiserver

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
)

func TestParseHTML(t *testing.T) {
	for _, c := range cases(t, "testdata/html.txtar") {
		t.Run(c.name, func(t *testing.T) {
			text, entities, err := parseHTML(unquoted(t, c.in))
			got := shown(text, entities)
			if err != nil {
				got = "refused: " + err.Error()
			}
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// shown writes text and entities as the cases do.
func shown(text string, entities []Entity) string {
	lines := []string{strconv.Quote(text)}
	if !strings.ContainsAny(text, "\n") {
		lines[0] = quoteReadable(text)
	}
	for _, e := range entities {
		line := fmt.Sprintf("%s %d %d %s%s%s", e.Type, e.Offset, e.Length, e.URL, e.Language, e.EmojiID)
		if e.User != nil {
			line += strconv.FormatInt(e.User.ID, 10)
		}
		lines = append(lines, strings.TrimSpace(line))
	}
	return strings.Join(lines, "\n")
}

// quoteReadable quotes and leaves everything printable as it is.
func quoteReadable(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

type fileCase struct{ name, in, want string }

// cases reads files of the form "in", "=>", "want".
func cases(t *testing.T, path string) []fileCase {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []fileCase
	for _, f := range archive.Files {
		in, want, ok := strings.Cut(string(f.Data), "\n=>\n")
		if !ok {
			t.Fatalf("%s: %s has no line =>", path, f.Name)
		}
		out = append(out, fileCase{name: f.Name, in: in, want: strings.TrimSpace(want)})
	}
	return out
}

func unquoted(t *testing.T, s string) string {
	t.Helper()
	if !strings.HasPrefix(s, `"`) {
		return s
	}
	out, err := strconv.Unquote(s)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// FuzzParseHTML holds that whatever is parsed has entities inside of the text,
// and that its escaped text parses to itself.
func FuzzParseHTML(f *testing.F) {
	archive, err := txtar.ParseFile("testdata/html.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range archive.Files {
		in, _, _ := strings.Cut(string(file.Data), "\n=>\n")
		f.Add(in)
	}
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			t.Skip()
		}
		text, entities, err := parseHTML(in)
		if err != nil {
			return
		}
		end := units(text)
		for _, e := range entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > end {
				t.Fatalf("%q: %+v of a text of %d units", in, e, end)
			}
		}
		again, none, err := parseHTML(escape.Replace(text))
		if err != nil || again != text || len(none) > 0 {
			t.Fatalf("%q escaped: %q %v %v", text, again, none, err)
		}
	})
}

func BenchmarkParseHTMLDeep(b *testing.B) {
	deep := strings.Repeat("<b>", 100_000) + "x" + strings.Repeat("</b>", 100_000)
	for b.Loop() {
		if _, _, err := parseHTML(deep); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFoundEntitiesAreCounted(t *testing.T) {
	got := shown("", found("⚓🚢 /ask@x_bot @ada https://herald.example/a."))
	want := "\"\"\nbot_command 4 10\nmention 15 4\nurl 20 24"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
