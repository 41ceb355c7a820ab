package hybrid_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"testing"
	"testing/synctest"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/hybrid"
	"newsdesk/retrieval/hybrid/hybridtest"
	"newsdesk/retrieval/retrievaltest"
)

var quiet = slog.New(slog.DiscardHandler)

// TestRetriever tests the fusion of the real indexes, over a real corpus whose
// clock stands at the time of each article.
func TestRetriever(t *testing.T) {
	retrievaltest.TestRetriever(t, func(t *testing.T, articles []corpus.Article) retrieval.Retriever {
		return hybridtest.Fused(t, corpustest.Fetched(t, articles), retrievaltest.Whole, &retrievaltest.Embedder{})
	})
}

// part answers with whole articles in a fixed order, whatever is asked, up to the
// limit. It fails with err, or hangs.
type part struct {
	hits  []retrieval.Passage
	err   error
	hangs bool
	asked []int
}

func (p *part) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	p.asked = append(p.asked, q.Limit)
	if p.hangs {
		<-ctx.Done()
		return retrieval.Result{}, ctx.Err()
	}
	var result retrieval.Result
	for i, hit := range p.hits {
		if i < q.Limit && q.Matches(hit.Outlet, hit.Published) {
			result.Hits = append(result.Hits, retrieval.Hit{Passage: hit, Score: float64(1000 - i)})
		}
	}
	return result, p.err
}

func passages(articles []corpus.Article, order ...int) []retrieval.Passage {
	var all []retrieval.Passage
	for _, n := range order {
		p := retrieval.NewPassage(articles[n], 0, len(articles[n].Text))
		all = append(all, retrieval.Passage{Seq: p.Seq, Start: p.Start, End: p.End, ArticleID: p.ArticleID, Outlet: p.Outlet, Published: p.Published})
	}
	return all
}

func fuse(c *corpus.Corpus, a, b *part) *hybrid.Retriever {
	return hybrid.New(quiet, c, hybrid.Part{Name: "a", Retriever: a}, hybrid.Part{Name: "b", Retriever: b})
}

// TestFusion computes what reciprocal ranks give: the passage that both parts
// put second is before those that one of them put first.
func TestFusion(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Add(t, c, corpustest.Articles(5)...)
	a, b := &part{hits: passages(articles, 0, 2, 3)}, &part{hits: passages(articles, 1, 2, 4)}
	result := retrieve(t, fuse(c, a, b), retrieval.Query{Text: "x"})
	if got, want := seqs(result), []int64{3, 1, 2, 4, 5}; !slices.Equal(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
	best := result.Hits[0]
	if want := map[string]retrieval.Place{"a": {Rank: 2, Score: 999}, "b": {Rank: 2, Score: 999}}; !reflect.DeepEqual(best.Places, want) {
		t.Errorf("places %v, want %v", best.Places, want)
	}
	if want := retrieval.NewPassage(articles[2], 0, len(articles[2].Text)); !reflect.DeepEqual(best.Passage, want) {
		t.Errorf("passage %+v, want it filled: %+v", best.Passage, want)
	}
	if a.asked[0] < 50 {
		t.Errorf("asked a part for %d, want more than is wanted", a.asked[0])
	}
}

// TestPreferred: a preferred outlet wins against equals, not against what is
// much better.
func TestPreferred(t *testing.T) {
	c := corpustest.Open(t)
	drafts := corpustest.Articles(40)
	for i := range drafts {
		drafts[i].Outlet = "Harbour Herald"
	}
	drafts[1].Outlet, drafts[39].Outlet = "Radio Solana", "Radio Solana"
	articles := corpustest.Add(t, c, drafts...)
	var order []int
	for n := range articles {
		order = append(order, n)
	}
	p := &part{hits: passages(articles, order...)}
	q := retrieval.Query{Text: "x", Limit: 40, Preferred: []string{"Radio Solana"}}
	got := seqs(retrieve(t, hybrid.New(quiet, c, hybrid.Part{Name: "a", Retriever: p}), q))
	if got[0] != 2 || got[1] != 1 {
		t.Errorf("the first are %v, want the preferred 2 before 1", got[:2])
	}
	if at := slices.Index(got, 40); at < 3 {
		t.Errorf("the last, preferred, has come to place %d", at+1)
	}
}

func TestMissing(t *testing.T) {
	broken := errors.New("broken")
	c := corpustest.Open(t)
	articles := corpustest.Add(t, c, corpustest.Articles(3)...)
	good := passages(articles, 2, 0)
	result := retrieve(t, fuse(c, &part{hits: good}, &part{hits: good, err: broken}), retrieval.Query{Text: "x"})
	if got := seqs(result); !slices.Equal(got, []int64{3, 1}) {
		t.Errorf("hits %v, want those of the part that answered", got)
	}
	if len(result.Missing) != 1 || result.Missing[0].Retriever != "b" || !errors.Is(result.Missing[0].Err, broken) {
		t.Errorf("missing %+v, want b: broken", result.Missing)
	}
	if _, ok := result.Hits[0].Places["b"]; ok {
		t.Error("a hit has a place in the part that failed")
	}
	other := errors.New("other")
	_, err := fuse(c, &part{err: other}, &part{err: broken}).Retrieve(t.Context(), retrieval.Query{Text: "x"})
	if !errors.Is(err, broken) || !errors.Is(err, other) {
		t.Errorf("error %v, want both", err)
	}
}

// TestLate runs in a bubble, whose clock jumps to the end of the patience.
func TestLate(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Add(t, c, corpustest.Articles(3)...)
	r := fuse(c, &part{hangs: true}, &part{hits: passages(articles, 1)})
	// The cache of the corpus answers inside the bubble, which must not wait for
	// connections made outside of it.
	if _, err := c.BySeqs(t.Context(), []int64{2}); err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		result, err := r.Retrieve(context.Background(), retrieval.Query{Text: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Hits) != 1 || len(result.Missing) != 1 || !errors.Is(result.Missing[0].Err, context.DeadlineExceeded) {
			t.Errorf("%d hits, missing %+v, want 1 and a late", len(result.Hits), result.Missing)
		}
	})
}

// TestCallerLeaves: when the caller's context ends it is the context's error, and
// not one of parts that failed.
func TestCallerLeaves(t *testing.T) {
	c := corpustest.Open(t)
	ctx, cancel := context.WithCancel(t.Context())
	r := fuse(c, &part{hangs: true}, &part{hangs: true})
	go cancel()
	_, err := r.Retrieve(ctx, retrieval.Query{Text: "x"})
	if err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// TestOneVersion: parts that are not equally far along the log may find two
// versions of an article; the newer one counts.
func TestOneVersion(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Add(t, c, corpustest.Articles(2)...)
	changed := articles[0]
	changed.Text += "\n\nA correction was made."
	changed = corpustest.Add(t, c, changed)[0]
	both := append(articles, changed)
	result := retrieve(t, fuse(c, &part{hits: passages(both, 0, 1)}, &part{hits: passages(both, 1, 2)}), retrieval.Query{Text: "x"})
	if got := seqs(result); !slices.Equal(got, []int64{2, 3}) {
		t.Errorf("hits %v, want 2 and 3", got)
	}
}

// TestGone: the texts of many of the best hits were removed since; the parts are
// asked for more.
func TestGone(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Add(t, c, corpustest.Articles(150)...)
	var order []int
	for n := range articles {
		order = append(order, n)
		if n < 120 {
			if err := c.Remove(t.Context(), articles[n].ID); err != nil {
				t.Fatal(err)
			}
		}
	}
	a := &part{hits: passages(articles, order...)}
	result := retrieve(t, fuse(c, a, &part{}), retrieval.Query{Text: "x"})
	if got, want := fmt.Sprint(seqs(result)), "[121 122 123 124 125 126 127 128 129 130]"; got != want {
		t.Errorf("hits %v, want %v", got, want)
	}
	if len(a.asked) != 2 {
		t.Errorf("asked %d times, for %v, want twice", len(a.asked), a.asked)
	}
}

// TestAsOfFetched: published before the day asked for and fetched after it, once
// as it was written, which does not matter, and once changed.
func TestAsOfFetched(t *testing.T) {
	articles := []corpus.Article{
		retrievaltest.Article(0, "Harbour Herald", "Early", "The council met."),
		retrievaltest.Article(1, "Harbour Herald", "Late", "The council met again."),
	}
	articles[1].Fetched = articles[1].Published.AddDate(0, 0, 20)
	changed := articles[0]
	changed.Text, changed.Fetched = "The council did not meet.", articles[1].Fetched
	c := corpustest.Fetched(t, append(articles, changed))
	held, err := c.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	p := &part{hits: passages(held, 0, 1)}
	r := hybrid.New(quiet, c, hybrid.Part{Name: "a", Retriever: p})
	for days, want := range map[int]int{10: 1, 30: 2} {
		q := retrieval.Query{Text: "council", AsOf: articles[0].Published.AddDate(0, 0, days)}
		if got := retrieve(t, r, q).Hits; len(got) != want {
			t.Errorf("as of day %d: %d hits, want %d", days, len(got), want)
		}
	}
}

func retrieve(t *testing.T, r retrieval.Retriever, q retrieval.Query) retrieval.Result {
	t.Helper()
	result, err := r.Retrieve(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func seqs(result retrieval.Result) []int64 {
	var all []int64
	for _, hit := range result.Hits {
		all = append(all, hit.Passage.Seq)
	}
	return all
}
