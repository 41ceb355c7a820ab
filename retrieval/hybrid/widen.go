package hybrid

import (
	"strings"
	"time"

	"newsdesk/retrieval"
)

// wider is a query with fewer filters, and in words what was given up.
type wider struct {
	query retrieval.Query
	given []string
}

// widened returns the queries to fall back to, in turn, when the filters of q let
// nothing through: no more is given up than is needed. None without filters; the
// time as of which is asked is not given up.
func widened(q retrieval.Query) []wider {
	var list []wider
	dates, outlets := datesOf(q), outletsOf(q)
	if dates != "" {
		list = append(list, wider{undated(q), []string{dates}})
	}
	if outlets != "" {
		list = append(list, wider{anyOutlet(q), []string{outlets}})
	}
	if len(list) == 2 {
		list = append(list, wider{anyOutlet(undated(q)), []string{dates, outlets}})
	}
	return list
}

func undated(q retrieval.Query) retrieval.Query {
	q.From, q.To = time.Time{}, time.Time{}
	return q
}

func anyOutlet(q retrieval.Query) retrieval.Query {
	q.Outlets = nil
	return q
}

// outletsOf names the outlets of the filter, "" for none.
func outletsOf(q retrieval.Query) string {
	last := len(q.Outlets) - 1
	switch last {
	case -1:
		return ""
	case 0:
		return "the outlet " + q.Outlets[0]
	}
	return "the outlets " + strings.Join(q.Outlets[:last], ", ") + " and " + q.Outlets[last]
}

// datesOf names the days of the filter in their own zone, "" for none.
func datesOf(q retrieval.Query) string {
	first, last := day(q.From), day(q.To.Add(-1))
	switch {
	case q.From.IsZero() && q.To.IsZero():
		return ""
	case q.To.IsZero():
		return "the time since " + first
	case q.From.IsZero():
		return "the time until " + last
	case first == last:
		return "the date " + first
	}
	return "the dates " + first + " to " + last
}

func day(t time.Time) string { return t.Format("2 January 2006") }
