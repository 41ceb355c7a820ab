package main

import (
	"log/slog"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/feed"
	"newsdesk/corpus/polltest"
	"newsdesk/corpus/store"
)

const (
	// polledOutlets and polledKills are of the short form; with NEWSDESK_POLLED set
	// it is the long one: 200 outlets and 50 kills.
	polledOutlets, polledKills         = 12, 5
	polledManyOutlets, polledManyKills = 200, 50
	// polledPace is short, so that much is under way.
	polledPace = 50 * time.Millisecond
	// published is how many articles each outlet publishes meanwhile, on average: no
	// more than its feed holds, or some would leave it before anybody has come.
	published = 6
	// polledLife is how long a process lives at most; it takes some 0.3 s to begin.
	polledLife = 2 * time.Second
)

// TestPolled reads outlets that fail one time in five with the built binary, which
// is killed at random moments while articles appear. In the end each article that
// was ever sent as a whole is held once, with its outlet, title, author, date and
// text; no host was asked more often than the pace allows; another round makes
// conditional requests only and stores nothing; and the indexes hold what they
// should.
func TestPolled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	outlets, kills := polledOutlets, polledKills
	if os.Getenv("NEWSDESK_POLLED") != "" {
		outlets, kills = polledManyOutlets, polledManyKills
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d outlets, %d kills, seed %d", outlets, kills, seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	p := openPolled(t, seed, outlets)
	for range kills {
		p.Publish(published * outlets / kills)
		reading := start(t, p.environ, "poll")
		<-time.After(time.Duration(rng.Int64N(int64(polledLife))))
		reading.kill(t)
	}
	p.SetFaults(0)
	p.readAll()
	p.judgePace(kills)
	p.judgeArticles()
	p.judgeQuiet()
	if r := p.run("vacuum").must(t); !strings.Contains(r.out, "as it should be") {
		t.Error(r.out)
	}
}

// polled is a world of outlets that the binary reads.
type polled struct {
	*polltest.World
	t       *testing.T
	dir     string
	environ []string
}

func openPolled(t *testing.T, seed uint64, outlets int) *polled {
	t.Helper()
	w := polltest.New(polltest.Settings{Seed: seed, Outlets: outlets, Articles: 4, Faults: 0.2, Hang: 200 * time.Millisecond, Pause: 10 * time.Millisecond})
	own, err := w.Listen()
	if err != nil {
		t.Skip("this system has only one address of its own: ", err)
	}
	t.Cleanup(w.Close)
	p := &polled{World: w, t: t, dir: filepath.Join(t.TempDir(), "data")}
	p.environ = []string{envData + "=" + p.dir, "NEWSDESK_OWN_HOSTS=" + strings.Join(own, ","), "NEWSDESK_OUTLET_PACE=" + polledPace.String()}
	var list []feed.Outline
	for _, o := range w.Outlets {
		list = append(list, feed.Outline{Name: o.Name, Feed: o.Feed, Home: o.Home})
	}
	opml, err := feed.WriteOPML("outlets", list)
	if err != nil {
		t.Fatal(err)
	}
	p.run("outlets", "import", write(t, "outlets.opml", string(opml))).must(t)
	return p
}

func (p *polled) run(args ...string) result {
	p.t.Helper()
	return besideFor(p.t, 10*time.Minute, strings.NewReader(""), p.environ, args...)
}

// readAll reads until a round brings nothing new.
func (p *polled) readAll() {
	p.t.Helper()
	for range 10 {
		r := p.run("poll", "--once").must(p.t)
		if strings.Contains(r.out, "read: nothing new\n") {
			return
		}
	}
	p.t.Error("ten rounds did not bring everything")
}

// judgePace wants no more requests of a host than the pace allows in the time from
// the first to the last; each process may begin at once.
func (p *polled) judgePace(kills int) {
	p.t.Helper()
	type span struct {
		n           int
		first, last time.Time
	}
	spans := map[string]*span{}
	for _, r := range p.Requests() {
		s, ok := spans[r.Host]
		if !ok {
			s = &span{first: r.At}
			spans[r.Host] = s
		}
		s.n++
		s.last = r.At
	}
	for host, s := range spans {
		if may := int(s.last.Sub(s.first)/polledPace) + 1 + kills + 10; s.n > may {
			p.t.Errorf("%s was asked %d times in %v, %d were allowed", host, s.n, s.last.Sub(s.first), may)
		}
	}
}

// judgeArticles holds what is stored against what was sent.
func (p *polled) judgeArticles() {
	p.t.Helper()
	held := p.held()
	for _, v := range p.Served() {
		key := v.URL + "\n" + v.Text
		got := held[key]
		delete(held, key)
		if len(got) != 1 {
			p.t.Errorf("version %d of %s of %s is held %d times", v.Number, v.URL, v.Outlet, len(got))
			continue
		}
		a := got[0]
		if a.Outlet != v.Outlet || a.Title != v.Title || a.Author != v.Author || a.Language != v.Language || !a.Published.Equal(v.Published) {
			p.t.Errorf("%s is held as %q of %s by %q in %s at %v, and is %q of %s by %q in %s at %v", v.URL, a.Title, a.Outlet, a.Author,
				a.Language, a.Published, v.Title, v.Outlet, v.Author, v.Language, v.Published)
		}
	}
	for _, list := range held {
		p.t.Errorf("%s is held and was never sent so", list[0].URL)
	}
	all := 0
	for _, o := range p.Outlets {
		all += len(p.Published(o))
	}
	p.t.Logf("%d of %d articles were sent as a whole", len(p.Served()), all)
	if 10*len(p.Served()) < 9*all {
		p.t.Error("it has not read to the end")
	}
}

// held returns all versions that were ever stored, by address and text.
func (p *polled) held() map[string][]corpus.Article {
	p.t.Helper()
	held := map[string][]corpus.Article{}
	for _, e := range p.entries() {
		if e.Article != nil {
			key := e.Article.URL + "\n" + e.Article.Text
			held[key] = append(held[key], *e.Article)
		}
	}
	return held
}

// entries returns the log.
func (p *polled) entries() []corpus.Entry {
	p.t.Helper()
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(p.t.Context(), log, filepath.Join(p.dir, "newsdesk.db"))
	if err != nil {
		p.t.Fatal(err)
	}
	defer db.Close()
	c, err := corpus.New(p.t.Context(), log, db, time.Now)
	if err != nil {
		p.t.Fatal(err)
	}
	all, err := c.Entries(p.t.Context(), 0, 1<<20)
	if err != nil {
		p.t.Fatal(err)
	}
	return all
}

// judgeQuiet makes a round in which there is nothing new.
func (p *polled) judgeQuiet() {
	p.t.Helper()
	p.Requests()
	before := len(p.entries())
	p.run("poll", "--once").must(p.t)
	if after := len(p.entries()); after != before {
		p.t.Errorf("a round without news brought %d entries of the log", after-before)
	}
	for _, r := range p.Requests() {
		isGone := r.Status == http.StatusNotFound || r.Status == http.StatusGone // of which there is no version to name
		if !r.Conditional && !isGone && !strings.HasSuffix(r.Path, "/robots.txt") {
			p.t.Errorf("%s%s was asked for without a condition", r.Host, r.Path)
		}
	}
}
