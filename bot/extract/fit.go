package extract

import (
	"strings"
	"time"

	"newsdesk/corpus/text"
)

// item is a stretch of a sentence that can be what the question asks for: a
// name, a date, a number.
type item struct {
	text.Span // bytes in the sentence
	word      int
}

// items returns what of the sentence can be the answer. For kinds that ask for
// nothing in particular it returns one item that is the whole sentence. Only a
// sentence about what is to come answers a question about that.
func (e *evidence) items(a ask, lv levels, s sentence) []item {
	if a.naming {
		return e.named(a, lv, s, e.itemsOf(a, lv, s))
	}
	return e.itemsOf(a, lv, s)
}

// itemsOf returns what has the form of an answer.
func (e *evidence) itemsOf(a ask, lv levels, s sentence) []item {
	if a.future && a.kind != moment && !s.looksAhead() {
		return nil
	}
	switch a.kind {
	case person:
		return e.people(a, lv, s)
	case thing:
		if a.label {
			return append(called(s, e.newNames(a, lv, s)), e.quotations(s)...)
		}
		return append(e.newNames(a, lv, s), e.quotations(s)...)
	case place:
		return e.places(a, lv, s)
	case moment:
		return e.moments(a, s)
	case amount:
		return e.amounts(a, s)
	case reason:
		return e.reasons(s)
	case speech:
		return e.speeches(s)
	}
	return []item{{Span: text.Span{End: len(s.text)}}}
}

// reasons returns the words that give a reason; what somebody says may be one
// without such a word.
func (e *evidence) reasons(s sentence) []item {
	out := e.cues(s, causes)
	if len(out) == 0 && len(e.cues(s, attributions)) > 0 {
		out = []item{{Span: text.Span{End: len(s.text)}}}
	}
	return out
}

// looksAhead reports whether the sentence speaks of what is to come.
func (s sentence) looksAhead() bool {
	for i, w := range s.words {
		if futures[w.Norm] || w.Norm == "to" && i > 0 && be[s.words[i-1].Norm] {
			return true
		}
	}
	return false
}

// at makes the item of a span.
func (s sentence) at(span text.Span) item {
	for i, w := range s.words {
		if w.End > span.Start {
			return item{Span: span, word: i}
		}
	}
	return item{Span: span, word: len(s.words) - 1}
}

// places returns the new names after a word such as "in".
func (e *evidence) places(a ask, lv levels, s sentence) []item {
	var out []item
	for _, it := range e.newNames(a, lv, s) {
		for i := max(0, it.word-4); i < it.word; i++ {
			if placePrepositions[s.words[i].Norm] {
				out = append(out, it)
				break
			}
		}
	}
	if len(a.focus) > 0 && !a.where {
		return out
	}
	return append(out, s.spots()...)
}

// spots returns the words behind "in a", "at the" and the like: "in a lorry".
func (s sentence) spots() []item {
	var out []item
	for i := 2; i < len(s.words); i++ {
		if placePrepositions[s.words[i-2].Norm] && s.words[i-2].Norm != "to" && articles[s.words[i-1].Norm] {
			out = append(out, item{Span: s.words[i].Span, word: i})
		}
	}
	return out
}

// quotations returns the short quotations, as names and slogans are.
func (e *evidence) quotations(s sentence) []item {
	var out []item
	for _, q := range e.language.Quotations(s.text) {
		if strings.Count(q.In(s.text), " ") < 8 {
			out = append(out, s.at(q.Span))
		}
	}
	return out
}

// moments returns the dates that the question does not hold itself; for a
// question about what is to come, those that are not over, and of a sentence that
// does not itself look ahead only dates of the calendar.
func (e *evidence) moments(a ask, s sentence) []item {
	var out []item
	published := e.passages[s.passage].Published
	ahead := s.looksAhead()
	for _, d := range e.language.Dates(s.text) {
		if a.holds(d.In(s.text), e.language) || a.future && (isOver(d, published) || !ahead && d.Relative != "") {
			continue
		}
		out = append(out, s.at(d.Span))
	}
	return out
}

// isOver reports whether the date lies before the day of publication. A day of
// the week alone may be the last or the next one.
func isOver(d text.Date, published time.Time) bool {
	if d.Relative == "weekday" {
		return false
	}
	_, to, ok := d.Resolve(published)
	return ok && !to.After(published)
}

// holds reports whether every word of the stretch is a term of the question.
func (a ask) holds(stretch string, l *text.Language) bool {
	for _, w := range l.Words(stretch) {
		found := l.IsStop(w.Norm)
		for _, t := range a.terms {
			found = found || t.Norm == w.Norm
		}
		if !found {
			return false
		}
	}
	return true
}

// amounts returns the numbers of the right class.
func (e *evidence) amounts(a ask, s sentence) []item {
	var out []item
	for _, n := range e.language.Numbers(s.text) {
		it := s.at(n.Span)
		if e.fitsUnit(a, n, s, it) && !a.holds(n.In(s.text), e.language) {
			out = append(out, it)
		}
	}
	return out
}

// fitsUnit reports whether the number has the class of unit that is asked for.
// A bare count has none, unless the unit itself is counted ("how many years").
func (e *evidence) fitsUnit(a ask, n text.Number, s sentence, it item) bool {
	class := unitClass(n.Unit, s.after(it, 2))
	switch a.unit {
	case "":
		return class == "" || a.counts(class)
	case "age":
		return e.isAge(s, it)
	case "size":
		return class != "time"
	}
	return class == a.unit
}

// counts reports whether the question counts units of the class, or asks for
// nothing that could be told from them.
func (a ask) counts(class string) bool {
	for _, t := range a.focus {
		if units[a.terms[t].Norm] == class {
			return true
		}
	}
	return len(a.focus) == 0
}

// after returns the norms of the n words that follow the item.
func (s sentence) after(it item, n int) []string {
	var out []string
	for i := it.word; i < len(s.words) && len(out) < n; i++ {
		if s.words[i].Start >= it.End {
			out = append(out, s.words[i].Norm)
		}
	}
	return out
}

// unitClass returns the class of a number's unit or else of the words after it,
// "" for none. A light year is no time and a cubic metre no length.
func unitClass(unit string, after []string) string {
	if len(after) > 0 && compound[after[0]] != "" {
		return compound[after[0]]
	}
	for _, w := range append([]string{unit}, after...) {
		if class := units[w]; class != "" {
			return class
		}
	}
	return ""
}

// isAge reports whether the number is somebody's or something's age: between
// commas after a name, or beside "old" or "aged".
func (e *evidence) isAge(s sentence, it item) bool {
	after := s.after(it, 2)
	for _, w := range after {
		if w == "old" || w == "years-old" {
			return true
		}
	}
	if strings.Contains(it.In(s.text), "old") || it.word > 0 && ageWords[s.words[it.word-1].Norm] {
		return true
	}
	before := strings.TrimRight(s.text[:it.Start], " ")
	return strings.HasSuffix(before, ",") && strings.HasPrefix(s.text[it.End:], ",")
}

// cues returns the words of the sentence that are in the set.
func (e *evidence) cues(s sentence, cues map[string]bool) []item {
	var out []item
	for i, w := range s.words {
		if cues[w.Norm] {
			out = append(out, item{Span: w.Span, word: i})
		}
	}
	return out
}

// speeches returns the verbs of saying and the quotations of the sentence.
func (e *evidence) speeches(s sentence) []item {
	out := e.cues(s, attributions)
	for _, q := range e.language.Quotations(s.text) {
		out = append(out, s.at(q.Span))
	}
	return out
}
