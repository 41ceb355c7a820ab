package cite

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"newsdesk/corpus/text"
)

// claim is one sentence of a generated text.
type claim struct {
	// text is plain and without markers.
	text string
	// marks are the passages it names, as indexes, each once in order; those
	// that do not exist are left out.
	marks []int
}

// claims cuts a generated text into sentences with their markers, at most
// MaxClaims of them, for n passages.
func claims(l *text.Language, s string, n int) []claim {
	var out []claim
	for _, line := range lines(s) {
		plain, marks := unmark(line, n)
		out = append(out, cut(l, plain, marks)...)
		if len(out) >= MaxClaims {
			return out[:MaxClaims]
		}
	}
	return out
}

// mark is a marker that stood at a byte of the line without markers.
type mark struct {
	at       int
	passages []int
}

// marker is a citation marker: [1], [1, 2], [^1], [Source 2], ([2]), 【1†x】.
// White space before it goes with it.
var marker = regexp.MustCompile(
	`\s*[(]?(?:\[\^?(?i:sources?|passages?|refs?\.?)?\s*#?\d{1,3}(?:\s*(?:[,;&–-]|and)\s*#?\d{1,3})*\]` +
		`|【\s*\d{1,3}[^【】]*】)[)]?`)

// bare is a marker in round brackets, read only at the end of a sentence.
var bare = regexp.MustCompile(`\s\((\d)\)([.!?]?)$`)

var digits = regexp.MustCompile(`\d+`)

// unmark takes the markers out of a line.
func unmark(line string, n int) (string, []mark) {
	var plain strings.Builder
	var marks []mark
	last := 0
	for _, at := range marker.FindAllStringIndex(line, -1) {
		plain.WriteString(line[last:at[0]])
		found, _, _ := strings.Cut(line[at[0]:at[1]], "†")
		marks = append(marks, mark{plain.Len(), numbersOf(found, n)})
		last = at[1]
	}
	plain.WriteString(line[last:])
	return plain.String(), marks
}

// numbersOf reads the numbers of a marker as indexes below n. A range such as
// [1-3] names its two ends only: it is a wish, not a finding.
func numbersOf(marker string, n int) []int {
	var out []int
	for _, d := range digits.FindAllString(marker, -1) {
		if v, err := strconv.Atoi(d); err == nil && v >= 1 && v <= n {
			out = append(out, v-1)
		}
	}
	return out
}

// cut cuts a line into sentences. A marker belongs to the sentence that it
// stands in or after; at the beginning of a line to the one that follows.
func cut(l *text.Language, line string, marks []mark) []claim {
	spans := l.Sentences(line)
	if len(spans) == 0 && len(marks) > 0 {
		return []claim{{text: strings.TrimSpace(line)}}
	}
	out := make([]claim, 0, len(spans))
	for i, span := range spans {
		c := claim{text: span.In(line)}
		for len(marks) > 0 && (i == len(spans)-1 || marks[0].at <= spans[i+1].Start) {
			c.marks = append(c.marks, marks[0].passages...)
			marks = marks[1:]
		}
		out = append(out, c.trimmed())
	}
	return out
}

// trimmed reads a bare marker and puts marks into order.
func (c claim) trimmed() claim {
	if m := bare.FindStringSubmatchIndex(c.text); m != nil {
		v := int(c.text[m[2]] - '0')
		if v >= 1 {
			c.marks = append(c.marks, v-1)
			c.text = c.text[:m[0]] + c.text[m[4]:m[5]]
		}
	}
	slices.Sort(c.marks)
	c.marks = slices.Compact(c.marks)
	return c
}

// Talk about the passages or the writer instead of the news.
var meta = regexp.MustCompile(`(?i)^(i (could not|couldn't|cannot|can't|can not|was not able|am not able|am unable|was unable|do not|don't|did not|didn't) (to )?(find|answer|determine|provide|help|confirm|verify|say|see|have|know|identify|locate)\b|` +
	`(i'm|i am) (sorry|afraid|unable|not able|an ai)\b|i apologi[sz]e|as an ai|(i'm |i am )?sorry,|` +
	`(based on|according to|from|in) (the|these|your)( \w+)? (passages?|context|excerpts?|documents?|information|snippets?)\b|` +
	`(here is|here are|here's|let me|sure[,!]|of course[,!]|certainly[,!]|note that|note:|answer:?$|summary:?$))|` +
	`\b(the|these|provided|given) (\w+ )?(passages?|excerpts?|snippets?|context) (do|does|did|don't|doesn't|provide|mention|contain|say|state|only|given|provided|is|are)\b|` +
	`\bnot (mentioned|stated|specified) in the (passages?|articles?|sources?|text)\b|\bthe (articles?|sources?) (do|does) not (say|mention|contain|provide|state)\b`)

// address is a link or something that a chat would make one.
var address = regexp.MustCompile(`(?i)(\b[a-z][a-z0-9+.-]{1,20}://\S*|\bwww\.\S+|\bmailto:\S+|\b[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,12}/\S*|` +
	`\b[a-z0-9-]{2,}\.(com|org|net|info|example|io|co|ru|cn|xyz|top|site|me)\b|\S+@[a-z0-9-]+\.[a-z]{2,})`)
