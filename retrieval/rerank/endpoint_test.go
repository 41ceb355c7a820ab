package rerank

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/openai"
	"newsdesk/retrieval/retrievaltest"
)

// wordServer is a model server whose score is the number of different words of the
// question in a document. It is strict about what it is asked.
func wordServer(t *testing.T) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var asked request
		d := json.NewDecoder(r.Body)
		d.DisallowUnknownFields()
		err := d.Decode(&asked)
		if err != nil || r.Method != http.MethodPost || r.URL.Path != "/v1/rerank" || r.Header.Get("Authorization") != "Bearer sesame" ||
			r.Header.Get("Content-Type") != "application/json" || asked.Model != "words" || asked.TopN != len(asked.Documents) {
			http.Error(w, fmt.Sprintf("%s %s %+v %v", r.Method, r.URL, asked, err), http.StatusBadRequest)
			return
		}
		answerByWords(w, asked)
	}))
	t.Cleanup(s.Close)
	return s
}

func answerByWords(w io.Writer, asked request) {
	words := strings.Fields(strings.ToLower(asked.Query))
	slices.Sort(words)
	words = slices.Compact(words)
	var results []map[string]any
	for i, d := range asked.Documents {
		score := 0.0
		for _, word := range words {
			if strings.Contains(strings.ToLower(d), word) {
				score++
			}
		}
		results = append(results, map[string]any{"index": i, "relevance_score": score, "document": map[string]string{"text": d}})
	}
	slices.Reverse(results)
	json.NewEncoder(w).Encode(map[string]any{"id": "1", "results": results, "usage": map[string]int{"total_tokens": 7}})
}

func testDoer() *openai.Doer { return openai.NewDoer(quiet, http.DefaultTransport) }

func TestEndpoint(t *testing.T) {
	address := wordServer(t).URL + "/v1/"
	retrievaltest.TestRetriever(t, func(t *testing.T, articles []corpus.Article) retrieval.Retriever {
		return NewEndpoint(quiet, fused(t, articles), testDoer(), address, "sesame", "words")
	})
}

func TestEndpointOrders(t *testing.T) {
	hits := hundred()
	hits[3].Passage.Title = "Lighthouse"
	hits[60].Passage.Text = "The lighthouse keeper is too far down to be asked about."
	hits[7].Places = nil
	e := NewEndpoint(quiet, &listed{hits: hits}, testDoer(), wordServer(t).URL+"/v1", "sesame", "words")
	q := retrieval.Query{Text: "lighthouse keeper", Limit: 120}
	result, err := e.Retrieve(t.Context(), q)
	if err != nil || len(result.Missing) > 0 {
		t.Fatal(err, result.Missing)
	}
	if result.Query.Limit != 120 || len(result.Hits) != 120 {
		t.Errorf("%d hits for a limit of %d", len(result.Hits), result.Query.Limit)
	}
	if got := []int64{result.Hits[0].Passage.Seq, result.Hits[1].Passage.Seq, result.Hits[60].Passage.Seq}; !slices.Equal(got, []int64{43, 4, 61}) {
		t.Errorf("hits 0, 1 and 60 are passages %v", got)
	}
	if place := result.Hits[0].Places[EndpointName]; place != (retrieval.Place{Rank: 1, Score: 2}) {
		t.Errorf("the first has place %v", place)
	}
	for i := 1; i < len(result.Hits); i++ {
		if result.Hits[i].Score > result.Hits[i-1].Score {
			t.Fatalf("hit %d scores %v, the one before it %v", i, result.Hits[i].Score, result.Hits[i-1].Score)
		}
	}
}

// TestEndpointFails holds that the inner order stands whatever a server answers, and
// that it is told why.
func TestEndpointFails(t *testing.T) {
	two := func(a, b string) string { return `{"results":[` + a + `,` + b + `]}` }
	const good = `{"index":0,"relevance_score":0.5}`
	for name, c := range map[string]struct {
		status int
		body   string
		kind   error
		words  string
	}{
		"an index too large":       {200, two(good, `{"index":2,"relevance_score":1}`), retrieval.ErrUnavailable, "numbered 0 to 1"},
		"a negative index":         {200, two(good, `{"index":-1,"relevance_score":1}`), retrieval.ErrUnavailable, "numbered 0 to 1"},
		"an index twice":           {200, two(good, good), retrieval.ErrUnavailable, "numbered 0 to 1"},
		"no index":                 {200, two(good, `{"relevance_score":1}`), retrieval.ErrUnavailable, "numbered 0 to 1"},
		"half an index":            {200, two(good, `{"index":0.5,"relevance_score":1}`), retrieval.ErrUnavailable, "protocol"},
		"no score":                 {200, two(good, `{"index":1}`), retrieval.ErrUnavailable, "document 1 has no score"},
		"null for a score":         {200, two(good, `{"index":1,"relevance_score":null}`), retrieval.ErrUnavailable, "document 1 has no score"},
		"words for a score":        {200, two(good, `{"index":1,"relevance_score":"high"}`), retrieval.ErrUnavailable, "protocol"},
		"NaN":                      {200, two(good, `{"index":1,"relevance_score":NaN}`), retrieval.ErrUnavailable, "protocol"},
		"infinite":                 {200, two(good, `{"index":1,"relevance_score":1e999}`), retrieval.ErrUnavailable, "protocol"},
		"too few":                  {200, `{"results":[` + good + `]}`, retrieval.ErrUnavailable, "1 scores for 2"},
		"too many":                 {200, `{"results":[` + good + `,` + good + `,` + good + `]}`, retrieval.ErrUnavailable, "3 scores for 2"},
		"another protocol":         {200, `[{"index":0,"score":1},{"index":1,"score":2}]`, retrieval.ErrUnavailable, "protocol"},
		"an empty object":          {200, `{}`, retrieval.ErrUnavailable, "0 scores for 2"},
		"cut off":                  {200, `{"results":[` + good, retrieval.ErrUnavailable, "protocol"},
		"a page":                   {200, `<html>welcome</html>`, retrieval.ErrUnavailable, "protocol"},
		"nothing":                  {200, ``, retrieval.ErrUnavailable, "protocol"},
		"endless":                  {200, `{"results":[` + strings.Repeat(" ", maxAnswer), retrieval.ErrUnavailable, "8 MiB"},
		"a wrong key":              {401, `{"error":"no such key"}`, retrieval.ErrRefused, "no such key"},
		"no such path":             {404, "404 page not found\n", retrieval.ErrRefused, "404 Not Found 404 page not found"},
		"a long error":             {400, strings.Repeat("ä", 5000), retrieval.ErrRefused, " …"},
		"a broken server":          {500, "out of memory", retrieval.ErrUnavailable, "out of memory"},
		"too busy":                 {429, "", retrieval.ErrUnavailable, "429"},
		"an error of broken UTF-8": {503, "\xff\xfe", retrieval.ErrUnavailable, "503"},
	} {
		t.Run(name, func(t *testing.T) {
			s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			}))
			defer s.Close()
			stands(t, s.Client(), s.URL, c.kind, c.words)
		})
	}
}

// stands asks about two hits, and wants them in the order that they have.
func stands(t *testing.T, doer Doer, address string, kind error, words string) {
	t.Helper()
	earlier := retrieval.Missing{Retriever: "dense", Err: errors.New("late")}
	inner := &listed{hits: hundred()[41:43], missing: []retrieval.Missing{earlier}}
	result, err := NewEndpoint(quiet, inner, doer, address, "", "words").Retrieve(t.Context(), retrieval.Query{Text: "lighthouse keeper"})
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Hits) != 2 || result.Hits[0].Passage.Seq != 42 || result.Hits[0].Score != 1./42 || len(result.Hits[0].Places) != 1 {
		t.Errorf("hits %+v", result.Hits)
	}
	if len(result.Missing) != 2 || result.Missing[0] != earlier || result.Missing[1].Retriever != EndpointName {
		t.Fatalf("missing %v", result.Missing)
	}
	err = result.Missing[1].Err
	if !errors.Is(err, kind) || !strings.Contains(err.Error(), words) || len(err.Error()) > 500 {
		t.Errorf("error %v, want %v with %q", err, kind, words)
	}
}

// doerFunc is a Doer.
type doerFunc func(*http.Request) (*http.Response, error)

func (f doerFunc) Do(req *http.Request) (*http.Response, error) { return f(req) }

func TestEndpointUnreachable(t *testing.T) {
	refused := doerFunc(func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") })
	stands(t, refused, "http://model.example", retrieval.ErrUnavailable, "connection refused")
	stands(t, testDoer(), "://", retrieval.ErrUnavailable, "missing protocol scheme")
	stands(t, testDoer(), "model.example/v1", retrieval.ErrUnavailable, "neither http:// nor https://")
}

// TestEndpointLate holds that a server which hangs costs patience and not the answer,
// and that the asker's own end is an error.
func TestEndpointLate(t *testing.T) {
	hangs := doerFunc(func(req *http.Request) (*http.Response, error) {
		<-req.Context().Done()
		return nil, req.Context().Err()
	})
	synctest.Test(t, func(t *testing.T) {
		stands(t, hangs, "http://model.example", context.DeadlineExceeded, "not available")
	})
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), patience/2)
		defer cancel()
		e := NewEndpoint(quiet, &listed{hits: hundred()}, hangs, "http://model.example", "", "words")
		if _, err := e.Retrieve(ctx, retrieval.Query{Text: "ferry"}); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("error %v, want the context's", err)
		}
	})
}

// TestEndpointAsksNothing holds that without hits there is no request, and that the
// inner error is the error.
func TestEndpointAsksNothing(t *testing.T) {
	never := doerFunc(func(*http.Request) (*http.Response, error) {
		t.Error("the server was asked")
		return nil, errors.New("asked")
	})
	result, err := NewEndpoint(quiet, &listed{}, never, "http://model.example", "", "words").Retrieve(t.Context(), retrieval.Query{Text: "ferry"})
	if err != nil || len(result.Hits) != 0 || len(result.Missing) != 0 {
		t.Errorf("%+v, %v", result, err)
	}
	inner := &listed{err: retrieval.ErrDimension}
	if _, err := NewEndpoint(quiet, inner, never, "http://model.example", "", "words").Retrieve(t.Context(), retrieval.Query{Text: "ferry"}); !errors.Is(err, retrieval.ErrDimension) {
		t.Errorf("error %v, want the inner one", err)
	}
}

// TestEndpointKeepsTheKey holds that the key is in no log line and in no error, even
// where the server repeats it.
func TestEndpointKeepsTheKey(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Error(w, "wrong: "+r.Header.Get("Authorization"), http.StatusUnauthorized)
	}))
	defer s.Close()
	var log strings.Builder
	e := NewEndpoint(slog.New(slog.NewTextHandler(&log, nil)), &listed{hits: hundred()}, testDoer(), s.URL, "sesame", "words")
	result, err := e.Retrieve(t.Context(), retrieval.Query{Text: "ferry"})
	if err != nil || len(result.Missing) != 1 {
		t.Fatal(result.Missing, err)
	}
	if said := log.String() + result.Missing[0].Err.Error(); strings.Contains(said, "sesame") || !strings.Contains(said, "wrong") {
		t.Errorf("said %s", said)
	}
}
