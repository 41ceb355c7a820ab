package spread

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/hybrid/hybridtest"
	"newsdesk/retrieval/retrievaltest"
)

var quiet = slog.New(slog.DiscardHandler)

// TestRetriever tests the stack that serves, over a real corpus whose clock stands
// at the time of each article.
func TestRetriever(t *testing.T) {
	retrievaltest.TestRetriever(t, func(t *testing.T, articles []corpus.Article) retrieval.Retriever {
		return New(quiet, stack(t, articles, &retrievaltest.Embedder{}))
	})
}

// stack returns the fusion of real indexes over the articles, each one passage,
// added when it says to have been fetched.
func stack(t *testing.T, articles []corpus.Article, e retrieval.Embedder) retrieval.Retriever {
	t.Helper()
	return hybridtest.Fused(t, corpustest.Fetched(t, articles), retrievaltest.Whole, e)
}

// listed is a retriever that finds its hits in their order, whatever is asked, up
// to the limit and within the filters. It notes what it was asked.
type listed struct {
	hits    []retrieval.Hit
	widened []string
	missing []retrieval.Missing
	err     error
	asked   []retrieval.Query
}

func (l *listed) Retrieve(_ context.Context, q retrieval.Query) (retrieval.Result, error) {
	l.asked = append(l.asked, q)
	result := retrieval.Result{Query: q, Widened: l.widened, Missing: l.missing}
	for _, hit := range l.hits {
		if len(result.Hits) < q.Want() && (q.Matches(hit.Passage.Outlet, hit.Passage.Published) || len(l.widened) > 0) {
			result.Hits = append(result.Hits, hit)
		}
	}
	return result, l.err
}

// found makes hits of "article outlet" each with words of its own, the better the
// earlier; "article outlet =n" has the words of hit n, from 1.
func found(names ...string) []retrieval.Hit {
	var hits []retrieval.Hit
	for i, name := range names {
		var article, outlet string
		of := i + 1
		fmt.Sscanf(name, "%s %s =%d", &article, &outlet, &of)
		words := fmt.Sprintf("w%[1]da w%[1]db w%[1]dc w%[1]dd w%[1]de w%[1]df", of)
		p := passage(article, outlet, words)
		p.Seq, p.Start, p.End = int64(article[0]), 100*i, 100*i+len(words)
		hits = append(hits, retrieval.Hit{Passage: p, Score: 1 / float64(i+10),
			Places: map[string]retrieval.Place{"x": {Rank: i + 1, Score: 7}}})
	}
	return hits
}

func retrieve(t *testing.T, r retrieval.Retriever, q retrieval.Query) retrieval.Result {
	t.Helper()
	result, err := r.Retrieve(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i, hit := range result.Hits {
		if i > 0 && (hit.Score > result.Hits[i-1].Score ||
			hit.Score == result.Hits[i-1].Score && hit.Passage.ID() < result.Hits[i-1].Passage.ID()) {
			t.Errorf("%+v: hit %d stands wrong: %v after %v", q, i+1, hit.Score, result.Hits[i-1].Score)
		}
		if hit.Places["x"].Score != 7 {
			t.Errorf("%+v: hit %d lost its places: %v", q, i+1, hit.Places)
		}
	}
	return result
}

// articles returns the ids of the hits' articles, in order.
func articles(result retrieval.Result) string {
	s := ""
	for _, hit := range result.Hits {
		s += hit.Passage.ArticleID
	}
	return s
}

// TestPlain: without a wish the order and the scores below stay.
func TestPlain(t *testing.T) {
	inner := &listed{hits: found("a H", "a H", "a H", "b H", "a H", "c R", "d R"), missing: []retrieval.Missing{{Retriever: "dense"}}}
	q := retrieval.Query{Text: "x", Limit: 5}
	result := retrieve(t, New(quiet, inner), q)
	if got := articles(result); got != "aaaba" || !reflect.DeepEqual(result.Query, q) || len(result.Missing) != 1 {
		t.Errorf("got %s for %+v, missing %v", got, result.Query, result.Missing)
	}
	for i, hit := range result.Hits {
		if !reflect.DeepEqual(hit, inner.hits[i]) {
			t.Errorf("hit %d is %+v, want it as it was found: %+v", i+1, hit, inner.hits[i])
		}
	}
	if len(inner.asked) != 1 || inner.asked[0].Limit <= 5 {
		t.Errorf("asked %+v, want once for more than 5", inner.asked)
	}
}

// TestCopiesAreNoted: at the place of the best, and others come up; when there are
// too few, more are asked for.
func TestCopiesAreNoted(t *testing.T) {
	inner := &listed{hits: found("a H", "b R =1", "c H", "d V =1", "e H", "f V =3", "g H")}
	result := retrieve(t, New(quiet, inner), retrieval.Query{Text: "x", Limit: 3})
	if got := articles(result); got != "ace" {
		t.Errorf("hits of %s, want ace", got)
	}
	if got := result.Hits[0].Copies; len(got) != 2 || got[0].ArticleID != "b" || got[1].ArticleID != "d" {
		t.Errorf("copies of a: %+v, want b and d", got)
	}
	names := []string{"a H"}
	for i := range 30 {
		names = append(names, fmt.Sprintf("%c H =1", 'A'+i))
	}
	inner = &listed{hits: found(append(names, "x H", "y H", "z H")...)}
	result = retrieve(t, New(quiet, inner), retrieval.Query{Text: "x", Limit: 2})
	if got := articles(result); got != "ax" || len(result.Hits[0].Copies) != 30 {
		t.Errorf("hits of %s, %d copies, want ax and 30", got, len(result.Hits[0].Copies))
	}
}

// TestSeveral: of one article that has the first ten places, and others.
func TestSeveral(t *testing.T) {
	names := []string{"a H", "a H", "a H", "a H", "a H", "a H", "a H", "b R", "a H", "a H", "a H", "c V", "d S", "a H", "a H", "e M"}
	inner := &listed{hits: found(names...)}
	q := retrieval.Query{Text: "x", Limit: 8, Several: true}
	result := retrieve(t, New(quiet, inner), q)
	got := articles(result)
	for _, id := range []string{"b", "c", "d", "e"} {
		if !slices.ContainsFunc(result.Hits, func(h retrieval.Hit) bool { return h.Passage.ArticleID == id }) {
			t.Errorf("hits of %s, want one of %s among them", got, id)
		}
	}
	if got[0] != 'a' || result.Hits[0].Passage.Start != 0 {
		t.Errorf("hits of %s, want the best first", got)
	}
	if !reflect.DeepEqual(result.Query, q) {
		t.Errorf("ran %+v, want %+v", result.Query, q)
	}
}

// TestOutletsAreHeard: where outlets are compared, each has a place, though a loud
// one fills all that is found of both.
func TestOutletsAreHeard(t *testing.T) {
	var names []string
	for i := range 150 {
		names = append(names, fmt.Sprintf("%c Loud", 'A'+i%26))
	}
	inner := &listed{hits: found(append(names, "y Low", "z Low")...)}
	q := retrieval.Query{Text: "x", Limit: 10, Several: true, Outlets: []string{"Low", "Loud", "Mute"}}
	result := retrieve(t, New(quiet, inner), q)
	if got := articles(result); len(got) != 10 || got[9] != 'y' {
		t.Errorf("hits of %s, want ten with y of the low one", got)
	}
	if len(inner.asked) != 2 || !slices.Equal(inner.asked[1].Outlets, []string{"Low", "Mute"}) {
		t.Errorf("asked %+v, want once more for the two that nothing was found of", inner.asked)
	}
	inner.asked = nil
	q.Several = false
	if retrieve(t, New(quiet, inner), q); len(inner.asked) != 1 {
		t.Errorf("asked %d times where nothing is compared", len(inner.asked))
	}
	q.Several, q.Limit = true, 1
	if got := len(retrieve(t, New(quiet, inner), q).Hits); got != 1 {
		t.Errorf("%d hits, want 1 for three outlets", got)
	}
}

// TestOneVersion: between the two questions the low outlet's article got a new
// version, and another outlet; it is not taken up again.
func TestOneVersion(t *testing.T) {
	inner := &listed{hits: found("a Loud", "b Loud", "c Loud", "d Loud", "e Loud", "f Loud", "a Low")}
	q := retrieval.Query{Text: "x", Limit: 1, Several: true, Outlets: []string{"Low", "Loud"}}
	if got := articles(retrieve(t, New(quiet, inner), q)); got != "a" {
		t.Errorf("hits of %s, want a", got)
	}
}

// TestWidened: what lies beyond the filters goes through and asks for no more.
func TestWidened(t *testing.T) {
	inner := &listed{hits: found("a H", "b H =1", "c H"), widened: []string{"the outlets X and Y"}}
	q := retrieval.Query{Text: "x", Several: true, Outlets: []string{"X", "Y"}}
	result := retrieve(t, New(quiet, inner), q)
	if len(result.Widened) != 1 || len(result.Hits) != 2 || len(inner.asked) != 1 {
		t.Errorf("widened %q, hits of %s, asked %d times", result.Widened, articles(result), len(inner.asked))
	}
}

func TestErrors(t *testing.T) {
	broken := errors.New("broken")
	for _, q := range []retrieval.Query{{Text: "x"}, {Text: "x", Several: true, Latest: true, Outlets: []string{"X", "Y"}}} {
		if _, err := New(quiet, &listed{err: broken}).Retrieve(t.Context(), q); !errors.Is(err, broken) {
			t.Errorf("%+v: error %v, want %v", q, err, broken)
		}
		if result := retrieve(t, New(quiet, &listed{}), q); len(result.Hits) != 0 {
			t.Errorf("%+v: %d hits of nothing", q, len(result.Hits))
		}
	}
}
