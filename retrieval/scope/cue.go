package scope

// cues sets the cue of each mention: its own, that of those it is listed with,
// or that of one it is compared with.
func (q *question) cues(list []mention) {
	for i := 0; i < len(list); {
		j := q.group(list, i)
		before := q.at(q.lead(list[i])).low
		for k := i; k < j; k++ {
			q.ownCue(&list[k], before)
		}
		q.shareCue(list[i:j])
		i = j
	}
	for i := 1; i < len(list); i++ {
		if list[i].cue == noCue && list[i-1].cue != noCue && q.compared(list[i]) {
			list[i].cue, list[i].verb = list[i-1].cue, list[i-1].verb
		}
	}
}

// group returns the end of the list of names that begins with mention i: "SNN,
// the Herald and DRW".
func (q *question) group(list []mention, i int) int {
	j := i + 1
	for j < len(list) && q.listed(list[j-1], list[j]) {
		j++
	}
	return j
}

// listed reports whether only "and", "or" or a comma lie between two mentions.
func (q *question) listed(a, b mention) bool {
	joined := q.words[a.last].stopped
	for k := a.last + 1; k < b.first; k++ {
		if !q.joining[q.words[k].low] {
			return false
		}
		joined = true
	}
	return joined && b.first-a.last <= 4 && !q.words[a.last].own
}

// shareCue gives a list of mentions the cue that one of them has, or the one
// that its being compared gives.
func (q *question) shareCue(group []mention) {
	best, verb := noCue, ""
	for _, m := range group {
		if m.cue > best {
			best, verb = m.cue, m.verb
		}
	}
	switch {
	case best == noCue && len(group) > 1 && q.has(q.comparing):
		best = verbCue
	case best == noCue && q.onTopic(group):
		best = topicCue
	}
	for i := range group {
		if best > group[i].cue {
			group[i].cue, group[i].verb = best, verb
		}
	}
}

// compared reports whether a mention is set against the one before it: "and the
// Herald on the other", "and which did the Herald?".
func (q *question) compared(m mention) bool {
	i := q.lead(m)
	if q.words[m.last].stopped && (q.aux[q.at(i).low] || q.perfect[q.at(i).low]) {
		return true
	}
	if i < 1 || q.hasOwner(m) && !q.words[m.last].stopped && m.last < len(q.words)-1 {
		return false
	}
	w := q.words[i].low
	return q.versus[w] || q.conjunctions[w] || q.against[w] && q.has(q.comparing)
}

// ownCue sets the cue that stands right beside a mention, and its last word
// where it stands behind it. before is the word before it or its list.
func (q *question) ownCue(m *mention, before string) {
	switch {
	case q.isSource(*m):
		m.cue = sourceCue
	case q.leads(m):
	case q.cueBehind(m, before):
	case q.inSource(*m):
		m.cue = nounCue
	default:
		q.closes(m)
	}
}

// isSource reports whether a phrase beside m makes it a source: "according to".
func (q *question) isSource(m mention) bool {
	if !q.words[m.last].stopped && q.behind[q.at(m.last+1).low] {
		return true
	}
	i := m.first - 1
	if m.first < m.last && q.articles[q.words[m.first].low] {
		i++
	}
	for ; i >= 0; i-- {
		w := q.words[i].low
		if q.sources[w] || q.before[w][q.at(i-1).low] && i > 0 {
			return true
		}
		if !q.articles[w] {
			return false
		}
	}
	return false
}

// leads reads a verb right before m: "says SNN", "sagte der Spiegel". An article
// between them must be that of who does it.
func (q *question) leads(m *mention) bool {
	i := m.first - 1
	if q.articles[q.words[m.first].low] && m.first < m.last && !q.subjects[q.words[m.first].low] {
		return false
	}
	if i >= 0 && q.articles[q.words[i].low] {
		if !q.subjects[q.words[i].low] {
			return false
		}
		i--
	}
	if i < 0 || i == 0 && !q.verbsFirst || !q.leading[q.words[i].low] {
		return false
	}
	m.cue, m.verb = sourceCue, q.words[i].low
	return true
}

// cueBehind reads a verb or a noun behind a mention; a word of aux or perfect may
// be before.
func (q *question) cueBehind(m *mention, before string) bool {
	if q.future[before] {
		return false
	}
	own := q.hasOwner(*m)
	limit := m.last + 1
	if own {
		limit = m.last + 4
	} else if q.words[m.last].stopped {
		return false
	}
	aux, perfect := q.aux[before], q.perfect[before]
	for k := m.last + 1; k < len(q.words); k++ {
		w := q.words[k].low
		switch {
		case !own && (aux && (q.say[w] || q.asked[w]) || perfect && q.participles[w]):
			m.cue, m.cueEnd, m.verb = verbCue, k, w
			return true
		case q.reports[w] && (w != "one" || k == m.last+1), w == "news" && k == m.last+1:
			m.cue, m.cueEnd = nounCue, k
			return true
		case !own && q.say[w]:
			m.cue, m.cueEnd, m.verb = verbCue, k, w
			return true
		case (!own || k >= limit) && !q.skipped[w] && yearOf(w) == 0, q.words[k].stopped:
			return false
		}
	}
	return false
}

// inSource reports whether a mention is where something stands: "In SNN, …",
// "stood last week in the Herald".
func (q *question) inSource(m mention) bool {
	i := q.lead(m)
	if i < 0 || q.hasOwner(m) || !q.inside[q.words[i].low] {
		return false
	}
	if i == 0 {
		return q.words[m.last].stopped
	}
	for _, w := range q.words[:i] {
		if q.stood[w.low] {
			return true
		}
	}
	return false
}

// closes reads the verb at the end of a clause that a word before m opened: "hat
// SNN über den Damm berichtet", "wie SNN am Freitag berichtete".
func (q *question) closes(m *mention) bool {
	i := q.lead(*m)
	verbs := q.participles
	switch {
	case !q.verbsLast:
		return false
	case q.relatives[q.at(i).low]:
		verbs = q.say
	case !q.perfect[q.at(i).low]:
		return false
	}
	if i != m.first-1 && !q.subjects[q.words[m.first-1].low] {
		return false
	}
	for k := m.last + 1; k < len(q.words); k++ {
		if verbs[q.words[k].low] {
			m.cue, m.verb = verbCue, q.words[k].low
			return true
		}
		if q.words[k].stopped {
			return false
		}
	}
	return false
}

// onTopic reports whether the question is outlets and a topic: "SNN on the dam".
func (q *question) onTopic(group []mention) bool {
	last := group[len(group)-1].last
	if q.words[last].stopped || !q.topics[q.at(last+1).low] || last+2 >= len(q.words) {
		return false
	}
	for _, w := range q.words[:group[0].first] {
		if !q.opening[w.low] {
			return false
		}
	}
	return true
}
