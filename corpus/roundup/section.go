package roundup

import (
	"strings"
)

const (
	// maxHead is the number of lines that a head has at most: title, captions,
	// a label.
	maxHead = 4
	// maxOrphans is the number of sentences that may stand between the end of
	// an article and the next head: a page's own remarks. More are an article
	// that has lost its byline.
	maxOrphans = 5
	// orphan is the number of words from which such a line counts.
	orphan = 8
)

// section is the part of a page that belongs to one article.
type section struct {
	byline
	line  line // the byline's
	head  []line
	title string // by RELATED
	body  []line
	where address
}

// split cuts a page into its articles.
func split(lines []line) ([]section, *Error) {
	lines = withoutMargin(lines)
	var sections []section
	start := 0 // of what stands before the next byline
	for i, l := range lines {
		b, fault := readByline(l)
		if fault != nil {
			return nil, fault
		}
		if b == nil {
			continue
		}
		next := section{byline: *b, line: l}
		if fault := next.takeHead(lines[start:i], sections); fault != nil {
			return nil, fault
		}
		sections = append(sections, next)
		start = i + 1
	}
	if len(sections) == 0 {
		fault := faultf(0, "no byline of the form %q in %d lines", "OUTLET | Published DATE", len(lines))
		fault.kind = ErrNoByline
		return nil, fault
	}
	last := &sections[len(sections)-1]
	last.takeBody(lines[start:], len(lines)-start)
	return sections, nil
}

// withoutMargin drops what stands beside the articles of an HTML page, but for
// marks and bylines, which some pages put into a footer.
func withoutMargin(lines []line) []line {
	var kept []line
	for _, l := range lines {
		if !l.margin || l.mark == ends || l.mark == related || published.MatchString(afterBar(l.text)) {
			kept = append(kept, l)
		}
	}
	return kept
}

func afterBar(s string) string {
	_, after, _ := strings.Cut(s, "|")
	return strings.TrimSpace(after)
}

// takeHead finds the head of s in the lines before its byline, and gives what
// stands before the head to the section before, if there is one.
func (s *section) takeHead(before []line, sections []section) *Error {
	end := len(before) // of the body of the section before
	from := end        // the head's first line
	if i := relatedBefore(before); i >= 0 {
		end, from = i, i
		s.title, from = relatedTitle(before, i)
	}
	if i := lastEnd(before[:end], len(sections) > 0); i >= 0 {
		if s.title == "" {
			from = i + 1
		}
		end = i
	} else if s.title == "" {
		end = headStart(before)
		from = end
	}
	s.head = content(before[from:])
	if len(sections) == 0 {
		return nil
	}
	if fault := orphans(before[end:from], s.head); fault != nil {
		return fault
	}
	sections[len(sections)-1].takeBody(before, end)
	return nil
}

// takeBody takes the lines after the byline of s. The body is those before end,
// or before the mark that ends the article; marks count wherever they stand.
func (s *section) takeBody(after []line, end int) {
	if i := lastEnd(after[:end], true); i >= 0 {
		end = i
	}
	s.body = after[:end]
	for _, l := range after {
		if l.mark == ends {
			s.where.add(l)
		}
	}
}

// relatedBefore is the place of the RELATED line that announces the article
// whose byline follows; -1 if there is none. One that is farther away, or has
// text of the article before it after it, is a link inside that article.
func relatedBefore(lines []line) int {
	seen, ended := 0, false
	for i := len(lines) - 1; i >= 0 && seen <= maxHead; i-- {
		switch lines[i].mark {
		case related:
			return i
		case ends:
			ended = true
		case unmarked:
			if ended {
				return -1
			}
			seen++
		}
	}
	return -1
}

// relatedTitle returns the title that the RELATED line at i gives, in the line or
// in the next, and where the head goes on.
func relatedTitle(lines []line, i int) (string, int) {
	title := titleOf(lines[i].text)
	if title != "" || i+1 == len(lines) || lines[i+1].mark != unmarked {
		return title, i + 1
	}
	return lines[i+1].text, i + 2
}

// titleOf is what a RELATED line says.
func titleOf(s string) string {
	i := strings.IndexByte(s, ':')
	return strings.TrimSpace(s[i+1:])
}

// lastEnd is the place of the last mark that ends an article. With a body, the
// mark must have text before it: a link above the text ends nothing. -1 if there
// is none.
func lastEnd(lines []line, body bool) int {
	first := 0
	if body {
		first = firstText(lines)
	}
	for i := len(lines) - 1; i >= first; i-- {
		if lines[i].mark == ends {
			return i
		}
	}
	return -1
}

// firstText is the place of the first line that is text by its shape, or the
// number of lines.
func firstText(lines []line) int {
	for i, l := range lines {
		if l.mark == unmarked && hasFinal(l.text) {
			return i
		}
	}
	return len(lines)
}

// content is the lines that are neither marks nor furniture.
func content(lines []line) []line {
	var kept []line
	for _, l := range lines {
		if l.mark == unmarked {
			kept = append(kept, l)
		}
	}
	return kept
}

// headStart is where the head begins that ends the lines, when nothing but its
// shape tells.
func headStart(lines []line) int {
	start, seen := len(lines), 0
	for i := len(lines) - 1; i >= 0 && seen < maxHead; i-- {
		l := lines[i]
		if l.mark != unmarked {
			continue
		}
		if !isHeadLine(l) && !(seen == 0 && isCaptionUnderTitle(lines[:i], l)) {
			break
		}
		start = i
		seen++
		if l.element == heading {
			break
		}
	}
	return start
}

// isHeadLine reports whether a line can only be of a head, or might as well be.
func isHeadLine(l line) bool {
	return l.element != plain || isQuestion(l.text) || isCredited(l.text) ||
		isUnended(l.text) && !startsLower(l.text)
}

// isCaptionUnderTitle reports whether a sentence is a caption: it follows what
// can be a headline, and is alone there.
func isCaptionUnderTitle(before []line, l line) bool {
	if words(l.text) > maxCaption || hasInner(l.text) {
		return false
	}
	for i := len(before) - 1; i >= 0; i-- {
		if title := before[i]; title.mark == unmarked {
			return title.element == heading || isHeadline(title.text)
		}
	}
	return false
}

// orphans refuses text between the end of an article and a head. head is in it
// when the head is whatever follows the end.
func orphans(between, head []line) *Error {
	var first, count int
	for _, l := range append(content(between), head...) {
		if words(l.text) < orphan || !hasFinal(l.text) {
			continue
		}
		if count == 0 {
			first = l.n
		}
		count++
	}
	if count > maxOrphans {
		return faultf(first, "text that belongs to no byline")
	}
	return nil
}
