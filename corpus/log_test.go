package corpus_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

// TestLog runs the cases of testdata/log: articles to add, what became of them,
// withdrawals and removals by the number of the article in the order of its
// first entry, the articles that are held, and at the end the whole log.
func TestLog(t *testing.T) {
	files, err := filepath.Glob("testdata/log/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			run := logRun{c: corpustest.Open(t)}
			for i, part := range archive.Files {
				run.step(t, part.Name, string(part.Data))
				if t.Failed() {
					t.Fatalf("in part %d, %q", i+1, part.Name)
				}
			}
		})
	}
}

type logRun struct {
	c     *corpus.Corpus
	added corpus.Added
}

func (r *logRun) step(t *testing.T, name, data string) {
	t.Helper()
	switch name {
	case "add":
		var err error
		if r.added, err = r.c.Add(t.Context(), readArticles(t, data)); err != nil {
			t.Error(err)
		}
	case "added":
		same(t, fmt.Sprintf("%d new, %d changed, %d same\n", r.added.New, r.added.Changed, r.added.Same), data)
	case "withdraw":
		if err := r.c.Withdraw(t.Context(), r.id(t, data)); err != nil {
			t.Error(err)
		}
	case "remove":
		if err := r.c.Remove(t.Context(), r.id(t, data)); err != nil {
			t.Error(err)
		}
	case "held":
		same(t, r.held(t), data)
	case "log":
		same(t, r.log(t), data)
	default:
		t.Errorf("no such step")
	}
}

// numbers gives the articles numbers in the order of their first entries.
func numbers(entries []corpus.Entry) (byID map[string]int, ids []string) {
	byID = make(map[string]int)
	for _, e := range entries {
		if byID[e.ID] == 0 {
			ids = append(ids, e.ID)
			byID[e.ID] = len(ids)
		}
	}
	return byID, ids
}

func entries(t *testing.T, c *corpus.Corpus) []corpus.Entry {
	t.Helper()
	all, err := c.Entries(t.Context(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func (r *logRun) id(t *testing.T, data string) string {
	t.Helper()
	n, err := strconv.Atoi(strings.TrimSpace(data))
	if err != nil {
		t.Fatal(err)
	}
	_, ids := numbers(entries(t, r.c))
	return ids[n-1]
}

func (r *logRun) held(t *testing.T) string {
	t.Helper()
	list, err := r.c.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	number, _ := numbers(entries(t, r.c))
	var b strings.Builder
	for _, a := range list {
		fmt.Fprintf(&b, "%d version %d\n", number[a.ID], a.Version)
	}
	return b.String()
}

func (r *logRun) log(t *testing.T) string {
	t.Helper()
	all := entries(t, r.c)
	number, _ := numbers(all)
	var b strings.Builder
	for _, e := range all {
		fmt.Fprintf(&b, "%d %s article %d%s\n", e.Seq, e.Kind, number[e.ID], described(e))
	}
	return b.String()
}

func described(e corpus.Entry) string {
	switch {
	case e.Article != nil:
		return fmt.Sprintf(" version %d: %s", e.Article.Version, e.Article.Title)
	case e.Kind == corpus.Published, e.Kind == corpus.Changed:
		return ", text removed"
	}
	return ""
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// readArticles reads articles separated by lines of "--": header lines, a blank
// line, the text.
func readArticles(t *testing.T, data string) []corpus.Article {
	t.Helper()
	var articles []corpus.Article
	for _, block := range strings.Split(data, "\n--\n") {
		head, body, _ := strings.Cut(block, "\n\n")
		a := corpus.Article{Text: body}
		for line := range strings.SplitSeq(head, "\n") {
			name, value, _ := strings.Cut(line, ": ")
			setField(t, &a, name, value)
		}
		articles = append(articles, a)
	}
	return articles
}

func setField(t *testing.T, a *corpus.Article, name, value string) {
	t.Helper()
	switch name {
	case "Outlet":
		a.Outlet = value
	case "URL":
		a.URL = value
	case "Title":
		a.Title = value
	case "Author":
		a.Author = value
	case "Published":
		a.Published = readTime(t, value)
	default:
		t.Fatalf("no field %q", name)
	}
}

func readTime(t *testing.T, value string) time.Time {
	t.Helper()
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if at, err := time.Parse(layout, value); err == nil {
			return at
		}
	}
	t.Fatalf("no date: %q", value)
	return time.Time{}
}

func TestNewest(t *testing.T) {
	entry := func(seq int64, kind corpus.Kind, id string, text string) corpus.Entry {
		e := corpus.Entry{Seq: seq, Kind: kind, ID: id}
		if text != "" {
			e.Article = &corpus.Article{ID: id, Seq: seq, Text: text}
		}
		return e
	}
	held, gone := corpus.Newest([]corpus.Entry{
		entry(1, corpus.Published, "ferry", "The ferry sails."), entry(2, corpus.Published, "tram", "The tram stops."),
		entry(3, corpus.Published, "pier", "The pier is closed."), entry(4, corpus.Changed, "ferry", "The ferry sails at noon."),
		entry(5, corpus.Withdrawn, "tram", ""), entry(6, corpus.Published, "mill", ""), entry(7, corpus.Removed, "pier", ""),
		entry(8, corpus.Changed, "pier", "The pier is open."),
	})
	if len(held) != 2 || held[0].Text != "The ferry sails at noon." || held[1].Text != "The pier is open." || !slices.Equal(gone, []string{"tram", "mill"}) {
		t.Errorf("held %+v, gone %q", held, gone)
	}
	if held, gone := corpus.Newest(nil); held != nil || gone != nil {
		t.Errorf("of nothing: held %+v, gone %q", held, gone)
	}
}
