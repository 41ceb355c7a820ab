package answer

import (
	"slices"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// notes says what the reader should know about the search for q, which is what was
// asked for.
func notes(q retrieval.Query, r retrieval.Result) []bot.Note {
	var out []bot.Note
	if n, ok := beyond(q, r.Query); ok && len(r.Widened) > 0 {
		out = append(out, n)
	}
	if len(r.Missing) > 0 {
		out = append(out, bot.Note{Kind: bot.NoteMissing})
	}
	return out
}

// beyond names the filters that the search gave up, those of asked that ran has no
// more, and the outlets it kept to; false where none of them is the question's.
func beyond(asked, ran retrieval.Query) (bot.Note, bool) {
	n := bot.Note{Kind: bot.NoteWidened}
	if ran.From.IsZero() && ran.To.IsZero() {
		n.From, n.To = asked.From, lastOf(asked.To)
	}
	dated := !n.From.IsZero() || !n.To.IsZero()
	if len(ran.Outlets) > 0 {
		n.Kind, n.Outlets = bot.NoteWidenedOf, ran.Outlets
		return n, dated
	}
	n.Outlets = asked.Outlets
	return n, dated || len(n.Outlets) > 0
}

// lastOf is the last moment before the end of a stretch, zero where it has none.
func lastOf(end time.Time) time.Time {
	if end.IsZero() {
		return end
	}
	return end.Add(-time.Nanosecond)
}

// noted appends the notes that list does not hold yet.
func noted(list []bot.Note, items ...bot.Note) []bot.Note {
	for _, n := range items {
		if !slices.ContainsFunc(list, n.Equal) {
			list = append(list, n)
		}
	}
	return list
}

// listed writes "a", "a and b", "a, b and c".
func listed(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
