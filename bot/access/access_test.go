package access

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/store"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func open(t *testing.T) (*Access, *store.DB, *clock) {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	c := &clock{time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)}
	a, err := New(t.Context(), db, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return a, db, c
}

func pair(a *Access, db *store.DB, code string, person int64) error {
	ctx := context.Background()
	return db.Write(ctx, func(tx store.Tx) error { return a.Pair(ctx, tx, code, person) })
}

func role(t *testing.T, a *Access, person int64) Role {
	t.Helper()
	r, err := a.Role(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func invite(t *testing.T, a *Access, r Role) string {
	t.Helper()
	code, err := a.Invite(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func TestCodePairsOnePersonOnce(t *testing.T) {
	a, db, _ := open(t)
	code := invite(t, a, Member)
	if got := role(t, a, 1); got != Stranger {
		t.Fatalf("before pairing: %s", got)
	}
	// As a person may type it.
	if err := pair(a, db, strings.ToUpper(strings.ReplaceAll(code, "-", " ")), 1); err != nil {
		t.Fatal(err)
	}
	if got := role(t, a, 1); got != Member {
		t.Fatalf("after pairing: %s", got)
	}
	if err := pair(a, db, code, 2); !errors.Is(err, ErrCode) {
		t.Fatalf("second use: %v, want ErrCode", err)
	}
	if got := role(t, a, 2); got != Stranger {
		t.Fatalf("after a refused code: %s", got)
	}
}

func TestCodeExpires(t *testing.T) {
	a, db, c := open(t)
	code := invite(t, a, Admin)
	c.at = c.at.Add(Lifetime + time.Second)
	if _, err := a.Offered(t.Context(), code); !errors.Is(err, ErrCode) {
		t.Fatalf("offered after its lifetime: %v", err)
	}
	if err := pair(a, db, code, 1); !errors.Is(err, ErrCode) {
		t.Fatalf("paired after its lifetime: %v", err)
	}
}

func TestUnknownCode(t *testing.T) {
	a, db, _ := open(t)
	for _, code := range []string{"", "-", "abcde-fghi-jklm", strings.Repeat("x", 5000)} {
		if err := pair(a, db, code, 1); !errors.Is(err, ErrCode) {
			t.Errorf("%.20q: %v, want ErrCode", code, err)
		}
	}
}

func TestAdminStaysAdmin(t *testing.T) {
	a, db, _ := open(t)
	for _, r := range []Role{Admin, Member} {
		if err := pair(a, db, invite(t, a, r), 1); err != nil {
			t.Fatal(err)
		}
	}
	if got := role(t, a, 1); got != Admin {
		t.Fatalf("an admin who used a member's code is a %s", got)
	}
}

func TestOnlyRolesThatPair(t *testing.T) {
	a, _, _ := open(t)
	if _, err := a.Invite(t.Context(), Stranger); err == nil {
		t.Fatal("an invitation to remain a stranger")
	}
}

func TestDatabaseHoldsNoCode(t *testing.T) {
	a, db, _ := open(t)
	code := invite(t, a, Member)
	var stored string
	err := db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT hash FROM access_codes`).Scan(&stored)
	})
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(stored, code) || strings.Contains(stored, strings.ReplaceAll(code, "-", "")) {
		t.Fatal("the code itself is stored")
	}
}

func TestGroupOpensAndMoves(t *testing.T) {
	a, db, _ := open(t)
	ctx := t.Context()
	opened := func(chat int64) bool {
		ok, err := a.Opened(ctx, chat)
		if err != nil {
			t.Fatal(err)
		}
		return ok
	}
	if opened(-5) {
		t.Fatal("open before anybody opened it")
	}
	err := db.Write(ctx, func(tx store.Tx) error {
		if err := a.Open(ctx, tx, -5, 1); err != nil {
			return err
		}
		return a.Open(ctx, tx, -5, 2)
	})
	if err != nil || !opened(-5) || opened(-6) {
		t.Fatalf("opening: %v", err)
	}
	err = db.Write(ctx, func(tx store.Tx) error { return a.Move(ctx, tx, -5, -1006) })
	if err != nil || opened(-5) || !opened(-1006) {
		t.Fatalf("moving: %v", err)
	}
}
