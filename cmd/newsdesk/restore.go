package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/store"
)

// restoreCmd puts a backup in place of what is stored, while a serve may be
// running: it then opens everything anew.
//
// The backup is copied into the folder, verified there, and gets the name
// restore.db. From then on it counts: whoever opens the folder next puts it in
// the database's place, so an end of the process in between changes nothing.
type restoreCmd struct {
	File string `arg:"" help:"A file that “newsdesk backup” wrote."`
}

// Run does not open what is stored: a damaged database is a reason to restore.
func (c *restoreCmd) Run(inv *invocation) error {
	file, err := os.Open(c.File)
	if err != nil {
		return err
	}
	defer file.Close()
	s := *inv.streams
	s.In = file
	f, err := newFolder(inv.cli.dataFolder())
	if err != nil {
		return err
	}
	err = f.hold(inv.ctx, func() {})
	if errors.Is(err, errServing) {
		return runRemote(inv.ctx, f, "restore", c, &s)
	}
	if err != nil {
		return err
	}
	if err := c.take(inv.ctx, inv.log, f, &s); err != nil {
		return errors.Join(err, f.release())
	}
	return errors.Join(f.finishRestore(), f.release())
}

// runIn takes a backup in beside a serve, which then opens everything anew.
func (c *restoreCmd) runIn(ctx context.Context, a *app, s *streams) error {
	if err := c.take(ctx, a.log, a.folder, s); err != nil {
		return err
	}
	a.restartOnce.Do(func() { close(a.restart) })
	return nil
}

func (f *folder) restoring() string { return filepath.Join(f.dir, "restore.db") }

// take takes a backup in from the standard input.
func (c *restoreCmd) take(ctx context.Context, log *slog.Logger, f *folder, s *streams) error {
	part := filepath.Join(f.dir, "restore.part")
	defer removeDatabase(part)
	if err := copyTo(part, s.In); err != nil {
		return fmt.Errorf("copying %s into the data folder: %w", c.File, err)
	}
	if err := store.Verify(ctx, part); err != nil {
		return fmt.Errorf("%s is not a good backup; nothing was changed: %w", c.File, err)
	}
	extent, err := extentOf(ctx, log, part)
	if err != nil {
		return fmt.Errorf("%s: nothing was changed: %w", c.File, err)
	}
	if err := os.Rename(part, f.restoring()); err != nil {
		return err
	}
	_, err = fmt.Fprintf(s.Out, "%s: restored, %s of %s\n", c.File,
		count(extent.Articles, "article", "articles"), count(extent.Outlets, "outlet", "outlets"))
	return err
}

func copyTo(path string, r io.Reader) error {
	file, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, r)
	return errors.Join(err, file.Sync(), file.Close())
}

// extentOf opens another database, to know that this newsdesk can.
func extentOf(ctx context.Context, log *slog.Logger, path string) (e corpus.Extent, err error) {
	db, err := store.Open(ctx, log, path)
	if err != nil {
		return e, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	c, err := corpus.New(ctx, log, db, time.Now)
	if err != nil {
		return e, err
	}
	return c.Extent(ctx, corpus.Filter{})
}

// finishRestore puts a backup that was taken in into the database's place. The
// indexes are derived from it and built anew.
func (f *folder) finishRestore() error {
	if _, err := os.Stat(f.restoring()); err != nil {
		if os.IsNotExist(err) {
			return nil
		}
		return err
	}
	if err := os.RemoveAll(f.lexical()); err != nil {
		return fmt.Errorf("restoring: %w", err)
	}
	removeDatabase(f.database())
	if err := os.Rename(f.restoring(), f.database()); err != nil {
		return fmt.Errorf("restoring: %w", err)
	}
	return nil
}

// removeDatabase removes a database with the files that SQLite keeps beside it.
// What cannot be removed is in the way of the next step, which says so.
func removeDatabase(path string) {
	for _, suffix := range []string{"", "-wal", "-shm"} {
		os.Remove(path + suffix)
	}
}
