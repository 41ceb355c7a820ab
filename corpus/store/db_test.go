package store

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

const table = `CREATE TABLE lines (n INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT`

func openAt(t *testing.T, path string) *DB {
	t.Helper()
	db, err := Open(t.Context(), slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func openLines(t *testing.T) *DB {
	t.Helper()
	db := openAt(t, filepath.Join(t.TempDir(), "a folder", "news?desk#1.db"))
	if err := db.Migrate(t.Context(), "lines", table); err != nil {
		t.Fatal(err)
	}
	return db
}

func add(t *testing.T, db *DB, line string) {
	t.Helper()
	if err := db.Write(t.Context(), insert(t.Context(), line)); err != nil {
		t.Fatal(err)
	}
}

func insert(ctx context.Context, line string) func(Tx) error {
	return func(tx Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO lines (line) VALUES (?)`, line)
		return err
	}
}

func count(t *testing.T, db *DB) int {
	t.Helper()
	var n int
	err := db.Read(t.Context(), func(tx Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM lines`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestWhatIsWrittenIsThereAfterReopening(t *testing.T) {
	db := openLines(t)
	add(t, db, "one")
	again := openAt(t, db.Path())
	if n := count(t, again); n != 1 {
		t.Fatalf("%d lines beside the first handle, want 1", n)
	}
	add(t, again, "two")
	if n := count(t, db); n != 2 {
		t.Fatalf("the first handle sees %d lines, want 2", n)
	}
}

func TestTheFileIsItsOwnersOnly(t *testing.T) {
	info, err := os.Stat(openLines(t).Path())
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o600 {
		t.Fatalf("mode %o, want 600", mode)
	}
}

func TestSettings(t *testing.T) {
	db := openLines(t)
	cases := []struct{ pragma, want string }{
		{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"},
		{"secure_delete", "1"}, {"application_id", "1316451140"}, {"busy_timeout", busyTimeout},
	}
	for _, c := range cases {
		var got string
		err := db.Write(t.Context(), func(tx Tx) error {
			return tx.QueryRow(t.Context(), "PRAGMA "+c.pragma).Scan(&got)
		})
		if err != nil || got != c.want {
			t.Errorf("%s is %q, %v; want %q", c.pragma, got, err, c.want)
		}
	}
}

func TestErrorAndPanicRollBack(t *testing.T) {
	db := openLines(t)
	add(t, db, "kept")
	cause := errors.New("no")
	err := db.Write(t.Context(), func(tx Tx) error {
		return errors.Join(insert(t.Context(), "lost")(tx), cause)
	})
	if !errors.Is(err, cause) {
		t.Fatalf("Write returned %v, want the function's error", err)
	}
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = db.Write(t.Context(), func(tx Tx) error {
			if err := insert(t.Context(), "lost")(tx); err != nil {
				t.Error(err)
			}
			panic("midway")
		})
	}()
	if n := count(t, db); n != 1 {
		t.Fatalf("%d lines, want the 1 that was committed", n)
	}
}

func TestEndedContextChangesNothing(t *testing.T) {
	db := openLines(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := db.Write(ctx, func(tx Tx) error {
		if err := insert(ctx, "lost")(tx); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("Write returned %v, want context.Canceled", err)
	}
	if n := count(t, db); n != 0 {
		t.Fatalf("%d lines, want none", n)
	}
}

func TestReadIsASnapshotAndCannotWrite(t *testing.T) {
	db := openLines(t)
	add(t, db, "before")
	err := db.Read(t.Context(), func(tx Tx) error {
		var first, second int
		if err := tx.QueryRow(t.Context(), `SELECT count(*) FROM lines`).Scan(&first); err != nil {
			return err
		}
		add(t, db, "meanwhile")
		if err := tx.QueryRow(t.Context(), `SELECT count(*) FROM lines`).Scan(&second); err != nil {
			return err
		}
		if first != 1 || second != 1 {
			t.Errorf("saw %d, then %d lines in one snapshot", first, second)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Read(t.Context(), insert(t.Context(), "x")); !errors.Is(err, ErrReadOnly) {
		t.Fatalf("writing in Read returned %v", err)
	}
}

func TestWritersOfOneProcessTakeTurns(t *testing.T) {
	db := openLines(t)
	add(t, db, "0")
	var wg sync.WaitGroup
	for range 40 {
		wg.Go(func() {
			// A lost update would show here: read, then write what was read.
			err := db.Write(t.Context(), func(tx Tx) error {
				_, err := tx.Exec(t.Context(), `UPDATE lines SET line = CAST(CAST(line AS INTEGER) + 1 AS TEXT)`)
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	var got string
	err := db.Read(t.Context(), func(tx Tx) error {
		return tx.QueryRow(t.Context(), `SELECT line FROM lines`).Scan(&got)
	})
	if err != nil || got != "40" {
		t.Fatalf("counted to %q, %v; want 40", got, err)
	}
}

func TestDeletedTextIsOverwritten(t *testing.T) {
	db := openLines(t)
	secret := strings.Repeat("the text that was removed ", 400)
	add(t, db, secret)
	err := db.Write(t.Context(), func(tx Tx) error {
		_, err := tx.Exec(t.Context(), `DELETE FROM lines`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.writer.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(db.Path())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), secret[:26]) {
		t.Fatal("a deleted text can still be read in the file")
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	pool, err := connect(foreign, 1)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pool.Exec(`CREATE TABLE theirs (x)`); err != nil {
		t.Fatal(err)
	}
	if err := pool.Close(); err != nil {
		t.Fatal(err)
	}
	text := filepath.Join(t.TempDir(), "text.db")
	if err := os.WriteFile(text, []byte(strings.Repeat("not a database\n", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{foreign, text} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Open(t.Context(), slog.New(slog.DiscardHandler), path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", filepath.Base(path), err)
		}
		after, err := os.ReadFile(path)
		if err != nil || string(after) != string(before) {
			t.Errorf("%s was changed, or cannot be read: %v", filepath.Base(path), err)
		}
	}
}

func TestNewerLayoutIsRefused(t *testing.T) {
	db := openLines(t)
	if _, err := db.writer.ExecContext(t.Context(), `PRAGMA user_version = 2`); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), slog.New(slog.DiscardHandler), db.Path()); !errors.Is(err, ErrNewer) {
		t.Fatalf("Open returned %v, want ErrNewer", err)
	}
	if err := Verify(t.Context(), db.Path()); !errors.Is(err, ErrNewer) {
		t.Fatalf("Verify returned %v, want ErrNewer", err)
	}
}

func TestPlacesThatCannotBeWritten(t *testing.T) {
	folder := t.TempDir()
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	places := []string{filepath.Join(file, "news.db"), folder}
	if os.Getuid() != 0 {
		locked := filepath.Join(folder, "locked")
		if err := os.Mkdir(locked, 0o500); err != nil {
			t.Fatal(err)
		}
		places = append(places, filepath.Join(locked, "news.db"))
	}
	for _, place := range places {
		if _, err := Open(t.Context(), slog.New(slog.DiscardHandler), place); !errors.Is(err, ErrReadOnly) {
			t.Errorf("%s: %v, want ErrReadOnly", place, err)
		}
	}
}

func TestSystemErrors(t *testing.T) {
	cases := []struct {
		cause error
		want  error
	}{
		{syscall.ENOSPC, ErrFull}, {syscall.EDQUOT, ErrFull},
		{syscall.EACCES, ErrReadOnly}, {syscall.EPERM, ErrReadOnly}, {syscall.EROFS, ErrReadOnly},
	}
	for _, c := range cases {
		err := explain(&fs.PathError{Op: "open", Path: "news.db", Err: c.cause})
		if !errors.Is(err, c.want) || !errors.Is(err, c.cause) {
			t.Errorf("%v became %v", c.cause, err)
		}
	}
	if err := explain(fs.ErrClosed); err != fs.ErrClosed {
		t.Errorf("an unknown error became %v", err)
	}
}

func TestFullDiskKeepsWhatWas(t *testing.T) {
	db := openLines(t)
	add(t, db, "kept")
	// A bound on the pages gives the very error that a full disk gives.
	if _, err := db.writer.ExecContext(t.Context(), `PRAGMA max_page_count = 1`); err != nil {
		t.Fatal(err)
	}
	err := db.Write(t.Context(), insert(t.Context(), strings.Repeat("long ", 100_000)))
	if !errors.Is(err, ErrFull) {
		t.Fatalf("Write returned %v, want ErrFull", err)
	}
	if n := count(t, db); n != 1 {
		t.Fatalf("%d lines, want 1", n)
	}
}
