package poll

import (
	"slices"
	"time"

	"newsdesk/corpus/feed"
)

const (
	// minEvery and maxEvery bound the time between two readings of a feed.
	minEvery, maxEvery = 2 * time.Minute, 24 * time.Hour
	// firstEvery is that of a feed without dates.
	firstEvery = 30 * time.Minute
	// maxAsked bounds what ttl and Cache-Control count: many feeds that publish
	// every hour ask to be read once a day.
	maxAsked = time.Hour
	// window is the number of articles from which a habit is learnt, the newest.
	window = 200
	// spread is by how much a time of reading is moved, as a share of the wait.
	spread = 0.1
	// silent is the share of its silence after which a feed is read again.
	silent = 16
)

// habit is how an outlet publishes.
type habit struct {
	// gap is the median time between two articles; 0 when it is not known.
	gap time.Duration
	// silence is after what time it is quiet; 0 when that is not known.
	silence time.Duration
	newest  time.Time
}

// The rule of quiet; see the package comment.
const (
	quietLongest = 3
	quietMedian  = 10
	quietLeast   = 72 * time.Hour
	// quietKnown is how many pauses must be known.
	quietKnown = 5
)

// habitOf learns from dates of publication in any order.
func habitOf(published []time.Time) habit {
	dates := slices.Clone(published)
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	dates = dates[:min(len(dates), window)]
	if len(dates) == 0 {
		return habit{}
	}
	h := habit{newest: dates[0]}
	var gaps []time.Duration
	for i := range dates[1:] {
		gaps = append(gaps, dates[i].Sub(dates[i+1]))
	}
	if len(gaps) < 2 {
		return h
	}
	slices.Sort(gaps)
	// Many articles of one moment are one batch; their pace is that of batches.
	later := slices.DeleteFunc(slices.Clone(gaps), func(d time.Duration) bool { return d == 0 })
	if len(later) == 0 {
		return h
	}
	h.gap = later[len(later)/2]
	if len(gaps) >= quietKnown {
		h.silence = max(quietLongest*gaps[len(gaps)-1], quietMedian*h.gap, quietLeast)
	}
	return h
}

// pace is the time from one reading of a feed to the next: half its median gap,
// more when it has been silent for long, and not less than it asks for.
func pace(h habit, asks feed.Schedule, fresh time.Duration, now time.Time) time.Duration {
	every := firstEvery
	if h.gap > 0 {
		every = max(h.gap/2, now.Sub(h.newest)/silent)
	}
	every = max(every, min(asks.Every, maxAsked), min(fresh, maxAsked))
	return min(max(every, minEvery), maxEvery)
}

// allowed moves a time out of the hours and days in which a feed wants no
// reading, by two days at most: who skips everything is not believed.
func allowed(at time.Time, asks feed.Schedule) time.Time {
	moved := at
	for range 48 {
		if !slices.Contains(asks.SkipHours, moved.Hour()) && !slices.Contains(asks.SkipDays, moved.Weekday()) {
			return moved
		}
		moved = moved.Truncate(time.Hour).Add(time.Hour)
	}
	return at
}

// spreadOut moves a wait by up to spread in either direction; jitter is from 0
// up to 1.
func spreadOut(wait time.Duration, jitter float64) time.Duration {
	return time.Duration(float64(wait) * (1 - spread + 2*spread*jitter))
}

const (
	// firstRetry and lastRetry are the waits after a first and after many failures
	// that may pass.
	firstRetry, lastRetry = time.Minute, 6 * time.Hour
	// patience is how long such failures of a page are tried again.
	patience = 7 * 24 * time.Hour
	// patienceWhole is how long they are when the feed has the whole text.
	patienceWhole = time.Hour
)

// retry is the wait after so many failures in a row, and at least what the
// server asked for.
func retry(failures int, asked time.Duration) time.Duration {
	return max(firstRetry<<min(max(failures-1, 0), 20), asked, firstRetry)
}

// backOff is [retry] up to longest.
func backOff(failures int, asked, longest time.Duration) time.Duration {
	return max(min(retry(failures, 0), longest), asked)
}

// ladder is when pages are looked at again, counted from their first reading.
var ladder = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour, 3 * 24 * time.Hour, 7 * 24 * time.Hour}

// recheckAt is when a page that was first read at first is looked at again after
// now; zero when never. bound is [Settings.Recheck].
func recheckAt(first, now time.Time, bound time.Duration) time.Time {
	for _, step := range ladder {
		if at := first.Add(step); at.After(now) && step <= bound {
			return at
		}
	}
	return time.Time{}
}

// unreadableAfter is when a page without an article is tried again, by how often
// that was done; after the last it is left.
var unreadableAfter = []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour}

const (
	// goneAgain is after what time a page that was gone is looked at once more.
	goneAgain = 6 * time.Hour
	// reread is the least time between two readings of a page because its feed
	// says something else about it; it doubles each time that the page does not.
	reread = 10 * time.Minute
	// maxIdle bounds the doubling: three days.
	maxIdle = 9
)

// rereadAt is when a page that was last read at last is to be read because its
// feed says something else, after idle times for nothing.
func rereadAt(last time.Time, idle int) time.Time {
	return last.Add(reread << min(max(idle, 0), maxIdle))
}
