package poll

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/store"
)

const (
	crashFile, crashHosts = "POLL_TEST_FILE", "POLL_TEST_HOSTS"
	crashPapers           = 8
	kills                 = 25
)

// TestCrash kills a process that reads, at random moments, while its outlets fail
// one time in five; in the end every article is held once, and nothing is asked
// for that was not to be.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("starts processes")
	}
	file := filepath.Join(t.TempDir(), "newsdesk.db")
	var hosts []string
	var papers []*flaky
	want := map[string]string{} // text by address
	for n := range crashPapers {
		f := &flaky{paper: paper{title: fmt.Sprintf("Paper %d", n)}}
		server := httptest.NewServer(f)
		defer server.Close()
		f.host = strings.TrimPrefix(server.URL, "http://")
		hosts, papers = append(hosts, f.host), append(papers, f)
	}
	p := loopback(t, file, hosts)
	for n, host := range hosts {
		if _, err := p.Subscribe(t.Context(), Found{Name: papers[n].title, Feed: "http://" + host + "/feed"}); err != nil {
			t.Fatal(err)
		}
	}
	halfway := 0
	for k := range kills {
		for n, f := range papers {
			s := tale(n*100 + k + 1)
			if n%2 == 1 {
				s.content = s.text
			}
			f.change(func() { f.stories = append([]*story{s}, f.stories...) })
			want["http://"+f.host+s.path] = s.text
		}
		killed(t, file, hosts)
		held, err := p.corpus.List(t.Context(), corpus.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		if len(held) < len(want) {
			halfway++
		}
	}
	if t.Logf("killed at work %d times of %d", halfway, kills); halfway == 0 {
		t.Error("it was never killed at work")
	}
	for round := range 30 {
		later := 0
		err := p.Round(t.Context(), func(e Event) { later += e.Later + len(e.Problem) })
		if err != nil {
			t.Fatal(err)
		}
		if round > 2 && later == 0 {
			break
		}
	}
	held, err := p.corpus.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range held {
		if want[a.URL] != a.Text || a.Version != 1 {
			t.Errorf("%s, version %d: %q", a.URL, a.Version, a.Text)
		}
		delete(want, a.URL)
	}
	for url := range want {
		t.Errorf("%s is not held", url)
	}
	entries, err := p.corpus.Entries(t.Context(), 0, 10000)
	if err != nil || len(entries) != crashPapers*kills {
		t.Errorf("%d entries in the log, %v", len(entries), err)
	}
	for _, f := range papers {
		f.change(func() { f.steady, f.asked = true, nil })
	}
	if err := p.Round(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for _, f := range papers {
		for _, asked := range f.asked {
			if asked != "/feed if" {
				t.Errorf("%s was asked for %s", f.title, asked)
			}
		}
	}
}

// killed starts a process that reads until it is killed.
func killed(t *testing.T, file string, hosts []string) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestCrashChild$")
	cmd.Env = append(os.Environ(), crashFile+"="+file, crashHosts+"="+strings.Join(hosts, " "))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(60*time.Millisecond + rand.N(150*time.Millisecond)) // a real process cannot be waited for otherwise
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Error("it ended by itself")
	}
}

// TestCrashChild is the process that is killed.
func TestCrashChild(t *testing.T) {
	file := os.Getenv(crashFile)
	if file == "" {
		t.Skip("only as a process of TestCrash")
	}
	p := loopback(t, file, strings.Fields(os.Getenv(crashHosts)))
	for t.Context().Err() == nil {
		if err := p.Round(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
}

// loopback is a poller of servers at this machine.
func loopback(t *testing.T, file string, hosts []string) *Poller {
	t.Helper()
	log := slog.New(slog.DiscardHandler)
	db, err := store.Open(t.Context(), log, file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c, err := corpus.New(t.Context(), log, db, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	client, err := fetch.New(log, fetch.Settings{Agent: "newsdesk/1.0", Pace: time.Millisecond, Own: hosts})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	p, err := New(context.Background(), log, db, c, client.Get, Settings{AtOnce: 4, Recheck: DefaultRecheck})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// flaky is a paper that fails one time in five, in several ways.
type flaky struct {
	paper
	steady bool
	asked  []string
	once   sync.Mutex
}

func (f *flaky) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.once.Lock()
	steady := f.steady
	if r.URL.Path != "/robots.txt" {
		asked := r.URL.Path
		if r.Header.Get("If-None-Match") != "" {
			asked += " if"
		}
		f.asked = append(f.asked, asked)
	}
	f.once.Unlock()
	if steady || r.URL.Path == "/robots.txt" || rand.IntN(5) > 0 {
		f.paper.ServeHTTP(w, r)
		return
	}
	switch rand.IntN(3) {
	case 0:
		w.WriteHeader(http.StatusBadGateway)
	case 1: // cut
		w.Header().Set("Content-Length", "100000")
		w.Write([]byte("<html><body><article><p>" + taleText(1, "never") + "</p>"))
	case 2:
		http.Redirect(w, r, r.URL.Path, http.StatusFound)
	}
}
