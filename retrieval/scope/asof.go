package scope

import "time"

// asOf returns the end of the day up to which the question asks, zero where it
// names none or where that is still to come. One of several questions in one
// has no say over the others.
func (d dater) asOf(list []period) time.Time {
	if d.asksTwice() {
		return time.Time{}
	}
	for _, p := range list {
		l := d.lead(p)
		switch {
		case d.isAsOf(p):
			return d.endOf(p)
		case d.isKnown(p, l) && l.bound == beforeBound:
			_, end := d.days(time.Time{}, p.from)
			return end.Add(-1)
		case d.isKnown(p, l):
			return d.endOf(p)
		}
	}
	return time.Time{}
}

// endOf returns the last instant of p, zero where that is still to come. A day
// without its year is the one that texts mean, which may be ahead.
func (d dater) endOf(p period) time.Time {
	if from, _, ok := p.date.Resolve(d.now); ok && from.After(d.now) || p.to.After(d.now) {
		return time.Time{}
	}
	_, end := d.days(time.Time{}, p.to)
	return end.Add(-1)
}

// isAsOf reads "as of 3 May" and "Stand 3. Mai".
func (d dater) isAsOf(p period) bool {
	i := d.before(p.Start)
	for d.articles[d.at(i).low] {
		i--
	}
	w := d.at(i)
	return d.asOfWords[[2]string{d.at(i - 1).low, w.low}] || w.capital() && d.asOfWords[[2]string{"", w.low}]
}

// isKnown reads "what was known on 3 May" and "what was known about the dam by 3
// May".
func (d dater) isKnown(p period, l lead) bool {
	if !d.what[d.at(0).low] {
		return false
	}
	i := d.index(d.known)
	if i < 1 || i > 3 && i < len(d.words)-1 {
		return false
	}
	if l.bound == untilBound || l.bound == beforeBound {
		return true
	}
	return l.bound == noBound && d.whenPreps[l.prep] && (l.head == i || l.head == i+1 || l.head == 1)
}
