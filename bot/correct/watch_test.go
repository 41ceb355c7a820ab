package correct

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/store"
)

// world is a watcher with what it works with.
type world struct {
	t      testing.TB
	db     *store.DB
	corpus *corpus.Corpus
	w      *Watcher
	posts  []Posted
	now    time.Time
	// fail says whether the next call of ByArticle or Act fails.
	fail func() error
	// told counts what Told gives while each step is made durable.
	told map[Step]int
}

func newWorld(t testing.TB) *world {
	t.Helper()
	db := corpustest.Store(t)
	x := &world{t: t, db: db, corpus: corpustest.On(t, db), now: corpustest.Now, told: map[Step]int{}}
	x.fail = func() error { return nil }
	if err := db.Migrate(t.Context(), "test", `CREATE TABLE test_acts (n INTEGER PRIMARY KEY, ref TEXT NOT NULL, correction INTEGER NOT NULL, step TEXT NOT NULL)`); err != nil {
		t.Fatal(err)
	}
	x.restart()
	return x
}

// restart makes a new watcher on the same store.
func (x *world) restart() {
	x.t.Helper()
	w, err := New(context.Background(), Needs{
		Log: slog.New(slog.DiscardHandler), DB: x.db, Corpus: x.corpus,
		ByArticle: x.byArticle, Act: x.act, Now: func() time.Time { return x.now },
	})
	if err != nil {
		x.t.Fatal(err)
	}
	x.w = w
}

func (x *world) byArticle(_ context.Context, id string) ([]Posted, error) {
	if err := x.fail(); err != nil {
		return nil, err
	}
	var out []Posted
	for _, p := range x.posts {
		if slices.ContainsFunc(p.Cited, func(c Cited) bool { return c.ArticleID == id }) {
			p.Cited = slices.Clone(p.Cited)
			out = append(out, p)
		}
	}
	return out, nil
}

func (x *world) act(ctx context.Context, tx store.Tx, c Correction) error {
	if _, err := tx.Exec(ctx, `INSERT INTO test_acts (ref, correction, step) VALUES (?, ?, ?)`, c.Ref(), c.ID, c.Step); err != nil {
		return err
	}
	told, err := x.w.Told(ctx, tx, c.Posted.Ref)
	if err != nil {
		return err
	}
	x.told[c.Step] = len(told)
	return x.fail()
}

// acts returns the names of the steps that were made durable.
func (x *world) acts() []string {
	x.t.Helper()
	var out []string
	err := x.db.Read(context.Background(), func(tx store.Tx) error {
		rows, err := tx.Query(context.Background(), `SELECT ref FROM test_acts ORDER BY n`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var ref string
			if err := rows.Scan(&ref); err != nil {
				return err
			}
			out = append(out, ref)
		}
		return rows.Err()
	})
	if err != nil {
		x.t.Fatal(err)
	}
	return out
}

// publish adds an article of that address, or a new version of it.
func (x *world) publish(address, body string) corpus.Article {
	x.t.Helper()
	return corpustest.Add(x.t, x.corpus, corpus.Article{
		Outlet: "Radio Solana", URL: "https://solana.example/" + address, Title: "News", Text: body,
		Published: time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC),
	})[0]
}

// post posts the first sentence of an article.
func (x *world) post(form Form, ref string, a corpus.Article) {
	quote, _, _ := strings.Cut(a.Text, "\n\n")
	x.posts = append(x.posts, Posted{
		Ref: ref, Form: form, At: x.now, Where: Where{Chat: -100, Message: 10 + len(x.posts)},
		Cited: []Cited{{Sentence: quote, ArticleID: a.ID, Seq: a.Seq, End: len(quote), Quote: quote}},
	})
}

func (x *world) sync() {
	x.t.Helper()
	if err := x.w.Sync(context.Background()); err != nil {
		x.t.Fatal(err)
	}
}

func (x *world) rows() []Row {
	x.t.Helper()
	rows, err := x.w.Rows(context.Background(), 1000)
	if err != nil {
		x.t.Fatal(err)
	}
	slices.Reverse(rows)
	return rows
}

func (x *world) answer(ref string, b Became) {
	x.t.Helper()
	err := x.db.Write(context.Background(), func(tx store.Tx) error {
		return x.w.Outcome(context.Background(), tx, ref, Result{Became: b, Why: "Bad Request"})
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

const (
	twelve  = "At least 12 people were injured when a tram left the rails in Westhaven."
	fifteen = "At least 15 people were injured when a tram left the rails in Westhaven."
	worded  = "At least 12 people were injured when a tram left the rails in Westhaven, police said."
	rest    = "\n\nThe line is closed."
)

func TestWatcher(t *testing.T) {
	x := newWorld(t)
	a := x.publish("tram", twelve+rest)
	x.post(Digest, "d1", a)
	x.post(Answer, "a1", a)
	x.sync()
	if got := x.rows(); len(got) != 0 {
		t.Fatalf("%+v", got)
	}
	fresh := x.publish("tram", fifteen+rest)
	x.sync()
	x.sync()
	x.restart()
	x.sync()
	if got := x.acts(); !slices.Equal(got, []string{"correct:1:edit", "correct:2:reply"}) {
		t.Fatalf("acts %q", got)
	}
	r := x.rows()[0]
	if r.State != Planned || r.Seq != fresh.Seq || r.Outlet != "Radio Solana" || r.URL != fresh.URL || !r.Material || r.Restored || len(r.Changes) != 1 {
		t.Errorf("%+v", r)
	}
	if v := r.Changes[0].Values; len(v) != 1 || v[0].Was.Text != "12 people" || v[0].Now.Text != "15 people" {
		t.Errorf("%+v", v)
	}
	x.answer("correct:1:edit", Done)
	x.answer("correct:1:edit", Done)
	x.answer("correct:2:reply", Done)
	if got := x.acts(); !slices.Equal(got, []string{"correct:1:edit", "correct:2:reply", "correct:1:reply"}) {
		t.Fatalf("acts %q", got)
	}
	if x.told[Edit] != 0 || x.told[Reply] != 1 {
		t.Errorf("told %v", x.told)
	}
	x.answer("correct:1:reply", Done)
	for _, r := range x.rows() {
		if r.State != Sent || r.Reason != "" {
			t.Errorf("%+v", r)
		}
	}
	if r := x.rows()[0]; r.Edited != Done || r.Replied != Done {
		t.Errorf("%+v", r)
	}
}

// TestOutcomes: each answer of the messenger ends in a stored state.
func TestOutcomes(t *testing.T) {
	for _, c := range []struct {
		name   string
		form   Form
		body   string
		answer []Became
		state  State
		reason string
	}{
		{"edited and replied", Digest, fifteen, []Became{Done, Done}, Sent, ""},
		{"edited, no right to reply", Digest, fifteen, []Became{Done, Forbidden}, Sent, "forbidden"},
		{"edited and then deleted", Digest, fifteen, []Became{Done, Deleted}, Sent, "deleted"},
		{"deleted by hand", Digest, fifteen, []Became{Deleted}, Skipped, "deleted"},
		{"too old to edit", Digest, fifteen, []Became{Uneditable, Done}, Sent, "uneditable"},
		{"right to edit lost", Digest, fifteen, []Became{Forbidden, Done}, Sent, "forbidden"},
		{"all rights lost", Digest, fifteen, []Became{Forbidden, Forbidden}, Refused, "forbidden"},
		{"edit refused, then deleted", Digest, fifteen, []Became{Rejected, Deleted}, Skipped, "deleted"},
		{"edit refused for another reason", Digest, fifteen, []Became{Rejected, Done}, Sent, "rejected"},
		{"both refused", Digest, fifteen, []Became{Rejected, Rejected}, Refused, "rejected"},
		{"quote gone", Digest, "Nothing is known of it.", []Became{Done, Done}, Sent, ""},
		{"withdrawn", Digest, "", []Became{Done, Done}, Sent, ""},
		{"reworded", Digest, worded, []Became{Done}, Sent, ""},
		{"reworded, right to edit lost", Digest, worded, []Became{Forbidden}, Refused, "forbidden"},
		{"reworded, deleted", Digest, worded, []Became{Deleted}, Skipped, "deleted"},
		{"answer", Answer, fifteen, []Became{Done}, Sent, ""},
		{"answer deleted", Answer, fifteen, []Became{Deleted}, Skipped, "deleted"},
		{"answer to one who blocked the bot", Answer, fifteen, []Became{Forbidden}, Refused, "forbidden"},
		{"answer reworded", Answer, worded, nil, Skipped, ReasonReworded},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newWorld(t)
			a := x.publish("tram", twelve+rest)
			x.post(c.form, "p", a)
			x.change(a, c.body)
			x.sync()
			for i, b := range c.answer {
				acts := x.acts()
				if len(acts) != i+1 {
					t.Fatalf("step %d: acts %q", i, acts)
				}
				x.answer(acts[i], b)
			}
			x.sync()
			rows := x.rows()
			if len(rows) != 1 || rows[0].State != c.state || rows[0].Reason != c.reason {
				t.Fatalf("%+v", rows)
			}
			if got := len(x.acts()); got != len(c.answer) {
				t.Errorf("%d steps for %d answers", got, len(c.answer))
			}
		})
	}
}

// change gives the article another first paragraph, or withdraws it.
func (x *world) change(a corpus.Article, body string) {
	x.t.Helper()
	if body != "" {
		x.publish(strings.TrimPrefix(a.URL, "https://solana.example/"), body+rest)
		return
	}
	if err := x.corpus.Withdraw(context.Background(), a.ID); err != nil {
		x.t.Fatal(err)
	}
}

// TestSeveralChanges: what comes at once is one correction, what brings nothing
// new none, and what is taken back is said.
func TestSeveralChanges(t *testing.T) {
	for _, c := range []struct {
		name string
		// bodies come in turn; "sync" looks at the log between.
		bodies []string
		want   []string
	}{
		{"three at once", []string{"Nothing is known.", fifteen, twelve + " Nobody died."}, nil},
		{"two at once", []string{"Nothing is known.", fifteen}, []string{"number"}},
		{"taken back before", []string{fifteen, twelve}, nil},
		{"taken back after", []string{fifteen, "sync", twelve}, []string{"number", "restored"}},
		{"nothing new after", []string{fifteen, "sync", fifteen + " Nobody died."}, []string{"number"}},
		{"and another", []string{fifteen, "sync", strings.ReplaceAll(fifteen, "15", "17")}, []string{"number", "number"}},
		{"withdrawn and published again", []string{"", "sync", twelve}, []string{"withdrawn", "restored"}},
		{"right again in other words", []string{fifteen, "sync", worded}, []string{"number", "restored"}},
		{"right and wrong again", []string{fifteen, "sync", twelve, "sync", fifteen}, []string{"number", "restored", "number"}},
		{"reworded twice", []string{worded, "sync", worded + " It rained."}, []string{"reworded"}},
		{"reworded and back", []string{worded, "sync", twelve}, []string{"reworded"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newWorld(t)
			a := x.publish("tram", twelve+rest)
			x.post(Digest, "p", a)
			for _, body := range c.bodies {
				if body == "sync" {
					x.sync()
				} else {
					x.change(a, body)
				}
			}
			x.sync()
			var got []string
			for _, r := range x.rows() {
				switch {
				case r.Restored:
					got = append(got, "restored")
				default:
					got = append(got, string(r.Changes[0].Kind))
				}
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestOldPostsAreLeft(t *testing.T) {
	x := newWorld(t)
	a := x.publish("tram", twelve+rest)
	x.post(Digest, "old", a)
	x.now = x.now.Add(DefaultMaxAge + time.Second)
	x.post(Digest, "new", a)
	x.change(a, fifteen)
	x.sync()
	rows := x.rows()
	if len(rows) != 2 || rows[0].State != Skipped || rows[0].Reason != ReasonOld || rows[1].State != Planned {
		t.Errorf("%+v", rows)
	}
}

// TestRemoved: where the text was removed here nothing is said, and no words of it
// are kept.
func TestRemoved(t *testing.T) {
	x := newWorld(t)
	a := x.publish("tram", twelve+rest)
	x.post(Digest, "p", a)
	x.change(a, fifteen)
	x.sync()
	x.post(Digest, "q", a)
	if err := x.corpus.Remove(context.Background(), a.ID); err != nil {
		t.Fatal(err)
	}
	x.sync()
	rows := x.rows()
	if len(rows) != 3 {
		t.Fatalf("%+v", rows)
	}
	for _, r := range rows {
		if r.State != Skipped || r.Reason != ReasonRemoved || len(r.Changes) != 0 || len(r.Posted.Cited) != 0 || r.Title != "" {
			t.Errorf("%+v", r)
		}
	}
	x.answer("correct:1:edit", Done)
	if got := x.acts(); len(got) != 1 {
		t.Errorf("acts %q", got)
	}
}

// TestLatePost: a post that was written from the old version while the new one
// came is found all the same.
func TestLatePost(t *testing.T) {
	x := newWorld(t)
	a := x.publish("tram", twelve+rest)
	x.change(a, fifteen)
	x.sync()
	x.now = x.now.Add(Settling - time.Second)
	x.post(Digest, "late", a)
	x.sync()
	x.now = x.now.Add(2 * time.Second)
	x.sync()
	x.post(Digest, "too late", a)
	x.sync()
	if rows := x.rows(); len(rows) != 1 || rows[0].Posted.Ref != "late" {
		t.Errorf("%+v", rows)
	}
}

func TestNewerVersionCited(t *testing.T) {
	x := newWorld(t)
	x.publish("tram", twelve+rest)
	a := x.publish("tram", fifteen+rest)
	x.post(Digest, "p", a)
	x.sync()
	if rows := x.rows(); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}

// TestGivenUp: a step that cannot be made durable is not tried for ever, keeps no
// other from being done, and leaves nothing behind.
func TestGivenUp(t *testing.T) {
	x := newWorld(t)
	a, b := x.publish("tram", twelve+rest), x.publish("mill", twelve+rest)
	x.post(Digest, "p", a)
	x.post(Digest, "q", b)
	x.change(a, fifteen)
	x.change(b, fifteen)
	calls := 0
	x.fail = func() error {
		if calls++; calls == 2 { // the first is ByArticle of the first article
			return errors.New("no room")
		}
		return nil
	}
	if err := x.w.Sync(context.Background()); err == nil {
		t.Error("no error")
	}
	if got := x.acts(); !slices.Equal(got, []string{"correct:2:edit"}) {
		t.Fatalf("acts %q", got)
	}
	x.sync()
	if got := x.acts(); !slices.Equal(got, []string{"correct:2:edit", "correct:1:edit"}) {
		t.Fatalf("acts %q", got)
	}

	c := x.publish("dam", twelve+rest)
	x.post(Digest, "r", c)
	x.change(c, fifteen)
	x.w.Act = func(context.Context, store.Tx, Correction) error { return errors.New("never") }
	for range MaxTries - 1 {
		if err := x.w.Sync(context.Background()); err == nil {
			t.Error("no error")
		}
	}
	x.sync()
	x.sync()
	r := x.rows()[2]
	if r.State != Refused || r.Reason != ReasonGivenUp {
		t.Errorf("%+v", r)
	}
	x.answer("correct:1:edit", Done) // whose reply cannot be made durable
	if r := x.rows()[0]; r.State != Sent || r.Reason != ReasonGivenUp {
		t.Errorf("%+v", r)
	}
}

func TestForgetMoveExpire(t *testing.T) {
	x := newWorld(t)
	a := x.publish("tram", twelve+rest)
	x.post(Digest, "p", a)
	x.post(Digest, "q", a)
	x.posts[1].Where.Chat = -200
	x.change(a, fifteen)
	x.sync()
	write := func(f func(context.Context, store.Tx) error) {
		t.Helper()
		if err := x.db.Write(t.Context(), func(tx store.Tx) error { return f(t.Context(), tx) }); err != nil {
			t.Fatal(err)
		}
	}
	write(func(ctx context.Context, tx store.Tx) error { return x.w.Move(ctx, tx, -200, -300) })
	if got := x.rows()[1].Posted.Where.Chat; got != -300 {
		t.Errorf("chat %d", got)
	}
	write(func(ctx context.Context, tx store.Tx) error {
		n, err := x.w.Forget(ctx, tx, -300)
		if n != 1 {
			t.Errorf("forgot %d", n)
		}
		return err
	})
	x.answer("correct:2:edit", Done)
	x.answer("somebody else's", Done)
	if got := x.rows(); len(got) != 1 || got[0].State != Planned {
		t.Fatalf("%+v", got)
	}
	write(func(ctx context.Context, tx store.Tx) error {
		told, err := x.w.Told(ctx, tx, "p")
		if len(told) != 1 || !reflect.DeepEqual(told, x.rows()) {
			t.Errorf("%+v", told)
		}
		return err
	})
	x.now = x.now.Add(KeptFor)
	if n, err := x.w.Expire(t.Context()); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
}

// TestCrashes: whatever fails or ends between any two steps, each post is
// corrected exactly once for what it says wrong in the end, and each correction
// ends.
func TestCrashes(t *testing.T) {
	x := newWorld(t)
	round := 0
	rapid.Check(t, func(r *rapid.T) {
		round++
		x.clear()
		var articles []corpus.Article
		for i := range rapid.IntRange(1, 3).Draw(r, "articles") {
			a := x.publish(fmt.Sprintf("n%d-%d", round, i), twelve+rest)
			articles = append(articles, a)
			for k := range rapid.IntRange(0, 2).Draw(r, "posts") {
				x.post(rapid.SampledFrom([]Form{Digest, Answer}).Draw(r, "form"), fmt.Sprintf("p%d-%d", i, k), a)
			}
		}
		last := map[string]string{}
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			if rapid.Bool().Draw(r, "change") {
				a := rapid.SampledFrom(articles).Draw(r, "article")
				last[a.ID] = rapid.SampledFrom([]string{twelve, fifteen, worded}).Draw(r, "body")
				x.change(a, last[a.ID])
			}
			x.syncBadly(r)
			x.now = x.now.Add(time.Duration(rapid.IntRange(0, 20).Draw(r, "minutes")) * time.Minute)
		}
		for range MaxTries {
			x.sync()
			x.answerAll(r)
		}
		x.judge(r, last)
	})
}

// clear forgets the posts and corrections; the log goes on.
func (x *world) clear() {
	x.t.Helper()
	x.posts, x.now = nil, corpustest.Now
	err := x.db.Write(context.Background(), func(tx store.Tx) error {
		_, err := tx.Exec(context.Background(), `DELETE FROM correct_corrections; DELETE FROM test_acts`)
		return err
	})
	if err != nil {
		x.t.Fatal(err)
	}
}

// syncBadly looks at the log while something fails or the process is ended.
func (x *world) syncBadly(r *rapid.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	left := rapid.IntRange(0, 6).Draw(r, "calls before")
	kill := rapid.Bool().Draw(r, "killed")
	failures := 1 // one each time, so that nothing is given up
	x.fail = func() error {
		if left--; left >= 0 || failures == 0 {
			return nil
		}
		failures--
		if kill {
			cancel()
			return ctx.Err()
		}
		return errors.New("bad luck")
	}
	_ = x.w.Sync(ctx) // fails as it was told to
	x.fail = func() error { return nil }
	x.restart()
}

// answerAll answers each step that was made durable, as often as it likes.
func (x *world) answerAll(r *rapid.T) {
	for _, ref := range x.acts() {
		x.answer(ref, rapid.SampledFrom([]Became{Done, Done, Uneditable, Forbidden, Rejected, Deleted}).Draw(r, "became"))
	}
}

func (x *world) judge(r *rapid.T, last map[string]string) {
	seen := map[string]bool{}
	for _, ref := range x.acts() {
		if seen[ref] {
			r.Errorf("%s was done twice", ref)
		}
		seen[ref] = true
	}
	of := map[string]Row{}
	for _, row := range x.rows() {
		if row.State == Planned {
			r.Errorf("never ended: %+v", row)
		}
		if row.State != Skipped || row.Reason == string(Deleted) {
			of[row.Posted.Ref] = row
		}
	}
	for _, p := range x.posts {
		row, corrected := of[p.Ref]
		wrong := last[p.Cited[0].ArticleID] == fifteen
		if wrong && (!corrected || !row.Material || row.Restored) {
			r.Errorf("%s is wrong and was last told %+v", p.Ref, row)
		}
		if !wrong && corrected && row.Material && !row.Restored && row.State == Sent {
			r.Errorf("%s is right and was last told %+v", p.Ref, row)
		}
	}
}

// TestTwoVersionsCited: a post that quotes two versions of an article is compared
// with both.
func TestTwoVersionsCited(t *testing.T) {
	x := newWorld(t)
	first := x.publish("tram", twelve+rest)
	second := x.publish("tram", twelve+"\n\nNobody was killed. The line is closed.")
	x.post(Digest, "p", second)
	p := &x.posts[0]
	killed, closed := "Nobody was killed.", "The line is closed."
	at := strings.Index(second.Text, killed)
	p.Cited = append(p.Cited, Cited{Sentence: killed, ArticleID: second.ID, Seq: second.Seq, Start: at, End: at + len(killed), Quote: killed})
	at = strings.Index(first.Text, closed)
	p.Cited = append(p.Cited, Cited{Sentence: closed, ArticleID: first.ID, Seq: first.Seq, Start: at, End: at + len(closed), Quote: closed})
	x.publish("tram", twelve+"\n\nOne man was killed.")
	x.sync()
	var got []int
	for _, c := range x.rows()[0].Changes {
		got = append(got, c.Cited)
		if c.Old.Text != p.Cited[c.Cited].Quote {
			t.Errorf("%+v", c)
		}
	}
	if !slices.Equal(got, []int{1, 2}) {
		t.Errorf("changes of %v", got)
	}
}
