// Package store opens the one SQLite file in which everything durable lives.
//
// # Design
//
// One file, shared by packages that do not know each other: each brings the
// numbered steps that make its tables ([DB.Migrate]) and takes a [Tx] where a
// step must be whole. The package knows no table but its own, store_steps
// (owner, step), which records the steps that were taken.
//
// The file is in WAL mode. There is one writer: [DB.Write] calls wait for one
// another, in this process by a connection pool of one and between processes by
// BEGIN IMMEDIATE and a busy timeout. Readers have connections of their own that
// refuse to write; [DB.Read] sees one snapshot and never waits for the writer.
//
// # Guarantees
//
// When Write returns nil, its effects survive kill -9 and the loss of power:
// the writer runs with synchronous=FULL, which syncs the log at each commit
// (0.3 ms measured, against 9 µs with NORMAL, which may lose the last commits).
// When it returns an error, or the process dies before it returns, the file is
// as it was before. Deleted content is overwritten (secure_delete), so that a
// text that was removed cannot be read out of free pages.
//
// The file says what it is: its application id is [ApplicationID], and its user
// version is the layout of this package. A file without that id is somebody
// else's and is refused before anything is written to it.
package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// ApplicationID marks a SQLite file as one of newsdesk: "NwsD" in ASCII.
const ApplicationID = 0x4e777344

const (
	// layout is the version of what this package itself keeps in the file.
	layout = 1

	// busyTimeout is how long, in milliseconds, a connection waits for the lock
	// of another process. The longest transaction measured, adding 25 MB of
	// articles, holds it for about two seconds.
	busyTimeout = "15000"

	// readers bounds the read connections; each costs about 2 MB of page cache.
	readers = 8
)

// DB is the open file. It is safe for concurrent use.
type DB struct {
	log    *slog.Logger
	path   string
	writer *sql.DB
	reader *sql.DB
}

// Open opens the file at path, and makes it and its folder when they are
// absent (readable by their owner only). Several processes may have the file
// open at once.
//
// Errors: [ErrReadOnly] when the file or its folder cannot be written,
// [ErrDamaged] when it is not a newsdesk file or is broken, [ErrNewer] when a
// newer newsdesk made it, [ErrFull] when the disk is full. A file that is
// refused is left as it was.
func Open(ctx context.Context, log *slog.Logger, path string) (*DB, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("store: %w", err)
	}
	if err := create(path); err != nil {
		return nil, fmt.Errorf("store: %w", explain(err))
	}
	if err := claim(ctx, path); err != nil {
		return nil, fmt.Errorf("store: %s: %w", path, explain(err))
	}
	db := &DB{log: log, path: path}
	db.writer, err = connect(path, 1, "_txlock=immediate", "_pragma=synchronous(FULL)", "_pragma=secure_delete(ON)")
	if err != nil {
		return nil, fmt.Errorf("store: %s: %w", path, err)
	}
	db.reader, err = connect(path, readers, "_pragma=query_only(ON)")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store: %s: %w", path, err), db.writer.Close())
	}
	log.DebugContext(ctx, "opened the data file", "path", path)
	return db, nil
}

// Close closes the file; no transaction may be running or begin any more. The
// last to close it, of all processes, folds the write-ahead log into it.
func (db *DB) Close() error {
	return errors.Join(db.reader.Close(), db.writer.Close())
}

// Path returns the absolute path of the file.
func (db *DB) Path() string { return db.path }

// Read calls f with a snapshot of the file: everything that f reads is of one
// moment. Statements in f that write fail. Read returns f's error; one of
// SQLite's is marked with the errors of this package.
func (db *DB) Read(ctx context.Context, f func(Tx) error) error {
	return within(ctx, db.reader, f)
}

// Write calls f in a transaction of the one writer, and commits when f returns
// nil. When f returns an error or panics, or ctx ends, nothing is changed. f
// must not call Write, which would wait for itself. Errors are as with Read,
// with [ErrFull] for a disk that has no room.
func (db *DB) Write(ctx context.Context, f func(Tx) error) error {
	return within(ctx, db.writer, f)
}

// WriteSoon is Write without the sync: what it wrote survives kill -9, and the
// loss of power only once a later Write has returned. It is for what is written
// often and can be lost then.
func (db *DB) WriteSoon(ctx context.Context, f func(Tx) error) error {
	conn, err := db.writer.Conn(ctx)
	if err != nil {
		return explain(err)
	}
	defer conn.Close()
	if _, err := conn.ExecContext(ctx, `PRAGMA synchronous = NORMAL`); err != nil {
		return explain(err)
	}
	defer syncAgain(context.WithoutCancel(ctx), conn)
	return within(ctx, conn, f)
}

// syncAgain has the writer sync at each commit again. A connection that does not
// is given up, and the next writer gets a new one.
func syncAgain(ctx context.Context, conn *sql.Conn) {
	if _, err := conn.ExecContext(ctx, `PRAGMA synchronous = FULL`); err != nil {
		_ = conn.Raw(func(any) error { return driver.ErrBadConn })
	}
}

// beginner is a pool or one connection of it.
type beginner interface {
	BeginTx(ctx context.Context, opts *sql.TxOptions) (*sql.Tx, error)
}

func within(ctx context.Context, pool beginner, f func(Tx) error) error {
	tx, err := pool.BeginTx(ctx, nil)
	if err != nil {
		return explain(err)
	}
	// After a commit this does nothing; after an error or a panic of f it is
	// what leaves the file as it was.
	defer tx.Rollback()
	if err := f(Tx{tx}); err != nil {
		return explain(err)
	}
	return explain(tx.Commit())
}

// create makes the file with its folder. It is done here and not left to SQLite
// because the system's own error says why it cannot be done.
func create(path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return f.Close()
}

// claim marks a fresh file as ours, or checks that it already is. It has a
// connection of its own, since the journal mode of a file that may be somebody
// else's must not be touched before.
func claim(ctx context.Context, path string) error {
	pool, err := connect(path, 1, "_txlock=immediate")
	if err != nil {
		return err
	}
	defer pool.Close()
	if err := within(ctx, pool, func(tx Tx) error { return mark(ctx, tx) }); err != nil {
		return err
	}
	return useWAL(ctx, pool)
}

func mark(ctx context.Context, tx Tx) error {
	fresh, err := isFresh(ctx, tx)
	if err != nil {
		return err
	}
	if !fresh {
		return identify(ctx, tx)
	}
	_, err = tx.Exec(ctx, fmt.Sprintf(`
		PRAGMA application_id = %d;
		PRAGMA user_version = %d;
		CREATE TABLE store_steps (
			owner TEXT NOT NULL,
			step  INTEGER NOT NULL,
			PRIMARY KEY (owner, step)
		) STRICT, WITHOUT ROWID;`, ApplicationID, layout))
	return err
}

// isFresh reports whether the file holds nothing at all.
func isFresh(ctx context.Context, tx Tx) (bool, error) {
	var id, tables int64
	if err := tx.QueryRow(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return false, err
	}
	err := tx.QueryRow(ctx, `SELECT count(*) FROM sqlite_schema`).Scan(&tables)
	return id == 0 && tables == 0, err
}

// identify checks that the file is ours and not of a newer layout.
func identify(ctx context.Context, tx Tx) error {
	var id, version int64
	if err := tx.QueryRow(ctx, `PRAGMA application_id`).Scan(&id); err != nil {
		return err
	}
	if err := tx.QueryRow(ctx, `PRAGMA user_version`).Scan(&version); err != nil {
		return err
	}
	if id != ApplicationID {
		return fmt.Errorf("%w: it is a database of another program", ErrDamaged)
	}
	if version > layout {
		return fmt.Errorf("%w: its layout is %d, this newsdesk knows %d", ErrNewer, version, layout)
	}
	return nil
}

func useWAL(ctx context.Context, pool *sql.DB) error {
	var mode string
	if err := pool.QueryRowContext(ctx, `PRAGMA journal_mode = WAL`).Scan(&mode); err != nil {
		return err
	}
	if mode != "wal" {
		return errors.New("the file system does not allow a write-ahead log")
	}
	return nil
}

// connect opens a pool of at most n connections that are kept open.
func connect(path string, n int, parameters ...string) (*sql.DB, error) {
	query := "_pragma=busy_timeout(" + busyTimeout + ")&_pragma=foreign_keys(ON)"
	for _, p := range parameters {
		query += "&" + p
	}
	name := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path), RawQuery: query}
	pool, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(n)
	pool.SetMaxIdleConns(n)
	return pool, nil
}
