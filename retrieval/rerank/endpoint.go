package rerank

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"newsdesk/retrieval"
)

// EndpointName is what an Endpoint is called in the Places of its hits and in
// Result.Missing.
const EndpointName = "endpoint"

const (
	// sent is the number of hits that the server is asked about. On top of a
	// Retriever 111 of the evaluation's 114 questions have a relevant passage among
	// the first ten already, and each passage costs the server time.
	sent = 50
	// patience is how long the server may take, retries and waits in it. A person
	// waits for the answer meanwhile, and there is an order already.
	patience = 10 * time.Second
	// maxAnswer bounds the body of an answer, which may repeat the documents.
	maxAnswer = 8 << 20
	// maxWords bounds what is told of a server's error.
	maxWords = 300
)

// Doer sends HTTP requests. It sees to retries and silence: outside of tests it is the
// one of retrieval/openai. Safe for concurrent use.
type Doer interface {
	// Do sends req and returns the response, of whatever status; the caller closes
	// its body.
	Do(req *http.Request) (*http.Response, error)
}

// Endpoint is a retrieval.Retriever over another that has a model server order the
// hits, by the protocol of Cohere and Jina that local servers speak too: POST /rerank
// with model, query, documents and top_n, and back for each document its index and
// relevance_score. Safe for concurrent use.
//
// It asks the inner retriever for fifty hits, or as many as are wanted, and the server
// about the first fifty of them, each as "title. text"; the others come after those, in
// their order. When the server fails, is late or answers anything but one finite score
// for each document, the inner order stands and Result.Missing says so.
type Endpoint struct {
	log                 *slog.Logger
	inner               retrieval.Retriever
	doer                Doer
	address, key, model string
}

var _ retrieval.Retriever = (*Endpoint)(nil)

// NewEndpoint returns an Endpoint over inner, whose hits must have their texts. The
// server's address is baseURL with "/rerank" behind it, as in
// "http://localhost:8080/v1"; key is sent as a bearer's, empty for none. It asks
// nothing yet.
func NewEndpoint(log *slog.Logger, inner retrieval.Retriever, doer Doer, baseURL, key, model string) *Endpoint {
	return &Endpoint{log: log, inner: inner, doer: doer, address: strings.TrimRight(baseURL, "/") + "/rerank", key: key, model: model}
}

// Retrieve implements retrieval.Retriever. Score is the server's where it was asked.
// Errors are those of the inner retriever; the server's are in Result.Missing and wrap
// retrieval.ErrUnavailable or retrieval.ErrRefused.
func (e *Endpoint) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	asked := q
	asked.Limit = max(sent, q.Want())
	result, err := e.inner.Retrieve(ctx, asked)
	if err != nil {
		return retrieval.Result{}, err
	}
	result.Query.Limit = q.Limit
	if err := e.order(ctx, q, result.Hits); err != nil {
		if ctx.Err() != nil {
			return retrieval.Result{}, ctx.Err()
		}
		e.log.WarnContext(ctx, "rerank: the order stays as it was", "model", e.model, "error", err)
		result.Missing = append(result.Missing, retrieval.Missing{Retriever: EndpointName, Err: err})
	}
	result.Hits = result.Hits[:min(len(result.Hits), q.Want())]
	return result, nil
}

// order orders the hits as the server says. On an error they are as they were.
func (e *Endpoint) order(ctx context.Context, q retrieval.Query, hits []retrieval.Hit) error {
	first := hits[:min(len(hits), sent)]
	if len(first) == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	documents := make([]string, len(first))
	for i, hit := range first {
		documents[i] = retrieval.Embeddable(hit.Passage)
	}
	scores, err := e.ask(ctx, q.Text, documents)
	if err != nil {
		return err
	}
	for i := range first {
		first[i].Score = scores[i]
	}
	slices.SortFunc(first, func(a, b retrieval.Hit) int {
		if a.Score == b.Score {
			return cmp.Compare(a.Passage.ID(), b.Passage.ID())
		}
		return cmp.Compare(b.Score, a.Score)
	})
	note(first, hits[len(first):])
	return nil
}

// note writes down the places of those that were asked about, and scores the rest so
// that they come behind.
func note(first, rest []retrieval.Hit) {
	for i := range first {
		if first[i].Places == nil {
			first[i].Places = map[string]retrieval.Place{}
		}
		first[i].Places[EndpointName] = retrieval.Place{Rank: i + 1, Score: first[i].Score}
	}
	least := first[len(first)-1].Score
	for i := range rest {
		rest[i].Score = least - float64(i+1)
	}
}

// request and answer are what goes over the wire.
type request struct {
	Model     string   `json:"model"`
	Query     string   `json:"query"`
	Documents []string `json:"documents"`
	TopN      int      `json:"top_n"`
}

type answer struct {
	Results []struct {
		Index *int     `json:"index"`
		Score *float64 `json:"relevance_score"`
	} `json:"results"`
}

// ask returns the score of each document.
func (e *Endpoint) ask(ctx context.Context, query string, documents []string) ([]float64, error) {
	body, err := json.Marshal(request{Model: e.model, Query: query, Documents: documents, TopN: len(documents)})
	if err != nil {
		return nil, fmt.Errorf("rerank: %w", err)
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.address, bytes.NewReader(body))
	if err != nil {
		return nil, fmt.Errorf("rerank: %w: %w", retrieval.ErrUnavailable, err)
	}
	req.Header.Set("Content-Type", "application/json")
	if e.key != "" {
		req.Header.Set("Authorization", "Bearer "+e.key)
	}
	resp, err := e.doer.Do(req)
	if err != nil {
		return nil, unavailable(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer+1))
	switch {
	case resp.StatusCode >= http.StatusBadRequest:
		return nil, refusal(resp.StatusCode, data)
	case err != nil:
		return nil, unavailable(err)
	case len(data) > maxAnswer:
		return nil, unavailable(fmt.Errorf("an answer of more than %d MiB", maxAnswer>>20))
	}
	return scoresIn(data, len(documents))
}

// scoresIn reads an answer about n documents.
func scoresIn(data []byte, n int) ([]float64, error) {
	var a answer
	if err := json.Unmarshal(data, &a); err != nil {
		return nil, unavailable(fmt.Errorf("its answer is not what the protocol says: %w", err))
	}
	if len(a.Results) != n {
		return nil, unavailable(fmt.Errorf("%d scores for %d documents", len(a.Results), n))
	}
	scores, placed := make([]float64, n), make([]bool, n)
	for _, r := range a.Results {
		if r.Index == nil || *r.Index < 0 || *r.Index >= n || placed[*r.Index] {
			return nil, unavailable(fmt.Errorf("its scores are not numbered 0 to %d", n-1))
		}
		if r.Score == nil {
			return nil, unavailable(fmt.Errorf("document %d has no score", *r.Index))
		}
		scores[*r.Index], placed[*r.Index] = *r.Score, true
	}
	return scores, nil
}

// unavailable wraps what went wrong with the server.
func unavailable(err error) error {
	if errors.Is(err, retrieval.ErrUnavailable) {
		return fmt.Errorf("rerank: %w", err)
	}
	return fmt.Errorf("rerank: %w: %w", retrieval.ErrUnavailable, err)
}

// refusal is the error of a status, with the server's words.
func refusal(status int, body []byte) error {
	kind := retrieval.ErrUnavailable
	if status < http.StatusInternalServerError && status != http.StatusRequestTimeout && status != http.StatusTooManyRequests {
		kind = retrieval.ErrRefused
	}
	words := strings.Join(strings.Fields(strings.ToValidUTF8(string(body), "")), " ")
	if len(words) > maxWords {
		words = strings.ToValidUTF8(words[:maxWords], "") + " …"
	}
	return fmt.Errorf("rerank: %w: %d %s %s", kind, status, http.StatusText(status), words)
}
