package spread

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// newWords is how many of a copy's words one may be new for, function words aside.
const newWords = 20

// news reports whether other, in nearly the same words, says something that shown
// does not, so that it must not be hidden: another number, day or name, a "not"
// more or less, or more than one new word in twenty. A place and an agency before
// the first dash are no news.
//
// "Rose" for "fell" alone is not seen: no outlet is known to change that and keep
// the rest.
func news(shown, other retrieval.Passage) bool {
	l := text.For(other.Language)
	a, b := reading(l, shown), reading(l, other)
	return a.negations != b.negations || b.lacks(a)
}

// read is what two passages may disagree in.
type read struct {
	words     []text.Word
	known     map[string]bool // the norms of words
	numbers   []float64
	names     []string // the norms of the words of names
	days      []day
	negations int
	language  *text.Language
}

// day is a stretch of time, in seconds.
type day struct{ from, to int64 }

func reading(l *text.Language, p retrieval.Passage) read {
	body := p.Text[dateline(p.Text):]
	r := read{language: l, words: l.Words(body), known: map[string]bool{}}
	for _, w := range r.words {
		r.known[w.Norm] = true
		if negations[w.Norm] {
			r.negations++
		}
	}
	for _, n := range l.Numbers(body) {
		r.numbers = append(r.numbers, n.Value)
	}
	for _, n := range l.Names(body) {
		for _, w := range l.Words(n.Text) {
			r.names = append(r.names, w.Norm)
		}
	}
	for _, d := range l.Dates(body) {
		if from, to, ok := d.Resolve(p.Published); ok {
			r.days = append(r.days, day{from.Unix(), to.Unix()})
		}
	}
	return r
}

// lacks reports whether shown lacks something that r says.
func (r read) lacks(shown read) bool {
	fresh := 0
	for _, w := range r.words {
		if !shown.known[w.Norm] && !r.language.IsStop(w.Norm) {
			fresh++
		}
	}
	return fresh*newWords > len(r.words) ||
		slices.ContainsFunc(r.numbers, func(n float64) bool { return !slices.Contains(shown.numbers, n) }) ||
		slices.ContainsFunc(r.names, func(n string) bool { return !shown.known[n] }) ||
		slices.ContainsFunc(r.days, func(d day) bool { return !slices.Contains(shown.days, d) })
}

// negations are those of English, by their norms.
var negations = map[string]bool{
	"not": true, "no": true, "never": true, "none": true, "neither": true, "nor": true, "without": true, "nobody": true,
	"nothing": true, "cannot": true, "cant": true, "dont": true, "doesnt": true, "didnt": true, "isnt": true,
	"arent": true, "wasnt": true, "werent": true, "wont": true, "wouldnt": true, "couldnt": true, "shouldnt": true,
	"hasnt": true, "havent": true, "hadnt": true,
}

// longestDateline is the number of bytes of the longest dateline: "OLDMARKET,
// Velmora (Coast Press) —" has 35.
const longestDateline = 60

// dateline returns the length of the place and agency at the beginning of s, up to
// a dash or a bracket; 0 for none.
func dateline(s string) int {
	head := s[:min(len(s), longestDateline)]
	end := 0
	for _, mark := range []string{" — ", " – ", " - ", " -- ", ") "} {
		at := strings.Index(head, mark)
		if at >= 0 && isPlace(head[:at]) {
			end = max(end, at+len(mark))
		}
	}
	return end
}

// isPlace reports whether every word is capitalised, as in places and names.
func isPlace(s string) bool {
	for _, w := range text.For("").Words(s) {
		if w.In(s)[:1] == w.Norm[:1] {
			return false
		}
	}
	return true
}
