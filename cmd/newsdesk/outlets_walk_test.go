package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/bot/telegram/apiserver"
	"newsdesk/corpus/poll"
)

// chronicle plays an outlet whose articles appear, change and go.
type chronicle struct {
	*httptest.Server
	mu   sync.Mutex
	news []report
}

// report is one article as it stands. One that is gone is in no feed.
type report struct {
	slug, title, text string
	updated           time.Time
	gone              bool
}

func newChronicle(t testing.TB) *chronicle {
	c := &chronicle{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /feed", c.feed)
	mux.HandleFunc("GET /{slug}", c.page)
	c.Server = httptest.NewServer(mux)
	t.Cleanup(c.Close)
	return c
}

// tells publishes an article, or another version of it.
func (c *chronicle) tells(a report) {
	c.mu.Lock()
	defer c.mu.Unlock()
	a.updated = time.Now().UTC()
	c.news = append(slices.DeleteFunc(c.news, func(was report) bool { return was.slug == a.slug }), a)
}

func (c *chronicle) feed(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	w.Header().Set("Content-Type", "application/atom+xml")
	fmt.Fprintf(w, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Wynmoor Chronicle</title><link rel="alternate" href="%s/"/>`, c.URL)
	for _, a := range c.news {
		if !a.gone {
			fmt.Fprintf(w, `<entry><id>%[1]s</id><title>%[2]s</title><link rel="alternate" href="%[3]s/%[1]s"/><updated>%[4]s</updated></entry>`,
				a.slug, a.title, c.URL, a.updated.Format(time.RFC3339Nano))
		}
	}
	fmt.Fprint(w, `</feed>`)
}

func (c *chronicle) page(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := slices.IndexFunc(c.news, func(a report) bool { return a.slug == r.PathValue("slug") })
	switch {
	case at < 0:
		http.NotFound(w, r)
	case c.news[at].gone:
		w.WriteHeader(http.StatusGone)
	default:
		fmt.Fprintf(w, `<html lang="en"><head><title>%[1]s</title><meta property="og:type" content="article"><meta property="og:site_name" content="Wynmoor Chronicle">
<meta property="article:published_time" content="%[2]s"></head><body><article><h1>%[1]s</h1>%[3]s</article></body></html>`,
			c.news[at].title, time.Now().UTC().Add(-time.Hour).Format(time.RFC3339), "<p>"+strings.ReplaceAll(c.news[at].text, "\n", "</p><p>")+"</p>")
	}
}

// otters is an article with a number that may turn out wrong.
func otters(number string) report {
	return report{slug: "otters", title: "Otters return to the Wynmoor canal", text: "The canal warden of Wynmoor counted " + number +
		" otters along the upper canal this week, more than in any year since the weir was closed.\n" +
		"Her name is Jorunn Ashby, and she has walked the towpath every morning for eleven years. She asked anglers to keep their dogs on a lead.\n" +
		"The council will put up signs in both languages, which cost 840 crowns and come out of the fund for footpaths."}
}

const askedOtters = "How many otters did the canal warden of Wynmoor count along the upper canal?"

// on returns the settings that let the binary read it.
func (c *chronicle) settings() []string {
	return []string{"NEWSDESK_OWN_HOSTS=" + strings.TrimPrefix(c.URL, "http://"), "NEWSDESK_OUTLET_PACE=1ms"}
}

// While it serves, an outlet is added and read: a minute later at most a question is
// answered from it, and from the new version once there is one.
func TestServeReadsOutlets(t *testing.T) {
	t.Parallel() // most of it is waiting for the index
	c := newChronicle(t)
	c.tells(otters("31"))
	d := openDeskWith(t, c.settings(), "--open")
	ada := d.Person("Ada")
	added := d.run("outlets", "add", "--yes", c.URL+"/feed").must(t)
	if !strings.Contains(added.out, "Wynmoor Chronicle is read from now on") {
		t.Error(added.out)
	}
	began := time.Now()
	d.answersSoon(ada, askedOtters, "31 otters", c.URL+"/otters")
	t.Logf("answered %v after the outlet was added", time.Since(began).Round(time.Second))

	c.tells(otters("13"))
	if r := d.run("poll", "--once").must(t); !strings.Contains(r.out, "1 changed") {
		t.Error(r.out)
	}
	d.answersSoon(ada, askedOtters, "13 otters", c.URL+"/otters")
	if m := d.asks(apiserver.Post{From: ada.ID, Text: askedOtters}); strings.Contains(m.Text, "31 otters") {
		t.Errorf("the former version is quoted:\n%s", m.Text)
	}
	d.serve.stop(t)
}

// answersSoon asks again and again until the answer holds a text and links there.
func (d *desk) answersSoon(by apiserver.User, question, holds, link string) {
	d.t.Helper()
	d.Waits(fmt.Sprintf("%q in the answer to %q", holds, question), func() bool {
		m := d.asks(apiserver.Post{From: by.ID, Text: question})
		return strings.Contains(m.Text, holds) && slices.Contains(m.Links(), link)
	})
}

// An article that was taken down is no longer cited. Once may be a mistake of the
// server: it is gone when it is missing a second time, some hours later.
func TestWithdrawnIsNotCited(t *testing.T) {
	c := newChronicle(t)
	c.tells(otters("31"))
	o := openOffice(t, layout{pace: quickPace})
	o.app.settings.OwnHosts, o.app.settings.OutletPace = []string{strings.TrimPrefix(c.URL, "http://")}, time.Millisecond
	client, err := newFetcher(o.app)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	later := time.Duration(0)
	p, err := poll.New(t.Context(), o.app.log, o.app.db, o.app.corpus, client.Get,
		poll.Settings{Recheck: poll.DefaultRecheck, Now: func() time.Time { return time.Now().Add(later) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Subscribe(t.Context(), poll.Found{Name: "Wynmoor Chronicle", Feed: c.URL + "/feed"}); err != nil {
		t.Fatal(err)
	}
	first := o.Person("Ada")
	reads := func() apiserver.Message {
		t.Helper()
		if err := p.Round(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		search, err := o.app.searchingBeside(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if err := search.keepUp(context.Background()); err != nil {
			t.Fatal(err)
		}
		return o.asks(apiserver.Post{From: first.ID, Text: askedOtters})
	}
	if m := reads(); !strings.Contains(m.Plain(), "31 otters") || !slices.Contains(m.Links(), c.URL+"/otters") {
		t.Errorf("it is not cited:\n%s", m.Plain())
	}
	was := otters("31")
	was.gone = true
	c.tells(was)
	later += 2 * time.Hour
	if m := reads(); !strings.Contains(m.Plain(), "31 otters") {
		t.Errorf("missing once, it is not cited any more:\n%s", m.Plain())
	}
	later += 24 * time.Hour
	if m := reads(); strings.Contains(m.Plain(), "31 otters") || slices.Contains(m.Links(), c.URL+"/otters") {
		t.Errorf("withdrawn, it is cited:\n%s", m.Plain())
	}
}
