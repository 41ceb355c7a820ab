package store

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Compact gives the room of what was deleted back to the disk, while the file is
// in use, and returns how many bytes that were. It needs as much free room as the
// file takes, and writers wait for it meanwhile. Rows of tables that have an index
// or an INTEGER PRIMARY KEY keep their rowids.
//
// Afterwards nothing of what was deleted is left in the write-ahead log either,
// unless somebody reads so long that it cannot be cut off; the next Compact or
// Close does that then.
func (db *DB) Compact(ctx context.Context) (freed int64, err error) {
	before, err := db.size()
	if err != nil {
		return 0, fmt.Errorf("store: compact: %w", explain(err))
	}
	for _, step := range []string{`VACUUM`, `PRAGMA wal_checkpoint(TRUNCATE)`} {
		if _, err := db.writer.ExecContext(ctx, step); err != nil {
			return 0, fmt.Errorf("store: compact: %w", explain(err))
		}
	}
	after, err := db.size()
	if err != nil {
		return 0, fmt.Errorf("store: compact: %w", explain(err))
	}
	return max(0, before-after), nil
}

// size is what the file and its log take on disk, in bytes.
func (db *DB) size() (int64, error) {
	var sum int64
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(db.path + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, err
		}
		sum += info.Size()
	}
	return sum, nil
}
