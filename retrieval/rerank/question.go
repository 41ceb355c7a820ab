package rerank

import (
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// mostTerms bounds the work of a question: more than any question has, and few
// enough for a pasted page.
const mostTerms = 64

// question is what a question looks for.
type question struct {
	terms []term
	// dates are those that it names with their years.
	dates []stretch
	// figures says that it asks for a number, quotes that it asks for what was said.
	figures, quotes bool
	// digits are the figures that it names itself.
	digits []string
	// numerals are words for numbers, other than its own.
	numerals []int32
}

// term is a word of a question, or a piece of one.
type term struct {
	token  int32
	sketch [4]uint64
	traits traits
	// weight is the term's share of the question: those of all add up to 1.
	weight float64
}

// What is known of a term, in this order.
const (
	// rarity is the logarithm of its weight in the vocabulary.
	rarity = iota
	// distance is ln(1 + n/5) for the n-th word behind the nearest question word
	// before it: what a question asks for stands close behind its "how many". It is
	// that of n = aside where the question words come later.
	distance
	// calendar is 1 for figures and parts of a date, which stand in an article's
	// date more than in its text.
	calendar
	// outlet is 1 for a word of the outlet that is asked for; one that is only
	// preferred may be what the question is about.
	outlet
	traitsKnown
)

// aside is how far behind the question word what is said before it counts.
const aside = 15

// traits are what is known of a term.
type traits [traitsKnown]float64

// reader reads one question.
type reader struct {
	vocabulary Vocabulary
	language   *text.Language
	asking     asking
	dates      []text.Date
	outlets    map[string]bool
	seen       map[int32]bool
	terms      []term
}

func (r *Retriever) read(q retrieval.Query) question {
	tag := text.Detect(q.Text)
	rd := reader{
		vocabulary: r.vocabulary, language: text.For(tag), asking: askings[tag],
		outlets: map[string]bool{}, seen: map[int32]bool{},
	}
	rd.dates = rd.language.LooseDates(q.Text)
	for _, name := range q.Outlets {
		for _, w := range rd.language.Words(name) {
			rd.outlets[w.Norm] = true
		}
	}
	words := rd.language.Words(q.Text)
	rd.read(q.Text, words)
	weigh(rd.terms)
	return question{
		terms: rd.terms, dates: stretches(rd.dates),
		figures: rd.asking.forNumber(words), quotes: rd.asking.forWords(words),
		digits: digitsOf(words), numerals: rd.numerals(),
	}
}

// read makes the terms of the words, each token once, function words left out.
func (rd *reader) read(s string, words []text.Word) {
	begins, last := rd.asking.beginnings(words), -1
	for i, w := range words {
		if slices.Contains(begins, i) {
			last = i
		}
		if rd.language.IsStop(w.Norm) {
			continue
		}
		var t traits
		if last >= 0 {
			t[distance] = math.Log(1 + float64(i-last)/5)
		} else if len(begins) > 0 {
			t[distance] = math.Log(1 + aside/5.)
		}
		if rd.isCalendar(s, w) {
			t[calendar] = 1
		}
		if rd.outlets[w.Norm] {
			t[outlet] = 1
		}
		rd.add(w.Norm, t)
	}
}

// isCalendar reports whether a word is in figures or part of a date.
func (rd *reader) isCalendar(s string, w text.Word) bool {
	if c := w.In(s)[0]; '0' <= c && c <= '9' {
		return true
	}
	for _, d := range rd.dates {
		if d.Start <= w.Start && w.End <= d.End {
			return true
		}
	}
	return false
}

// add makes terms of a word's tokens. Marks within it ("3.5") are none.
func (rd *reader) add(norm string, t traits) {
	for _, part := range strings.FieldsFunc(norm, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) }) {
		for _, token := range rd.vocabulary.AppendTokens(nil, part) {
			if rd.seen[token] || len(rd.terms) == mostTerms {
				continue
			}
			rd.seen[token] = true
			t[rarity] = math.Log(rd.vocabulary.Weight(token))
			rd.terms = append(rd.terms, term{token: token, sketch: rd.vocabulary.Sketch(token), traits: t})
		}
	}
}

// numerals returns the tokens of words for numbers that the question does not use.
func (rd *reader) numerals() []int32 {
	return slices.DeleteFunc(rd.vocabulary.AppendTokens(nil, rd.asking.numerals), func(token int32) bool { return rd.seen[token] })
}

// weigh gives each term its share.
func weigh(terms []term) {
	sum := 0.0
	for i := range terms {
		terms[i].weight = terms[i].traits.weight()
		sum += terms[i].weight
	}
	for i := range terms {
		terms[i].weight /= sum
	}
}

// digitsOf returns the figures among the words.
func digitsOf(words []text.Word) []string {
	var list []string
	for _, w := range words {
		list = append(list, strings.FieldsFunc(w.Norm, func(r rune) bool { return r < '0' || r > '9' })...)
	}
	return list
}

// stretch is the time [from, to).
type stretch struct{ from, to time.Time }

// stretches returns the times of the dates with a year; one without a year is of the
// first year that is named. Those that depend on today are left out: they are
// filters, if anything.
func stretches(dates []text.Date) []stretch {
	year := 0
	for _, d := range dates {
		if d.Relative == "" && year == 0 {
			year = d.Year
		}
	}
	var list []stretch
	for _, d := range dates {
		if d.Year == 0 {
			d.Year = year
		}
		if d.Relative != "" || d.Year == 0 {
			continue
		}
		if from, to, ok := d.Resolve(time.Unix(0, 0).UTC()); ok {
			list = append(list, stretch{from, to})
		}
	}
	return list
}

const (
	// fading is the number of days after which a date is as good as e times less
	// near: articles of an event come out within a week or two.
	fading = 20
	// long is a stretch that says little of a day in it: more than a season.
	long = 100 * 24 * time.Hour
	// vague is what nearness to such a stretch counts.
	vague = .3
)

// nearness says how near a date of publication is to one of the question, 1 for
// within it, 0 for far away or without one.
func (q *question) nearness(published time.Time) float64 {
	best := 0.0
	if published.IsZero() {
		return best
	}
	for _, s := range q.dates {
		off := max(0, s.from.Sub(published), published.Sub(s.to))
		near := math.Exp(-off.Hours() / 24 / fading)
		if s.to.Sub(s.from) > long {
			near *= vague
		}
		best = max(best, near)
	}
	return best
}
