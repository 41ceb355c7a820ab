package extract

import "strings"

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

// called keeps the items that the sentence says are names.
func called(s sentence, items []item) []item {
	var out []item
	for _, it := range items {
		if isCalled(s, it) {
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
