package scope

// asksLatest reports whether the question wishes for what is new, and whether
// it asks for news themselves: "the latest news", "what's new?". The latest on
// one topic may be older than news are, so that is no more than a wish.
func (q *question) asksLatest() (latest, news bool) {
	if i := q.novelWord(); i > 0 {
		return true, i == len(q.words)-1
	}
	for i, w := range q.words {
		next := q.at(i + 1)
		isNews := q.news[next.low] && !w.stopped
		switch {
		case q.recent[w.low] && (isNews || q.mostBefore[q.at(i-1).low]):
		case !q.latest[w.low] || q.isDeadline(i):
			continue
		}
		latest = true
		if isNews || next.text == "" {
			return true, true
		}
	}
	return latest, false
}

// isDeadline reports whether word i is the end of "at the latest".
func (q *question) isDeadline(i int) bool {
	for i--; q.articles[q.at(i).low]; i-- {
	}
	return q.notLatest[q.at(i).low]
}

// novelWord returns the "new" of "what's new", "anything new" and "was gibt es
// Neues"; 0 where there is none.
func (q *question) novelWord() int {
	if i := q.index(q.novel); i > 0 && q.something[q.words[i-1].low] {
		return i
	}
	if len(q.words) == 0 || !q.what[q.words[0].low] {
		return 0
	}
	i := 1
	for q.novelty[q.at(i).low] {
		i++
	}
	if i == 1 && !q.words[0].own && q.words[0].low != "whats" {
		return 0
	}
	// A date may stand between: "was gibt es seit Dienstag Neues".
	for k := i; k < i+4; k++ {
		if q.novel[q.at(k).low] && (k == i || q.capitalNouns) {
			return k
		}
	}
	return 0
}
