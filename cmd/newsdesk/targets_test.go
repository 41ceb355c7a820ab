package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/schedule"
	"newsdesk/corpus/feed"
	"newsdesk/corpus/store"
)

// subscribeTo keeps a digest for a feed or a folder.
func (n *newsroom) subscribeTo(target string, now time.Time) schedule.Subscription {
	n.t.Helper()
	sub := schedule.Default(target, now.Add(-time.Hour))
	sub.Reach = schedule.MaxReach
	sub.Times = []schedule.TimeOfDay{schedule.TimeOfDay(now.UTC().Hour()*60 + now.UTC().Minute())}
	n.write(func(tx store.Tx) (err error) {
		sub, err = n.app.schedule.Keep(n.t.Context(), tx, sub)
		return err
	})
	return sub
}

// TestDigestToFiles: a feed that can be read again with what it says, and a file of
// Markdown; text of articles is no markup in either.
func TestDigestToFiles(t *testing.T) {
	n := openNewsroom(t)
	now := time.Now()
	n.today(`Trams <b>reach</b> [Quellbrook](https://evil.example/) & more`, tram)
	atom, folder := n.subscribeTo("feed:morning", now), n.subscribeTo("folder:morning", now)
	n.post(now)
	n.reach(atom, schedule.Done)
	n.reach(folder, schedule.Done)
	n.post(now)
	data, err := os.ReadFile(n.app.folder.feed("morning"))
	if err != nil {
		t.Fatal(err)
	}
	read, err := feed.Read(data, feed.Source{URL: "https://newsdesk.example/morning.atom"})
	if err != nil || len(read.Items) != 1 {
		t.Fatalf("%+v, %v\n%s", read, err, data)
	}
	if a := read.Items[0].Draft; !strings.HasPrefix(a.URL, "https://lantern.example/") || !strings.Contains(a.Text+read.Items[0].Summary, "12 new trams") || strings.Contains(string(data), "<b>") {
		t.Errorf("%+v\n%s", a, data)
	}
	files, err := filepath.Glob(filepath.Join(n.app.folder.digests("morning"), "*.md"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil || !strings.HasPrefix(string(text), "---\ntitle: ") || !strings.Contains(string(text), "12 new trams") ||
		strings.Contains(string(text), "](") || strings.Contains(string(text), "<b>") {
		t.Errorf("%v\n%s", err, text)
	}
}
