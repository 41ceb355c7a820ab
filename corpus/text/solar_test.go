package text

import (
	"testing"
	"time"
)

// TestNewYear holds the rule of leap years to the calendar as it was kept.
func TestNewYear(t *testing.T) {
	for year, want := range map[int]string{
		1357: "1978-03-21", 1375: "1996-03-20", 1376: "1997-03-21", 1391: "2012-03-20", 1395: "2016-03-20", 1399: "2020-03-20",
		1400: "2021-03-21", 1401: "2022-03-21", 1402: "2023-03-21", 1403: "2024-03-20", 1404: "2025-03-21", 1408: "2029-03-20",
	} {
		if got := solarDay(year, 1, 1, time.UTC).Format(time.DateOnly); got != want {
			t.Errorf("%d begins on %s, want %s", year, got, want)
		}
	}
	if got := solarDay(1357, 11, 22, time.UTC).Format(time.DateOnly); got != "1979-02-11" {
		t.Errorf("22 Bahman 1357 is %s", got)
	}
}

// TestSolarOf goes through some years day by day: each is in the month that
// solarOf says, and a month has as many days as solarLength says.
func TestSolarOf(t *testing.T) {
	day := 0
	for at := solarDay(1398, 1, 1, time.UTC); at.Before(solarDay(1405, 1, 1, time.UTC)); at = at.AddDate(0, 0, 1) {
		year, month := solarOf(at)
		if day++; solarDay(year, month, 1, time.UTC).Equal(at) {
			day = 1
		}
		if !solarDay(year, month, day, time.UTC).Equal(at) || day > solarLength(year, month) {
			t.Fatalf("%s is day %d of %d-%d", at.Format(time.DateOnly), day, year, month)
		}
	}
}
