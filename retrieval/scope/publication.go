package scope

import "newsdesk/corpus/text"

// lead is what stands before a period.
type lead struct {
	bound bound
	// prep is the word such as "in", empty where there is none.
	prep string
	// head is the word before that, -1 where the question begins with the
	// period.
	head int
}

// lead reads the words before p.
func (d dater) lead(p period) lead {
	l := lead{head: d.before(p.Start)}
	for ; l.head >= 0; l.head-- {
		low := d.words[l.head].low
		if b := d.bounds[low]; b != noBound {
			l.prep = low
			l.bound, l.head = d.thanBound(b, l.head)
			return l
		}
		if d.articles[low] || d.passed[low] {
			continue
		}
		if !d.preps[low] || l.prep != "" {
			return l
		}
		l.prep = low
	}
	return l
}

// thanBound returns the bound at word i, and the word before it: "later than"
// is another one than "before", and "no later than" than that.
func (d dater) thanBound(b bound, i int) (bound, int) {
	later := d.later[d.at(i-1).low]
	if later == noBound {
		return b, i - 1
	}
	if !d.no[d.at(i-2).low] {
		return later, i - 2
	}
	if later == afterBound {
		return untilBound, i - 3
	}
	return sinceBound, i - 3
}

// before returns the index of the last word that ends before the byte at; -1
// where none does.
func (d dater) before(at int) int {
	i := -1
	for i+1 < len(d.words) && d.words[i+1].end <= at {
		i++
	}
	return i
}

// after returns the first word behind p.
func (d dater) after(p text.Span) word {
	for _, w := range d.words {
		if w.start >= p.End {
			return w
		}
	}
	return word{}
}

// isStopped reports whether a mark behind p ends the phrase.
func (d dater) isStopped(p period) bool {
	for _, w := range d.words {
		if w.end >= p.End {
			return w.stopped
		}
	}
	return true
}

// endsClause reports whether p says when the verb was: it has a word such as
// "in" before it and no noun behind it.
func (d dater) endsClause(p period, l lead) bool {
	if !d.whenPreps[l.prep] && (l.prep != "" || p.date.Relative == "") && l.bound == noBound {
		return false
	}
	return d.endsPhrase(p)
}

// isPublication reports whether p is when something was published.
func (d dater) isPublication(p period, l lead) bool {
	if d.ofStory(p, l) {
		return true
	}
	if d.isAttribute(p) {
		return false
	}
	return d.ofPapers(l) || d.ofReport(l) || d.ofVerb(p, l) || d.ofQuestion(p, l) || d.inFrontOfReport(p, l) ||
		d.ofPublishing(p, l)
}

// ofPublishing reports whether the question is what an outlet published before or
// after p: of what else it published about, p is no bound.
func (d dater) ofPublishing(p period, l lead) bool {
	if l.bound == noBound || d.after(p.Span).text != "" {
		return false
	}
	for _, m := range d.mentions {
		if m.sure && d.published[m.verb] {
			return true
		}
	}
	return false
}

// isAttribute reports whether p says which of a noun behind it is meant: "the
// July 2019 floods".
func (d dater) isAttribute(p period) bool {
	next := d.after(p.Span).low
	return d.articles[d.at(d.before(p.Start)).low] && p.date.Relative == "" && !d.endsPhrase(p) &&
		!d.published[next] && !d.reported[next]
}

// endsPhrase reports whether no noun that p belongs to stands behind it.
func (d dater) endsPhrase(p period) bool {
	next := d.after(p.Span)
	return next.text == "" || d.isStopped(p) || d.preps[next.low] || d.topics[next.low]
}

// ofStory reads "SNN's August 2014 coverage", "its June 2018 story" and
// "yesterday's headlines".
func (d dater) ofStory(p period, l lead) bool {
	next := d.after(p.Span).low
	if p.date.Month == 0 && p.date.Relative == "" || d.isStopped(p) {
		return false
	}
	if d.papers[next] {
		return true
	}
	if !d.stories[next] {
		return false
	}
	if d.owners[d.at(l.head).low] && !d.ownReports[next] {
		return true
	}
	for _, m := range d.mentions {
		if m.last == l.head && d.words[m.last].own {
			return true
		}
	}
	return false
}

// ofPapers reads "articles from May" and "what stories were there in May".
func (d dater) ofPapers(l lead) bool {
	i := l.head
	for d.fillers[d.at(i).low] {
		i--
	}
	return (d.papers[d.at(i).low] || d.published[d.at(l.head).low]) && !d.at(l.head).stopped
}

// ofReport reports whether the period stands right behind an outlet that
// reports, or its verb: "SNN reported on Friday".
func (d dater) ofReport(l lead) bool {
	for _, m := range d.mentions {
		if m.sure && l.head >= 0 && (l.head == m.cueEnd || l.head == m.last) && !d.words[l.head].stopped {
			return true
		}
	}
	return false
}

// ofVerb reads "what was reported on 3 May" and, with the verb at the end, "was
// wurde am 3. Mai berichtet"; and "what stood on Friday in the Herald".
func (d dater) ofVerb(p period, l lead) bool {
	if d.stood[d.at(l.head).low] {
		for _, m := range d.mentions {
			if m.sure && d.words[m.first].start > p.End {
				return true
			}
		}
	}
	if !d.what[d.at(0).low] || !d.passive[d.at(1).low] {
		return false
	}
	if d.reported[d.at(l.head).low] {
		return true
	}
	last := d.words[len(d.words)-1]
	return l.head == 1 && last.start >= p.End && (d.reported[last.low] || d.published[last.low])
}

// ofQuestion reports whether the question is for articles on a topic, and p bounds
// them or is when they are from: "articles on the dam from May".
func (d dater) ofQuestion(p period, l lead) bool {
	i := d.index(d.papers)
	if i < 0 || d.words[i].start > p.Start {
		return false
	}
	for _, w := range d.words[:i] {
		if !d.askers[w.low] && !d.latest[w.low] && !d.recent[w.low] {
			return false
		}
	}
	next := d.at(i + 1).low
	if d.after(p.Span).text != "" || i != l.head && !d.topics[next] && !d.preps[next] {
		return false
	}
	aside := l.prep == "" && d.at(l.head).stopped
	return d.origins[l.prep] || d.between[l.prep] || l.bound != noBound || aside
}

// inFrontOfReport reads "In April 2019, what did SNN report …".
func (d dater) inFrontOfReport(p period, l lead) bool {
	if l.head >= 0 || !d.isStopped(p) || l.bound != noBound || d.has(d.happened) {
		return false
	}
	for _, m := range d.mentions {
		if m.sure && m.verb != "" && d.say[m.verb] {
			return true
		}
	}
	return false
}
