package roundup

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"
)

// byline is what a line "OUTLET | Published DATE" says.
type byline struct {
	outlet    string
	author    string
	published time.Time
}

// maxOutlet is the number of characters up to which something is a name; the
// longest of the 129 outlets of the evaluation data has 28.
const maxOutlet = 80

var (
	published = regexp.MustCompile(`(?i)^published\b(?:\s+on\b)?\s*:?\s*(.*)$`)
	updated   = regexp.MustCompile(`(?i)[\s,;·•(/–—-]*\b(?:last\s+)?(?:updated|modified)\b.*$`)
	by        = regexp.MustCompile(`(?i)^by\s+`)
)

// readByline reads a line. It returns nil and no error for a line that is no
// byline, and an error for one that is, but cannot be used.
func readByline(l line) (*byline, *Error) {
	if !strings.Contains(l.text, "|") {
		return nil, nil
	}
	fields := strings.Split(l.text, "|")
	for i, f := range fields {
		fields[i] = strings.TrimSpace(f)
		if m := published.FindStringSubmatch(fields[i]); i > 0 && m != nil {
			return newByline(l, fields[:i], m[1])
		}
	}
	return nil, unpublished(l, fields)
}

func newByline(l line, before []string, date string) (*byline, *Error) {
	outlet, author := before[0], strings.Join(before[1:], ", ")
	date = updated.ReplaceAllString(date, "")
	switch {
	case outlet == "":
		return nil, faultf(l.n, "byline without an outlet")
	case utf8.RuneCountInString(outlet) > maxOutlet:
		return nil, faultf(l.n, "the outlet's name is longer than %d characters", maxOutlet)
	case date == "":
		return nil, faultf(l.n, "byline without a date")
	}
	at, reason := readDate(date)
	if reason != "" {
		return nil, faultf(l.n, "%s: %q", reason, clip(date))
	}
	return &byline{outlet: outletName(outlet), author: by.ReplaceAllString(author, ""), published: at}, nil
}

// unpublished refuses a line that would be a byline but for the word.
func unpublished(l line, fields []string) *Error {
	if len(fields) != 2 || fields[0] == "" || utf8.RuneCountInString(fields[0]) > maxOutlet {
		return nil
	}
	date := strings.TrimSpace(strings.TrimPrefix(strings.ToLower(fields[1]), "updated"))
	if _, reason := readDate(date); reason != "" {
		return nil
	}
	return faultf(l.n, "byline without the word %q: %q", "Published", clip(l.text))
}

// authorName is a person's name, or several: capitalised words, without a verb.
var authorName = regexp.MustCompile(`^(?i:by)\s+((?:\p{Lu}[\pL.'’-]*|de|van|von|der|bin|al|and|[&,])(?:,?\s+(?:\p{Lu}[\pL.'’-]*|de|van|von|der|bin|al|and|&)){0,9})$`)

// readAuthor reads a line "By NAME"; empty if it is none.
func readAuthor(s string) string {
	m := authorName.FindStringSubmatch(s)
	if m == nil || hasFinal(m[1]) {
		return ""
	}
	return m[1]
}
