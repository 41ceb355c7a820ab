package story

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
	"newsdesk/retrieval/static"
)

// world returns the articles of testdata/world.txtar and their events by address.
func world(t testing.TB) (articles []corpus.Article, events map[string]string) {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/world.txtar")
	if err != nil {
		t.Fatal(err)
	}
	events = map[string]string{}
	for _, f := range archive.Files {
		head, body, _ := strings.Cut(string(f.Data), "\n\n")
		a := corpus.Article{URL: "https://outlet.example/" + f.Name, Text: strings.TrimSpace(body)}
		for line := range strings.Lines(head) {
			field, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch field {
			case "outlet":
				a.Outlet = value
			case "title":
				a.Title = value
			case "published":
				if a.Published, err = time.Parse(time.DateOnly, value); err != nil {
					t.Fatal(err)
				}
			}
		}
		events[a.URL], _, _ = strings.Cut(f.Name, "/")
		articles = append(articles, a)
	}
	return articles, events
}

// failing is the built-in embedder, which fails when it is told to.
type failing struct {
	*static.Embedder
	fail func() error
}

func (f *failing) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	if err := f.fail(); err != nil {
		return nil, err
	}
	return f.Embedder.EmbedPassages(ctx, texts)
}

func needs(t testing.TB, db *store.DB, c *corpus.Corpus) Needs {
	t.Helper()
	e, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	return Needs{Log: slog.New(slog.DiscardHandler), DB: db, Corpus: c, Embedder: e, Tokens: e.AppendTokens}
}

func open(t testing.TB, n Needs) *Stories {
	t.Helper()
	s, err := New(t.Context(), n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func update(t testing.TB, s *Stories) {
	t.Helper()
	if err := s.Update(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// byEvent returns the events of each story's articles, a line a story.
func byEvent(t testing.TB, s *Stories, events map[string]string) []string {
	t.Helper()
	stories, err := s.Latest(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, story := range stories {
		var own []string
		for _, a := range story.Articles {
			own = append(own, events[a.URL])
		}
		lines = append(lines, strings.Join(own, " "))
	}
	slices.Sort(lines)
	return lines
}

var worldStories = []string{
	"arrest-brenn-one arrest-brenn-one", "arrest-brenn-two arrest-brenn-two", "mill-wynmoor mill-wynmoor",
	"quake-arden quake-arden", "quake-dunmar quake-dunmar quake-dunmar",
}

func TestStories(t *testing.T) {
	db := corpustest.Store(t)
	c := corpustest.On(t, db)
	articles, events := world(t)
	s := open(t, needs(t, db, c))
	update(t, s)
	if got, err := s.Latest(t.Context(), Filter{}); err != nil || got != nil {
		t.Errorf("an empty corpus has stories: %v, %v", got, err)
	}
	// One by one, as they arrive, with restarts.
	for i, a := range articles {
		corpustest.Add(t, c, a)
		if i%3 == 0 {
			s = open(t, needs(t, db, c))
		}
		update(t, s)
	}
	if got := byEvent(t, s, events); !slices.Equal(got, worldStories) {
		t.Fatalf("stories %q", got)
	}
	update(t, s) // nothing is left to do
	quake := storyNamed(t, s, "Dunmar")
	if quake.Title != "Eleven dead after earthquake in Dunmar" && !strings.Contains(quake.Title, "Dunmar") {
		t.Errorf("title %q", quake.Title)
	}
	if len(quake.Origins) != 2 || !quake.First.Equal(quake.Articles[0].Published) || !quake.Last.Equal(quake.Articles[2].Published) {
		t.Errorf("%+v", quake)
	}
	last := quake.Updated[len(quake.Updated)-1]
	if last.Article != quake.Articles[2].ID || last.Facts[0].Kind != NewNumber || !slices.Contains(last.Facts[0].What, "fourteen people") {
		t.Errorf("updates %+v", quake.Updated)
	}
	again, err := s.Story(t.Context(), quake.ID)
	if err != nil || again.ID != quake.ID || len(again.Articles) != 3 {
		t.Errorf("%+v, %v", again, err)
	}
}

func storyNamed(t testing.TB, s *Stories, word string) Story {
	t.Helper()
	stories, err := s.Latest(t.Context(), Filter{})
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(stories, func(s Story) bool { return strings.Contains(s.Title, word) })
	if at < 0 {
		t.Fatalf("no story of %s", word)
	}
	return stories[at]
}

func filled(t testing.TB) (*Stories, *corpus.Corpus, []corpus.Article, map[string]string) {
	t.Helper()
	db := corpustest.Store(t)
	c := corpustest.On(t, db)
	articles, events := world(t)
	stored := corpustest.Add(t, c, articles...)
	s := open(t, needs(t, db, c))
	update(t, s)
	return s, c, stored, events
}

func TestLatest(t *testing.T) {
	s, _, _, _ := filled(t)
	date := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	for _, c := range []struct {
		name   string
		filter Filter
		want   []string // words of the titles, in order
	}{
		{"newest", Filter{Limit: 2}, []string{"Brenn", "Arden"}},
		{"from", Filter{From: date(9)}, []string{"Brenn", "Arden"}},
		{"to is exclusive", Filter{To: date(3), Limit: 1}, []string{"Dunmar"}},
		{"a story that goes on", Filter{From: date(4), To: date(5)}, []string{"Dunmar"}},
		{"outlet", Filter{Outlets: []string{"Sandholt Online"}}, []string{"Brenn"}},
		{"outlet that there is not", Filter{Outlets: []string{"Nobody's News"}}, nil},
		{"none", Filter{From: date(28)}, nil},
	} {
		got, err := s.Latest(t.Context(), c.filter)
		if err != nil || len(got) != len(c.want) {
			t.Errorf("%s: %+v, %v", c.name, got, err)
			continue
		}
		for i, word := range c.want {
			if c.name == "to is exclusive" {
				break // two stories of that day
			}
			if !strings.Contains(got[i].Title, word) {
				t.Errorf("%s: %q, want one of %s", c.name, got[i].Title, word)
			}
		}
	}
}

func TestNotFound(t *testing.T) {
	s, c, articles, _ := filled(t)
	for _, id := range []string{"", "9999", "-1", "x", "1; DROP TABLE story_members", "99999999999999999999"} {
		if got, err := s.Story(t.Context(), id); !errors.Is(err, ErrNotFound) {
			t.Errorf("%q is %+v, %v", id, got, err)
		}
	}
	if _, err := s.Of(t.Context(), "nothing"); !errors.Is(err, ErrNotFound) {
		t.Error(err)
	}
	story, err := s.Of(t.Context(), articles[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range story.Articles {
		must(t, c.Remove(t.Context(), a.ID))
	}
	if _, err := s.Story(t.Context(), story.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("a story whose texts were removed: %v", err)
	}
	update(t, s)
	if _, err := s.Story(t.Context(), story.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("a story without articles: %v", err)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestEveryKind: articles that change, are withdrawn, come back and are removed.
func TestEveryKind(t *testing.T) {
	s, c, articles, events := filled(t)
	before, err := s.Of(t.Context(), articles[1].ID)
	must(t, err)
	// A correction leaves the article in its story, with the new text.
	changed := articles[1]
	changed.Text = strings.ReplaceAll(changed.Text, "four firemen", "six firemen")
	changed = corpustest.Add(t, c, changed)[0]
	update(t, s)
	after, err := s.Of(t.Context(), changed.ID)
	must(t, err)
	if after.ID != before.ID || len(after.Articles) != 2 || !slices.ContainsFunc(after.Articles, func(a Article) bool { return a.Seq == changed.Seq }) {
		t.Errorf("after the correction: %+v", after)
	}
	// One that becomes a report of something else goes there.
	other := articles[4]
	other.Text, other.Title = articles[2].Text+" There will be no school.", articles[2].Title
	other = corpustest.Add(t, c, other)[0]
	update(t, s)
	moved, err := s.Of(t.Context(), other.ID)
	must(t, err)
	if moved.ID == after.ID || len(moved.Articles) != 4 {
		t.Errorf("after it became another: %+v", moved)
	}
	must(t, c.Withdraw(t.Context(), articles[3].ID))
	must(t, c.Remove(t.Context(), articles[5].ID))
	update(t, s)
	for _, i := range []int{3, 5} {
		if got, err := s.Of(t.Context(), articles[i].ID); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s is still in %+v, %v", articles[i].Title, got, err)
		}
	}
	back := articles[3]
	back.Text += " He denies it."
	corpustest.Add(t, c, back)
	update(t, s)
	want := []string{"arrest-brenn-one arrest-brenn-one", "arrest-brenn-two arrest-brenn-two", "mill-wynmoor", "quake-arden", "quake-dunmar mill-wynmoor quake-dunmar quake-dunmar"}
	got := byEvent(t, s, events)
	for i := range got {
		got[i] = strings.ReplaceAll(got[i], "quake-dunmar quake-dunmar mill-wynmoor quake-dunmar", want[4])
	}
	if !slices.Equal(got, want) {
		t.Errorf("stories %q", got)
	}
}

// TestFailures fails at every call of the embedder in turn; what was done before
// stays, and a further Update comes to the same.
func TestFailures(t *testing.T) {
	articles, events := world(t)
	broken := errors.New("broken")
	for at := range 6 {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			db := corpustest.Store(t)
			c := corpustest.On(t, db)
			n, calls := needs(t, db, c), 0
			n.Embedder = &failing{n.Embedder.(*static.Embedder), func() error {
				if calls++; calls == at+1 {
					return broken
				}
				return nil
			}}
			s, failed := open(t, n), 0
			for _, a := range articles {
				corpustest.Add(t, c, a)
				if err := s.Update(t.Context()); errors.Is(err, broken) {
					failed++
					must(t, s.Update(t.Context()))
				} else if err != nil {
					t.Fatal(err)
				}
			}
			if got := byEvent(t, s, events); failed != 1 || !slices.Equal(got, worldStories) {
				t.Errorf("%d failures, stories %q", failed, got)
			}
		})
	}
}

// TestStartedAnew: stories of which a start reads only what is near go on as those that
// were held all the time.
func TestStartedAnew(t *testing.T) {
	db := corpustest.Store(t)
	c := corpustest.On(t, db)
	articles, events := world(t)
	var partly, wholly int
	for _, a := range articles {
		corpustest.Add(t, c, a)
		s := open(t, needs(t, db, c))
		s.held, s.counted = 8, 1
		update(t, s)
		if s.covered == always {
			wholly++
		} else {
			partly++
		}
	}
	s := open(t, needs(t, db, c))
	if got := byEvent(t, s, events); !slices.Equal(got, worldStories) || partly == 0 || wholly == 0 {
		t.Errorf("%d partly, %d wholly, stories %q", partly, wholly, got)
	}
	// What is far from all that was read makes the rest be read.
	s.held, s.counted = 100, 1
	old := articles[0]
	old.URL, old.Published = "https://outlet.example/late", old.Published.AddDate(0, 0, 1)
	far := articles[9]
	far.URL, far.Published = "https://outlet.example/later", far.Published.AddDate(0, 0, 30)
	corpustest.Add(t, c, far)
	update(t, s)
	if s.covered == always || len(s.groups.articles) > 2 {
		t.Errorf("%d articles were read", len(s.groups.articles))
	}
	corpustest.Add(t, c, old)
	update(t, s)
	if story := storyNamed(t, s, "Dunmar"); s.covered != always || len(story.Articles) != 4 {
		t.Errorf("%+v", story)
	}
}

// TestBeside: stories are read while they are brought up to date.
func TestBeside(t *testing.T) {
	db := corpustest.Store(t)
	c := corpustest.On(t, db)
	articles, _ := world(t)
	s := open(t, needs(t, db, c))
	done := make(chan error, 2)
	for range 2 {
		go func() {
			for range 5 {
				if _, err := s.Latest(t.Context(), Filter{}); err != nil {
					done <- err
					return
				}
				if err := s.Update(t.Context()); err != nil {
					done <- err
					return
				}
			}
			done <- nil
		}()
	}
	for _, a := range articles {
		corpustest.Add(t, c, a)
	}
	must(t, errors.Join(<-done, <-done))
}

// TestStopped: an Update whose context has ended changes nothing.
func TestStopped(t *testing.T) {
	db := corpustest.Store(t)
	c := corpustest.On(t, db)
	articles, events := world(t)
	corpustest.Add(t, c, articles...)
	s := open(t, needs(t, db, c))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.Update(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	if got := byEvent(t, s, events); got != nil {
		t.Errorf("stories %q", got)
	}
	update(t, s)
	if got := byEvent(t, s, events); !slices.Equal(got, worldStories) {
		t.Errorf("stories %q", got)
	}
}

// TestMergedResolve: a story that was merged, twice over, is found by its ID.
func TestMergedResolve(t *testing.T) {
	s, _, articles, _ := filled(t)
	story, err := s.Of(t.Context(), articles[0].ID)
	must(t, err)
	id, err := survivorOf(s, story.ID)
	must(t, err)
	c := change{gone: map[int64]int64{101: 102, 102: id}, seq: 11}
	must(t, s.DB.Write(t.Context(), func(tx store.Tx) error { return c.save(t.Context(), tx) }))
	for _, merged := range []string{"101", "102"} {
		got, err := s.Story(t.Context(), merged)
		if err != nil || got.ID != story.ID {
			t.Errorf("%s is %+v, %v", merged, got, err)
		}
	}
	for id, want := range map[string][]string{story.ID: {"101", "102"}, "102": {"101"}, "101": nil, "none": nil} {
		if got, err := s.Absorbed(t.Context(), id); err != nil || !slices.Equal(got, want) {
			t.Errorf("%s absorbed %v, %v", id, got, err)
		}
	}
}

func survivorOf(s *Stories, id string) (n int64, err error) {
	_, err = fmt.Sscan(id, &n)
	return n, err
}

// scripted returns an article that says nothing but these names, at equal weight.
func scripted(id string, names ...string) *reading {
	r := &reading{id: id}
	t := tally{}
	for _, n := range names {
		t.add(n, .001)
	}
	r.names, r.terms = t.terms(), t.terms()
	return r
}

// byNames puts those together whose names have a cosine of more than .45.
var byNames = model{bias: -4.5, weights: features{nameCosine: 10}}

func membersByID(g *groups) map[int64]string {
	out := map[int64]string{}
	for id, s := range g.stories {
		var ids []string
		for _, m := range s.members {
			ids = append(ids, m.id)
		}
		out[id] = strings.Join(ids, "")
	}
	return out
}

// TestMerge: two stories that a third article shows to be one are one, under the
// identity of the older.
func TestMerge(t *testing.T) {
	g := newGroups(&byNames)
	g.add(scripted("a", "p", "q"))
	g.add(scripted("b", "r", "s"))
	if got := membersByID(g); !maps.Equal(got, map[int64]string{1: "a", 2: "b"}) {
		t.Fatalf("%v", got)
	}
	g.taken()
	for _, id := range []string{"c", "d", "e"} {
		g.add(scripted(id, "p", "q", "r", "s"))
	}
	if got := membersByID(g); !maps.Equal(got, map[int64]string{1: "abcde"}) {
		t.Errorf("%v", got)
	}
	touched, gone := g.taken()
	if !slices.Equal(touched, []int64{1}) || !maps.Equal(gone, map[int64]int64{2: 1}) {
		t.Errorf("touched %v, gone %v", touched, gone)
	}
}

// TestSplit: an article that was taken into a story leaves it when others show that
// it is of another one; what is left keeps its identity.
func TestSplit(t *testing.T) {
	g := newGroups(&byNames)
	g.add(scripted("a", "p", "q", "r"))
	g.add(scripted("b", "r", "q", "s"))
	if got := membersByID(g); !maps.Equal(got, map[int64]string{1: "ab"}) {
		t.Fatalf("%v", got)
	}
	g.add(scripted("c", "r", "s", "t", "u"))
	g.add(scripted("d", "s", "t", "u"))
	g.add(scripted("e", "p", "q"))
	g.add(scripted("f", "p", "q", "v"))
	got := membersByID(g)
	if len(got) != 2 || !strings.Contains(got[1], "a") || strings.Contains(got[1], "d") {
		t.Errorf("%v", got)
	}
	for _, s := range g.stories {
		for _, m := range s.members {
			if m.story != s {
				t.Errorf("%s does not know its story", m.id)
			}
		}
	}
}

// TestEvict: what is forgotten stays in its story, and the story goes on.
func TestEvict(t *testing.T) {
	g := newGroups(&byNames)
	for i := range 40 {
		r := scripted(fmt.Sprintf("%02d", i), fmt.Sprint("p", i/2), fmt.Sprint("q", i/2))
		r.published = corpustest.Now.AddDate(0, 0, i)
		g.add(r)
	}
	g.taken()
	g.evict(11)
	touched, gone := g.taken()
	if len(g.articles) != 11 || len(g.stories) != 6 || touched != nil || len(gone) != 0 {
		t.Errorf("%d articles in %d stories, touched %v, gone %v", len(g.articles), len(g.stories), touched, gone)
	}
	for key, list := range g.postings {
		for _, r := range list {
			if g.articles[r.id] != r {
				t.Errorf("%s is still found by %d", r.id, key)
			}
		}
	}
}

var _ retrieval.Embedder = (*failing)(nil)
