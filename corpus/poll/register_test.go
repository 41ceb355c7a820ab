package poll

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/page"
)

func TestRegister(t *testing.T) {
	w := newWeb(t)
	d, ctx := newDesk(t, w, Settings{}), t.Context()
	d.subscribe("Harbour Herald", herald)
	d.subscribe("Nordlicht Kurier", "www.kurier.example")
	d.subscribe("Kurier Sport", "kurier.example")

	for _, c := range []struct {
		f    Found
		want error
	}{
		{Found{Name: "Other", Feed: "http://" + herald + "/feed"}, ErrKnown},
		{Found{Name: "HARBOUR  herald", Feed: "http://else.example/feed"}, ErrName},
		{Found{Name: " ", Feed: "http://else.example/feed"}, ErrName},
		{Found{Name: "Other", Feed: "ftp://else.example/feed"}, nil},
		{Found{Name: "Other", Feed: "http://else.example/feed", Home: "nowhere"}, nil},
	} {
		if _, err := d.Subscribe(ctx, c.f); err == nil || c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%+v: %v", c.f, err)
		}
	}
	for _, c := range []struct {
		meant, name string
		err         error
	}{
		{"harbour herald", "Harbour Herald", nil}, {" Harbour Herald ", "Harbour Herald", nil},
		{herald, "Harbour Herald", nil}, {"www." + herald, "Harbour Herald", nil}, {"https://" + herald + "/a/b", "Harbour Herald", nil},
		{"http://kurier.example/feed", "Kurier Sport", nil},
		{"kurier.example", "", ErrSeveral}, {"Herald", "", ErrUnknown}, {"", "", ErrUnknown}, {"else.example", "", ErrUnknown},
	} {
		o, err := d.Outlet(ctx, c.meant)
		if o.Name != c.name || !errors.Is(err, c.err) {
			t.Errorf("%q: %q, %v", c.meant, o.Name, err)
		}
	}
	check := func(err, want error) {
		t.Helper()
		if !errors.Is(err, want) || want == nil && err != nil {
			t.Errorf("%v, want %v", err, want)
		}
	}
	check(d.Rename(ctx, "Kurier Sport", "nordlicht kurier"), ErrName)
	check(d.Rename(ctx, "Kurier Sport", "\x1b\x00"), ErrName)
	check(d.Rename(ctx, "Kurier Sport", "kurier \x1b sport"), nil)
	check(d.Rename(ctx, "nobody", "somebody"), ErrUnknown)
	check(d.Pause(ctx, "nobody"), ErrUnknown)
	check(d.Pause(ctx, herald), nil)
	check(d.Pause(ctx, herald), nil)
	check(d.SetKeep(ctx, herald, Keep{For: 48 * time.Hour, Articles: 7}), nil)
	check(d.Remove(ctx, "Nordlicht Kurier"), nil)
	check(d.Remove(ctx, "Nordlicht Kurier"), ErrUnknown)
	list, err := d.Outlets(ctx)
	if err != nil || len(list) != 2 || list[0].Name != "Harbour Herald" || list[1].Name != "kurier sport" {
		t.Fatalf("%+v, %v", list, err)
	}
	if o := list[0]; o.State != Paused || o.Keep != (Keep{48 * time.Hour, 7}) || o.Added.IsZero() || !o.Newest.IsZero() || o.Quiet {
		t.Errorf("%+v", o)
	}
	check(d.Resume(ctx, herald), nil)
	if o := d.outlet(herald); o.State != Active {
		t.Errorf("%+v", o)
	}
}

func TestFind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		newPaper(w, herald, "Harbour Herald", tale(1), tale(2))
		bare := newPaper(w, "bare.example", "Bare News - RSS Feed", tale(3))
		bare.before = func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/" {
				w.Write([]byte("<html><body>Welcome</body></html>"))
			}
			return r.URL.Path == "/"
		}
		newPaper(w, "nothing.example", "Nothing").before = func(w http.ResponseWriter, r *http.Request) bool {
			http.NotFound(w, r)
			return true
		}
		d, ctx := newDesk(t, w, Settings{}), t.Context()
		for _, address := range []string{herald, "http://" + herald, "http://" + herald + "/news/1", "http://" + herald + "/feed"} {
			found, err := d.Find(ctx, address)
			if err != nil || len(found) != 1 {
				t.Errorf("%s: %+v, %v", address, found, err)
				continue
			}
			f := found[0]
			if f.Name != "Harbour Herald" || f.Feed != "http://"+herald+"/feed" || f.Home != "http://"+herald+"/" || f.Language != "en" ||
				f.Articles != 2 || !f.Newest.Equal(tale(1).published) && !f.Newest.After(time.Now().Add(-2*time.Hour)) ||
				!slices.Equal(f.Examples, []string{"Ferry number 1 sails", "Ferry number 2 sails"}) {
				t.Errorf("%s: %+v", address, f)
			}
		}
		if found, err := d.Find(ctx, "bare.example"); err != nil || len(found) != 1 || found[0].Name != "Bare News" {
			t.Errorf("bare: %+v, %v", found, err)
		}
		if _, err := d.Find(ctx, "http://nothing.example/"); !errors.Is(err, fetch.ErrGone) {
			t.Errorf("nothing: %v", err)
		}
		if _, err := d.Find(ctx, "http://127.0.0.1/"); !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("private: %v", err)
		}
		bare.change(func() {
			bare.host = "x.example"
			bare.before = func(w http.ResponseWriter, r *http.Request) bool {
				if r.URL.Path != "/" {
					http.NotFound(w, r)
					return true
				}
				w.Write([]byte("<html><body>Welcome</body></html>"))
				return true
			}
		})
		if _, err := d.Find(ctx, "http://bare.example/"); !errors.Is(err, ErrNoFeed) {
			t.Errorf("no feed: %v", err)
		}
		if list, err := d.Outlets(ctx); err != nil || len(list) != 0 {
			t.Errorf("stored %+v, %v", list, err)
		}
	})
}

func TestRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "The Herald of the Harbour", tale(1), tale(2))
		p.stories[1].text = "Short."
		newPaper(w, "else.example", "Else", tale(3))
		d, ctx := newDesk(t, w, Settings{}), t.Context()
		d.subscribe("Harbour Herald", herald)
		a, added, err := d.Read(ctx, herald+"/news/1?utm_source=mail")
		if err != nil || added.New != 1 || a.Outlet != "Harbour Herald" || a.ID == "" || a.Text != tale(1).text || a.URL != "http://"+herald+"/news/1" {
			t.Errorf("%+v, %+v, %v", a, added, err)
		}
		if again, added, err := d.Read(ctx, "http://"+herald+"/news/1"); err != nil || added.Same != 1 || again.ID != a.ID || again.Version != 1 {
			t.Errorf("again: %+v, %v", added, err)
		}
		if a, _, err := d.Read(ctx, "http://else.example/news/3"); err != nil || a.Outlet != "Else" {
			t.Errorf("of no outlet: %q, %v", a.Outlet, err)
		}
		if _, _, err := d.Read(ctx, "http://"+herald+"/news/2"); !errors.Is(err, page.ErrNoArticle) || Plain(err) != "there is no article on the page" {
			t.Errorf("no article: %v", err)
		}
		if _, _, err := d.Read(ctx, "http://"+herald+"/news/9"); !errors.Is(err, fetch.ErrGone) {
			t.Errorf("gone: %v", err)
		}
		d.round() // the feed has it as well
		if got := d.held(); len(got) != 2 {
			t.Errorf("held %q", urls(got))
		}
		if err := d.corpus.Remove(ctx, a.ID); err != nil {
			t.Fatal(err)
		}
		if _, _, err := d.Read(ctx, a.URL); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("removed: %v", err)
		}
	})
}

func TestQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		var list []*story
		for n := range 8 {
			list = append(list, tale(n+1))
		}
		p := newPaper(w, herald, "Harbour Herald", list...)
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		quiet := func() []string {
			t.Helper()
			d.round()
			outlets, err := d.QuietNow(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, o := range outlets {
				names = append(names, o.Name)
			}
			return names
		}
		if got := quiet(); got != nil {
			t.Errorf("at first %q", got)
		}
		time.Sleep(80 * time.Hour)
		for range 2 { // until told
			if got := quiet(); !slices.Equal(got, []string{"Harbour Herald"}) {
				t.Errorf("after three days %q", got)
			}
		}
		if err := d.ToldQuiet(t.Context(), []Outlet{d.outlet("Harbour Herald")}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Hour)
		if got := quiet(); got != nil || !d.outlet("Harbour Herald").Quiet {
			t.Errorf("once told %q", got)
		}
		p.change(func() { p.stories = append([]*story{tale(20)}, p.stories...); p.stories[0].published = time.Now() })
		if got := quiet(); got != nil || d.outlet("Harbour Herald").Quiet {
			t.Errorf("it published %q", got)
		}
		time.Sleep(30 * 24 * time.Hour)
		if got := quiet(); !slices.Equal(got, []string{"Harbour Herald"}) {
			t.Errorf("quiet once more %q", got)
		}
	})
}

func TestTidy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		var list, other []*story
		for n := range 30 {
			list, other = append(list, tale(n+1)), append(other, tale(n+101))
			other[n].published = list[n].published
		}
		newPaper(w, herald, "Harbour Herald", list...)
		newPaper(w, "kurier.example", "Nordlicht Kurier", other...)
		d, ctx := newDesk(t, w, Settings{KeepFor: 20*time.Hour + time.Minute}), t.Context()
		d.subscribe("Harbour Herald", herald)
		d.subscribe("Nordlicht Kurier", "kurier.example")
		if err := d.SetKeep(ctx, "Nordlicht Kurier", Keep{Articles: 7, For: 1000 * time.Hour}); err != nil {
			t.Fatal(err)
		}
		if e := d.round(); e.New != 50 { // what is too old is not even read
			t.Errorf("%+v", e)
		}
		if n, err := d.Tidy(ctx); n != 23 || err != nil {
			t.Errorf("removed %d, %v", n, err)
		}
		if a, b := d.outlet("Harbour Herald"), d.outlet("Nordlicht Kurier"); a.Articles != 20 || b.Articles != 7 || !b.Newest.Equal(other[0].published) {
			t.Errorf("left %d and %d", a.Articles, b.Articles)
		}
		time.Sleep(5 * time.Hour)
		if n, err := d.Tidy(ctx); n != 5 || err != nil {
			t.Errorf("later removed %d, %v", n, err)
		}
		if e := d.round(); e.New+e.Changed != 0 {
			t.Errorf("removed ones came back: %+v", e)
		}
		if n, err := d.Tidy(ctx); n != 0 || err != nil {
			t.Errorf("at last removed %d, %v", n, err)
		}
	})
}

func TestFill(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		begin := time.Now().UTC()
		var list []*story
		for n := range 60 {
			s := tale(n + 1)
			s.published = begin.AddDate(0, 0, -n)
			s.extra = fmt.Sprintf(`<meta property="article:published_time" content="%s">`, s.published.Format(time.RFC3339))
			list = append(list, s)
		}
		p := newPaper(w, herald, "Harbour Herald", list...)
		about := tale(500)
		about.path = "/about"
		old := tale(501)
		old.path, old.extra = "/old", `<meta property="article:published_time" content="2001-01-01T00:00:00Z">`
		p.before = func(w http.ResponseWriter, r *http.Request) bool {
			switch r.URL.Path {
			case "/feed":
				p.stories = list[:5]
				reply(w, r, "application/rss+xml", p.feed())
				p.stories = append(slices.Clone(list), about, old)
			case "/robots.txt":
				fmt.Fprintf(w, "User-agent: *\nAllow: /\nSitemap: http://%s/maps.xml\nSitemap: http://liar.example/maps.xml\n", herald)
			case "/maps.xml":
				fmt.Fprintf(w, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>http://%[1]s/map.xml</loc></sitemap>
					<sitemap><loc>http://%[1]s/none.xml</loc></sitemap><sitemap><loc>http://%[1]s/maps.xml</loc></sitemap></sitemapindex>`, herald)
			case "/map.xml":
				var b strings.Builder
				b.WriteString(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">`)
				for _, path := range []string{"/", "/about", "/old"} {
					fmt.Fprintf(&b, "<url><loc>http://%s%s</loc></url>", herald, path)
				}
				b.WriteString("<url><loc>http://liar.example/x</loc></url>")
				for _, s := range list {
					fmt.Fprintf(&b, "<url><loc>http://%s%s</loc><lastmod>%s</lastmod></url>", herald, s.path, s.published.Format(time.RFC3339))
				}
				w.Write([]byte(b.String() + "</urlset>"))
			default:
				return false
			}
			return true
		}
		d, ctx := newDesk(t, w, Settings{Recheck: DefaultRecheck}), t.Context()
		d.subscribe("Harbour Herald", herald)
		var sum Event
		err := d.Fill(ctx, "Harbour Herald", begin.AddDate(0, 0, -30), func(e Event) {
			sum.New, sum.Unreadable, sum.Left = sum.New+e.New, sum.Unreadable+e.Unreadable, e.Left
		})
		if err != nil || sum.New != 31 || sum.Unreadable != 2 || sum.Left != 0 {
			t.Errorf("%+v, %v", sum, err)
		}
		for _, a := range d.held() {
			if a.Published.Before(begin.AddDate(0, 0, -30)) {
				t.Errorf("%s is of %v", a.URL, a.Published)
			}
		}
		for _, asked := range w.takeAsked() {
			if strings.HasPrefix(asked, "liar") {
				t.Errorf("asked for %s", asked)
			}
		}
		if err := d.Fill(ctx, "Harbour Herald", begin.AddDate(0, 0, -30), nil); err != nil {
			t.Errorf("again: %v", err)
		}
		if n := len(d.held()); n != 31 {
			t.Errorf("%d articles", n)
		}
		newPaper(w, "kurier.example", "Nordlicht Kurier")
		d.subscribe("Nordlicht Kurier", "kurier.example")
		if err := d.Fill(ctx, "Nordlicht Kurier", begin, nil); !errors.Is(err, ErrNoMap) {
			t.Errorf("without a map: %v", err)
		}
	})
}

// TestRename has the articles that are held, and those to come, bear the new name.
func TestRename(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		p := newPaper(w, herald, "Harbour Herald", tale(1), tale(2))
		d, ctx := newDesk(t, w, Settings{Recheck: DefaultRecheck}), t.Context()
		d.subscribe("Herald", herald)
		d.round()
		if err := d.Rename(ctx, "Herald", "Harbour Herald"); err != nil {
			t.Fatal(err)
		}
		if o := d.outlet("Harbour Herald"); o.Articles != 2 || o.Newest.IsZero() {
			t.Errorf("%+v", o)
		}
		p.change(func() { p.stories = append(p.stories, tale(3)) })
		time.Sleep(2 * time.Hour)
		if e := d.round(); e.New != 1 || e.Changed != 0 {
			t.Errorf("%+v", e)
		}
		for _, a := range d.held() {
			if a.Outlet != "Harbour Herald" {
				t.Errorf("%s is of %s", a.URL, a.Outlet)
			}
		}
		other := Found{Name: "Herald", Feed: "http://else.example/feed"}
		if _, err := d.Subscribe(ctx, other); !errors.Is(err, ErrName) {
			t.Errorf("the former name at once: %v", err)
		}
		if _, err := d.Tidy(ctx); err != nil {
			t.Fatal(err)
		}
		if _, err := d.Subscribe(ctx, other); err != nil {
			t.Errorf("the former name later: %v", err)
		}
	})
}

// TestNothingReadable names what keeps all pages of an outlet from being read.
func TestNothingReadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWeb(t)
		var list []*story
		for n := range 6 {
			s := tale(n + 1)
			s.status = 403
			list = append(list, s)
		}
		p := newPaper(w, herald, "Harbour Herald", list...)
		d := newDesk(t, w, Settings{})
		d.subscribe("Harbour Herald", herald)
		d.round()
		want := "the feed can be read, but none of its last 6 articles: the server does not let us in (403 Forbidden)"
		if o := d.outlet("Harbour Herald"); o.Problem != want {
			t.Errorf("%q", o.Problem)
		}
		p.change(func() { list[0].status = 0 })
		time.Sleep(2 * time.Hour)
		d.round()
		if o := d.outlet("Harbour Herald"); o.Problem != "" || o.Articles != 1 {
			t.Errorf("%+v", o)
		}
	})
}
