package store

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"

	"modernc.org/sqlite"
)

// Restore replaces everything in the file by the backup at path, in one
// transaction: readers see the old state until the new one is whole, and a
// process that dies in between leaves the old one. The backup is checked first
// as [Verify] does, and must not have taken more steps of an owner than were
// given to [DB.Migrate] here; it is not changed.
//
// Afterwards the tables may be older than the program: every owner must call
// Migrate again, and whatever was derived from the old content and is kept
// elsewhere (caches, indexes) is void. The errors are those of Verify, [ErrNewer]
// and [ErrFull].
func (db *DB) Restore(ctx context.Context, path string) error {
	if err := Verify(ctx, path); err != nil {
		return err
	}
	if err := inspect(ctx, path, db.knowsSteps); err != nil {
		return err
	}
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return fmt.Errorf("store: restore: %w", explain(err))
	}
	err = conn.Raw(func(driver any) error { return restoreInto(driver, path) })
	if err := errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("store: restore: %w", explain(err))
	}
	db.log.InfoContext(ctx, "the data file was restored", "from", path)
	return nil
}

// knowsSteps checks that no owner that migrated here has taken further steps in
// the file of tx.
func (db *DB) knowsSteps(ctx context.Context, tx Tx) error {
	db.mu.Lock()
	defer db.mu.Unlock()
	for owner, known := range db.steps {
		taken, err := stepsTaken(ctx, tx, owner)
		if err != nil {
			return err
		}
		if taken > known {
			return newerSteps(owner, taken, known)
		}
	}
	return nil
}

// restoreInto copies the pages of the file at path over those of the driver's
// connection. SQLite commits when the copy is whole and rolls back otherwise.
func restoreInto(driver any, path string) error {
	target, ok := driver.(interface {
		NewRestore(source string) (*sqlite.Backup, error)
	})
	if !ok {
		return fmt.Errorf("the driver %T cannot restore", driver)
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	source := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: "mode=ro"}
	restore, err := target.NewRestore(source.String())
	if err != nil {
		return err
	}
	more, err := restore.Step(-1)
	if err == nil && more {
		err = errors.New("the copy did not come to its end")
	}
	return errors.Join(err, restore.Finish())
}
