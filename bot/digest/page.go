package digest

import (
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

// longestRead is how many bytes of an article are read: news says what happened at
// the beginning.
const longestRead = 6000

// page is an article as this package reads it.
type page struct {
	corpus.Article
	language *text.Language
	// title is the headline, without what outlets put around it.
	title string
	// heads are the content words of the title.
	heads map[string]bool
	// sentences are those that are read, in order, without what follows an order to
	// the reader.
	sentences []sentence
	// end is where reading ended.
	end int
}

// sentence is a sentence of a page.
type sentence struct {
	text.Span
	// said is the sentence without the place and agency that open a report; begin is
	// where it begins.
	said  string
	begin int
	// place counts the sentences before it.
	place int
	stems map[string]bool
	words int
	// fit says that it can be read alone.
	fit bool
	// past says that it dates what it says, and none of it later than a year before the
	// report.
	past bool
}

func readPage(a corpus.Article) *page {
	p := &page{Article: a, language: text.For(a.Language), end: len(a.Text)}
	p.title = headlineOf(a.Title, a.Outlet)
	p.heads = stemsOf(p.language, p.title)
	read := a.Text
	if len(read) > longestRead {
		read = read[:longestRead]
	}
	for _, s := range p.language.Sentences(read) {
		if isOrder(s.In(a.Text)) {
			p.end = paragraphAt(a.Text, s.Start)
			break
		}
		p.take(s)
	}
	for len(p.sentences) > 0 && p.sentences[len(p.sentences)-1].End > p.end {
		p.sentences = p.sentences[:len(p.sentences)-1]
	}
	return p
}

// paragraphAt returns where the paragraph begins that holds byte i.
func paragraphAt(s string, i int) int {
	if at := strings.LastIndex(s[:i], "\n\n"); at >= 0 {
		return at
	}
	return 0
}

func (p *page) take(span text.Span) {
	from := span.Start + dateline(span.In(p.Text))
	s := sentence{Span: span, begin: from, said: p.Text[from:span.End], place: len(p.sentences)}
	s.stems = stemsOf(p.language, s.said)
	s.words = len(strings.Fields(s.said))
	s.fit = isFit(p.language, s.said, s.words) && !p.introduced()
	s.past = p.isPast(s.said)
	p.sentences = append(p.sentences, s)
}

// isPast reports whether a sentence has dates, all of them from before the year that
// ends with the report.
func (p *page) isPast(said string) bool {
	dates := p.language.Dates(said)
	for _, d := range dates {
		if _, to, ok := d.Resolve(p.Published); ok && to.After(p.Published.AddDate(-1, 0, 0)) {
			return false
		}
	}
	return len(dates) > 0
}

// introduced reports whether the last sentence says that somebody's words follow.
func (p *page) introduced() bool {
	if len(p.sentences) == 0 {
		return false
	}
	return strings.HasSuffix(p.sentences[len(p.sentences)-1].said, ":")
}

// stemsOf returns the content words of a text, by their stems.
func stemsOf(l *text.Language, s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range l.Words(s) {
		if !l.IsStop(w.Norm) && len(w.Norm) > 1 {
			out[w.Stem] = true
		}
	}
	return out
}

// common counts what two sets share.
func common(a, b map[string]bool) int {
	n := 0
	for w := range a {
		if b[w] {
			n++
		}
	}
	return n
}

// likeness is the share of the smaller set that the other one has.
func likeness(a, b map[string]bool) float64 {
	least := min(len(a), len(b))
	if least == 0 {
		return 0
	}
	return float64(common(a, b)) / float64(least)
}
