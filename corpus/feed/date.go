package feed

import (
	"time"

	"newsdesk/corpus/dated"
)

const (
	// oldest is before anything was published on the web; what is older is a
	// field that was never filled.
	oldest = 1990
	// ahead is how far a date may lie in the future because its zone is wrong.
	ahead = 24 * time.Hour
)

// date is when an item was published: as written, else as gofeed took it. The
// zero time is for what cannot be: before the web, or days in the future. What
// is only hours ahead is taken to be of now.
func (r *reader) date(written string, parsed *time.Time) time.Time {
	at := time.Time{}
	if d, ok := dated.Read(written); ok {
		at = d.Time
	} else if parsed != nil {
		at = parsed.UTC()
	}
	switch {
	case at.Year() < oldest || at.Year() > 9999:
		return time.Time{}
	case r.now.IsZero() || !at.After(r.now):
		return at
	case at.Sub(r.now) <= ahead:
		return r.now.UTC()
	}
	return time.Time{}
}
