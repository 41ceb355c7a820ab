package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func backup(t *testing.T, db *DB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "backup.db")
	if err := db.Backup(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRestoreBringsBackTheBackup(t *testing.T) {
	db := openLines(t)
	for i := range 300 {
		add(t, db, fmt.Sprint(i, strings.Repeat(" line", 100)))
	}
	saved := backup(t, db)
	before, err := os.ReadFile(saved)
	if err != nil {
		t.Fatal(err)
	}
	add(t, db, "after the backup")
	other := openAt(t, db.Path())
	if n := count(t, other); n != 301 {
		t.Fatalf("%d lines before, want 301", n)
	}
	if err := db.Restore(t.Context(), saved); err != nil {
		t.Fatal(err)
	}
	for _, handle := range []*DB{db, other} {
		if n := count(t, handle); n != 300 {
			t.Errorf("%d lines, want the 300 of the backup", n)
		}
		add(t, handle, "goes on")
		if err := handle.Restore(t.Context(), saved); err != nil {
			t.Errorf("a second time: %v", err)
		}
	}
	var mode string
	err = db.Read(t.Context(), func(tx Tx) error {
		return tx.QueryRow(t.Context(), `PRAGMA journal_mode`).Scan(&mode)
	})
	if err != nil || mode != "wal" {
		t.Errorf("the journal mode is %q, %v", mode, err)
	}
	if after, err := os.ReadFile(saved); err != nil || string(after) != string(before) {
		t.Errorf("the backup was changed: %v", err)
	}
	if err := Verify(t.Context(), db.Path()); err != nil {
		t.Error(err)
	}
}

func TestRestoreIsOneTransaction(t *testing.T) {
	db := openLines(t)
	add(t, db, "saved")
	saved := backup(t, db)
	add(t, db, "not saved")
	err := db.Read(t.Context(), func(tx Tx) error {
		var first, second int
		if err := tx.QueryRow(t.Context(), `SELECT count(*) FROM lines`).Scan(&first); err != nil {
			return err
		}
		if err := db.Restore(t.Context(), saved); err != nil {
			return err
		}
		if err := tx.QueryRow(t.Context(), `SELECT count(*) FROM lines`).Scan(&second); err != nil {
			return err
		}
		if first != 2 || second != 2 {
			t.Errorf("a reader saw %d lines, then %d", first, second)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := count(t, db); n != 1 {
		t.Errorf("%d lines after it, want 1", n)
	}
}

func TestRestoreRefuses(t *testing.T) {
	db := openLines(t)
	add(t, db, "kept")
	newer := openLines(t)
	if err := newer.Migrate(t.Context(), "lines", table, `CREATE TABLE more (x)`); err != nil {
		t.Fatal(err)
	}
	if err := db.Restore(t.Context(), backup(t, newer)); !errors.Is(err, ErrNewer) {
		t.Errorf("a newer backup: %v, want ErrNewer", err)
	}
	letter := filepath.Join(t.TempDir(), "letter")
	if err := os.WriteFile(letter, []byte(strings.Repeat("Dear reader ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Restore(t.Context(), letter); !errors.Is(err, ErrDamaged) {
		t.Errorf("a letter: %v, want ErrDamaged", err)
	}
	saved := backup(t, openLines(t))
	if _, err := db.writer.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	large := openLines(t)
	add(t, large, strings.Repeat("much ", 100_000))
	if err := db.Restore(t.Context(), backup(t, large)); !errors.Is(err, ErrFull) {
		t.Errorf("a backup larger than the disk: %v, want ErrFull", err)
	}
	if n := count(t, db); n != 1 {
		t.Errorf("%d lines, want the 1 that was there", n)
	}
	if err := db.Restore(t.Context(), saved); err != nil {
		t.Errorf("one that fits: %v", err)
	}
}
