package poll

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

const herald = "harbour-herald.example"

func TestRound(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1), tale(2), tale(3))
		d := newDesk(t, w, Settings{Recheck: DefaultRecheck})
		d.subscribe("Harbour Herald", herald)
		if e := d.round(); e.New != 3 || e.Later+e.Unreadable+e.Same != 0 || e.Problem != "" {
			t.Errorf("first round: %+v", e)
		}
		held := d.held()
		if len(held) != 3 {
			t.Fatalf("%d articles", len(held))
		}
		a, s := held[0], tale(1)
		if a.Text != s.text || a.Title != s.title || a.Author != s.author || a.Outlet != "Harbour Herald" ||
			!a.Published.Equal(s.published) || a.URL != "http://"+herald+"/news/1" || a.OutletURL != "http://"+herald+"/" {
			t.Errorf("stored %+v", a)
		}
		w.takeAsked()
		if e := d.round(); e != (Event{}) {
			t.Errorf("second round: %+v", e)
		}
		if got := w.takeAsked(); !slices.Equal(got, []string{herald + "/feed if"}) {
			t.Errorf("the second round asked for %q", got)
		}
		if o := d.outlet("harbour herald"); o.Articles != 3 || !o.Newest.Equal(s.published) || o.Problem != "" || o.Every != 30*time.Minute || o.Waiting != 0 {
			t.Errorf("health %+v", o)
		}
	})
}

// TestBrokenFeed shows that one outlet's trouble is its own.
func TestBrokenFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1))
		w.host("broken.example", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) }))
		w.host("page.example", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				http.NotFound(w, r)
				return
			}
			w.Write([]byte("<html><body>Hello</body></html>"))
		}))
		d := newDesk(t, w, Settings{AtOnce: 1})
		d.subscribe("Broken", "broken.example")
		d.subscribe("Gone", "gone.example")
		d.subscribe("Page", "page.example")
		d.subscribe("Harbour Herald", herald)
		e := d.round()
		if e.New != 1 || strings.Count(e.Problem, "\n") != 3 {
			t.Errorf("%+v", e)
		}
		for name, words := range map[string]string{"Broken": "robots.txt", "Gone": "no such host", "Page": "often a page"} {
			o := d.outlet(name)
			if !strings.Contains(o.Problem, words) || o.Failures != 1 || !o.Next.After(time.Now()) || !o.Succeeded.IsZero() {
				t.Errorf("%s: %+v", name, o)
			}
		}
	})
}

// TestRetries has a page fail twice in one round, and one for a day.
func TestRetries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1), tale(2))
		failures := 2
		p.before = func(w http.ResponseWriter, r *http.Request) bool {
			switch {
			case r.URL.Path == "/news/1" && failures > 0:
				failures--
			case r.URL.Path == "/news/2":
			default:
				return false
			}
			w.Header().Set("Content-Length", "1000000")
			w.Write([]byte(tale(1).page("Harbour Herald"))) // cut
			return true
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		if e := d.round(); e.New != 1 || e.Later != 1 {
			t.Errorf("first: %+v", e)
		}
		time.Sleep(24 * time.Hour)
		if e := d.round(); e.New != 0 || e.Later != 1 {
			t.Errorf("a day later: %+v", e)
		}
		p.change(func() { p.before = nil })
		if e := d.round(); e.New != 1 || e.Later != 0 {
			t.Errorf("at last: %+v", e)
		}
		if got := urls(d.held()); len(got) != 2 {
			t.Errorf("held %q", got)
		}
	})
}

func TestChanged(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1), tale(2))
		d := newDesk(t, w, Settings{Recheck: DefaultRecheck})
		d.subscribe("Harbour Herald", herald)
		d.round()
		// The feed says something else, the page too.
		p.change(func() { p.stories[0].text, p.stories[0].summary = taleText(1, "at noon"), "At noon after all." })
		if e := d.round(); e.Changed != 1 || e.New != 0 {
			t.Errorf("changed in the feed: %+v", e)
		}
		// Only the page says something else.
		p.change(func() { p.stories[1].text = taleText(2, "at night") })
		if e := d.round(); e != (Event{}) {
			t.Errorf("at once: %+v", e)
		}
		time.Sleep(2 * time.Hour)
		if e := d.round(); e.Changed != 1 || e.Same != 1 {
			t.Errorf("two hours later: %+v", e)
		}
		// The feed says something else, the page does not.
		p.change(func() { p.stories[0].summary = "Once more." })
		w.takeAsked()
		if e := d.round(); e.Changed != 0 || e.Same != 1 {
			t.Errorf("only the feed: %+v", e)
		}
		if got, want := w.takeAsked(), []string{herald + "/feed if", herald + "/news/1 if"}; !slices.Equal(got, want) {
			t.Errorf("asked for %q, want %q", got, want)
		}
		for _, a := range d.held() {
			if a.Version != 2 {
				t.Errorf("%s has version %d", a.URL, a.Version)
			}
		}
	})
}

func TestWithdrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1), tale(2), tale(3))
		d := newDesk(t, w, Settings{Recheck: DefaultRecheck})
		d.subscribe("Harbour Herald", herald)
		d.round()
		p.change(func() { p.stories[0].status, p.stories[1].status = 404, 403 })
		time.Sleep(2 * time.Hour)
		if e := d.round(); e.Withdrawn != 0 || len(d.held()) != 3 {
			t.Errorf("once: %+v", e)
		}
		time.Sleep(7 * time.Hour)
		if e := d.round(); e.Withdrawn != 1 || len(d.held()) != 2 {
			t.Errorf("twice: %+v", e)
		}
		time.Sleep(24 * time.Hour)
		if e := d.round(); e.Withdrawn != 0 {
			t.Errorf("a third time: %+v", e)
		}
		p.change(func() { p.stories[0].status = 0 })
		time.Sleep(3 * 24 * time.Hour)
		if e := d.round(); e.Changed != 1 || len(d.held()) != 3 {
			t.Errorf("it is back: %+v", e)
		}
	})
}

// TestServerErrs has every page missing once, for some hours.
func TestServerErrs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1))
		d := newDesk(t, w, Settings{Recheck: DefaultRecheck})
		d.subscribe("Harbour Herald", herald)
		d.round()
		p.change(func() { p.stories[0].status = 404 })
		time.Sleep(2 * time.Hour)
		d.round()
		d.round() // more rounds are not more hours
		p.change(func() { p.stories[0].status = 0 })
		time.Sleep(7 * time.Hour)
		if e := d.round(); e.Withdrawn+e.Changed != 0 || e.Same != 1 {
			t.Errorf("%+v", e)
		}
		p.change(func() { p.stories[0].status = 404 })
		time.Sleep(24 * time.Hour)
		if e := d.round(); e.Withdrawn != 0 {
			t.Errorf("the first of a new time: %+v", e)
		}
	})
}

// TestSameSecond has a feed change twice in the second that its Last-Modified
// names.
func TestSameSecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1))
		modified := time.Now()
		p.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/feed" {
				return false
			}
			http.ServeContent(w, r, "feed.xml", modified, strings.NewReader(p.feed()))
			return true
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.round()
		p.change(func() { p.stories = append(p.stories, tale(2)) })
		time.Sleep(time.Minute)
		if e := d.round(); e.New != 1 {
			t.Errorf("%+v", e)
		}
		w.takeAsked()
		d.round()
		if got := w.takeAsked(); !slices.Equal(got, []string{herald + "/feed if"}) {
			t.Errorf("then asked for %q", got)
		}
	})
}
