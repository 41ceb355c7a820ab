package story

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
)

// casesOf returns the files of an archive by case and name, and the cases in order.
func casesOf(t *testing.T, path string) (names []string, files map[string]map[string]string) {
	t.Helper()
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files = map[string]map[string]string{}
	for _, f := range archive.Files {
		name, part, ok := strings.Cut(f.Name, "/")
		if !ok {
			t.Fatalf("%s is of no case", f.Name)
		}
		if files[name] == nil {
			names, files[name] = append(names, name), map[string]string{}
		}
		files[name][part] = string(f.Data)
	}
	return names, files
}

func articleOf(t *testing.T, id, s string) corpus.Article {
	t.Helper()
	head, body, ok := strings.Cut(s, "\n\n")
	if !ok {
		t.Fatalf("%s has no text", id)
	}
	a := corpus.Article{ID: id, Text: strings.TrimSpace(body)}
	for line := range strings.Lines(head) {
		field, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
		switch field {
		case "outlet":
			a.Outlet = value
		case "author":
			a.Author = value
		case "title":
			a.Title = value
		case "language":
			a.Language = value
		default:
			t.Fatalf("%s: field %q", id, field)
		}
	}
	return a
}

func TestOrigins(t *testing.T) {
	names, files := casesOf(t, "testdata/origins.txtar")
	if len(names) < 10 {
		t.Fatalf("%d cases", len(names))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			var articles []corpus.Article
			for i := 1; files[name][fmt.Sprint(i)] != ""; i++ {
				articles = append(articles, articleOf(t, fmt.Sprint(i), files[name][fmt.Sprint(i)]))
			}
			var got strings.Builder
			n := 0
			for _, o := range Origins(articles) {
				fmt.Fprintf(&got, "%s: %s\n", o.Label, strings.Join(o.Outlets, ", "))
				n += len(o.Articles)
			}
			if strings.TrimSpace(got.String()) != strings.TrimSpace(files[name]["want"]) || n != len(articles) {
				t.Errorf("of %d articles:\n%swant\n%s", n, got.String(), files[name]["want"])
			}
		})
	}
	if got := Origins(nil); got != nil {
		t.Errorf("nothing has origins: %v", got)
	}
}

func TestFacts(t *testing.T) {
	names, files := casesOf(t, "testdata/facts.txtar")
	if len(names) < 8 {
		t.Fatalf("%d cases", len(names))
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			var earlier []corpus.Article
			for part := range strings.SplitSeq(files[name]["earlier"], "===\n") {
				if part = strings.TrimSpace(part); part != "" {
					earlier = append(earlier, corpus.Article{Text: part})
				}
			}
			later := corpus.Article{Text: strings.TrimSpace(files[name]["later"])}
			got := Facts(earlier, later)
			var want []string
			for line := range strings.Lines(files[name]["want"]) {
				if line = strings.TrimSpace(line); line != "" {
					want = append(want, line)
				}
			}
			if len(got) != len(want) {
				t.Fatalf("%+v, want %q", got, want)
			}
			for i, f := range got {
				if said := string(f.Kind) + ": " + f.In(later.Text); !strings.HasPrefix(said, want[i]) {
					t.Errorf("%s, want %s", said, want[i])
				}
			}
		})
	}
}

func BenchmarkOrigins(b *testing.B) {
	articles := articlesOf(b)[:100]
	for b.Loop() {
		Origins(articles)
	}
}
