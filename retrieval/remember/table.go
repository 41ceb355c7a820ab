package remember

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

// steps make the tables. Column complete holds what Complete was called with
// and completed the order of the calls.
var steps = []string{`
	CREATE TABLE remember_models (
		id         INTEGER PRIMARY KEY,
		name       TEXT NOT NULL UNIQUE,
		dimensions INTEGER NOT NULL DEFAULT 0,
		complete   INTEGER,
		completed  INTEGER
	) STRICT;
	CREATE TABLE remember_vectors (
		model  INTEGER NOT NULL REFERENCES remember_models (id),
		hash   BLOB NOT NULL,
		vector BLOB
	) STRICT;
	CREATE UNIQUE INDEX remember_vectors_hash ON remember_vectors (model, hash);`}

// lookups is the number of hashes in one statement; more make it no faster.
const lookups = 500

// tolerance is how far a norm may be from 1. Float32 arithmetic over 4,096
// numbers stays below a hundredth of this.
const tolerance = 1e-2

// key names a string. Sixteen bytes of SHA-256 meet by chance once in 2^64.
type key [16]byte

func keyOf(text string) key {
	sum := sha256.Sum256([]byte(text))
	return key(sum[:16])
}

// table is the vectors of one model in the file.
type table struct {
	db    *store.DB
	model string
}

// load returns the vectors of those keys that are remembered; nil is the
// remembered finding that there is none.
func (t *table) load(ctx context.Context, keys []key) (map[key][]float32, error) {
	known := make(map[key][]float32, len(keys))
	err := t.db.Read(ctx, func(tx store.Tx) error {
		model, dimensions, err := t.row(ctx, tx)
		if err != nil || model == 0 {
			return err
		}
		for part := range slices.Chunk(keys, lookups) {
			if err := loadPart(ctx, tx, model, dimensions, part, known); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("remember: %w", err)
	}
	return known, nil
}

func loadPart(ctx context.Context, tx store.Tx, model int64, dimensions int, keys []key, known map[key][]float32) error {
	args := make([]any, 0, len(keys)+1)
	args = append(args, model)
	for _, k := range keys {
		args = append(args, k[:])
	}
	marks := strings.TrimSuffix(strings.Repeat("?,", len(keys)), ",")
	rows, err := tx.Query(ctx, `SELECT hash, vector FROM remember_vectors WHERE model = ? AND hash IN (`+marks+`)`, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var hash, blob sql.RawBytes
		if err := rows.Scan(&hash, &blob); err != nil {
			return err
		}
		if len(hash) != len(key{}) || blob != nil && len(blob) != 4*dimensions {
			return fmt.Errorf("%w: a vector of %d bytes, its model has %d numbers", store.ErrDamaged, len(blob), dimensions)
		}
		known[key(hash)] = decode(blob)
	}
	return rows.Err()
}

// row returns the model's id and dimensions, 0 for those that are not known
// yet.
func (t *table) row(ctx context.Context, tx store.Tx) (id int64, dimensions int, err error) {
	err = tx.QueryRow(ctx, `SELECT id, dimensions FROM remember_models WHERE name = ?`, t.model).Scan(&id, &dimensions)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return id, dimensions, err
}

// save keeps the vectors of texts, all or none. dimensions is their length, 0
// when all are nil; it must be the model's.
func (t *table) save(ctx context.Context, texts []string, vectors [][]float32, dimensions int) error {
	err := t.db.Write(ctx, func(tx store.Tx) error {
		model, err := t.claim(ctx, tx, dimensions)
		if err != nil {
			return err
		}
		insert, err := tx.Prepare(ctx, `INSERT INTO remember_vectors (model, hash, vector) VALUES (?, ?, ?) ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		defer insert.Close()
		for i, text := range texts {
			k := keyOf(text)
			if _, err := insert.ExecContext(ctx, model, k[:], encode(vectors[i])); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	return nil
}

// claim returns the id of the model's row, which it makes when there is none,
// and fixes its dimensions when they are not known yet.
func (t *table) claim(ctx context.Context, tx store.Tx, dimensions int) (int64, error) {
	if _, err := tx.Exec(ctx, `INSERT INTO remember_models (name) VALUES (?) ON CONFLICT DO NOTHING`, t.model); err != nil {
		return 0, err
	}
	id, known, err := t.row(ctx, tx)
	if err != nil {
		return 0, err
	}
	if err := t.same(known, dimensions); err != nil {
		return 0, err
	}
	if known == 0 {
		_, err = tx.Exec(ctx, `UPDATE remember_models SET dimensions = ? WHERE id = ?`, dimensions, id)
	}
	return id, err
}

// same compares two lengths of vectors, where 0 is not known.
func (t *table) same(known, dimensions int) error {
	if known == 0 || dimensions == 0 || known == dimensions {
		return nil
	}
	return fmt.Errorf("%w: model %s has %d numbers, now it gave %d", retrieval.ErrDimension, t.model, known, dimensions)
}

// fits compares dimensions with those of the vectors that are remembered.
func (t *table) fits(ctx context.Context, dimensions int) error {
	err := t.db.Read(ctx, func(tx store.Tx) error {
		_, known, err := t.row(ctx, tx)
		if err != nil {
			return err
		}
		return t.same(known, dimensions)
	})
	if err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	return nil
}

func (t *table) complete(ctx context.Context, seq int64) error {
	err := t.db.Write(ctx, func(tx store.Tx) error {
		model, err := t.claim(ctx, tx, 0)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE remember_models SET complete = ?,
			completed = (SELECT coalesce(max(completed), 0) + 1 FROM remember_models) WHERE id = ?`, seq, model)
		return err
	})
	if err != nil {
		return fmt.Errorf("remember: %w", err)
	}
	return nil
}

func (t *table) lastComplete(ctx context.Context) (model string, seq int64, err error) {
	err = t.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT name, complete FROM remember_models WHERE completed IS NOT NULL
			ORDER BY completed DESC LIMIT 1`).Scan(&model, &seq)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return "", 0, nil
	}
	if err != nil {
		return "", 0, fmt.Errorf("remember: %w", err)
	}
	return model, seq, nil
}

// encode returns nil, SQL's NULL, for no vector.
func encode(vector []float32) []byte {
	if vector == nil {
		return nil
	}
	blob := make([]byte, 0, 4*len(vector))
	for _, x := range vector {
		blob = binary.LittleEndian.AppendUint32(blob, math.Float32bits(x))
	}
	return blob
}

func decode(blob []byte) []float32 {
	if blob == nil {
		return nil
	}
	vector := make([]float32, len(blob)/4)
	for i := range vector {
		vector[i] = math.Float32frombits(binary.LittleEndian.Uint32(blob[4*i:]))
	}
	return vector
}

// normOf returns the length of v; it is not finite when v is not.
func normOf(v []float32) float64 {
	var square float64
	for _, x := range v {
		square += float64(x) * float64(x)
	}
	return math.Sqrt(square)
}
