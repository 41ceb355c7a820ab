package scope

import "strings"

// mention is a place where a question names outlets: words [first, last].
type mention struct {
	alias
	first, last int
	// upper and capital say that all its words are in capitals, or begin with
	// one, a "the" aside; single that it is one word, a "the" aside.
	upper, capital, single bool
	cue                    cue
	// cueEnd is the last word of a cue behind it; last where there is none.
	cueEnd int
}

// cue says how a question shows that an outlet reports.
type cue int

const (
	noCue cue = iota
	// verbCue is a verb: "what did SNN say".
	verbCue
	// nounCue is a noun: "SNN's coverage".
	nounCue
	// sourceCue is a phrase right before the name: "according to".
	sourceCue
)

// filters reports whether the outlets of m are those that report. With a
// person's name only a noun shows it.
func (m mention) filters() bool {
	return m.cue != noCue && (!m.person || m.cue == nounCue)
}

// The words of cues. Verbs of auxVerbs are only read behind "did", "does" or
// "do".
var (
	sayVerbs = set(`say says said report reports reported reporting write writes wrote describe describes described
		quote quotes quoted cite cites cited claim claims claimed note notes noted explain explains explained mention
		mentions mentioned publish publishes published estimate estimates estimated predict predicts predicted reveal
		reveals revealed differ differs differed agree agrees agreed disagree disagrees diverge match compare`)
	auxVerbs = set(`call name give put list cover count single feature attribute tie think state argue find add warn
		suggest run carry print link identify credit blame see portray characterize characterise highlight recount`)
	reportNouns = set(`coverage report reports reporting account accounts story stories article articles piece pieces
		write-up write-ups version take headline headlines editorial editorials analysis figure figures estimate one`)
	givenBy = set(`reported told cited quoted published written described covered carried printed noted stated said given
		claimed put as recounted portrayed explained mentioned estimated`)
	reportedIn = set(`article articles report reports reported story stories piece said read published appeared appear
		written wrote quoted coverage interview account headline headlines described cited`)
	comparing = set("apart same both each differ agree disagree compare compared match versus vs diverge contradict")
	against   = set("against versus vs than unlike with from")
	joining   = set("and or & the by in as of")
	auxiliary = set("did does do didn't doesn't don't")
	skipped   = set("each also both all first ever then has had have")
)

// find returns the mentions of outlets in a question, in order.
func find(words []word, names aliases) []mention {
	var list []mention
	for i := 0; i < len(words); {
		m, ok := longest(words, i, names)
		if !ok {
			i++
			continue
		}
		list = append(list, m)
		i = m.last + 1
	}
	cues(words, list)
	kept := list[:0]
	for _, m := range list {
		if m.isMeant(words) {
			kept = append(kept, m)
		}
	}
	return kept
}

// maxWords is the length of the longest name that is looked for.
const maxWords = 8

// longest returns the mention with the most words that begins with word i.
func longest(words []word, i int, names aliases) (mention, bool) {
	key := ""
	var best mention
	found := false
	for j := i; j < len(words) && j < i+maxWords; j++ {
		if j > i {
			key += " "
		}
		key += words[j].low
		if n := names[key]; n != nil {
			best, found = mentionOf(words, i, j, *n), true
		}
		if words[j].own {
			break
		}
	}
	return best, found
}

// mentionOf looks at the form of the words [i, j].
func mentionOf(words []word, i, j int, n alias) mention {
	m := mention{alias: n, first: i, last: j, cueEnd: j, upper: true, capital: true}
	k := i
	if j > i && words[i].low == "the" {
		k++
	}
	m.single = k == j
	for ; k <= j; k++ {
		m.upper = m.upper && isUpper(words[k].text)
		m.capital = m.capital && (words[k].capital() || words[k].low == "of" || words[k].low == "the" || words[k].low == "and")
	}
	return m
}

// isMeant reports whether m is an outlet and not a common word or a part of
// another name.
func (m mention) isMeant(words []word) bool {
	switch {
	case m.kind == host:
		return true
	case m.kind == initials:
		return m.upper && (m.cue != noCue || m.last > m.first || len(words[m.first].text) > 2)
	case m.kind == brand || m.kind == lastWord:
		return m.cue != noCue && (m.capital || m.cue == sourceCue && m.kind == brand) && !m.inName(words)
	case !m.single:
		return m.capital || m.cue != noCue && (m.cue == sourceCue || words[m.first].low != "the" || m.last-m.first > 1)
	case !m.capital:
		return m.cue == sourceCue || m.cue != noCue && m.isAcronym() || m.isAsked(words)
	}
	return !m.inName(words) && (m.upper || m.first > 0 || m.cue != noCue)
}

// isAsked reports whether the question is what m said: "what did slate say". No
// common word stands so.
func (m mention) isAsked(words []word) bool {
	return m.cue == verbCue && auxBefore(words, m.first) && sayVerbs[words[m.cueEnd].low]
}

// isAcronym reports whether the outlet's own name begins in capitals only: then
// its lower-case form is hardly a word.
func (m mention) isAcronym() bool {
	name, _, _ := strings.Cut(m.outlets[0], " ")
	return isUpper(name) && len(name) > 2
}

// inName reports whether m is a part of a longer name: "the Vice President",
// "Capitol Hill".
func (m mention) inName(words []word) bool {
	if m.last+1 < len(words) && !words[m.last].stopped && !words[m.last].own && words[m.last+1].capital() &&
		!sayVerbs[words[m.last+1].low] {
		return true
	}
	if m.first < 2 {
		return false
	}
	before := words[m.first-1]
	return before.capital() && !before.own && !before.stopped && words[m.first].low != "the" && !m.upper
}

// cues sets the cue of each mention: its own, that of those it is listed with,
// or that of one it is compared with.
func cues(words []word, list []mention) {
	for i := range list {
		list[i].cue, list[i].cueEnd = ownCue(words, list[i])
	}
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && listed(words, list[j-1], list[j]) {
			j++
		}
		shareCue(words, list[i:j])
		i = j
	}
	for i := 1; i < len(list); i++ {
		if list[i].cue == noCue && list[i-1].cue != noCue && compared(words, list[i]) {
			list[i].cue = list[i-1].cue
		}
	}
}

// listed reports whether only "and", "or" or a comma lie between two mentions.
func listed(words []word, a, b mention) bool {
	joined := words[a.last].stopped
	for k := a.last + 1; k < b.first; k++ {
		if !joining[words[k].low] {
			return false
		}
		joined = true
	}
	return joined && b.first-a.last <= 4 && !words[a.last].own
}

// shareCue gives a list of mentions the cue that one of them has, or the one
// that its being compared gives.
func shareCue(words []word, group []mention) {
	best := noCue
	for _, m := range group {
		best = max(best, m.cue)
	}
	if best == noCue && len(group) > 1 && compares(words) {
		best = verbCue
	}
	for i := range group {
		group[i].cue = max(group[i].cue, best)
	}
}

// compares reports whether a question compares.
func compares(words []word) bool {
	for _, w := range words {
		if comparing[w.low] {
			return true
		}
	}
	return false
}

// compared reports whether a mention is set against the one before it: "and the
// Herald on the other", "and which did the Herald?".
func compared(words []word, m mention) bool {
	if words[m.last].stopped && auxBefore(words, m.first) {
		return true
	}
	i := m.first - 1
	if i > 0 && words[i].low == "the" {
		i--
	}
	return i > 0 && !m.hasOwner(words) && (against[words[i].low] || words[i].low == "and" || words[i].low == "or")
}

func (m mention) hasOwner(words []word) bool { return words[m.last].own }

// ownCue returns the cue that stands right beside a mention, and its last word
// where it stands behind it.
func ownCue(words []word, m mention) (cue, int) {
	if sourceBefore(words, m.first) {
		return sourceCue, m.last
	}
	if c, end := cueBehind(words, m); c != noCue {
		return c, end
	}
	if inSource(words, m) {
		return nounCue, m.last
	}
	return noCue, m.last
}

// sourceBefore reports whether a phrase that names a source ends before word i.
func sourceBefore(words []word, i int) bool {
	i--
	if i >= 0 && words[i].low == "the" {
		i--
	}
	if i < 0 {
		return false
	}
	switch words[i].low {
	case "per":
		return true
	case "says", "writes", "reports":
		return i > 0
	case "to":
		return i > 0 && words[i-1].low == "according"
	case "by":
		return i > 0 && (givenBy[words[i-1].low] || words[i-1].low == "going")
	case "from":
		return i > 0 && (reportNouns[words[i-1].low] || words[i-1].low == "news" || words[i-1].low == "latest")
	case "in":
		return i > 0 && reportNouns[words[i-1].low]
	}
	return false
}

// cueBehind reads a verb or a noun behind a mention.
func cueBehind(words []word, m mention) (cue, int) {
	limit := m.last + 1
	if m.hasOwner(words) {
		limit = m.last + 4
	} else if words[m.last].stopped {
		return noCue, m.last
	}
	aux := auxBefore(words, m.first)
	for k := m.last + 1; k < len(words); k++ {
		switch w := words[k].low; {
		case aux && !m.hasOwner(words) && (sayVerbs[w] || auxVerbs[w]):
			return verbCue, k
		case reportNouns[w] && (w != "one" || k == m.last+1):
			return nounCue, k
		case !m.hasOwner(words) && sayVerbs[w]:
			return verbCue, k
		case k >= limit && !skipped[w]:
			return noCue, m.last
		case !m.hasOwner(words) && !skipped[w]:
			return noCue, m.last
		}
		if words[k].stopped {
			break
		}
	}
	return noCue, m.last
}

// auxBefore reports whether "did" or the like stands before word i.
func auxBefore(words []word, i int) bool {
	i--
	if i >= 0 && words[i].low == "the" {
		i--
	}
	return i >= 0 && auxiliary[words[i].low]
}

// inSource reports whether a mention is where something stands: "In SNN, …",
// "quoted in SNN".
func inSource(words []word, m mention) bool {
	i := m.first - 1
	if i >= 0 && words[i].low == "the" {
		i--
	}
	if i < 0 || words[i].low != "in" || m.hasOwner(words) {
		return false
	}
	return i == 0 && words[m.last].stopped || i > 0 && reportedIn[words[i-1].low]
}
