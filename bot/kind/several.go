package kind

import (
	"strings"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// several reads two or more questions in one.
func several(q question, query retrieval.Query, out *Reading) bool {
	if len(query.Outlets) > 1 {
		return false
	}
	parts := q.parts()
	if len(parts) < 2 {
		return false
	}
	out.Kind, out.Parts = bot.Several, parts
	return true
}

// mostParts bounds the parts of a question; what follows stays in the last one.
const mostParts = 4

// fewestWords is the number of words that a part has at least: fewer lean on
// what stands before them ("how and why did …").
const fewestWords = 3

// parts cuts the question where another one begins.
func (q question) parts() []string {
	var out []string
	from := 0
	for i := 1; i < len(q.tokens) && len(out) < mostParts-1; i++ {
		at := q.beginsAgain(from, i)
		if at < 0 {
			continue
		}
		out = append(out, asked(q.text[q.tokens[from].Start:q.tokens[i-1].End]))
		from, i = at, at
	}
	if len(out) == 0 || len(q.tokens)-from < fewestWords {
		return nil
	}
	return append(out, asked(q.from(from)))
}

func asked(s string) string { return strings.TrimRight(s, "?.,;:! ") + "?" }

// beginsAgain returns the index of the word with which another question begins
// at i, behind an "and" there; -1 where none does. The one before it began at
// from.
func (q question) beginsAgain(from, i int) int {
	if i-from < fewestWords || len(q.tokens)-i < fewestWords || !q.isQuestion(from, i) {
		return -1
	}
	mark := q.text[q.tokens[i-1].End:q.tokens[i].Start]
	at := i
	if q.words.and[q.norm(i)] {
		at++
	}
	switch {
	case !q.asks(at):
		return -1
	case strings.ContainsAny(mark, "?;"):
		return at
	case at == i:
		return -1
	case q.words.again[q.norm(at)] || !q.hasRelative(from, i):
		return at
	}
	return -1
}

// isQuestion reports whether the words [from, i) ask.
func (q question) isQuestion(from, i int) bool {
	for k := from; k < i && k < from+3; k++ {
		if w := q.norm(k); q.words.askers[w] || k == from && q.words.aux[w] {
			return true
		}
	}
	return false
}

// asks reports whether a question begins at i: a word that asks, with a verb
// behind it or a measure between ("how old is"). In one that is embedded the
// subject stands there: "when it was ordered".
func (q question) asks(i int) bool {
	w := q.norm(i)
	switch {
	case !q.words.askers[w]:
		return false
	case q.words.who[w], q.words.verbSecond:
		return true
	case q.words.how[w] || q.words.which[w]:
		return q.words.aux[q.norm(i+1)] || q.words.aux[q.norm(i+2)] || q.words.aux[q.norm(i+3)]
	}
	return q.words.aux[q.norm(i+1)]
}

// hasRelative reports whether a relative clause stands among the words between
// from and i, with which an "and who" may go on.
func (q question) hasRelative(from, i int) bool {
	for k := from + 1; k < i; k++ {
		if q.words.relative[q.norm(k)] {
			return true
		}
	}
	return false
}
