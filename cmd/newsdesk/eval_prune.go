package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"

	"github.com/gofrs/flock"
)

// keptIndexes is how many folders of evaluations are kept: one of 5,312 articles
// takes 115 MB, and whoever compares goes back and forth between a corpus or
// two and a model or two.
const keptIndexes = 4

// indexName is what openEvalIndex calls a folder.
var indexName = regexp.MustCompile(`^[0-9a-f]{16}$`)

// used notes that the index is in use: the time of built.json is that of the last
// use.
func (x *evalIndex) used() error {
	now := time.Now()
	return os.Chtimes(x.builtFile(), now, now)
}

// pruneIndexes removes the folders of evaluations below dir but for those that
// were used last. Only what an evaluation made is looked at, by name and lock
// file, and nothing that a process works in is removed. What cannot be removed
// stays, and is in the error.
func pruneIndexes(dir string, keep int) error {
	all, err := indexesIn(dir)
	if err != nil {
		return err
	}
	var failed []error
	for _, x := range all[min(len(all), keep):] {
		failed = append(failed, removeIndex(x.dir))
	}
	return errors.Join(failed...)
}

// keptIndex is a folder of an evaluation.
type keptIndex struct {
	dir  string
	used time.Time
}

// indexesIn returns the folders of evaluations, last used first.
func indexesIn(dir string) ([]keptIndex, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []keptIndex
	for _, e := range entries {
		x := keptIndex{dir: filepath.Join(dir, e.Name())}
		if !e.IsDir() || !indexName.MatchString(e.Name()) {
			continue
		}
		if x.used, err = lastUse(x.dir); errors.Is(err, fs.ErrNotExist) {
			continue // without a lock: not ours, or being removed
		}
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	slices.SortStableFunc(all, func(a, b keptIndex) int { return cmp.Or(b.used.Compare(a.used), cmp.Compare(a.dir, b.dir)) })
	return all, nil
}

// lastUse is the time of built.json; of a folder that was left in the middle,
// that of its lock, when it was begun.
func lastUse(dir string) (time.Time, error) {
	lock, err := os.Stat(filepath.Join(dir, "lock"))
	if err != nil {
		return time.Time{}, err
	}
	if built, err := os.Stat(filepath.Join(dir, "built.json")); err == nil {
		return built.ModTime(), nil
	}
	return lock.ModTime(), nil
}

// removeIndex removes a folder unless a process works in it.
func removeIndex(dir string) error {
	lock := flock.New(filepath.Join(dir, "lock"))
	free, err := lock.TryLock()
	if err != nil || !free {
		return err
	}
	defer lock.Unlock()
	return os.RemoveAll(dir)
}
