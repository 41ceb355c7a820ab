package schedule

import (
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"newsdesk/corpus/store"
)

func open(t *testing.T) (*Schedule, *store.DB) {
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

func at(t *testing.T, zone, s string) time.Time {
	t.Helper()
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	got, err := time.ParseInLocation("2006-01-02 15:04", s, loc)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestSlot(t *testing.T) {
	const zone = "Europe/Berlin"
	for _, c := range []struct {
		name, at string
		hour     int
		minute   int
		from     string
		day      string // empty: nothing is due
	}{
		{"not yet", "2026-03-12 07:59", 8, 0, "2026-03-01 00:00", ""},
		{"on the minute", "2026-03-12 08:00", 8, 0, "2026-03-01 00:00", "2026-03-12"},
		{"late within grace", "2026-03-12 10:59", 8, 0, "2026-03-01 00:00", "2026-03-12"},
		{"too late", "2026-03-12 11:01", 8, 0, "2026-03-01 00:00", ""},
		{"yesterday's, past midnight", "2026-03-13 00:30", 23, 0, "2026-03-01 00:00", "2026-03-12"},
		{"set up after the time of day", "2026-03-12 09:00", 8, 0, "2026-03-12 08:30", ""},
		{"the hour that does not exist", "2026-03-29 03:40", 2, 30, "2026-03-01 00:00", "2026-03-29"},
		{"the hour that comes twice", "2026-10-25 03:10", 2, 30, "2026-03-01 00:00", "2026-10-25"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := Daily{Chat: "@x", Hour: c.hour, Minute: c.minute, Zone: zone, From: at(t, zone, c.from)}
			slot, ok, err := d.slot(at(t, zone, c.at))
			if err != nil {
				t.Fatal(err)
			}
			if !ok && c.day != "" || ok && slot.Day != c.day {
				t.Fatalf("got %q (%v), want %q", slot.Day, ok, c.day)
			}
		})
	}
}

func TestSlotIsDoneOnce(t *testing.T) {
	s, db := open(t)
	ctx := t.Context()
	d := Daily{Chat: "@x", Hour: 8, Zone: "UTC", Since: 24 * time.Hour, From: at(t, "UTC", "2026-03-01 00:00")}
	if err := s.Keep(ctx, d); err != nil {
		t.Fatal(err)
	}
	now := at(t, "UTC", "2026-03-12 08:01")
	due, err := s.Due(ctx, now)
	if err != nil || len(due) != 1 {
		t.Fatalf("due: %v, %v", due, err)
	}
	if due[0].Daily.Since != 24*time.Hour || due[0].Daily.Chat != "@x" {
		t.Fatalf("kept as %+v", due[0].Daily)
	}
	for i, want := range []bool{true, false} {
		var first bool
		err := db.Write(ctx, func(tx store.Tx) error {
			var err error
			first, err = s.Done(ctx, tx, due[0])
			return err
		})
		if err != nil || first != want {
			t.Fatalf("time %d: %v, %v", i, first, err)
		}
	}
	if due, err = s.Due(ctx, now); err != nil || len(due) != 0 {
		t.Fatalf("due after it was done: %v, %v", due, err)
	}
	if due, err = s.Due(ctx, now.Add(24*time.Hour)); err != nil || len(due) != 1 {
		t.Fatalf("due on the next day: %v, %v", due, err)
	}
}

func TestKeepAndDrop(t *testing.T) {
	s, _ := open(t)
	ctx := t.Context()
	if err := s.Keep(ctx, Daily{Chat: "@x", Zone: "Nowhere/Town"}); err == nil {
		t.Fatal("an unknown zone was kept")
	}
	for hour := range 2 {
		if err := s.Keep(ctx, Daily{Chat: "@x", Hour: hour, Zone: "UTC"}); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.List(ctx)
	if err != nil || len(all) != 1 || all[0].Hour != 1 {
		t.Fatalf("list: %+v, %v", all, err)
	}
	for _, want := range []bool{true, false} {
		dropped, err := s.Drop(ctx, "@x")
		if err != nil || dropped != want {
			t.Fatalf("dropped %v, %v, want %v", dropped, err, want)
		}
	}
}
