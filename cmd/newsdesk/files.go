package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// openFile opens a file that a person has named. What is wrong with it is said
// without the words of the system.
func openFile(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, ofFile(path, err)
	}
	if info.IsDir() {
		return nil, fmt.Errorf("%s is a folder; name a file", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, ofFile(path, err)
	}
	return file, nil
}

// ofFile names a file and what is wrong with it.
func ofFile(path string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return plainError{path + ": there is no such file", err}
	case errors.Is(err, fs.ErrPermission):
		return plainError{path + ": the file must not be read: look at its permissions", err}
	}
	return err
}

// withoutUser is an address without the name and password before its host, for
// messages.
func withoutUser(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		return address
	}
	end := strings.IndexAny(rest, "/?#\\")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@')
	if at < 0 {
		return address
	}
	return scheme + "://…" + rest[at:]
}
