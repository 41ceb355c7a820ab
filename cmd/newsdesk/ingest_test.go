package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/chunk"
)

// What comes in while the index is asked or killed: batches of articles, of
// which each has changed some that came before.
const (
	batches      = 8
	batchSize    = 12
	changedEach  = 4
	longestAdd   = 500 * time.Millisecond
	everyPassage = "harbour"
)

// batch returns the articles of one batch as a file that “add” reads. In every
// sentence stands everyPassage, so that one question finds all passages.
func batch(t testing.TB, n int) string {
	t.Helper()
	var records []map[string]string
	for i := range batchSize + changedEach {
		number, version := n*batchSize+i, n
		if i >= batchSize { // one of the batch before, changed
			number, version = max(0, n-1)*batchSize+i-batchSize, n+1000
		}
		records = append(records, map[string]string{
			"title": fmt.Sprintf("Harbour notes, number %d", number), "author": "", "category": "",
			"source":       fmt.Sprintf("Outlet %d", number%5),
			"published_at": time.Date(2026, time.Month(1+number%9), 1+number%28, 9, 0, 0, 0, time.UTC).Format(time.RFC3339),
			"url":          fmt.Sprintf("https://www.notes.example/%d", number),
			"body":         notes(number, version),
		})
	}
	data, err := json.Marshal(records)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// notes is a text of several passages.
func notes(number, version int) string {
	var text strings.Builder
	for i := range 30 {
		fmt.Fprintf(&text, "In version %d of note %d the harbour office counted %d boats on pier %d and wrote it down. ",
			version, number, 1+(number*31+i*7)%90, i)
		if i%10 == 9 {
			text.WriteString("\n\n")
		}
	}
	return text.String()
}

// TestIndexKilled kills “add” at random moments. Whatever is in the log then is
// what both indexes hold once they are opened again, and nothing else.
func TestIndexKilled(t *testing.T) {
	kills := killsWanted(t)
	seed := uint64(time.Now().UnixNano())
	t.Logf("%d kills, seed %d", kills, seed)
	rng := rand.New(rand.NewPCG(seed, 0))
	dir := t.TempDir()
	next, articles := 0, 0
	for range kills {
		args := []string{"--data", dir, "add"}
		for range batches {
			args = append(args, write(t, "batch.json", batch(t, next)))
			next++
		}
		p := start(t, nil, args...)
		<-time.After(time.Duration(rng.Int64N(int64(longestAdd))))
		p.kill(t)
		articles = wantWholeIndex(t, dir)
	}
	t.Logf("%d articles in the end", articles)
	if articles == 0 {
		t.Error("no process lived long enough to add anything")
	}
}

// wantWholeIndex opens the folder, brings the index up to the end of the log and
// compares what it holds with the log. It returns the number of articles.
func wantWholeIndex(t *testing.T, dir string) int {
	t.Helper()
	a, x := openIndex(t, dir)
	defer func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	}()
	held, err := a.corpus.List(t.Context(), corpus.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, article := range held {
		for _, p := range chunk.Passages(article) {
			want[p.ID()] = true
		}
	}
	for name, index := range map[string]retrieval.Index{"lexical": x.lexical, "dense": x.vectors.index} {
		if got := all(t, index, len(want)+100); !maps.Equal(got, want) {
			t.Errorf("%s holds %d passages, want the %d of the log", name, len(got), len(want))
		}
		if n, err := index.Passages(t.Context()); err != nil || n != len(want) {
			t.Errorf("%s counts %d passages, error %v, want %d", name, n, err, len(want))
		}
	}
	return len(held)
}

func openIndex(t testing.TB, dir string) (*app, *search) {
	t.Helper()
	f, err := newFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	a, err := openApp(t.Context(), slog.New(slog.DiscardHandler), f, settings{})
	if err != nil {
		t.Fatal(err)
	}
	x, err := a.searching(t.Context(), quiet(strings.NewReader("")))
	if err != nil {
		t.Fatal(err)
	}
	return a, x
}

// all returns the IDs of all passages of an index.
func all(t testing.TB, index retrieval.Index, limit int) map[string]bool {
	t.Helper()
	result, err := index.Retrieve(t.Context(), retrieval.Query{Text: everyPassage, Limit: limit})
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, hit := range result.Hits {
		ids[hit.Passage.ID()] = true
	}
	return ids
}

// TestAskedWhileAdding asks while articles come in and change. No answer mixes
// two versions of an article, and every text is what the log holds.
func TestAskedWhileAdding(t *testing.T) {
	a, x := openIndex(t, t.TempDir())
	defer func() {
		if err := a.close(); err != nil {
			t.Error(err)
		}
	}()
	added := make(chan struct{})
	var asking sync.WaitGroup
	for range 3 {
		asking.Go(func() { askUntil(t, a, x, added) })
	}
	for n := range batches {
		cmd := addCmd{Name: "batch.json"}
		if err := cmd.runIn(t.Context(), a, quiet(strings.NewReader(batch(t, n)))); err != nil {
			t.Error(err)
		}
	}
	close(added)
	asking.Wait()
}

// askUntil asks until done is closed, and once more.
func askUntil(t *testing.T, a *app, x *search, done <-chan struct{}) {
	for last := false; !last; {
		select {
		case <-done:
			last = true
		default:
		}
		result, err := x.retriever.Retrieve(t.Context(), retrieval.Query{Text: everyPassage + " office boats counted on pier 3", Limit: 60})
		if err != nil {
			t.Error(err)
			return
		}
		wantOneVersion(t, a, result.Hits)
		if last && len(result.Hits) != 60 {
			t.Errorf("found %d passages in the end, want 60", len(result.Hits))
		}
	}
}

func wantOneVersion(t *testing.T, a *app, hits []retrieval.Hit) {
	version := map[string]int64{}
	for _, hit := range hits {
		p := hit.Passage
		if seq, ok := version[p.ArticleID]; ok && seq != p.Seq {
			t.Errorf("versions %d and %d of one article in one result", seq, p.Seq)
		}
		version[p.ArticleID] = p.Seq
	}
	stored, err := a.corpus.BySeqs(t.Context(), slices.Collect(maps.Values(version)))
	if err != nil {
		t.Error(err)
	}
	for _, hit := range hits {
		p := hit.Passage
		if article, ok := stored[p.Seq]; !ok || article.Text[p.Start:p.End] != p.Text {
			t.Errorf("passage %s is not what is stored", p.ID())
		}
	}
}
