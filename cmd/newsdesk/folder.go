package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// folder is the data folder. One process at a time works in it: a serve for as
// long as it runs, another command until it is done. Beside a serve, commands
// are run by it, over the socket.
//
//	newsdesk.db       everything that cannot be computed again (SQLite)
//	lexical/          the index of words, rebuilt when it is missing
//	lock              held by the process that works in the folder
//	newsdesk.sock     where a running serve takes commands
type folder struct {
	dir  string
	lock *flock.Flock
}

// errBusy means that another process works in the folder.
var errBusy = errors.New("another newsdesk works in this folder")

// errServing means that a serve works in the folder.
var errServing = errors.New("a “newsdesk serve” is already running on this data folder")

func newFolder(dir string) (*folder, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("data folder %s: %w", dir, err)
	}
	if err := os.MkdirAll(abs, 0o700); err != nil {
		return nil, fmt.Errorf("the data folder cannot be made: %w; choose another with --data", err)
	}
	return &folder{dir: abs, lock: flock.New(filepath.Join(abs, "lock"))}, nil
}

func (f *folder) database() string { return filepath.Join(f.dir, "newsdesk.db") }
func (f *folder) lexical() string  { return filepath.Join(f.dir, "lexical") }
func (f *folder) socket() string   { return filepath.Join(f.dir, "newsdesk.sock") }

// patience is how long a command waits for another that works in the folder,
// longer than any but a first fill with a slow model takes.
const patience = 2 * time.Minute

// hold takes the folder for this process. While another command has it, it
// waits; when a serve has it, it returns errServing at once.
func (f *folder) hold(ctx context.Context, waiting func()) error {
	deadline := time.Now().Add(patience)
	for first := true; ; first = false {
		ok, err := f.lock.TryLock()
		switch {
		case errors.Is(err, fs.ErrPermission), errors.Is(err, fs.ErrNotExist), isReadOnly(err):
			return fmt.Errorf("the data folder %s cannot be written: %w; choose another with --data", f.dir, err)
		case err != nil:
			return fmt.Errorf("locking the data folder %s: %w", f.dir, err)
		case ok:
			return nil
		case f.served(ctx):
			return errServing
		case time.Now().After(deadline):
			return fmt.Errorf("%w (%s) and does not finish", errBusy, f.dir)
		}
		if first {
			waiting()
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// release gives the folder up.
func (f *folder) release() error { return f.lock.Unlock() }
