package memory

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

// citing is an answer that cites the articles, each twice.
func citing(articles ...string) Said {
	s := said("question", "answer")
	for _, a := range articles {
		for range 2 {
			s.Answer.Citations = append(s.Answer.Citations, bot.Citation{N: len(s.Answer.Citations) + 1, Passage: retrieval.Passage{ArticleID: a, Seq: 3}, Start: 1, End: 9, Quote: "It sails"})
		}
	}
	return s
}

func byArticle(t *testing.T, m *Memory, article string, since time.Time) []string {
	t.Helper()
	all, err := m.ByArticle(t.Context(), article, since)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range all {
		out = append(out, fmt.Sprint(s.ID, s.Place.Chat, s.Messages))
		if k, err := m.Answer(t.Context(), s.Place, s.ID); err != nil || k.ID != s.ID {
			t.Errorf("%v is not in its place: %v", s, err)
		}
	}
	return out
}

func TestByArticle(t *testing.T) {
	m, db, c := open(t)
	first := keep(t, m, db, here, citing("a", "b"))
	sent(t, m, db, first, 42, 43)
	keep(t, m, db, here, citing("a")) // no message shows it
	c.at = c.at.Add(time.Hour)
	second := keep(t, m, db, Place{Chat: 8}, citing("b"))
	sent(t, m, db, second, 42)
	never := time.Time{}

	one, two := fmt.Sprint(first, 7, []int{42, 43}), fmt.Sprint(second, 8, []int{42})
	for article, want := range map[string][]string{"a": {one}, "b": {one, two}, "c": nil, "": nil} {
		if got := byArticle(t, m, article, never); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", article, got, want)
		}
	}
	if got := byArticle(t, m, "b", c.at.Add(-time.Minute)); !slices.Equal(got, []string{two}) {
		t.Errorf("since: %q", got)
	}

	write(t, db, func(ctx context.Context, tx store.Tx) error { return m.Replace(ctx, tx, here, first, citing("c")) })
	if got := byArticle(t, m, "a", never); got != nil {
		t.Errorf("replaced: %q", got)
	}
	if got := byArticle(t, m, "c", never); !slices.Equal(got, []string{one}) {
		t.Errorf("replaced: %q", got)
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		_, err := m.Forget(ctx, tx, 7)
		return err
	})
	if got := byArticle(t, m, "c", never); got != nil {
		t.Errorf("forgotten: %q", got)
	}
	c.at = c.at.Add(AnswersFor)
	if got := byArticle(t, m, "b", never); got != nil {
		t.Errorf("too old: %q", got)
	}
	if n, err := m.Expire(t.Context()); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	var left int
	err := db.Read(t.Context(), func(tx store.Tx) error {
		return tx.QueryRow(t.Context(), `SELECT count(*) FROM memory_cited`).Scan(&left)
	})
	if left != 0 || err != nil {
		t.Errorf("%d rows are left, %v", left, err)
	}
}

// TestCitedOfBefore: answers that were kept before the articles were are found.
func TestCitedOfBefore(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "newsdesk.db")
	db, err := store.Open(ctx, slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Migrate(ctx, "memory", schema); err != nil {
		t.Fatal(err)
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		for n, s := range []Said{citing("a", "b"), citing()} {
			answer, err := encode(s.Answer)
			if err != nil {
				return err
			}
			_, err = tx.Exec(ctx, `INSERT INTO memory_answers (id, chat, thread, at, asked, question, answer) VALUES (?, 7, 0, ?, 0, '', ?)`,
				strings.Repeat(fmt.Sprint(n), 16), time.Date(2026, 3, 12, 8, 0, 0, 0, time.UTC).Unix(), answer)
			if err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `INSERT INTO memory_messages (chat, message, answer) VALUES (7, 42, 1), (7, 43, 2)`)
		return err
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	m, db, _ := openAt(t, path)
	defer db.Close()
	if got := byArticle(t, m, "a", time.Time{}); len(got) != 1 {
		t.Errorf("%q", got)
	}
}
