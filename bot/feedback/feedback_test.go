package feedback_test

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"newsdesk/bot/feedback"
	"newsdesk/corpus/store"
)

var noon = time.Date(2026, 3, 12, 12, 0, 0, 0, time.UTC)

type box struct {
	*testing.T
	db *store.DB
	f  *feedback.Feedback
}

func open(t *testing.T) box {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	f, err := feedback.New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return box{t, db, f}
}

func (b box) write(f func(tx store.Tx) error) {
	b.Helper()
	if err := b.db.Write(b.Context(), f); err != nil {
		b.Fatal(err)
	}
}

func (b box) press(chat int64, answer string, person int64, v feedback.Vote) (now feedback.Vote) {
	b.Helper()
	b.write(func(tx store.Tx) (err error) {
		now, err = b.f.Press(b.Context(), tx, chat, answer, person, v, noon)
		return err
	})
	return now
}

func TestPress(t *testing.T) {
	b := open(t)
	for i, c := range []struct {
		person    int64
		vote, now feedback.Vote
	}{
		{1, feedback.Good, feedback.Good}, {2, feedback.Bad, feedback.Bad},
		{1, feedback.Bad, feedback.Bad}, {1, feedback.Bad, feedback.None}, {1, feedback.Good, feedback.Good},
	} {
		if now := b.press(-5, "a", c.person, c.vote); now != c.now {
			t.Errorf("%d: %d", i, now)
		}
		if now, err := b.f.Of(t.Context(), "a", c.person); now != c.now || err != nil {
			t.Errorf("%d: it is %d, %v", i, now, err)
		}
	}
	if good, bad, err := b.f.Count(t.Context(), noon); good != 1 || bad != 1 || err != nil {
		t.Errorf("%d good, %d bad, %v", good, bad, err)
	}
	if good, bad, err := b.f.Count(t.Context(), noon.Add(time.Second)); good+bad != 0 || err != nil {
		t.Errorf("%d good, %d bad after that, %v", good, bad, err)
	}
}

func TestForgetAndMove(t *testing.T) {
	b := open(t)
	b.press(-5, "a", 1, feedback.Good)
	b.press(-5, "a", 2, feedback.Good)
	b.press(1, "b", 1, feedback.Good)
	b.press(-6, "c", 2, feedback.Good)
	b.write(func(tx store.Tx) error { return b.f.Move(t.Context(), tx, -5, -1005) })
	forget := func(id int64) (n int) {
		b.write(func(tx store.Tx) (err error) {
			n, err = b.f.Forget(t.Context(), tx, id)
			return err
		})
		return n
	}
	// Of the person, in private and in the group; then of the group that is left.
	if a, c, again := forget(1), forget(-1005), forget(-1005); a != 2 || c != 1 || again != 0 {
		t.Errorf("%d, %d, %d", a, c, again)
	}
	if v, err := b.f.Of(t.Context(), "c", 2); v != feedback.Good || err != nil {
		t.Errorf("another's vote is gone: %d, %v", v, err)
	}
}
