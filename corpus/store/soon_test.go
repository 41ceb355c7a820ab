package store

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
)

// WriteSoon leaves the writer as it was, whatever became of the transaction.
func TestWriteSoon(t *testing.T) {
	db := openAt(t, filepath.Join(t.TempDir(), "newsdesk.db"))
	ctx, cancel := context.WithCancel(t.Context())
	if err := db.WriteSoon(ctx, func(tx Tx) error {
		_, err := tx.Exec(ctx, `CREATE TABLE kept (n INTEGER); INSERT INTO kept VALUES (1)`)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	broken := errors.New("broken")
	if err := db.WriteSoon(ctx, func(tx Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO kept VALUES (2)`); err != nil {
			return err
		}
		return broken
	}); !errors.Is(err, broken) {
		t.Error(err)
	}
	if err := db.WriteSoon(ctx, func(Tx) error { cancel(); return nil }); err == nil {
		t.Error("a transaction whose context ended was kept")
	}
	var n, synchronous int
	err := db.Read(t.Context(), func(tx Tx) error { return tx.QueryRow(t.Context(), `SELECT count(*) FROM kept`).Scan(&n) })
	if err != nil || n != 1 {
		t.Errorf("%d rows, %v", n, err)
	}
	if err := db.writer.QueryRowContext(t.Context(), `PRAGMA synchronous`).Scan(&synchronous); err != nil || synchronous != 2 {
		t.Errorf("synchronous is %d, %v", synchronous, err)
	}
}
