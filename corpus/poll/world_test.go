package poll

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/netip"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/fetch/fetchtest"
	"newsdesk/corpus/store"
)

// web is the Internet in memory: hosts with handlers of their own. Nothing of it
// touches a real network.
type web struct {
	t     testing.TB
	mu    sync.Mutex
	hosts map[string]http.Handler
	ips   map[string]netip.Addr
	// Listener is where all hosts are.
	*fetchtest.Listener
	// asked are the requests but those of robots.txt: "host/path" and, where it
	// was conditional, " if".
	asked []string
}

func newWeb(t testing.TB) *web {
	w := &web{
		t: t, hosts: map[string]http.Handler{}, ips: map[string]netip.Addr{},
		Listener: fetchtest.Listen(),
	}
	server := fetchtest.NewServer(w)
	go server.Serve(w.Listener)
	t.Cleanup(func() { server.Close() })
	return w
}

// host serves at a name.
func (w *web) host(name string, h http.Handler) {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := len(w.ips) + 1
	w.hosts[name] = h
	w.ips[name] = netip.AddrFrom4([4]byte{93, 184, byte(n >> 8), byte(n)})
}

func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	h := w.hosts[r.Host]
	if r.URL.Path != "/robots.txt" {
		line := r.Host + r.URL.RequestURI()
		if r.Header.Get("If-None-Match") != "" || r.Header.Get("If-Modified-Since") != "" {
			line += " if"
		}
		w.asked = append(w.asked, line)
	}
	w.mu.Unlock()
	h.ServeHTTP(rw, r)
}

// takeAsked returns the requests since it was last called.
func (w *web) takeAsked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	asked := w.asked
	w.asked = nil
	return asked
}

func (w *web) resolve(_ context.Context, name string) ([]netip.Addr, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	ip, ok := w.ips[name]
	if !ok {
		return nil, fetchtest.NoSuchHost(name)
	}
	return []netip.Addr{ip}, nil
}

// desk is a poller over a web and a store of its own.
type desk struct {
	*Poller
	t      testing.TB
	web    *web
	corpus *corpus.Corpus
	client *fetch.Client
}

func newDesk(t testing.TB, w *web, s Settings) *desk {
	t.Helper()
	return deskAt(t, w, s, filepath.Join(t.TempDir(), "newsdesk.db"))
}

func deskAt(t testing.TB, w *web, s Settings, file string) *desk {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	ctx := context.Background()
	db, err := store.Open(ctx, log, file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c, err := corpus.New(ctx, log, db, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	client, err := fetch.New(log, fetch.Settings{Agent: "newsdesk/1.0", Pace: time.Millisecond, Resolve: w.resolve, Dial: w.Dial})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	if s.Jitter == nil {
		s.Jitter = func() float64 { return 0.5 }
	}
	p, err := New(ctx, log, db, c, client.Get, s)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{Poller: p, t: t, web: w, corpus: c, client: client}
}

// subscribe enters an outlet with a feed at its host.
func (d *desk) subscribe(name, host string) {
	d.t.Helper()
	_, err := d.Subscribe(context.Background(), Found{Name: name, Feed: "http://" + host + "/feed", Home: "http://" + host + "/"})
	if err != nil {
		d.t.Fatal(err)
	}
}

// round makes one and returns the sum of its events.
func (d *desk) round() Event {
	d.t.Helper()
	var all Event
	err := d.Round(context.Background(), func(e Event) {
		all.New, all.Changed, all.Withdrawn, all.Same = all.New+e.New, all.Changed+e.Changed, all.Withdrawn+e.Withdrawn, all.Same+e.Same
		all.Unreadable, all.Later = all.Unreadable+e.Unreadable, all.Later+e.Later
		if e.Problem != "" {
			all.Problem += e.Outlet + ": " + e.Problem + "\n"
		}
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// held returns all articles.
func (d *desk) held() []corpus.Article {
	d.t.Helper()
	list, err := d.corpus.List(context.Background(), corpus.Filter{})
	if err != nil {
		d.t.Fatal(err)
	}
	return list
}

func (d *desk) outlet(name string) Outlet {
	d.t.Helper()
	o, err := d.Outlet(context.Background(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	return o
}

// paper is an outlet's server. Its fields may be changed between requests.
type paper struct {
	mu       sync.Mutex
	host     string
	title    string
	stories  []*story
	feedType string
	// before answers a request instead of the paper; nil or false for not.
	before func(w http.ResponseWriter, r *http.Request) bool
	// head is put into the feed's channel.
	head string
}

// story is an article of a paper.
type story struct {
	path, title, author, text, summary string
	// content is the text in the feed; empty for none.
	content   string
	published time.Time
	// status is that of the page; 0 is 200. canonical and extra go into its head.
	status           int
	canonical, extra string
	// link is the item's address where it is not the page's.
	link string
}

func newPaper(w *web, host, title string, stories ...*story) *paper {
	p := &paper{host: host, title: title, stories: stories}
	w.host(host, p)
	return p
}

// change is for the fields of a paper or its stories.
func (p *paper) change(f func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	f()
}

func (p *paper) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.before != nil && p.before(w, r) {
		return
	}
	switch {
	case r.URL.Path == "/feed":
		reply(w, r, "application/rss+xml", p.feed())
		return
	case r.URL.Path == "/":
		reply(w, r, "text/html", fmt.Sprintf(`<html><head><title>%s</title><meta property="og:site_name" content="%[1]s">
			<link rel="alternate" type="application/rss+xml" href="/feed" title="All"></head><body><h1>%[1]s</h1></body></html>`, p.title))
		return
	}
	for _, s := range p.stories {
		if s.path != r.URL.Path {
			continue
		}
		if s.status != 0 {
			w.WriteHeader(s.status)
			return
		}
		reply(w, r, "text/html; charset=utf-8", s.page(p.title))
		return
	}
	http.NotFound(w, r)
}

// reply answers with a body and its ETag, or 304.
func reply(w http.ResponseWriter, r *http.Request, contentType, body string) {
	tag := fmt.Sprintf(`"%x"`, sum(body))
	w.Header().Set("ETag", tag)
	if r.Header.Get("If-None-Match") == tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	w.Header().Set("Content-Type", contentType)
	io.WriteString(w, body)
}

func (p *paper) feed() string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
		<title>%s</title><link>http://%s/</link><language>en</language>%s`, p.title, p.host, p.head)
	for _, s := range p.stories {
		link := or(s.link, "http://"+p.host+s.path)
		fmt.Fprintf(&b, "<item><title>%s</title><link>%s</link><description>%s</description>", s.title, link, s.summary)
		if s.content != "" {
			fmt.Fprintf(&b, "<content:encoded><![CDATA[%s]]></content:encoded>", paragraphs(s.content))
		}
		if !s.published.IsZero() {
			fmt.Fprintf(&b, "<pubDate>%s</pubDate>", s.published.Format(time.RFC1123Z))
		}
		b.WriteString("</item>")
	}
	return b.String() + "</channel></rss>"
}

func (s *story) page(site string) string {
	head := s.extra
	if s.canonical != "" {
		head += fmt.Sprintf(`<link rel="canonical" href="%s">`, s.canonical)
	}
	return fmt.Sprintf(`<html lang="en"><head><title>%[1]s</title><meta property="og:type" content="article">
		<meta property="og:site_name" content="%[2]s"><meta name="author" content="%[3]s">%[4]s</head>
		<body><nav><a href="/">Home</a></nav><article><h1>%[1]s</h1>%[5]s</article><footer>All rights reserved.</footer></body></html>`,
		s.title, site, s.author, head, paragraphs(s.text))
}

func paragraphs(text string) string {
	return "<p>" + strings.ReplaceAll(text, "\n\n", "</p><p>") + "</p>"
}

// tale is the nth story, with a text of its own.
func tale(n int) *story {
	return &story{
		path: fmt.Sprintf("/news/%d", n), title: fmt.Sprintf("Ferry number %d sails", n), author: "Marta Lindqvist",
		text: taleText(n, "in the morning"), summary: fmt.Sprintf("Ferry number %d has left the harbour.", n),
		published: time.Now().Add(-time.Duration(n) * time.Hour).UTC().Truncate(time.Second),
	}
}

func taleText(n int, when string) string {
	return fmt.Sprintf("Ferry number %[1]d left the harbour of Kestrel Bay %[2]s with %[3]d people on board, as the board had promised in the spring of last year.\n\n"+
		"“We have waited for this for %[1]d years,” said Jonas Achterberg, who runs the line, when the ropes were cast off at pier %[1]d and the crowd began to cheer.\n\n"+
		"The council of Oldmarket still argues about the fare. A ticket costs %[4]d crowns now, and children travel free until the end of the summer.",
		n, when, 100+n, 10+n)
}

// urls are the addresses of articles, sorted.
func urls(list []corpus.Article) []string {
	var all []string
	for _, a := range list {
		all = append(all, a.URL)
	}
	slices.Sort(all)
	return all
}
