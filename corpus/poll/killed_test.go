package poll_test

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/fetch"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/polltest"
)

// killedFile and killedHosts tell the process that is killed where it works.
const (
	killedFile, killedHosts = "NEWSDESK_KILLED_FILE", "NEWSDESK_KILLED_HOSTS"
	// killedPace is short, so that much is under way.
	killedPace = 50 * time.Millisecond
)

// TestKilled kills a process that reads outlets which fail one time in five and go
// on publishing, at random moments; then one reads to the end, and what was ever
// sent as a whole is in the corpus once.
func TestKilled(t *testing.T) {
	if file := os.Getenv(killedFile); file != "" {
		readUntilKilled(t, file)
		return
	}
	outlets, kills, fresh := 8, 4, 24
	if os.Getenv(storm) != "" {
		outlets, kills, fresh = 200, 50, 50 // no more than feeds hold
	}
	if testing.Short() {
		t.Skip("starts processes")
	}
	w := polltest.New(polltest.Settings{Seed: 9, Outlets: outlets, Articles: 4, Faults: 0.2, Hang: 200 * time.Millisecond, Pause: 10 * time.Millisecond})
	own, err := w.Listen()
	if err != nil {
		t.Skip("this system has only one address of its own: ", err)
	}
	defer w.Close()
	file := filepath.Join(t.TempDir(), "news.db")
	ahead := time.Duration(0)
	h := openAt(t, file, func() time.Time { return time.Now().Add(ahead) }, fetch.Settings{Pace: killedPace, Own: own})
	h.world = w
	for _, o := range w.Outlets {
		if _, err := h.poller.Subscribe(t.Context(), poll.Found{Name: o.Name, Feed: o.Feed, Home: o.Home}); err != nil {
			t.Fatal(err)
		}
	}
	r := rand.New(rand.NewPCG(9, 9))
	halfway := 0
	for range kills {
		w.Publish(fresh)
		if kill(t, file, own, time.Duration(r.IntN(400))*time.Millisecond) {
			halfway++
		}
	}
	w.SetFaults(0)
	for range 3 {
		ahead += 12 * time.Hour // what failed may be tried again
		h.round(t)
	}
	h.checkTruth(t)
	published := 0
	for _, o := range w.Outlets {
		published += len(w.Published(o))
	}
	t.Logf("killed %d times, %d of them while it read; %d of %d articles were sent", kills, halfway, len(w.Served()), published)
	if halfway == 0 || len(w.Served()) < published {
		t.Error("it was not killed while it read, or has not read to the end")
	}
	h.client.Close()
	if err := h.db.Close(); err != nil {
		t.Error(err)
	}
}

// kill starts a process, and kills it so long after it has begun to read. It
// reports whether the process was still reading.
func kill(t *testing.T, file string, own []string, after time.Duration) bool {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestKilled$", "-test.v")
	c.Env = append(os.Environ(), killedFile+"="+file, killedHosts+"="+strings.Join(own, " "))
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	for lines.Scan() && lines.Text() != "reading" {
	}
	timer := time.NewTimer(after)
	done := make(chan bool, 1)
	go func() {
		for lines.Scan() {
			if lines.Text() == "read" {
				done <- true
				return
			}
		}
		done <- false
	}()
	reading := true
	select {
	case <-timer.C:
	case read := <-done:
		reading = !read
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait() // it was killed
	return reading
}

// readUntilKilled is the process.
func readUntilKilled(t *testing.T, file string) {
	h := openAt(t, file, time.Now, fetch.Settings{Pace: killedPace, Own: strings.Fields(os.Getenv(killedHosts))})
	fmt.Println("reading")
	for {
		h.round(t)
		fmt.Println("read")
	}
}
