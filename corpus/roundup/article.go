package roundup

import (
	"slices"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

// article puts together what a section holds.
func (s *section) article(language string) (corpus.Article, *Error) {
	b := body{author: s.author}
	for _, l := range s.body {
		b.add(l)
	}
	b.sort()
	if len(b.paragraphs) == 0 {
		return corpus.Article{}, faultf(s.line.n, "byline without text: %q", clip(s.line.text))
	}
	title, captions, author := readHead(s.title, s.head)
	a := corpus.Article{
		Outlet:    s.outlet,
		URL:       s.where.article,
		OutletURL: s.where.outletURL(),
		Title:     title,
		Author:    firstOf(b.author, author),
		Language:  language,
		Text:      strings.Join(b.paragraphs, "\n\n"),
		Captions:  slices.Concat(captions, b.captions),
		Headings:  b.headings,
		Published: s.published,
	}
	if a.Title == "" {
		a.Title = firstSentence(a.Text, language)
	}
	return a, nil
}

// firstSentence is the title of an article without one. A text in which there is
// no sentence is short and a title as a whole.
func firstSentence(s, language string) string {
	s, _, _ = strings.Cut(s, "\n\n")
	if spans := text.For(language).Sentences(s); len(spans) > 0 {
		return spans[0].In(s)
	}
	return s
}

// readHead tells the title in a head from captions and the author. given is the
// title that RELATED gave; empty leaves it to the head: a heading element, else
// the first line with a headline's shape, a label of one or two words last.
func readHead(given string, head []line) (title string, captions []string, author string) {
	head = head[max(0, len(head)-maxHead):]
	at := -1
	if given == "" {
		at = titleLine(head)
	}
	for i, l := range head {
		name := readAuthor(l.text)
		switch {
		case i == at:
			title = l.text
		case name != "":
			author = name
		case at >= 0 && i < at && head[at].element == heading && l.element != caption:
			// above the title: the page's own heading
		case l.text != given:
			captions = append(captions, l.text)
		}
	}
	return firstOf(given, title), captions, author
}

// titleLine is the line of the title; -1 if there is none.
func titleLine(head []line) int {
	label := -1
	for i := len(head) - 1; i >= 0; i-- {
		if head[i].element == heading {
			return i
		}
	}
	for i, l := range head {
		if l.element == caption || !isHeadline(l.text) || readAuthor(l.text) != "" {
			continue
		}
		if words(l.text) >= 3 || len(l.text) >= unspaced/2 {
			return i
		}
		if label < 0 {
			label = i
		}
	}
	return label
}
