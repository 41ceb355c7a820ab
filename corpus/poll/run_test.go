package poll

import (
	"context"
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/corpus/sitemap"
)

// contextFor ends after d.
func contextFor(d time.Duration) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), d)
}

// TestRun reads two outlets at their own paces for half a day.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		begin := time.Now()
		fast, slow := newPaper(w, herald, "Harbour Herald"), newPaper(w, "kurier.example", "Nordlicht Kurier")
		for n := range 6 {
			s := tale(n + 1)
			s.published = time.Now().Add(-time.Duration(n) * 10 * time.Minute).UTC()
			fast.stories = append(fast.stories, s)
			s = tale(n + 100)
			s.published = time.Now().Add(-time.Duration(n) * 4 * time.Hour).UTC()
			slow.stories = append(slow.stories, s)
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.subscribe("Nordlicht Kurier", "kurier.example")
		go func() { // the fast one goes on
			for n := range 60 {
				time.Sleep(10 * time.Minute)
				fast.change(func() {
					s := tale(n + 1000)
					s.published = time.Now().UTC()
					fast.stories = append([]*story{s}, fast.stories[:5]...)
				})
			}
		}()
		ctx, cancel := contextFor(11 * time.Hour)
		defer cancel()
		if err := d.Run(ctx); err != nil {
			t.Fatal(err)
		}
		polls := map[string]int{}
		for _, asked := range w.takeAsked() {
			polls[asked]++
		}
		if n := polls[herald+"/feed"] + polls[herald+"/feed if"]; n < 90 || n > 150 {
			t.Errorf("the fast feed was read %d times", n)
		}
		if n := polls["kurier.example/feed"] + polls["kurier.example/feed if"]; n < 5 || n > 8 {
			t.Errorf("the slow feed was read %d times", n)
		}
		if n := len(d.held()); n != 72 {
			t.Errorf("%d articles", n)
		}
		for _, a := range d.held() {
			if late := a.Fetched.Sub(a.Published); a.Published.After(begin) && late > 8*time.Minute {
				t.Errorf("%s was read %v late", a.Title, late)
			}
		}
	})
}

// TestRunEnds ends a run while a server does not answer.
func TestRunEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		w.host(herald, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		ctx, cancel := contextFor(5 * time.Second)
		defer cancel()
		begin := time.Now()
		if err := d.Run(ctx); err != nil || time.Since(begin) > 6*time.Second {
			t.Errorf("%v after %v", err, time.Since(begin))
		}
	})
}

// TestSlowHosts has more slow servers than feeds may be read at once: the others
// get their turn.
func TestSlowHosts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		d := newDesk(t, w, Settings{AtOnce: 4})
		for n := range 12 {
			host := fmt.Sprintf("slow%d.example", n)
			w.host(host, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }))
			d.subscribe(host, host)
		}
		newPaper(w, herald, "Harbour Herald", tale(1))
		d.subscribe("Harbour Herald", herald)
		ctx, cancel := contextFor(3 * time.Minute)
		defer cancel()
		if err := d.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(d.held()) != 1 {
			t.Error("the others kept it from being read")
		}
	})
}

// TestYields asks before each feed and page whether something else comes first, and
// waits for that with one processor's worth of work fewer than there are.
func TestYields(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		var now, most, calls atomic.Int64
		d := newDesk(t, w, Settings{Yield: func(ctx context.Context) {
			calls.Add(1)
			most.Store(max(most.Load(), now.Add(1)))
			time.Sleep(50 * time.Millisecond)
			now.Add(-1)
		}})
		for n := range 8 {
			host := fmt.Sprintf("paper%d.example", n)
			newPaper(w, host, host, tale(2*n+1), tale(2*n+2))
			d.subscribe(host, host)
		}
		if err := d.Round(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		if n := len(d.held()); n != 16 || calls.Load() != 24 {
			t.Errorf("%d articles, asked %d times", n, calls.Load())
		}
		if limit := max(1, runtime.GOMAXPROCS(0)-1); most.Load() > int64(limit) {
			t.Errorf("%d at once of %d processors", most.Load(), limit)
		}
	})
}

// TestPaused reads nothing of an outlet that is paused, and goes on after.
func TestPaused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1))
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		if err := d.Pause(t.Context(), "Harbour Herald"); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := contextFor(time.Hour)
		defer cancel()
		go func() {
			time.Sleep(30 * time.Minute)
			if got := w.takeAsked(); len(got) != 0 {
				t.Errorf("asked for %q", got)
			}
			if err := d.Resume(context.Background(), "harbour-herald.example"); err != nil {
				t.Error(err)
			}
			time.Sleep(time.Minute)
			if len(d.held()) != 1 {
				t.Error("not read at once")
			}
		}()
		if err := d.Run(ctx); err != nil {
			t.Fatal(err)
		}
	})
}

// TestSlowHost has more outlets at one slow server than there are places: they
// take one of them.
func TestSlowHost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		d := newDesk(t, w, Settings{AtOnce: 2})
		w.host("slow.example", http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/robots.txt" {
				select {
				case <-time.After(25 * time.Second):
				case <-r.Context().Done():
				}
			}
			http.NotFound(w, r)
		}))
		for n := range 2 * visitsPerFeed {
			_, err := d.Subscribe(t.Context(), Found{Name: fmt.Sprintf("Slow %d", n), Feed: fmt.Sprintf("http://slow.example/%d", n)})
			if err != nil {
				t.Fatal(err)
			}
		}
		newPaper(w, herald, "Harbour Herald", tale(1))
		d.subscribe("Harbour Herald", herald)
		ctx, cancel := contextFor(10 * time.Second)
		defer cancel()
		if err := d.Run(ctx); err != nil {
			t.Fatal(err)
		}
		if len(d.held()) != 1 {
			t.Error("the others kept it from being read")
		}
	})
}

// TestNewsFirst reads what is new before what a sitemap holds of old.
func TestNewsFirst(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1), tale(2))
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		var pages []sitemap.Page
		for n := range 2 * batch {
			pages = append(pages, sitemap.Page{URL: fmt.Sprintf("http://%s/news/%d", herald, 100+n)})
		}
		o := d.outlet("Harbour Herald")
		if err := d.enlist(t.Context(), o, pages, time.Unix(0, 0)); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Minute)
		if _, err := d.visitDue(t.Context(), o.ID); err != nil {
			t.Fatal(err)
		}
		got := w.takeAsked()
		if want := []string{herald + "/feed", herald + "/news/1", herald + "/news/2", herald + "/news/100"}; !slices.Equal(got[:4], want) || len(got) != 1+batch {
			t.Errorf("asked for %q", got)
		}
	})
}
