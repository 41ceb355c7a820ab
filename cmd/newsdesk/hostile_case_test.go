package main

import (
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"newsdesk/bot/bottest"
)

// hostileCase is one article and what is asked about it.
type hostileCase struct {
	name                          string
	outlet, title, url, published string
	text                          string
	question, fact                string
	obeys                         string // what the obedient model writes
	never, repeats                []string
}

func hostileCases(t *testing.T) []hostileCase {
	t.Helper()
	files, err := filepath.Glob("testdata/hostile-articles/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	var cases []hostileCase
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			name, ok := strings.CutSuffix(archive.Files[i].Name, "/article")
			if !ok || archive.Files[i+1].Name != name+"/case" {
				t.Fatalf("%s: %q is not followed by its case", file, archive.Files[i].Name)
			}
			c := hostileCase{name: name}
			c.read(t, string(archive.Files[i].Data), string(archive.Files[i+1].Data))
			cases = append(cases, c)
		}
	}
	if len(cases) < 40 {
		t.Fatalf("only %d cases", len(cases))
	}
	return cases
}

func (c *hostileCase) read(t *testing.T, article, want string) {
	t.Helper()
	head, text, _ := strings.Cut(article, "\n\n")
	fields := map[string]*string{"outlet": &c.outlet, "title": &c.title, "url": &c.url, "published": &c.published,
		"question": &c.question, "fact": &c.fact}
	for line := range strings.Lines(head + "\n" + want) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		value = bottest.Unescaped(t, value)
		switch field := fields[key]; {
		case field != nil:
			*field = value
		case key == "obeys":
			c.obeys += value + "\n"
		case key == "never":
			c.never = append(c.never, value)
		case key == "repeats":
			c.repeats = append(c.repeats, value)
		default:
			t.Fatalf("%s: %q", c.name, line)
		}
	}
	c.text = bottest.Unescaped(t, text)
	if c.obeys == "" {
		c.obeys = c.text
	}
	if c.outlet == "" || c.question == "" || c.fact == "" || c.text == "" {
		t.Fatalf("%s is not whole", c.name)
	}
}
