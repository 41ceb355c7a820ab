package scope

import "strings"

// meant returns those of a question's mentions that are outlets, with their
// cues; sure is set for those that report.
func (q *question) meant(list []mention) []mention {
	q.cues(list)
	others := q.otherPeople(list)
	for i := 0; i < len(list); {
		j := q.group(list, i)
		q.judge(list[i:j], others)
		i = j
	}
	kept := list[:0]
	for _, m := range list {
		if m.cue >= 0 {
			kept = append(kept, m)
		}
	}
	return kept
}

// notMeant marks a mention that is no outlet.
const notMeant cue = -1

// judge decides on the mentions of a list. Where one of them reports for sure,
// so do the others.
func (q *question) judge(group []mention, others map[string]bool) {
	sure := false
	for i := range group {
		m := &group[i]
		switch {
		case others[m.family] || !q.isOutlet(*m):
			m.cue = notMeant
		case m.cue != noCue:
			m.sure = q.isSure(*m)
		}
		sure = sure || m.sure && !m.person
	}
	for i := range group {
		if sure && len(group) > 1 && group[i].cue >= 0 && !group[i].person {
			group[i].sure = true
		}
	}
}

// isOutlet reports whether m is an outlet and not a common word or a part of
// another name.
func (q *question) isOutlet(m mention) bool {
	switch {
	case m.kind == host:
		return true
	case m.single && surnames[q.words[m.last].low] && q.isPersonHere(m):
		return false
	case m.single && !m.upper && q.isCounted(m):
		return false
	case m.kind == initials && !m.nick:
		return q.areInitials(m)
	case m.kind == brand || m.kind == lastWord:
		return (m.capital || q.isBrand(m)) && !q.inName(m) && (m.cue != noCue || m.capital && q.isTold(m))
	case !m.single:
		return m.capital || m.cue != noCue && (m.cue == sourceCue || q.isAsked(m) || !q.articles[q.words[m.first].low] || m.last-m.first > 1)
	case !m.capital:
		return q.isTyped(m)
	case m.cue == noCue && (ordinaryOrPerson(q.words[m.last].low) || q.capitalNouns && !m.upper):
		return (!m.bare || q.hasArticle(m)) && q.isTold(m) && !q.inName(m)
	}
	return !q.inName(m) && (m.upper || m.first > 0 || m.cue != noCue)
}

// isBrand reports whether m, in small letters, is a brand of one word that is
// hardly another.
func (q *question) isBrand(m mention) bool {
	word := q.words[m.last].low
	return m.kind == brand && m.single && !media[word] && !ordinary[word] && !q.language.IsStop(word)
}

// isCounted reports whether a word such as "which" stands before m, and no
// report of it behind it: "which press".
func (q *question) isCounted(m mention) bool {
	return m.cue != nounCue && q.determiners[q.at(m.first-1).low]
}

// areInitials reports whether m, which are initials by its letters, are such:
// in capitals, or in small letters where no word can stand.
func (q *question) areInitials(m mention) bool {
	if m.upper {
		return m.cue != noCue || m.last > m.first || len(q.words[m.first].text) > 2
	}
	return m.cue == sourceCue || q.isAsked(m)
}

// isTyped reports whether one word in small letters is an outlet: where no other
// word can stand, or where it is none itself.
func (q *question) isTyped(m mention) bool {
	if m.nick || m.isAcronym() {
		return m.cue != noCue || len(q.words[m.last].low) >= leastKnown
	}
	if speakers[q.words[m.last].low] && !q.hasArticle(m) && m.cue != topicCue {
		return false
	}
	return m.cue == sourceCue || m.cue == topicCue || q.isAsked(m)
}

// leastKnown is the length from which an acronym or nickname in small letters is
// one whatever stands beside it: "ft" and "ap" are not.
const leastKnown = 3

// isTold reports whether m may be whom somebody tells it: there is a verb of
// saying in the question, and no noun that m belongs to stands behind it.
func (q *question) isTold(m mention) bool {
	if !q.has(q.say) && !q.has(tellVerbs) {
		return false
	}
	next := q.at(m.last + 1)
	return next.text == "" || q.words[m.last].stopped || q.preps[next.low] || q.topics[next.low] ||
		q.conjunctions[next.low] || q.say[next.low]
}

// tellVerbs are verbs of saying it to somebody.
var tellVerbs = set("tell tells told interview interviewed erzählte erzählt interviewt")

// isSure reports whether an outlet with a cue reports beyond doubt.
func (q *question) isSure(m mention) bool {
	word := q.words[m.last].low
	switch {
	case m.person:
		return m.cue == nounCue
	case !m.capital && m.single && !m.nick && !m.isAcronym() && m.kind != host && !q.typedSurely(m):
		return false
	case m.single && publicPeople[word] && !q.hasArticle(m) && q.talk[m.verb]:
		return false
	case m.cue == nounCue && m.single && ordinary[word] && q.inFront(m):
		return false
	}
	return true
}

// typedSurely reports whether one word in small letters is the outlet that
// reports: a source, one that is asked for, or a topic's that is no other word.
func (q *question) typedSurely(m mention) bool {
	return m.cue == sourceCue || q.isAsked(m) || m.cue == topicCue && !ordinary[q.words[m.last].low]
}

// inFront reports whether m is a place in front of the question: "In the
// Atlantic, …".
func (q *question) inFront(m mention) bool {
	return q.lead(m) == 0 && q.inside[q.words[0].low]
}

// hasArticle reports whether an article stands before m or begins it.
func (q *question) hasArticle(m mention) bool {
	return q.articles[q.words[m.first].low] && m.last > m.first || q.articles[q.at(m.first-1).low]
}

// isAsked reports whether the question is what m said: "what did slate say". No
// common word stands so.
func (q *question) isAsked(m mention) bool {
	if before := q.at(q.lead(m)).low; m.cue != verbCue || !q.aux[before] && !q.perfect[before] {
		return false
	}
	return q.say[m.verb] || q.participles[m.verb]
}

// isAcronym reports whether the outlet's own name begins in capitals only: then
// its lower-case form is hardly a word.
func (m mention) isAcronym() bool {
	name, _, _ := strings.Cut(m.outlets[0], " ")
	return isUpper(name) && len(name) > 2
}

func ordinaryOrPerson(low string) bool { return ordinary[low] || surnames[low] }
