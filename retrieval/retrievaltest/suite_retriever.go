package retrievaltest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// TestRetriever tests what retrieval.Retriever promises. fill returns a new
// retriever over exactly these articles, each one passage as [Whole] makes it;
// it may give them other ids and seqs, in their order.
func TestRetriever(t *testing.T, fill func(t *testing.T, articles []corpus.Article) retrieval.Retriever) {
	t.Run("finds", func(t *testing.T) { testFinds(t, fill(t, paper())) })
	t.Run("filters", func(t *testing.T) { testFilters(t, fill(t, paper())) })
	t.Run("limit", func(t *testing.T) { testLimit(t, fill(t, paper())) })
	t.Run("filter before cut", func(t *testing.T) { testFilterBeforeCut(t, fill(t, crowd())) })
	t.Run("ties", func(t *testing.T) { testTies(t, fill(t, copies())) })
	t.Run("nothing", func(t *testing.T) { testNothing(t, fill(t, nil), fill(t, paper())) })
	t.Run("context", func(t *testing.T) { testContext(t, fill(t, paper())) })
	t.Run("caller owns", func(t *testing.T) { testCallerOwns(t, fill(t, paper())) })
	t.Run("concurrent", func(t *testing.T) { testConcurrent(t, fill(t, paper())) })
}

// paper is a small corpus over three months. Every text has "council" in it, so
// that a question with that word reaches all of them.
func paper() []corpus.Article {
	return []corpus.Article{
		Article(0, "Harbour Herald", "Ferry drivers strike", "The council heard that ferry drivers on the island route stopped work at dawn."),
		Article(1, "Nordlicht Kurier", "Aurora festival opens", "The council opened the aurora festival with lanterns along the frozen canal."),
		Article(2, "Valley Dispatch", "Orchard frost", "Frost ruined cherries in every orchard, growers told the council."),
		Article(3, "Harbour Herald", "Ferry talks fail", "Talks between the council and ferry drivers ended without a contract."),
		Article(4, "Radio Solana", "Telescope sees comet", "A telescope paid for by the council photographed a comet above the desert."),
		Article(5, "Nordlicht Kurier", "Tram line grows", "The council extends the tram line to the northern suburbs."),
		Article(6, "Valley Dispatch", "Bridge closed", "Engineers of the council closed the bridge after cracks were found."),
		Article(7, "The Meridian Post", "Museum reopens", "The museum reopened after the council repaired its roof."),
		Article(30, "Radio Solana", "Well runs dry", "A village well ran dry and the council sends water by truck."),
		Article(40, "Harbour Herald", "Ferry strike over", "The ferry strike ended when the council agreed to a contract."),
		Article(50, "The Meridian Post", "Bakery prize", "A bakery near the council hall won a prize for its rye bread."),
		Article(60, "Valley Dispatch", "Choir on tour", "The choir of the council sang in four towns."),
	}
}

// crowd is many articles of one outlet that fit the question "comet" better
// than the single one of another.
func crowd() []corpus.Article {
	var articles []corpus.Article
	for n := range 150 {
		articles = append(articles, Article(n, "Radio Solana", "Comet", fmt.Sprintf("Comet, comet, comet: night %d.", n)))
	}
	return append(articles, Article(150, "Valley Dispatch", "Markets",
		"Traders in the valley sold apples, plums and honey while a comet passed over the old town square."))
}

// copies is one text twelve times, in different months.
func copies() []corpus.Article {
	var articles []corpus.Article
	for n := range 12 {
		articles = append(articles, Article(9*n, "Harbour Herald", "Lighthouse sold", "The lighthouse on the cape was sold to a painter."))
	}
	return articles
}

func testFinds(t *testing.T, r retrieval.Retriever) {
	q := retrieval.Query{Text: "telescope photographed comet desert"}
	result := retrieve(t, r, q)
	if len(result.Hits) == 0 {
		t.Fatal("no hits")
	}
	best, want := result.Hits[0].Passage, paper()[4]
	if best.Outlet != want.Outlet || !best.Published.Equal(want.Published) {
		t.Errorf("best hit is of %s, %v, want %s, %v", best.Outlet, best.Published, want.Outlet, want.Published)
	}
	if best.Seq < 1 || best.ArticleID == "" || best.Start != 0 || best.End != len(want.Text) {
		t.Errorf("best hit is %+v, want a seq, an article id and the bytes [0, %d)", best, len(want.Text))
	}
	if !reflect.DeepEqual(result.Query, q) || len(result.Widened) != 0 || len(result.Missing) != 0 {
		t.Errorf("ran %+v, widened %v, missing %v, want the query as it was asked", result.Query, result.Widened, result.Missing)
	}
}

func testFilters(t *testing.T, r retrieval.Retriever) {
	at := func(n int) time.Time { return Article(n, "", "", "").Published }
	cases := map[string]struct {
		q    retrieval.Query
		want []int
	}{
		"one outlet":            {retrieval.Query{Outlets: []string{"Radio Solana"}}, []int{4, 8}},
		"two outlets":           {retrieval.Query{Outlets: []string{"Radio Solana", "The Meridian Post"}}, []int{4, 7, 8, 10}},
		"the same outlet twice": {retrieval.Query{Outlets: []string{"Radio Solana", "Radio Solana"}}, []int{4, 8}},
		"an unknown outlet":     {retrieval.Query{Outlets: []string{"Nobody's Gazette"}}, nil},
		"part of a name":        {retrieval.Query{Outlets: []string{"Radio"}}, nil},
		"from is inclusive":     {retrieval.Query{From: at(40)}, []int{9, 10, 11}},
		"to is exclusive":       {retrieval.Query{To: at(2)}, []int{0, 1}},
		"from and to":           {retrieval.Query{From: at(5), To: at(40)}, []int{5, 6, 7, 8}},
		"inside one day":        {retrieval.Query{From: at(5).Add(-time.Hour), To: at(5).Add(time.Hour)}, []int{5}},
		"later the same day":    {retrieval.Query{From: at(60).Add(time.Nanosecond)}, nil},
		"another zone":          {retrieval.Query{From: at(60).In(time.FixedZone("", 7200))}, []int{11}},
		"to before from":        {retrieval.Query{From: at(6), To: at(5)}, nil},
		"as of":                 {retrieval.Query{AsOf: at(1).Add(2 * time.Hour)}, []int{0, 1}},
		"as of and to":          {retrieval.Query{AsOf: at(30).Add(2 * time.Hour), To: at(1)}, []int{0}},
		"all":                   {retrieval.Query{Outlets: []string{"Harbour Herald"}, From: at(1), To: at(40)}, []int{3}},
		"years before":          {retrieval.Query{To: at(0).AddDate(-9, 0, 0)}, nil},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			c.q.Text, c.q.Limit = "council", 50
			result := retrieve(t, r, c.q)
			if len(result.Widened) > 0 && len(c.want) == 0 {
				return // nothing was to be found, and what is beyond the filters is said to be
			}
			if got := places(result); !slices.Equal(got, c.want) || len(result.Widened) > 0 {
				t.Errorf("found articles %v, want %v; widened %q", got, c.want, result.Widened)
			}
		})
	}
}

// places returns the hits as sorted positions in paper.
func places(result retrieval.Result) []int {
	var found []int
	for _, hit := range result.Hits {
		found = append(found, slices.IndexFunc(paper(), func(a corpus.Article) bool {
			return a.Published.Equal(hit.Passage.Published) && a.Outlet == hit.Passage.Outlet
		}))
	}
	slices.Sort(found)
	return found
}

func testLimit(t *testing.T, r retrieval.Retriever) {
	all := len(paper())
	for limit, want := range map[int]int{1: 1, 5: 5, 11: 11, 12: all, 13: all, 1000: all, 0: retrieval.DefaultLimit, -1: retrieval.DefaultLimit} {
		if got := len(retrieve(t, r, retrieval.Query{Text: "council", Limit: limit}).Hits); got != want {
			t.Errorf("limit %d: %d hits, want %d", limit, got, want)
		}
	}
}

func testFilterBeforeCut(t *testing.T, r retrieval.Retriever) {
	last := Article(150, "", "", "").Published
	for name, q := range map[string]retrieval.Query{
		"outlet": {Outlets: []string{"Valley Dispatch"}},
		"date":   {From: last},
		"both":   {Outlets: []string{"Valley Dispatch"}, From: last, To: last.Add(1)},
	} {
		q.Text, q.Limit = "comet", 1
		if hits := retrieve(t, r, q).Hits; len(hits) != 1 || hits[0].Passage.Outlet != "Valley Dispatch" {
			t.Errorf("%s: %d hits, want the one of Valley Dispatch", name, len(hits))
		}
	}
}

// testTies asks often, as an order that is left to chance is right at times. The
// equal passages are copies of one text, so they may be noted with the first.
func testTies(t *testing.T, r retrieval.Retriever) {
	all := withCopies(retrieve(t, r, retrieval.Query{Text: "lighthouse", Limit: 12}))
	if len(all) != 12 || !slices.IsSorted(all) {
		t.Fatalf("equal passages came as %v, want all 12 in order of their ids", all)
	}
	for range 20 {
		got := withCopies(retrieve(t, r, retrieval.Query{Text: "lighthouse", Limit: 5}))
		if len(got) < 5 || !slices.Equal(got[:5], all[:5]) {
			t.Fatalf("equal passages were cut to %v, want %v", got, all[:5])
		}
	}
}

func testNothing(t *testing.T, empty, filled retrieval.Retriever) {
	for name, hits := range map[string][]retrieval.Hit{
		"no articles":      retrieve(t, empty, retrieval.Query{Text: "council"}).Hits,
		"with filters":     retrieve(t, empty, retrieval.Query{Text: "council", Outlets: []string{"X"}, From: day0}).Hits,
		"an empty text":    retrieve(t, filled, retrieval.Query{}).Hits,
		"nothing but dots": retrieve(t, filled, retrieval.Query{Text: " … ?! "}).Hits,
	} {
		if len(hits) != 0 {
			t.Errorf("%s: %d hits, want none", name, len(hits))
		}
	}
}

func testContext(t *testing.T, r retrieval.Retriever) {
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Retrieve(cancelled, retrieval.Query{Text: "council"}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: error %v, want %v", err, context.Canceled)
	}
	late, cancel := context.WithDeadline(context.Background(), time.Unix(0, 0))
	defer cancel()
	if _, err := r.Retrieve(late, retrieval.Query{Text: "council"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("too late: error %v, want %v", err, context.DeadlineExceeded)
	}
}

func testCallerOwns(t *testing.T, r retrieval.Retriever) {
	outlets := []string{"Harbour Herald", "Radio Solana"}
	q := retrieval.Query{Text: "council", Outlets: outlets, Limit: 5}
	want := ids(retrieve(t, r, q))
	spoiled := retrieve(t, r, q)
	for i := range spoiled.Hits {
		clear(spoiled.Hits[i].Places)
		spoiled.Hits[i] = retrieval.Hit{}
	}
	if !slices.Equal(outlets, []string{"Harbour Herald", "Radio Solana"}) {
		t.Errorf("the query's outlets became %v", outlets)
	}
	if got := ids(retrieve(t, r, q)); !slices.Equal(got, want) {
		t.Errorf("after a caller changed its result: %v, want %v", got, want)
	}
}

func testConcurrent(t *testing.T, r retrieval.Retriever) {
	want := ids(retrieve(t, r, retrieval.Query{Text: "ferry drivers council"}))
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 5 {
				result, err := r.Retrieve(context.Background(), retrieval.Query{Text: "ferry drivers council"})
				if got := ids(result); err != nil || !slices.Equal(got, want) {
					t.Errorf("beside others: %v, error %v, want %v", got, err, want)
				}
			}
		})
	}
	group.Wait()
}

// retrieve asks r and checks what holds for every result. Hits are within the
// filters of the query as it was run, which is the one that was asked unless the
// result says that it was widened.
func retrieve(t *testing.T, r retrieval.Retriever, q retrieval.Query) retrieval.Result {
	t.Helper()
	result, err := r.Retrieve(context.Background(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	if len(result.Hits) > q.Want() {
		t.Errorf("%+v: %d hits, want at most %d", q, len(result.Hits), q.Want())
	}
	if len(result.Widened) == 0 && !reflect.DeepEqual(result.Query, q) || !result.Query.AsOf.Equal(q.AsOf) {
		t.Errorf("%+v: ran %+v, widened %q", q, result.Query, result.Widened)
	}
	if len(result.Widened) > 0 && len(result.Hits) == 0 {
		t.Errorf("%+v: widened %q for nothing", q, result.Widened)
	}
	seqs := map[string]int64{}
	checkCopies(t, result)
	for i, hit := range result.Hits {
		checkHit(t, result.Query, hit)
		if seq, ok := seqs[hit.Passage.ArticleID]; ok && seq != hit.Passage.Seq {
			t.Errorf("%+v: article %s in versions %d and %d", q, hit.Passage.ArticleID, seq, hit.Passage.Seq)
		}
		seqs[hit.Passage.ArticleID] = hit.Passage.Seq
		if i > 0 && !before(result.Hits[i-1], hit) {
			t.Errorf("%+v: hit %d (%s, %v) stands before %d (%s, %v)", q, i-1, result.Hits[i-1].Passage.ID(),
				result.Hits[i-1].Score, i, hit.Passage.ID(), hit.Score)
		}
	}
	return result
}

func checkHit(t *testing.T, q retrieval.Query, hit retrieval.Hit) {
	t.Helper()
	if !q.Matches(hit.Passage.Outlet, hit.Passage.Published) {
		t.Errorf("%+v: the filters do not let %+v through", q, hit.Passage)
	}
	if len(hit.Places) == 0 {
		t.Errorf("%+v: %s has no place in any retriever", q, hit.Passage.ID())
	}
	for name, place := range hit.Places {
		if name == "" || place.Rank < 1 {
			t.Errorf("%+v: %s is number %d of %q", q, hit.Passage.ID(), place.Rank, name)
		}
	}
}

// checkCopies: they pass the filters, are of other articles than their hit, and
// stand in one place only.
func checkCopies(t *testing.T, result retrieval.Result) {
	t.Helper()
	seen := map[string]bool{}
	for _, id := range withCopies(result) {
		if seen[id] {
			t.Errorf("%+v: %s is there twice", result.Query, id)
		}
		seen[id] = true
	}
	for _, hit := range result.Hits {
		for _, p := range hit.Copies {
			if p.ArticleID == hit.Passage.ArticleID || !result.Query.Matches(p.Outlet, p.Published) {
				t.Errorf("%+v: %+v is noted as a copy of %+v", result.Query, p, hit.Passage)
			}
		}
	}
}

// before reports whether a and b stand in the order of a Result.
func before(a, b retrieval.Hit) bool {
	return a.Score > b.Score || a.Score == b.Score && a.Passage.ID() < b.Passage.ID()
}

func ids(result retrieval.Result) []string {
	var all []string
	for _, hit := range result.Hits {
		all = append(all, hit.Passage.ID())
	}
	return all
}

// withCopies returns the ids of the hits, each with those of its copies after it.
func withCopies(result retrieval.Result) []string {
	var all []string
	for _, hit := range result.Hits {
		all = append(all, hit.Passage.ID())
		for _, p := range hit.Copies {
			all = append(all, p.ID())
		}
	}
	return all
}
