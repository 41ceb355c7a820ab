// Package fetch downloads what outlets publish, politely and safely.
//
// # Politely
//
// The bot says who it is, asks a host for one thing at a time and with a pause
// in between, does what robots.txt says (RFC 9309), waits when a server asks it
// to (Retry-After), and does not have sent again what has not changed (ETag,
// Last-Modified).
//
// # Safely
//
// Addresses come from strangers: a feed, a page, a redirect. So an address is
// refused unless it is one of http or https, at a port where news is published,
// with a host that cannot be mistaken for another and that is public. The name
// is looked up once for each connection; every address that the directory
// answers must be one of the Internet, and the connection is made to the very
// address that was checked. All of this holds for every redirect and for
// robots.txt. A host of the user's own network needs its name in
// [Settings].Own, and even then no page from elsewhere can lead there.
//
// What is read is bounded in bytes, as sent and as unpacked, in redirects and in
// time. A body that breaks off before its end is an error, so that half an
// article is never taken for a whole one.
//
// What the servers sent is handed out as it is: packages feed and page read it.
package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"golang.org/x/net/http/httpguts"
)

const (
	// MaxBytes is the longest body that is read unless the request wants less.
	// The longest feeds of outlets that hold whole articles have some 3 MB.
	MaxBytes = 10 << 20
	// MaxTime is how long a request may take with its redirects and robots.txt,
	// without the waits for the host's turn.
	MaxTime = 30 * time.Second
	// MaxRedirects is how many redirects are followed.
	MaxRedirects = 5
	// DefaultPace is the time from one request of a host to the next.
	DefaultPace = time.Second
	// longestWait bounds a Retry-After.
	longestWait = 24 * time.Hour
	// maxHeader bounds the headers of an answer, in bytes.
	maxHeader = 64 << 10
)

// Settings are what [New] needs to know.
type Settings struct {
	// Agent is sent as User-Agent: the product's name, a slash and its version,
	// then in parentheses where an outlet finds out about it: "newsdesk/1.0
	// (+https://desk.example/bot)". The name is what robots.txt is searched for.
	Agent string
	// Pace is the time from the beginning of a request to the next of the same
	// host; 0 is DefaultPace. A longer Crawl-delay, up to a minute, counts.
	Pace time.Duration
	// Proxy is an HTTP proxy ("http://user:password@host:port"); nil is none. It
	// is asked for a tunnel to the address that was checked, so names must be
	// known here too. Hosts of Own are not asked for through it.
	Proxy *url.URL
	// Own are hosts ("name", "name:port", "127.0.0.1:8000", "[::1]:8000") which
	// may be at any address and port; without a port both 80 and 443 are meant.
	Own []string
	// Resolve answers with the addresses of a name; nil asks the system.
	Resolve func(ctx context.Context, name string) ([]netip.Addr, error)
	// Dial connects to an address ("tcp", "192.0.2.1:80"); nil is the network. A
	// test's own makes a network in memory.
	Dial func(ctx context.Context, network, address string) (net.Conn, error)
}

// Client fetches. Safe for concurrent use; one process has one, for the pace
// belongs to it.
type Client struct {
	log       *slog.Logger
	transport *http.Transport
	agent     string
	product   string
	pace      time.Duration
	own       map[string]bool
	ownName   map[string]bool
	hosts     hosts
	robots    robots
}

// New returns a client. The error names the setting that cannot be used.
func New(log *slog.Logger, s Settings) (*Client, error) {
	product, _, _ := strings.Cut(s.Agent, "/")
	if product == "" || strings.IndexFunc(strings.ToLower(product), notToken) >= 0 || !httpguts.ValidHeaderFieldValue(s.Agent) {
		return nil, errors.New("fetch: the user agent must be a name, a slash and a version")
	}
	if s.Proxy != nil && (s.Proxy.Scheme != "http" || s.Proxy.Hostname() == "") {
		return nil, errors.New("fetch: the proxy must be an http:// address")
	}
	own, names, err := readOwn(s.Own)
	if err != nil {
		return nil, err
	}
	c := &Client{
		log: log, agent: s.Agent, product: product, pace: s.Pace, own: own, ownName: names,
		hosts:  hosts{byName: map[string]*host{}},
		robots: robots{byOrigin: map[string]*ruling{}},
	}
	if c.pace <= 0 {
		c.pace = DefaultPace
	}
	c.transport = newTransport(s, own)
	return c, nil
}

func newTransport(s Settings, own map[string]bool) *http.Transport {
	d := &dialer{resolve: s.Resolve, dial: s.Dial, proxy: s.Proxy, own: own}
	if d.resolve == nil {
		d.resolve = resolve
	}
	if d.dial == nil {
		anywhere := len(own) > 0 || s.Proxy != nil // their addresses are known only when they are asked for
		d.dial = direct(func(to netip.AddrPort) bool { return anywhere || isPublic(to.Addr()) })
	}
	return &http.Transport{
		DialContext:            d.DialContext,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // unpacked by readBody, within bounds
		TLSHandshakeTimeout:    connectTime,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           64,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
	}
}

// readOwn returns the hosts as "name:port" and as names.
func readOwn(list []string) (hosts, names map[string]bool, err error) {
	hosts, names = map[string]bool{}, map[string]bool{}
	for _, s := range list {
		u, err := url.Parse("http://" + s)
		if err != nil || u.Host != s || u.Hostname() == "" {
			return nil, nil, errors.New("fetch: own host " + s + ": must be a name or a name and a port")
		}
		name := strings.ToLower(u.Hostname())
		names[name] = true
		if u.Port() != "" {
			hosts[name+":"+u.Port()] = true
			continue
		}
		hosts[name+":80"], hosts[name+":443"] = true, true
	}
	return hosts, names, nil
}

// Close ends the connections that are kept. The client can go on to be used.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// Request is what is to be fetched.
type Request struct {
	// URL is an absolute address.
	URL string
	// ETag and LastModified are those of the last [Response]; empty for none.
	ETag, LastModified string
	// MaxBytes bounds the unpacked body; 0 is the constant of that name.
	MaxBytes int64
}

// Response is what a server sent.
type Response struct {
	// URL is the address that answered, after all redirects.
	URL string
	// Moved is the address that stands for the one asked for from now on, where
	// all redirects up to it were permanent (301, 308); empty when there is none.
	Moved string
	// NotModified says that there is nothing new (304); Body is nil then.
	NotModified bool
	// Body is the unpacked body, in whatever character set.
	Body []byte
	// ContentType is the header of that name, which is often wrong.
	ContentType string
	// ETag and LastModified are for the next request; after a 304 those of the
	// request where the server names none.
	ETag, LastModified string
	// Fresh is how long the server wants its answer to be kept (Cache-Control,
	// Expires); 0 when it says nothing.
	Fresh time.Duration
}

// Get fetches. It waits for the host's turn as long as the context lets it; see
// [MaxTime] for what comes then. The error is an *[Error], or the context's.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	u, refused := parse(r.URL, c.own)
	if refused != nil {
		return Response{}, refused
	}
	t := &trip{left: MaxTime, first: u.Hostname(), permanent: true}
	for range MaxRedirects + 1 {
		delay, err := c.permit(ctx, t, u)
		if err != nil {
			return Response{}, err
		}
		t.delay = delay
		a, failed := c.ask(ctx, t, u, ofRequest(r))
		switch {
		case ctx.Err() != nil && failed != nil:
			return Response{}, ctx.Err()
		case failed != nil:
			return Response{}, failed
		case !a.isRedirect():
			return a.response(r, t, u)
		}
		t.permanent = t.permanent && (a.status == http.StatusMovedPermanently || a.status == http.StatusPermanentRedirect)
		if u, failed = c.next(t, u, a.header); failed != nil {
			return Response{}, failed
		}
		if t.permanent {
			t.moved = u.String()
		}
	}
	return Response{}, &Error{URL: shown(r.URL), Reason: ErrRedirects}
}

// trip is what is known on the way of one request through its redirects.
type trip struct {
	// left is what is left of the time.
	left time.Duration
	// first is the name of the host that was asked for first.
	first string
	// delay is what this hop's robots.txt wants.
	delay     time.Duration
	permanent bool
	moved     string
}

// question is what is sent at each hop.
type question struct {
	accept             string
	etag, lastModified string
	read               func(*http.Response, int64) ([]byte, error)
	limit              int64
}

func ofRequest(r Request) question {
	q := question{
		accept: "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9, application/xml;q=0.9, */*;q=0.5",
		etag:   r.ETag, lastModified: r.LastModified, read: readBody, limit: r.MaxBytes,
	}
	if q.limit <= 0 {
		q.limit = MaxBytes
	}
	return q
}

// ask sends one request in the host's turn and reads the answer.
func (c *Client) ask(ctx context.Context, t *trip, u *url.URL, q question) (answer, *Error) {
	h, err := c.hosts.take(ctx, u.Hostname())
	if err != nil {
		return answer{}, &Error{URL: shown(u.String()), Reason: ErrTooSlow, Detail: "others of the same host come first"}
	}
	defer c.hosts.leave(h)
	now := time.Now()
	if wait := h.until.Sub(now); wait > 0 {
		return answer{}, &Error{URL: shown(u.String()), Reason: ErrBusy, RetryAfter: wait}
	}
	h.next = now.Add(max(c.pace, t.delay))
	a, failed := c.send(ctx, t, u, q)
	t.left -= time.Since(now)
	if failed == nil && (a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable) {
		h.until = time.Now().Add(a.wait)
	}
	c.log.DebugContext(ctx, "fetch", "url", shown(u.String()), "status", a.status, "bytes", len(a.body), "error", failed)
	return a, failed
}

func (c *Client) send(ctx context.Context, t *trip, u *url.URL, q question) (answer, *Error) {
	ctx, cancel := context.WithTimeoutCause(ctx, t.left, errSlow)
	defer cancel()
	ctx = once(ctx)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return answer{}, refuse(u.String(), "it is not an address")
	}
	c.fill(req.Header, q)
	resp, err := c.transport.RoundTrip(req) // no client: each hop is checked by itself
	if err != nil {
		return answer{}, explain(ctx, u, err)
	}
	defer resp.Body.Close()
	a := answer{status: resp.StatusCode, header: resp.Header, wait: waitOf(resp.Header, time.Now())}
	if !a.hasBody() {
		io.CopyN(io.Discard, resp.Body, slack) // a short one is read so that the connection can be kept
		return a, nil
	}
	if a.body, err = q.read(resp, q.limit); err != nil {
		return a, explain(ctx, u, err)
	}
	return a, nil
}

// once returns a context that ends with errTwice before a request is sent again:
// net/http does that, without a pause, when a connection that was kept breaks off
// before an answer.
func once(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancelCause(ctx)
	var sent atomic.Bool
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteHeaders: func() { sent.Store(true) },
		GotConn: func(httptrace.GotConnInfo) {
			if sent.Load() {
				cancel(errTwice)
			}
		},
	})
}

func (c *Client) fill(h http.Header, q question) {
	h.Set("User-Agent", c.agent)
	h.Set("Accept", q.accept)
	h.Set("Accept-Encoding", "gzip, br")
	if q.etag != "" && httpguts.ValidHeaderFieldValue(q.etag) {
		h.Set("If-None-Match", q.etag)
	}
	if q.lastModified != "" && httpguts.ValidHeaderFieldValue(q.lastModified) {
		h.Set("If-Modified-Since", q.lastModified)
	}
}

// next returns where a redirect leads.
func (c *Client) next(t *trip, from *url.URL, header http.Header) (*url.URL, *Error) {
	location := header.Get("Location")
	to, err := from.Parse(location)
	if location == "" || err != nil {
		return nil, &Error{URL: shown(from.String()), Reason: ErrAddress, Detail: "it leads to what is not an address"}
	}
	u, refused := parse(to.String(), c.own)
	if refused != nil {
		return nil, refused
	}
	if c.ownName[u.Hostname()] && u.Hostname() != t.first {
		return nil, refuse(u.String(), "its host is not public, and another host leads there")
	}
	return u, nil
}

var (
	errSlow  = errors.New("fetch: too slow")
	errTwice = errors.New("fetch: the connection was cut")
)

// explain names what net/http and readBody report.
func explain(ctx context.Context, u *url.URL, err error) *Error {
	e := &Error{URL: shown(u.String()), Reason: ErrUnavailable}
	notPublic, isNotPublic := errors.AsType[*errNotPublic](err)
	encoding, isEncoding := errors.AsType[errEncoding](err)
	packed, isPacked := errors.AsType[errPacked](err)
	_, isUntrusted := errors.AsType[*tls.CertificateVerificationError](err)
	_, isNotTLS := errors.AsType[tls.RecordHeaderError](err)
	dns, isDNS := errors.AsType[*net.DNSError](err)
	switch {
	case isNotPublic:
		e.Reason, e.Detail = ErrAddress, notPublic.Error()
	case context.Cause(ctx) == errSlow:
		e.Reason = ErrTooSlow
	case context.Cause(ctx) == errTwice:
		e.Detail = "the connection was cut"
	case errors.Is(err, errLong):
		e.Reason = ErrTooLong
	case isEncoding:
		e.Reason, e.Detail = ErrBroken, encoding.Error()
	case isPacked:
		e.Reason, e.Detail = ErrBroken, packed.Error()
	case isUntrusted:
		e.Detail = "its certificate is not valid: " + err.Error()
	case isNotTLS:
		e.Detail = "it does not speak https"
	case errors.Is(err, syscall.ECONNREFUSED):
		e.Detail = "nobody answers there"
	case isDNS && dns.IsNotFound:
		e.Detail = "there is no such host"
	case errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF):
		e.Detail = "the connection was cut"
	default:
		e.Detail = err.Error()
	}
	return e
}
