package dense_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsdesk/retrieval"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/retrievaltest"
)

// These tests fill an Index with more passages than it compares a question with.

// many returns articles n to n+count of ten passages each, over 300 days, of ten
// outlets and 211 topics. Passages of another edition are of other texts.
func many(n, count, edition int) []retrieval.Document {
	docs := make([]retrieval.Document, count)
	for i := range docs {
		n := n + i
		a := retrievaltest.Article(n%300, fmt.Sprint("Outlet ", n%10), fmt.Sprint("topic ", n%211), strings.Repeat("0123456789", 10))
		a.ID, a.Seq = fmt.Sprint("article ", n), int64(1_000_000*edition+n+1)
		docs[i].Article = a
		for k := range 10 {
			p := retrieval.NewPassage(a, 10*k, 10*k+10)
			p.Text = fmt.Sprint(edition, " ", n, " ", k)
			docs[i].Passages = append(docs[i].Passages, p)
		}
	}
	return docs
}

// question asks for a topic, in words that no passage has.
func question(topic int) retrieval.Query {
	return retrieval.Query{Text: fmt.Sprintf("topic %d. a question", topic)}
}

// TestNearest: of the ten nearest it finds .98, whatever the length of vectors,
// also when it compares no more than a tenth of what it holds.
func TestNearest(t *testing.T) {
	for _, dimensions := range []int{3, 100, 256, 384, 1536} {
		t.Run(fmt.Sprint(dimensions), func(t *testing.T) { testNearest(t, random{dimensions}) })
	}
}

func testNearest(t *testing.T, e retrieval.Embedder) {
	const questions = 10
	docs := many(0, 350, 0)
	exact := dense.NewExact(quiet, e)
	put(t, exact, docs...)
	var nearest []string
	for n := range questions {
		nearest = append(nearest, ask(t, exact, question(n))...)
	}
	for name, x := range map[string]*dense.Index{"as it is": dense.New(quiet, e), "a tenth": dense.NewSifted(quiet, e, 350)} {
		put(t, x, docs...)
		found := 0
		for n := range questions {
			for _, id := range ask(t, x, question(n)) {
				if slices.Contains(nearest[10*n:10*n+10], id) {
					found++
				}
			}
		}
		t.Logf("%s: %d of %d", name, found, len(nearest))
		if found < 98*len(nearest)/100 {
			t.Errorf("%s: found %d of the %d nearest", name, found, len(nearest))
		}
	}
}

// TestFiltersLoseNothing: where the filters let little through, all of it is
// compared, and the scores are those of the exact scan.
func TestFiltersLoseNothing(t *testing.T) {
	x, exact := dense.New(quiet, random{256}), dense.NewExact(quiet, random{256})
	docs := many(0, 600, 0)
	put(t, x, docs...)
	put(t, exact, docs...)
	day := func(n int) time.Time { return retrievaltest.Article(n, "", "", "").Published }
	for name, q := range map[string]retrieval.Query{
		"outlet":             {Outlets: []string{"Outlet 3"}},
		"two outlets":        {Outlets: []string{"Outlet 3", "Outlet 8"}},
		"from the last days": {From: day(295)},
		"the first days":     {To: day(3)},
		"as of":              {AsOf: day(2)},
		"two months":         {From: day(40), To: day(100)},
		"one second":         {From: day(40), To: day(40).Add(time.Second)},
		"a second too late":  {From: day(40).Add(time.Second), To: day(41)},
		"outlet and month":   {Outlets: []string{"Outlet 3"}, From: day(40), To: day(70)},
	} {
		q.Text, q.Limit = question(7).Text, 100
		want, err := exact.Retrieve(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		got, err := x.Retrieve(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %d hits that are not the %d of the exact scan", name, len(got.Hits), len(want.Hits))
		}
	}
}

// TestEqualVectors: however many passages are equally near, the first by id are
// returned.
func TestEqualVectors(t *testing.T) {
	x := dense.New(quiet, random{256})
	put(t, x, many(0, 500, 0)...)
	same := many(500, 500, 0)
	var ids []string
	for _, doc := range same {
		for i := range doc.Passages {
			doc.Passages[i].Title, doc.Passages[i].Text = "", "Mayor. The mayor resigned."
			ids = append(ids, doc.Passages[i].ID())
		}
	}
	put(t, x, same...)
	slices.Sort(ids)
	for _, limit := range []int{1, 10, 100, 1000} {
		got := ask(t, x, retrieval.Query{Text: "Mayor. The mayor resigned.", Limit: limit})
		if !slices.Equal(got, ids[:limit]) {
			t.Errorf("limit %d: found %d passages that are not the first %d of the equal ones", limit, len(got), limit)
		}
	}
}

// TestTwiceInOnePut: the last one counts.
func TestTwiceInOnePut(t *testing.T) {
	x := dense.NewSifted(quiet, random{8}, 1)
	put(t, x, slices.Concat(many(0, 20, 0), many(5, 30, 1), many(5, 10, 2))...)
	editions := map[int64]int{}
	result, err := x.Retrieve(t.Context(), retrieval.Query{Text: "anything", Limit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	for _, hit := range result.Hits {
		editions[hit.Passage.Seq/1_000_000]++
	}
	if want := (map[int64]int{0: 50, 1: 200, 2: 100}); !maps.Equal(editions, want) {
		t.Errorf("passages by edition %v, want %v", editions, want)
	}
}

// TestLargeMonth: nothing is lost in a month that is gone through in pieces.
func TestLargeMonth(t *testing.T) {
	x := dense.NewSifted(quiet, random{4}, 1)
	docs := many(0, 2500, 0)
	for i := range docs {
		docs[i].Article.Published = docs[0].Article.Published
	}
	put(t, x, docs...)
	ids := ask(t, x, retrieval.Query{Text: "anything", Limit: 30_000})
	slices.Sort(ids)
	if n := len(slices.Compact(ids)); n != 25_000 {
		t.Errorf("found %d different passages, want 25000", n)
	}
}

// TestChanged: after articles were replaced, removed and brought back, each
// passage held is found by its own text and nothing else is.
func TestChanged(t *testing.T) {
	x := dense.New(quiet, random{256})
	put(t, x, many(0, 900, 0)...)
	put(t, x, many(300, 300, 1)...) // another edition of the second third
	var gone []string
	for _, doc := range slices.Concat(many(0, 100, 0), many(600, 300, 0)) {
		gone = append(gone, doc.Article.ID)
	}
	if err := x.Delete(t.Context(), gone); err != nil {
		t.Fatal(err)
	}
	put(t, x, many(700, 100, 0)...) // some of them as they were
	put(t, x, many(800, 100, 2)...) // and some as another edition

	held := slices.Concat(many(100, 200, 0), many(300, 300, 1), many(700, 100, 0), many(800, 100, 2))
	lost := slices.Concat(many(0, 100, 0), many(300, 300, 0), many(600, 100, 0), many(800, 100, 0))
	if n, err := x.Passages(t.Context()); err != nil || n != 10*len(held) {
		t.Errorf("%d passages, error %v, want %d", n, err, 10*len(held))
	}
	ids := map[string]bool{}
	for _, doc := range held {
		for _, p := range doc.Passages {
			ids[p.ID()] = true
		}
	}
	for i := 0; i < len(held); i += 5 {
		p := held[i].Passages[i%10]
		got := ask(t, x, retrieval.Query{Text: retrieval.Embeddable(p)})
		if len(got) == 0 || got[0] != p.ID() {
			t.Errorf("asked for the text of %s, found %v", p.ID(), got)
		}
	}
	for i := 0; i < len(lost); i += 5 {
		p := lost[i].Passages[i%10]
		for _, id := range ask(t, x, retrieval.Query{Text: retrieval.Embeddable(p), Limit: 50}) {
			if !ids[id] {
				t.Errorf("found %s, which is not held", id)
			}
		}
	}
}

// glacier is what all passages of two articles say.
const glacier = "Glacier. It has melted."

// TestPutBesideRetrieve replaces these two again and again while
// questions are asked, which find all passages of both in one edition.
func TestPutBesideRetrieve(t *testing.T) {
	t.Run("as it is", func(t *testing.T) { testPutBesideRetrieve(t, dense.New(quiet, random{64})) })
	t.Run("shared", func(t *testing.T) { testPutBesideRetrieve(t, dense.NewSifted(quiet, random{64}, 1)) })
}

func testPutBesideRetrieve(t *testing.T, x *dense.Index) {
	put(t, x, many(0, 350, 0)...)
	pair := func(edition int) []retrieval.Document {
		docs := many(1000, 2, edition)
		for i := range docs {
			for k := range docs[i].Passages {
				docs[i].Passages[k].Title, docs[i].Passages[k].Text = "", glacier
			}
		}
		return docs
	}
	put(t, x, pair(1)...)
	done := make(chan struct{})
	var readers sync.WaitGroup
	for range 2 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if !checkEdition(t, x) {
					return
				}
			}
		})
	}
	for edition := 2; edition < 30; edition++ {
		put(t, x, pair(edition)...)
		put(t, x, many(10*edition, 10, edition)...)
		if err := x.Delete(t.Context(), []string{fmt.Sprint("article ", edition)}); err != nil {
			t.Fatal(err)
		}
	}
	close(done)
	readers.Wait()
}

func checkEdition(t *testing.T, x *dense.Index) bool {
	result, err := x.Retrieve(context.Background(), retrieval.Query{Text: glacier, Limit: 20})
	if err != nil {
		t.Errorf("beside Put: %v", err)
		return false
	}
	editions := map[int64]int{}
	for _, hit := range result.Hits {
		editions[hit.Passage.Seq/1_000_000]++
	}
	if len(editions) != 1 || len(result.Hits) != 20 {
		t.Errorf("beside Put: passages by edition %v, want 20 of one", editions)
		return false
	}
	return true
}

// patient is a context that ends after its error was looked at some times.
type patient struct {
	context.Context
	left *atomic.Int64
}

func (c patient) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// TestCancelledAnywhere: a question that is cancelled says so wherever it is.
func TestCancelledAnywhere(t *testing.T) {
	docs := many(0, 1700, 0) // more than are looked at in one go
	for name, x := range map[string]*dense.Index{
		"by sketches": dense.NewSifted(quiet, random{8}, 100), "exactly": dense.NewExact(quiet, random{8}),
	} {
		put(t, x, docs...)
		looks := 0
		for {
			ctx := patient{t.Context(), new(atomic.Int64)}
			ctx.left.Store(int64(looks))
			result, err := x.Retrieve(ctx, question(7))
			if err == nil {
				break
			}
			if !errors.Is(err, context.Canceled) || len(result.Hits) > 0 {
				t.Fatalf("%s: cancelled at look %d: %d hits, error %v", name, looks, len(result.Hits), err)
			}
			looks++
		}
		if looks < 5 {
			t.Errorf("%s: looked at the context %d times", name, looks)
		}
	}
}
