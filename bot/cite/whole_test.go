package cite

import (
	"fmt"
	"strings"
	"testing"

	"newsdesk/corpus/sample"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

// TestWholeSentences has every sentence of the sample articles said as the
// built-in generator says it: none may be dropped, and none may be kept for
// another outlet.
func TestWholeSentences(t *testing.T) {
	articles, err := sample.Articles()
	if err != nil {
		t.Fatal(err)
	}
	said := 0
	for i, a := range articles {
		a.Seq = int64(i + 1)
		passages := chunk.Passages(a)
		for n, p := range passages {
			for _, span := range text.For(p.Language).Sentences(p.Text) {
				own := span.In(p.Text)
				if len(strings.Fields(own)) > QuoteWords {
					continue
				}
				said++
				checkWhole(t, passages, n, own)
			}
		}
	}
	if said < 200 {
		t.Errorf("only %d sentences were said", said)
	}
}

func checkWhole(t *testing.T, passages []retrieval.Passage, n int, own string) {
	t.Helper()
	p := passages[n]
	line := fmt.Sprintf("%s reported on %s: %s [%d]", p.Outlet, p.Published.Format("2 January 2006"), own, n+1)
	got := Check(line, passages)
	if len(got.Sentences) != 1 || len(got.Dropped) != 0 {
		t.Errorf("dropped %+v", got.Dropped)
		return
	}
	if quote := got.Citations[0].Quote; !strings.Contains(quote, own) {
		t.Errorf("%q is quoted as %q", own, quote)
	}
	other := strings.Replace(line, p.Outlet+" reported", "The Distant Echo reported", 1)
	if got := Check(other, passages); len(got.Sentences) != 0 {
		t.Errorf("kept for another outlet: %q", other)
	}
}
