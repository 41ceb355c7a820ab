package polltest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/corpus/feed"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/page"
	"newsdesk/corpus/sitemap"
)

// played is a world in memory and a client of it.
func played(t *testing.T, s Settings) (*World, *fetch.Client) {
	t.Helper()
	w := New(s)
	w.Start()
	c, err := fetch.New(slog.New(slog.DiscardHandler), fetch.Settings{Agent: "newsdesk/1.0", Pace: time.Second, Resolve: w.Resolve, Dial: w.Dial})
	if err != nil {
		t.Fatal(err)
	}
	return w, c
}

func end(w *World, c *fetch.Client) {
	c.Close()
	w.Close()
	synctest.Wait()
}

// TestFeeds: each outlet's feed is what a reader of feeds can read, with all its
// oddities, and tells what was published.
func TestFeeds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := played(t, Settings{Seed: 1, Outlets: 210, Articles: 4})
		defer end(w, c)
		for _, o := range w.Outlets {
			resp, err := c.Get(t.Context(), fetch.Request{URL: o.Feed})
			if err != nil {
				t.Fatal(o.Name, err)
			}
			f, err := feed.Read(resp.Body, feed.Source{URL: resp.URL, ContentType: resp.ContentType, Now: time.Now()})
			if err != nil || f.Title != o.Name || f.Home != o.Home {
				t.Fatalf("%s, %s in %s: %q, %q, %v", o.Name, o.Format, o.charset, f.Title, f.Home, err)
			}
			checkItems(t, w, o, f.Items)
		}
	})
}

func checkItems(t *testing.T, w *World, o *Outlet, items []feed.Item) {
	t.Helper()
	byURL := map[string]feed.Item{}
	for _, i := range items {
		byURL[strings.Replace(i.Draft.URL, "/m/", "/", 1)] = i
	}
	published := w.Published(o)
	if len(byURL) != len(published) || len(items) < len(byURL) {
		t.Fatalf("%s: %d items, want %d", o.Name, len(items), len(published))
	}
	for _, v := range published {
		i := byURL[v.URL]
		at := v.Published
		if o.Dates == "missing" || o.Dates == "days ahead" {
			at = time.Time{}
		}
		if i.Draft.Title != v.Title || !i.Draft.Published.Equal(at) || i.Draft.Author != v.Author || i.Summary == "" {
			t.Errorf("%s (%s, %s, %s): %+v is not %+v", o.Name, o.Format, o.charset, o.oddity, i, v)
		}
		if o.Whole && i.Draft.Text != v.Text {
			t.Errorf("%s: text %q, want %q", o.Name, i.Draft.Text, v.Text)
		}
	}
}

// TestPages: each layout is what a reader of pages can read, to the letter.
func TestPages(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := played(t, Settings{Seed: 2, Outlets: 50, Articles: 3})
		defer end(w, c)
		for _, o := range w.Outlets {
			for _, v := range w.Published(o) {
				resp, err := c.Get(t.Context(), fetch.Request{URL: v.URL})
				if err != nil {
					t.Fatal(err)
				}
				p, err := page.Read(resp.Body, page.Source{URL: resp.URL, ContentType: resp.ContentType, Now: time.Now()})
				d := p.Draft
				if err != nil || d.Title != v.Title || d.Author != v.Author || !d.Published.Equal(v.Published) || d.URL != v.URL || d.Language != v.Language {
					t.Errorf("layout %d: %q by %q at %v, %s, %s: %v\nwant %+v", o.Layout, d.Title, d.Author, d.Published, d.URL, d.Language, err, v)
				}
				if d.Text != v.Text {
					t.Errorf("layout %d: text\n%s\nwant\n%s", o.Layout, d.Text, v.Text)
				}
			}
		}
	})
}

// TestSitemaps: they name all that there is, and the news of two days.
func TestSitemaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := played(t, Settings{Seed: 3, Outlets: 11, Articles: 9})
		defer end(w, c)
		for _, o := range w.Outlets {
			for _, address := range []string{o.Sitemap, o.News} {
				resp, err := c.Get(t.Context(), fetch.Request{URL: address})
				if err != nil {
					t.Fatal(err)
				}
				m, err := sitemap.Read(resp.Body, resp.URL)
				want := 9
				if address == o.News {
					want = 6
				}
				if err != nil || len(m.Pages) != want || m.Cut {
					t.Errorf("%s: %d pages, want %d: %v", address, len(m.Pages), want, err)
				}
			}
			resp, err := c.Get(t.Context(), fetch.Request{URL: o.Home + "robots.txt"})
			if named := sitemap.Robots(resp.Body); err == nil && !reflect.DeepEqual(named, []string{o.Sitemap, o.News}) {
				t.Errorf("%q", named)
			}
			resp, err = c.Get(t.Context(), fetch.Request{URL: o.Home})
			if found := feed.Discover(resp.Body, o.Home); err != nil || len(found) == 0 || found[0].URL != o.Feed {
				t.Errorf("%s: %+v, %v", o.Home, found, err)
			}
		}
	})
}

// TestTexts: no two articles share a paragraph, and no version is like another.
func TestTexts(t *testing.T) {
	w := New(Settings{Seed: 4, Outlets: 100, Articles: 20})
	w.Publish(300)
	w.Change(200)
	seen := map[string]string{}
	names := map[string]bool{}
	for _, o := range w.Outlets {
		if names[o.Name] {
			t.Errorf("two are named %s", o.Name)
		}
		names[o.Name] = true
		for _, v := range w.Published(o) {
			if len([]rune(v.Text)) < 500 || strings.Contains(v.Text+v.Title, "%!") {
				t.Errorf("%+v", v)
			}
			for p := range strings.SplitSeq(v.Text, "\n\n") {
				if other := seen[p]; other != "" {
					t.Fatalf("%s and %s share %q", other, v.URL, p)
				}
				seen[p] = v.URL
			}
		}
	}
}

// TestSame: two worlds of one seed are the same, and fail in the same way.
func TestSame(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var told [2]string
		for i := range told {
			w, c := played(t, Settings{Seed: 5, Outlets: 20, Articles: 3, Faults: 0.5})
			w.Publish(20)
			w.Change(10)
			w.Withdraw(10)
			for _, o := range w.Outlets {
				resp, err := c.Get(t.Context(), fetch.Request{URL: o.Feed})
				told[i] += string(resp.Body)
				if err != nil {
					told[i] += err.Error()
				}
			}
			end(w, c)
			told[i] = strings.ReplaceAll(told[i], time.Now().Format("2006-01-02"), "")
		}
		if len(told[0]) < 1000 || len(told[0])-len(told[1]) > 200 || len(told[1])-len(told[0]) > 200 {
			t.Errorf("%d and %d bytes", len(told[0]), len(told[1]))
		}
	})
}

// TestTruth: what was sent as a whole is known, and nothing else, under every
// fault; faults have the share that they are to have.
func TestTruth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := played(t, Settings{Seed: 6, Outlets: 60, Articles: 5, Faults: 0.4})
		defer end(w, c)
		got := map[string]bool{}
		for range 3 {
			for _, o := range w.Outlets {
				for _, v := range w.Published(o) {
					resp, err := c.Get(context.Background(), fetch.Request{URL: v.URL})
					if p, bad := page.Read(resp.Body, page.Source{URL: v.URL}); err == nil && bad == nil && p.Draft.Title == v.Title {
						got[v.URL] = true
					}
				}
			}
			time.Sleep(time.Hour)
		}
		served := map[string]bool{}
		for _, v := range w.Served() {
			served[v.URL] = true
		}
		if !reflect.DeepEqual(got, served) {
			t.Errorf("the client has %d pages, the server sent %d", len(got), len(served))
		}
		failed, kinds := 0, map[string]int{}
		requests := w.Requests()
		for _, r := range requests {
			if r.Fault != "" {
				failed++
				kinds[r.Fault]++
			}
		}
		if share := float64(failed) / float64(len(requests)); share < 0.3 || share > 0.5 || len(kinds) != len(faults) {
			t.Errorf("%.2f of %d requests failed: %v", share, len(requests), kinds)
		}
		t.Logf("%d requests, %v", len(requests), kinds)
	})
}

// TestChanges: a version that changes is another answer, and what is withdrawn is
// gone from page and feed.
func TestChanges(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w, c := played(t, Settings{Seed: 7, Outlets: 12, Articles: 3})
		defer end(w, c)
		get := func(address string, r fetch.Response) (fetch.Response, error) {
			return c.Get(t.Context(), fetch.Request{URL: address, ETag: r.ETag, LastModified: r.LastModified})
		}
		feeds, pages := map[string]fetch.Response{}, map[string]fetch.Response{}
		ask := func() (same, other, gone int) {
			for _, o := range w.Outlets {
				for _, v := range w.Published(o) {
					r, err := get(v.URL, pages[v.URL])
					switch {
					case err != nil && v.Withdrawn:
						gone++
					case err != nil:
						t.Error(err)
					case r.NotModified:
						same++
					default:
						other++
						pages[v.URL] = r
					}
				}
				r, err := get(o.Feed, feeds[o.Feed])
				if err != nil {
					t.Error(err)
				}
				feeds[o.Feed] = r
			}
			return same, other, gone
		}
		if same, other, gone := ask(); same != 0 || other != 36 || gone != 0 {
			t.Error(same, other, gone)
		}
		time.Sleep(time.Hour)
		if same, other, gone := ask(); same != 36 || other != 0 || gone != 0 {
			t.Error(same, other, gone)
		}
		w.Change(12)
		w.Withdraw(5)
		same, other, gone := ask()
		if other == 0 || gone == 0 || same+other+gone != 36 {
			t.Error(same, other, gone)
		}
		for _, o := range w.Outlets {
			f, err := feed.Read(feeds[o.Feed].Body, feed.Source{URL: o.Feed, Now: time.Now()})
			for _, v := range w.Published(o) {
				for _, i := range f.Items {
					if err == nil && v.Withdrawn && i.Draft.URL == v.URL {
						t.Errorf("%s is still in the feed", v.URL)
					}
				}
			}
		}
	})
}

// TestListen: the world at addresses of this machine.
func TestListen(t *testing.T) {
	w := New(Settings{Seed: 8, Outlets: 3, Articles: 2})
	own, err := w.Listen()
	if err != nil {
		t.Skip("this system has only one address of its own: ", err)
	}
	defer w.Close()
	c, err := fetch.New(slog.New(slog.DiscardHandler), fetch.Settings{Agent: "newsdesk/1.0", Pace: time.Millisecond, Own: own})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for _, o := range w.Outlets {
		resp, err := c.Get(t.Context(), fetch.Request{URL: w.Published(o)[0].URL})
		if err != nil || !strings.Contains(string(resp.Body), o.Host) && o.Layout < 8 {
			t.Errorf("%s: %v", o.Name, err)
		}
	}
	if n := len(w.Served()); n != 3 {
		t.Errorf("%d served", n)
	}
	resp, err := http.Get("http://" + w.listeners[0].Addr().String() + "/nowhere")
	if err != nil || resp.StatusCode != http.StatusNotFound {
		t.Errorf("%v, %v", resp, err)
	}
	if err == nil {
		io.Copy(io.Discard, resp.Body)
		resp.Body.Close()
	}
}
