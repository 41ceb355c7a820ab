package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// gazette plays one outlet: a home page that names its feed, the feed, and pages.
type gazette struct {
	*httptest.Server
	// articles is how many it has published; broken has it answer 500.
	articles atomic.Int64
	broken   atomic.Bool
	// hangs has it never answer; hanging counts those who wait.
	hangs   atomic.Bool
	hanging atomic.Int64
	// asked counts requests.
	asked atomic.Int64
}

func newGazette(t *testing.T) *gazette {
	t.Helper()
	g := &gazette{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", g.home)
	mux.HandleFunc("GET /feed", g.feed)
	mux.HandleFunc("GET /news/{n}", g.article)
	mux.HandleFunc("GET /paid", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, archived(t, "testdata/read.txtar")["paid.html"])
	})
	g.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		g.asked.Add(1)
		if g.hangs.Load() {
			g.hanging.Add(1)
			<-r.Context().Done()
			return
		}
		if g.broken.Load() {
			http.Error(w, "no", http.StatusInternalServerError)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(g.Close)
	g.articles.Store(2)
	return g
}

func (g *gazette) home(w http.ResponseWriter, _ *http.Request) {
	fmt.Fprint(w, `<html><head><title>Kestrel Bay Gazette</title><meta property="og:site_name" content="Kestrel Bay Gazette">
<link rel="alternate" type="application/rss+xml" title="Everything" href="/feed"></head><body><p>News of the bay.</p></body></html>`)
}

func (g *gazette) feed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(w, `<rss version="2.0"><channel><title>Kestrel Bay Gazette</title><link>%s/</link><language>en</language>`, g.URL)
	for n := range g.articles.Load() {
		fmt.Fprintf(w, `<item><title>Pier report number %d</title><link>%s/news/%d</link><pubDate>%s</pubDate></item>`,
			n+1, g.URL, n+1, time.Date(2026, 3, int(n)+1, 9, 0, 0, 0, time.UTC).Format(time.RFC1123Z))
	}
	fmt.Fprint(w, `</channel></rss>`)
}

func (g *gazette) article(w http.ResponseWriter, r *http.Request) {
	n := r.PathValue("n")
	fmt.Fprintf(w, `<html lang="en"><head><title>Pier report number %[1]s</title><meta property="og:type" content="article">
<meta property="og:site_name" content="Kestrel Bay Gazette"><meta property="article:published_time" content="2026-03-0%[1]sT09:00:00Z">
</head><body><article><h1>Pier report number %[1]s</h1>
<p>The harbour office of Kestrel Bay counted %[1]s7 cracked planks on the old pier this week, and wants them replaced before the summer season begins in earnest.</p>
<p>Its engineer, Runa Veldt, said that the planks of stretch %[1]s were laid in 1987 and had outlived what anybody had expected of them at the time.</p>
<p>The council decides about the money next month. The last repair had cost 61,000 crowns, paid from the fund for storms.</p></article></body></html>`, n)
}

// on returns a command's words with the settings that let it read this outlet.
func (g *gazette) on(args ...string) []string {
	return append([]string{"--own-hosts", strings.TrimPrefix(g.URL, "http://"), "--outlet-pace", "1ms"}, args...)
}

func TestOutlets(t *testing.T) {
	g := newGazette(t)
	dir := filepath.Join(t.TempDir(), "data")
	do := func(args ...string) result { t.Helper(); return quietly(t, dir, g.on(args...)...) }

	if r := do("outlets"); r.code != exitDone || r.out != "" || !strings.Contains(r.err, "outlets add") {
		t.Errorf("without outlets: %+v", r)
	}
	// What was found is shown; without --yes nobody is asked and nothing stored.
	if r := do("outlets", "add", g.URL); r.code != exitFailed || !strings.Contains(r.err, "--yes") {
		t.Errorf("without --yes: %+v", r)
	}
	r := do("outlets", "add", "--yes", g.URL).must(t)
	for _, part := range []string{"Kestrel Bay Gazette\n", g.URL + "/feed\n", "2 articles, the newest of 2026-03-02", "• Pier report number 1", "is read from now on"} {
		if !strings.Contains(r.out, part) {
			t.Errorf("%q is not in\n%s", part, r.out)
		}
	}
	if r := do("outlets", "add", "--yes", g.URL); r.code != exitFailed || !strings.Contains(r.err, "read already") {
		t.Errorf("a second time: %+v", r)
	}
	o := g.shown(t, dir, "Kestrel Bay Gazette")
	if o.Feed != g.URL+"/feed" || o.State != "active" || o.Articles != 0 || o.Newest != "" || o.Polled != "" {
		t.Errorf("%+v", o)
	}

	r = do("poll", "--once").must(t)
	if r.out != "1 outlet read: 2 new\n" || !strings.Contains(r.err, "Kestrel Bay Gazette: 2 new\n") {
		t.Errorf("%+v", r)
	}
	articles := listed(t, do("articles", "--json"))
	if len(articles) != 2 || articles[0].Outlet != "Kestrel Bay Gazette" || articles[0].Published != "2026-03-02" {
		t.Errorf("%+v", articles)
	}
	// What was read can be asked about at once.
	if r := do("ask", "How many cracked planks did the harbour office count on the old pier?"); !strings.Contains(r.out, "Gazette · ") {
		t.Errorf("%+v", r)
	}
	if r := do("poll", "--once").must(t); r.out != "1 outlet read: nothing new\n" {
		t.Errorf("%+v", r)
	}
	if r := do("outlets").must(t); !strings.HasPrefix(r.out, "outlet ") || !strings.Contains(r.out, "Kestrel Bay Gazette  2         2026-03-02  active") {
		t.Errorf("%s", r.out)
	}

	// A broken outlet is named with what is wrong.
	g.broken.Store(true)
	if r := do("poll", "--once").must(t); !strings.Contains(r.out, "1 of them failed") || !strings.HasPrefix(r.err, "Kestrel Bay Gazette: ") || !strings.Contains(r.err, "cannot be reached or fails") || !strings.Contains(r.err, "500") {
		t.Errorf("%+v", r)
	}
	if o := g.shown(t, dir, "kestrel bay gazette"); o.Failures != 1 || !strings.Contains(o.Problem, "500") || o.Articles != 2 {
		t.Errorf("%+v", o)
	}
	g.broken.Store(false)

	do("outlets", "pause", "Kestrel Bay Gazette").must(t)
	asked := g.asked.Load()
	do("poll", "--once").must(t)
	if g.asked.Load() != asked {
		t.Error("a paused outlet was read")
	}
	do("outlets", "resume", "Kestrel Bay Gazette").must(t)
	do("outlets", "keep", "Kestrel Bay Gazette", "--days", "90", "--articles", "500").must(t)
	do("outlets", "rename", "Kestrel Bay Gazette", "The Gazette").must(t)
	if r := do("outlets", "rename", "The Gazette", " "); r.code != exitFailed || !strings.Contains(r.err, `The Gazette cannot be called " "`) {
		t.Errorf("%+v", r)
	}
	if o := g.shown(t, dir, "The Gazette"); o.KeepDays != 90 || o.KeepArticles != 500 || o.State != "active" {
		t.Errorf("%+v", o)
	}
	for _, args := range [][]string{{"show", "Nobody"}, {"pause", "Nobody"}, {"remove", "Nobody"}, {"rename", "Nobody", "Somebody"}, {"keep", "Nobody"}} {
		if r := do(append([]string{"outlets"}, args...)...); r.code != exitFailed || !strings.Contains(r.err, "Nobody: there is no such outlet") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	if r := do("outlets", "remove", "The Gazette").must(t); !strings.Contains(r.out, "its articles are kept") {
		t.Errorf("%+v", r)
	}
	if got := listed(t, do("articles", "--json")); len(got) != 2 {
		t.Errorf("%d articles are left", len(got))
	}
}

// shown returns what “outlets show --json” says.
func (g *gazette) shown(t *testing.T, dir, name string) outletJSON {
	t.Helper()
	r := quietly(t, dir, g.on("outlets", "show", "--json", name)...).must(t)
	var o outletJSON
	if err := json.Unmarshal([]byte(r.out), &o); err != nil {
		t.Fatal(err)
	}
	person := quietly(t, dir, g.on("outlets", "show", name)...).must(t)
	if !strings.Contains(person.out, o.Feed) {
		t.Errorf("a person does not see the feed:\n%s", person.out)
	}
	return o
}

// At a terminal it is asked, and no is no.
func TestOutletsAsks(t *testing.T) {
	g := newGazette(t)
	dir := filepath.Join(t.TempDir(), "data")
	for _, c := range []struct {
		answer string
		added  bool
	}{{"n\n", false}, {"", false}, {"perhaps\nno\n", false}, {"what?\ny\n", true}} {
		var out, said bytes.Buffer
		args := append([]string{"--data", dir}, g.on("outlets", "add", g.URL)...)
		s := &streams{In: strings.NewReader(c.answer), Out: &out, Err: &said, Interactive: true}
		if code := run(t.Context(), args, nil, s); code != exitDone || !strings.Contains(out.String(), "Add it?") {
			t.Errorf("%q: exit %d\n%s%s", c.answer, code, out.String(), said.String())
		}
		r := quietly(t, dir, g.on("outlets", "list", "--json")...).must(t)
		if (r.out != "") != c.added {
			t.Errorf("%q: %s", c.answer, r.out)
		}
	}
}

func TestOPML(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	file := write(t, "feeds.opml", `<opml version="2.0"><body>
<outline text="Bay"><outline text="Harbour Herald" xmlUrl="https://www.harbour-herald.example/feed" htmlUrl="https://www.harbour-herald.example/"/>
<outline xmlUrl="https://www.radio-solana.example/rss"/></outline>
<outline text="harbour herald" xmlUrl="https://other.example/feed"/></body></opml>`)
	r := quietly(t, dir, "outlets", "import", file)
	if r.code != exitFailed || !strings.Contains(r.out, "2 new outlets, 0 read already") || !strings.Contains(r.err, "other.example/feed") || !strings.Contains(r.err, "name is in use") {
		t.Errorf("%+v", r)
	}
	out := filepath.Join(t.TempDir(), "mine.opml")
	quietly(t, dir, "outlets", "export", out).must(t)
	if r := quietly(t, dir, "outlets", "export", out); r.code != exitFailed || !strings.Contains(r.err, "exists") {
		t.Errorf("%+v", r)
	}
	text, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if r := quietly(t, dir, "outlets", "export").must(t); r.out != string(text) || !strings.Contains(r.out, "radio-solana.example") {
		t.Errorf("%s", r.out)
	}
	if r := quietly(t, dir, "outlets", "import", out).must(t); !strings.Contains(r.out, "0 new outlets, 2 read already") {
		t.Errorf("%+v", r)
	}
	other := filepath.Join(t.TempDir(), "data")
	quietly(t, other, "outlets", "import", out).must(t)
	if a, b := quietly(t, dir, "outlets").must(t), quietly(t, other, "outlets").must(t); a.out != b.out {
		t.Errorf("%s became %s", a.out, b.out)
	}
	wrong := quietly(t, dir, "outlets", "import", write(t, "wrong.opml", `<opml><body><outline text="Old Wire" xmlUrl="ftp://wire.example/feed"/><outline text="Tidings" xmlUrl="https://tidings.example/feed"/></body></opml>`))
	if wrong.code != exitFailed || !strings.Contains(wrong.out, "1 new outlet, 0 read already") || !strings.Contains(wrong.err, "Old Wire (ftp://wire.example/feed): the address of the feed is not an http or https address") {
		t.Errorf("%+v", wrong)
	}
	bad := quietly(t, dir, "outlets", "import", write(t, "bad.opml", "no list"))
	if bad.code != exitFailed || !strings.Contains(bad.err, "bad.opml: this is not a list of feeds") {
		t.Errorf("%+v", bad)
	}
}

func TestBadOutlets(t *testing.T) {
	g := newGazette(t)
	dir := filled(t)
	for _, c := range []struct {
		args []string
		says []string
	}{
		{[]string{"outlets", "add", "--yes", g.URL + "/nothing"}, []string{g.URL + "/nothing", "not there"}},
		{[]string{"outlets", "add", "--yes", "http://127.0.0.1:1/"}, []string{"http://127.0.0.1:1/", "refused"}},
		{[]string{"outlets", "add", "--yes", "ftp://outlet.example/"}, []string{"ftp://outlet.example/", "refused"}},
		{[]string{"outlets", "add", "--yes", "https://ada:hidden@outlet.example/"}, []string{"https://…@outlet.example/", "refused"}},
		{[]string{"outlets", "import", dir}, []string{dir + " is a folder; name a file"}},
		{[]string{"outlets", "import", "nothing.opml"}, []string{"nothing.opml: there is no such file"}},
		{[]string{"poll", "--once", "--outlet-proxy", "socks://user:hidden@proxy.example"}, []string{"outlet-proxy"}},
		{[]string{"poll", "--once", "--own-hosts", "a b"}, []string{"own-hosts"}},
	} {
		refused(t, dir, func() result { return quietly(t, dir, g.on(c.args...)...) }, c.says...)
	}
	if r := quietly(t, dir, "outlets", "add", "--yes", "--since", "soon", "x.example"); r.code != exitUsage || !strings.Contains(r.err, "soon") {
		t.Errorf("%+v", r)
	}
	if r := quietly(t, dir, "poll", "--outlet-proxy", "socks://user:hidden@proxy.example"); strings.Contains(r.err, "hidden") {
		t.Errorf("a password is shown: %s", r.err)
	}
}

func TestAgent(t *testing.T) {
	for _, c := range []struct{ version, contact, want string }{
		{"(devel)", "", "newsdesk/devel"}, {"v1.2.0", "https://desk.example/bot", "newsdesk/v1.2.0 (+https://desk.example/bot)"},
	} {
		if got := agent(c.version, c.contact); got != c.want {
			t.Errorf("%q, not %q", got, c.want)
		}
	}
}
