package store

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"

	"modernc.org/sqlite"
	codes "modernc.org/sqlite/lib"
)

// The errors that a person can do something about. Functions of this package
// wrap them, with the cause, so compare with errors.Is.
var (
	// ErrNewer means that a newer newsdesk made the file. Nothing was changed.
	ErrNewer = errors.New("the data file is of a newer newsdesk")
	// ErrFull means that the disk, or what of it may be used, is full. What was
	// to be written was not; what was written before is kept.
	ErrFull = errors.New("the disk is full")
	// ErrReadOnly means that the file or its folder cannot be written.
	ErrReadOnly = errors.New("the data file cannot be written")
	// ErrDamaged means that the file is not a newsdesk file, or is a broken one.
	ErrDamaged = errors.New("not a sound newsdesk data file")
)

// explain marks an error of SQLite or the system with the error of this package
// that says what it means, and leaves others alone.
func explain(err error) error {
	kind := meaning(err)
	if kind == nil || errors.Is(err, kind) {
		return err
	}
	return fmt.Errorf("%w: %w", kind, err)
}

func meaning(err error) error {
	var failure *sqlite.Error
	if errors.As(err, &failure) {
		return ofCode(failure.Code())
	}
	var path *fs.PathError
	if errors.As(err, &path) {
		return ofSystem(path.Err)
	}
	return nil
}

// ofCode reads a result code of SQLite; its low byte is the primary one.
func ofCode(code int) error {
	// The index of the write-ahead log grows by itself, and has a code of its
	// own when there is no room for it.
	if code == codes.SQLITE_IOERR_SHMSIZE {
		return ErrFull
	}
	switch code & 0xff {
	case codes.SQLITE_FULL:
		return ErrFull
	case codes.SQLITE_READONLY, codes.SQLITE_CANTOPEN, codes.SQLITE_PERM:
		return ErrReadOnly
	case codes.SQLITE_NOTADB, codes.SQLITE_CORRUPT:
		return ErrDamaged
	}
	return nil
}

func ofSystem(err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC), errors.Is(err, syscall.EDQUOT):
		return ErrFull
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS),
		errors.Is(err, syscall.ENOTDIR), errors.Is(err, syscall.EISDIR):
		return ErrReadOnly
	}
	return nil
}
