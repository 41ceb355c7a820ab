package corpus_test

import (
	"errors"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
)

func TestRename(t *testing.T) {
	articles := corpustest.Articles(600) // 120 of each outlet
	bare := articles[0]
	bare.URL, bare.Title, bare.Text = "", "A title", "One text without an address, long enough to be told from others. "+bare.Text
	c, ctx := corpustest.Open(t), t.Context()
	if _, err := c.Add(ctx, append(articles, bare)); err != nil {
		t.Fatal(err)
	}
	end, err := c.End(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := c.Rename(ctx, "Harbour Herald", "The  Herald"); n != 121 || err != nil {
		t.Fatalf("%d renamed, %v", n, err)
	}
	list, err := c.List(ctx, corpus.Filter{Outlets: []string{"The Herald"}})
	if err != nil || len(list) != 121 {
		t.Fatalf("%d of the new name, %v", len(list), err)
	}
	if a := list[0]; a.Version != 2 || a.Seq <= end || a.Text == "" {
		t.Errorf("%+v", a)
	}
	versions, err := c.Versions(ctx, list[0].ID)
	if err != nil || len(versions) != 2 || versions[0].Outlet != "Harbour Herald" || versions[0].Text != versions[1].Text {
		t.Errorf("%+v, %v", versions, err)
	}
	if old, err := c.List(ctx, corpus.Filter{Outlets: []string{"Harbour Herald"}}); err != nil || len(old) != 0 {
		t.Errorf("%d of the old name, %v", len(old), err)
	}
	for _, a := range []corpus.Article{articles[0], bare} { // known under the new name
		a.Outlet = "The Herald"
		if added, err := c.Add(ctx, []corpus.Article{a}); err != nil || added.Same != 1 {
			t.Errorf("%q added again: %+v, %v", a.URL, added, err)
		}
	}
	if n, err := c.Rename(ctx, "Harbour Herald", "The Herald"); n != 0 || err != nil {
		t.Errorf("a second time: %d, %v", n, err)
	}
	if n, err := c.Rename(ctx, "The Herald", "The Herald"); n != 0 || err != nil {
		t.Errorf("to itself: %d, %v", n, err)
	}
	if _, err := c.Rename(ctx, "The Herald", " "); !isField(err) {
		t.Errorf("to nothing: %v", err)
	}
	if entries, err := c.Entries(ctx, end, 1000); err != nil || len(entries) != 121 || entries[0].Kind != corpus.Changed || entries[0].At.After(time.Now()) {
		t.Errorf("%d entries, %v", len(entries), err)
	}
}

func isField(err error) bool {
	_, is := errors.AsType[*corpus.FieldError](err)
	return is
}
