package corpustest

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
)

func TestArticlesAreTheSameAndApart(t *testing.T) {
	articles := Articles(300)
	if !reflect.DeepEqual(articles[:100], Articles(100)) {
		t.Error("two calls made different articles")
	}
	added, err := Open(t).Add(t.Context(), articles)
	if err != nil || added.New != len(articles) {
		t.Errorf("%+v, %v; want %d new", added, err, len(articles))
	}
	for i, a := range articles {
		own := fmt.Sprintf("a report of %d pages", 10_000+i)
		if n := strings.Count(strings.ToLower(a.Text), own); n != 1 {
			t.Fatalf("article %d holds %q %d times", i+1, own, n)
		}
	}
}

func TestAddReturnsWhatIsStored(t *testing.T) {
	c := Open(t)
	first := Articles(2)
	changed := first[0]
	changed.Text += " More."
	changed.URL += "#top"
	stored := Add(t, c, first[1], first[0], changed)
	if stored[0].Text != first[1].Text || stored[1].Text != changed.Text || stored[2].Version != 2 {
		t.Errorf("stored %+v", stored)
	}
	if stored[1].ID != stored[2].ID || !stored[0].Fetched.Equal(Now) {
		t.Error("IDs or the clock are wrong")
	}
	end, err := c.End(t.Context())
	if err != nil || end != 3 {
		t.Errorf("the log ends at %d, %v", end, err)
	}
}

func TestFetched(t *testing.T) {
	articles := Articles(3)
	for i := range articles {
		articles[i].Fetched = Now.Add(time.Duration(i) * time.Hour)
	}
	stored, err := Fetched(t, articles).List(t.Context(), corpus.Filter{})
	if err != nil || len(stored) != len(articles) {
		t.Fatalf("%d articles, %v", len(stored), err)
	}
	for _, a := range stored {
		if !slices.ContainsFunc(articles, func(b corpus.Article) bool { return b.URL == a.URL && b.Fetched.Equal(a.Fetched) }) {
			t.Errorf("%s was fetched %v", a.URL, a.Fetched)
		}
	}
}

func TestFill(t *testing.T) {
	c := Open(t)
	Fill(t, c, Articles(501))
	if end, err := c.End(t.Context()); err != nil || end != 501 {
		t.Errorf("the log ends at %d, %v", end, err)
	}
}

// TestSharedSkips: what is not there skips the test and fails none.
func TestSharedSkips(t *testing.T) {
	skipped := false
	t.Run("absent", func(t *testing.T) {
		defer func() { skipped = t.Skipped() }()
		SharedPath(t, "eval/nothing of this name")
	})
	if !skipped {
		t.Error("not skipped")
	}
	if _, err := os.Stat(filepath.Join(repository(t), "corpus", "corpustest")); err != nil {
		t.Error(err)
	}
}
