package feed

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/rss"
)

// Schedule is how often a feed wants to be read.
type Schedule struct {
	// Every is the time between two readings, up to a day; 0 when the feed does
	// not say.
	Every time.Duration
	// SkipHours are the hours of the day, 0 to 23 in UTC, in which it wants no
	// reading; SkipDays the days. Nil for none. Each at most once.
	SkipHours []int
	SkipDays  []time.Weekday
}

// longest bounds what a feed can ask for: outlets publish every day, and a year
// is a mistake.
const longest = 24 * time.Hour

// scheduleOf reads the elements of RSS and of its syndication module.
func scheduleOf(f *gofeed.Feed) Schedule {
	var s Schedule
	if original, ok := f.OriginalFeed().(*rss.Feed); ok {
		s.Every = time.Duration(positive(original.TTL)) * time.Minute
		s.SkipHours = hoursOf(original.SkipHours)
		s.SkipDays = daysOf(original.SkipDays)
	}
	if s.Every == 0 {
		s.Every = period(f)
	}
	s.Every = min(s.Every, longest)
	return s
}

// positive reads a number; 0 for what is none, and not more than a million.
func positive(s string) int {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return int(min(n, 1_000_000))
}

// period reads updatePeriod and updateFrequency: so many times an hour, day …
func period(f *gofeed.Feed) time.Duration {
	each, ok := map[string]time.Duration{
		"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour, "monthly": 30 * 24 * time.Hour, "yearly": 365 * 24 * time.Hour,
	}[strings.ToLower(extension(f, "updatePeriod"))]
	if !ok {
		return 0
	}
	return each / time.Duration(max(1, positive(extension(f, "updateFrequency"))))
}

func extension(f *gofeed.Feed, name string) string {
	for _, e := range f.Extensions["sy"][name] {
		return strings.TrimSpace(e.Value)
	}
	return ""
}

func hoursOf(list []string) []int {
	var hours []int
	for _, s := range list {
		h, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || h < 0 || h > 24 {
			continue
		}
		if h %= 24; !slices.Contains(hours, h) { // old versions count from 1 to 24
			hours = append(hours, h)
		}
	}
	return hours
}

func daysOf(list []string) []time.Weekday {
	var days []time.Weekday
	for _, s := range list {
		for d := time.Sunday; d <= time.Saturday; d++ {
			if strings.EqualFold(strings.TrimSpace(s), d.String()) && !slices.Contains(days, d) {
				days = append(days, d)
			}
		}
	}
	return days
}
