package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"newsdesk/corpus/store"
)

// backupCmd writes everything that cannot be computed again to one file, while
// a serve may be running.
type backupCmd struct {
	File string `arg:"" help:"File to write; it must not exist."`
}

// Run writes beside the file first, checks what was written, and only then
// gives it its name.
func (c *backupCmd) Run(inv *invocation) error {
	if _, err := os.Lstat(c.File); err == nil {
		return fmt.Errorf("%s exists; name a file that does not", c.File)
	}
	part, err := os.CreateTemp(filepath.Dir(c.File), ".newsdesk-backup-*")
	if err != nil {
		return fmt.Errorf("writing a backup: %w", err)
	}
	defer os.Remove(part.Name()) // does nothing once it was renamed
	s := *inv.streams
	s.Out = part
	err = inv.with(&s).within("backup", &backupCmd{})
	if err := errors.Join(err, part.Sync(), part.Close()); err != nil {
		return err
	}
	if err := store.Verify(inv.ctx, part.Name()); err != nil {
		return fmt.Errorf("the backup was written but is not good: %w", err)
	}
	if err := os.Rename(part.Name(), c.File); err != nil {
		return fmt.Errorf("writing a backup: %w", err)
	}
	_, err = fmt.Fprintf(inv.streams.Out, "%s: written and verified\n", c.File)
	return err
}

// with returns the invocation with other streams.
func (inv *invocation) with(s *streams) *invocation {
	other := *inv
	other.streams = s
	return &other
}

// runIn writes a backup to the standard output.
func (c *backupCmd) runIn(ctx context.Context, a *app, s *streams) error {
	path := filepath.Join(a.folder.dir, "backup.part")
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return err
	}
	defer os.Remove(path)
	if err := a.db.Backup(ctx, path); err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	_, err = io.Copy(s.Out, file)
	return err
}
