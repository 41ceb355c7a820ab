package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What retention removes is in no index and nowhere in the database; the rest can
// still be asked about.
func TestVacuum(t *testing.T) {
	g := newGazette(t)
	g.articles.Store(5)
	dir := filepath.Join(t.TempDir(), "data")
	do := func(args ...string) result { t.Helper(); return quietly(t, dir, g.on(args...)...) }
	do("outlets", "add", "--yes", g.URL).must(t)
	do("poll", "--once").must(t)
	first, last := "planks of stretch 1 were", "planks of stretch 5 were"
	if !inDatabase(t, dir, first) {
		t.Fatal("the article is not there")
	}
	if r := do("vacuum").must(t); !strings.Contains(r.out, "0 articles removed, 0 vectors forgotten") || !strings.Contains(r.out, "as it should be") {
		t.Errorf("%+v", r)
	}
	do("outlets", "keep", "Kestrel Bay Gazette", "--articles", "2").must(t)
	r := do("vacuum").must(t)
	if !strings.Contains(r.out, "3 articles removed") || strings.Contains(r.out, " 0 vectors") || !strings.Contains(r.out, "as it should be") {
		t.Errorf("%+v", r)
	}
	if got := listed(t, do("articles", "--json")); len(got) != 2 || got[1].Title != "Pier report number 4" {
		t.Errorf("%+v", got)
	}
	for _, removed := range []string{first, "Pier report number 1", "counted 27 cracked"} {
		if inDatabase(t, dir, removed) {
			t.Errorf("%q is still in the database", removed)
		}
	}
	if !inDatabase(t, dir, last) {
		t.Error("what is kept is not there")
	}
	for question, found := range map[string]bool{
		"How many cracked planks did the harbour office count in Pier report number 5?": true,
		"What did Runa Veldt say about the planks of stretch 5?":                        true,
	} {
		if r := do("ask", "--json", question); (r.code == exitDone) != found || strings.Contains(r.out, "stretch 1 ") {
			t.Errorf("%s: %+v", question, r)
		}
	}
	// It is not taken in again, though its feed still has it.
	do("poll", "--once").must(t)
	if got := listed(t, do("articles", "--json")); len(got) != 2 {
		t.Errorf("%d articles after another reading", len(got))
	}
}

// inDatabase looks for a text in the bytes of the database.
func inDatabase(t *testing.T, dir, text string) bool {
	t.Helper()
	for _, name := range []string{"newsdesk.db", "newsdesk.db-wal"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte(text)) {
			return true
		}
	}
	return false
}
