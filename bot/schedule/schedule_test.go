package schedule

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot/settings"
	"newsdesk/corpus/store"
)

func opened(t testing.TB) (*Schedule, *store.DB) {
	t.Helper()
	db, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), filepath.Join(t.TempDir(), "newsdesk.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	s, err := New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	return s, db
}

// write runs f in a transaction that must succeed.
func write(t testing.TB, db *store.DB, f func(ctx context.Context, tx store.Tx) error) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx store.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
}

// keep stores a digest of @x that the changes were made to.
func keep(t testing.TB, s *Schedule, db *store.DB, made time.Time, changes ...Change) Subscription {
	t.Helper()
	sub := Default("@x", made)
	var err error
	for _, change := range changes {
		if sub, err = change(sub); err != nil {
			t.Fatal(err)
		}
	}
	write(t, db, func(ctx context.Context, tx store.Tx) (err error) {
		sub, err = s.Keep(ctx, tx, sub)
		return err
	})
	return sub
}

func change(t testing.TB, s *Schedule, db *store.DB, id int64, now time.Time, changes ...Change) Subscription {
	t.Helper()
	var sub Subscription
	write(t, db, func(ctx context.Context, tx store.Tx) (err error) {
		sub, err = s.Change(ctx, tx, id, now, changes...)
		return err
	})
	return sub
}

// due returns the slots that are due, as "day time".
func due(t testing.TB, s *Schedule, now time.Time) []string {
	t.Helper()
	all, err := s.Due(t.Context(), now)
	if err != nil {
		t.Fatal(err)
	}
	names := []string{}
	for _, x := range all {
		names = append(names, strings.TrimSpace(x.Day+" "+x.Time.String()+" "+x.Story))
	}
	return names
}

// became returns what all slots are, as "day time state reason".
func became(t testing.TB, db *store.DB) []string {
	t.Helper()
	var out []string
	err := db.Read(t.Context(), func(tx store.Tx) error {
		all, err := scanSlots(t.Context(), tx, `ORDER BY s.at, s.day, s.time, s.id`)
		for _, x := range all {
			out = append(out, strings.Join(strings.Fields(x.Day+" "+x.Time.String()+" "+x.Story+" "+string(x.State)+" "+string(x.Reason)), " "))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func equal(t testing.TB, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s:\ngot  %q\nwant %q", what, got, want)
	}
}

// at is a moment of March 2026 in UTC, "12 08:00".
func at(t testing.TB, s string) time.Time {
	t.Helper()
	got, err := time.Parse("2006-01 2 15:04", "2026-03 "+s)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestChanges(t *testing.T) {
	long := strings.Repeat("a", 200)
	var many []TimeOfDay
	for i := range MaxTimes + 1 {
		many = append(many, TimeOfDay(i))
	}
	breaking := BreakingBy(Rule{Origins: 3, PerDay: 2})
	for _, c := range []struct {
		name    string
		changes []Change
		err     error
		want    func(*Subscription)
	}{
		{"a title", []Change{Titled(" Mornings ")}, nil, func(s *Subscription) { s.Title = "Mornings" }},
		{"a long title", []Change{Titled(long)}, ErrTitle, nil},
		{"a title of two lines", []Change{Titled("a\nb")}, ErrTitle, nil},
		{"a topic of a forum", []Change{InTopic(4)}, nil, func(s *Subscription) { s.Topic = 4 }},
		{"no such topic", []Change{InTopic(-1)}, ErrChat, nil},
		{"a second time", []Change{ToggleTime(7 * 60)}, nil, func(s *Subscription) { s.Times = []TimeOfDay{420, 480} }},
		{"a time in and out", []Change{ToggleTime(7 * 60), ToggleTime(8 * 60)}, nil, func(s *Subscription) { s.Times = []TimeOfDay{420} }},
		{"the last time out", []Change{ToggleTime(8 * 60)}, ErrTimes, nil},
		{"no time of day", []Change{ToggleTime(24 * 60)}, ErrTime, nil},
		{"before midnight", []Change{At(-1)}, ErrTime, nil},
		{"times in any order, one twice", []Change{At(600, 60, 600)}, nil, func(s *Subscription) { s.Times = []TimeOfDay{60, 600} }},
		{"no times", []Change{At()}, ErrTimes, nil},
		{"too many times", []Change{At(many...)}, ErrTimes, nil},
		{"without Sundays", []Change{ToggleDay(time.Sunday)}, nil, func(s *Subscription) { s.Days = EveryDay - 1 }},
		{"the last day out", []Change{OnDays(Weekdays(time.Friday)), ToggleDay(time.Friday)}, ErrDays, nil},
		{"an eighth day", []Change{OnDays(128)}, ErrDays, nil},
		{"a zone as people write it", []Change{InZone("america/new york")}, nil, func(s *Subscription) { s.Zone = "America/New_York" }},
		{"no such zone", []Change{InZone("Mars/Olympus")}, ErrZone, nil},
		{"no zone", []Change{InZone("")}, ErrZone, nil},
		{"topics", []Change{ToggleTopic("energy"), ToggleTopic("Mara Lind"), ToggleTopic("ENERGY")}, nil, func(s *Subscription) { s.Topics = []string{"Mara Lind"} }},
		{"all topics again", []Change{ToggleTopic("energy"), AllTopics()}, nil, func(*Subscription) {}},
		{"an empty topic", []Change{ToggleTopic("  ")}, ErrTopics, nil},
		{"a long topic", []Change{ToggleTopic(long)}, ErrTopics, nil},
		{"only an outlet", []Change{WithoutOutlet("A"), OnlyOutlet("B")}, nil, func(s *Subscription) { s.Only = []string{"B"} }},
		{"without an outlet", []Change{OnlyOutlet("B"), WithoutOutlet("A")}, nil, func(s *Subscription) { s.Without = []string{"A"} }},
		{"all outlets again", []Change{OnlyOutlet("B"), AllOutlets()}, nil, func(*Subscription) {}},
		{"no outlet", []Change{OnlyOutlet("")}, ErrOutlet, nil},
		{"a language", []Change{InLanguage("DE-at")}, nil, func(s *Subscription) { s.Language = "de-AT" }},
		{"no such language", []Change{InLanguage("klingonish")}, ErrLanguage, nil},
		{"stories", []Change{AtMost(20)}, nil, func(s *Subscription) { s.Items = 20 }},
		{"no stories", []Change{AtMost(0)}, ErrItems, nil},
		{"too many stories", []Change{AtMost(21)}, ErrItems, nil},
		{"silent", []Change{Silently(true)}, nil, func(s *Subscription) { s.Silent = true }},
		{"quiet hours", []Change{QuietIn(Quiet{From: 1320, To: 420})}, nil, func(s *Subscription) { s.Quiet = Quiet{1320, 420, MoveQuiet} }},
		{"no such rule", []Change{QuietIn(Quiet{From: 1320, To: 420, Rule: "shout"})}, ErrQuiet, nil},
		{"no such quiet hours", []Change{QuietIn(Quiet{From: 1320, To: 1440})}, ErrQuiet, nil},
		{"an approver", []Change{ApprovedBy(7)}, nil, func(s *Subscription) { s.Approver = 7 }},
		{"a group approves", []Change{ApprovedBy(-7)}, ErrApprover, nil},
		{"silent when empty", []Change{WhenEmpty(StaySilent)}, nil, func(s *Subscription) { s.Empty = StaySilent }},
		{"nothing when empty", []Change{WhenEmpty("")}, ErrEmpty, nil},
		{"breaking news", []Change{breaking}, nil, func(s *Subscription) {
			s.Kind, s.Breaking, s.Times, s.Days = Breaking, Rule{3, 2}, nil, 0
		}},
		{"breaking news of nobody", []Change{BreakingBy(Rule{Origins: 0, PerDay: 2})}, ErrRule, nil},
		{"breaking news without end", []Change{BreakingBy(Rule{Origins: 1, PerDay: 1000})}, ErrRule, nil},
		{"breaking news at eight", []Change{breaking, At(480)}, ErrKind, nil},
		{"late", []Change{LateUpTo(time.Hour)}, nil, func(s *Subscription) { s.Window = time.Hour }},
		{"never late", []Change{LateUpTo(0)}, ErrWindow, nil},
		{"late for ever", []Change{LateUpTo(48 * time.Hour)}, ErrWindow, nil},
		{"reaching back", []Change{Reaching(48 * time.Hour)}, nil, func(s *Subscription) { s.Reach = 48 * time.Hour }},
		{"reaching back for ever", []Change{Reaching(MaxReach + 1)}, ErrReach, nil},
		{"paused", []Change{Pause(true)}, nil, func(s *Subscription) { s.Paused = true }},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, db := opened(t)
			kept := keep(t, s, db, at(t, "1 12:00"))
			var got Subscription
			err := db.Write(t.Context(), func(tx store.Tx) (err error) {
				got, err = s.Change(t.Context(), tx, kept.ID, at(t, "1 12:00"), c.changes...)
				return err
			})
			if !errors.Is(err, c.err) {
				t.Fatalf("%v, want %v", err, c.err)
			}
			want := kept
			if c.want != nil {
				c.want(&want)
			}
			read, err := s.Get(t.Context(), kept.ID)
			if err != nil || !reflect.DeepEqual(got, want) || !reflect.DeepEqual(read, want) {
				t.Errorf("got  %+v\nread %+v, %v\nwant %+v", got, read, err, want)
			}
		})
	}
}

func TestChangeKeepsNothing(t *testing.T) {
	s := Default("@x", time.Time{})
	for _, c := range []Change{ToggleTime(60), ToggleTopic("a"), ToggleTopic("b"), OnlyOutlet("A")} {
		var err error
		if s, err = c(s); err != nil {
			t.Fatal(err)
		}
	}
	before := s
	before.Times, before.Topics, before.Only = slices.Clone(s.Times), slices.Clone(s.Topics), slices.Clone(s.Only)
	for _, c := range []Change{ToggleTime(60), ToggleTopic("a"), OnlyOutlet("B"), ToggleTime(61), OnlyOutlet("A")} {
		if _, err := c(s); err != nil {
			t.Fatal(err)
		}
	}
	if !reflect.DeepEqual(s, before) {
		t.Errorf("a change wrote into what it was given: %+v, was %+v", s, before)
	}
}

func TestKeepRefuses(t *testing.T) {
	s, db := opened(t)
	for name, c := range map[string]struct {
		spoil func(*Subscription)
		err   error
	}{
		"no chat":             {func(s *Subscription) { s.Chat = "" }, ErrChat},
		"a chat without an @": {func(s *Subscription) { s.Chat = "mornings" }, ErrChat},
		"no kind":             {func(s *Subscription) { s.Kind = "" }, ErrKind},
		"a zone misspelt":     {func(s *Subscription) { s.Zone = "europe/berlin" }, ErrZone},
		"a language misspelt": {func(s *Subscription) { s.Language = "DE" }, ErrLanguage},
		"times unsorted":      {func(s *Subscription) { s.Times = []TimeOfDay{480, 60} }, ErrTime},
		"outlets in and out":  {func(s *Subscription) { s.Only, s.Without = []string{"A"}, []string{"B"} }, ErrOutlets},
		"many topics":         {func(s *Subscription) { s.Topics = make([]string, MaxTopics+1) }, ErrTopics},
	} {
		sub := Default("@x", at(t, "1 12:00"))
		c.spoil(&sub)
		err := db.Write(t.Context(), func(tx store.Tx) error {
			_, err := s.Keep(t.Context(), tx, sub)
			return err
		})
		if !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
		}
	}
}

func TestSeveralDigestsOfOneChat(t *testing.T) {
	s, db := opened(t)
	first := keep(t, s, db, at(t, "1 12:00"))
	second := keep(t, s, db, at(t, "1 12:00"), InTopic(4), Titled("Sports"))
	of, err := s.Of(t.Context(), "@x")
	if err != nil || len(of) != 2 || of[0].ID != first.ID || of[1].Title != "Sports" {
		t.Fatalf("%+v, %v", of, err)
	}
	if other, err := s.Of(t.Context(), "@y"); err != nil || len(other) != 0 {
		t.Errorf("another chat has %+v, %v", other, err)
	}
	for _, want := range []bool{true, false} {
		write(t, db, func(ctx context.Context, tx store.Tx) error {
			if dropped, err := s.Drop(ctx, tx, second.ID); err != nil || dropped != want {
				t.Errorf("dropped %v, %v, want %v", dropped, err, want)
			}
			return nil
		})
	}
	if _, err := s.Get(t.Context(), second.ID); !errors.Is(err, ErrNotFound) {
		t.Errorf("what was dropped: %v", err)
	}
	for range MaxPerChat - 1 {
		keep(t, s, db, at(t, "1 12:00"))
	}
	err = db.Write(t.Context(), func(tx store.Tx) error {
		_, err := s.Keep(t.Context(), tx, Default("@x", at(t, "1 12:00")))
		return err
	})
	if !errors.Is(err, ErrTooMany) {
		t.Errorf("one more than enough: %v", err)
	}
}

// Dailies as they were before there were subscriptions.
func TestMigration(t *testing.T) {
	_, db := opened(t)
	path := filepath.Join(t.TempDir(), "old.db")
	old, err := store.Open(t.Context(), slog.New(slog.DiscardHandler), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { old.Close() })
	if err := old.Migrate(t.Context(), "schedule", dailies); err != nil {
		t.Fatal(err)
	}
	write(t, old, func(ctx context.Context, tx store.Tx) error {
		_, err := tx.Exec(ctx, `INSERT INTO schedule_daily (chat, hour, minute, zone, since, start) VALUES
			('@mornings', 8, 30, 'Europe/Berlin', 172800, ?), ('-100123', 18, 0, 'UTC', 86400, ?);`, at(t, "9 12:00").Unix(), at(t, "9 12:00").Unix())
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `INSERT INTO schedule_slots (chat, day) VALUES ('@mornings', '2026-03-10'), ('@mornings', '2026-03-12'), ('@gone', '2026-03-12')`)
		return err
	})
	s, err := New(t.Context(), old)
	if err != nil {
		t.Fatal(err)
	}
	all, err := s.List(t.Context())
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	got := all[1]
	want := Default("@mornings", at(t, "9 12:00"))
	want.ID, want.Times, want.Zone, want.Reach, want.planned = got.ID, []TimeOfDay{8*60 + 30}, "Europe/Berlin", 48*time.Hour, want.Made
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	if err := want.check(); err != nil {
		t.Error(err)
	}
	// At 08:45 of the 12th in Berlin the day's digest was posted; the one of the
	// 11th was not, and is too late.
	equal(t, "due", due(t, s, at(t, "12 07:45")))
	equal(t, "slots", became(t, old), "2026-03-09 18:00 folded late", "2026-03-10 08:30 done", "2026-03-10 18:00 folded late",
		"2026-03-11 08:30 folded late", "2026-03-11 18:00 folded late", "2026-03-12 08:30 done")
	next, err := s.Due(t.Context(), at(t, "13 07:31"))
	if err != nil || len(next) != 1 || next[0].Day != "2026-03-13" || !next[0].From.Equal(at(t, "11 07:30")) {
		t.Errorf("the day after: %+v, %v", next, err)
	}
	if _, err := New(t.Context(), old); err != nil {
		t.Errorf("a second time: %v", err)
	}
	if _, err := New(t.Context(), db); err != nil {
		t.Error(err)
	}
}

func TestChangeOfTimes(t *testing.T) {
	s, db := opened(t)
	sub := keep(t, s, db, at(t, "10 12:00"))
	// Seven is over at half past: it comes tomorrow. Eight of today is still to be
	// posted under its own name when the times change after it came.
	change(t, s, db, sub.ID, at(t, "11 07:30"), ToggleTime(7*60))
	equal(t, "at once", due(t, s, at(t, "11 07:31")))
	equal(t, "at eight", due(t, s, at(t, "11 08:00")), "2026-03-11 08:00")
	change(t, s, db, sub.ID, at(t, "11 08:01"), At(20*60), InZone("Asia/Kathmandu"))
	equal(t, "after the change", due(t, s, at(t, "11 08:02")), "2026-03-11 08:00")
	equal(t, "at eight in the evening there", due(t, s, at(t, "11 14:15")), "2026-03-11 20:00")
	equal(t, "slots", became(t, db), "2026-03-11 08:00 folded late", "2026-03-11 20:00 planned")
}

func TestPause(t *testing.T) {
	s, db := opened(t)
	sub := keep(t, s, db, at(t, "10 12:00"))
	equal(t, "due", due(t, s, at(t, "11 08:00")), "2026-03-11 08:00")
	change(t, s, db, sub.ID, at(t, "11 08:01"), Pause(true))
	equal(t, "paused", due(t, s, at(t, "11 08:02")))
	equal(t, "paused for a day", due(t, s, at(t, "12 08:02")))
	change(t, s, db, sub.ID, at(t, "12 09:00"), Pause(false))
	equal(t, "what was paused does not come later", due(t, s, at(t, "12 09:00")))
	all, err := s.Due(t.Context(), at(t, "13 08:00"))
	if err != nil || len(all) != 1 || !all[0].From.Equal(at(t, "12 08:00")) {
		t.Errorf("after the pause: %+v, %v", all, err)
	}
	equal(t, "slots", became(t, db), "2026-03-11 08:00 skipped paused", "2026-03-12 08:00 skipped paused", "2026-03-13 08:00 planned")
}

func TestMoveAndForget(t *testing.T) {
	s, db := opened(t)
	sub := keep(t, s, db, at(t, "10 12:00"), func(sub Subscription) (Subscription, error) {
		sub.Chat = "-7"
		return sub, nil
	})
	cited := []Cited{{Article: "a", Seq: 1, Quote: "q"}}
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		return errors.Join(s.Tell(ctx, tx, Telling{Chat: "-7", Story: "s", At: at(t, "11 08:00")}),
			s.Posted(ctx, tx, Post{Chat: "-7", Message: 3, Cited: cited, At: at(t, "11 08:00")}),
			s.Move(ctx, tx, -7, -1007), s.Move(ctx, tx, -7, -1007))
	})
	if got, err := s.Get(t.Context(), sub.ID); err != nil || got.Chat != "-1007" {
		t.Errorf("moved: %+v, %v", got, err)
	}
	posts, err := s.ByMessage(t.Context(), "-1007", 3)
	if err != nil || len(posts) != 1 || !reflect.DeepEqual(posts[0].Cited, cited) {
		t.Errorf("moved: %+v, %v", posts, err)
	}
	due(t, s, at(t, "11 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		n, err := s.Forget(ctx, tx, "-1007")
		if n != 1 {
			t.Errorf("%d digests were forgotten", n)
		}
		return err
	})
	for _, table := range []string{"subscriptions", "slots", "told", "posts", "cited"} {
		var n int
		err := db.Read(t.Context(), func(tx store.Tx) error {
			return tx.QueryRow(t.Context(), `SELECT count(*) FROM schedule_`+table).Scan(&n)
		})
		if err != nil || n != 0 {
			t.Errorf("%d rows of %s are left, %v", n, table, err)
		}
	}
}

// The errors that are settings' own are the same values.
func TestSharedErrors(t *testing.T) {
	if !errors.Is(ErrZone, settings.ErrZone) || !errors.Is(ErrOutlets, settings.ErrOutlets) {
		t.Error("a zone is refused in another way than in settings")
	}
}
