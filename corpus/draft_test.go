package corpus_test

import (
	"errors"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

func TestFieldsThatCannotBeStored(t *testing.T) {
	cases := []struct {
		name  string
		spoil func(*corpus.Article)
		want  string
	}{
		{"no outlet", func(a *corpus.Article) { a.Outlet = " \t" }, "corpus: article 2: outlet is empty"},
		{"no text", func(a *corpus.Article) { a.Text = "\n\n" }, "corpus: article 2: text is empty"},
		{"no date", func(a *corpus.Article) { a.Published = time.Time{} }, "corpus: article 2: published has no date"},
		{"far date", func(a *corpus.Article) { a.Published = a.Published.AddDate(20000, 0, 0) }, "corpus: article 2: published is in the year 22026"},
		{"broken text", func(a *corpus.Article) { a.Text = "half a r\xc3" }, "corpus: article 2: text is not valid UTF-8"},
		{"broken title", func(a *corpus.Article) { a.Title = "\xff" }, "corpus: article 2: title is not valid UTF-8"},
		{"broken caption", func(a *corpus.Article) { a.Captions = []string{"a", "\xff"} }, "corpus: article 2: captions is not valid UTF-8"},
		{"zero byte", func(a *corpus.Article) { a.Text = "a\x00b" }, "corpus: article 2: text holds a zero byte"},
		{"no address", func(a *corpus.Article) { a.URL = "see page 4" }, "corpus: article 2: url is not an http or https address"},
		{"no home page", func(a *corpus.Article) { a.OutletURL = "mailto:desk@solana.example" }, "corpus: article 2: outlet_url is not an http or https address"},
	}
	for _, tc := range cases {
		t.Run(tc.name, func(t *testing.T) {
			c := corpustest.Open(t)
			articles := corpustest.Articles(3)
			tc.spoil(&articles[1])
			added, err := c.Add(t.Context(), articles)
			var field *corpus.FieldError
			if !errors.As(err, &field) || err.Error() != tc.want {
				t.Fatalf("Add returned %v, want %s", err, tc.want)
			}
			if end, err := c.End(t.Context()); err != nil || end != 0 || added != (corpus.Added{}) {
				t.Errorf("%+v was added and the log ends at %d, %v: want nothing", added, end, err)
			}
		})
	}
}

func TestAddTakesNothingFromTheCallersSlices(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Articles(1)
	articles[0].Outlet, articles[0].Text = "  Radio \n Solana ", "\r\n One.\r\n\r\nTwo. \n"
	before := articles[0].Text
	stored := corpustest.Add(t, c, articles...)[0]
	if stored.Outlet != "Radio Solana" || stored.Text != "One.\n\nTwo." {
		t.Errorf("stored %q, %q", stored.Outlet, stored.Text)
	}
	if articles[0].Text != before || articles[0].ID != "" {
		t.Error("the caller's article was changed")
	}
}

func TestAddNothing(t *testing.T) {
	added, err := corpustest.Open(t).Add(t.Context(), nil)
	if err != nil || added != (corpus.Added{}) {
		t.Errorf("%+v, %v", added, err)
	}
}
