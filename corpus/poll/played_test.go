package poll_test

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/polltest"
	"newsdesk/corpus/store"
)

// storm names the variable that makes TestPlayed long: some minutes.
const storm = "NEWSDESK_STORM"

// game is how long it is played.
type game struct {
	outlets, articles, rounds, seeds int
}

const playedPace = time.Second

// TestPlayed reads outlets that fail one time in five, while they publish, change
// and withdraw: in the end what was ever sent as a whole is in the corpus, once for
// each text, and no host was asked faster than the pace. Then nothing new is asked
// for with conditions only, and nothing is stored.
func TestPlayed(t *testing.T) {
	g := game{outlets: 60, articles: 2, rounds: 3, seeds: 1}
	if os.Getenv(storm) != "" {
		g = game{outlets: 200, articles: 8, rounds: 12, seeds: 2}
	}
	for seed := range g.seeds {
		synctest.Test(t, func(t *testing.T) { play(t, g, uint64(seed+1)) })
	}
}

func play(t *testing.T, g game, seed uint64) {
	w := polltest.New(polltest.Settings{Seed: seed, Outlets: g.outlets, Articles: g.articles, Faults: 0.2})
	w.Start()
	d := open(t, w)
	defer d.close()
	for _, o := range w.Outlets {
		if _, err := d.poller.Subscribe(t.Context(), poll.Found{Name: o.Name, Feed: o.Feed, Home: o.Home}); err != nil {
			t.Fatal(err)
		}
	}
	var requests []polltest.Request
	for range g.rounds {
		d.round(t)
		requests = append(requests, w.Requests()...)
		w.Publish(g.outlets / 2)
		w.Change(g.outlets / 4)
		w.Withdraw(g.outlets / 20)
		time.Sleep(30 * time.Minute)
	}
	w.SetFaults(0)
	for range 4 { // until all is read that waited
		d.round(t)
		time.Sleep(12 * time.Hour)
	}
	requests = append(requests, w.Requests()...)
	checkPace(t, requests)
	d.checkTruth(t)
	d.checkQuiet(t)
	t.Logf("seed %d: %d requests, %d versions of %d outlets", seed, len(requests), len(w.Served()), g.outlets)
}

// house is a poller on a store of its own over a world.
type house struct {
	world  *polltest.World
	db     *store.DB
	corpus *corpus.Corpus
	client *fetch.Client
	poller *poll.Poller
}

func open(t *testing.T, w *polltest.World) *house {
	t.Helper()
	h := openAt(t, filepath.Join(t.TempDir(), "news.db"), time.Now, fetch.Settings{Pace: playedPace, Resolve: w.Resolve, Dial: w.Dial})
	h.world = w
	return h
}

func openAt(t *testing.T, file string, now func() time.Time, f fetch.Settings) *house {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	ctx := context.Background()
	h := &house{}
	var err error
	if h.db, err = store.Open(ctx, log, file); err != nil {
		t.Fatal(err)
	}
	if h.corpus, err = corpus.New(ctx, log, h.db, now); err != nil {
		t.Fatal(err)
	}
	f.Agent = "newsdesk/1.0"
	if h.client, err = fetch.New(log, f); err != nil {
		t.Fatal(err)
	}
	s := poll.Settings{Recheck: poll.DefaultRecheck, Now: now, Jitter: func() float64 { return 0.5 }}
	if h.poller, err = poll.New(ctx, log, h.db, h.corpus, h.client.Get, s); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) close() {
	h.client.Close()
	h.world.Close()
	h.db.Close()
	synctest.Wait()
}

func (h *house) round(t *testing.T) {
	t.Helper()
	if err := h.poller.Round(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
}

// checkPace wants the pace between the requests of each host.
func checkPace(t *testing.T, requests []polltest.Request) {
	t.Helper()
	last := map[string]time.Time{}
	for _, r := range requests {
		if before, ok := last[r.Host]; ok && r.At.Sub(before) < playedPace {
			t.Errorf("%s was asked again after %v", r.Host, r.At.Sub(before))
		}
		last[r.Host] = r.At
	}
}

// checkTruth holds the log against what was sent.
func (h *house) checkTruth(t *testing.T) {
	t.Helper()
	held := map[string][]corpus.Article{}
	withdrawn := map[string]bool{}
	urls := map[string]string{}
	for after := int64(0); ; {
		entries, err := h.corpus.Entries(t.Context(), after, 0)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			after = e.Seq
			if e.Article != nil {
				key := e.Article.URL + "\n" + e.Article.Text
				held[key] = append(held[key], *e.Article)
				urls[e.ID] = e.Article.URL
			}
			withdrawn[urls[e.ID]] = e.Kind == corpus.Withdrawn
		}
	}
	for _, v := range h.world.Served() {
		key := v.URL + "\n" + v.Text
		h.checkVersion(t, v, held[key])
		delete(held, key)
		if withdrawn[v.URL] != v.Withdrawn {
			t.Errorf("%s is withdrawn: %v, and in the corpus: %v", v.URL, v.Withdrawn, withdrawn[v.URL])
		}
	}
	for _, list := range held {
		t.Errorf("%s is in the corpus and was never sent so: %.80q", list[0].URL, list[0].Text)
	}
}

// checkVersion wants what was sent to be held once, with all that is true of it.
func (h *house) checkVersion(t *testing.T, v polltest.Version, held []corpus.Article) {
	t.Helper()
	if len(held) != 1 {
		t.Errorf("version %d of %s of %s is held %d times", v.Number, v.URL, v.Outlet, len(held))
		return
	}
	a := held[0]
	if a.Outlet != v.Outlet || a.Title != v.Title || a.Author != v.Author || !a.Published.Equal(v.Published) || a.Language != v.Language {
		t.Errorf("%s is held as %q of %q by %q in %q at %v, and is %q of %q by %q in %q at %v (dates: %s)", v.URL, a.Title, a.Outlet, a.Author, a.Language, a.Published,
			v.Title, v.Outlet, v.Author, v.Language, v.Published, h.datesOf(v.Outlet))
	}
}

func (h *house) datesOf(outlet string) string {
	for _, o := range h.world.Outlets {
		if o.Name == outlet {
			return fmt.Sprintf("%s, %s, layout %d", o.Format, o.Dates, o.Layout)
		}
	}
	return "?"
}

// checkQuiet makes a round in which there is nothing new.
func (h *house) checkQuiet(t *testing.T) {
	t.Helper()
	before, err := h.corpus.End(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.world.Requests()
	h.round(t)
	after, err := h.corpus.End(t.Context())
	if err != nil || after != before {
		t.Errorf("a round without news brought %d entries of the log, %v", after-before, err)
	}
	feeds := 0
	for _, r := range h.world.Requests() {
		isGone := r.Status == http.StatusNotFound || r.Status == http.StatusGone // of which there is no version to name
		if !r.Conditional && !isGone && !strings.HasSuffix(r.Path, "/robots.txt") {
			t.Errorf("%s%s was asked for without a condition", r.Host, r.Path)
		}
		if r.Path == "/feed" {
			feeds++
		}
	}
	if feeds != len(h.world.Outlets) {
		t.Errorf("%d feeds were read", feeds)
	}
}
