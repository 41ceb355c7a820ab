package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestPace: however many ask at once, a host sees one request at a time, no more
// of them than the pace allows, robots.txt and redirects included; other hosts
// do not wait for it.
func TestPace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.use(Settings{Pace: 2 * time.Second})
		var mu sync.Mutex
		var began []time.Time
		at, most := 0, 0
		busy := func(rw http.ResponseWriter, r *http.Request) {
			mu.Lock()
			began = append(began, time.Now())
			at++
			most = max(most, at)
			mu.Unlock()
			time.Sleep(3 * time.Second / 2)
			mu.Lock()
			at--
			mu.Unlock()
			switch r.URL.Path {
			case "/robots.txt":
				http.NotFound(rw, r)
			case "/0":
				http.Redirect(rw, r, "/zero", http.StatusFound)
			}
		}
		w.site().HandleFunc("/", busy)
		w.serve("93.184.216.35:80", text("at once"))
		start := time.Now()
		var all sync.WaitGroup
		for i := range 5 {
			all.Go(func() {
				if _, err := w.get(fmt.Sprintf("%s/%d", home, i)); err != nil {
					t.Error(err)
				}
			})
		}
		all.Go(func() {
			if _, err := w.get("http://valley-dispatch.example/"); err != nil || time.Since(start) > 2*time.Second {
				t.Errorf("the other host: %v after %v", err, time.Since(start))
			}
		})
		all.Wait()
		if len(began) != 7 || most != 1 {
			t.Errorf("%d requests, up to %d at once", len(began), most)
		}
		for i := 1; i < len(began); i++ {
			if d := began[i].Sub(began[i-1]); d < 2*time.Second {
				t.Errorf("request %d came %v after the one before", i, d)
			}
		}
		end(w)
	})
}

// TestCrawlDelay: what the outlet wants counts when it is slower, within reason.
func TestCrawlDelay(t *testing.T) {
	for asked, want := range map[string]time.Duration{"10": 10 * time.Second, "0.1": time.Second, "86400": longestDelay} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.use(Settings{Pace: time.Second})
			w.site().HandleFunc("/robots.txt", text("User-agent: *\nCrawl-delay: "+asked))
			w.get(home + "/a")
			start := time.Now()
			w.get(home + "/b")
			if took := time.Since(start); took < want || took > want+time.Second {
				t.Errorf("Crawl-delay %s: %v", asked, took)
			}
			end(w)
		})
	}
}

// TestRetryAfter: while the server wants to be left alone nothing is sent there.
func TestRetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct {
			status int
			header string
			want   time.Duration
		}{
			{503, time.Now().Add(time.Hour).UTC().Format(http.TimeFormat), time.Hour}, {429, "120", 2 * time.Minute},
			{503, "99999999999", longestWait}, {429, "soon", 0}, {429, "-5", 0}, {503, "", 0}, {429, "NaN", 0},
		} {
			w := newWorld(t)
			asked := 0
			mux := w.site()
			mux.HandleFunc("/robots.txt", http.NotFound)
			mux.HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
				if asked++; asked > 1 {
					return
				}
				rw.Header().Set("Retry-After", c.header)
				rw.WriteHeader(c.status)
			})
			_, err := w.get(home + "/a")
			failed, ok := errors.AsType[*Error](err)
			if !ok || failed.Reason != ErrBusy || failed.RetryAfter.Round(time.Second) != c.want {
				t.Errorf("%+v: %+v", c, err)
			}
			if c.want > 0 {
				time.Sleep(c.want - 2*time.Second)
				if _, err := w.get(home + "/b"); !errors.Is(err, ErrBusy) || asked != 1 {
					t.Errorf("%+v, just before: %v, %d requests", c, err, asked)
				}
				time.Sleep(3 * time.Second)
			}
			if _, err := w.get(home + "/b"); err != nil {
				t.Errorf("%+v, after: %v", c, err)
			}
			end(w)
		}
	})
}

// TestRobots: asked for once a day, by our name, before anything else.
func TestRobots(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		var asked []string
		w.site().HandleFunc("/", func(rw http.ResponseWriter, r *http.Request) {
			asked = append(asked, r.URL.Path)
			if r.URL.Path == "/robots.txt" {
				io.WriteString(rw, "User-agent: NewsDesk\nDisallow: /closed\nUser-agent: *\nDisallow: /")
			}
		})
		var all sync.WaitGroup
		for _, path := range []string{"/closed/a", "/closed/b", "/open"} {
			all.Go(func() {
				if _, err := w.get(home + path); errors.Is(err, ErrRobots) != (path != "/open") {
					t.Errorf("%s: %v", path, err)
				}
			})
		}
		all.Wait()
		if fmt.Sprint(asked) != "[/robots.txt /open]" {
			t.Errorf("%q", asked)
		}
		time.Sleep(rulesAge + time.Second)
		w.get(home + "/open")
		if fmt.Sprint(asked) != "[/robots.txt /open /robots.txt /open]" {
			t.Errorf("a day later: %q", asked)
		}
		end(w)
	})
}

// TestRobotsUnreadable: 4xx means that there is none; where it cannot be read,
// nothing is asked for, for a while.
func TestRobotsUnreadable(t *testing.T) {
	for status, want := range map[int]error{
		200: nil, 204: nil, 400: nil, 401: nil, 403: nil, 404: nil, 410: nil,
		429: ErrBusy, 500: ErrUnavailable, 502: ErrUnavailable, 503: ErrBusy,
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			pages := 0
			mux := w.site()
			mux.HandleFunc("/robots.txt", func(rw http.ResponseWriter, _ *http.Request) { rw.WriteHeader(status) })
			mux.HandleFunc("/", func(http.ResponseWriter, *http.Request) { pages++ })
			for range 3 {
				_, err := w.get(home + "/a")
				failed, ok := errors.AsType[*Error](err)
				if !errors.Is(err, want) || ok && (failed.RetryAfter <= 0 || failed.RetryAfter > unreachableAge) {
					t.Errorf("%d: %+v", status, err)
				}
			}
			if (pages > 0) != (want == nil) {
				t.Errorf("%d: %d pages", status, pages)
			}
			status = http.StatusNotFound
			time.Sleep(unreachableAge + time.Second)
			if _, err := w.get(home + "/a"); err != nil {
				t.Errorf("later: %v", err)
			}
			end(w)
		})
	}
}

// TestRobotsRedirected: five redirects are followed; more mean that there is none.
func TestRobotsRedirected(t *testing.T) {
	for hops, want := range map[int]error{2: ErrRobots, 5: ErrRobots, 6: nil} {
		w := newWorld(t)
		w.serve("93.184.216.36:80", text("User-agent: *\nDisallow: /"))
		mux := w.site()
		mux.Handle("/robots.txt", http.RedirectHandler(fmt.Sprintf("/r/%d", hops-2), http.StatusFound))
		mux.HandleFunc("/r/{n}", func(rw http.ResponseWriter, r *http.Request) {
			var n int
			fmt.Sscan(r.PathValue("n"), &n)
			if n == 0 {
				http.Redirect(rw, r, "http://moved.example/robots.txt", http.StatusFound)
				return
			}
			http.Redirect(rw, r, fmt.Sprintf("/r/%d", n-1), http.StatusFound)
		})
		mux.HandleFunc("/a", text("a"))
		if _, err := w.get(home + "/a"); !errors.Is(err, want) {
			t.Errorf("%d hops: %v", hops, err)
		}
	}
}

// TestRedirectAsksRobots: where a redirect leads is asked for permission too.
func TestRedirectAsksRobots(t *testing.T) {
	w := newWorld(t)
	w.serve("93.184.216.36:80", text("User-agent: *\nDisallow: /feed"))
	w.site().Handle("/a", http.RedirectHandler("http://moved.example/feed", http.StatusFound))
	if _, err := w.get(home + "/a"); !errors.Is(err, ErrRobots) {
		t.Error(err)
	}
}

// TestBoundedMemory: what is remembered of hosts does not grow for ever.
func TestBoundedMemory(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := hosts{byName: map[string]*host{}}
		for i := range 3 * maxHosts {
			held, err := h.take(context.Background(), fmt.Sprint(i))
			if err != nil {
				t.Fatal(err)
			}
			held.next = time.Now().Add(time.Second)
			h.leave(held)
			time.Sleep(time.Millisecond)
		}
		if len(h.byName) > maxHosts+1000 {
			t.Errorf("%d hosts", len(h.byName))
		}
		r := robots{byOrigin: map[string]*ruling{}}
		for i := range 3 * maxRulings {
			r.count(r.of(fmt.Sprint(i)), 100<<10)
		}
		sum := 0
		for _, known := range r.byOrigin {
			sum += known.size
		}
		if len(r.byOrigin) > maxRulings || r.bytes > maxRulesBytes || sum != r.bytes {
			t.Errorf("%d rulings with %d bytes, counted as %d", len(r.byOrigin), sum, r.bytes)
		}
	})
}
