package scope

// isHappening reports whether the question is what happened: nothing older than
// the event tells of it.
func (d dater) isHappening() bool {
	if !d.what[d.at(0).low] {
		return false
	}
	i := d.index(d.happened)
	return i == 1 || i > 1 && d.passive[d.at(1).low] && (i <= 3 || i == len(d.words)-1)
}

// isTopical reports whether p closes a question for what was reported about a
// topic: whether it is when that was so or when it was reported, nothing older
// tells of it.
func (d dater) isTopical(p period, l lead) bool {
	if d.after(p.Span).text != "" || !d.endsClause(p, l) {
		return false
	}
	for _, m := range d.mentions {
		if m.sure && m.verb != "" && (d.topics[d.at(m.cueEnd+1).low] || d.covering[m.verb]) {
			return true
		}
	}
	i := d.index(d.reported)
	return i > 0 && d.what[d.at(0).low] && d.passive[d.at(1).low] && d.topics[d.at(i+1).low]
}
