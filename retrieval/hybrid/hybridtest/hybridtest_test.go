package hybridtest

import (
	"testing"

	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/retrievaltest"
)

// TestFused: both indexes are filled, and whole passages come out.
func TestFused(t *testing.T) {
	c := corpustest.Open(t)
	stored := corpustest.Add(t, c, corpustest.Articles(20)...)
	r := Fused(t, c, retrievaltest.Whole, &retrievaltest.Embedder{})
	result, err := r.Retrieve(t.Context(), retrieval.Query{Text: stored[7].Title})
	if err != nil || len(result.Hits) == 0 {
		t.Fatalf("%d hits, %v", len(result.Hits), err)
	}
	best := result.Hits[0]
	if best.Passage.ArticleID != stored[7].ID || best.Passage.Text != stored[7].Text {
		t.Errorf("the best hit is %+v", best.Passage)
	}
	for _, name := range []string{dense.Name, lexical.Name} {
		if best.Places[name].Rank == 0 {
			t.Errorf("%s did not find it", name)
		}
	}
}
