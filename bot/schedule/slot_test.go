package schedule

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus/store"
)

// one returns the only slot that is due.
func one(t testing.TB, s *Schedule, now time.Time) Slot {
	t.Helper()
	all, err := s.Due(t.Context(), now)
	if err != nil || len(all) != 1 {
		t.Fatalf("%d slots are due, %v", len(all), err)
	}
	return all[0]
}

func TestDue(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name    string
		changes []Change
		// at are the moments at which it is asked; want is due at the last.
		at    []string
		want  []string
		late  time.Duration
		since time.Duration // how long the period of the last is
		rows  []string
	}{
		{"not yet", nil, []string{"11 07:59"}, nil, 0, 0, nil},
		{"on the minute", nil, []string{"11 08:00"}, []string{"2026-03-11 08:00"}, 0, day, []string{"2026-03-11 08:00 planned"}},
		{"a little late", nil, []string{"11 08:10"}, []string{"2026-03-11 08:00"}, 0, day, []string{"2026-03-11 08:00 planned"}},
		{"late", nil, []string{"11 10:30"}, []string{"2026-03-11 08:00"}, 150 * time.Minute, day, []string{"2026-03-11 08:00 planned"}},
		{"too late", nil, []string{"11 11:01"}, nil, 0, 0, []string{"2026-03-11 08:00 folded late"}},
		{"planned, then too late", nil, []string{"11 08:00", "11 11:01"}, nil, 0, 0, []string{"2026-03-11 08:00 folded late"}},
		{"the next tells what was too late", nil, []string{"11 11:01", "12 08:00"}, []string{"2026-03-12 08:00"}, 0, 2 * day,
			[]string{"2026-03-11 08:00 folded late", "2026-03-12 08:00 planned"}},
		{"days of downtime", nil, []string{"13 08:05"}, []string{"2026-03-13 08:00"}, 0, 3 * day,
			[]string{"2026-03-11 08:00 folded late", "2026-03-12 08:00 folded late", "2026-03-13 08:00 planned"}},
		{"two that wait are one", []Change{At(480, 540)}, []string{"11 09:05"}, []string{"2026-03-11 09:00"}, 0, day,
			[]string{"2026-03-11 08:00 folded superseded", "2026-03-11 09:00 planned"}},
		{"another weekday", []Change{OnDays(Weekdays(time.Thursday))}, []string{"12 08:00"}, []string{"2026-03-12 08:00"}, 0, 7 * day,
			[]string{"2026-03-12 08:00 planned"}},
		{"late within its own window", []Change{LateUpTo(time.Hour)}, []string{"11 09:01"}, nil, 0, 0, []string{"2026-03-11 08:00 folded late"}},
		{"a digest that reaches back", []Change{Reaching(3 * day)}, []string{"11 08:00"}, []string{"2026-03-11 08:00"}, 0, 3 * day,
			[]string{"2026-03-11 08:00 planned"}},
		{"quiet hours move", []Change{QuietIn(Quiet{From: 420, To: 540})}, []string{"11 08:30"}, nil, 0, 0, nil},
		{"moved by quiet hours", []Change{QuietIn(Quiet{From: 420, To: 540})}, []string{"11 09:00"}, []string{"2026-03-11 08:00"}, 0, day,
			[]string{"2026-03-11 08:00 planned"}},
		{"quiet hours skip", []Change{QuietIn(Quiet{From: 420, To: 540, Rule: SkipQuiet})}, []string{"11 09:00"}, nil, 0, 0,
			[]string{"2026-03-11 08:00 folded quiet"}},
		{"late into quiet hours", []Change{QuietIn(Quiet{From: 520, To: 560})}, []string{"11 09:00"}, nil, 0, 0, []string{"2026-03-11 08:00 planned"}},
		{"late after quiet hours", []Change{QuietIn(Quiet{From: 520, To: 560})}, []string{"11 09:00", "11 09:20"}, []string{"2026-03-11 08:00"},
			80 * time.Minute, day, []string{"2026-03-11 08:00 planned"}},
		{"breaking news have no times", []Change{BreakingBy(Rule{Origins: 1, PerDay: 1})}, []string{"11 08:00"}, nil, 0, 0, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, db := opened(t)
			keep(t, s, db, at(t, "10 12:00"), c.changes...)
			var got []string
			for _, now := range c.at {
				got = due(t, s, at(t, now))
			}
			equal(t, "due", got, c.want...)
			equal(t, "rows", became(t, db), c.rows...)
			if len(c.want) == 0 {
				return
			}
			x := one(t, s, at(t, c.at[len(c.at)-1]))
			if x.Late != c.late || x.At.Sub(x.From) != c.since {
				t.Errorf("late %v, since %v; want %v, %v", x.Late, x.At.Sub(x.From), c.late, c.since)
			}
		})
	}
}

func TestClockGoesBack(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	x := one(t, s, at(t, "11 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, x); return err })
	equal(t, "an hour again", due(t, s, at(t, "11 07:00")))
	equal(t, "the same again", due(t, s, at(t, "11 08:00")))
	// The clock runs four days ahead: three are given up, one is posted.
	x = one(t, s, at(t, "15 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, x); return err })
	equal(t, "ahead", became(t, db), "2026-03-11 08:00 stored", "2026-03-12 08:00 folded late", "2026-03-13 08:00 folded late",
		"2026-03-14 08:00 folded late", "2026-03-15 08:00 stored")
	// It is put right: what was given up comes after all, what was posted does not.
	equal(t, "put right", due(t, s, at(t, "12 07:00")))
	equal(t, "rows", became(t, db), "2026-03-11 08:00 stored", "2026-03-15 08:00 stored")
	for _, day := range []string{"12", "13", "14"} {
		x := one(t, s, at(t, day+" 08:00"))
		// That of the 11th had been told when it was seven.
		if want := at(t, map[string]string{"12": "11 07:00", "13": "12 08:00", "14": "13 08:00"}[day]); !x.From.Equal(want) {
			t.Errorf("the %s tells from %v, want %v", day, x.From, want)
		}
		write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, x); return err })
	}
	equal(t, "posted before its time", due(t, s, at(t, "15 08:00")))
	if x := one(t, s, at(t, "16 08:00")); !x.From.Equal(at(t, "14 08:00")) {
		t.Errorf("what really was on the 15th is told from %v", x.From)
	}
}

// A slot is given up by a clock that ran ahead, and is not late by the right one.
func TestClockPutRightWithinTheWindow(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	equal(t, "ahead", due(t, s, at(t, "11 20:00")))
	equal(t, "put right", due(t, s, at(t, "11 08:05")), "2026-03-11 08:00")
}

func TestClockOfAnotherCentury(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	equal(t, "far ahead", due(t, s, time.Date(2126, 3, 10, 8, 0, 0, 0, time.UTC)), "2126-03-10 08:00")
	if rows := became(t, db); len(rows) != MaxMissed {
		t.Errorf("%d rows", len(rows))
	}
	equal(t, "put right", due(t, s, at(t, "11 07:59")))
	equal(t, "on the minute", due(t, s, at(t, "11 08:00")), "2026-03-11 08:00")
	equal(t, "rows", became(t, db), "2026-03-11 08:00 planned", "2126-03-10 08:00 planned")
}

// steps are the arrows, by name.
func steps(s *Schedule) map[string]func(context.Context, store.Tx, Slot) (bool, error) {
	of := func(f func(context.Context, store.Tx, int64) (bool, error)) func(context.Context, store.Tx, Slot) (bool, error) {
		return func(ctx context.Context, tx store.Tx, x Slot) (bool, error) { return f(ctx, tx, x.ID) }
	}
	id := func(f func(context.Context, store.Tx, int64, int) (bool, error)) func(context.Context, store.Tx, Slot) (bool, error) {
		return func(ctx context.Context, tx store.Tx, x Slot) (bool, error) { return f(ctx, tx, x.ID, 40) }
	}
	return map[string]func(context.Context, store.Tx, Slot) (bool, error){
		"compose": func(ctx context.Context, tx store.Tx, x Slot) (bool, error) {
			return s.Compose(ctx, tx, x, []byte("draft"))
		},
		"edit": func(ctx context.Context, tx store.Tx, x Slot) (bool, error) {
			return s.Edit(ctx, tx, x.ID, []byte("other"))
		},
		"submit":   of(s.Submit),
		"store":    s.Store,
		"takeback": of(s.TakeBack),
		"sending": func(ctx context.Context, tx store.Tx, x Slot) (bool, error) {
			return s.Sending(ctx, tx, x.ID, x.At.Add(x.Late), 40)
		},
		"unsent": of(s.Unsent),
		"unsure": of(s.Unsure),
		"sent":   id(s.Sent),
		"found":  id(s.Found),
		"lost":   of(s.Lost),
		"done":   of(s.Done),
		"refuse": func(ctx context.Context, tx store.Tx, x Slot) (bool, error) { return s.Skip(ctx, tx, x.ID, Refused) },
		"drop":   func(ctx context.Context, tx store.Tx, x Slot) (bool, error) { return s.Skip(ctx, tx, x.ID, Dropped) },
	}
}

// newest returns the slot of the subscription that is due.
func newest(t testing.TB, s *Schedule, sub Subscription, now time.Time) Slot {
	t.Helper()
	all, err := s.Due(t.Context(), now)
	i := slices.IndexFunc(all, func(x Slot) bool { return x.Subscription.ID == sub.ID })
	if err != nil || i < 0 {
		t.Fatalf("nothing is due, %v", err)
	}
	return all[i]
}

// Which steps a slot takes on each way, and which it refuses after it.
func TestSteps(t *testing.T) {
	for _, c := range []struct{ way, state, takes string }{
		{"", "planned", "compose store drop refuse"},
		{"compose", "composed", "compose submit store drop refuse"},
		{"compose submit", "approving", "edit store drop refuse"},
		{"store", "stored", "takeback sending sent refuse"},
		{"compose submit edit store", "stored", "takeback sending sent refuse"},
		{"store takeback", "planned", "compose store drop refuse"},
		{"store sending", "sending", "sending unsent unsure sent refuse"},
		{"store sending unsent", "stored", "takeback sending sent refuse"},
		{"store sending unsure", "sending", "sent found lost refuse"},
		{"store sending unsure found", "sent", "done"},
		{"store sending unsure lost", "stored", "takeback sending sent refuse"},
		{"store sending sent", "sent", "done"},
		{"store sending sent done", "done", ""},
		{"store refuse", "folded", ""},
		{"compose drop", "skipped", ""},
	} {
		t.Run(c.way, func(t *testing.T) {
			s, db := opened(t)
			for name := range steps(s) {
				x := newest(t, s, keep(t, s, db, at(t, "10 12:00")), at(t, "11 08:00"))
				for _, step := range strings.Fields(c.way) {
					write(t, db, func(ctx context.Context, tx store.Tx) error {
						if took, err := steps(s)[step](ctx, tx, x); err != nil || !took {
							return fmt.Errorf("%s was refused, %w", step, err)
						}
						return nil
					})
				}
				got, err := s.Slot(t.Context(), x.ID)
				if err != nil || string(got.State) != c.state {
					t.Fatalf("it is %s, %v; want %s", got.State, err, c.state)
				}
				write(t, db, func(ctx context.Context, tx store.Tx) error {
					took, err := steps(s)[name](ctx, tx, x)
					if want := slices.Contains(strings.Fields(c.takes), name); took != want {
						t.Errorf("%s from %s: %v, want %v", name, c.state, took, want)
					}
					return err
				})
			}
		})
	}
}

func TestDraftAndMarks(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"), ApprovedBy(7))
	x := one(t, s, at(t, "11 08:30"))
	for _, c := range []struct {
		step string
		want Slot
	}{
		{"compose", Slot{State: Composed, Draft: []byte("draft"), From: at(t, "10 08:00")}},
		{"submit", Slot{State: Approving, Draft: []byte("draft"), From: at(t, "10 08:00")}},
		{"edit", Slot{State: Approving, Draft: []byte("other"), From: at(t, "10 08:00")}},
		{"store", Slot{State: Stored, Draft: []byte("other"), From: at(t, "10 08:00"), Late: 30 * time.Minute}},
		{"sending", Slot{State: Sending, Draft: []byte("other"), From: at(t, "10 08:00"), Late: 30 * time.Minute, After: 40}},
		{"sent", Slot{State: Sent, Draft: []byte("other"), From: at(t, "10 08:00"), Late: 30 * time.Minute, After: 40, Message: 40}},
		{"done", Slot{State: Done, From: at(t, "10 08:00"), Late: 30 * time.Minute, After: 40, Message: 40}},
	} {
		write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := steps(s)[c.step](ctx, tx, x); return err })
		got, err := s.Slot(t.Context(), x.ID)
		c.want.ID, c.want.Subscription, c.want.Day, c.want.Time, c.want.At = x.ID, x.Subscription, x.Day, x.Time, x.At
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("after %s: %v\ngot  %+v\nwant %+v", c.step, err, got, c.want)
		}
		in, err := s.In(t.Context(), c.want.State)
		if err != nil || len(in) != 1 && c.want.State != Done {
			t.Errorf("in %s are %d, %v", c.want.State, len(in), err)
		}
	}
	if _, err := s.Slot(t.Context(), x.ID+1); !errors.Is(err, ErrNotFound) {
		t.Errorf("a slot that is not there: %v", err)
	}
}

func TestDraftWaitsUntilTheNext(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"), ApprovedBy(7))
	x := one(t, s, at(t, "11 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		_, err := s.Compose(ctx, tx, x, []byte("draft"))
		if err == nil {
			_, err = s.Submit(ctx, tx, x.ID)
		}
		return err
	})
	equal(t, "twenty hours later", due(t, s, at(t, "12 04:00")))
	equal(t, "waits", became(t, db), "2026-03-11 08:00 approving")
	equal(t, "the next", due(t, s, at(t, "12 08:00")), "2026-03-12 08:00")
	equal(t, "rows", became(t, db), "2026-03-11 08:00 folded superseded", "2026-03-12 08:00 planned")
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		if took, err := s.Store(ctx, tx, x); took || err != nil {
			t.Errorf("an old draft was stored: %v, %v", took, err)
		}
		return nil
	})
}

// What lies in the outbox while the process is down grows late there.
func TestWaiting(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	x := one(t, s, at(t, "11 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		if _, err := s.Store(ctx, tx, x); err != nil {
			return err
		}
		return s.Tell(ctx, tx, Telling{Slot: x.ID, Chat: "@x", Story: "flood", At: x.At})
	})
	for _, c := range []struct {
		now  string
		want int
	}{{"11 08:00", 0}, {"11 08:10", 0}, {"11 08:11", 1}, {"11 12:00", 1}} {
		if all, err := s.Waiting(t.Context(), at(t, c.now)); err != nil || len(all) != c.want {
			t.Errorf("at %s wait %+v, %v", c.now, all, err)
		}
		err := db.Write(t.Context(), func(tx store.Tx) error {
			if may, err := s.Sending(t.Context(), tx, x.ID, at(t, c.now), 40); may != (c.want == 0) || err != nil {
				t.Errorf("at %s it may be sent: %v, %v", c.now, may, err)
			}
			return errCrash
		})
		if !errors.Is(err, errCrash) {
			t.Error(err)
		}
	}
	takeBack := func(ctx context.Context, tx store.Tx) error { _, err := s.TakeBack(ctx, tx, x.ID); return err }
	write(t, db, takeBack)
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		if _, ok, err := s.Told(ctx, tx, "@x", 0, "flood"); ok || err != nil {
			t.Errorf("what was taken back is told: %v, %v", ok, err)
		}
		return nil
	})
	x = one(t, s, at(t, "11 09:00"))
	if x.Late != time.Hour {
		t.Errorf("it is %v late", x.Late)
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, x); return err })
	if all, err := s.Waiting(t.Context(), at(t, "11 10:00")); err != nil || len(all) != 0 {
		t.Errorf("what says that it is late waits: %+v, %v", all, err)
	}
	if all, err := s.Waiting(t.Context(), at(t, "11 11:01")); err != nil || len(all) != 1 {
		t.Errorf("what is too late: %+v, %v", all, err)
	}
	write(t, db, takeBack)
	equal(t, "too late", due(t, s, at(t, "11 11:01")))
	equal(t, "rows", became(t, db), "2026-03-11 08:00 folded late")
}

// A process that ends between the send and the mark leaves a doubt to the next.
func TestDoubtful(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	x := one(t, s, at(t, "11 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		_, err := s.Store(ctx, tx, x)
		if err == nil {
			_, err = s.Sending(ctx, tx, x.ID, x.At, 40)
		}
		return err
	})
	if all, err := s.Doubtful(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("what is being sent is doubtful: %+v, %v", all, err)
	}
	next, err := New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	all, err := next.Doubtful(t.Context())
	if err != nil || len(all) != 1 || all[0].After != 40 {
		t.Fatalf("%+v, %v", all, err)
	}
	if d, err := next.Doubts(t.Context()); err != nil || d != (Doubts{Open: 1}) {
		t.Errorf("%+v, %v", d, err)
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		if took, err := next.Sending(ctx, tx, x.ID, x.At, 40); took || err != nil {
			t.Errorf("sent while in doubt: %v, %v", took, err)
		}
		_, err := next.Lost(ctx, tx, x.ID)
		if err == nil {
			_, err = next.Sending(ctx, tx, x.ID, x.At, 41)
		}
		return err
	})
	third, err := New(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := third.Found(ctx, tx, x.ID, 42); return err })
	if d, err := third.Doubts(t.Context()); err != nil || d != (Doubts{Found: 1, Lost: 1}) {
		t.Errorf("%+v, %v", d, err)
	}
}

func TestBreak(t *testing.T) {
	for _, c := range []struct {
		name    string
		changes []Change
		// asked are "day time origins story"; the last has the verdict.
		asked   []string
		verdict Verdict
		due     []string
	}{
		{"enough origins", nil, []string{"11 08:00 3 flood"}, Break, []string{"flood"}},
		{"too few", nil, []string{"11 08:00 2 flood"}, TooFew, nil},
		{"too few, then enough", nil, []string{"11 08:00 2 flood", "11 08:01 3 flood"}, Break, []string{"flood"}},
		{"once", nil, []string{"11 08:00 3 flood", "11 08:01 9 flood"}, Known, []string{"flood"}},
		{"once in all days", nil, []string{"11 08:00 3 flood", "12 08:00 9 flood"}, Known, nil},
		{"two a day", nil, []string{"11 08:00 3 flood", "11 08:01 3 fire"}, Break, []string{"flood", "fire"}},
		{"three a day", nil, []string{"11 08:00 3 flood", "11 08:01 3 fire", "11 08:02 3 quake"}, Enough, []string{"flood", "fire"}},
		{"what was too much does not come the next day", nil, []string{"11 08:00 3 a", "11 08:01 3 b", "11 08:02 3 quake", "12 00:10 3 quake"}, Known, nil},
		{"the next local day", nil, []string{"11 22:00 3 a", "11 22:30 3 b", "11 23:01 3 quake"}, Break, []string{"a", "b", "quake"}},
		{"quiet hours", []Change{QuietIn(Quiet{From: 1320, To: 420})}, []string{"11 05:30 3 flood"}, Break, nil},
		{"after quiet hours", []Change{QuietIn(Quiet{From: 1320, To: 420})}, []string{"11 05:30 3 flood", "11 06:00 1 other"}, TooFew, []string{"flood"}},
		{"quiet hours that skip", []Change{QuietIn(Quiet{From: 1320, To: 420, Rule: SkipQuiet})}, []string{"11 05:30 3 flood"}, Hushed, nil},
		{"paused", []Change{Pause(true)}, []string{"11 08:00 3 flood"}, Hushed, nil},
		{"hours of downtime", nil, []string{"11 08:00 3 flood", "11 11:01 1 other"}, TooFew, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, db := opened(t)
			sub := keep(t, s, db, at(t, "10 12:00"), append([]Change{BreakingBy(Rule{Origins: 3, PerDay: 2}), InZone("Europe/Berlin")}, c.changes...)...)
			var got Verdict
			var now time.Time
			for _, asked := range c.asked {
				f := strings.Fields(asked)
				now = at(t, f[0]+" "+f[1])
				write(t, db, func(ctx context.Context, tx store.Tx) (err error) {
					got, err = s.Break(ctx, tx, sub.ID, f[3], int(f[2][0]-'0'), now)
					return err
				})
			}
			if got != c.verdict {
				t.Errorf("the verdict is %q, want %q", got, c.verdict)
			}
			all, err := s.Due(t.Context(), now)
			if err != nil {
				t.Fatal(err)
			}
			var stories []string
			for _, x := range all {
				stories = append(stories, x.Story)
			}
			equal(t, "due", stories, c.due...)
		})
	}
}

func TestBreakRefuses(t *testing.T) {
	s, db := opened(t)
	sub := keep(t, s, db, at(t, "10 12:00"))
	for id, want := range map[int64]error{sub.ID: ErrKind, sub.ID + 1: ErrNotFound} {
		err := db.Write(t.Context(), func(tx store.Tx) error {
			_, err := s.Break(t.Context(), tx, id, "flood", 9, at(t, "11 08:00"))
			return err
		})
		if !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
}

// Breaking news that were not posted are over: no next slot tells them.
func TestBreakingIsNotFolded(t *testing.T) {
	s, db := opened(t)
	sub := keep(t, s, db, at(t, "10 12:00"), BreakingBy(Rule{Origins: 1, PerDay: 1}))
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		_, err := s.Break(ctx, tx, sub.ID, "flood", 1, at(t, "11 08:00"))
		return err
	})
	equal(t, "too late", due(t, s, at(t, "11 12:00")))
	equal(t, "rows", became(t, db), "2026-03-11 00:00 flood skipped late")
}

func TestTold(t *testing.T) {
	s, db := opened(t)
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		told := func(topic int, story string) (Account, bool) {
			a, ok, err := s.Told(ctx, tx, "@x", topic, story)
			if err != nil {
				t.Fatal(err)
			}
			return a, ok
		}
		if a, ok := told(0, "flood"); ok || !reflect.DeepEqual(a, Account{}) {
			t.Errorf("before: %+v", a)
		}
		for _, x := range []Telling{
			{Slot: 1, Chat: "@x", Story: "flood", Facts: []string{"f2", "f1"}, At: at(t, "11 08:00")},
			{Slot: 2, Chat: "@x", Story: "flood", Facts: []string{"f3", "f1"}, At: at(t, "12 08:00")},
			{Slot: 2, Chat: "@x", Story: "fire", Facts: []string{"g1"}, At: at(t, "12 08:00")},
			{Slot: 2, Chat: "@x", Story: "", At: at(t, "12 08:00")},
		} {
			if err := s.Tell(ctx, tx, x); err != nil {
				return err
			}
		}
		want := Account{Facts: []string{"f1", "f2", "f3"}, First: at(t, "11 08:00"), Last: at(t, "12 08:00"), Slot: 1}
		if a, ok := told(0, "flood"); !ok || !reflect.DeepEqual(a, want) {
			t.Errorf("got  %+v\nwant %+v", a, want)
		}
		if a, ok := told(4, "flood"); ok {
			t.Errorf("another topic of the chat was told: %+v", a)
		}
		return untell(ctx, tx, 1)
	})
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		a, ok, err := s.Told(ctx, tx, "@x", 0, "flood")
		if !ok || !slices.Equal(a.Facts, []string{"f3"}) {
			t.Errorf("after the first was taken back: %+v", a)
		}
		return err
	})
}

func TestPosts(t *testing.T) {
	s, db := opened(t)
	first := Post{Chat: "-7", Topic: 4, Message: 30, Item: 0, Subscription: 1, Slot: 2, Story: "flood", Text: "The dam held.",
		Cited: []Cited{{Article: "a1", Seq: 10, Quote: "The dam held."}, {Article: "a2", Seq: 11, Quote: "It held."}}, At: at(t, "11 08:00")}
	second := Post{Chat: "-7", Topic: 4, Message: 30, Item: 1, Subscription: 1, Slot: 2, Story: "fire", Text: "It burns.",
		Cited: []Cited{{Article: "a2", Seq: 11, Quote: "It burns."}}, At: at(t, "11 08:00")}
	elsewhere := Post{Chat: "@x", Message: 30, Cited: []Cited{{Article: "a1", Seq: 12, Quote: "The dam broke."}}, At: at(t, "12 08:00")}
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		return errors.Join(s.Posted(ctx, tx, second), s.Posted(ctx, tx, first), s.Posted(ctx, tx, elsewhere), s.Posted(ctx, tx, first))
	})
	check := func(what string, got []Post, err error, want ...Post) {
		t.Helper()
		if err != nil || len(got) != len(want) || len(want) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v", what, err, got, want)
		}
	}
	got, err := s.ByMessage(t.Context(), "-7", 30)
	check("by message", got, err, first, second)
	got, err = s.BySlot(t.Context(), 2)
	check("by slot", got, err, first, second)
	got, err = s.ByArticle(t.Context(), "a1")
	check("by article", got, err, first, elsewhere)
	got, err = s.ByArticle(t.Context(), "a3")
	check("by an article that nobody cites", got, err)
	got, err = s.ByMessage(t.Context(), "@y", 30)
	check("by a message of nobody", got, err)
	corrected := first
	corrected.Text, corrected.Cited = "The dam broke.", []Cited{{Article: "a1", Seq: 12, Quote: "The dam broke."}}
	write(t, db, func(ctx context.Context, tx store.Tx) error {
		return errors.Join(s.Posted(ctx, tx, corrected), s.Removed(ctx, tx, "a2"), s.Unposted(ctx, tx, "@x", 30))
	})
	second.Cited = []Cited{{Article: "a2", Seq: 11, Quote: ""}}
	got, err = s.ByMessage(t.Context(), "-7", 30)
	check("corrected", got, err, corrected, second)
	got, err = s.ByArticle(t.Context(), "a1")
	check("after a message was deleted", got, err, corrected)
}

// BenchmarkDue asks for what is due with 500 digests at eight: once when all come
// at the same moment, and as it is asked again and again, when nothing has come.
func BenchmarkDue(b *testing.B) {
	made := at(b, "10 12:00")
	for _, c := range []struct {
		name string
		now  func(i int) time.Time
		due  int
	}{
		{"500 come", func(i int) time.Time { return at(b, "11 08:00").AddDate(0, 0, i) }, 500},
		{"none comes", func(i int) time.Time { return made.Add(time.Duration(i) * time.Millisecond) }, 0},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, db := opened(b)
			write(b, db, func(ctx context.Context, tx store.Tx) error {
				for i := range 500 {
					sub := Default(fmt.Sprintf("@channel%d", i), made)
					if _, err := s.Keep(ctx, tx, sub); err != nil {
						return err
					}
				}
				return nil
			})
			b.ResetTimer()
			for i := range b.N {
				all, err := s.Due(b.Context(), c.now(i))
				if err != nil || len(all) != c.due {
					b.Fatalf("%d are due, %v", len(all), err)
				}
			}
		})
	}
}

// Whoever comes first stores a slot; the others store nothing.
func TestStoredOnceBesideEachOther(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	stored := make(chan bool)
	for range 8 {
		go func() {
			var first bool
			all, err := s.Due(t.Context(), at(t, "11 08:00"))
			if err == nil && len(all) == 1 {
				err = db.Write(t.Context(), func(tx store.Tx) (err error) {
					first, err = s.Store(t.Context(), tx, all[0])
					return err
				})
			}
			if err != nil {
				t.Error(err)
			}
			stored <- first
		}()
	}
	n := 0
	for range 8 {
		if <-stored {
			n++
		}
	}
	if n != 1 {
		t.Errorf("stored %d times", n)
	}
}

// A slot that is refused after the next was told is told by the one after that.
func TestRefusedAfterTheNext(t *testing.T) {
	for _, last := range []string{"store", "skip"} {
		s, db := opened(t)
		keep(t, s, db, at(t, "10 12:00"))
		first := one(t, s, at(t, "11 08:00"))
		write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, first); return err })
		next := one(t, s, at(t, "12 08:00"))
		write(t, db, func(ctx context.Context, tx store.Tx) (err error) {
			if last == "skip" {
				_, err = s.Skip(ctx, tx, next.ID, Empty)
			} else {
				_, err = s.Store(ctx, tx, next)
			}
			return err
		})
		write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Skip(ctx, tx, first.ID, Refused); return err })
		if x := one(t, s, at(t, "13 08:00")); !x.From.Equal(at(t, "10 08:00")) {
			t.Errorf("after a %s it tells from %v", last, x.From)
		}
	}
}

// A slot that was composed before one was refused does not end what it leaves out.
func TestRefusedWhileTheNextIsComposed(t *testing.T) {
	s, db := opened(t)
	keep(t, s, db, at(t, "10 12:00"))
	first := one(t, s, at(t, "11 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, first); return err })
	next := one(t, s, at(t, "12 08:00"))
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Skip(ctx, tx, first.ID, Refused); return err })
	write(t, db, func(ctx context.Context, tx store.Tx) error { _, err := s.Store(ctx, tx, next); return err })
	if x := one(t, s, at(t, "13 08:00")); !x.From.Equal(at(t, "10 08:00")) {
		t.Errorf("it tells from %v", x.From)
	}
}
