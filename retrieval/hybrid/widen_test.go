package hybrid_test

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval"
	"newsdesk/retrieval/hybrid"
	"newsdesk/retrieval/indexer"
	"newsdesk/retrieval/lexical"
	"newsdesk/retrieval/retrievaltest"
)

// TestWidening asks the queries of testdata/widening.txtar.
func TestWidening(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/widening.txtar")
	if err != nil {
		t.Fatal(err)
	}
	r := councils(t, string(archive.Files[0].Data))
	for _, f := range archive.Files[1:] {
		t.Run(f.Name, func(t *testing.T) {
			q, want := widening(t, string(f.Data))
			result := retrieve(t, r, q)
			numbers := seqs(result)
			slices.Sort(numbers)
			if got := strings.Trim(fmt.Sprint(numbers), "[]"); got != want["found"] {
				t.Errorf("found %s, want %s", got, want["found"])
			}
			if got := strings.Join(result.Widened, "; "); got != want["gave up"] {
				t.Errorf("gave up %q, want %q", got, want["gave up"])
			}
			if ran := result.Query; len(result.Widened) == 0 && !reflect.DeepEqual(ran, q) || !ran.AsOf.Equal(q.AsOf) || ran.Text != q.Text {
				t.Errorf("asked %+v and ran %+v", q, ran)
			}
			for _, hit := range result.Hits {
				if !result.Query.Matches(hit.Passage.Outlet, hit.Passage.Published) {
					t.Errorf("ran %+v and found %s of %v", result.Query, hit.Passage.Outlet, hit.Passage.Published)
				}
			}
		})
	}
}

// councils returns a fusion over the articles of lines "number outlet date".
func councils(t *testing.T, lines string) *hybrid.Retriever {
	t.Helper()
	var articles []corpus.Article
	for line := range strings.Lines(lines) {
		number, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		at := strings.LastIndex(rest, " ")
		published := date(t, rest[at+1:])
		articles = append(articles, corpus.Article{
			Outlet: rest[:at], URL: "https://news.example/" + number, Title: "Meeting " + number,
			Text: "The council met for the " + number + ". time.", Published: published, Fetched: published,
		})
	}
	c := corpustest.Fetched(t, articles)
	words, err := lexical.Open(quiet, t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { words.Close() })
	if err := indexer.New(quiet, c, retrievaltest.Whole, words).Sync(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return hybrid.New(quiet, c, hybrid.Part{Name: lexical.Name, Retriever: words})
}

// widening reads a case: the query, and what is wanted.
func widening(t *testing.T, data string) (retrieval.Query, map[string]string) {
	t.Helper()
	q, want := retrieval.Query{Text: "council"}, map[string]string{}
	for line := range strings.Lines(data) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		value = strings.TrimSpace(value)
		switch key {
		case "text":
			q.Text = value
		case "outlets":
			q.Outlets = strings.Split(value, "; ")
		case "preferred":
			q.Preferred = strings.Split(value, "; ")
		case "from":
			q.From = date(t, value)
		case "to":
			q.To = date(t, value)
		case "as of":
			q.AsOf = date(t, value)
		default:
			want[key] = value
		}
	}
	return q, want
}

func date(t *testing.T, s string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestWideningFails: a part that fails while filters are given up is an error, as
// it always is when no other is there; a caller who leaves gets his own.
func TestWideningFails(t *testing.T) {
	c := corpustest.Open(t)
	broken := errors.New("broken")
	q := retrieval.Query{Text: "x", Outlets: []string{"Nobody's Gazette"}}
	r := hybrid.New(quiet, c, hybrid.Part{Name: "a", Retriever: &second{err: broken}})
	if result, err := r.Retrieve(t.Context(), q); !errors.Is(err, broken) || len(result.Widened) != 0 {
		t.Errorf("%+v, error %v, want %v", result, err, broken)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r = hybrid.New(quiet, c, hybrid.Part{Name: "a", Retriever: &second{leave: cancel}})
	if _, err := r.Retrieve(ctx, q); err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// second finds nothing when it is asked first, and then fails, or is left by its
// caller.
type second struct {
	asked int
	err   error
	leave func()
}

func (s *second) Retrieve(context.Context, retrieval.Query) (retrieval.Result, error) {
	if s.asked++; s.asked == 1 {
		return retrieval.Result{}, nil
	}
	if s.leave != nil {
		s.leave()
	}
	return retrieval.Result{}, s.err
}
