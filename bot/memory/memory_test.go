package memory

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

// fataler is what *testing.T and *rapid.T have in common.
type fataler interface {
	Helper()
	Fatal(...any)
}

func openAt(t fataler, path string) (*Memory, *store.DB, *clock) {
	t.Helper()
	ctx := context.Background()
	db, err := store.Open(ctx, slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{time.Date(2026, 3, 12, 9, 0, 0, 0, time.UTC)}
	m, err := New(ctx, db, c.now)
	if err != nil {
		t.Fatal(err)
	}
	return m, db, c
}

func open(t *testing.T) (*Memory, *store.DB, *clock) {
	t.Helper()
	m, db, c := openAt(t, filepath.Join(t.TempDir(), "newsdesk.db"))
	t.Cleanup(func() { db.Close() })
	return m, db, c
}

// write runs f in a transaction.
func write(t fataler, db *store.DB, f func(context.Context, store.Tx) error) {
	t.Helper()
	ctx := context.Background()
	if err := db.Write(ctx, func(tx store.Tx) error { return f(ctx, tx) }); err != nil {
		t.Fatal(err)
	}
}

func keep(t fataler, m *Memory, db *store.DB, p Place, s Said) (id string) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx store.Tx) (err error) {
		id = NewID()
		return m.Keep(ctx, tx, p, id, s)
	})
	return id
}

func sent(t fataler, m *Memory, db *store.DB, id string, messages ...int) {
	t.Helper()
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		for _, message := range messages {
			if err := m.Sent(ctx, tx, id, message); err != nil {
				return err
			}
		}
		return nil
	})
}

func turns(t fataler, m *Memory, p Place) []bot.Turn {
	t.Helper()
	all, err := m.Turns(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// said is a question with an answer of one sentence.
func said(question, answer string) Said {
	return Said{Question: question, Answer: bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: answer, Citations: []int{1}}}}}
}

var here = Place{Chat: 7}

func TestAnswerComesBackWhole(t *testing.T) {
	m, db, c := open(t)
	published := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	passage := retrieval.Passage{Seq: 3, Start: 10, End: 90, ArticleID: "a3", Outlet: "The Lark", URL: "https://lark.example/3",
		Title: "Ferry sails again", Language: "en", Published: published, Text: "All of the passage."}
	s := Said{Question: "does it sail?", Asked: 41, Answer: bot.Answer{
		Found:     true,
		Sentences: []bot.Sentence{{Text: "The ferry sails.", Citations: []int{1}}, {Text: "On Monday.", Citations: []int{1}}},
		Citations: []bot.Citation{{N: 1, Passage: passage, Start: 12, End: 30, Quote: "the ferry “sails” — <b>"}},
		Searched:  corpus.Extent{Articles: 5, Outlets: 2, From: published, To: published},
		Model:     "m", Restated: "Does the ferry sail?", Unanswered: []string{"when it sinks"}, Notes: []bot.Note{{Kind: bot.NoteRead, Words: "last week", From: published, To: published}, {Kind: bot.NoteSilent, Outlets: []string{"The Lark"}}},
		Dropped: []bot.Dropped{{Text: "It sank.", Reason: "name"}}, Trace: bot.Trace{Asked: "does it sail?"},
	}}
	id := keep(t, m, db, here, s)
	sent(t, m, db, id, 43, 42)
	got, err := m.Answer(t.Context(), here, id)
	if err != nil {
		t.Fatal(err)
	}
	want := Kept{ID: id, At: c.at, Said: s, Messages: []int{42, 43}}
	want.Answer.Dropped, want.Answer.Trace = nil, bot.Trace{}
	want.Answer.Citations = slices.Clone(s.Answer.Citations)
	want.Answer.Citations[0].Passage.Text = ""
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if s.Answer.Citations[0].Passage.Text == "" || s.Answer.Dropped == nil {
		t.Error("the answer that was given has been changed")
	}
	if want := (bot.Turn{Question: "Does the ferry sail?", Answer: "The ferry sails. On Monday."}); got.Turn() != want {
		t.Errorf("turn %+v", got.Turn())
	}
}

func TestWaysToAnAnswer(t *testing.T) {
	m, db, _ := open(t)
	ctx := t.Context()
	s := said("q", "a")
	s.Asked = 40
	id := keep(t, m, db, here, s)
	other := keep(t, m, db, here, said("other", "a"))
	sent(t, m, db, id, 41)
	sent(t, m, db, other, 42)
	for name, find := range map[string]func() (Kept, error){
		"id":       func() (Kept, error) { return m.Answer(ctx, here, id) },
		"message":  func() (Kept, error) { return m.ByMessage(ctx, here, 41) },
		"question": func() (Kept, error) { return m.ByQuestion(ctx, here, 40) },
	} {
		if k, err := find(); err != nil || k.ID != id {
			t.Errorf("by %s: %q, %v", name, k.ID, err)
		}
	}
	if _, err := m.ByQuestion(ctx, here, 0); !errors.Is(err, ErrNotFound) {
		t.Errorf("by no question: %v", err)
	}
}

func TestForgedIDs(t *testing.T) {
	m, db, _ := open(t)
	id := keep(t, m, db, here, said("q", "a"))
	for _, forged := range []string{"", "%", strings.ToUpper(id), id + " ", id[:15], strings.Repeat("x", 1<<20), "' OR 1=1 --", "\x00"} {
		if _, err := m.Answer(t.Context(), here, forged); !errors.Is(err, ErrNotFound) {
			t.Errorf("%.20q: %v, want ErrNotFound", forged, err)
		}
	}
	for _, other := range []Place{{Chat: 8}, {Chat: 7, Thread: 1}, {Chat: -7}} {
		if _, err := m.Answer(t.Context(), other, id); !errors.Is(err, ErrNotFound) {
			t.Errorf("from %v: %v, want ErrNotFound", other, err)
		}
	}
}

func TestIDsFitAButton(t *testing.T) {
	seen := map[string]bool{}
	for range 1000 {
		id := NewID()
		if len(id) != 16 || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz234567") != "" || seen[id] {
			t.Fatalf("id %q", id)
		}
		seen[id] = true
	}
}

func TestConversationIsBounded(t *testing.T) {
	m, db, c := open(t)
	for i := range MaxTurns + 3 {
		keep(t, m, db, here, said(fmt.Sprintf("q%d", i), "a"))
	}
	got := turns(t, m, here)
	if len(got) != MaxTurns || got[0].Question != "q3" || got[MaxTurns-1].Question != fmt.Sprintf("q%d", MaxTurns+2) {
		t.Fatalf("turns %+v", got)
	}
	c.at = c.at.Add(TurnsFor - time.Second)
	keep(t, m, db, here, said("later", "a"))
	c.at = c.at.Add(2 * time.Second)
	if got = turns(t, m, here); len(got) != 1 || got[0].Question != "later" {
		t.Fatalf("a day later: %+v", got)
	}
}

func TestConversationIsBoundedInBytes(t *testing.T) {
	m, db, _ := open(t)
	long := strings.Repeat("ж", MaxTurnBytes) // two bytes each
	keep(t, m, db, here, said("old", "a"))
	keep(t, m, db, here, said(long, long))
	got := turns(t, m, here)
	if len(got) != 1 {
		t.Fatalf("%d turns", len(got))
	}
	if n := len(got[0].Question) + len(got[0].Answer); n > MaxTurnBytes || n < MaxTurnBytes-4 {
		t.Errorf("%d bytes", n)
	}
	keep(t, m, db, here, said("new", "a"))
	if got = turns(t, m, here); len(got) != 1 || got[0].Question != "new" {
		t.Errorf("%d turns after it", len(got))
	}
}

func TestNewEndsOneConversation(t *testing.T) {
	m, db, _ := open(t)
	topic := Place{Chat: here.Chat, Thread: 5}
	id := keep(t, m, db, here, said("before", "a"))
	sent(t, m, db, id, 9)
	keep(t, m, db, topic, said("in a topic", "a"))
	write(t, db, func(ctx context.Context, tx store.Tx) error { return m.New(ctx, tx, here) })
	if got := turns(t, m, here); len(got) != 0 {
		t.Errorf("turns after New: %+v", got)
	}
	if got := turns(t, m, topic); len(got) != 1 {
		t.Errorf("turns of another topic: %+v", got)
	}
	if k, err := m.Answer(t.Context(), here, id); err != nil || k.Question != "before" {
		t.Errorf("a button after New: %+v, %v", k, err)
	}
	if _, err := m.ByMessage(t.Context(), here, 9); err != nil {
		t.Errorf("a reply after New: %v", err)
	}
	keep(t, m, db, here, said("after", "a"))
	if got := turns(t, m, here); len(got) != 1 || got[0].Question != "after" {
		t.Errorf("turns of the new conversation: %+v", got)
	}
}

func TestNotFoundIsATurnWithoutAnswer(t *testing.T) {
	m, db, _ := open(t)
	keep(t, m, db, here, Said{Question: "who?"})
	if got := turns(t, m, here); !slices.Equal(got, []bot.Turn{{Question: "who?"}}) {
		t.Errorf("turns %+v", got)
	}
}

func TestReplace(t *testing.T) {
	m, db, _ := open(t)
	s := said("quesiton", "a")
	s.Asked = 40
	id := keep(t, m, db, here, s)
	sent(t, m, db, id, 41)
	edited := said("question", "b")
	edited.Asked = 40
	write(t, db, func(ctx context.Context, tx store.Tx) error { return m.Replace(ctx, tx, here, id, edited) })
	k, err := m.ByQuestion(t.Context(), here, 40)
	if err != nil || k.ID != id || k.Question != "question" || k.Edited != 1 || !slices.Equal(k.Messages, []int{41}) {
		t.Errorf("%+v, %v", k, err)
	}
	if got := turns(t, m, here); !slices.Equal(got, []bot.Turn{{Question: "question", Answer: "b"}}) {
		t.Errorf("turns %+v", got)
	}
	err = db.Write(t.Context(), func(tx store.Tx) error {
		return m.Replace(t.Context(), tx, Place{Chat: 8}, id, said("from elsewhere", "x"))
	})
	if !errors.Is(err, ErrNotFound) {
		t.Errorf("replacing another place's: %v", err)
	}
}

func TestRetention(t *testing.T) {
	m, db, c := open(t)
	ctx := t.Context()
	old := keep(t, m, db, here, said("old", "a"))
	sent(t, m, db, old, 1)
	c.at = c.at.Add(AnswersFor - time.Second)
	young := keep(t, m, db, here, said("young", "a"))
	if _, err := m.Answer(ctx, here, old); err != nil {
		t.Fatalf("within the time: %v", err)
	}
	c.at = c.at.Add(time.Second)
	for name, find := range map[string]func() (Kept, error){
		"id":      func() (Kept, error) { return m.Answer(ctx, here, old) },
		"message": func() (Kept, error) { return m.ByMessage(ctx, here, 1) },
	} {
		if _, err := find(); !errors.Is(err, ErrNotFound) {
			t.Errorf("by %s after the time: %v", name, err)
		}
	}
	if n, err := m.Expire(ctx); n != 1 || err != nil {
		t.Fatalf("expired %d, %v", n, err)
	}
	if _, err := m.Answer(ctx, here, young); err != nil {
		t.Errorf("the young one: %v", err)
	}
	if n := rows(t, db, "memory_messages"); n != 0 {
		t.Errorf("%d messages of nothing", n)
	}
}

func TestExpireInSteps(t *testing.T) {
	m, db, c := open(t)
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		for range 2*expiredAtOnce + 1 {
			if err := m.Keep(ctx, tx, here, NewID(), said("q", "a")); err != nil {
				return err
			}
		}
		return nil
	})
	c.at = c.at.Add(AnswersFor)
	if n, err := m.Expire(t.Context()); n != 2*expiredAtOnce+1 || err != nil {
		t.Errorf("expired %d, %v", n, err)
	}
}

func TestOfEachPlaceTheNewest(t *testing.T) {
	m, db, _ := open(t)
	var ids []string
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		for i := range MaxAnswers + 2 {
			if i == 1 {
				if err := m.Keep(ctx, tx, Place{Chat: 8}, NewID(), said("elsewhere", "a")); err != nil {
					return err
				}
			}
			id := NewID()
			if err := m.Keep(ctx, tx, here, id, said("q", "a")); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if n, err := m.Expire(t.Context()); n != 2 || err != nil {
		t.Errorf("expired %d, %v", n, err)
	}
	if _, err := m.Answer(t.Context(), here, ids[1]); !errors.Is(err, ErrNotFound) {
		t.Errorf("one too many: %v", err)
	}
	if _, err := m.Answer(t.Context(), here, ids[2]); err != nil {
		t.Errorf("the oldest that stays: %v", err)
	}
	if n := rows(t, db, "memory_answers"); n != MaxAnswers+1 {
		t.Errorf("%d answers", n)
	}
}

func TestForgetLeavesNothing(t *testing.T) {
	m, db, _ := open(t)
	for _, p := range []Place{here, {Chat: 7, Thread: 3}, {Chat: 8}} {
		sent(t, m, db, keep(t, m, db, p, said("a secret question", "a secret answer")), p.Thread+1, p.Thread+2)
	}
	var f Forgotten
	write(t, db, func(ctx context.Context, tx store.Tx) (err error) {
		f, err = m.Forget(ctx, tx, 7)
		return err
	})
	if want := (Forgotten{Answers: 2, Messages: 4}); f != want {
		t.Errorf("forgot %+v, want %+v", f, want)
	}
	if a, b := rows(t, db, "memory_answers"), rows(t, db, "memory_messages"); a != 1 || b != 2 {
		t.Errorf("%d answers and %d messages are left", a, b)
	}
}

func TestSentAfterForget(t *testing.T) {
	m, db, _ := open(t)
	id := keep(t, m, db, here, said("q", "a"))
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		_, err := m.Forget(ctx, tx, 7)
		return err
	})
	sent(t, m, db, id, 5)
	if n := rows(t, db, "memory_messages"); n != 0 {
		t.Errorf("%d messages are kept", n)
	}
}

func TestMove(t *testing.T) {
	m, db, _ := open(t)
	ctx := t.Context()
	s := said("q", "a")
	s.Asked = 40
	id := keep(t, m, db, Place{Chat: -5}, s)
	sent(t, m, db, id, 41)
	for range 2 { // Telegram tells of a move twice
		write(t, db, func(ctx context.Context, tx store.Tx) error { return m.Move(ctx, tx, -5, -1005) })
	}
	there := Place{Chat: -1005}
	if _, err := m.Answer(ctx, there, id); err != nil {
		t.Errorf("a button after the move: %v", err)
	}
	if got := turns(t, m, there); len(got) != 1 {
		t.Errorf("turns after the move: %+v", got)
	}
	if got := turns(t, m, Place{Chat: -5}); len(got) != 0 {
		t.Errorf("turns of the old id: %+v", got)
	}
	// The supergroup counts its messages anew.
	if _, err := m.ByMessage(ctx, there, 41); !errors.Is(err, ErrNotFound) {
		t.Errorf("by an old message's id: %v", err)
	}
	if _, err := m.ByQuestion(ctx, there, 40); !errors.Is(err, ErrNotFound) {
		t.Errorf("by an old question's id: %v", err)
	}
}

func TestRolledBackIsNotKept(t *testing.T) {
	m, db, _ := open(t)
	ctx := t.Context()
	stop := errors.New("stop")
	var id string
	err := db.Write(ctx, func(tx store.Tx) (err error) {
		id = NewID()
		if err := m.Keep(ctx, tx, here, id, said("q", "a")); err != nil {
			return err
		}
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if _, err := m.Answer(ctx, here, id); !errors.Is(err, ErrNotFound) {
		t.Errorf("%v, want ErrNotFound", err)
	}
}

func rows(t fataler, db *store.DB, table string) (n int) {
	t.Helper()
	err := db.Read(context.Background(), func(tx store.Tx) error {
		return tx.QueryRow(context.Background(), `SELECT count(*) FROM `+table).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
