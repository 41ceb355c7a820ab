package store

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCompact(t *testing.T) {
	path := filepath.Join(t.TempDir(), "news.db")
	db, err := Open(t.Context(), slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Migrate(t.Context(), "test", `CREATE TABLE things (name TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT`); err != nil {
		t.Fatal(err)
	}
	write := func(query string, args ...any) {
		t.Helper()
		if err := db.Write(t.Context(), func(tx Tx) error { _, err := tx.Exec(t.Context(), query, args...); return err }); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"a", "b", "c"} {
		write(`INSERT INTO things VALUES (?, ?)`, name, strings.Repeat("deleted "+name+" ", 100_000))
	}
	write(`DELETE FROM things WHERE name <> 'c'`)
	write(`UPDATE things SET text = 'kept'`)
	freed, err := db.Compact(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if freed < 2_000_000 {
		t.Errorf("%d bytes were given back", freed)
	}
	for _, suffix := range []string{"", "-wal"} {
		content, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(content, []byte("deleted ")) {
			t.Errorf("what was deleted is in news.db%s", suffix)
		}
	}
	// The rows of a table with an index keep their numbers: whoever has read one
	// may write to it afterwards.
	err = db.Read(t.Context(), func(tx Tx) error {
		var row int
		if err := tx.QueryRow(t.Context(), `SELECT rowid FROM things WHERE name = 'c'`).Scan(&row); err != nil {
			return err
		}
		if row != 3 {
			t.Errorf("row 3 is row %d", row)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if freed, err := db.Compact(t.Context()); err != nil || freed > 1<<16 {
		t.Errorf("again: %d, %v", freed, err)
	}
}
