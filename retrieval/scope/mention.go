package scope

import "strings"

// mention is a place where a question names outlets: words [first, last].
type mention struct {
	alias
	first, last int
	// upper and capital say that all its words are in capitals, or begin with
	// one, an article aside; single that it is one word, an article aside.
	upper, capital, single bool
	cue                    cue
	// cueEnd is the last word of a cue behind it; last where there is none.
	cueEnd int
	// verb is that of a verbCue, in lower case.
	verb string
	// sure says that the outlets are those that report, beyond doubt.
	sure bool
}

// cue says how a question shows that an outlet reports.
type cue int

const (
	noCue cue = iota
	// verbCue is a verb: "what did SNN say".
	verbCue
	// nounCue is a noun: "SNN's coverage".
	nounCue
	// topicCue is a topic behind an outlet that stands in front: "SNN on the
	// dam".
	topicCue
	// sourceCue is a phrase right before the name: "according to".
	sourceCue
)

// find returns the mentions of outlets in a question, in order; those that are
// sure and those that are likely.
func (q *question) find(names *aliases) []mention {
	var list []mention
	for i := 0; i < len(q.words); {
		m, ok := q.longest(i, names)
		if !ok {
			i++
			continue
		}
		list = append(list, m)
		i = m.last + 1
	}
	if len(list) == 0 {
		return nil
	}
	return q.meant(list)
}

// longest returns the mention with the most words that begins with word i.
func (q *question) longest(i int, names *aliases) (best mention, found bool) {
	w := q.words[i]
	n := max(names.longest[w.low], names.longest[w.stem], q.genitive(i, names))
	key := ""
	for j := i; j < len(q.words) && j < i+n; j++ {
		if a := names.named[key+q.words[j].low]; a != nil {
			best, found = q.mentionOf(i, j, *a), true
		} else if base, ok := q.withoutGenitive(j); ok && names.named[key+base] != nil {
			best, found = q.mentionOf(i, j, *names.named[key+base]), true
		}
		if q.words[j].own {
			break
		}
		key += q.words[j].stem + " "
	}
	return best, found
}

// withoutGenitive returns word i without the s that a name has behind the article
// of the genitive.
func (q *question) withoutGenitive(i int) (string, bool) {
	if q.genitiveArticle == "" || q.at(i-1).low != q.genitiveArticle {
		return "", false
	}
	return strings.CutSuffix(q.words[i].low, "s")
}

// genitive returns the length of the longest name that word i begins without
// its genitive.
func (q *question) genitive(i int, names *aliases) int {
	if base, ok := q.withoutGenitive(i); ok {
		return names.longest[base]
	}
	return 0
}

// mentionOf looks at the form of the words [i, j].
func (q *question) mentionOf(i, j int, a alias) mention {
	m := mention{alias: a, first: i, last: j, cueEnd: j, upper: true, capital: true}
	k := i
	if j > i && q.articles[q.words[i].low] {
		k++
	}
	m.single = k == j
	for ; k <= j; k++ {
		w := q.words[k]
		m.upper = m.upper && isUpper(w.text)
		m.capital = m.capital && (w.capital() || q.language.IsStop(w.low))
	}
	if q.flat {
		m.upper, m.capital = false, false
	}
	return m
}

// hasOwner reports whether a mention has a possessive ending.
func (q *question) hasOwner(m mention) bool { return q.words[m.last].own }

// lead returns the word before m, an article aside.
func (q *question) lead(m mention) int {
	i := m.first - 1
	if i >= 0 && q.articles[q.words[i].low] {
		i--
	}
	return i
}
