package cite

import (
	"slices"

	"newsdesk/bot"
)

// sheet collects what is kept and dropped.
type sheet struct {
	out   Checked
	texts map[string]bool
	// numbers gives the citation of a quote, by passage id and place.
	numbers map[place]int
}

type place struct {
	passage    string
	start, end int
}

func (s *sheet) checked() Checked { return s.out }

// droppedBytes bounds the text of what was dropped.
const droppedBytes = 400

func (s *sheet) drop(c claim, f fault) {
	s.out.Dropped = append(s.out.Dropped, bot.Dropped{
		Text: bounded(c.text, droppedBytes), Reason: f.reason, Detail: bounded(f.detail, droppedBytes),
	})
}

// keep adds a sentence with its quotes; a sentence that is there already is not
// said twice.
func (s *sheet) keep(c claim, quotes []quote) {
	if s.texts == nil {
		s.texts, s.numbers = map[string]bool{}, map[place]int{}
	}
	if s.texts[c.text] {
		return
	}
	s.texts[c.text] = true
	sentence := bot.Sentence{Text: c.text}
	for _, q := range quotes {
		sentence.Citations = append(sentence.Citations, s.cite(q))
	}
	slices.Sort(sentence.Citations)
	sentence.Citations = slices.Compact(sentence.Citations)
	s.out.Sentences = append(s.out.Sentences, sentence)
}

// cite returns the number of a quote.
func (s *sheet) cite(q quote) int {
	p := q.from.passage
	at := place{p.ID(), p.Start + q.Start, p.Start + q.End}
	if n := s.numbers[at]; n > 0 {
		return n
	}
	n := len(s.out.Citations) + 1
	s.numbers[at] = n
	s.out.Citations = append(s.out.Citations, bot.Citation{
		N: n, Passage: p, Start: at.start, End: at.end, Quote: p.Text[q.Start:q.End],
	})
	return n
}

// decide checks one sentence and puts it where it belongs.
func (d *desk) decide(s *sheet, c claim) {
	if f := d.unfit(s, c); f.found() {
		s.drop(c, f)
		return
	}
	checking := newChecking(d, c.text)
	if found := address.FindString(checking.said.raw); found != "" {
		s.drop(c, fault{ReasonLink, found})
		return
	}
	if len(checking.said.tokens) == 0 || !slices.ContainsFunc(checking.said.tokens, token.content) {
		s.drop(c, fault{ReasonEmpty, c.text})
		return
	}
	if len(checking.said.tokens) > MaxWords {
		s.drop(c, fault{ReasonLong, ""})
		return
	}
	set, f := checking.find(c.marks)
	if f.found() {
		s.drop(c, f)
		return
	}
	quotes := checking.quotes(set)
	if len(quotes) < len(set) {
		s.drop(c, fault{ReasonUnsupported, c.text})
		return
	}
	s.keep(c, quotes)
}

// longestText is the length in bytes from which a sentence is too long without
// being read.
const longestText = 20 * MaxWords

// unfit finds what is wrong with a sentence whatever the passages hold.
func (d *desk) unfit(s *sheet, c claim) fault {
	switch {
	case c.text == "":
		return fault{ReasonEmpty, ""}
	case len(c.text) > longestText:
		return fault{ReasonLong, ""}
	case meta.MatchString(c.text):
		return fault{ReasonMeta, meta.FindString(c.text)}
	case len(s.out.Sentences) >= MaxSentences:
		return fault{ReasonSurplus, ""}
	}
	return fault{}
}
