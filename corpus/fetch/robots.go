package fetch

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

const (
	// rulesAge is how long a robots.txt is used: RFC 9309 allows a day.
	rulesAge = 24 * time.Hour
	// unreachableAge is how long everything counts as forbidden where robots.txt
	// could not be read.
	unreachableAge = 10 * time.Minute
	// maxRulings and maxRulesBytes bound what is remembered of all hosts.
	maxRulings    = 8192
	maxRulesBytes = 32 << 20
	// robotsRedirects is how many redirects of a robots.txt are followed; the RFC
	// wants five at least.
	robotsRedirects = 5
	// robotsTime bounds the reading of one.
	robotsTime = 10 * time.Second
	// longestDelay bounds the Crawl-delay that is kept: there are files that name
	// days.
	longestDelay = time.Minute
)

// robots remembers the rules of origins ("https://host:port").
type robots struct {
	mu       sync.Mutex
	byOrigin map[string]*ruling
	bytes    int
}

// ruling is what one origin says. Its fields but turn and size belong to whoever
// holds the turn.
type ruling struct {
	turn  chan struct{}
	size  int // guarded by robots.mu
	rules rules
	// failed is why robots.txt could not be read; nil where it could, or where
	// there is none.
	failed *Error
	until  time.Time
}

// permit reports whether the page may be asked for, and how long the outlet
// wants us to wait between two requests. The error is an *Error or the context's.
func (c *Client) permit(ctx context.Context, t *trip, u *url.URL) (time.Duration, error) {
	r := c.robots.of(u.Scheme + "://" + u.Host)
	select {
	case r.turn <- struct{}{}:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	defer func() { <-r.turn }()
	if !time.Now().Before(r.until) {
		if err := c.renew(ctx, t, r, u); err != nil {
			return 0, err
		}
	}
	switch {
	case r.failed != nil:
		left := time.Until(r.until)
		return 0, &Error{URL: shown(u.String()), Reason: r.failed.Reason, Status: r.failed.Status, RetryAfter: left, Detail: r.why()}
	case !r.rules.allow(u):
		return 0, &Error{URL: shown(u.String()), Reason: ErrRobots}
	}
	return min(r.rules.delay, longestDelay), nil
}

// why is why nothing is asked for where robots.txt could not be read. Of a server
// that did not answer at all there is nothing to say about that file.
func (r *ruling) why() string {
	if r.failed.Status == 0 && r.failed.Reason == ErrUnavailable {
		return r.failed.Detail
	}
	return strings.TrimSuffix("its robots.txt cannot be read, so that we do not know whether we may; "+r.failed.Detail, "; ")
}

// renew reads the robots.txt of u's origin. The error is the context's.
func (c *Client) renew(ctx context.Context, t *trip, r *ruling, u *url.URL) error {
	found, failed := c.readRules(ctx, t, u)
	if err := ctx.Err(); err != nil {
		return err
	}
	r.rules, r.failed = found, failed
	r.until = time.Now().Add(rulesAge)
	if failed != nil {
		r.until = time.Now().Add(max(unreachableAge, failed.RetryAfter))
	}
	c.robots.count(r, found.size())
	return nil
}

// readRules fetches a robots.txt. 4xx means that there is none.
func (c *Client) readRules(ctx context.Context, t *trip, u *url.URL) (rules, *Error) {
	to := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	robotsTrip := &trip{left: min(t.left, robotsTime), first: t.first}
	defer func() { t.left -= max(0, min(t.left, robotsTime)-robotsTrip.left) }()
	for range robotsRedirects + 1 {
		a, err := c.ask(ctx, robotsTrip, to, question{accept: "text/plain, */*;q=0.1", read: readStart, limit: maxRobots})
		if err != nil {
			return rules{}, err
		}
		switch {
		case a.isRedirect():
			if to, err = c.next(robotsTrip, to, a.header); err != nil {
				return rules{}, err
			}
		case a.status == http.StatusTooManyRequests || a.status >= 500:
			return rules{}, a.err(to)
		case a.status >= 400:
			return rules{}, nil
		default:
			return parseRules(a.body, c.product), nil
		}
	}
	return rules{}, nil // as if there were none (RFC 9309, 2.3.1.2)
}

// of returns the ruling of an origin, a new one if it is not known.
func (r *robots) of(origin string) *ruling {
	r.mu.Lock()
	defer r.mu.Unlock()
	known := r.byOrigin[origin]
	if known == nil {
		known = &ruling{turn: make(chan struct{}, 1)}
		r.byOrigin[origin] = known
		r.makeRoom(known)
	}
	return known
}

// count keeps the sum of all sizes.
func (r *robots) count(known *ruling, size int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.bytes += size - known.size
	known.size = size
	r.makeRoom(known)
}

// makeRoom forgets rulings, whichever comes first, but not keep. What is
// forgotten is read again when it is needed.
func (r *robots) makeRoom(keep *ruling) {
	for origin, known := range r.byOrigin {
		if len(r.byOrigin) <= maxRulings && r.bytes <= maxRulesBytes {
			return
		}
		if known != keep {
			r.bytes -= known.size
			known.size = 0
			delete(r.byOrigin, origin)
		}
	}
}
