package openai

import (
	"bytes"
	"fmt"
	"io"
	"math"
	"net/http"

	api "github.com/sashabaranov/go-openai"
)

// lowest stands for temperature 0, which the library leaves out of a request.
const lowest = math.SmallestNonzeroFloat32

// As JSON: what the library makes of lowest, and what is meant. Inside a text
// the quotation marks are escaped, so the first is only ever the request's own.
var (
	standIn = []byte(`"temperature":1e-45`)
	zero    = []byte(`"temperature":0`)
)

// greedy sends temperature 0 where lowest was set. Servers that divide by the
// temperature make infinities of 1e-45; 0 is what they know as "no chance".
type greedy struct{ doer api.HTTPDoer }

// Do sends a request like req.
func (g greedy) Do(req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		return g.doer.Do(req)
	}
	defer req.Body.Close()
	body, err := io.ReadAll(req.Body) // it is in memory already
	if err != nil {
		return nil, fmt.Errorf("openai: reading the request: %w", err)
	}
	body = bytes.Replace(body, standIn, zero, 1)
	sent := req.Clone(req.Context())
	sent.Body = io.NopCloser(bytes.NewReader(body))
	sent.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	sent.ContentLength = int64(len(body))
	return g.doer.Do(sent)
}
