package lexical

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/mapping"
	index "github.com/blevesearch/bleve_index_api"
	bolt "go.etcd.io/bbolt"
)

// errForeign means that a folder was made for other fields, or by something
// else.
var errForeign = errors.New("lexical: the index was made for other fields")

// options of bleve. A lock that is held is waited for this long and no longer:
// without a limit opening would hang.
func options() map[string]any {
	return map[string]any{"bolt_timeout": "50ms"}
}

// openFolder opens the index in dir, or begins a new one where none can be read.
func openFolder(log *slog.Logger, dir string) (bleve.Index, *table, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, nil, fmt.Errorf("lexical: %w", err)
	}
	path := filepath.Join(dir, "passages")
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return create(path)
	}
	index, table, err := open(path)
	switch {
	case err == nil:
		return index, table, nil
	case errors.Is(err, bolt.ErrTimeout):
		return nil, nil, fmt.Errorf("%w: %s", ErrInUse, dir)
	case errors.Is(err, fs.ErrPermission):
		return nil, nil, fmt.Errorf("lexical: %w", err)
	}
	log.Warn("lexical: the index cannot be used and is built anew", "folder", path, "error", err)
	if err := os.RemoveAll(path); err != nil {
		return nil, nil, fmt.Errorf("lexical: %w", err)
	}
	return create(path)
}

func create(path string) (bleve.Index, *table, error) {
	index, err := bleve.NewUsing(path, newMapping(), scorch.Name, scorch.Name, options())
	if err != nil {
		return nil, nil, fmt.Errorf("lexical: %w", err)
	}
	return index, newTable(), nil
}

// open opens what is at path, and reads all of the table from it. bleve panics
// on some damaged files; that is an error here.
func open(path string) (index bleve.Index, t *table, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("lexical: %v", cause)
		}
		if err != nil && index != nil {
			err = errors.Join(err, index.Close())
		}
	}()
	index, err = bleve.OpenUsing(path, options())
	if err != nil {
		return nil, nil, err
	}
	if err := sameFields(index.Mapping()); err != nil {
		return index, nil, err
	}
	t, err = tableOf(index)
	return index, t, err
}

func sameFields(m mapping.IndexMapping) error {
	found, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	want, err := json.Marshal(newMapping())
	if err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	if !bytes.Equal(found, want) {
		return errForeign
	}
	return nil
}

func tableOf(index bleve.Index) (t *table, err error) {
	reader, err := readerOf(index)
	if err != nil {
		return nil, err
	}
	defer closing(reader, &err)
	return readTable(reader)
}

// readerOf returns a reader of what the index holds now; close it.
func readerOf(b bleve.Index) (index.IndexReader, error) {
	inner, err := b.Advanced()
	if err != nil {
		return nil, fmt.Errorf("lexical: %w", err)
	}
	reader, err := inner.Reader()
	if err != nil {
		return nil, fmt.Errorf("lexical: %w", err)
	}
	return reader, nil
}
