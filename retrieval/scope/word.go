package scope

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is what stands between white space, without the marks around it.
type word struct {
	// text is the word without marks and possessive ending, low the same in
	// lower case.
	text, low string
	// start and end are its bytes in the question, with marks.
	start, end int
	// own says that it had a possessive ending.
	own bool
	// stopped says that a mark follows that ends a phrase.
	stopped bool
}

// wordsOf parts s at white space.
func wordsOf(s string) []word {
	var words []word
	at := 0
	for f := range strings.FieldsSeq(s) {
		start := at + strings.Index(s[at:], f)
		at = start + len(f)
		core := strings.TrimFunc(f, isMark)
		if core == "" {
			if len(words) > 0 {
				words[len(words)-1].stopped = true
			}
			continue
		}
		w := word{text: core, start: start, end: at}
		w.stopped = strings.ContainsAny(f[strings.Index(f, core)+len(core):], ",.;:?!)”\"")
		w.text, w.own = owner(core, f)
		w.low = strings.ToLower(w.text)
		words = append(words, w)
	}
	return words
}

func isMark(r rune) bool {
	return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '$' && r != '€'
}

// owner returns a word without its possessive ending; f is the word with marks.
func owner(core, f string) (string, bool) {
	for _, ending := range [...]string{"'s", "’s"} {
		if w, ok := strings.CutSuffix(core, ending); ok && w != "" {
			return w, true
		}
	}
	own := strings.HasSuffix(core, "s") && (strings.HasPrefix(f[strings.Index(f, core)+len(core):], "'") ||
		strings.HasPrefix(f[strings.Index(f, core)+len(core):], "’"))
	return core, own
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

// set returns the words of a list parted by white space.
func set(list string) map[string]bool {
	m := make(map[string]bool)
	for f := range strings.FieldsSeq(list) {
		m[f] = true
	}
	return m
}
