package dated

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestRead(t *testing.T) {
	data, err := os.ReadFile("testdata/dates.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		given, want, ok := strings.Cut(strings.TrimSpace(line), " | ")
		if !ok || strings.HasPrefix(line, "#") {
			continue
		}
		if got := shown(Read(given)); got != want {
			t.Errorf("%q is %s, want %s", given, got, want)
		}
	}
}

func shown(d Date, ok bool) string {
	switch {
	case !ok:
		return "-"
	case d.DayOnly:
		return "day " + d.Time.Format(time.RFC3339)
	}
	return d.Time.Format(time.RFC3339)
}

// TestNowruz holds the calendar against the days on which its years began.
func TestNowruz(t *testing.T) {
	for year, want := range map[int]string{
		1375: "1996-03-20", 1379: "2000-03-20", 1388: "2009-03-21", 1390: "2011-03-21", 1395: "2016-03-20", 1399: "2020-03-20",
		1400: "2021-03-21", 1403: "2024-03-20", 1404: "2025-03-21", 1405: "2026-03-21", 1408: "2029-03-20", 1409: "2030-03-21",
	} {
		if got := nowruz(year).Format(time.DateOnly); got != want {
			t.Errorf("%d began on %s, want %s", year, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/dates.txt")
	if err != nil {
		f.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		given, _, _ := strings.Cut(line, " | ")
		f.Add(given)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := Read(s); ok && (d.Time.Year() < 1899 || d.Time.Year() > 3000) && len(s) > 13 {
			t.Errorf("%q is %v", s, d.Time)
		}
	})
}
