package scope

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is what stands between white space, without the marks around it.
type word struct {
	// text is the word without marks and possessive ending, low the same in
	// lower case, stem the same as it is in names (see lexicon.stem).
	text, low, stem string
	// start and end are its bytes in the question, with marks.
	start, end int
	// own says that it had a possessive ending.
	own bool
	// stopped says that a mark follows that ends a phrase.
	stopped bool
}

// question is a question in words.
type question struct {
	*lexicon
	text  string
	words []word
	// flat says that capitals say nothing: there are no small letters, or each
	// word begins with a capital.
	flat bool
}

// newQuestion parts s into words.
func newQuestion(s string, lex *lexicon) *question {
	q := &question{lexicon: lex, text: s, words: lex.wordsOf(s)}
	q.flat = isFlat(q.words)
	return q
}

// at returns word i; an empty one beyond either end.
func (q *question) at(i int) word {
	if i < 0 || i >= len(q.words) {
		return word{}
	}
	return q.words[i]
}

// has reports whether one of the words is in set.
func (q *question) has(set map[string]bool) bool { return q.index(set) >= 0 }

// index returns the first word that is in set, -1 if none is.
func (q *question) index(set map[string]bool) int {
	for i, w := range q.words {
		if set[w.low] {
			return i
		}
	}
	return -1
}

// wordsOf parts s at white space, and at the hyphen before a word for a report:
// "SNN-Bericht".
func (l *lexicon) wordsOf(s string) []word {
	words := make([]word, 0, len(s)/5+1)
	at := 0
	for f := range strings.FieldsSeq(s) {
		start := at + strings.Index(s[at:], f)
		at = start + len(f)
		if i := strings.LastIndexByte(f, '-'); i > 0 && l.reports[strings.ToLower(strings.TrimFunc(f[i:], isMark))] {
			words = l.appendWord(words, f[:i], start)
			f, start = f[i:], start+i
		}
		words = l.appendWord(words, f, start)
	}
	return words
}

// appendWord appends the word of a field that begins at start; marks alone end
// the phrase before them.
func (l *lexicon) appendWord(words []word, f string, start int) []word {
	core := strings.TrimFunc(f, isMark)
	if core == "" {
		if len(words) > 0 {
			words[len(words)-1].stopped = true
		}
		return words
	}
	w := word{start: start, end: start + len(f)}
	w.stopped = strings.ContainsAny(f[strings.Index(f, core)+len(core):], ",.;:?!)”\"")
	w.text, w.own = owner(core, f)
	w.low = strings.ToLower(w.text)
	w.stem = l.stem(w.low)
	return append(words, w)
}

// stem returns a word in lower case as it counts within a name: an article is
// "the", and adjectives have no ending ("Deutschen Welle").
func (l *lexicon) stem(low string) string {
	if l.articles[low] {
		return "the"
	}
	for _, ending := range l.endings {
		if base, ok := strings.CutSuffix(low, ending); ok && len(base) >= shortestStem {
			return base
		}
	}
	return low
}

// shortestStem is the number of bytes that a word keeps without its ending.
const shortestStem = 3

func isMark(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '$' && r != '€'
}

// owner returns a word without its possessive ending; f is the word with marks.
func owner(core, f string) (string, bool) {
	for _, ending := range [...]string{"'s", "’s", "'S", "’S"} {
		if w, ok := strings.CutSuffix(core, ending); ok && w != "" {
			return w, true
		}
	}
	behind := f[strings.Index(f, core)+len(core):]
	return core, strings.HasSuffix(core, "s") && (strings.HasPrefix(behind, "'") || strings.HasPrefix(behind, "’"))
}

// capital reports whether the word begins with a capital or a digit.
func (w word) capital() bool {
	r, _ := utf8.DecodeRuneInString(w.text)
	return unicode.IsUpper(r) || unicode.IsDigit(r)
}

// isUpper reports whether s has capitals and no small letters.
func isUpper(s string) bool {
	return s != strings.ToLower(s) && s == strings.ToUpper(s)
}

// leastFlat is the number of words from which it says something that all have
// capitals: "SNN Brexit" does not.
const leastFlat = 4

// isFlat reports whether all words are written with capitals.
func isFlat(words []word) bool {
	if len(words) < leastFlat {
		return false
	}
	for _, w := range words {
		if !w.capital() {
			return false
		}
	}
	return true
}

// set returns the words of a list parted by white space.
func set(list string) map[string]bool {
	m := make(map[string]bool)
	for f := range strings.FieldsSeq(list) {
		m[f] = true
	}
	return m
}
