package rerank

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/hybrid/hybridtest"
	"newsdesk/retrieval/retrievaltest"
)

// TestRetriever tests the stack that serves, over a real corpus whose clock stands
// at the time of each article.
func TestRetriever(t *testing.T) {
	v := testVocabulary(t)
	retrievaltest.TestRetriever(t, func(t *testing.T, articles []corpus.Article) retrieval.Retriever {
		return New(quiet, fused(t, articles), v)
	})
}

func fused(t *testing.T, articles []corpus.Article) retrieval.Retriever {
	t.Helper()
	return hybridtest.Fused(t, corpustest.Fetched(t, articles), retrievaltest.Whole, &retrievaltest.Embedder{})
}

// listed is a retriever that finds its hits in their order, whatever is asked, up to
// the limit. It notes what it was asked.
type listed struct {
	hits    []retrieval.Hit
	widened []string
	missing []retrieval.Missing
	err     error
	asked   []retrieval.Query
}

func (l *listed) Retrieve(_ context.Context, q retrieval.Query) (retrieval.Result, error) {
	l.asked = append(l.asked, q)
	if l.err != nil {
		return retrieval.Result{}, l.err
	}
	hits := slices.Clone(l.hits[:min(len(l.hits), q.Want())])
	return retrieval.Result{Hits: hits, Query: q, Widened: l.widened, Missing: l.missing}, nil
}

func hit(n int, published time.Time, title, text string) retrieval.Hit {
	return retrieval.Hit{
		Passage: retrieval.Passage{Seq: int64(n), ArticleID: fmt.Sprint(n), Outlet: "Harbour Herald",
			Title: title, Text: text, End: len(text), Published: published},
		Score:  1 / float64(n),
		Places: map[string]retrieval.Place{"lexical": {Rank: n, Score: 1 / float64(n)}},
	}
}

// TestRank holds what must stand first.
func TestRank(t *testing.T) {
	v := testVocabulary(t)
	for _, file := range archive(t, "rank.txtar") {
		t.Run(file.Name, func(t *testing.T) {
			q, hits, want := caseOf(t, string(file.Data))
			result, err := New(quiet, &listed{hits: hits}, v).Retrieve(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			if got := result.Hits[0].Passage.Seq; got != want {
				t.Errorf("passage %d stands first, want %d", got, want)
			}
		})
	}
}

func caseOf(t *testing.T, file string) (q retrieval.Query, hits []retrieval.Hit, want int64) {
	t.Helper()
	q.Text, file, _ = strings.Cut(file, "\n")
	for line := range strings.Lines(file) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "outlet: "); ok {
			q.Outlets = append(q.Outlets, name)
			continue
		}
		line, answers := strings.CutPrefix(line, "> ")
		parts := strings.SplitN(line, " | ", 3)
		published, err := time.Parse(time.DateOnly, parts[0])
		if err != nil || len(parts) != 3 {
			t.Fatalf("not a passage: %q", line)
		}
		hits = append(hits, hit(len(hits)+1, published, parts[1], parts[2]))
		if answers {
			want = int64(len(hits))
		}
	}
	return q, hits, want
}

// hundred is as many hits as the inner retriever is asked for, and more.
func hundred() []retrieval.Hit {
	var hits []retrieval.Hit
	for n := 1; n <= 400; n++ {
		hits = append(hits, hit(n, time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC), "Ferry", fmt.Sprintf("Ferry number %d leaves the pier.", n)))
	}
	hits[42].Passage.Text = "The lighthouse keeper waves at the ferry."
	return hits
}

func TestLooksAtAHundred(t *testing.T) {
	for want, limit := range map[int]int{1: 1, 10: 0, 12: 12, 100: 100, 250: 250} {
		inner := &listed{hits: hundred()}
		q := retrieval.Query{Text: "Who is the lighthouse keeper?", Limit: limit}
		result, err := New(quiet, inner, testVocabulary(t)).Retrieve(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		if len(result.Hits) != want || result.Hits[0].Passage.Seq != 43 {
			t.Errorf("limit %d: %d hits, first passage %d", limit, len(result.Hits), result.Hits[0].Passage.Seq)
		}
		if len(inner.asked) != 1 || inner.asked[0].Limit != max(100, want) {
			t.Errorf("limit %d: asked %v", limit, inner.asked)
		}
		if !reflect.DeepEqual(result.Query, q) {
			t.Errorf("ran %+v, want %+v", result.Query, q)
		}
	}
}

// TestPassesOn holds that all but the order is the inner retriever's.
func TestPassesOn(t *testing.T) {
	failed := errors.New("late")
	inner := &listed{hits: hundred()[:50], widened: []string{"the dates"}, missing: []retrieval.Missing{{Retriever: "dense", Err: failed}}}
	inner.hits[42].Copies = []retrieval.Passage{{Seq: 99}}
	result, err := New(quiet, inner, testVocabulary(t)).Retrieve(t.Context(), retrieval.Query{Text: "lighthouse keeper"})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(result.Widened, inner.widened) || !reflect.DeepEqual(result.Missing, inner.missing) {
		t.Errorf("widened %v, missing %v", result.Widened, result.Missing)
	}
	first := result.Hits[0]
	if len(first.Copies) != 1 || first.Copies[0].Seq != 99 {
		t.Errorf("copies %v", first.Copies)
	}
	want := map[string]retrieval.Place{"lexical": {Rank: 43, Score: 1. / 43}, Name: {Rank: 1, Score: first.Score}}
	if !reflect.DeepEqual(first.Places, want) {
		t.Errorf("places %v, want %v", first.Places, want)
	}
}

// TestPreferred holds that a preferred outlet is moved up and takes over from nothing
// that is much better.
func TestPreferred(t *testing.T) {
	hits := hundred()[:60]
	for _, n := range []int{20, 50} {
		hits[n].Passage.Outlet = "Radio Solana"
	}
	q := retrieval.Query{Text: "lighthouse keeper", Preferred: []string{"Radio Solana", "Nobody's Gazette"}}
	result, err := New(quiet, &listed{hits: hits}, testVocabulary(t)).Retrieve(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	var got []int64
	for _, h := range result.Hits[:4] {
		got = append(got, h.Passage.Seq)
	}
	if want := []int64{43, 21, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("passages %v stand first, want %v", got, want)
	}
}

// TestBadNeighbours holds the order against hits that should not be.
func TestBadNeighbours(t *testing.T) {
	v := testVocabulary(t)
	if _, err := New(quiet, &listed{err: retrieval.ErrUnavailable}, v).Retrieve(t.Context(), retrieval.Query{Text: "ferry"}); !errors.Is(err, retrieval.ErrUnavailable) {
		t.Errorf("the inner error became %v", err)
	}
	hits := hundred()[:20]
	hits[0].Places = nil
	hits[1].Places = map[string]retrieval.Place{"dense": {Rank: 1, Score: math.NaN()}}
	hits[2].Places = map[string]retrieval.Place{"dense": {Rank: 1, Score: math.Inf(1)}}
	hits[3].Passage.Text = ""
	hits[4].Passage.Title, hits[4].Passage.Text = "\xff\xfe", strings.Repeat("\x00ferry \xff", 1000)
	hits[5].Passage.Published = time.Time{}
	result, err := New(quiet, &listed{hits: hits}, v).Retrieve(t.Context(), retrieval.Query{Text: "How many ferries left on 1 January 2024?", Limit: 20})
	if err != nil {
		t.Fatal(err)
	}
	for i, h := range result.Hits {
		if math.IsNaN(h.Score) || math.IsInf(h.Score, 0) {
			t.Errorf("hit %d scores %v", i, h.Score)
		}
		if i > 0 && h.Score > result.Hits[i-1].Score {
			t.Errorf("hit %d scores more than the one before it", i)
		}
	}
	if len(result.Hits) != 20 {
		t.Errorf("%d hits of 20", len(result.Hits))
	}
}

func TestContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New(quiet, &listed{hits: hundred()}, testVocabulary(t)).Retrieve(ctx, retrieval.Query{Text: "ferry"}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// BenchmarkOrder orders a hundred passages of some 110 words for a question of some
// twenty.
func BenchmarkOrder(b *testing.B) {
	var hits []retrieval.Hit
	words := strings.Fields(strings.Repeat("The harbour council of Lindesund voted 7 to 2 on Tuesday to close the old ferry pier, "+
		"a decision that Marta Oyelaran, who runs its kiosk, called “hasty and ill-informed”. Engineers had found cracks below the "+
		"waterline in the spring and again after the storms of October; repairing them would cost four million crowns. ", 3))
	for n := 1; n <= depth; n++ {
		text := slices.Clone(words[n%20:][:110])
		for i := range text {
			if (i*7+n)%3 == 0 {
				text[i] = words[(i*n)%len(words)] + string(rune('a'+(i+n)%26))
			}
		}
		hits = append(hits, hit(n, time.Date(2024, 10, n, 0, 0, 0, 0, time.UTC), "Council closes the old ferry pier", strings.Join(text, " ")))
	}
	r := New(quiet, nil, testVocabulary(b))
	q := retrieval.Query{Text: "When the harbour council of Lindesund decided in October 2024 to shut the ferry pier, how many members were against it, and what did the kiosk owner say?"}
	b.ReportAllocs()
	for b.Loop() {
		r.order(q, hits)
	}
}
