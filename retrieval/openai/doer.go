// Package openai speaks to a model server with OpenAI's protocol, hosted or
// local: it embeds texts there ([Embedder]), asks which models it has
// ([Models], [Choose]), and holds the one HTTP client that everything which
// talks to a model server goes through ([Doer]), bot/openai included.
//
// # Design
//
// A [Doer] is what stands between the client library and the network. The
// library itself neither retries nor ends; the Doer tries again what is worth
// it, waits as the server asks, gives up on a server that falls silent, and
// bounds what it reads. Everything above it sees a response or an error and
// never a loop.
//
// What went wrong is told apart in one place, [Explain]: it turns the library's
// errors into the four of package retrieval, with the server's own words.
//
// What a server answers is never believed: vectors are placed by their index,
// counted, checked for length and finite numbers, and brought to norm 1.
//
// No key is ever logged, and one that a server repeats in an error is blotted
// out.
package openai

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/cenkalti/backoff/v5"

	"newsdesk/retrieval"
)

const (
	// tries is the number of attempts in all. With the waits below a server
	// that is down costs about a second and a half before someone else has to
	// write the answer.
	tries     = 3
	firstWait = 500 * time.Millisecond
	// longestWait is the longest Retry-After that is waited for: about as long
	// as a person looks at an empty chat.
	longestWait = 30 * time.Second
	// silence is the longest time without a byte, before the headers and inside
	// the body. A local server sends its first one when it has loaded the
	// model, which from a slow disk takes over a minute.
	silence = 2 * time.Minute

	// maxBody bounds a response. The largest that is meant to be read is a batch
	// of 128 vectors of 4,096 numbers with 20 characters each: 10 MiB.
	maxBody = 64 << 20
	// maxError bounds the body of an error.
	maxError = 64 << 10
	// maxRequest bounds the body of a request that has to be kept for a replay.
	maxRequest = 64 << 20
)

var (
	errSilent  = fmt.Errorf("no byte for %v", silence)
	errTooLong = fmt.Errorf("the answer is longer than %d MiB", maxBody>>20)
)

// Doer sends requests to a model server. It is the HTTPDoer of the client
// library for embeddings and for chat. Safe for concurrent use.
//
// A request is tried up to three times: after a connection that failed, and
// after 408, 429 and 5xx, as long as nothing of a good response was handed out.
// Between tries it waits half a second, doubling, or as long as Retry-After
// says (seconds or a date). If that is over 30 seconds, or ends after the
// context's deadline, it gives up at once. An attempt also ends when the server
// says nothing for two minutes, in the middle of a body too; that is not tried
// again. How long everything may take is the context's business.
type Doer struct {
	log    *slog.Logger
	client *http.Client
}

// NewDoer returns a Doer that sends through transport: http.DefaultTransport
// outside of tests.
func NewDoer(log *slog.Logger, transport http.RoundTripper) *Doer {
	return &Doer{log: log, client: &http.Client{Transport: transport}}
}

// Do sends req, whose body it reads and closes. The caller closes the body of
// the response. A response of a status of 400 or more is returned like any
// other, after the last try; its body is then at most 64 KiB. Errors wrap
// retrieval.ErrUnavailable, or are the context's.
func (d *Doer) Do(req *http.Request) (*http.Response, error) {
	if req.URL.Scheme != "http" && req.URL.Scheme != "https" {
		return nil, fmt.Errorf("openai: %w: the base URL %q begins with neither http:// nor https://", retrieval.ErrUnavailable, where(req))
	}
	body, err := replayable(req)
	if err != nil {
		return nil, err
	}
	resp, err := d.retry(req, body)
	var failed *statusError
	switch {
	case errors.As(err, &failed):
		return failed.response, nil
	case err == nil:
		return resp, nil
	case req.Context().Err() != nil:
		return nil, req.Context().Err()
	}
	return nil, fmt.Errorf("openai: %w: %s %s: %w", retrieval.ErrUnavailable, req.Method, where(req), err)
}

func (d *Doer) retry(req *http.Request, body func() io.ReadCloser) (*http.Response, error) {
	waits := backoff.NewExponentialBackOff()
	waits.InitialInterval = firstWait
	waits.Multiplier = 2
	return backoff.Retry(req.Context(),
		func() (*http.Response, error) { return d.attempt(req, body) },
		backoff.WithBackOff(waits),
		backoff.WithMaxTries(tries),
		backoff.WithMaxElapsedTime(0),
		backoff.WithNotify(func(err error, wait time.Duration) {
			d.log.InfoContext(req.Context(), "model server: trying again",
				"method", req.Method, "url", where(req), "wait", wait.Round(time.Millisecond), "error", err)
		}))
}

// where is the address without what may be secret in it.
func where(req *http.Request) string {
	return req.URL.Scheme + "://" + req.URL.Host + req.URL.Path
}

// replayable returns what gives req's body again and again, and closes the one
// that req has.
func replayable(req *http.Request) (func() io.ReadCloser, error) {
	if req.Body == nil || req.Body == http.NoBody {
		return func() io.ReadCloser { return http.NoBody }, nil
	}
	defer req.Body.Close()
	data, err := io.ReadAll(io.LimitReader(req.Body, maxRequest+1))
	if err != nil {
		return nil, fmt.Errorf("openai: reading the request: %w", err)
	}
	if len(data) > maxRequest {
		return nil, fmt.Errorf("openai: a request of more than %d MiB", maxRequest>>20)
	}
	return func() io.ReadCloser { return io.NopCloser(bytes.NewReader(data)) }, nil
}

// attempt sends req once. The error is a *statusError if the server answered
// and it is worth trying again.
func (d *Doer) attempt(req *http.Request, body func() io.ReadCloser) (*http.Response, error) {
	ctx, cancel := context.WithCancelCause(req.Context())
	quiet := time.AfterFunc(silence, func() { cancel(errSilent) })
	once := req.Clone(ctx)
	once.Body = body()
	once.GetBody = func() (io.ReadCloser, error) { return body(), nil } // for redirects
	resp, err := d.client.Do(once)
	quiet.Stop()
	if err != nil {
		err = attemptError(ctx, err)
		cancel(nil)
		return nil, err
	}
	resp.Body = &watchedBody{body: resp.Body, ctx: ctx, cancel: cancel, quiet: quiet, left: maxBody}
	if resp.StatusCode < http.StatusBadRequest {
		return resp, nil
	}
	keepError(req, resp)
	return judge(ctx, resp)
}

// attemptError strips err of the address, which may hold a secret, and makes
// silence final: another try would queue behind the one that the server is
// still busy with.
func attemptError(ctx context.Context, err error) error {
	if context.Cause(ctx) == errSilent {
		return backoff.Permanent(errSilent)
	}
	if addressed, ok := errors.AsType[*url.Error](err); ok {
		return addressed.Err
	}
	return err
}

// keepError reads the body of an error into memory, so that the connection is
// free for the next try, and blots out the key in it.
func keepError(req *http.Request, resp *http.Response) {
	// A body that breaks off is as good as what came of it.
	words, _ := io.ReadAll(io.LimitReader(resp.Body, maxError))
	resp.Body.Close()
	if key := strings.TrimPrefix(req.Header.Get("Authorization"), "Bearer "); key != "" {
		words = bytes.ReplaceAll(words, []byte(key), []byte("[key]"))
	}
	resp.Body = io.NopCloser(bytes.NewReader(words))
	resp.ContentLength = int64(len(words))
}

// judge returns resp itself when its status is final, and otherwise an error
// that says when to try again.
func judge(ctx context.Context, resp *http.Response) (*http.Response, error) {
	if !passing(resp.StatusCode) {
		return resp, nil
	}
	failed := &statusError{response: resp}
	wait, ok := retryAfter(resp.Header.Get("Retry-After"), time.Now())
	if !ok {
		return nil, failed
	}
	bound := longestWait
	if deadline, ok := ctx.Deadline(); ok {
		bound = min(bound, time.Until(deadline))
	}
	if wait > bound {
		return nil, backoff.Permanent(fmt.Errorf("%s; it asks to wait %v, which is too long", said(resp), wait))
	}
	failed.wait = &backoff.RetryAfterError{Duration: wait}
	return nil, failed
}

// said is the status with the server's words. It leaves the body unread.
func said(resp *http.Response) string {
	body, _ := io.ReadAll(resp.Body) // in memory, see keepError
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return withStatus(resp.StatusCode, words(body))
}

// passing reports whether a status may be another one in a moment.
func passing(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusTooManyRequests:
		return true
	case http.StatusNotImplemented, http.StatusHTTPVersionNotSupported:
		return false
	}
	return status >= http.StatusInternalServerError
}

// retryAfter reads the header of that name: seconds, or the time of a date from
// now. A negative time is none.
func retryAfter(header string, now time.Time) (wait time.Duration, ok bool) {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseFloat(header, 64); err == nil {
		if !(seconds >= 0) {
			return 0, false
		}
		return time.Duration(min(seconds, 1e6) * float64(time.Second)), true
	}
	at, err := http.ParseTime(header)
	if err != nil {
		return 0, false
	}
	return max(0, at.Sub(now)), true
}

// statusError is a response that is worth another try; it is the last word when
// there is none.
type statusError struct {
	response *http.Response
	wait     *backoff.RetryAfterError // nil when the server named no time
}

func (e *statusError) Error() string { return said(e.response) }

// Unwrap shows the server's wait to the backoff package.
func (e *statusError) Unwrap() error {
	if e.wait == nil {
		return nil
	}
	return e.wait
}

// watchedBody is a response's body that ends with an error when it gets too
// long or the server falls silent.
type watchedBody struct {
	body   io.ReadCloser
	ctx    context.Context // of the attempt
	cancel context.CancelCauseFunc
	quiet  *time.Timer
	left   int64
}

// Read implements io.Reader. The time in which the caller reads nothing does not
// count as silence.
func (b *watchedBody) Read(p []byte) (int, error) {
	b.quiet.Reset(silence)
	defer b.quiet.Stop()
	n, err := b.body.Read(p)
	if b.left -= int64(n); b.left < 0 {
		return 0, errTooLong
	}
	if err != nil && context.Cause(b.ctx) == errSilent {
		err = errSilent
	}
	return n, err
}

// Close ends the attempt.
func (b *watchedBody) Close() error {
	b.quiet.Stop()
	b.cancel(nil)
	return b.body.Close()
}
