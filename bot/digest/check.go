package digest

import (
	"fmt"
	"slices"
	"strings"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/story"
)

const (
	// mostSentences is the number of sentences of an item.
	mostSentences = 3
	// mostWords is where an item is long enough, whatever is still to be said.
	mostWords = 75
	// sameSaying is the share of the words of the shorter of two sentences that say the
	// same.
	sameSaying = .5
	// witnesses is how many other outlets are asked whether they say it too.
	witnesses = 4
	// shownBytes is how much of an article a passage shows: the beginning, which models
	// read.
	shownBytes = 1400
)

// draft collects the sentences of an item, each checked.
type draft struct {
	candidate *candidate
	head      *page
	core      map[string]bool
	sentences []bot.Sentence
	citations []bot.Citation
	stems     []map[string]bool
	words     int
}

func newDraft(c *candidate, head *page) *draft {
	return &draft{candidate: c, head: head, core: c.core()}
}

func (d *draft) full() bool { return len(d.sentences) >= mostSentences || d.words >= mostWords }

// add takes a sentence in if the passages hold it, it is about the story, and it says
// something that was not said. It is said whose it is where no other outlet says it.
func (d *draft) add(sentence string, passages []retrieval.Passage) bool {
	if d.full() {
		return false
	}
	stems := stemsOf(d.head.language, sentence)
	if isOrder(sentence) || common(stems, d.core) < related || d.repeats(sentence, stems) {
		return false
	}
	checked := checkOne(sentence, passages)
	if checked == nil {
		return false
	}
	if checked = d.attributed(checked); checked == nil {
		return false
	}
	n := len(strings.Fields(checked.Sentences[0].Text))
	if d.words > 0 && d.words+n > mostWords {
		return false
	}
	d.words += n
	d.stems = append(d.stems, stems)
	d.take(checked)
	return true
}

// repeats reports whether a sentence says nothing new, to the reader or in this item.
func (d *draft) repeats(sentence string, stems map[string]bool) bool {
	c := d.candidate
	for _, s := range d.stems {
		if likeness(s, stems) >= sameSaying {
			return true
		}
	}
	if c.said[fingerprint(d.head.language, sentence)] {
		return true
	}
	said := c.known
	for _, s := range d.sentences {
		said = append(slices.Clip(said), corpus.Article{Text: s.Text, Language: d.head.Language})
	}
	if len(said) == 0 {
		return false
	}
	return len(story.Facts(said, corpus.Article{Text: sentence, Language: d.head.Language})) == 0
}

// checkOne returns a sentence as bot/cite lets it through; nil for not at all, or where
// it turns out to be several.
func checkOne(sentence string, passages []retrieval.Passage) *cite.Checked {
	checked := cite.Check(sentence, passages)
	if len(checked.Sentences) != 1 || len(checked.Dropped) > 0 {
		return nil
	}
	return &checked
}

// attributed adds the quote of another outlet that says the same, or says which outlet
// reports it where none does. Nil where that cannot be checked.
func (d *draft) attributed(checked *cite.Checked) *cite.Checked {
	outlets := outletsOf(checked.Citations)
	if len(outlets) > 1 {
		return checked
	}
	said := checked.Sentences[0].Text
	asked := 0
	for _, p := range d.candidate.news {
		if slices.Contains(outlets, p.Outlet) || asked == witnesses {
			continue
		}
		asked++
		if other := checkOne(said, []retrieval.Passage{p.passage()}); other != nil {
			return joined(checked, other)
		}
	}
	name := spoken(outlets[0])
	if strings.Contains(said, name) {
		return checked
	}
	passages := passagesOf(checked.Citations)
	return checkOne(name+reported+said+" "+markers(len(passages)), passages)
}

// reported stands between an outlet's name and what it alone says.
const reported = " reported: "

// joined is a sentence with the quotes of both.
func joined(a, b *cite.Checked) *cite.Checked {
	out := &cite.Checked{Citations: slices.Clone(a.Citations)}
	s := a.Sentences[0]
	s.Citations = slices.Clone(s.Citations)
	for _, c := range b.Citations {
		c.N = len(out.Citations) + 1
		out.Citations = append(out.Citations, c)
		s.Citations = append(s.Citations, c.N)
	}
	out.Sentences = []bot.Sentence{s}
	return out
}

// take puts a checked sentence behind the others; equal quotes are one citation.
func (d *draft) take(checked *cite.Checked) {
	s := checked.Sentences[0]
	var numbers []int
	for _, n := range s.Citations {
		for _, c := range checked.Citations {
			if c.N == n {
				numbers = append(numbers, numberOf(&d.citations, c))
			}
		}
	}
	slices.Sort(numbers)
	s.Citations = slices.Compact(numbers)
	d.sentences = append(d.sentences, s)
}

// numberOf returns the number of a quote in a list, to which it is added where it is
// not there.
func numberOf(list *[]bot.Citation, c bot.Citation) int {
	for _, known := range *list {
		if known.Passage.Seq == c.Passage.Seq && known.Start == c.Start && known.End == c.End {
			return known.N
		}
	}
	c.N = len(*list) + 1
	*list = append(*list, c)
	return c.N
}

func outletsOf(citations []bot.Citation) []string {
	var out []string
	for _, c := range citations {
		if !slices.Contains(out, c.Passage.Outlet) {
			out = append(out, c.Passage.Outlet)
		}
	}
	return out
}

func passagesOf(citations []bot.Citation) []retrieval.Passage {
	var out []retrieval.Passage
	for _, c := range citations {
		out = append(out, c.Passage)
	}
	return out
}

// markers are "[1][2]".
func markers(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "[%d]", i+1)
	}
	return b.String()
}

// spoken returns an outlet's name without what a label adds in brackets or behind a
// dash.
func spoken(outlet string) string {
	name, _, _ := strings.Cut(outlet, " (")
	name, _, _ = strings.Cut(name, " - ")
	if name = strings.TrimSpace(name); name == "" {
		return outlet
	}
	return name
}

// passage is the beginning of a report.
func (p *page) passage() retrieval.Passage {
	end := 0
	for _, s := range p.sentences {
		if end > 0 && s.End > shownBytes {
			break
		}
		end = s.End
	}
	return retrieval.NewPassage(p.Article, 0, end)
}

// passageOf is the one around a sentence.
func (p *page) passageOf(s sentence) retrieval.Passage {
	if whole := p.passage(); s.End <= whole.End {
		return whole
	}
	return retrieval.NewPassage(p.Article, s.Start, s.End)
}
