package poll

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"newsdesk/corpus/feed"
)

// cases calls f with the fields of each case of a file.
func cases(t *testing.T, name string, f func(t *testing.T, fields map[string]string)) {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if len(archive.Files) == 0 {
		t.Fatal("no cases")
	}
	for _, c := range archive.Files {
		fields := map[string]string{}
		for line := range strings.SplitSeq(string(c.Data), "\n") {
			key, value, _ := strings.Cut(line, ":")
			fields[key] = strings.TrimSpace(value)
		}
		t.Run(c.Name, func(t *testing.T) { f(t, fields) })
	}
}

var noon = time.Date(2026, time.May, 6, 12, 0, 0, 0, time.UTC)

// ages reads durations before noon.
func ages(t *testing.T, list string) []time.Time {
	var dates []time.Time
	for s := range strings.FieldsSeq(list) {
		dates = append(dates, noon.Add(-duration(t, s)))
	}
	return dates
}

func duration(t *testing.T, s string) time.Duration {
	if s == "" {
		return 0
	}
	d, err := time.ParseDuration(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPace(t *testing.T) {
	cases(t, "pace.txtar", func(t *testing.T, c map[string]string) {
		asks := feed.Schedule{Every: duration(t, c["ttl"])}
		got := pace(habitOf(ages(t, c["ages"])), asks, duration(t, c["fresh"]), noon)
		if want := duration(t, c["every"]); got != want {
			t.Errorf("every %v, want %v", got, want)
		}
	})
}

func TestQuietRule(t *testing.T) {
	cases(t, "quiet.txtar", func(t *testing.T, c map[string]string) {
		h := habitOf(ages(t, c["ages"]))
		r := row{Outlet: Outlet{State: Active}, silence: h.silence, newest: h.newest}
		if got, want := r.isQuiet(noon), c["quiet"] == "yes"; got != want {
			t.Errorf("quiet %v, want %v (after %v)", got, want, h.silence)
		}
		r.State = Paused
		if r.isQuiet(noon) {
			t.Error("an outlet that is paused is quiet")
		}
	})
}

func TestAddress(t *testing.T) {
	cases(t, "address.txtar", func(t *testing.T, c map[string]string) {
		if got := address(c["listed"], c["fetched"], c["canonical"]); got != c["address"] {
			t.Errorf("got %s, want %s", got, c["address"])
		}
	})
}

func TestWhole(t *testing.T) {
	cases(t, "whole.txtar", func(t *testing.T, c map[string]string) {
		text := strings.TrimSpace(strings.Repeat(c["text"]+"\n\n", len(c["times"])*int(c["times"][0]-'0')))
		if got, want := isWhole(text), c["whole"] == "yes"; got != want {
			t.Errorf("whole %v, want %v, of %d characters", got, want, weight(text))
		}
	})
}

func TestAllowed(t *testing.T) {
	for _, c := range []struct {
		name string
		asks feed.Schedule
		want time.Time
	}{
		{"nothing", feed.Schedule{}, noon},
		{"an hour", feed.Schedule{SkipHours: []int{12, 13}}, noon.Add(2 * time.Hour)},
		{"a day", feed.Schedule{SkipDays: []time.Weekday{time.Wednesday}}, noon.Add(12 * time.Hour)},
		{"everything is not believed", feed.Schedule{SkipDays: []time.Weekday{0, 1, 2, 3, 4, 5, 6}}, noon},
	} {
		if got := allowed(noon, c.asks); !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestBackOff(t *testing.T) {
	for _, c := range []struct {
		failures    int
		asked, want time.Duration
	}{
		{1, 0, time.Minute}, {2, 0, 2 * time.Minute}, {5, 0, 16 * time.Minute}, {60, 0, lastRetry},
		{1, 10 * time.Minute, 10 * time.Minute}, {60, 20 * time.Hour, 20 * time.Hour},
	} {
		if got := backOff(c.failures, c.asked, lastRetry); got != c.want {
			t.Errorf("after %d failures, asked for %v: %v, want %v", c.failures, c.asked, got, c.want)
		}
	}
}

func TestRecheckAt(t *testing.T) {
	for _, c := range []struct{ after, bound, want time.Duration }{
		{0, DefaultRecheck, time.Hour},
		{time.Hour, DefaultRecheck, 6 * time.Hour},
		{30 * time.Hour, DefaultRecheck, 72 * time.Hour},
		{8 * 24 * time.Hour, DefaultRecheck, 0},
		{0, 0, 0},
		{2 * time.Hour, 2 * time.Hour, 0},
	} {
		want := time.Time{}
		if c.want > 0 {
			want = noon.Add(c.want)
		}
		if got := recheckAt(noon, noon.Add(c.after), c.bound); !got.Equal(want) {
			t.Errorf("%v after, within %v: %v, want %v", c.after, c.bound, got, want)
		}
	}
}
