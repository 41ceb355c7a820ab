package main

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/bot/access"
	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/store"
)

// An outlet that is added while a serve runs is read at once and can be asked
// about; it is counted; and a feed that hangs does not hold the end up.
func TestServeReads(t *testing.T) {
	g := newGazette(t)
	ops := freeAddress(t)
	d := openDeskWith(t, []string{"NEWSDESK_OWN_HOSTS=" + strings.TrimPrefix(g.URL, "http://"), "NEWSDESK_OUTLET_PACE=1ms",
		"NEWSDESK_OPS_LISTEN=" + ops}, "--open")
	if r := d.run("outlets", "add", "--yes", g.URL).must(t); !strings.Contains(r.out, "is read from now on") {
		t.Errorf("%+v", r)
	}
	d.Waits("the articles are there", func() bool {
		var o outletJSON
		r := d.run("outlets", "show", "--json", "Kestrel Bay Gazette").must(t)
		return json.Unmarshal([]byte(r.out), &o) == nil && o.Articles == 2
	})
	ada := d.Person("Ada")
	var said string
	d.Waits("a question about them is answered", func() bool {
		said = d.asks(apiserver.Post{From: ada.ID, Text: "How many cracked planks did the harbour office count on the old pier?"}).Text
		return strings.Contains(said, "Gazette")
	})
	if r := d.run("poll"); r.code != exitFailed || !strings.Contains(r.err, "--once") {
		t.Errorf("beside a serve: %+v", r)
	}
	g.articles.Store(3)
	if r := d.run("poll", "--once").must(t); !strings.Contains(r.out, "1 outlet read: 1 new") {
		t.Errorf("%+v", r)
	}
	g.broken.Store(true)
	d.run("poll", "--once").must(t)
	g.broken.Store(false)
	counted := scraped(t, "http://"+ops+"/metrics")
	for _, want := range []string{"newsdesk_feeds_read_total ", `newsdesk_articles_total{result="new"} 3`, `newsdesk_outlet_failures_total{kind="unavailable"} 1`, "newsdesk_outlets_quiet 0"} {
		if !strings.Contains(counted, want) {
			t.Errorf("%s is not in\n%s", want, counted)
		}
	}
	g.hangs.Store(true)
	d.run("outlets", "import", write(t, "more.opml", `<opml><body><outline text="Another" xmlUrl="`+g.URL+`/other"/></body></opml>`)).must(t)
	d.Waits("the feed is asked for", func() bool { return g.hanging.Load() > 0 })
	began := time.Now()
	d.serve.stop(t)
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %v to stop", took)
	}
}

func scraped(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// A quiet outlet is named to each admin once, in the admin's language; without an
// admin it waits for one.
func TestQuietIsNamedOnce(t *testing.T) {
	g := newGazette(t)
	g.articles.Store(9) // the newest of March, which is long ago
	o := openOffice(t, layout{pace: quickPace, settings: settings{OwnHosts: []string{strings.TrimPrefix(g.URL, "http://")}, OutletPace: time.Millisecond}})
	ctx := t.Context()
	p, err := o.app.poller(ctx)
	if err != nil {
		t.Fatal(err)
	}
	o.app.bot = o.bot
	found, err := p.Find(ctx, g.URL)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Subscribe(ctx, found[0]); err != nil {
		t.Fatal(err)
	}
	if err := p.Round(ctx, nil); err != nil {
		t.Fatal(err)
	}
	name := func() {
		t.Helper()
		if err := o.app.nameQuiet(ctx, p); err != nil {
			t.Fatal(err)
		}
	}
	name()
	ada, olga := o.Person("Ada"), o.Person("Olga")
	for _, person := range []int64{ada.ID, olga.ID} {
		code, err := o.app.access.Invite(ctx, access.Admin)
		if err != nil {
			t.Fatal(err)
		}
		if err := o.app.db.Write(ctx, func(tx store.Tx) error { return o.app.access.Pair(ctx, tx, code, person) }); err != nil {
			t.Fatal(err)
		}
		o.Says(apiserver.Post{From: person, Text: "/help"}) // or the bot may not write
		o.Sees(person, 1)
	}
	for range 3 {
		name()
	}
	for _, person := range []int64{ada.ID, olga.ID} {
		m := o.Sees(person, 2)[1]
		if !strings.Contains(m.Text, "Kestrel Bay Gazette has gone quiet") || !strings.Contains(m.Text, "9 March 2026") {
			t.Errorf("%s", m.Text)
		}
	}
	o.Handled()
	if n := len(o.Sent(ada.ID)); n != 2 {
		t.Errorf("%d messages", n)
	}
}

// Articles that come are indexed soon, and together.
func TestEveryOr(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		sooner := make(chan struct{}, 1)
		var calls atomic.Int64
		done := make(chan error)
		go func() { done <- everyOr(ctx, time.Minute, sooner, 3*time.Second, func() { calls.Add(1) }) }()
		want := func(after time.Duration, n int64) {
			t.Helper()
			time.Sleep(after)
			synctest.Wait()
			if got := calls.Load(); got != n {
				t.Errorf("%d calls, want %d", got, n)
			}
		}
		want(time.Second, 1)
		sooner <- struct{}{}
		want(2*time.Second, 1)
		want(2*time.Second, 2)
		want(50*time.Second, 2)
		want(11*time.Second, 3)
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// freeAddress is one on loopback that is free now, for a process that is told
// where to listen.
func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
