package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestBackupWhileInUse(t *testing.T) {
	db := openLines(t)
	add(t, db, "one")
	target := filepath.Join(t.TempDir(), "backup.db")
	err := db.Write(t.Context(), func(tx Tx) error {
		if err := insert(t.Context(), "not committed")(tx); err != nil {
			return err
		}
		return db.Backup(t.Context(), target)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := Verify(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	if n := count(t, openAt(t, target)); n != 1 {
		t.Fatalf("the backup holds %d lines, want the 1 that was committed", n)
	}
}

func TestBackupReplacesOnlyABackup(t *testing.T) {
	db := openLines(t)
	folder := t.TempDir()
	target := filepath.Join(folder, "backup.db")
	for _, line := range []string{"one", "two"} {
		add(t, db, line)
		if err := db.Backup(t.Context(), target); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(t, openAt(t, target)); n != 2 {
		t.Fatalf("the second backup holds %d lines, want 2", n)
	}
	letter := filepath.Join(folder, "letter.txt")
	if err := os.WriteFile(letter, []byte("Dear reader"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := db.Backup(t.Context(), letter); err == nil {
		t.Error("a letter was replaced by a backup")
	}
	if text, err := os.ReadFile(letter); err != nil || string(text) != "Dear reader" {
		t.Errorf("the letter is now %q, %v", text, err)
	}
	if err := db.Backup(t.Context(), db.Path()); err == nil {
		t.Error("the file was replaced by its own backup")
	}
	drafts, err := filepath.Glob(filepath.Join(folder, ".newsdesk-backup-*"))
	if err != nil || len(drafts) != 0 {
		t.Errorf("left behind: %v, %v", drafts, err)
	}
}

func TestBackupThatCannotBeWritten(t *testing.T) {
	db := openLines(t)
	if err := db.Backup(t.Context(), filepath.Join(t.TempDir(), "absent", "backup.db")); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("%v, want fs.ErrNotExist", err)
	}
}

func TestVerifyFindsDamage(t *testing.T) {
	db := openLines(t)
	add(t, db, strings.Repeat("a long line ", 10_000))
	target := filepath.Join(t.TempDir(), "backup.db")
	if err := db.Backup(t.Context(), target); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	scribbled := append([]byte(nil), whole...)
	for i := 4096; i < 8192; i++ {
		scribbled[i] = 0xA5
	}
	cases := map[string][]byte{
		"cut": whole[:len(whole)/2], "empty": nil, "text": []byte(strings.Repeat("hello ", 1000)), "scribbled": scribbled,
	}
	for name, data := range cases {
		path := filepath.Join(t.TempDir(), name)
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Verify(t.Context(), path); !errors.Is(err, ErrDamaged) {
			t.Errorf("%s: %v, want ErrDamaged", name, err)
		}
	}
	if err := Verify(t.Context(), filepath.Join(t.TempDir(), "absent")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("absent: %v, want fs.ErrNotExist", err)
	}
}
