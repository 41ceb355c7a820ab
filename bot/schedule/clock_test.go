package schedule

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// cases reads a file of cases: one a line, of so many fields and perhaps a remark.
func cases(t *testing.T, name string, fields int) [][]string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for line := range strings.Lines(string(b)) {
		if f := strings.Fields(line); len(f) >= fields && f[0] != "#" {
			out = append(out, f)
		}
	}
	if len(out) < 10 {
		t.Fatalf("%d cases in %s", len(out), name)
	}
	return out
}

func location(t *testing.T, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

func day(t *testing.T, s string) date {
	t.Helper()
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		t.Fatal(err)
	}
	return date{d}
}

func clock(t *testing.T, s string) TimeOfDay {
	t.Helper()
	at, err := ParseTimeOfDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestMoments(t *testing.T) {
	for _, f := range cases(t, "testdata/moments.txt", 4) {
		got := moment(location(t, f[0]), day(t, f[1]), clock(t, f[2]))
		if got.UTC().Format(time.RFC3339) != f[3] {
			t.Errorf("%s %s %s comes at %v, want %s", f[0], f[1], f[2], got.UTC(), f[3])
		}
	}
}

func TestQuietHours(t *testing.T) {
	for _, f := range cases(t, "testdata/quiet.txt", 6) {
		from, to, _ := strings.Cut(f[1], "-")
		zone := location(t, f[0])
		s := Subscription{Quiet: Quiet{From: clock(t, from), To: clock(t, to), Rule: QuietRule(f[2])}}
		o := s.occurrence(zone, day(t, f[3]), clock(t, f[4]))
		got := o.at.In(zone).Format("2006-01-02 15:04")
		if o.skip {
			got = "folded"
		}
		if want := strings.Join(f[5:], " "); got != want {
			t.Errorf("quiet %s (%s): %s %s is %s, want %s", f[1], f[2], f[3], f[4], got, want)
		}
	}
}

// A moment is the first minute at which the clock shows the time or a later one,
// whatever the zone does.
func TestMomentIsTheFirst(t *testing.T) {
	names := append([]string{"Pacific/Apia", "Africa/Casablanca", "Europe/Dublin", "America/St_Johns", "Antarctica/Troll"}, zones...)
	rapid.Check(t, func(r *rapid.T) {
		zone, err := time.LoadLocation(rapid.SampledFrom(names).Draw(r, "zone"))
		if err != nil {
			r.Fatal(err)
		}
		d := date{time.Date(2005, 1, 1+rapid.IntRange(0, 30*365).Draw(r, "day"), 0, 0, 0, 0, time.UTC)}
		at := TimeOfDay(rapid.IntRange(0, dayMinutes-1).Draw(r, "time"))
		shows := func(t time.Time) bool {
			_, offset := t.In(zone).Zone()
			return !t.Add(time.Duration(offset) * time.Second).Before(d.Add(time.Duration(at) * time.Minute))
		}
		want := d.Add(-26 * time.Hour)
		for !shows(want) {
			want = want.Add(time.Minute)
		}
		if got := moment(zone, d, at); !got.Equal(want) {
			r.Fatalf("%v %v %v comes at %v, want %v", zone, d, at, got, want)
		}
	})
}

func TestNext(t *testing.T) {
	s := Default("@x", time.Time{})
	s.Zone, s.Times, s.Days = "Europe/Berlin", []TimeOfDay{150, 1200}, Weekdays(time.Sunday)
	now := time.Date(2026, 3, 28, 12, 0, 0, 0, time.UTC)
	got, err := s.Next(now, 3)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, at := range got {
		all = append(all, at.Format("Mon 2006-01-02 15:04"))
	}
	if want := "Sun 2026-03-29 03:00, Sun 2026-03-29 20:00, Sun 2026-04-05 02:30"; strings.Join(all, ", ") != want {
		t.Errorf("got %s", strings.Join(all, ", "))
	}
	s.Paused = true
	if got, err := s.Next(now, 3); err != nil || len(got) != 0 {
		t.Errorf("while paused: %v, %v", got, err)
	}
	s.Zone = "Mars/Olympus"
	if _, err := s.Next(now, 3); err == nil {
		t.Error("a zone that does not exist has a next time")
	}
}

func FuzzParseTimeOfDay(f *testing.F) {
	for _, s := range []string{"08:00", "8:05", "23.30", "24:00", "", "08:00:00", "\x00", "８:00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		at, err := ParseTimeOfDay(s)
		if err != nil {
			return
		}
		if again, err := ParseTimeOfDay(at.String()); !at.valid() || err != nil || again != at {
			t.Errorf("%q is %v, which is %v, %v", s, at, again, err)
		}
	})
}
