package retrievaltest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// TestIndex tests what retrieval.Index promises, and with it all of
// [TestRetriever]. open returns a new, empty index.
func TestIndex(t *testing.T, open func(t *testing.T) retrieval.Index) {
	TestRetriever(t, func(t *testing.T, articles []corpus.Article) retrieval.Retriever {
		x := open(t)
		put(t, x, Documents(articles)...)
		return x
	})
	t.Run("plain", func(t *testing.T) { testPlain(t, open(t)) })
	t.Run("put replaces", func(t *testing.T) { testPutReplaces(t, open(t)) })
	t.Run("put moves", func(t *testing.T) { testPutMoves(t, open(t)) })
	t.Run("put twice", func(t *testing.T) { testPutTwice(t, open(t)) })
	t.Run("put nothing", func(t *testing.T) { testPutNothing(t, open(t)) })
	t.Run("delete", func(t *testing.T) { testDelete(t, open(t)) })
	t.Run("cursor", func(t *testing.T) { testCursor(t, open(t)) })
	t.Run("cancelled writes", func(t *testing.T) { testCancelledWrites(t, open(t)) })
	t.Run("whole or not at all", func(t *testing.T) { testAtomic(t, open(t)) })
}

// testPlain: an index that has nothing within the filters finds nothing, and
// it shows each passage; to fall back and to note copies is for whoever asks it.
func testPlain(t *testing.T, x retrieval.Index) {
	put(t, x, Documents(paper())...)
	for name, q := range map[string]retrieval.Query{
		"outlet": {Outlets: []string{"Nobody's Gazette"}},
		"dates":  {To: day0},
		"both":   {Outlets: []string{"Radio Solana"}, To: day0},
	} {
		q.Text = "council"
		if result := retrieve(t, x, q); len(result.Hits) != 0 || len(result.Widened) != 0 {
			t.Errorf("%s: %d hits, widened %q, want nothing", name, len(result.Hits), result.Widened)
		}
	}
	put(t, x, Documents(copies())...)
	for _, hit := range retrieve(t, x, retrieval.Query{Text: "lighthouse", Limit: 12}).Hits {
		if len(hit.Copies) != 0 {
			t.Errorf("%s has copies", hit.Passage.ID())
		}
	}
}

// version returns version n of one article, cut into the given number of
// passages, all of which hold the word "glacier".
func version(id string, n, passages int) retrieval.Document {
	a := Article(n, "The Meridian Post", "Glacier report", "")
	a.ID, a.URL, a.Version = id, id, n
	var spans [][2]int
	for i := range passages {
		start := len(a.Text)
		a.Text += fmt.Sprintf("The glacier lost %d metres in year %d. ", 10*n+i, i)
		spans = append(spans, [2]int{start, len(a.Text) - 1})
	}
	doc := retrieval.Document{Article: a}
	for _, span := range spans {
		doc.Passages = append(doc.Passages, retrieval.NewPassage(a, span[0], span[1]))
	}
	return doc
}

func testPutReplaces(t *testing.T, x retrieval.Index) {
	for _, doc := range []retrieval.Document{version("a", 1, 3), version("a", 2, 5), version("a", 4, 1), version("a", 3, 2)} {
		put(t, x, version("b", 9, 2), doc)
		hits := retrieve(t, x, retrieval.Query{Text: "glacier", Limit: 50}).Hits
		got := map[int64]int{}
		for _, hit := range hits {
			got[hit.Passage.Seq]++
		}
		if len(got) != 2 || got[doc.Article.Seq] != len(doc.Passages) || got[10] != 2 {
			t.Errorf("after version %d: passages by seq %v, want %d of %d and 2 of 10", doc.Article.Version, got, len(doc.Passages), doc.Article.Seq)
		}
		wantPassages(t, x, len(doc.Passages)+2)
	}
}

// testPutMoves brings a version of another outlet and month: nothing of the old
// one may be found by its filters.
func testPutMoves(t *testing.T, x retrieval.Index) {
	put(t, x, version("a", 1, 2))
	moved := version("a", 100, 2)
	moved.Article.Outlet = "Radio Solana"
	for i := range moved.Passages {
		moved.Passages[i].Outlet = "Radio Solana"
	}
	put(t, x, moved)
	for name, c := range map[string]struct {
		q    retrieval.Query
		want int
	}{
		"old outlet": {retrieval.Query{Outlets: []string{"The Meridian Post"}}, 0},
		"new outlet": {retrieval.Query{Outlets: []string{"Radio Solana"}}, 2},
		"old month":  {retrieval.Query{To: moved.Article.Published}, 0},
		"new month":  {retrieval.Query{From: moved.Article.Published}, 2},
	} {
		c.q.Text = "glacier"
		if got := len(retrieve(t, x, c.q).Hits); got != c.want {
			t.Errorf("%s: %d hits, want %d", name, got, c.want)
		}
	}
}

func testPutTwice(t *testing.T, x retrieval.Index) {
	put(t, x, version("a", 1, 3), version("b", 2, 2))
	want := retrieve(t, x, retrieval.Query{Text: "glacier metres"})
	put(t, x, version("a", 1, 3), version("b", 2, 2))
	if got := retrieve(t, x, retrieval.Query{Text: "glacier metres"}); !slices.Equal(ids(got), ids(want)) {
		t.Errorf("after the same Put again: %v, want %v", ids(got), ids(want))
	}
	wantPassages(t, x, 5)
}

func testPutNothing(t *testing.T, x retrieval.Index) {
	put(t, x)
	put(t, x, version("a", 1, 3), version("b", 2, 2), version("c", 3, 0))
	wantPassages(t, x, 5)
	put(t, x, version("a", 4, 0))
	wantPassages(t, x, 2)
	for _, hit := range retrieve(t, x, retrieval.Query{Text: "glacier"}).Hits {
		if hit.Passage.ArticleID != "b" {
			t.Errorf("found %+v after its article was put without passages", hit.Passage)
		}
	}
}

func testDelete(t *testing.T, x retrieval.Index) {
	remove(t, x)
	remove(t, x, "never seen")
	put(t, x, version("a", 1, 3), version("b", 2, 2))
	remove(t, x, "a", "never seen", "a")
	wantPassages(t, x, 2)
	remove(t, x, "a")
	if hits := retrieve(t, x, retrieval.Query{Text: "glacier"}).Hits; len(hits) != 2 {
		t.Errorf("%d hits after a Delete, want the 2 of the other article", len(hits))
	}
	put(t, x, version("a", 1, 3))
	wantPassages(t, x, 5)
	remove(t, x, "a", "b")
	wantPassages(t, x, 0)
	if hits := retrieve(t, x, retrieval.Query{Text: "glacier"}).Hits; len(hits) != 0 {
		t.Errorf("%d hits after everything was deleted", len(hits))
	}
}

func testCursor(t *testing.T, x retrieval.Index) {
	wantReached(t, x, 0)
	put(t, x, version("a", 5, 1))
	wantReached(t, x, 0)
	for _, seq := range []int64{6, 7, 1 << 40} {
		if err := x.Reach(context.Background(), seq); err != nil {
			t.Fatal(err)
		}
		wantReached(t, x, seq)
	}
	remove(t, x, "a")
	wantReached(t, x, 1<<40)
}

// testCancelledWrites: a write that was told to stop must not claim to be done,
// and repeating it is right.
func testCancelledWrites(t *testing.T, x retrieval.Index) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := x.Put(ctx, []retrieval.Document{version("a", 1, 3)}); err == nil {
		t.Error("Put with a cancelled context returned no error")
	}
	put(t, x, version("a", 1, 3))
	wantPassages(t, x, 3)
	if err := x.Delete(ctx, []string{"a"}); err == nil {
		t.Error("Delete with a cancelled context returned no error")
	}
	remove(t, x, "a")
	wantPassages(t, x, 0)
	if err := x.Reach(ctx, 9); err == nil {
		t.Error("Reach with a cancelled context returned no error")
	}
}

// testAtomic replaces two articles in one Put again and again, while readers
// check that they see both in one generation.
func testAtomic(t *testing.T, x retrieval.Index) {
	sizes := map[int64]int{}
	generation := func(n int) []retrieval.Document {
		docs := []retrieval.Document{version("a", 2*n, 2+n%4), version("b", 2*n+1, 2+n%4)}
		return docs
	}
	const generations = 30
	for n := range generations {
		for _, doc := range generation(n) {
			sizes[doc.Article.Seq] = len(doc.Passages)
		}
	}
	put(t, x, generation(0)...)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for running := true; running; {
				select {
				case <-done:
					running = false
				default:
				}
				result, err := x.Retrieve(context.Background(), retrieval.Query{Text: "glacier", Limit: 50})
				if err != nil {
					t.Errorf("beside Put: %v", err)
					return
				}
				checkGeneration(t, result.Hits, sizes)
			}
		})
	}
	for n := range generations {
		put(t, x, generation(n)...)
	}
	close(done)
	readers.Wait()
}

func checkGeneration(t *testing.T, hits []retrieval.Hit, sizes map[int64]int) {
	got := map[int64]int{}
	for _, hit := range hits {
		got[hit.Passage.Seq]++
	}
	generations := map[int64]bool{}
	for seq, n := range got {
		generations[(seq-1)/2] = true
		if n != sizes[seq] {
			t.Errorf("beside Put: %d passages of seq %d, want %d", n, seq, sizes[seq])
		}
	}
	if len(got) != 2 || len(generations) != 1 {
		t.Errorf("beside Put: passages by seq %v, want two seqs of one Put", got)
	}
}

func put(t *testing.T, x retrieval.Index, docs ...retrieval.Document) {
	t.Helper()
	if err := x.Put(context.Background(), docs); err != nil {
		t.Fatal(err)
	}
}

func remove(t *testing.T, x retrieval.Index, articleIDs ...string) {
	t.Helper()
	if err := x.Delete(context.Background(), articleIDs); err != nil {
		t.Fatal(err)
	}
}

func wantPassages(t *testing.T, x retrieval.Index, want int) {
	t.Helper()
	if got, err := x.Passages(context.Background()); err != nil || got != want {
		t.Errorf("%d passages, error %v, want %d", got, err, want)
	}
}

func wantReached(t *testing.T, x retrieval.Index, want int64) {
	t.Helper()
	if got, err := x.Reached(context.Background()); err != nil || got != want {
		t.Errorf("reached %d, error %v, want %d", got, err, want)
	}
}
