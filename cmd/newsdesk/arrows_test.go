package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The rule of the house, as data.

// mayImport says which trees a tree may import besides itself.
var mayImport = map[string][]string{
	"corpus":    {},
	"retrieval": {"corpus"},
	"bot":       {"corpus", "retrieval"},
	"cmd":       {"corpus", "retrieval", "bot"},
}

// siblings are the imports between sub-packages of one tree that are allowed:
// the steps that use a way or another step. Ways of doing the same thing never
// import each other.
var siblings = map[string][]string{
	"corpus/corpustest":           {"corpus/store"},
	"corpus/roundup":              {"corpus/text"},
	"corpus/feed":                 {"corpus/charset", "corpus/dated", "corpus/markup"},
	"corpus/sitemap":              {"corpus/charset", "corpus/dated", "corpus/markup"},
	"corpus/archive":              {"corpus/charset", "corpus/dated"},
	"corpus/page":                 {"corpus/dated", "corpus/markup"},
	"corpus/poll":                 {"corpus/feed", "corpus/fetch", "corpus/page", "corpus/sitemap"},
	"corpus/polltest":             {"corpus/fetch/fetchtest"},
	"corpus/multihop":             {"corpus/text"},
	"retrieval/remember":          {},
	"retrieval/story":             {},
	"retrieval/hybrid/hybridtest": {"retrieval/chunk", "retrieval/dense", "retrieval/hybrid", "retrieval/indexer", "retrieval/lexical", "retrieval/static"},
	"bot/answer":                  {"bot/cite", "bot/compare", "bot/kind", "bot/premise", "bot/restate"},
	"bot/correct":                 {"bot/cite"},
	"bot/compare":                 {"bot/cite"},
	"bot/digest":                  {"bot/cite", "bot/compare"},
	"bot/chat":                    {"bot/access", "bot/compare", "bot/explain", "bot/feedback", "bot/locale", "bot/memory", "bot/schedule", "bot/settings"},
	"bot/schedule":                {"bot/settings"},
	"bot/telegram":                {"bot/chat"},
	"bot/telegram/telegramtest":   {"bot/telegram/apiserver"},
}

// onlyIn says where a library may be imported: its types stay there.
var onlyIn = map[string][]string{
	"github.com/go-telegram/bot":         {"bot/telegram"},
	"github.com/sashabaranov/go-openai":  {"retrieval/openai", "bot/openai"},
	"github.com/philippgille/chromem-go": {"retrieval/dense"},
	"github.com/blevesearch/bleve":       {"retrieval/lexical"},
	"modernc.org/sqlite":                 {"corpus/store"},
	"gonum.org/v1/plot":                  {"cmd/newsdesk"},
	"github.com/mmcdole/gofeed":          {"corpus/feed"},
	"github.com/markusmobius":            {"corpus/page"},
	"codeberg.org/readeck":               {"corpus/page"},
	"github.com/prometheus":              {"cmd/newsdesk"},
	"github.com/nicksnyder/go-i18n":      {"bot/locale"},
}

const module = "newsdesk/"

// source is what the rule looks at in one file.
type source struct {
	dir     string // "bot/chat", relative to the repository
	name    string // "desk.go"
	pkg     string
	imports []string
}

// violations holds one file against the rule.
func violations(f source) []string {
	var bad []string
	test := strings.HasSuffix(f.name, "_test.go")
	for _, imp := range f.imports {
		own, inside := strings.CutPrefix(imp, module)
		switch {
		case inside && !arrowAllowed(f.dir, own, test):
			bad = append(bad, fmt.Sprintf("%s/%s imports %s", f.dir, f.name, imp))
		case !inside && !libraryAllowed(f.dir, imp, test):
			bad = append(bad, fmt.Sprintf("%s/%s imports %s, whose types belong elsewhere", f.dir, f.name, imp))
		case imp == "testing" && !test && !strings.HasSuffix(f.pkg, "test"):
			bad = append(bad, fmt.Sprintf("%s/%s imports testing into the product", f.dir, f.name))
		}
	}
	return bad
}

func arrowAllowed(from, to string, test bool) bool {
	fromTree, toTree := tree(from), tree(to)
	if fromTree != toTree {
		return slices.Contains(mayImport[fromTree], toTree)
	}
	if test || to == toTree || fromTree == "cmd" || strings.HasSuffix(to, "/store") || strings.HasSuffix(to, "/text") {
		return true // tests may use neighbours; everybody the root and the tools of the tree
	}
	return slices.Contains(siblings[from], to)
}

func libraryAllowed(dir, imp string, test bool) bool {
	for library, where := range onlyIn {
		if imp != library && !strings.HasPrefix(imp, library+"/") {
			continue
		}
		return slices.Contains(where, dir) || test && tree(dir) == tree(where[0])
	}
	return true
}

func tree(dir string) string {
	first, _, _ := strings.Cut(dir, "/")
	return first
}

// TestArrows reads every Go file of the repository by itself, so that the test
// cache cannot answer for it.
func TestArrows(t *testing.T) {
	sources := readSources(t)
	if len(sources) < 50 {
		t.Fatalf("only %d files were read", len(sources))
	}
	for _, f := range sources {
		for _, v := range violations(f) {
			t.Error(v)
		}
	}
}

// TestArrowsCanFail shows the rule at work.
func TestArrowsCanFail(t *testing.T) {
	for _, c := range []struct {
		source source
		bad    bool
	}{
		{source{dir: "corpus", name: "a.go", imports: []string{"newsdesk/retrieval"}}, true},
		{source{dir: "corpus/text", name: "a_test.go", imports: []string{"newsdesk/bot"}}, true},
		{source{dir: "retrieval/chunk", name: "a.go", imports: []string{"newsdesk/corpus/text"}}, false},
		{source{dir: "retrieval/chunk", name: "a.go", imports: []string{"newsdesk/bot"}}, true},
		{source{dir: "retrieval/dense", name: "a.go", imports: []string{"newsdesk/retrieval/lexical"}}, true},
		{source{dir: "bot/extract", name: "a.go", imports: []string{"newsdesk/bot/openai"}}, true},
		{source{dir: "bot/chat", name: "a.go", imports: []string{"newsdesk/bot/telegram"}}, true},
		{source{dir: "bot/chat", name: "a.go", imports: []string{"newsdesk/cmd/newsdesk"}}, true},
		{source{dir: "bot/chat", name: "a.go", imports: []string{"github.com/go-telegram/bot/models"}}, true},
		{source{dir: "bot/telegram", name: "a.go", imports: []string{"github.com/go-telegram/bot/models"}}, false},
		{source{dir: "bot/chat", name: "a.go", pkg: "chat", imports: []string{"testing"}}, true},
		{source{dir: "bot/bottest", name: "a.go", pkg: "bottest", imports: []string{"testing"}}, false},
		{source{dir: "cmd/newsdesk", name: "a.go", imports: []string{"newsdesk/bot/chat"}}, false},
	} {
		if got := len(violations(c.source)) > 0; got != c.bad {
			t.Errorf("%+v: violation %v, want %v", c.source, got, c.bad)
		}
	}
}

// TestTopLevel holds the layout.
func TestTopLevel(t *testing.T) {
	entries, err := os.ReadDir(repository(t))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"README.md", "bot", "cmd", "corpus", "go.mod", "go.sum", "retrieval"}
	var got []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			got = append(got, e.Name())
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("the top level holds %q, want %q", got, want)
	}
}

// TestPackageComments wants the design in every package.
func TestPackageComments(t *testing.T) {
	described := map[string]bool{}
	for _, f := range parsed(t) {
		if strings.HasSuffix(f.name, "_test.go") {
			continue
		}
		described[f.dir] = described[f.dir] || f.file.Doc != nil
	}
	for dir, ok := range described {
		if !ok {
			t.Errorf("%s has no package comment", dir)
		}
	}
}

type parsedFile struct {
	dir, name string
	file      *ast.File
}

func readSources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, f := range parsed(t) {
		s := source{dir: f.dir, name: f.name, pkg: f.file.Name.Name}
		for _, imp := range f.file.Imports {
			name, err := strconv.Unquote(imp.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			s.imports = append(s.imports, name)
		}
		all = append(all, s)
	}
	return all
}

func parsed(t *testing.T) []parsedFile {
	t.Helper()
	root := repository(t)
	var all []parsedFile
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (strings.HasPrefix(d.Name(), ".") && name != root || d.Name() == "testdata"):
			return filepath.SkipDir
		case d.IsDir() || filepath.Ext(name) != ".go":
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly|parser.ParseComments)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		all = append(all, parsedFile{dir: path.Dir(rel), name: path.Base(rel), file: file})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// repository is the folder with go.mod.
func repository(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, "go.mod")); err != nil {
		t.Fatal(err)
	}
	return dir
}
