// Package chunk cuts an article into passages.
//
// # Design
//
// A passage is a stretch of whole sentences (corpus/text's) of one article, at
// most 150 words long and about 110 on average. Its text is the article's own
// bytes from the first sentence to the last, with the white space and marks
// between them. Passages are in order and hold every word of the text between
// them. A passage begins with the last sentence of the one before it where that
// sentence has at most 40 words and there is room: a sentence such as "He said
// no." is found by what was said before it. Nothing else is in two passages.
//
// Words are what white space parts ([strings.Fields]). In scripts written
// without spaces two letters count as a word, so that passages are of like
// length in all languages.
//
// Where to cut is chosen over the whole article at once, so that passages come
// out even, ends of paragraphs are preferred, and no scrap is left at the end:
// of all ways to cut, the one with the least sum of costs (see cost). A
// sentence of more than 150 words is cut first, into as few pieces as even
// ones of at most 150 words allow, at the end of a clause if one ends near, at
// the end of a word otherwise. A sentence piece counts as a sentence.
//
// Everything here is pure and linear in the length of the text.
//
// Over 5,312 news articles of 26.9 MB (TestCorpus) it makes 45,610 passages of
// 109.7 words on average; 690,000 of their 5.0 million words stand in two of
// them. A megabyte takes 12 ms on one core.
package chunk

import (
	"strings"
	"unicode"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

const (
	// MaxWords is the most words a passage has. A single word without a space
	// in it is never cut, however long.
	MaxWords = 150
	// aim is the length that passages are made for. Over the news articles of
	// TestCorpus 105 gives 106.5 words on average, 108 gives 109.7 and 115 gives
	// 117.0 (47,428, 45,610 and 41,738 passages).
	aim = 108
	// maxOverlap is the longest sentence that is repeated in the next passage.
	maxOverlap = 40
)

// Passages returns the passages of a in order. None for an article whose text
// is white space; otherwise at least one.
func Passages(a corpus.Article) []retrieval.Passage {
	units := unitsOf(a)
	if len(units) == 0 {
		return nil
	}
	list := make([]retrieval.Passage, 0, len(units)/4+1)
	for _, c := range cuts(units) {
		list = append(list, retrieval.NewPassage(a, units[c.first].Start, units[c.last].End))
	}
	return list
}

// unit is a sentence, or a piece of one that is too long.
type unit struct {
	text.Span
	// size is its length, and gap that of what lies before it since the unit
	// before, both in halves of a word.
	size, gap int
	// opens says that it is the first of its paragraph.
	opens bool
}

// unitsOf returns the sentences of a, long ones in pieces. A text that has no
// sentence, marks only, is one.
func unitsOf(a corpus.Article) []unit {
	spans := text.For(a.Language).Sentences(a.Text)
	if len(spans) == 0 {
		spans = whole(a.Text)
	}
	units := make([]unit, 0, len(spans))
	last := 0
	for _, s := range spans {
		for _, piece := range split(a.Text, s) {
			between := a.Text[last:piece.Start]
			units = append(units, unit{
				Span: piece, size: halves(piece.In(a.Text)), gap: halves(between),
				opens: last == 0 || strings.Contains(between, "\n"),
			})
			last = piece.End
		}
	}
	return units
}

// whole returns s without the white space at its ends as the only span.
func whole(s string) []text.Span {
	trimmed := strings.TrimSpace(s)
	if trimmed == "" {
		return nil
	}
	start := len(s) - len(strings.TrimLeftFunc(s, unicode.IsSpace))
	return []text.Span{{Start: start, End: start + len(trimmed)}}
}

// stretch is a passage by its units, [first, last].
type stretch struct{ first, last int }

// cuts returns the cheapest way to make passages of units.
//
// best[i] is the least cost of the units before i and from[i] where the last
// passage of that way begins, not counting the unit it repeats.
func cuts(units []unit) []stretch {
	sums := prefix(units)
	best := make([]float64, len(units)+1)
	from := make([]int, len(units)+1)
	for end := 1; end <= len(units); end++ {
		best[end] = -1
		for start := end - 1; start >= 0; start-- {
			if start < end-1 && sums.size(start, end) > 2*MaxWords {
				break
			}
			c := best[start] + cost(sums.size(overlap(units, sums, start, end), end), start > 0 && !units[start].opens)
			if best[end] < 0 || c < best[end] {
				best[end], from[end] = c, start
			}
		}
	}
	return walk(units, sums, from)
}

// walk goes back over from and returns the stretches in order.
func walk(units []unit, sums lengths, from []int) []stretch {
	count := 0
	for end := len(units); end > 0; end = from[end] {
		count++
	}
	list := make([]stretch, count)
	for end := len(units); end > 0; end = from[end] {
		count--
		list[count] = stretch{overlap(units, sums, from[end], end), end - 1}
	}
	return list
}

// overlap returns the first unit of a passage of the new units [start, end): the
// one before start where it is short and there is room for it.
func overlap(units []unit, sums lengths, start, end int) int {
	if start == 0 || units[start-1].size > 2*maxOverlap || sums.size(start-1, end) > 2*MaxWords {
		return start
	}
	return start - 1
}

// broken is what it costs to cut inside a paragraph: as much as being 28 words
// off the aim.
const broken = 0.5

// cost says how bad a passage of so many halves of a word is: the square of its
// distance from the aim, in units of 40 words.
func cost(halves int, inside bool) float64 {
	off := (float64(halves)/2 - aim) / 40
	if inside {
		return off*off + broken
	}
	return off * off
}

// lengths holds for each unit the halves of words before it, gaps included.
type lengths struct {
	before []int
	units  []unit
}

func prefix(units []unit) lengths {
	before := make([]int, len(units))
	for i := 1; i < len(units); i++ {
		before[i] = before[i-1] + units[i-1].size + units[i].gap
	}
	return lengths{before, units}
}

// size returns the length of the units [start, end) with what lies between.
func (l lengths) size(start, end int) int {
	return l.before[end-1] - l.before[start] + l.units[end-1].size
}
