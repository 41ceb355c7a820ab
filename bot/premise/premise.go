// Package premise tells whether articles hold what a question takes for granted.
//
// # Design
//
// "Why did she resign?" takes for granted that she did. [Read] finds that clause,
// and [Clause.In] says whether passages hold it, deny it, or know her well and
// know nothing of it. Everything is pure.
//
// Only events are looked at of which it is known how else they are told: those of
// verbs.txt, with the words and phrases that tell of each. So a passage that tells
// of the event in other words is not mistaken for one that does not; what other
// verbs take for granted is left to the search and the check of the answer. Both
// the words of an event and the ways of denying it are wide: a right question that
// is turned away is worse than a wrong one that is searched in vain.
//
// English only: questions and passages of other languages are not judged.
package premise

import (
	"strings"

	"newsdesk/corpus/text"
)

// Clause is what a question takes for granted.
type Clause struct {
	// Text is the clause without a full stop: "Mara Lind resigned".
	Text string
	// subject are the words of whom or what it is about: names where it has
	// any, else its nouns. words are all of them.
	subject, words []text.Word
	event          *event
}

// question is a question with its words.
type question struct {
	text   string
	tokens []text.Word
	// end is the index behind the words that are read.
	end int
}

var english = text.For("en")

// Read returns what a question takes for granted, and false where that is
// nothing, or no event that is known. Questions with a not are not read, nor what
// may or will be. Safe for concurrent use.
func Read(s string) (Clause, bool) {
	if text.Detect(s) != "en" {
		return Clause{}, false
	}
	q := question{text: s, tokens: english.Words(s)}
	q.end = q.clauseEnd(0)
	for _, w := range q.tokens {
		if negations[w.Norm] {
			return Clause{}, false
		}
	}
	for _, way := range []func() (Clause, bool){q.asksHow, q.asksWho, q.within} {
		if c, ok := way(); ok {
			return c, true
		}
	}
	return Clause{}, false
}

// clauseEnd returns the index of the first word from i on that stands behind a
// mark, at least two words later, or that names a source.
func (q question) clauseEnd(i int) int {
	for k := i + 2; k < len(q.tokens); k++ {
		if q.tokens[k].Norm == "according" || strings.ContainsAny(q.text[q.tokens[k-1].End:q.tokens[k].Start], ",;:?!()–—") {
			return k
		}
	}
	return len(q.tokens)
}

func (q question) norm(i int) string {
	if i < 0 || i >= q.end {
		return ""
	}
	return q.tokens[i].Norm
}

// between returns the text of the words [i, k).
func (q question) between(i, k int) string {
	if i >= k {
		return ""
	}
	return q.text[q.tokens[i].Start:q.tokens[k-1].End]
}

// asksHow reads "why did SUBJECT VERB", "when was SUBJECT VERBED" and "how many
// PEOPLE VERBED".
func (q question) asksHow() (Clause, bool) {
	if q.norm(0) == "how" && (q.norm(1) == "many" || q.norm(1) == "much") {
		return q.counted(2)
	}
	if !askers[q.norm(0)] {
		return Clause{}, false
	}
	switch aux := q.norm(1); {
	case aux == "did":
		return q.plain(2)
	case perfect[aux] || passive[aux]:
		return q.participle(2, q.between(1, 2))
	}
	return Clause{}, false
}

// plain reads a subject from i on with a verb in its plain form behind it.
func (q question) plain(i int) (Clause, bool) {
	for k := i + 1; k < q.end; k++ {
		e, n := eventOf(q, k, plainForm)
		if e == nil || !q.mayBeVerb(i, k) {
			continue
		}
		if q.governed(i, k) {
			return Clause{}, false
		}
		said := q.between(i, k) + " " + e.past + q.behind(k+n)
		return q.clause(said, i, k, e)
	}
	return Clause{}, false
}

// participle reads a subject from i on with a participle behind it.
func (q question) participle(i int, aux string) (Clause, bool) {
	for k := i + 1; k < q.end; k++ {
		e, n := eventOf(q, k, participleForm)
		if e == nil {
			continue
		}
		if q.governed(i, k) {
			return Clause{}, false
		}
		subject := k
		for q.norm(subject-1) == "been" || q.norm(subject-1) == "being" {
			subject--
		}
		said := q.between(i, subject) + " " + strings.ToLower(aux) + " " + q.between(subject, k+n) + q.behind(k+n)
		return q.clause(said, i, subject, e)
	}
	return Clause{}, false
}

// counted reads "how many passengers drowned" and "how many were killed" from the
// word at i on, which is counted.
func (q question) counted(i int) (Clause, bool) {
	for k := i + 1; k < q.end; k++ {
		e, n := eventOf(q, k, participleForm)
		if e == nil || q.governed(i, k) {
			continue
		}
		c, ok := q.clause(q.between(i, k+n)+q.behind(k+n), i, k, e)
		if !ok || len(c.subject) == 0 {
			return q.clause(q.between(i, k+n)+q.behind(k+n), k+n, q.end, e)
		}
		return c, ok
	}
	return Clause{}, false
}

// asksWho reads "who arrested the captain": he was arrested.
func (q question) asksWho() (Clause, bool) {
	if q.norm(0) != "who" && q.norm(0) != "what" {
		return Clause{}, false
	}
	e, n := eventOf(q, 1, pastForm)
	if e == nil || !e.done || 1+n >= q.end {
		return Clause{}, false
	}
	be := " was "
	return q.clause(q.between(1+n, q.end)+be+e.participle, 1+n, q.end, e)
}

// within reads the clause behind "after", "since", "because" or "when" within a
// question: "what did she say after she resigned".
func (q question) within() (Clause, bool) {
	for i := 2; i < q.end-1; i++ {
		if !joining[q.norm(i)] {
			continue
		}
		for k := i + 2; k < q.end; k++ {
			e, n := eventOf(q, k, pastForm)
			if e == nil || q.governed(i+1, k) || auxiliary[q.norm(k-1)] {
				continue
			}
			c, _ := q.clause(q.between(i+1, k+n)+q.behind(k+n), i+1, k, e)
			if len(c.subject) == 0 { // a pronoun: the one whom the question names
				c.subject, c.words = q.subject(0, i)
			}
			return c, len(c.subject) > 0
		}
	}
	return Clause{}, false
}

// behind returns what stands behind the verb, with a space before it.
func (q question) behind(i int) string {
	if i >= q.end {
		return ""
	}
	return " " + q.between(i, q.end)
}

// clause makes a clause whose subject is the words [i, k).
func (q question) clause(said string, i, k int, e *event) (Clause, bool) {
	c := Clause{Text: strings.Join(strings.Fields(said), " "), event: e}
	c.subject, c.words = q.subject(i, k)
	for _, w := range c.words {
		if e.notOf[w.Norm] {
			return Clause{}, false
		}
	}
	return c, len(c.subject) > 0
}

// subject returns the words that name whom the words [i, k) are about: the words
// of the names among them, or without any all that are no function words, which
// are plain. "The mayor of Esk" is not Esk, so where names only follow a
// preposition all words name her.
func (q question) subject(i, k int) (named, plain []text.Word) {
	if i >= k {
		return nil, nil
	}
	part := q.between(i, k)
	names := english.Names(q.text)
	attribute := false
	for _, w := range english.Words(part) {
		w.Start, w.End = w.Start+q.tokens[i].Start, w.End+q.tokens[i].Start
		if english.IsStop(w.Norm) || anybody[w.Norm] {
			continue
		}
		plain = append(plain, w)
		for _, n := range names {
			if n.Start <= w.Start && w.End <= n.End {
				attribute = attribute || len(named) == 0 && len(plain) > 1 && q.isBehindPreposition(w.Start)
				named = append(named, w)
				break
			}
		}
	}
	if len(named) > 0 && !attribute {
		return named, plain
	}
	return plain, plain
}

// isBehindPreposition reports whether the word that begins at a byte of the question
// stands behind a preposition, or behind an article that does.
func (q question) isBehindPreposition(start int) bool {
	for i, w := range q.tokens {
		if w.Start != start {
			continue
		}
		if articles[q.norm(i-1)] {
			i--
		}
		return prepositions[q.norm(i-1)]
	}
	return false
}

// mayBeVerb reports whether the word at k, of a subject that begins at i, may be
// its verb: it is no noun behind an article or a preposition.
func (q question) mayBeVerb(i, k int) bool {
	before := q.norm(k - 1)
	return k > i && !articles[before] && !prepositions[before]
}

// governed reports whether another verb or a "to" stands between i and k, so that
// the event is wished, refused or asked for and not taken for granted.
func (q question) governed(i, k int) bool {
	for ; i < k; i++ {
		if w := q.norm(i); w == "to" || hedges[w] {
			return true
		}
	}
	return false
}
