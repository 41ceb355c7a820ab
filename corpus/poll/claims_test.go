package poll

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestTakeover has an outlet claim another's articles, in its feed with texts of
// its own, and on its pages as canonical addresses.
func TestTakeover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1))
		lie := tale(1)
		lie.link, lie.content = "http://"+herald+"/news/1", strings.Repeat("The ferry has sunk, and the board is to blame for it.\n\n", 40)
		unread := tale(5)
		unread.link, unread.content = "http://"+herald+"/news/5", lie.content
		claim := tale(7)
		claim.canonical = "http://" + herald + "/news/1"
		newPaper(w, "liar.example", "Liar", lie, unread, claim)
		d := newDesk(t, w, Settings{})
		d.subscribe("Liar", "liar.example")
		d.subscribe("Harbour Herald", herald)
		for range 3 {
			d.round()
			time.Sleep(time.Hour)
		}
		for _, a := range d.held() {
			of := "Harbour Herald"
			if strings.Contains(a.URL, "liar.example") {
				of = "Liar"
			}
			if a.Outlet != of || strings.Contains(a.Text, "sunk") || a.Version != 1 {
				t.Errorf("%s of %s, version %d: %q", a.URL, a.Outlet, a.Version, a.Text[:40])
			}
		}
		if got, want := urls(d.held()), []string{"http://" + herald + "/news/1", "http://liar.example/news/7"}; !slices.Equal(got, want) {
			t.Errorf("held %q, want %q", got, want)
		}
	})
}

// TestTakeoverByRedirect has an outlet's own address lead to another's article,
// below a text of its own.
func TestTakeoverByRedirect(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1))
		lie := tale(1)
		lie.path, lie.content = "/lie", strings.Repeat("The ferry has sunk, and the board is to blame for it.\n\n", 40)
		p := newPaper(w, "liar.example", "Liar", lie)
		p.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/lie" {
				http.Redirect(w, r, "http://"+herald+"/news/1", http.StatusFound)
			}
			return r.URL.Path == "/lie"
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Liar", "liar.example")
		d.round()
		held := d.held()
		if len(held) != 1 || strings.Contains(held[0].Text, "sunk") || held[0].Text != tale(1).text {
			t.Errorf("held %+v", held)
		}
	})
}

// TestForeignPage has a feed lead to a site of nobody in the register: what its
// pages say counts, and not what the feed does.
func TestForeignPage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1))
		s := tale(1)
		s.link, s.content = "http://"+herald+"/news/1", strings.Repeat("Something else altogether was written here.\n\n", 40)
		newPaper(w, "feeds.example", "Harbour Herald", s)
		d := newDesk(t, w, Settings{})
		d.subscribe("Herald by a service", "feeds.example")
		d.round()
		held := d.held()
		if len(held) != 1 || held[0].Text != s.text || held[0].URL != "http://"+herald+"/news/1" {
			t.Errorf("held %+v", held)
		}
	})
}

// TestOneArticle has one article under several addresses.
func TestOneArticle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		a, tracked, amp, copied := tale(1), tale(1), tale(1), tale(1)
		tracked.link = "http://" + herald + "/news/1?utm_source=rss&fbclid=1"
		amp.path, amp.canonical, amp.title = "/amp/1", "http://"+herald+"/news/1", a.title
		copied.path = "/region/1"
		tracked.summary, amp.summary, copied.summary = "Once more.", "As amp.", "In the region."
		p := newPaper(w, herald, "Harbour Herald", a)
		d := newDesk(t, w, Settings{Recheck: DefaultRecheck})
		d.subscribe("Harbour Herald", herald)
		d.round()
		for _, s := range []*story{tracked, amp, copied} {
			p.change(func() { p.stories = []*story{s, a} })
			if e := d.round(); e.New+e.Changed != 0 {
				t.Errorf("%s: %+v", s.path, e)
			}
		}
		if got := urls(d.held()); !slices.Equal(got, []string{"http://" + herald + "/news/1"}) {
			t.Errorf("held %q", got)
		}
		// The first address goes; the article lives on at the other.
		p.change(func() { a.status, p.stories = 410, []*story{a, copied} })
		for range 3 {
			time.Sleep(7 * time.Hour)
			d.round()
		}
		if got := urls(d.held()); !slices.Equal(got, []string{"http://" + herald + "/region/1"}) {
			t.Errorf("held at last %q", got)
		}
	})
}

// TestUselessCanonical has all pages of an outlet name one of them.
func TestUselessCanonical(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		var list []*story
		for n := range 4 {
			s := tale(n + 1)
			s.canonical = "http://" + herald + "/news"
			list = append(list, s)
		}
		newPaper(w, herald, "Harbour Herald", list...)
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		if e := d.round(); e.New != 4 || e.Changed != 0 {
			t.Errorf("%+v, held %q", e, urls(d.held()))
		}
	})
}

// TestRedirected reads an article where its address leads.
func TestRedirected(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1))
		p.stories[0].link = "http://" + herald + "/go?to=1"
		p.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/go" {
				http.Redirect(w, r, "/news/1?utm_medium=feed", http.StatusFound)
			}
			return r.URL.Path == "/go"
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.round()
		if got := urls(d.held()); !slices.Equal(got, []string{"http://" + herald + "/news/1"}) {
			t.Errorf("held %q", got)
		}
	})
}

// TestBarriers has pages that hold no article: their teasers are none either.
func TestBarriers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		wall, empty, secret := tale(1), tale(2), tale(3)
		wall.extra = `<meta property="article:content_tier" content="locked">`
		empty.text = "Nothing."
		p := newPaper(w, herald, "Harbour Herald", wall, empty, secret)
		secret.status = 403
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		if e := d.round(); e.Unreadable != 3 || e.New+e.Later != 0 {
			t.Errorf("%+v", e)
		}
		if o := d.outlet("Harbour Herald"); o.Unreadable != 3 || o.Waiting != 0 {
			t.Errorf("%+v", o)
		}
		p.change(func() { wall.extra = "" }) // free after a while
		w.takeAsked()
		time.Sleep(2 * time.Hour)
		if e := d.round(); e.New != 1 {
			t.Errorf("later: %+v", e)
		}
		for range 40 {
			time.Sleep(12 * time.Hour)
			d.round()
		}
		tries := 0
		for _, asked := range w.takeAsked() {
			if asked == herald+"/news/2" {
				tries++
			}
		}
		if tries != 3 {
			t.Errorf("the page without an article was asked for %d more times", tries)
		}
		if got := urls(d.held()); !slices.Equal(got, []string{"http://" + herald + "/news/1"}) {
			t.Errorf("held %q", got)
		}
	})
}

// TestWholeFeed has a feed hold whole texts: soon its pages are no longer asked
// for, but for one of ten.
func TestWholeFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald")
		for n := range 40 {
			s := tale(n + 1)
			s.content = s.text
			p.stories = append(p.stories, s)
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		if e := d.round(); e.New != 40 {
			t.Errorf("%+v", e)
		}
		if pages := len(w.takeAsked()) - 1; pages <= 3 || pages > 12 {
			t.Errorf("%d pages were asked for", pages)
		}
		// A change comes with the feed, and the address stays.
		p.change(func() {
			for _, s := range p.stories {
				s.text = strings.ReplaceAll(s.text, "in the morning", "at noon")
				s.content = s.text
			}
		})
		if e := d.round(); e.Changed != 40 || e.New != 0 {
			t.Errorf("changed: %+v", e)
		}
		// The feed turns to teasers: no teaser is stored.
		p.change(func() {
			for _, s := range p.stories {
				s.content = s.text[:300] + " …"
			}
		})
		if e := d.round(); e.Changed+e.New != 0 {
			t.Errorf("teasers: %+v", e)
		}
		for _, a := range d.held() {
			if len(a.Text) < 400 {
				t.Errorf("%s: %q", a.URL, a.Text)
			}
		}
	})
}

// TestShortFeed has a feed that holds the beginnings, and ends them well.
func TestShortFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald")
		for n := range 8 {
			s := tale(n + 1)
			s.content, _, _ = strings.Cut(s.text, "\n\nThe council")
			p.stories = append(p.stories, s)
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.round()
		for _, a := range d.held() {
			if !strings.Contains(a.Text, "The council of Oldmarket") {
				t.Errorf("%s ends early", a.URL)
			}
		}
	})
}

// TestDates has items without a date, with one in the future, and pages that know
// better.
func TestDates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		begin := time.Now().UTC()
		none, future, paged := tale(1), tale(2), tale(3)
		none.published, future.published, paged.published = time.Time{}, begin.Add(30*24*time.Hour), time.Time{}
		paged.extra = `<meta property="article:published_time" content="1999-12-24T10:30:00Z">`
		newPaper(w, herald, "Harbour Herald", none, future, paged)
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.round()
		held := map[string]time.Time{}
		for _, a := range d.held() {
			held[a.URL[len(a.URL)-1:]] = a.Published
		}
		if at := held["1"]; at.Before(begin) || at.After(time.Now()) {
			t.Errorf("without a date: %v", at)
		}
		if at := held["2"]; at.After(time.Now()) || at.Before(begin) {
			t.Errorf("with a date in the future: %v", at)
		}
		if at := held["3"]; !at.Equal(time.Date(1999, time.December, 24, 10, 30, 0, 0, time.UTC)) {
			t.Errorf("the page's: %v", at)
		}
	})
}

// TestMovedFeed follows a feed for good when it moves for good.
func TestMovedFeed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, "new.example", "Harbour Herald", tale(1))
		w.host(herald, http.RedirectHandler("http://new.example/feed", http.StatusMovedPermanently))
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		if e := d.round(); e.New != 1 {
			t.Errorf("%+v", e)
		}
		w.takeAsked()
		d.round()
		if got := w.takeAsked(); !slices.Equal(got, []string{"new.example/feed if"}) {
			t.Errorf("asked for %q", got)
		}
	})
}

// TestMarkup shows that text of pages and feeds is text.
func TestMarkup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		s := tale(1)
		s.title = "&lt;script&gt;alert(1)&lt;/script&gt;Ferry"
		s.text += "\n\n<script>alert(2)</script>A last word about the <b>ferry</b> and its captain, who was late."
		newPaper(w, herald, "Harbour Herald", s)
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.round()
		for _, a := range d.held() {
			if strings.Contains(a.Text, "alert(2)") || strings.Contains(a.Text, "<b>") {
				t.Errorf("text %q", a.Text)
			}
		}
		if len(d.held()) != 1 {
			t.Error("not held")
		}
	})
}

// TestRestless has a feed say something new of an article at every reading.
func TestRestless(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1))
		p.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/feed" {
				return false
			}
			io.WriteString(w, strings.Replace(p.feed(), "<description>", "<description>"+time.Now().Format(time.RFC3339Nano)+" ", 1))
			return true
		}
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		ctx, cancel := contextFor(24 * time.Hour)
		defer cancel()
		if err := d.Run(ctx); err != nil {
			t.Fatal(err)
		}
		pages := 0
		for _, asked := range w.takeAsked() {
			if strings.HasPrefix(asked, herald+"/news/1") {
				pages++
			}
		}
		if pages < 3 || pages > 10 {
			t.Errorf("the page was asked for %d times in a day", pages)
		}
	})
}
