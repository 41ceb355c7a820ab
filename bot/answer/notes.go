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
	if len(r.Widened) > 0 {
		out = append(out, beyond(q, r.Query))
	}
	if len(r.Missing) > 0 {
		out = append(out, bot.Note{Kind: bot.NoteMissing})
	}
	return out
}

// beyond names the filters that the search gave up, those of asked that ran has no
// more, and the outlets it kept to.
func beyond(asked, ran retrieval.Query) bot.Note {
	n := bot.Note{Kind: bot.NoteWidened}
	if ran.From.IsZero() && ran.To.IsZero() {
		n.From, n.To = asked.From, lastOf(asked.To)
	}
	if len(ran.Outlets) > 0 {
		n.Kind, n.Outlets = bot.NoteWidenedOf, ran.Outlets
	} else {
		n.Outlets = asked.Outlets
	}
	return n
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
