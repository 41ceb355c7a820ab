package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/gofrs/flock"
)

// madeIndex makes a folder as an evaluation leaves it, used that many hours ago.
func madeIndex(t *testing.T, dir, name string, hours int, files ...string) string {
	t.Helper()
	x := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Join(x, "lexical"), 0o700); err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-time.Duration(hours) * time.Hour)
	for _, f := range append(files, filepath.Join("lexical", "segment")) {
		path := filepath.Join(x, f)
		if err := os.WriteFile(path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	return x
}

// namesIn returns what a folder holds.
func namesIn(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestPruneIndexes(t *testing.T) {
	dir := t.TempDir()
	whole := []string{"lock", "built.json"}
	madeIndex(t, dir, "00000000000000aa", 5, whole...)
	madeIndex(t, dir, "00000000000000bb", 1, whole...)
	madeIndex(t, dir, "00000000000000cc", 4, "lock") // left in the middle
	madeIndex(t, dir, "00000000000000dd", 2, whole...)
	busy := madeIndex(t, dir, "00000000000000ee", 9, whole...)
	madeIndex(t, dir, "00000000000000ff", 9)         // nothing of ours in it
	madeIndex(t, dir, "my-notes", 9, whole...)       // not our name
	madeIndex(t, dir, "00000000000000AA", 9, "lock") // nor this
	elsewhere := madeIndex(t, t.TempDir(), "0", 9, whole...)
	if err := os.Symlink(elsewhere, filepath.Join(dir, "0000000000000011")); err != nil {
		t.Skip(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "0000000000000022"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	lock := flock.New(filepath.Join(busy, "lock"))
	if ok, err := lock.TryLock(); err != nil || !ok {
		t.Fatal(ok, err)
	}
	if err := pruneIndexes(dir, 2); err != nil {
		t.Fatal(err)
	}
	want := []string{"0000000000000011", "0000000000000022", "00000000000000AA", "00000000000000bb", "00000000000000dd",
		"00000000000000ee", "00000000000000ff", "my-notes"}
	if got := namesIn(t, dir); !slices.Equal(got, want) {
		t.Errorf("left are\n%q, want\n%q", got, want)
	}
	if got := namesIn(t, elsewhere); len(got) != 3 {
		t.Errorf("a link was followed: %q", got)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if err := pruneIndexes(dir, 0); err != nil {
		t.Fatal(err)
	}
	if got := namesIn(t, dir); len(got) != 5 {
		t.Errorf("left are %q", got)
	}
	if err := pruneIndexes(filepath.Join(dir, "nothing"), 2); !os.IsNotExist(err) {
		t.Error(err)
	}
}

// An evaluation removes the oldest of too many, and none that it uses, however
// long ago it was filled.
func TestEvalPrunes(t *testing.T) {
	cache := cacheFolder(t)
	args := append(evalAnswersSample(t), "--json")
	quietly(t, "", args...).must(t)
	own := onlyFolder(t, cache)
	dir := filepath.Dir(own)
	old := time.Now().Add(-1000 * time.Hour)
	if err := os.Chtimes(filepath.Join(own, "built.json"), old, old); err != nil {
		t.Fatal(err)
	}
	for i := range keptIndexes + 1 {
		madeIndex(t, dir, fmt.Sprintf("%016x", i), i+1, "lock", "built.json")
	}
	quietly(t, "", args...).must(t)
	want := []string{fmt.Sprintf("%016x", 0), fmt.Sprintf("%016x", 1), fmt.Sprintf("%016x", 2), filepath.Base(own)}
	slices.Sort(want)
	if got := namesIn(t, dir); !slices.Equal(got, want) {
		t.Errorf("left are\n%q, want\n%q", got, want)
	}
}
