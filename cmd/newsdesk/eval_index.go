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

	"newsdesk/corpus"
	"newsdesk/retrieval/scope"
)

// evalIndex is an app in a data folder that holds an evaluation's corpus and
// nothing else, and is kept for the next run.
//
// The folder stands in the user's cache folder, under the hash of the corpus,
// of its passages and of the model that embeds. It is whole once built.json
// stands in it, which is written last, by which program: one that another build
// filled, or that was left in the middle, is filled anew. What a model server
// has embedded is kept even then. The keptIndexes folders that were used last stay,
// older ones are removed. Like any data folder it is locked while a
// process works in it, so a second evaluation waits for the first.
type evalIndex struct {
	folder *folder
	app    *app
	search *search
	built  evalBuilt
	notes  []string
	reader scope.Reader
}

// evalBuilt is what is remembered of the run that filled a folder.
type evalBuilt struct {
	// Program is the hash of the binary.
	Program string `json:"program"`
	// Seconds is the time from the corpus's file to the first question.
	Seconds float64 `json:"index_seconds"`
	// Resumed says that the vectors, or some of them, were there before.
	Resumed bool `json:"resumed"`
}

// openEvalIndex opens the folder for a set, and fills it where it is not whole.
func (inv *invocation) openEvalIndex(set *evalSet) (*evalIndex, error) {
	e, _, err := newModels(inv.log, inv.cli.Settings).embedder(inv.ctx, "")
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256([]byte(set.key + "\n" + e.Model()))
	f, err := newFolder(filepath.Join(xdg.CacheHome, "newsdesk", "eval", hex.EncodeToString(sum[:8])))
	if err != nil {
		return nil, err
	}
	x := &evalIndex{folder: f}
	if err := x.hold(inv); err != nil {
		return nil, err
	}
	err = x.open(inv, set)
	if err == nil && x.search.vectors.model != e.Model() {
		err = fmt.Errorf("the embedding model has changed from %s to %s meanwhile", e.Model(), x.search.vectors.model)
	}
	if err != nil {
		return nil, errors.Join(err, x.close())
	}
	if err := errors.Join(x.used(), pruneIndexes(filepath.Dir(f.dir), keptIndexes)); err != nil {
		inv.log.Warn("indexes of earlier evaluations cannot be removed", "err", err)
	}
	return x, nil
}

// hold takes the folder, however long another evaluation has it: the first fill
// with a model server's vectors takes longer than other commands wait.
func (x *evalIndex) hold(inv *invocation) error {
	for {
		err := x.folder.hold(inv.ctx, func() {
			fmt.Fprintln(inv.streams.Err, "newsdesk: another evaluation works on this corpus; waiting for it")
		})
		if !errors.Is(err, errBusy) {
			return err
		}
	}
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
	if x.readBuilt(program) {
		return x.reopen(inv, set)
	}
	x.built = evalBuilt{Program: program}
	if err := x.clear(inv); err != nil {
		return fmt.Errorf("the index of an earlier evaluation cannot be removed: %w", err)
	}
	return x.fill(inv, set)
}

func (x *evalIndex) builtFile() string { return filepath.Join(x.folder.dir, "built.json") }

// readBuilt reports whether the folder is whole and was filled by this program.
func (x *evalIndex) readBuilt(program string) bool {
	data, err := os.ReadFile(x.builtFile())
	return err == nil && json.Unmarshal(data, &x.built) == nil && x.built.Program == program
}

// writeBuilt makes the folder whole, in one step.
func (x *evalIndex) writeBuilt() error {
	data, err := json.Marshal(x.built)
	if err != nil {
		return err
	}
	part := x.builtFile() + ".part"
	if err := os.WriteFile(part, data, 0o600); err != nil {
		return err
	}
	return os.Rename(part, x.builtFile())
}

// clear removes what is in the folder but for the lock and, where a model server
// embeds, the database: the vectors are in it.
func (x *evalIndex) clear(inv *invocation) error {
	entries, err := os.ReadDir(x.folder.dir)
	if err != nil {
		return err
	}
	server := newModels(inv.log, inv.cli.Settings).embeddingServer()
	for _, e := range entries {
		database := strings.HasPrefix(e.Name(), filepath.Base(x.folder.database()))
		if database && server != "" {
			x.built.Resumed = true
			continue
		}
		if e.Name() == filepath.Base(x.folder.lock.Path()) {
			continue
		}
		if err := os.RemoveAll(filepath.Join(x.folder.dir, e.Name())); err != nil {
			return err
		}
	}
	return nil
}

// reopen opens a folder that is whole.
func (x *evalIndex) reopen(inv *invocation, set *evalSet) (err error) {
	if x.app, err = openApp(inv.ctx, inv.log, x.folder, inv.cli.Settings); err != nil {
		return err
	}
	if x.search, err = x.app.searching(inv.ctx, inv.streams); err != nil {
		return err
	}
	return x.complete(inv.ctx, set)
}

// fill adds the corpus as “newsdesk add” does, from the file to the moment at
// which it can be asked.
func (x *evalIndex) fill(inv *invocation, set *evalSet) error {
	file, err := openFile(set.corpus)
	if err != nil {
		return err
	}
	defer file.Close()
	began := time.Now()
	if x.app, err = openApp(inv.ctx, inv.log, x.folder, inv.cli.Settings); err != nil {
		return err
	}
	s := *inv.streams
	s.In, s.Out = file, io.Discard
	if err := (&addCmd{Name: set.corpus}).runIn(inv.ctx, x.app, &s); err != nil {
		return err
	}
	if x.search, err = x.app.searchingBeside(inv.ctx); err != nil {
		return err
	}
	x.built.Seconds = time.Since(began).Seconds()
	if err := x.complete(inv.ctx, set); err != nil {
		return err
	}
	return x.writeBuilt()
}

// complete checks that the index holds the whole corpus: figures over less
// would be taken for figures over all.
func (x *evalIndex) complete(ctx context.Context, set *evalSet) error {
	end, err1 := x.app.corpus.End(ctx)
	reached, err2 := x.search.vectors.index.Reached(ctx)
	vectors, err3 := x.search.vectors.index.Passages(ctx)
	words, err4 := x.search.lexical.Passages(ctx)
	extent, err5 := x.app.corpus.Extent(ctx, corpus.Filter{})
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return err
	}
	if reached < end {
		return errors.New("the vectors are not complete, as the embedding server did not answer; evaluate again once it does")
	}
	if versions := set.articles - extent.Articles; versions > 0 {
		x.notes = append(x.notes, fmt.Sprintf("%s of %d in %s are taken for versions of others, as they have no address of their own and nearly the same text; the last of each is searched",
			count(versions, "article", "articles"), set.articles, set.corpus))
	} else if words != set.passages {
		return fmt.Errorf("the index holds %d passages and not the %d of %s: remove the folder %s", words, set.passages, set.corpus, x.folder.dir)
	}
	if x.built.Resumed {
		x.notes = append(x.notes, "index_seconds does not count the making of vectors that were kept from an earlier run")
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
