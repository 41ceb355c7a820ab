package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Backup writes a copy of the file, as it is at one moment, to path, while the
// file is in use. The copy is made beside path under a temporary name, checked
// as [Verify] does, synced and only then renamed, so that path never holds half
// a copy. An earlier backup at path is replaced; any other file there is an
// error, and so is the file itself.
func (db *DB) Backup(ctx context.Context, path string) error {
	if err := db.mayReplace(ctx, path); err != nil {
		return fmt.Errorf("store: backup: %w", explain(err))
	}
	folder, err := os.MkdirTemp(filepath.Dir(path), ".newsdesk-backup-")
	if err != nil {
		return fmt.Errorf("store: backup: %w", explain(err))
	}
	defer os.RemoveAll(folder)
	draft := filepath.Join(folder, "draft")
	if err := db.copyTo(ctx, draft); err != nil {
		return fmt.Errorf("store: backup: %w", explain(err))
	}
	if err := Verify(ctx, draft); err != nil {
		return err
	}
	if err := publish(draft, path); err != nil {
		return fmt.Errorf("store: backup: %w", explain(err))
	}
	return nil
}

// mayReplace lets a backup go where nothing is, or where an earlier one is.
func (db *DB) mayReplace(ctx context.Context, path string) error {
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	own, err := os.Stat(db.path)
	if err != nil {
		return err
	}
	if os.SameFile(own, there) {
		return fmt.Errorf("%s is the data file itself, not a place for its backup", path)
	}
	if err := inspect(ctx, path, identify); err != nil && !errors.Is(err, ErrNewer) {
		return fmt.Errorf("%s exists and is not a backup of newsdesk, so it is not replaced", path)
	}
	return nil
}

// copyTo uses a connection of its own: VACUUM INTO must be outside of a
// transaction, and the readers' connections refuse to write anything.
func (db *DB) copyTo(ctx context.Context, path string) error {
	pool, err := connect(db.path, 1)
	if err != nil {
		return err
	}
	_, err = pool.ExecContext(ctx, `VACUUM INTO ?`, path)
	return errors.Join(err, pool.Close())
}

// publish syncs the finished draft, gives it its name and syncs the folder, so
// that after a loss of power path is the old copy or the new one.
func publish(draft, path string) error {
	if err := os.Chmod(draft, 0o600); err != nil {
		return err
	}
	if err := syncPath(draft, os.O_RDWR); err != nil {
		return err
	}
	if err := os.Rename(draft, path); err != nil {
		return err
	}
	return syncPath(filepath.Dir(path), os.O_RDONLY)
}

func syncPath(path string, mode int) error {
	f, err := os.OpenFile(path, mode, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}

// Verify checks, without changing it, that the file at path is a newsdesk file,
// that its layout is not newer than this package's, and that SQLite finds every
// page and index of it sound. Whether the steps of each owner are known is
// checked by [DB.Migrate] when the file is opened.
//
// Errors: [ErrDamaged], [ErrNewer], and [fs.ErrNotExist] when there is no file.
func Verify(ctx context.Context, path string) error {
	return inspect(ctx, path, func(ctx context.Context, tx Tx) error {
		if err := identify(ctx, tx); err != nil {
			return err
		}
		return sound(ctx, tx)
	})
}

func sound(ctx context.Context, tx Tx) error {
	var finding string
	if err := tx.QueryRow(ctx, `PRAGMA integrity_check(1)`).Scan(&finding); err != nil {
		return err
	}
	if finding != "ok" {
		return fmt.Errorf("%w: %s", ErrDamaged, finding)
	}
	return nil
}

// inspect calls check on the file at path, opened for reading only.
func inspect(ctx context.Context, path string, check func(context.Context, Tx) error) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return fmt.Errorf("store: %w", err)
	}
	if _, err := os.Stat(path); err != nil {
		return fmt.Errorf("store: %w", err)
	}
	pool, err := connect(path, 1, "mode=ro")
	if err != nil {
		return fmt.Errorf("store: %s: %w", path, err)
	}
	defer pool.Close()
	if err := within(ctx, pool, func(tx Tx) error { return check(ctx, tx) }); err != nil {
		return fmt.Errorf("store: %s: %w", path, explain(err))
	}
	return nil
}
