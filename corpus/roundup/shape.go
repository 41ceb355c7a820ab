package roundup

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// The shapes of lines, in words. On the page that the format was taken from
// subheadings have 3 to 9, the headline 9, captions and teasers 19 and 20, and
// paragraphs 5 to 48, half of them 27 or more; the bounds lie between.
const (
	maxSubheading = 12
	maxHeadline   = 15
	maxCaption    = 30
	maxFragment   = 8
	// wrapped is the length in bytes from which a line may be one that was
	// broken: no layout breaks prose before.
	wrapped = 50
	// unspaced is the number of characters up to which a line in a script
	// without spaces can be a heading.
	unspaced = 120
)

// words counts the words of s, which is clean, up to more than any shape has: the
// length of a line must not count more than once.
func words(s string) int {
	n := 0
	for s != "" && n < 4*maxCaption {
		_, s, _ = strings.Cut(s, " ")
		n++
	}
	return n
}

// closers may follow the mark that ends a sentence.
const closers = `"'”’»“)]›`

// hasFinal reports whether a line ends as a sentence does. A colon only ends what
// is longer than a label.
func hasFinal(s string) bool {
	s = strings.TrimRight(s, closers+" ")
	r, _ := utf8.DecodeLastRuneInString(s)
	if r == ':' || r == '：' {
		return words(s) > 6
	}
	return r != utf8.RuneError && strings.ContainsRune(".!?…。！？؟।۔", r)
}

// endsInInitials reports whether the last word of s is single letters, each with
// a full stop, two at least.
func endsInInitials(s string) bool {
	word := s[strings.LastIndexByte(s, ' ')+1:]
	n := 0
	for word != "" {
		r, size := utf8.DecodeRuneInString(word)
		if !unicode.IsLetter(r) || !strings.HasPrefix(word[size:], ".") {
			return false
		}
		word = word[size+1:]
		n++
	}
	return n >= 2
}

// hasInner reports whether s has more than one sentence. It is asked for short
// lines only.
func hasInner(s string) bool { return len(text.For("").Sentences(s)) > 1 }

// isQuestion reports whether a line is one short question.
func isQuestion(s string) bool {
	return strings.HasSuffix(s, "?") && words(s) <= maxHeadline && !hasInner(s)
}

// isUnended reports whether a line is a heading's or a caption's: no final
// punctuation, and not so long that it can only be text.
func isUnended(s string) bool {
	return !hasFinal(s) && words(s) <= maxCaption && !hasInner(s) && utf8.RuneCountInString(s) <= 3*unspaced
}

// isSubheading reports whether a line in a body is a heading.
func isSubheading(s string) bool {
	return isUnended(s) && words(s) <= maxSubheading && utf8.RuneCountInString(s) <= unspaced
}

// isHeadline reports whether a line in a head can be the title. The full stop of
// initials ("… in the U.S.") is not taken for a sentence's there.
func isHeadline(s string) bool {
	if startsLower(s) || isCredited(s) || isPictured(s) {
		return false
	}
	if isQuestion(s) || endsInInitials(s) && words(s) <= maxHeadline && !hasInner(s) {
		return true
	}
	return isUnended(s) && (words(s) <= maxHeadline || isTitleCase(s) && words(s) <= maxHeadline+5)
}

// isTitleCase reports whether three words of four have a capital.
func isTitleCase(s string) bool {
	capital, all := 0, 0
	for w := range strings.FieldsSeq(s) {
		r, _ := utf8.DecodeRuneInString(strings.TrimLeft(w, `"'“‘«(`))
		if unicode.IsLetter(r) {
			all++
		}
		if unicode.IsUpper(r) {
			capital++
		}
	}
	return 4*capital >= 3*all && all > 0
}

// startsLower reports whether a line begins with a word in lower case; "iPhone"
// is none.
func startsLower(s string) bool {
	first, _, _ := strings.Cut(strings.TrimLeft(s, `"'“‘«(…—–- `), " ")
	r, _ := utf8.DecodeRuneInString(first)
	return unicode.IsLower(r) && !strings.ContainsFunc(first, unicode.IsUpper)
}

// The marks of a caption. A credit is "(Photo: …)" or "(Name Surname/Agency)";
// two abbreviations with a stroke between ("RFE/RL") are none.
var (
	captionStart = regexp.MustCompile(`(?i)^(?:(?:file|photo|image|picture|video|graphic|illustration)(?:\s(?:photo|image|picture|by))?\s*(?:[:©]|\s[-–—]\s)|(?:photo|image|picture)(?:\s+credit|\s+by|graph:)|(?:caption|credit|photographer):)`)
	captionEnd   = regexp.MustCompile(`(?:[(\[](?:(?i:photo|image|picture|file|credit|courtesy|via)\b[^()\[\]]*|[^()\[\]]*\b(?i:photo|file photo|via \pL+))|[(\[]\p{Lu}\S*(?:\s\S+)+\s?/\s?\p{Lu}[^()\[\]]*)[)\]]\.?$`)
	pictured     = regexp.MustCompile(`(?i),\s*(?:second from |far |top |bottom )?(?:left|right|cent(?:er|re))\s*[,.]|\((?:left|right|cent(?:er|re)|pictured|l|r)\)|\bpictured\b|,\s*in this [^.]*\b(?:photo|image|picture)\b`)
	dated        = regexp.MustCompile(`(?i),\s*(?:on\s)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?(?:\d{1,2}\s\pL{3,9}\.?|\pL{3,9}\.?\s\d{1,2}),?\s[12]\d{3}\.?$|,\s(?:in\s)?\pL{3,9}\.?\s[12]\d{3}\.?$`)
)

// isCredited reports whether a line is a caption wherever it stands.
func isCredited(s string) bool {
	return words(s) <= 2*maxCaption && (captionStart.MatchString(s) || captionEnd.MatchString(s))
}

// isPictured reports whether a line in a head is a caption; in a text it may be
// a sentence.
func isPictured(s string) bool {
	return words(s) <= 2*maxCaption && (pictured.MatchString(s) || dated.MatchString(s))
}

// repeatsTail reports whether a few words are the end of the line before.
func repeatsTail(s, before string) bool {
	if words(s) > maxFragment {
		return false
	}
	s = strings.ToLower(strings.TrimLeft(s, ".,;…—–- "))
	// a letter has at most three bytes more in the other case
	tail := before[max(0, len(before)-4*len(s)):]
	return strings.HasSuffix(strings.ToLower(tail), s)
}

// isStop reports whether a line is nothing but the punctuation that the line
// before lacks.
func isStop(s string) bool { return stop.MatchString(s) }

var stop = regexp.MustCompile(`^[.!?…,][”"’')»]*$`)
