package remember

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"newsdesk/corpus/store"
)

// sweep is the number of rows that are looked at in one transaction of Only.
const sweep = 5000

// Only deletes the vectors, of all models, of texts that are not among those
// given, and returns how many they were. Vectors that come while it runs stay.
// What is deleted is embedded anew should its text come again.
func (e *Embedder) Only(ctx context.Context, texts iter.Seq2[string, error]) (deleted int, err error) {
	db := e.vectors.db
	var last int64
	err = db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT coalesce(max(rowid), 0) FROM remember_vectors`).Scan(&last)
	})
	if err != nil {
		return 0, fmt.Errorf("remember: %w", err)
	}
	keep := map[key]bool{}
	for text, err := range texts {
		if err != nil {
			return 0, err
		}
		keep[keyOf(text)] = true
	}
	for after := int64(0); after < last; after += sweep {
		n, err := sweepRows(ctx, db, after, min(after+sweep, last), keep)
		deleted += n
		if err != nil {
			return deleted, fmt.Errorf("remember: %w", err)
		}
	}
	return deleted, nil
}

// sweepRows deletes those of the rows after one up to another that are not to be
// kept.
func sweepRows(ctx context.Context, db *store.DB, after, last int64, keep map[key]bool) (int, error) {
	var gone []any
	err := db.Write(ctx, func(tx store.Tx) error {
		gone = nil
		rows, err := tx.Query(ctx, `SELECT rowid, hash FROM remember_vectors WHERE rowid > ? AND rowid <= ?`, after, last)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var row int64
			var hash []byte
			if err := rows.Scan(&row, &hash); err != nil {
				return err
			}
			if len(hash) != len(key{}) || !keep[key(hash)] {
				gone = append(gone, row)
			}
		}
		if err := rows.Err(); err != nil || len(gone) == 0 {
			return err
		}
		_, err = tx.Exec(ctx, `DELETE FROM remember_vectors WHERE rowid IN (`+strings.TrimSuffix(strings.Repeat("?,", len(gone)), ",")+`)`, gone...)
		return err
	})
	return len(gone), err
}
