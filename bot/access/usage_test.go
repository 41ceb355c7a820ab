package access

import (
	"context"
	"testing"
	"time"

	"newsdesk/corpus/store"
)

func write(t *testing.T, db *store.DB, f func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

func TestLimits(t *testing.T) {
	a, db, _ := open(t)
	morning := time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)
	limits := Limits{Person: 3, Chat: 2, Tokens: 1000}
	ask := func(person, chat int64, at time.Time) {
		write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Asked(ctx, tx, person, chat, at) })
	}
	left := func(person, chat int64, at time.Time) Left {
		t.Helper()
		l, err := a.Left(t.Context(), limits, person, chat, at)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	if got := left(1, -5, morning); got != (Left{3, 2, 1000}) || !got.Model() || got.Questions() != 2 {
		t.Errorf("at first: %+v", got)
	}
	ask(1, -5, morning)
	ask(1, -5, morning)
	ask(1, 1, morning)
	ask(1, 1, morning) // over the limit: never negative
	if got := left(1, -5, morning); got != (Left{0, 0, 1000}) || got.Model() {
		t.Errorf("of one who asked it all: %+v", got)
	}
	if got := left(2, -5, morning); got != (Left{3, 0, 1000}) || got.Model() {
		t.Errorf("of another in that chat: %+v", got)
	}
	if err := a.Spent(t.Context(), 1200, morning); err != nil {
		t.Fatal(err)
	}
	if got := left(2, 2, morning); got != (Left{3, 2, 0}) || got.Model() {
		t.Errorf("after all tokens: %+v", got)
	}
	if tokens, questions, err := a.Used(t.Context(), morning); tokens != 1200 || questions != 4 || err != nil {
		t.Errorf("used %d tokens, %d questions, %v", tokens, questions, err)
	}
	// The day is that of the zone of the time.
	tonight := time.Date(2026, 3, 12, 23, 0, 0, 0, time.UTC)
	if got := left(1, -5, tonight.In(time.FixedZone("east", 2*3600))); !got.Model() {
		t.Errorf("in the east it is tomorrow: %+v", got)
	}
	if got := left(1, -5, tonight); got.Model() {
		t.Errorf("here it is not: %+v", got)
	}
}

func TestNoLimits(t *testing.T) {
	a, _, c := open(t)
	got, err := a.Left(t.Context(), Limits{}, 1, 1, c.at)
	if err != nil || got != (Left{Unbounded, Unbounded, Unbounded}) || !got.Model() {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestOldUsageIsDeleted(t *testing.T) {
	a, db, c := open(t)
	for _, at := range []time.Time{c.at, c.at.Add(20 * 24 * time.Hour), c.at.Add(40 * 24 * time.Hour)} {
		write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Asked(ctx, tx, 1, 2, at) })
	}
	var days int
	err := db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(DISTINCT day) FROM access_usage`).Scan(&days)
	})
	if err != nil || days != 2 {
		t.Errorf("%d days are left, %v", days, err)
	}
}

func TestPauseAndClose(t *testing.T) {
	a, db, _ := open(t)
	paused := func(chat int64) bool {
		t.Helper()
		p, err := a.Paused(t.Context(), chat)
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Open(ctx, tx, -5, 1) })
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Pause(ctx, tx, -5, 1) })
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Pause(ctx, tx, -5, 2) })
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Asked(ctx, tx, 1, -5, time.Now()) })
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Move(ctx, tx, -5, -1005) })
	if paused(-5) || !paused(-1005) || paused(7) {
		t.Error("a pause does not follow its group")
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Resume(ctx, tx, -1005) })
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Close(ctx, tx, -1005) })
	if opened, err := a.Opened(t.Context(), -1005); paused(-1005) || opened || err != nil {
		t.Errorf("paused, or open: %t, %v", opened, err)
	}
}

func TestForget(t *testing.T) {
	a, db, c := open(t)
	write(t, db, func(ctx context.Context, tx store.Tx) error { return a.Asked(ctx, tx, 1, 2, c.at) })
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		n, err := a.Forget(ctx, tx, 1)
		if n != 1 {
			t.Errorf("%d days", n)
		}
		return err
	})
	got, err := a.Left(t.Context(), Limits{Person: 5, Chat: 5}, 1, 2, c.at)
	if err != nil || got.Person != 5 || got.Chat != 4 {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSetTokens(t *testing.T) {
	a, db, _ := open(t)
	for _, c := range []struct{ set, want int }{{-1, 7}, {500, 500}, {0, 0}} {
		if c.set >= 0 {
			write(t, db, func(ctx context.Context, tx store.Tx) error { return a.SetTokens(ctx, tx, c.set) })
		}
		if got, err := a.Within(t.Context(), Limits{Person: 3, Tokens: 7}); err != nil || got != (Limits{Person: 3, Tokens: c.want}) {
			t.Errorf("%d: %+v, %v", c.set, got, err)
		}
	}
}
