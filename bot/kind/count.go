package kind

import (
	"newsdesk/bot"
	"newsdesk/retrieval"
)

// counts reads "how many outlets report that …" and "which outlets cover …".
func counts(q question, _ retrieval.Query, out *Reading) bool {
	i := q.countedOutlets()
	if i < 0 || q.ordinalIn(0, len(q.tokens)) {
		return false
	}
	verb := q.reportVerb(i)
	if verb < 0 {
		return false
	}
	out.Claim, out.Topic = q.reported(verb)
	if out.Claim == "" && out.Topic == "" {
		return false
	}
	out.Kind = bot.Count
	return true
}

// countedOutlets returns the index behind the outlets that are counted or asked
// for: "how many independent papers and stations", "which outlets"; -1 for none.
func (q question) countedOutlets() int {
	i := 0
	switch {
	case q.words.how[q.norm(0)] && q.words.many[q.norm(1)]:
		i = 2
	case q.words.which[q.norm(0)]:
		i = 1
	default:
		return -1
	}
	return q.behindOutlets(i)
}

// behindOutlets returns the index behind words for outlets that begin at i, sorts
// of them before and "and" between; -1 for none.
func (q question) behindOutlets(i int) int {
	for q.words.sorts[q.norm(i)] {
		i++
	}
	if !q.words.outlets[q.norm(i)] {
		return -1
	}
	for i++; q.words.and[q.norm(i)] && q.words.outlets[q.norm(i+1)]; i += 2 {
	}
	return i
}

// reportVerb returns the index of the verb of reporting at i, behind auxiliaries
// and ordinals there; -1 for none.
func (q question) reportVerb(i int) int {
	for k := i; k < i+5; k++ {
		w := q.norm(k)
		switch {
		case q.words.report[w]:
			return k
		case !q.words.aux[w] && !q.words.first[w] && !q.words.last[w] && !q.words.articles[w] && w != "to" && w != "als":
			return -1
		}
	}
	return -1
}

// reported returns what the verb of reporting at i has behind it: a claim after
// "that", or a topic.
func (q question) reported(i int) (claim, topic string) {
	next := i + 1
	for q.words.first[q.norm(next)] || q.words.last[q.norm(next)] {
		next++
	}
	switch w := q.norm(next); {
	case w == "":
		return "", ""
	case q.words.that[w]:
		return q.from(next + 1), ""
	case q.words.about[w]:
		return "", q.from(next + 1)
	case q.words.cover[q.norm(i)]:
		return "", q.from(next)
	}
	return "", ""
}

// ordinal reads "which outlet first reported on …", "who was the last to write
// that …" and "the first report about …".
func ordinal(q question, _ retrieval.Query, out *Reading) bool {
	if whose := q.whose(); whose >= 0 {
		verb := q.reportVerb(whose)
		if verb < 0 || !q.ordinalIn(whose, verb+2) {
			return false
		}
		out.Claim, out.Topic = q.reported(verb)
		out.Kind, out.Outlet = q.ordinalKind(), true
		return out.Claim != "" || out.Topic != ""
	}
	i := q.index(q.words.first, 0)
	if i < 0 || !q.words.reports[q.norm(i+1)] || !q.words.about[q.norm(i+2)] {
		return false
	}
	out.Kind, out.Topic = bot.First, q.from(i+3)
	return out.Topic != ""
}

// whose returns the index behind "who" or "which outlet" at the beginning, -1 for
// none.
func (q question) whose() int {
	switch {
	case q.words.who[q.norm(0)]:
		return 1
	case q.words.which[q.norm(0)]:
		return q.behindOutlets(1)
	}
	return -1
}

// ordinalIn reports whether "first" or "last" stands among the words [i, k).
func (q question) ordinalIn(i, k int) bool {
	for ; i < k; i++ {
		if w := q.norm(i); q.words.first[w] || q.words.last[w] {
			return q.reportVerb(i) >= 0 || q.words.report[q.norm(i-1)]
		}
	}
	return false
}

// ordinalKind is First, or Last where that word comes first.
func (q question) ordinalKind() bot.Kind {
	last, first := q.index(q.words.last, 0), q.index(q.words.first, 0)
	if last >= 0 && (first < 0 || last < first) {
		return bot.Last
	}
	return bot.First
}
