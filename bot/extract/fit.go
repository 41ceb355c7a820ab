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

// besides is how many words may stand between a thing and its name: "the ship,
// the Orlanda".
const besides = 3

// named keeps the items that name what is in focus: those that stand beside it or
// behind a word such as "called".
func (e *evidence) named(a ask, lv levels, s sentence, items []item) []item {
	var out []item
	for _, it := range items {
		if isCalled(s, it) || e.standsBeside(a, lv, s, it) {
			out = append(out, it)
		}
	}
	return out
}

// isCalled reports whether one of the two words before the item says that it is a
// name.
func isCalled(s sentence, it item) bool {
	for i := max(0, it.word-2); i < it.word; i++ {
		if naming[s.words[i].Norm] {
			return true
		}
	}
	return false
}

// standsBeside reports whether a word of the focus stands close to the item.
func (e *evidence) standsBeside(a ask, lv levels, s sentence, it item) bool {
	for i, stem := range s.stems {
		if it.distance(s, i) > besides {
			continue
		}
		for _, t := range a.focus {
			if lv[t][stem] >= sameOpening {
				return true
			}
		}
	}
	return false
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

// newNames returns the names that the question does not hold itself. Months
// and days of the week are no names here.
func (e *evidence) newNames(a ask, lv levels, s sentence) []item {
	var out []item
	for _, n := range e.language.Names(s.text) {
		it := s.at(n.Span)
		if e.isNew(a, lv, s, it) {
			out = append(out, it)
		}
	}
	return out
}

// isNew reports whether a name has a word that no term of the question matches
// and that is neither a month nor a weekday nor an outlet, and none of a name
// of the question: "Minister Brandt" is nobody new to who asks about Brandt.
func (e *evidence) isNew(a ask, lv levels, s sentence, it item) bool {
	outlet := strings.ToLower(e.passages[s.passage].Outlet)
	isNew := false
	for i := it.word; i < len(s.words) && s.words[i].Start < it.End; i++ {
		w := s.words[i]
		if e.language.IsStop(w.Norm) || calendar[w.Norm] || strings.Contains(outlet, w.Norm) {
			continue
		}
		known, named := a.matches(lv, s.stems[i])
		if named {
			return false
		}
		isNew = isNew || !known
	}
	return isNew
}

// matches reports whether a term of the question stands for the stem, and
// whether one that is part of a name does so by its letters.
func (a ask) matches(lv levels, stem int) (known, named bool) {
	for t, term := range a.terms {
		known = known || lv[t][stem] >= sameOpening
		named = named || term.name >= 0 && lv[t][stem] == sameStem
	}
	return known, named
}

// people returns the new names that do not stand where a place would.
func (e *evidence) people(a ask, lv levels, s sentence) []item {
	var out []item
	for _, it := range e.newNames(a, lv, s) {
		if (it.word == 0 || !placePrepositions[s.words[it.word-1].Norm]) && e.isSomebody(s, it) && (a.body || !s.isBody(it)) {
			out = append(out, it)
		}
	}
	return out
}

// isSomebody reports whether a name can be that of somebody or some body: it has
// several words, or capitals only, or is a surname that stands in a longer name
// elsewhere.
func (e *evidence) isSomebody(s sentence, it item) bool {
	name := it.In(s.text)
	if strings.ToUpper(name) == name {
		return len(name) < shouted
	}
	if strings.ContainsAny(name, " -") {
		return true
	}
	return it.word < len(s.stems) && e.surnames()[s.stems[it.word]]
}

// shouted is the length from which on a word in capitals is no name in short: it is
// the town that opens a report, or "UPDATE".
const shouted = 6

// isBody reports whether a word of the name says that it is that of some body, and
// not of a person.
func (s sentence) isBody(it item) bool {
	for i := it.word; i < len(s.words) && s.words[i].Start < it.End; i++ {
		if bodies[s.words[i].Norm] {
			return true
		}
	}
	return false
}

// surnames returns the stems that end a name of several words.
func (e *evidence) surnames() map[int]bool {
	if e.ends != nil {
		return e.ends
	}
	e.ends = map[int]bool{}
	for _, s := range e.sentences {
		for _, n := range e.language.Names(s.text) {
			if !strings.Contains(n.Text, " ") {
				continue
			}
			for i, w := range s.words {
				if w.End >= n.End {
					e.ends[s.stems[i]] = true
					break
				}
			}
		}
	}
	return e.ends
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
