package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/adrg/xdg"
)

// evalIndex is an app in a data folder that holds an evaluation's corpus and
// nothing else, and is kept for the next run.
//
// The folder stands in the user's cache folder, under the hash of the corpus,
// of its passages and of the model that embeds. It is whole once built.json
// stands in it, which is written last, by which program: one that another build
// filled, or that was left in the middle, is filled anew. What a model server
// has embedded is kept even then. Like any data folder it is locked while a
// process works in it, so a second evaluation waits for the first.
type evalIndex struct {
	folder *folder
	app    *app
	search *search
	built  evalBuilt
	notes  []string
}

// evalBuilt is what is remembered of the run that filled a folder.
type evalBuilt struct {
	// Program is the hash of the binary.
	Program string `json:"program"`
	// Seconds is the time from the corpus's file to the first question.
	Seconds float64 `json:"index_seconds"`
}

const builtFile = "built.json"

// openEvalIndex opens the folder for a set, and fills it where it is not whole.
func (inv *invocation) openEvalIndex(set *evalSet) (x *evalIndex, err error) {
	e, _, err := newModels(inv.log, inv.cli.Settings).embedder(inv.ctx, "")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(set.key + "\n" + e.Model()))
	x = &evalIndex{}
	if x.folder, err = newFolder(filepath.Join(xdg.CacheHome, "newsdesk", "eval", hex.EncodeToString(sum[:8]))); err != nil {
		return nil, err
	}
	err = x.folder.hold(inv.ctx, func() {
		fmt.Fprintln(inv.streams.Err, "newsdesk: another evaluation works on this corpus; waiting for it")
	})
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, x.close())
		}
	}()
	if err := x.open(inv, set); err != nil {
		return nil, err
	}
	if x.search.vectors.model != e.Model() {
		return nil, fmt.Errorf("the embedding model has changed from %s to %s meanwhile", e.Model(), x.search.vectors.model)
	}
	return x, x.complete(inv.ctx, set)
}

func (x *evalIndex) close() error {
	var err error
	if x.app != nil {
		err = x.app.close()
	}
	return errors.Join(err, x.folder.release())
}

// open opens what is there, or fills it.
func (x *evalIndex) open(inv *invocation, set *evalSet) error {
	program, err := programHash()
	if err != nil {
		return err
	}
	path := filepath.Join(x.folder.dir, builtFile)
	whole := x.readBuilt(path) && x.built.Program == program
	if !whole {
		x.built = evalBuilt{Program: program}
		if err := x.clear(newModels(inv.log, inv.cli.Settings).embeddingServer() != ""); err != nil {
			return err
		}
	}
	if x.app, err = openApp(inv.ctx, inv.log, x.folder, inv.cli.Settings); err != nil {
		return err
	}
	if !whole {
		return x.fill(inv, set, path)
	}
	x.search, err = x.app.searching(inv.ctx, inv.streams)
	return err
}

// readBuilt reports whether the folder is whole.
func (x *evalIndex) readBuilt(path string) bool {
	data, err := os.ReadFile(path)
	return err == nil && json.Unmarshal(data, &x.built) == nil
}

// clear removes what is in the folder but for the lock and, where keep says so,
// for the database, in which the vectors are.
func (x *evalIndex) clear(keep bool) error {
	entries, err := os.ReadDir(x.folder.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		database := strings.HasPrefix(e.Name(), filepath.Base(x.folder.database()))
		switch {
		case e.Name() == filepath.Base(x.folder.lock.Path()):
			continue
		case database && keep:
			note := "vectors that an earlier run made were used: index_seconds does not count their making"
			if len(x.notes) == 0 {
				x.notes = append(x.notes, note)
			}
			continue
		}
		if err := os.RemoveAll(filepath.Join(x.folder.dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// fill adds the corpus as “newsdesk add” does, from the file to the moment at
// which it can be asked.
func (x *evalIndex) fill(inv *invocation, set *evalSet, path string) error {
	file, err := openFile(set.corpus)
	if err != nil {
		return err
	}
	defer file.Close()
	s := *inv.streams
	s.In, s.Out = file, io.Discard
	began := time.Now()
	if err := (&addCmd{Name: set.corpus}).runIn(inv.ctx, x.app, &s); err != nil {
		return err
	}
	x.built.Seconds = time.Since(began).Seconds()
	if x.search, err = x.app.searching(inv.ctx, inv.streams); err != nil {
		return err
	}
	if err := x.complete(inv.ctx, set); err != nil {
		return err
	}
	return x.writeBuilt(path)
}

// writeBuilt makes the folder whole, in one step.
func (x *evalIndex) writeBuilt(path string) error {
	data, err := json.Marshal(x.built)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".part", data, 0o600); err != nil {
		return err
	}
	return os.Rename(path+".part", path)
}

// complete checks that the index holds the whole corpus: figures over less
// would be told as figures over all.
func (x *evalIndex) complete(ctx context.Context, set *evalSet) error {
	end, err1 := x.app.corpus.End(ctx)
	reached, err2 := x.search.vectors.index.Reached(ctx)
	words, err3 := x.search.lexical.Passages(ctx)
	vectors, err4 := x.search.vectors.index.Passages(ctx)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	if reached < end {
		return fmt.Errorf("the vectors are not complete: the embedding server did not answer; ask again once it does")
	}
	if words != set.passages {
		return fmt.Errorf("%s has %d passages, the index %d: some of its articles are taken for versions of one", set.corpus, set.passages, words)
	}
	if vectors < words {
		x.notes = append(x.notes, fmt.Sprintf("%s of %d have no vector and are found by words only", count(words-vectors, "passage", "passages"), words))
	}
	return nil
}

// programHash is that of the binary that runs: another build may index in
// another way.
func programHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}
