package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/cenkalti/backoff/v5"
	"golang.org/x/time/rate"
)

// Client sends requests to a Bot API server. go-telegram/bot streams its bodies
// through a pipe that net/http cannot send again; Client reads each one whole
// first, so that a connection which the server has closed meanwhile is only a
// retry. Safe for concurrent use.
type Client struct {
	log   *slog.Logger
	http  *http.Client
	pace  *rate.Limiter
	slots chan struct{} // taken for each call, until a second after its end
	first time.Duration
}

// Bounds of one request.
const (
	maxRequest  = 1 << 20
	maxResponse = 32 << 20 // 100 updates of the largest kind are far below
	// tries is how often one call is made before the sender, which waits longer
	// and for ever, takes over.
	tries = 3
	// callTimeout is that of one try, a long poll's own time aside.
	callTimeout = 30 * time.Second
)

// slowCall is how long a call may keep others from being made: one that takes
// longer has reached Telegram long ago, or never will.
const slowCall = 2 * time.Second

// NewClient returns a client that makes at most perSecond calls (a whole number)
// in any second, by Telegram's clock, however unevenly they travel. It waits first, then twice as long, before it tries again.
func NewClient(log *slog.Logger, perSecond float64, first time.Duration) *Client {
	return &Client{
		log:   log,
		http:  &http.Client{Transport: http.DefaultTransport.(*http.Transport).Clone()},
		pace:  rate.NewLimiter(rate.Limit(perSecond), 1),
		slots: make(chan struct{}, max(1, int(perSecond))),
		first: first,
	}
}

// Do implements go-telegram/bot's HttpClient. Responses below 500 are returned
// as they are, 429 included: who asked knows which chat has to wait. A 5xx or a
// broken connection is tried again, three times in all; then the error names
// what happened and never the address, which holds the token.
func (c *Client) Do(req *http.Request) (*http.Response, error) {
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	wait := backoff.NewExponentialBackOff()
	wait.InitialInterval = c.first
	return backoff.Retry(req.Context(), func() (*http.Response, error) {
		release, err := c.slot(req.Context())
		if err != nil {
			return nil, backoff.Permanent(err)
		}
		defer release()
		return c.once(req, body, callTimeout)
	}, backoff.WithBackOff(wait), backoff.WithMaxTries(tries))
}

// single makes each call of a Client once: for what must not be said twice.
type single struct{ *Client }

// Do implements go-telegram/bot's HttpClient: with the Client's pace, without its
// retries.
func (s single) Do(req *http.Request) (*http.Response, error) {
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	release, err := s.slot(req.Context())
	if err != nil {
		return nil, err
	}
	defer release()
	return s.once(req, body, callTimeout)
}

// slot waits until one more call may be made. Two calls that have the same slot
// arrive at least a second apart, as the second starts so long after the first
// ended: a limit on when calls start is broken by those that are held up on their
// way and arrive together. They also start evenly: of many that are on their way
// at once, as many are said twice when the process is killed then.
func (c *Client) slot(ctx context.Context) (release func(), err error) {
	select {
	case c.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	var once sync.Once
	free := func() { once.Do(func() { time.AfterFunc(time.Second, func() { <-c.slots }) }) }
	if err := c.pace.Wait(ctx); err != nil {
		free()
		return nil, err
	}
	slow := time.AfterFunc(slowCall, free)
	return func() {
		slow.Stop()
		free()
	}, nil
}

// Busy reports whether the next call would have to wait. What need not be said is
// not said then.
func (c *Client) Busy() bool { return len(c.slots) == cap(c.slots) }

// Poll makes one call that may take as long as hold says, without pace and
// without retry.
func (c *Client) Poll(req *http.Request, hold time.Duration) (*http.Response, error) {
	body, err := readBody(req)
	if err != nil {
		return nil, err
	}
	return c.once(req, body, hold+callTimeout)
}

func (c *Client) once(req *http.Request, body []byte, timeout time.Duration) (*http.Response, error) {
	ctx, cancel := context.WithTimeout(req.Context(), timeout)
	defer cancel()
	try := req.Clone(ctx)
	try.Body = io.NopCloser(bytes.NewReader(body))
	try.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	try.ContentLength = int64(len(body))
	resp, err := c.http.Do(try)
	if err != nil {
		return nil, withoutAddress(err)
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	if err != nil {
		return nil, fmt.Errorf("telegram: reading the answer of the Bot API server: %w", withoutAddress(err))
	}
	if resp.StatusCode >= 500 {
		return nil, fmt.Errorf("telegram: the Bot API server answered %s", resp.Status)
	}
	resp.Body = io.NopCloser(bytes.NewReader(data))
	return resp, nil
}

func readBody(req *http.Request) ([]byte, error) {
	if req.Body == nil {
		return nil, nil
	}
	defer req.Body.Close()
	body, err := io.ReadAll(io.LimitReader(req.Body, maxRequest+1))
	if err != nil {
		return nil, fmt.Errorf("telegram: writing a request: %w", err)
	}
	if len(body) > maxRequest {
		return nil, errors.New("telegram: a request of more than 1 MiB")
	}
	return body, nil
}

// withoutAddress drops the URL from an error of net/http: it holds the token.
func withoutAddress(err error) error {
	var addressed *url.Error
	if errors.As(err, &addressed) {
		return fmt.Errorf("telegram: no answer from the Bot API server: %w", addressed.Err)
	}
	return err
}

// mask hides the token in text that is going to the log or to a person.
func mask(s, token string) string { return strings.ReplaceAll(s, token, "***") }
