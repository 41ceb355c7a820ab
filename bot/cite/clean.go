package cite

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// lines makes plain lines of a generated text: at most MaxText bytes of it,
// without thoughts, markup, and the list of sources at its end. What is left of
// a Markdown link is its text.
func lines(s string) []string {
	s = withoutThoughts(bounded(s, MaxText))
	s = withoutTags(s)
	s = withoutTags(html.UnescapeString(s))
	s = strings.NewReplacer("<", " ", ">", " ").Replace(s)
	var out []string
	for _, line := range strings.Split(text.Clean(s), "\n") {
		line = withoutMarkdown(line)
		if tail.MatchString(line) {
			break
		}
		if line != "" {
			out = append(out, line)
		}
	}
	return out
}

// tail begins the list of sources that models put under an answer.
var tail = regexp.MustCompile(`(?i)^(sources?|references?|citations?|quellen|passages)( used| cited)?(:|$)`)

// bounded cuts s to at most n bytes, at the border of a rune.
func bounded(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// withoutThoughts removes what local models think aloud. What comes before a
// closing tag without an opening one is a thought too, and so is everything
// after an opening one that is never closed.
func withoutThoughts(s string) string {
	const open, end = "<think", "</think"
	if at := lastFold(s, end); at >= 0 {
		rest := s[at+len(end):]
		_, rest, _ = strings.Cut(rest, ">")
		head, _, _ := cutFold(s[:at], open)
		if head == s[:at] {
			head = ""
		}
		s = head + "\n" + rest
	}
	head, _, _ := cutFold(s, open)
	return head
}

// cutFold is strings.Cut without regard to the case of ASCII letters.
func cutFold(s, sep string) (before, after string, found bool) {
	for i := 0; i+len(sep) <= len(s); i++ {
		if s[i] == sep[0] && strings.EqualFold(s[i:i+len(sep)], sep) {
			return s[:i], s[i+len(sep):], true
		}
	}
	return s, "", false
}

// lastFold is strings.LastIndex without regard to the case of ASCII letters.
func lastFold(s, sep string) int {
	for i := len(s) - len(sep); i >= 0; i-- {
		if s[i] == sep[0] && strings.EqualFold(s[i:i+len(sep)], sep) {
			return i
		}
	}
	return -1
}

// Elements whose content is no text, and tags. A tag that is
// not closed is none; its "<" is removed later.
var (
	scripts = regexp.MustCompile(`(?is)<(?:script|style)\b.*?(?:</(?:script|style)\s*>|$)`)
	breaks  = regexp.MustCompile(`(?i)<(?:br|p|/p|li|/li|div|/div|h[1-6]|/h[1-6]|tr|/tr)\b[^<>]*>`)
	tags    = regexp.MustCompile(`<[a-zA-Z/!?][^<>]*>`)
)

func withoutTags(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	s = scripts.ReplaceAllString(s, " ")
	s = breaks.ReplaceAllString(s, "\n")
	return tags.ReplaceAllString(s, "")
}

// Markdown of one line: pictures and links, what begins a line, and marks of
// emphasis, code and tables within it.
var (
	picture  = regexp.MustCompile(`!\[[^\[\]]*\]\([^()]*\)`)
	link     = regexp.MustCompile(`\[([^\[\]]+)\]\([^()]*\)`)
	number   = regexp.MustCompile(`^\^?\d{1,3}$`)
	leader   = regexp.MustCompile(`^(?:[-*+•·–—>#|=~\s]+|\d{1,2}[.)]\s+)+`)
	emphasis = strings.NewReplacer("**", "", "__", "", "*", "", "`", "", "~~", "", "|", " ")
)

func withoutMarkdown(line string) string {
	line = picture.ReplaceAllString(line, "")
	line = link.ReplaceAllStringFunc(line, func(s string) string {
		inside := link.FindStringSubmatch(s)[1]
		if number.MatchString(inside) {
			return "[" + inside + "]"
		}
		return inside
	})
	line = leader.ReplaceAllString(strings.TrimSpace(line), "")
	return text.Clean(emphasis.Replace(line))
}
