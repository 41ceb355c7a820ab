package corpus_test

import (
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/store"
)

func TestWhatIsAddedComesBackWhole(t *testing.T) {
	c := corpustest.Open(t)
	given := corpus.Article{
		Outlet: "Nordlicht Kurier", URL: "https://nordlicht-kurier.example/a", OutletURL: "https://nordlicht-kurier.example/",
		Title: "Ein Titel", Author: "Greta Munoz-Frey", Category: "Kultur", Language: "de",
		Text: "Ein Absatz.\n\nNoch einer, mit „Zitat“.", Captions: []string{"Bild 1", ""}, Headings: []string{"Mitte"},
		Published: time.Date(2026, 3, 2, 7, 30, 0, 123456000, time.FixedZone("", 3600)),
	}
	stored := corpustest.Add(t, c, given)[0]
	want := given
	want.ID, want.Seq, want.Version = stored.ID, 1, 1
	want.Published, want.Fetched = given.Published.UTC(), corpustest.Now
	if stored.ID == "" || !reflect.DeepEqual(stored, want) {
		t.Errorf("listed %+v\nwant %+v", stored, want)
	}
	one, err := c.Article(t.Context(), stored.ID)
	if err != nil || !reflect.DeepEqual(one, want) {
		t.Errorf("by ID %+v, %v", one, err)
	}
	for range 2 { // from the file, then from the cache
		bySeq, err := c.BySeqs(t.Context(), []int64{1, 99})
		if err != nil || len(bySeq) != 1 || !reflect.DeepEqual(bySeq[1], want) {
			t.Fatalf("by Seq %+v, %v", bySeq, err)
		}
		bySeq[1].Captions[0] = "scribbled" // must not reach the cache
	}
	log := entries(t, c)
	if len(log) != 1 || !reflect.DeepEqual(*log[0].Article, want) || !log[0].At.Equal(corpustest.Now) {
		t.Errorf("log %+v", log)
	}
}

func TestVersions(t *testing.T) {
	c := corpustest.Open(t)
	first := corpustest.Articles(1)[0]
	second := first
	second.Text += "\n\nA sentence was added."
	id := corpustest.Add(t, c, first, second)[0].ID
	versions, err := c.Versions(t.Context(), id)
	if err != nil || len(versions) != 2 {
		t.Fatalf("%d versions, %v", len(versions), err)
	}
	if versions[0].Text != first.Text || versions[1].Text != second.Text || versions[1].Version != 2 {
		t.Errorf("the versions are not the texts that were added, in order")
	}
	newest, err := c.Article(t.Context(), id)
	if err != nil || newest.Seq != 2 {
		t.Errorf("newest %+v, %v", newest, err)
	}
}

func TestNotFound(t *testing.T) {
	c := corpustest.Open(t)
	removed := corpustest.Add(t, c, corpustest.Articles(1)...)[0].ID
	if err := c.Remove(t.Context(), removed); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{removed, "", "absent"} {
		_, err1 := c.Article(t.Context(), id)
		_, err2 := c.Versions(t.Context(), id)
		for i, err := range []error{err1, err2, c.Withdraw(t.Context(), id)} {
			if !errors.Is(err, corpus.ErrNotFound) {
				t.Errorf("call %d for %q returned %v", i, id, err)
			}
		}
	}
	if err := c.Remove(t.Context(), "absent"); !errors.Is(err, corpus.ErrNotFound) {
		t.Errorf("Remove returned %v", err)
	}
}

func TestARemovedTextLeavesEveryCache(t *testing.T) {
	db := corpustest.Store(t)
	here, there := corpustest.On(t, db), corpustest.On(t, db)
	id := corpustest.Add(t, here, corpustest.Articles(2)...)[0].ID
	for _, c := range []*corpus.Corpus{here, there} {
		if found, err := c.BySeqs(t.Context(), []int64{1, 2}); err != nil || len(found) != 2 {
			t.Fatalf("%d found, %v", len(found), err)
		}
	}
	if err := there.Remove(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for _, c := range []*corpus.Corpus{here, there} {
		found, err := c.BySeqs(t.Context(), []int64{1, 2})
		if _, still := found[1]; err != nil || still || len(found) != 1 {
			t.Errorf("after the removal: %v, %v", found, err)
		}
	}
}

func TestEntriesInBatches(t *testing.T) {
	c := corpustest.Open(t)
	corpustest.Add(t, c, corpustest.Articles(corpus.DefaultBatch+10)...)
	end, err := c.End(t.Context())
	if err != nil || end != corpus.DefaultBatch+10 {
		t.Fatalf("the end is %d, %v", end, err)
	}
	for _, limit := range []int{0, 1, 7, 1000} {
		var after int64
		for after < end {
			batch, err := c.Entries(t.Context(), after, limit)
			if err != nil || len(batch) == 0 {
				t.Fatalf("limit %d after %d: %d entries, %v", limit, after, len(batch), err)
			}
			for _, e := range batch {
				if after++; e.Seq != after || e.Article == nil || e.Article.Seq != after {
					t.Fatalf("limit %d: entry %+v, want Seq %d", limit, e, after)
				}
			}
		}
	}
	if rest, err := c.Entries(t.Context(), end, 0); err != nil || len(rest) != 0 {
		t.Errorf("after the end: %d entries, %v", len(rest), err)
	}
}

func TestFilters(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Articles(20) // four a day from 1 March on, outlets in turn
	corpustest.Add(t, c, articles...)
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	cases := []struct {
		name    string
		filter  corpus.Filter
		listed  int
		covered int
		outlets int
	}{
		{"all", corpus.Filter{}, 20, 20, 5},
		{"limit", corpus.Filter{Limit: 3}, 3, 20, 5},
		{"one outlet", corpus.Filter{Outlets: []string{"Radio Solana"}}, 4, 4, 1},
		{"two outlets", corpus.Filter{Outlets: []string{"Radio Solana", "Harbour Herald"}}, 8, 8, 2},
		{"unknown outlet", corpus.Filter{Outlets: []string{"radio solana"}}, 0, 0, 0},
		{"from is inclusive", corpus.Filter{From: articles[4].Published}, 16, 16, 5},
		{"to is exclusive", corpus.Filter{To: articles[4].Published}, 4, 4, 4},
		{"from a nanosecond later", corpus.Filter{From: articles[4].Published.Add(1)}, 15, 15, 5},
		{"to a nanosecond later", corpus.Filter{To: articles[4].Published.Add(1)}, 5, 5, 5},
		{"an outlet twice", corpus.Filter{Outlets: []string{"Radio Solana", "Radio Solana"}}, 4, 4, 1},
		{"an outlet and none", corpus.Filter{Outlets: []string{"Radio Solana", "nobody"}}, 4, 4, 1},
		{"one day", corpus.Filter{From: day(2), To: day(3)}, 4, 4, 4},
		{"one day and outlet", corpus.Filter{From: day(2), To: day(3), Outlets: []string{"Radio Solana"}}, 1, 1, 1},
		{"nothing", corpus.Filter{From: day(20)}, 0, 0, 0},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			list, err := c.List(t.Context(), tc.filter)
			if err != nil || len(list) != tc.listed {
				t.Errorf("%d listed, %v; want %d", len(list), err, tc.listed)
			}
			for i := 1; i < len(list); i++ {
				if list[i].Published.After(list[i-1].Published) {
					t.Errorf("article %d of the list is newer than the one before", i+1)
				}
			}
			x, err := c.Extent(t.Context(), tc.filter)
			if err != nil || x.Articles != tc.covered || x.Outlets != tc.outlets {
				t.Errorf("extent %+v, %v; want %d articles of %d outlets", x, err, tc.covered, tc.outlets)
			}
			if tc.covered == 0 && (!x.From.IsZero() || !x.To.IsZero()) {
				t.Errorf("an empty extent has the dates %v to %v", x.From, x.To)
			}
			if tc.covered == tc.listed && len(list) > 0 && (!x.To.Equal(list[0].Published) || !x.From.Equal(list[len(list)-1].Published)) {
				t.Errorf("extent %v to %v, listed %v to %v", x.From, x.To, list[len(list)-1].Published, list[0].Published)
			}
		})
	}
}

func TestOutlets(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Articles(11)
	articles[10].OutletURL = "" // the newest of Harbour Herald names no home page
	stored := corpustest.Add(t, c, articles...)
	if err := c.Withdraw(t.Context(), stored[1].ID); err != nil { // of Nordlicht Kurier
		t.Fatal(err)
	}
	if err := c.Remove(t.Context(), stored[2].ID); err != nil { // of The Meridian Post
		t.Fatal(err)
	}
	got, err := c.Outlets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Outlet{
		{Name: "Harbour Herald", URL: articles[0].OutletURL, Articles: 3, First: articles[0].Published, Last: articles[10].Published},
		{Name: "Nordlicht Kurier", URL: articles[1].OutletURL, Articles: 1, First: articles[6].Published, Last: articles[6].Published},
		{Name: "Radio Solana", URL: articles[4].OutletURL, Articles: 2, First: articles[4].Published, Last: articles[9].Published},
		{Name: "The Meridian Post", URL: articles[2].OutletURL, Articles: 1, First: articles[7].Published, Last: articles[7].Published},
		{Name: "Valley Dispatch", URL: articles[3].OutletURL, Articles: 2, First: articles[3].Published, Last: articles[8].Published},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// TestOutletsKeepUp: what is kept of the outlets is that of the log's end, also
// when another process moved it, and what a caller does with it stays with him.
func TestOutletsKeepUp(t *testing.T) {
	db := corpustest.Store(t)
	here, there := corpustest.On(t, db), corpustest.On(t, db)
	articles := corpustest.Articles(3)
	counts := func(c *corpus.Corpus) (counts []int) {
		t.Helper()
		for range 2 { // counted, then kept
			outlets, err := c.Outlets(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			counts = counts[:0]
			for i := range outlets {
				counts = append(counts, outlets[i].Articles)
				outlets[i].Articles = -1
			}
		}
		x, err := c.Extent(t.Context(), corpus.Filter{})
		if err != nil || x.Outlets != len(counts) {
			t.Errorf("extent %+v, %v; %d outlets", x, err, len(counts))
		}
		return counts
	}
	var id string
	for _, step := range []struct {
		name string
		do   func() error
		want []int
	}{
		{"nothing", func() error { return nil }, nil},
		{"add", func() error { id = corpustest.Add(t, there, articles...)[0].ID; return nil }, []int{1, 1, 1}},
		{"withdraw", func() error { return there.Withdraw(t.Context(), id) }, []int{1, 1}},
		{"publish again", func() error { corpustest.Add(t, here, articles[0]); return nil }, []int{1, 1, 1}},
		{"remove", func() error { return there.Remove(t.Context(), id) }, []int{1, 1}},
	} {
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
		for _, c := range []*corpus.Corpus{here, there} {
			if got := counts(c); !slices.Equal(got, step.want) {
				t.Errorf("after %s: %v articles, want %v", step.name, got, step.want)
			}
		}
	}
}

func TestANewerFileIsRefused(t *testing.T) {
	db := corpustest.Store(t)
	corpustest.On(t, db)
	err := db.Write(t.Context(), func(tx store.Tx) error {
		_, err := tx.Exec(t.Context(), `INSERT INTO store_steps (owner, step) VALUES ('corpus', 99)`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := corpus.New(t.Context(), slog.New(slog.DiscardHandler), db, corpustest.Clock); !errors.Is(err, store.ErrNewer) {
		t.Errorf("New returned %v, want ErrNewer", err)
	}
}

func TestAddBesideReaders(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Articles(60)
	var wg sync.WaitGroup
	for i := range 6 {
		wg.Go(func() {
			if _, err := c.Add(t.Context(), articles[i*10:i*10+10]); err != nil {
				t.Error(err)
			}
		})
		wg.Go(func() {
			x, err := c.Extent(t.Context(), corpus.Filter{})
			if err != nil || x.Articles%10 != 0 {
				t.Errorf("a reader saw %d articles, %v: half an Add", x.Articles, err)
			}
			if _, err := c.BySeqs(t.Context(), []int64{1, 2, 3, 11, 12}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if end, err := c.End(t.Context()); err != nil || end != 60 {
		t.Errorf("the end is %d, %v", end, err)
	}
}

// model is what the corpus must hold of one outlet: by URL, the texts in order.
type model struct {
	outlet string
	// before is the end of the log when the history began.
	before    int64
	texts     map[string][]string
	withdrawn map[string]bool
	removed   map[string]bool
	log       []corpus.Entry
}

// TestAnyHistory adds, removes and withdraws at random: the log only grows, Seq
// increases, and the newest version is the text that was added last.
func TestAnyHistory(t *testing.T) {
	c := corpustest.Open(t)
	histories := 0
	rapid.Check(t, func(rt *rapid.T) {
		// Each history has an outlet of its own, so that one file serves all.
		histories++
		before, err := c.End(t.Context())
		if err != nil {
			rt.Fatal(err)
		}
		m := model{
			outlet: fmt.Sprintf("Outlet %d", histories), before: before,
			texts: make(map[string][]string), withdrawn: make(map[string]bool), removed: make(map[string]bool),
		}
		rt.Repeat(map[string]func(*rapid.T){
			"add": func(rt *rapid.T) { m.add(rt, t, c) },
			"remove": func(rt *rapid.T) {
				if url := m.known(rt); url != "" {
					m.must(rt, c.Remove(t.Context(), m.id(rt, t, c, url)))
					m.removed[url], m.texts[url] = true, nil
				}
			},
			"withdraw": func(rt *rapid.T) {
				if url := m.known(rt); url != "" {
					m.must(rt, c.Withdraw(t.Context(), m.id(rt, t, c, url)))
					m.withdrawn[url] = true
				}
			},
			"": func(rt *rapid.T) { m.check(rt, t, c) },
		})
	})
}

func (m *model) url(n int) string {
	return fmt.Sprintf("https://solana.example/%s/%d", strings.ReplaceAll(m.outlet, " ", "-"), n)
}

func (m *model) must(rt *rapid.T, err error) {
	if err != nil {
		rt.Fatal(err)
	}
}

func (m *model) add(rt *rapid.T, t *testing.T, c *corpus.Corpus) {
	n := rapid.IntRange(1, 4).Draw(rt, "articles")
	var articles []corpus.Article
	for range n {
		url := m.url(rapid.IntRange(1, 4).Draw(rt, "url"))
		text := fmt.Sprintf("Text %d.", rapid.IntRange(1, 3).Draw(rt, "text"))
		articles = append(articles, corpus.Article{Outlet: m.outlet, URL: url, Text: text, Published: corpustest.Now})
		if texts := m.texts[url]; !m.removed[url] && (len(texts) == 0 || m.withdrawn[url] || texts[len(texts)-1] != text) {
			m.texts[url], m.withdrawn[url] = append(texts, text), false
		}
	}
	_, err := c.Add(t.Context(), articles)
	m.must(rt, err)
}

// known draws one of the addresses that are held, "" when none is.
func (m *model) known(rt *rapid.T) string {
	first := rapid.IntRange(0, 3).Draw(rt, "first")
	for i := range 4 {
		url := m.url(1 + (first+i)%4)
		if len(m.texts[url]) > 0 && !m.withdrawn[url] {
			return url
		}
	}
	return ""
}

func (m *model) id(rt *rapid.T, t *testing.T, c *corpus.Corpus, url string) string {
	list, err := c.List(t.Context(), corpus.Filter{Outlets: []string{m.outlet}})
	m.must(rt, err)
	for _, a := range list {
		if a.URL == url {
			return a.ID
		}
	}
	rt.Fatalf("%s is not listed", url)
	return ""
}

func (m *model) check(rt *rapid.T, t *testing.T, c *corpus.Corpus) {
	log, err := c.Entries(t.Context(), m.before, 10_000)
	m.must(rt, err)
	if len(log) < len(m.log) {
		rt.Fatalf("the log shrank from %d to %d entries", len(m.log), len(log))
	}
	for i, e := range log {
		if i > 0 && e.Seq <= log[i-1].Seq {
			rt.Fatalf("Seq %d comes after %d", e.Seq, log[i-1].Seq)
		}
		if i < len(m.log) && (e.Seq != m.log[i].Seq || e.Kind != m.log[i].Kind || e.ID != m.log[i].ID) {
			rt.Fatalf("entry %d changed from %+v to %+v", i, m.log[i], e)
		}
	}
	m.log = log
	got := make(map[string][]string)
	for _, e := range log {
		if e.Article != nil {
			got[e.Article.URL] = append(got[e.Article.URL], e.Article.Text)
		}
	}
	list, err := c.List(t.Context(), corpus.Filter{Outlets: []string{m.outlet}})
	m.must(rt, err)
	held := 0
	for url, texts := range m.texts {
		if strings.Join(got[url], "|") != strings.Join(texts, "|") {
			rt.Fatalf("%s has the texts %q, want %q", url, got[url], texts)
		}
		if len(texts) > 0 && !m.withdrawn[url] {
			held++
		}
	}
	for _, a := range list {
		if texts := m.texts[a.URL]; len(texts) == 0 || texts[len(texts)-1] != a.Text || a.Version != len(texts) {
			rt.Fatalf("listed %q as version %d, want the last of %q", a.Text, a.Version, texts)
		}
	}
	if len(list) != held {
		rt.Fatalf("%d listed, want %d", len(list), held)
	}
}
