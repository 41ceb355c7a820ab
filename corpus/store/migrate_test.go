package store

import (
	"errors"
	"testing"
)

func TestStepsAreTakenOnceAndInOrder(t *testing.T) {
	db := openLines(t)
	second := `ALTER TABLE lines ADD COLUMN note TEXT; UPDATE lines SET note = 'old'`
	add(t, db, "one")
	for range 2 {
		if err := db.Migrate(t.Context(), "lines", table, second); err != nil {
			t.Fatal(err)
		}
	}
	var note string
	err := db.Read(t.Context(), func(tx Tx) error {
		return tx.QueryRow(t.Context(), `SELECT note FROM lines`).Scan(&note)
	})
	if err != nil || note != "old" {
		t.Fatalf("note %q, %v", note, err)
	}
	if err := db.Migrate(t.Context(), "lines", table); !errors.Is(err, ErrNewer) {
		t.Fatalf("a file at step 2 for a program that knows 1: %v, want ErrNewer", err)
	}
}

func TestOwnersDoNotMixTheirSteps(t *testing.T) {
	db := openLines(t)
	if err := db.Migrate(t.Context(), "other", `CREATE TABLE other (x) `); err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(t.Context(), "lines", table); err != nil {
		t.Fatal(err)
	}
}

func TestAFailedStepTakesNone(t *testing.T) {
	db := openLines(t)
	err := db.Migrate(t.Context(), "other", `CREATE TABLE other (x)`, `CREATE TABLE lines (x)`)
	if err == nil {
		t.Fatal("a step that cannot be taken returned nil")
	}
	if err := db.Migrate(t.Context(), "other", `CREATE TABLE other (x)`); err != nil {
		t.Fatalf("after the failure: %v", err)
	}
}
