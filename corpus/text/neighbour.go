package text

import "strings"

// neighbourTables are what names are found by in scripts without capitals. The
// words are as tokens have them. All are nil elsewhere.
type neighbourTables struct {
	// titles are words that a name of a person follows, offices such as may stand
	// between them: "وزیر خارجه".
	titles, offices map[string]bool
	// kinds are words that a name of a place, a firm or an outlet follows.
	kinds map[string]bool
	// states are names that are known.
	states map[string]bool
	// sayings are verbs of saying; a name follows them where sayingFirst, and
	// stands before them otherwise.
	sayings     map[string]bool
	sayingFirst bool
	// plain are common words that stand where names do.
	plain map[string]bool
	// joints are words that join the parts of a name: "بن".
	joints map[string]bool
	// article stands at the beginning of words that are no first names, and
	// adjectives are endings of such that are no names at all; empty where there
	// are none.
	article    string
	adjectives []string
	// plurals are endings of words that are no names.
	plurals []string
}

// The most words of a name of a person.
const (
	longestTitled = 2
	longestSaid   = 3
	// longestJoined is that of names with joints.
	longestJoined = 6
)

// neighbourName reads a name that the words around it show.
func neighbourName(n *namer, i int) (from, end int) {
	low := n.at(i).low
	switch {
	case n.states[low+" "+n.at(i+1).low]:
		return i, i + 2
	case n.states[low]:
		return i, i + 1
	case n.titles[low]:
		return n.titled(i + 1)
	case n.kinds[low]:
		return n.named(i)
	case n.sayings[low] && n.sayingFirst:
		return n.said(i + 1)
	case !n.sayingFirst && (n.starts[i] || n.at(i-1).text == "،") && n.free(i):
		return n.saying(i)
	}
	return i, i
}

// named reads the name of one word behind the kind of thing at token i, which
// is none behind a number.
func (n *namer) named(i int) (from, end int) {
	if n.isNumberWord(i-1) || n.at(i-1).digit() || !n.unknown(i+1) || n.definite(i+1) && n.adjective(i+1) {
		return i, i
	}
	return i + 1, i + 2
}

// titled reads the name behind a title: other titles, offices and adjectives may
// stand before it.
func (n *namer) titled(i int) (from, end int) {
	for k := 0; k < 3 && (n.titles[n.at(i).low] || n.offices[n.at(i).low] || n.adjective(i)); k++ {
		i++
	}
	if n.free(i) || n.definite(i) {
		return i, n.upTo(i, longestTitled)
	}
	return i, i
}

// said reads the name behind a verb of saying: of two words or more, as one may
// be anybody.
func (n *namer) said(i int) (from, end int) {
	if !n.free(i) {
		return i, i
	}
	if end = n.upTo(i, longestSaid); end < i+2 {
		return i, i
	}
	return i, end
}

// saying reads the name of two or three words from token i up to a verb of
// saying.
func (n *namer) saying(i int) (from, end int) {
	end = n.upTo(i, longestSaid)
	if end < i+2 || !n.sayings[n.at(end).low] {
		return i, i
	}
	return i, end
}

// upTo returns the end of the name of at most most words that begins with token
// i.
func (n *namer) upTo(i, most int) int {
	end := i + 1
	for k := 1; k < most && !n.starts[min(end, len(n.list)-1)]; {
		if n.joints[n.at(end).low] && n.at(end+1).word && end < i+longestJoined {
			end += 2
			continue
		}
		if !n.free(end) && !(n.definite(end) && !n.adjective(end)) || n.ended(end) {
			break
		}
		end++
		k++
	}
	return end
}

// ended reports whether token i is glued to the one before, as a clitic's word
// is.
func (n *namer) ended(i int) bool { return n.at(i).glued || n.at(i-1).glued }

// free reports whether token i may be a name for all that is known of it.
func (n *namer) free(i int) bool {
	return n.unknown(i) && !n.definite(i) && !n.plural(i)
}

// plural reports whether token i ends as words in the plural do.
func (n *namer) plural(i int) bool {
	low := n.at(i).low
	for _, ending := range n.plurals {
		if strings.HasSuffix(low, ending) && len(low) > len(ending)+4 {
			return true
		}
	}
	return false
}

// unknown reports whether token i is a word of none of the tables.
func (n *namer) unknown(i int) bool {
	t := n.at(i)
	if !t.word || t.digit() || n.capitalised(i) || len(t.low) < 4 {
		return false
	}
	w := n.norm(t.text)
	if n.stops[w] || n.starters[w] || n.plain[w] || n.opening[t.low] || n.measures[t.low] != "" || n.scales[t.low] > 0 {
		return false
	}
	return !(n.titles[t.low] || n.kinds[t.low] || n.sayings[t.low] || n.states[t.low] || n.offices[t.low])
}

// definite reports whether token i, which may be a name, has an article.
func (n *namer) definite(i int) bool {
	return n.article != "" && strings.HasPrefix(n.at(i).low, n.article) && n.unknown(i)
}

// adjective reports whether token i is an adjective of a place: "الأمريكي".
func (n *namer) adjective(i int) bool {
	low := n.at(i).low
	if n.article == "" || !strings.HasPrefix(low, n.article) {
		return false
	}
	for _, ending := range n.adjectives {
		if strings.HasSuffix(low, ending) {
			return true
		}
	}
	return false
}
