package indexer_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync/atomic"
	"testing"

	"pgregory.net/rapid"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/dense"
	"newsdesk/retrieval/indexer"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/retrievaltest"
)

var quiet = slog.New(slog.DiscardHandler)

func TestSync(t *testing.T) {
	c := corpustest.Open(t)
	articles := corpustest.Add(t, c, corpustest.Articles(1300)...)
	index := retrievaltest.NewIndex()
	var progress []string
	x := indexer.New(quiet, c, retrievaltest.Whole, index)
	sync(t, x, func(done, total int64) { progress = append(progress, fmt.Sprint(done, "/", total)) })
	if want := []string{"512/1300", "1024/1300", "1300/1300"}; !slices.Equal(progress, want) {
		t.Errorf("progress %v, want %v", progress, want)
	}
	wantHeld(t, index, articles...)
	progress = nil
	sync(t, x, func(done, total int64) { progress = append(progress, "again") })
	if len(progress) != 0 {
		t.Error("there was progress at the end of the log")
	}
}

// TestEveryKind: a batch that brings, changes, withdraws and removes.
func TestEveryKind(t *testing.T) {
	for _, name := range []string{"in one batch", "in two batches"} {
		t.Run(name, func(t *testing.T) {
			c, index := corpustest.Open(t), retrievaltest.NewIndex()
			x := indexer.New(quiet, c, retrievaltest.Whole, index)
			articles := corpustest.Add(t, c, corpustest.Articles(5)...)
			if name == "in two batches" {
				sync(t, x, nil)
				wantHeld(t, index, articles...)
			}
			changed := articles[1]
			changed.Text += "\n\nA correction was made."
			changed = corpustest.Add(t, c, changed)[0]
			back := articles[3]
			back.Text += "\n\nIt is back."
			must(t, c.Withdraw(t.Context(), articles[2].ID))
			must(t, c.Withdraw(t.Context(), articles[3].ID))
			must(t, c.Remove(t.Context(), articles[4].ID))
			back = corpustest.Add(t, c, back)[0]
			sync(t, x, nil)
			wantHeld(t, index, articles[0], changed, back)
		})
	}
}

// counting counts what is asked of an Index, and fails when it is told to.
type counting struct {
	*retrievaltest.Index
	puts, deletes, reaches int
	documents              int
	fail                   func(what string) error
}

func newCounting() *counting {
	return &counting{Index: retrievaltest.NewIndex(), fail: func(string) error { return nil }}
}

func (x *counting) Put(ctx context.Context, docs []retrieval.Document) error {
	x.puts++
	x.documents += len(docs)
	if err := x.fail("put"); err != nil {
		// Half of it is done, as the contract allows.
		return errors.Join(err, x.Index.Put(ctx, docs[:len(docs)/2]))
	}
	return x.Index.Put(ctx, docs)
}

func (x *counting) Delete(ctx context.Context, ids []string) error {
	x.deletes++
	if err := x.fail("delete"); err != nil {
		return err
	}
	return x.Index.Delete(ctx, ids)
}

func (x *counting) Reach(ctx context.Context, seq int64) error {
	x.reaches++
	if err := x.fail("reach"); err != nil {
		return err
	}
	return x.Index.Reach(ctx, seq)
}

func (x *counting) Reached(ctx context.Context) (int64, error) {
	if err := x.fail("reached"); err != nil {
		return 0, err
	}
	return x.Index.Reached(ctx)
}

// TestSuperseded: earlier versions in a batch are neither cut nor put.
func TestSuperseded(t *testing.T) {
	c, index := corpustest.Open(t), newCounting()
	a := corpustest.Articles(1)[0]
	for n := range 4 {
		a.Text += fmt.Sprintf("\n\nUpdate number %d.", n)
		a = corpustest.Add(t, c, a)[0]
	}
	var cut atomic.Int64
	sync(t, indexer.New(quiet, c, func(a corpus.Article) []retrieval.Passage {
		cut.Add(1)
		return retrievaltest.Whole(a)
	}, index), nil)
	if cut.Load() != 1 || index.documents != 1 || index.deletes != 0 {
		t.Errorf("cut %d articles, put %d, %d calls of Delete, want 1, 1 and 0", cut.Load(), index.documents, index.deletes)
	}
	wantHeld(t, index.Index, a)
}

// TestBadIndexes: wherever an index fails, the cursor stays behind the effect,
// and the next Sync makes it right.
func TestBadIndexes(t *testing.T) {
	broken := errors.New("broken")
	for _, at := range []string{"reached", "put", "delete", "reach"} {
		t.Run(at, func(t *testing.T) {
			c, index := corpustest.Open(t), newCounting()
			x := indexer.New(quiet, c, retrievaltest.Whole, index)
			articles := corpustest.Add(t, c, corpustest.Articles(6)...)
			sync(t, x, nil)
			more := corpustest.Articles(12)[6:]
			articles = append(articles, corpustest.Add(t, c, more...)...)
			must(t, c.Remove(t.Context(), articles[0].ID))
			index.fail = func(what string) error {
				if what == at {
					return broken
				}
				return nil
			}
			if err := x.Sync(t.Context(), nil); !errors.Is(err, broken) {
				t.Fatalf("error %v, want %v", err, broken)
			}
			if reached, _ := index.Index.Reached(t.Context()); reached != 6 {
				t.Errorf("reached %d after the failure, want 6", reached)
			}
			index.fail = func(string) error { return nil }
			sync(t, x, nil)
			wantHeld(t, index.Index, articles[1:]...)
		})
	}
}

// TestCrashBeforeReach: a new process finds the effect without the cursor.
func TestCrashBeforeReach(t *testing.T) {
	c, index := corpustest.Open(t), newCounting()
	articles := corpustest.Add(t, c, corpustest.Articles(6)...)
	index.fail = func(what string) error {
		if what == "reach" {
			return errors.New("killed")
		}
		return nil
	}
	if err := indexer.New(quiet, c, retrievaltest.Whole, index).Sync(t.Context(), nil); err == nil {
		t.Fatal("no error")
	}
	must(t, c.Withdraw(t.Context(), articles[2].ID))
	sync(t, indexer.New(quiet, c, retrievaltest.Whole, index.Index), nil)
	wantHeld(t, index.Index, slices.Concat(articles[:2], articles[3:])...)
}

// TestCancelledInTheMiddle: the index does what it was told and says nothing of
// the context that ended meanwhile; the cursor must not move.
func TestCancelledInTheMiddle(t *testing.T) {
	c, index := corpustest.Open(t), newCounting()
	corpustest.Add(t, c, corpustest.Articles(6)...)
	ctx, cancel := context.WithCancel(t.Context())
	x := indexer.New(quiet, c, func(a corpus.Article) []retrieval.Passage {
		cancel()
		return retrievaltest.Whole(a)
	}, index)
	if err := x.Sync(ctx, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
	if index.reaches != 0 {
		t.Errorf("%d calls of Reach after the context ended", index.reaches)
	}
}

func TestBadChunkers(t *testing.T) {
	for name, change := range map[string]func(p *retrieval.Passage){
		"another version":  func(p *retrieval.Passage) { p.Seq++ },
		"beyond the end":   func(p *retrieval.Passage) { p.End++ },
		"before the start": func(p *retrieval.Passage) { p.Start = -1 },
		"the wrong way":    func(p *retrieval.Passage) { p.Start, p.End = p.End, p.Start },
	} {
		t.Run(name, func(t *testing.T) {
			c, index := corpustest.Open(t), newCounting()
			corpustest.Add(t, c, corpustest.Articles(3)...)
			x := indexer.New(quiet, c, func(a corpus.Article) []retrieval.Passage {
				passages := retrievaltest.Whole(a)
				change(&passages[0])
				return passages
			}, index)
			if err := x.Sync(t.Context(), nil); err == nil || index.puts != 0 {
				t.Errorf("error %v, %d calls of Put, want an error and none", err, index.puts)
			}
		})
	}
}

// TestAnyHistory: whatever happens to the corpus, and whenever it is synced,
// each index then holds the newest versions that are neither withdrawn nor
// removed, and nothing else.
//
// All histories share one corpus and its indexes, since opening them takes longer
// than a history; each has articles of its own and removes those before it.
func TestAnyHistory(t *testing.T) {
	c := corpustest.Open(t)
	words, err := lexical.Open(quiet, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { words.Close() })
	indexes := map[string]retrieval.Index{
		"map": retrievaltest.NewIndex(), "dense": dense.New(quiet, &retrievaltest.Embedder{}), "lexical": words,
	}
	histories := 0
	rapid.Check(t, func(r *rapid.T) {
		histories++
		for _, a := range heldIn(t, c) {
			must(t, c.Remove(t.Context(), a.ID))
		}
		for range rapid.IntRange(1, 12).Draw(r, "operations") {
			operate(t, r, c, histories)
			if rapid.Bool().Draw(r, "sync") {
				syncAll(t, r, c, indexes)
			}
		}
		syncAll(t, r, c, indexes)
	})
}

// operate does one thing to one of the four articles of a history.
func operate(t *testing.T, r *rapid.T, c *corpus.Corpus, history int) {
	n := rapid.IntRange(0, 3).Draw(r, "article")
	a := corpustest.Articles(4)[n]
	a.URL += fmt.Sprintf("/%d", history)
	a.Text += fmt.Sprintf("\n\nNote %d about everything.", rapid.IntRange(0, 5).Draw(r, "text"))
	held := heldIn(t, c)
	at := slices.IndexFunc(held, func(h corpus.Article) bool { return h.URL == a.URL })
	switch what := rapid.SampledFrom([]string{"add", "add", "withdraw", "remove"}).Draw(r, "operation"); {
	case what == "add":
		if _, err := c.Add(t.Context(), []corpus.Article{a}); err != nil {
			r.Fatal(err)
		}
	case at < 0:
	case what == "withdraw":
		must(t, c.Withdraw(t.Context(), held[at].ID))
	case what == "remove":
		must(t, c.Remove(t.Context(), held[at].ID))
	}
}

func heldIn(t *testing.T, c *corpus.Corpus) []corpus.Article {
	t.Helper()
	held, err := c.List(t.Context(), corpus.Filter{})
	must(t, err)
	return held
}

func syncAll(t *testing.T, r *rapid.T, c *corpus.Corpus, indexes map[string]retrieval.Index) {
	want := map[int64]string{}
	for _, a := range heldIn(t, c) {
		want[a.Seq] = a.ID
	}
	for name, index := range indexes {
		must(t, indexer.New(quiet, c, retrievaltest.Whole, index).Sync(t.Context(), nil))
		result, err := index.Retrieve(t.Context(), retrieval.Query{Text: "note about everything", Limit: 50})
		if err != nil {
			r.Fatal(err)
		}
		got := map[int64]string{}
		for _, hit := range result.Hits {
			got[hit.Passage.Seq] = hit.Passage.ArticleID
		}
		n, err := index.Passages(t.Context())
		if err != nil || !maps.Equal(got, want) || n != len(want) {
			r.Fatalf("%s finds %v and holds %d passages, error %v, want %v", name, got, n, err, want)
		}
	}
}

func sync(t *testing.T, x *indexer.Indexer, progress func(done, total int64)) {
	t.Helper()
	must(t, x.Sync(t.Context(), progress))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantHeld checks that the index holds exactly these versions.
func wantHeld(t *testing.T, index *retrievaltest.Index, articles ...corpus.Article) {
	t.Helper()
	got, want := map[string]int64{}, map[string]int64{}
	for id, doc := range index.Documents() {
		got[id] = doc.Article.Seq
	}
	for _, a := range articles {
		want[a.ID] = a.Seq
	}
	if !maps.Equal(got, want) {
		t.Errorf("held %v, want %v", got, want)
	}
}
