package answer

import (
	"strings"

	"newsdesk/retrieval"
)

// notes says what the reader should know about the search.
func notes(r retrieval.Result) []string {
	var out []string
	if len(r.Widened) > 0 {
		out = append(out, beyond(r))
	}
	if len(r.Missing) > 0 {
		out = append(out, "A part of the search did not answer, so something may be missing here.")
	}
	return out
}

// beyond names the filters that the search gave up, and the outlets it kept to.
func beyond(r retrieval.Result) string {
	nothing := "Nothing was found for "
	if kept := r.Query.Outlets; len(kept) > 0 {
		nothing = "Nothing of " + listed(kept) + " was found for "
	}
	return nothing + listed(r.Widened) + ", so the nearest articles are from beyond that."
}

// listed writes "a", "a and b", "a, b and c".
func listed(names []string) string {
	last := len(names) - 1
	if last < 1 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:last], ", ") + " and " + names[last]
}
