package memory

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/bot"
	"newsdesk/corpus/store"
)

// world is a memory beside what it should hold, kept in the plainest way.
type world struct {
	m     *Memory
	db    *store.DB
	clock *clock
	rows  []row
	ids   []string // of all answers that ever were, and forged ones
	count int
}

type row struct {
	place    Place
	id       string
	at       time.Time
	said     Said
	ended    bool
	messages []int
}

var (
	chats  = rapid.SampledFrom([]int64{1, 2, -3, -1003})
	places = rapid.Custom(func(t *rapid.T) Place {
		return Place{Chat: chats.Draw(t, "chat"), Thread: rapid.IntRange(0, 1).Draw(t, "thread")}
	})
	messageIDs = rapid.IntRange(1, 3)
)

// secret is a text that says where it was written.
func (w *world) secret(p Place) string {
	w.count++
	return fmt.Sprintf("%s %d", mark(p.Chat, p.Thread), w.count)
}

func mark(chat int64, thread int) string { return fmt.Sprintf("<of %d/%d>", chat, thread) }

func (w *world) keep(t *rapid.T) {
	p := places.Draw(t, "place")
	s := said(w.secret(p), w.secret(p))
	s.Asked = messageIDs.Draw(t, "asked")
	id := keep(t, w.m, w.db, p, s)
	w.rows = append(w.rows, row{place: p, id: id, at: w.clock.at, said: s})
	w.ids = append(w.ids, id)
}

func (w *world) replace(t *rapid.T) {
	p, id := places.Draw(t, "place"), rapid.SampledFrom(w.ids).Draw(t, "id")
	s := said(w.secret(p), w.secret(p))
	ctx := context.Background()
	err := w.db.Write(ctx, func(tx store.Tx) error { return w.m.Replace(ctx, tx, p, id, s) })
	i := slices.IndexFunc(w.rows, func(r row) bool { return r.id == id && r.place == p })
	if i >= 0 {
		w.rows[i].said = s
	}
	if (err == nil) != (i >= 0) || err != nil && !errors.Is(err, ErrNotFound) {
		t.Fatalf("replacing: %v", err)
	}
}

func (w *world) sent(t *rapid.T) {
	id, message := rapid.SampledFrom(w.ids).Draw(t, "id"), messageIDs.Draw(t, "message")
	sent(t, w.m, w.db, id, message)
	i := slices.IndexFunc(w.rows, func(r row) bool { return r.id == id })
	if i < 0 {
		return
	}
	for k := range w.rows { // a message shows one answer
		if w.rows[k].place.Chat == w.rows[i].place.Chat {
			w.rows[k].messages = slices.DeleteFunc(w.rows[k].messages, func(m int) bool { return m == message })
		}
	}
	w.rows[i].messages = append(w.rows[i].messages, message)
	slices.Sort(w.rows[i].messages)
}

func (w *world) begin(t *rapid.T) {
	p := places.Draw(t, "place")
	write(t, w.db, func(ctx context.Context, tx store.Tx) error { return w.m.New(ctx, tx, p) })
	for i := range w.rows {
		w.rows[i].ended = w.rows[i].ended || w.rows[i].place == p
	}
}

func (w *world) forget(t *rapid.T) {
	chat := chats.Draw(t, "chat")
	var f Forgotten
	write(t, w.db, func(ctx context.Context, tx store.Tx) (err error) {
		f, err = w.m.Forget(ctx, tx, chat)
		return err
	})
	before := len(w.rows)
	w.rows = slices.DeleteFunc(w.rows, func(r row) bool { return r.place.Chat == chat })
	if f.Answers != before-len(w.rows) {
		t.Fatalf("forgot %d answers, want %d", f.Answers, before-len(w.rows))
	}
}

// move is what happens to a group: -3 becomes -1003, and nothing else moves.
func (w *world) move(t *rapid.T) {
	write(t, w.db, func(ctx context.Context, tx store.Tx) error { return w.m.Move(ctx, tx, -3, -1003) })
	for i, r := range w.rows {
		if r.place.Chat == -3 {
			w.rows[i].place.Chat, w.rows[i].said.Asked, w.rows[i].messages = -1003, 0, nil
		}
	}
}

func (w *world) wait(t *rapid.T) {
	w.clock.at = w.clock.at.Add(rapid.SampledFrom([]time.Duration{time.Hour, TurnsFor, AnswersFor / 2}).Draw(t, "wait"))
}

func (w *world) expire(t *rapid.T) {
	if _, err := w.m.Expire(context.Background()); err != nil {
		t.Fatal(err)
	}
	w.rows = slices.DeleteFunc(w.rows, func(r row) bool { return w.old(r, AnswersFor) })
}

func (w *world) old(r row, than time.Duration) bool { return !r.at.After(w.clock.at.Add(-than)) }

// turns are what the conversation of a place should be.
func (w *world) turns(p Place) []bot.Turn {
	var out []bot.Turn
	for _, r := range w.rows {
		if r.place == p && !r.ended && !w.old(r, TurnsFor) {
			out = append(out, Kept{Said: r.said}.Turn())
		}
	}
	return out[max(0, len(out)-MaxTurns):]
}

// newest is the last row of the place that may be given out and fits.
func (w *world) newest(p Place, fits func(row) bool) (id string) {
	for _, r := range w.rows {
		if r.place == p && !w.old(r, AnswersFor) && fits(r) {
			id = r.id
		}
	}
	return id
}

// check asks for everything from everywhere.
func (w *world) check(t *rapid.T) {
	ctx := context.Background()
	for _, chat := range []int64{1, 2, -3, -1003} {
		for thread := range 2 {
			p := Place{Chat: chat, Thread: thread}
			got := turns(t, w.m, p)
			if want := w.turns(p); !slices.Equal(got, want) {
				t.Fatalf("%v: turns %q, want %q", p, got, want)
			}
			for _, turn := range got {
				w.own(t, p, turn.Question+turn.Answer)
			}
			for _, id := range w.ids {
				k, err := w.m.Answer(ctx, p, id)
				w.same(t, p, "id "+id, k, err, w.newest(p, func(r row) bool { return r.id == id }))
			}
			for n := range 4 {
				k, err := w.m.ByMessage(ctx, p, n)
				w.same(t, p, fmt.Sprint("message ", n), k, err, w.newest(p, func(r row) bool { return slices.Contains(r.messages, n) }))
				k, err = w.m.ByQuestion(ctx, p, n)
				w.same(t, p, fmt.Sprint("question ", n), k, err, w.newest(p, func(r row) bool { return n != 0 && r.said.Asked == n }))
			}
		}
	}
}

func (w *world) same(t *rapid.T, p Place, by string, k Kept, err error, want string) {
	if k.ID != want || want == "" && !errors.Is(err, ErrNotFound) || want != "" && err != nil {
		t.Fatalf("%v by %s: %q, %v, want %q", p, by, k.ID, err, want)
	}
	w.own(t, p, k.Question+k.Turn().Answer)
}

// own holds a text to the place in which it was written. What was written in the
// group before it moved belongs to it after.
func (w *world) own(t *rapid.T, p Place, text string) {
	rest := strings.ReplaceAll(text, mark(p.Chat, p.Thread), "")
	if p.Chat == -1003 {
		rest = strings.ReplaceAll(rest, mark(-3, p.Thread), "")
	}
	if strings.Contains(rest, "<of") {
		t.Fatalf("%v is shown %q", p, text)
	}
}

// TestNothingLeavesItsPlace does anything in any order in chats and topics, and
// asks in each of them for all that there is.
func TestNothingLeavesItsPlace(t *testing.T) {
	folder, n := t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		w := &world{ids: []string{"forged", ""}}
		w.m, w.db, w.clock = openAt(t, filepath.Join(folder, fmt.Sprintf("%d.db", n)))
		defer w.db.Close()
		actions := map[string]func(*rapid.T){
			"keep": w.keep, "keep too": w.keep, "replace": w.replace, "sent": w.sent, "sent too": w.sent, "new": w.begin,
			"forget": w.forget, "move": w.move, "wait": w.wait, "expire": w.expire,
		}
		names := []string{"keep", "keep too", "replace", "sent", "sent too", "new", "forget", "move", "wait", "expire"}
		for _, name := range rapid.SliceOfN(rapid.SampledFrom(names), 1, 40).Draw(t, "actions") {
			actions[name](t)
		}
		w.check(t)
	})
}
