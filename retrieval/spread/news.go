package spread

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// newWords is how many of a copy's words one may be new for, function words aside.
const newWords = 25

// news reports whether other, in nearly the same words, says something that shown
// does not, so that it must not be hidden: another number, day or name, a "not"
// more or less, or more than one new word in [newWords]. A place and an agency
// before the first dash are no news, nor is a day in words that shown has as well: a
// text that is reprinted on Thursday keeps its "Tuesday".
//
// "Rose" for "fell" alone is not seen: no outlet is known to change that and keep
// the rest.
func news(shown, other *read) bool {
	return shown.negations != other.negations || shown.lacks(other)
}

// read is what two passages may disagree in.
type read struct {
	known     map[string]bool // the norms of all words
	plain     []text.Word     // words of no number, name or day, function words aside
	length    int             // in words
	numbers   []float64
	names     []string // the norms of the words of names
	days      []day
	negations int
}

// day is a day, or another stretch of time.
type day struct {
	words    []text.Word
	from, to int64 // in seconds
}

func reading(p retrieval.Passage) *read {
	l, body := text.For(p.Language), p.Text[dateline(p.Text):]
	r := &read{known: map[string]bool{}}
	var judged []text.Span
	for _, n := range l.Numbers(body) {
		judged = append(judged, n.Span)
		r.numbers = append(r.numbers, n.Value)
	}
	for _, n := range l.Names(body) {
		judged = append(judged, n.Span)
		for _, w := range l.Words(n.Text) {
			r.names = append(r.names, w.Norm)
		}
	}
	for _, d := range l.Dates(body) {
		if from, to, ok := d.Resolve(p.Published); ok {
			judged = append(judged, d.Span)
			r.days = append(r.days, day{l.Words(d.In(body)), from.Unix(), to.Unix()})
		}
	}
	r.take(l, l.Words(body), judged)
	return r
}

// take reads the words one by one.
func (r *read) take(l *text.Language, words []text.Word, judged []text.Span) {
	r.length = len(words)
	for _, w := range words {
		r.known[w.Norm] = true
		if negations[w.Norm] {
			r.negations++
		}
		inside := func(s text.Span) bool { return s.Start <= w.Start && w.End <= s.End }
		if !l.IsStop(w.Norm) && !slices.ContainsFunc(judged, inside) {
			r.plain = append(r.plain, w)
		}
	}
}

// lacks reports whether r lacks something that other says.
func (r *read) lacks(other *read) bool {
	fresh := 0
	for _, w := range other.plain {
		if !r.known[w.Norm] {
			fresh++
		}
	}
	return fresh*newWords > other.length ||
		!all(other.numbers, func(n float64) bool { return slices.Contains(r.numbers, n) }) ||
		!all(other.names, func(norm string) bool { return r.known[norm] }) ||
		!all(other.days, r.has)
}

// has reports whether r names the day, in these words or in others.
func (r *read) has(d day) bool {
	return all(d.words, func(w text.Word) bool { return r.known[w.Norm] }) ||
		slices.ContainsFunc(r.days, func(own day) bool { return own.from == d.from && own.to == d.to })
}

// all reports whether every one is so.
func all[T any](list []T, is func(T) bool) bool {
	return !slices.ContainsFunc(list, func(v T) bool { return !is(v) })
}

// negations are those of English and German, by their norms.
var negations = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`not no never none neither nor without nobody nothing cannot cant dont doesnt didnt isnt
		arent wasnt werent wont wouldnt couldnt shouldnt hasnt havent hadnt
		nicht nichts nie niemals niemand kein keine keinen keinem keiner keines ohne weder`) {
		set[w] = true
	}
	return set
}()

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
