package scope

// inName reports whether m is a part of a longer name: "the Vice President",
// "Capitol Hill", "Mr. Fox".
func (q *question) inName(m mention) bool {
	next := q.at(m.last + 1)
	if !q.capitalNouns && next.text != "" && !q.words[m.last].stopped && !q.words[m.last].own && next.capital() && !q.flat &&
		!q.say[next.low] && !q.reports[next.low] {
		return true
	}
	before := q.at(m.first - 1)
	switch {
	case m.first == 0 || q.articles[q.words[m.first].low]:
		return false
	case q.honorifics[before.low]:
		return true
	case m.upper || q.flat:
		return false
	case !before.capital() || before.own || before.stopped:
		return false
	case m.first > 1:
		return true
	}
	// The first word of a question has its capital anyway.
	return surnames[q.words[m.last].low] && !q.language.IsStop(before.low) && !q.verbs[before.low] && !q.say[before.low]
}

// otherPeople returns the families of outlets whose name is somebody's in this
// question: where it says "Vicente Fox", Fox is he.
func (q *question) otherPeople(list []mention) map[string]bool {
	var found map[string]bool
	for _, m := range list {
		word := q.words[m.last].low
		if !m.single || !surnames[word] || !q.isNamed(m) {
			continue
		}
		if found == nil {
			found = make(map[string]bool)
		}
		found[m.family] = true
	}
	return found
}

// isNamed reports whether a first name or a title stands before m.
func (q *question) isNamed(m mention) bool {
	before := q.at(m.first - 1)
	if q.articles[q.words[m.first].low] {
		return false
	}
	if q.honorifics[before.low] {
		return true
	}
	return m.first > 0 && m.capital && before.capital() && !before.own && !before.stopped && !q.flat && !q.articles[before.low] &&
		!q.language.IsStop(before.low) && !q.verbs[before.low] && !q.say[before.low]
}

// isPersonHere reports whether a word such as "his" behind m means it: no other
// name stands between them.
func (q *question) isPersonHere(m mention) bool {
	if m.cue != verbCue {
		return false
	}
	for _, w := range q.words[m.last+1:] {
		if q.pronouns[w.low] {
			return true
		}
		if w.capital() {
			return false
		}
	}
	return false
}
