// Package corpustest makes corpora for tests.
//
// # Design
//
// A test gets a real [corpus.Corpus] on a file of its own, never a double: the
// store is quick enough (a corpus of 100 articles takes about 15 ms). What is
// put in is invented here and the same in each run, so that a test may name
// what it expects. The clock of such a corpus stands still.
//
// Some tests read real articles and labelled questions, which are no part of the
// repository: [SharedPath] is where they lie, and skips the test without them.
package corpustest

import (
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// Now is what the clock of a corpus of [Open] says: a Monday.
var Now = time.Date(2026, time.March, 16, 9, 0, 0, 0, time.UTC)

// Clock returns Now, always.
func Clock() time.Time { return Now }

// Store opens a new store that is closed when the test ends.
func Store(t testing.TB) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "news.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Open returns an empty corpus on a new store.
func Open(t testing.TB) *corpus.Corpus {
	t.Helper()
	return On(t, Store(t))
}

// On returns the corpus in db.
func On(t testing.TB, db *store.DB) *corpus.Corpus {
	t.Helper()
	return at(t, db, Clock)
}

// at returns the corpus in db by a clock.
func at(t testing.TB, db *store.DB, clock func() time.Time) *corpus.Corpus {
	t.Helper()
	c, err := corpus.New(t.Context(), slog.New(slog.DiscardHandler), db, clock)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Add adds articles to c and returns what is stored of each, in their order and
// by their address: so every article must have a URL.
func Add(t testing.TB, c *corpus.Corpus, articles ...corpus.Article) []corpus.Article {
	t.Helper()
	if _, err := c.Add(t.Context(), articles); err != nil {
		t.Fatal(err)
	}
	held, err := c.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	byURL := make(map[string]corpus.Article, len(held))
	for _, a := range held {
		byURL[a.URL] = a
	}
	stored := make([]corpus.Article, len(articles))
	for i, a := range articles {
		url, err := corpus.Canonical(a.URL)
		if err != nil {
			t.Fatalf("corpustest: article %d needs a URL: it %v", i+1, err)
		}
		stored[i] = byURL[url]
	}
	return stored
}

// The parts of invented articles. Their numbers have no common divisor, so the
// combinations repeat late.
var (
	outlets  = []string{"Harbour Herald", "Nordlicht Kurier", "The Meridian Post", "Valley Dispatch", "Radio Solana"}
	places   = []string{"Kestrel Bay", "Oldmarket", "Sankt Florin", "Tarn Bridge", "Velmora", "Westhaven", "Ashcombe"}
	subjects = []string{
		"the new ferry line", "the flood wall", "the school kitchen", "the tram depot", "the fish auction", "the public library",
		"the water tower", "the night market", "the old theatre", "the wind farm", "the music festival",
	}
	people = []string{
		"Marta Lindqvist", "Jonas Achterberg", "Priya Venkat", "Tomas Okonjo", "Helen Castellane", "Ruben Hollis",
		"Aiko Brandt", "Samir Dellacroix", "Greta Munoz-Frey", "Olu Farrant", "Ines Kowal", "Piet Marlowe", "Dana Iversen",
	}
)

// Articles returns n invented articles, the same ones in each call: of five
// outlets, one every six hours from 1 March 2026 on, each with an address and
// texts of its own of about 90 words in three paragraphs. Each names its place,
// its subject, a person and two numbers that no other article has.
func Articles(n int) []corpus.Article {
	articles := make([]corpus.Article, n)
	for i := range articles {
		articles[i] = article(i)
	}
	return articles
}

func article(i int) corpus.Article {
	outlet, place := outlets[i%len(outlets)], places[i%len(places)]
	subject, person := subjects[i%len(subjects)], people[i%len(people)]
	home := "https://www." + strings.ToLower(strings.ReplaceAll(outlet, " ", "-")) + ".example/"
	published := time.Date(2026, time.March, 1, 6, 0, 0, 0, time.UTC).Add(time.Duration(i) * 6 * time.Hour)
	return corpus.Article{
		Outlet: outlet, OutletURL: home, URL: fmt.Sprintf("%snews/%d", home, i+1),
		Title:  fmt.Sprintf("%s argues about %s, part %d", place, subject, i+1),
		Author: people[(i+3)%len(people)], Category: "local", Language: "en",
		Text: text(i, place, subject, person), Captions: []string{"A view of " + place + "."}, Published: published,
	}
}

func text(i int, place, subject, person string) string {
	return fmt.Sprintf("The council of %[1]s spent Tuesday evening on %[2]s, which has cost %[3]d crowns so far. "+
		"A report of %[4]d pages was handed to every member before the meeting began.\n\n"+
		"“We will not vote before the figures have been read,” said %[5]s, who chairs the committee. "+
		"Two members disagreed and asked that the matter be settled at once, since the summer is near.\n\n"+
		"The engineers say that %[2]s can be finished within %[6]d weeks if the weather holds. "+
		"People who live nearby are less sure, and a small crowd of them waited outside the hall until it closed.",
		place, subject, 1_000_000+i*37, 10_000+i, person, 5+i%40)
}
