package page

import (
	"strings"
	"unicode/utf8"

	"newsdesk/corpus/dated"
)

// isByline reports whether a line at the beginning of a text is its author's
// name or its date and not yet a sentence.
func isByline(s string) bool {
	if utf8.RuneCountInString(s) > 80 || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "。") {
		return false
	}
	_, isDate := dated.Read(s)
	return isDate || by.MatchString(s+" ")
}
