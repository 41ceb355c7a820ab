// Package kind reads from a question what sort of answer it asks for.
//
// # Design
//
// [Read] is pure and comes after retrieval/scope: which outlets a question names
// for sure, whether it sets several accounts side by side and whether it wishes
// for the latest are in the query already. This package reads what scope has no
// use for: that outlets are counted, that the first or last report is wanted,
// what several questions stand in one, and what reports are to be about.
//
// A kind is only read where words say so; else a question is for a fact, which
// every generator answers best. The words are those of English and German
// (words.go), and the rules are the same for both.
package kind

import (
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// Reading is a question as it was read.
type Reading struct {
	// Kind is never empty.
	Kind bot.Kind
	// Parts are the questions of a Several question, two or more, each as it
	// stands there; else nil.
	Parts []string
	// Claim is the clause that reports are said to hold ("the dam broke on
	// Monday"), of Count, First and Last; else empty.
	Claim string
	// Topic is what reports are about ("the fire at the mill", "how high the
	// river rose"), where the question says so; else empty.
	Topic string
	// Outlet says that First or Last asks whose report it was.
	Outlet bool
	// Before and After are events that bound the time of what was reported ("the
	// vote of the council"); empty for none.
	Before, After string
	// Reports says that the question is for what was reported or known, and Known
	// that it is for what was known.
	Reports, Known bool
	// News says that the question is for the news of some outlets or days, and has
	// no topic.
	News bool
	// Open says that a Fact is anything there is on Topic ("what happened to the
	// ferry?").
	Open bool

	question question
}

// Read reads a question, with q the query that retrieval/scope made of it. Safe
// for concurrent use.
func Read(s string, q retrieval.Query) Reading {
	read := newQuestion(s)
	out := Reading{question: read}
	out.Reports = read.index(read.words.report, 0) >= 0 && len(q.Outlets) > 0 || read.isPassive()
	out.Known = read.isPassive() && read.words.known[read.norm(2)]
	out.News = read.isNews(q)
	out.Before, out.After = read.events()
	for _, way := range []func(question, retrieval.Query, *Reading) bool{counts, ordinal, several, compares, latest, account} {
		if way(read, q, &out) {
			return out
		}
	}
	out.Kind = bot.Fact
	if topic := read.openTopic(); topic != "" {
		out.Topic, out.Open = topic, true
	}
	return out
}

// question is a question with its words.
type question struct {
	text   string
	tokens []text.Word
	words  words
}

func newQuestion(s string) question {
	s = strings.TrimSpace(s)
	tag := text.Detect(s)
	return question{text: s, tokens: text.For(tag).Words(s), words: wordsOf(tag)}
}

// norm returns the i-th word, "" outside of the question.
func (q question) norm(i int) string {
	if i < 0 || i >= len(q.tokens) {
		return ""
	}
	return q.tokens[i].Norm
}

// from returns the text from word i on without marks at its end.
func (q question) from(i int) string { return q.between(i, len(q.tokens)) }

// between returns the text of the words [i, k).
func (q question) between(i, k int) string {
	if i >= k || k > len(q.tokens) {
		return ""
	}
	return q.text[q.tokens[i].Start:q.tokens[k-1].End]
}

// index returns the first word from i on that is in set, -1 for none.
func (q question) index(set map[string]bool, i int) int {
	for ; i < len(q.tokens); i++ {
		if set[q.tokens[i].Norm] {
			return i
		}
	}
	return -1
}

// isNews reports whether the question has no words but those that ask for reports,
// in a stretch of time or of one outlet.
func (q question) isNews(query retrieval.Query) bool {
	if len(q.tokens) < 2 || len(query.Outlets) == 0 && query.From.IsZero() && query.To.IsZero() || query.Several {
		return false
	}
	l := text.For(text.Detect(q.text))
	asks := false
	for i := 0; i < len(q.tokens); i++ {
		if _, end := q.outletAt(i, query.Outlets); end > i {
			i = end - 1
			continue
		}
		w := q.norm(i)
		if q.words.report[w] || q.words.reports[w] || q.words.happens[w] || q.words.last[w] {
			asks = true
			continue
		}
		if !l.IsStop(w) && !q.words.askers[w] && !q.words.aux[w] {
			return false
		}
	}
	return asks
}

// account reads a question for what one outlet reports.
func account(q question, query retrieval.Query, out *Reading) bool {
	if len(query.Outlets) == 0 {
		return false
	}
	out.Kind, out.Topic = bot.Account, q.topic(query.Outlets)
	return true
}

// compares reads a question that sets the accounts of outlets side by side.
func compares(q question, query retrieval.Query, out *Reading) bool {
	if !query.Several || len(query.Outlets) < 2 && !q.comparesOutlets() {
		return false
	}
	out.Kind, out.Topic = bot.Comparison, q.topic(query.Outlets)
	return true
}

// comparesOutlets reports whether outlets are asked about without their names,
// and not one of them.
func (q question) comparesOutlets() bool {
	for i := range q.tokens {
		if !q.isMany(i) {
			continue
		}
		before := q.norm(i - 1)
		if q.index(q.words.comparing, 0) >= 0 || q.words.many[before] || q.words.aux[before] || q.words.articles[before] {
			return true
		}
	}
	return false
}

// latest reads a question for the newest on a topic. News in general have no
// topic; they are told as facts.
func latest(q question, query retrieval.Query, out *Reading) bool {
	if !query.Latest {
		return false
	}
	topic := q.topic(query.Outlets)
	if topic == "" {
		return false
	}
	out.Kind, out.Topic = bot.Last, topic
	return true
}
