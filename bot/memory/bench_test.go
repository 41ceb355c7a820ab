package memory

import (
	"context"
	"path/filepath"
	"testing"

	"newsdesk/corpus/store"
)

// full is a memory of a place that holds MaxAnswers.
func full(b *testing.B) (*Memory, *store.DB) {
	m, db, _ := openAt(b, filepath.Join(b.TempDir(), "newsdesk.db"))
	b.Cleanup(func() { db.Close() })
	write(b, db, func(ctx context.Context, tx store.Tx) error {
		for range MaxAnswers {
			if err := m.Keep(ctx, tx, here, NewID(), said("question", "answer")); err != nil {
				return err
			}
		}
		return nil
	})
	return m, db
}

func BenchmarkKeep(b *testing.B) {
	m, db := full(b)
	for b.Loop() {
		keep(b, m, db, here, said("question", "answer"))
	}
}

func BenchmarkTurns(b *testing.B) {
	m, _ := full(b)
	for b.Loop() {
		turns(b, m, here)
	}
}

func BenchmarkExpireNothing(b *testing.B) {
	m, _ := full(b)
	for b.Loop() {
		if n, err := m.Expire(b.Context()); n != 0 || err != nil {
			b.Fatal(n, err)
		}
	}
}
