package sample

import (
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

func articles(t *testing.T) []corpus.Article {
	t.Helper()
	all, err := Articles()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// at returns the newest version of the article whose address ends with slug.
func at(t *testing.T, slug string) corpus.Article {
	t.Helper()
	for _, a := range slices.Backward(articles(t)) {
		if strings.HasSuffix(a.URL, "/"+slug) {
			return a
		}
	}
	t.Fatalf("no article at %s", slug)
	return corpus.Article{}
}

func TestEveryFieldIsFilled(t *testing.T) {
	first := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	for _, a := range articles(t) {
		for name, value := range map[string]string{"title": a.Title, "author": a.Author, "category": a.Category} {
			if value == "" {
				t.Errorf("%s has no %s", a.URL, name)
			}
		}
		if words := len(strings.Fields(a.Text)); words < 120 || words > 300 {
			t.Errorf("%s has %d words, want 120 to 300", a.URL, words)
		}
		if a.Published.Before(first) || a.Published.After(first.AddDate(0, 0, 15)) {
			t.Errorf("%s is of %v", a.URL, a.Published)
		}
		if strings.Contains(a.Text, "\n\n\n") || strings.Contains(strings.ReplaceAll(a.Text, "\n\n", ""), "\n") {
			t.Errorf("%s: paragraphs are not separated by one blank line", a.URL)
		}
	}
}

func TestAddressesBelongToNobody(t *testing.T) {
	for _, a := range articles(t) {
		for _, address := range []string{a.URL, a.OutletURL} {
			u, err := url.Parse(address)
			if err != nil || !strings.HasSuffix(u.Hostname(), ".example") {
				t.Errorf("%q: %v", address, err)
			}
		}
		if !strings.HasPrefix(a.URL, a.OutletURL) {
			t.Errorf("%s is not on %s", a.URL, a.OutletURL)
		}
	}
}

func TestInACorpus(t *testing.T) {
	c := corpustest.Open(t)
	added, err := c.Add(t.Context(), articles(t))
	if err != nil || added != (corpus.Added{New: 23, Changed: 1}) {
		t.Fatalf("%+v, %v; want 23 new and 1 changed", added, err)
	}
	outlets, err := c.Outlets(t.Context())
	if err != nil || len(outlets) != 5 {
		t.Fatalf("%d outlets, %v; want 5", len(outlets), err)
	}
	for _, o := range outlets {
		if o.Articles < 4 || o.URL == "" {
			t.Errorf("outlet %+v", o)
		}
	}
}

func TestStoriesAreToldByTwoToFourOutlets(t *testing.T) {
	// A word that stands in the articles of one story.
	want := map[string]int{"Lady Maren": 4, "Ashcombe": 3, " trams": 4, "Grey Skerry": 3}
	for word, n := range want {
		outlets := make(map[string]bool)
		for _, a := range articles(t) {
			if strings.Contains(a.Text, word) {
				outlets[a.Outlet] = true
			}
		}
		if len(outlets) != n {
			t.Errorf("%q stands in articles of %d outlets, want %d", word, len(outlets), n)
		}
	}
}

func TestTheDisagreement(t *testing.T) {
	herald, solana := at(t, "lady-maren-strikes-breakwater"), at(t, "kestrel-bay-ferry")
	if herald.Outlet == solana.Outlet {
		t.Error("it is one outlet that disagrees with itself")
	}
	if !strings.Contains(herald.Text, "Forty-one people were injured") || strings.Contains(herald.Text, "47") {
		t.Error("the Harbour Herald does not have 41 injured")
	}
	if !strings.Contains(solana.Text, "47 injured") || strings.Contains(strings.ToLower(solana.Text), "forty-one") {
		t.Error("Radio Solana does not have 47 injured")
	}
}

func TestTheCorrection(t *testing.T) {
	c := corpustest.Open(t)
	id := ""
	for i, a := range corpustest.Add(t, c, articles(t)...) {
		if a.Version == 2 {
			id = a.ID
		} else if a.Version != 1 {
			t.Errorf("article %d has version %d", i+1, a.Version)
		}
	}
	versions, err := c.Versions(t.Context(), id)
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	before, after := "230 houses were damaged", "320 houses were damaged"
	if !strings.Contains(versions[0].Text, before) || !strings.Contains(versions[1].Text, after) {
		t.Error("the versions do not have 230 and 320 houses")
	}
	if strings.Contains(versions[1].Text, "230") || !strings.Contains(versions[1].Text, "Correction") {
		t.Error("the second version repeats the wrong number or does not say that it is corrected")
	}
}

func TestEvidence(t *testing.T) {
	data, err := os.ReadFile("testdata/evidence.txt")
	if err != nil {
		t.Fatal(err)
	}
	kinds := make(map[string]int)
	total := 0
	for line := range strings.SplitSeq(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.SplitN(line, " | ", 3)
		if len(parts) != 3 {
			t.Fatalf("%q is not of three parts", line)
		}
		if !strings.Contains(at(t, parts[1]).Text, parts[2]) {
			t.Errorf("%s does not hold %q", parts[1], parts[2])
		}
		kinds[parts[0]]++
		total++
	}
	if total < 30 || len(kinds) != 7 {
		t.Errorf("%d sentences of the kinds %v, want 30 or more of 7 kinds", total, kinds)
	}
	for kind, n := range kinds {
		if n < 3 {
			t.Errorf("only %d of kind %q", n, kind)
		}
	}
}

func TestFaultsAreNamed(t *testing.T) {
	cases := map[string]string{
		"no text":   "Outlet: Radio Solana\nTitle: X",
		"no header": "Colour: red\n\nText.",
		"no date":   "Published: 2026-02-30T00:00:00Z\n\nText.",
	}
	for name, data := range cases {
		_, err := read(fstest.MapFS{"articles/99.txt": {Data: []byte(data)}})
		if err == nil || !strings.Contains(err.Error(), "articles/99.txt") {
			t.Errorf("%s: %v", name, err)
		}
	}
}
