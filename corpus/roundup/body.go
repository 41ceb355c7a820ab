package roundup

import (
	"slices"
	"strings"
)

// body sorts the lines of an article: first what each line is by itself and by
// the line before, then, with all of them there, what is a heading.
type body struct {
	author string
	parts  []part
	// started says that a line of the text has come.
	started bool
	// last is the line before; open says that it is the end of the last part and
	// that nothing has come in between.
	last string
	open bool

	paragraphs, headings, captions []string
}

// part is a line, or several that are put together again.
type part struct {
	pieces  []string
	element element
}

func (p part) text() string { return strings.Join(p.pieces, "") }

// add takes the next line.
func (b *body) add(l line) {
	s, m := l.text, l.mark
	if b.open && isStop(s) && !hasFinal(b.last) {
		b.extend(s)
		return
	}
	if !b.started && m == unmarked {
		s, m = b.opening(s)
	}
	switch {
	case m != unmarked:
		b.open = false
	case l.element != plain:
		b.push(s, l.element)
	case isCredited(s):
		b.push(s, caption)
	case s == b.last || repeatsTail(s, b.last):
		b.open = false
	case startsLower(s):
		b.goOn(s, l.gap)
	default:
		b.push(s, plain)
	}
}

// opening takes what stands before a text off the line in which it begins, an
// author or datelines, and says what the rest is.
func (b *body) opening(s string) (string, mark) {
	if name := readAuthor(s); name != "" {
		b.author = firstOf(b.author, name)
		return "", furniture
	}
	rest := cutDateline(s)
	if rest == s {
		return s, unmarked
	}
	return rest, markOf(rest)
}

// goOn takes a line that begins in lower case: it goes on from the line before if
// that one was broken, and is a left-over if it is short.
func (b *body) goOn(s string, gap bool) {
	switch {
	case b.open && !gap && b.isWrapped() && !hasFinal(b.last):
		b.extend(" " + s)
	case words(s) <= maxFragment:
		b.open = false
	default:
		b.push(s, plain)
	}
}

// isWrapped reports whether the last part is long enough to be a broken line.
func (b *body) isWrapped() bool {
	p := b.parts[len(b.parts)-1]
	return len(p.pieces) > 1 || len(b.last) >= wrapped
}

func (b *body) push(s string, e element) {
	b.parts = append(b.parts, part{[]string{s}, e})
	b.last, b.open = s, e == plain
	b.started = b.started || e == plain && hasFinal(s)
}

func (b *body) extend(s string) {
	p := &b.parts[len(b.parts)-1]
	p.pieces = append(p.pieces, s)
	b.last = s
	b.started = b.started || hasFinal(s)
}

// sort tells text from headings and captions.
func (b *body) sort() {
	texts := make([]string, len(b.parts))
	isText := make([]bool, len(b.parts))
	for i, p := range b.parts {
		texts[i] = p.text()
		isText[i] = p.element == plain && hasFinal(texts[i]) && !isQuestion(texts[i])
	}
	first, last := slices.Index(isText, true), lastTrue(isText)
	for i, s := range texts {
		between := first >= 0 && first < i && i < last
		switch e := b.parts[i].element; {
		case markOf(s) != unmarked:
			// became furniture when it was put together
		case e == heading || e == plain && (isSubheading(s) || between && isAsked(s)):
			b.headings = append(b.headings, s)
		case e == caption || isUnended(s):
			b.captions = append(b.captions, s)
		default:
			b.paragraphs = append(b.paragraphs, s)
		}
	}
}

// isAsked reports whether a line between paragraphs is a subheading: a question
// of the article's own, not one that somebody is quoted with.
func isAsked(s string) bool { return isQuestion(s) && s == strings.TrimLeft(s, "\"'“‘«„") }

func lastTrue(list []bool) int {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] {
			return i
		}
	}
	return -1
}
