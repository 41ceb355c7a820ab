package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a proper name in a text.
type Name struct {
	Span
	// Text is the name with single spaces; otherwise as it stands.
	Text string
}

// Names returns the names of s in order: runs of capitalised words, with
// particles inside them ("Bank of Meridian", "van der Lund"), and acronyms.
// Honorifics ("Mr."), a possessive 's, days and months are no part of a name. A
// capitalised word at the beginning of a sentence or a quotation is a name
// unless it is a common word. Demonyms ("Iranian") count. In German common nouns
// are none, and scripts without capitals have ways of their own: see the package
// comment. Nil for a text without names.
func (l *Language) Names(s string) []Name {
	n := namer{reader: reader{Language: l, list: l.tokens(s)}, s: s}
	n.findStarts(l.Sentences(s))
	if l.prepareNames != nil {
		l.prepareNames(&n)
	}
	var list []Name
	for i := 0; i < len(n.list); {
		name, end := n.read(i)
		if name.End > name.Start {
			list = append(list, name)
		}
		i = max(end, i+1)
	}
	return list
}

// read reads the name that begins with token i, an empty one where there is
// none, and returns the token to go on with.
func (n *namer) read(i int) (Name, int) {
	if n.otherNames != nil {
		if from, end := n.otherNames(n, i); end > from {
			return n.whole(from, end), end
		}
	}
	if !n.begins(i) {
		return Name{}, i
	}
	end := n.run(i)
	name, _ := n.name(i, end)
	return name, end
}

// whole makes the Name of tokens [i, end) as they stand.
func (n *namer) whole(i, end int) Name {
	span := n.span(i, end)
	return Name{span, strings.Join(strings.Fields(span.In(n.s)), " ")}
}

// namer reads the names of one text.
type namer struct {
	reader
	s string
	// starts marks the first word of each sentence.
	starts []bool
	// known is what a language's prepareNames found out about the words of this
	// text, by norm.
	known map[string]bool
}

// findStarts marks the first words of the sentences, and the words behind an
// opening quote or a colon, which are capitalised just so.
func (n *namer) findStarts(sentences []Span) {
	n.starts = make([]bool, len(n.list))
	at := 0
	fresh := false
	for i, t := range n.list {
		for at < len(sentences) && sentences[at].Start <= t.Start {
			fresh = true
			at++
		}
		if t.word {
			n.starts[i] = fresh
			fresh = false
		} else if strings.Contains("\"“„«‘:•", t.text) {
			fresh = true
		}
	}
}

// capitalised reports whether token i looks like a part of a name.
func (n *namer) capitalised(i int) bool {
	t := n.at(i)
	return t.word && strings.IndexFunc(t.text, unicode.IsUpper) >= 0 && !n.ordinal(t)
}

// ordinal reports whether t is digits with letters that make no name: "3RD".
func (n *namer) ordinal(t token) bool {
	return t.digit() && len(t.text) > 2 && n.dayNumber(t.low) > 0
}

// begins reports whether a name begins with token i.
func (n *namer) begins(i int) bool {
	if !n.capitalised(i) || n.isCalendar(i) {
		return false
	}
	t := n.list[i]
	if n.isAcronym(t) {
		return true
	}
	if n.isNoun != nil && n.isNoun(n, i) {
		return false
	}
	w := n.norm(t.text)
	if n.isInitial(i) {
		return true
	}
	if n.stops[w] || n.isContraction(t.low) {
		return false
	}
	if !n.starts[i] {
		return true
	}
	return !n.starters[w] && !n.common[w] && !((n.isInflected(w) || n.isInflected(t.low)) && !n.capitalised(i+1))
}

// shortestInflected is the length in runes from which an ending says what kind
// of word it is.
const shortestInflected = 6

// isInflected reports whether a word has an ending of words that are no names,
// such as adverbs or participles.
func (n *namer) isInflected(w string) bool {
	if utf8.RuneCountInString(w) < shortestInflected {
		return false
	}
	for _, ending := range n.inflections {
		if strings.HasSuffix(w, ending) {
			return true
		}
	}
	return false
}

// isContraction reports whether the part before an apostrophe is a function
// word: "I'm", "He's".
func (n *namer) isContraction(low string) bool {
	head, _, ok := strings.Cut(low, "'")
	return ok && n.stops[head]
}

// isAcronym reports whether t is capitals only, at least two: "NATO", "G20",
// "U.N".
func (n *namer) isAcronym(t token) bool {
	upper := 0
	for _, r := range t.text {
		if unicode.IsLower(r) {
			return false
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	return upper > 1 || upper == 1 && utf8.RuneCountInString(t.text) > 1 && !strings.ContainsAny(t.text, "'’.,")
}

// isCalendar reports whether token i is a month or a weekday; a doubtful one
// ("May") behind another part of a name is none.
func (n *namer) isCalendar(i int) bool {
	t := n.at(i)
	if _, day := n.weekdays[t.low]; day {
		return true
	}
	if n.months[t.low] == 0 {
		return false
	}
	return !n.doubtful[t.low] || !n.capitalised(i-1) || n.at(i+1).word && n.at(i+1).digit()
}

// run returns the token behind the name that begins with token i.
func (n *namer) run(i int) int {
	end := i + 1
	for {
		end = n.hyphenated(end)
		if n.isPossessive(end - 1) {
			return end
		}
		next := n.next(end)
		if next == end {
			return n.withStop(end)
		}
		end = next
	}
}

// hyphenated takes in "-Claude" and "-19", but not "-led".
func (n *namer) hyphenated(end int) int {
	for n.dashed(end) && (n.capitalised(end+1) || n.at(end+1).word && n.at(end+1).digit()) {
		end += 2
	}
	return end
}

// isPossessive reports whether token i ends in 's.
func (n *namer) isPossessive(i int) bool { return n.owner(n.list[i].low) != n.list[i].low }

// owner returns a word without its possessive ending.
func (n *namer) owner(w string) string { return ownerOf(w, n.possessives) }

// next returns the token behind the next word of a name, end if the name is
// over.
func (n *namer) next(end int) int {
	at := end
	if n.at(at).text == "." && n.at(at).glued && n.dotted(at-1) {
		at++
	}
	for k := 0; k < 3 && n.particles[n.at(at).text] && at < len(n.list) && !n.starts[at]; k++ {
		at++
	}
	if n.arabic(at) {
		return at + 3
	}
	if at >= len(n.list) || n.starts[at] || !n.capitalised(at) || n.isCalendar(at) || n.isFunctionWord(at) {
		return end
	}
	if n.endsName != nil && n.endsName(n, end-1, at) {
		return end
	}
	return at + 1
}

// isFunctionWord reports whether token i is "I", or another function word with a
// capital.
func (n *namer) isFunctionWord(i int) bool {
	if n.capitalPronouns != nil {
		return n.capitalPronouns[n.at(i).low]
	}
	return n.stops[n.norm(n.at(i).text)] && !n.isAcronym(n.at(i)) && !n.isInitial(i)
}

// isInitial reports whether token i is one capital with a full stop, before
// another capital.
func (n *namer) isInitial(i int) bool {
	stop := n.at(i + 1)
	return isInitial(n.at(i).text) && stop.text == "." && stop.glued && n.at(i+2).capital()
}

// arabic reports whether token i begins "al-Hadid".
func (n *namer) arabic(i int) bool {
	switch n.at(i).text {
	case "al", "el", "ul", "as", "ad":
		return n.dashed(i+1) && n.capitalised(i+2)
	}
	return false
}

// dotted reports whether a full stop behind token i is part of it: an initial,
// an acronym, a title.
func (n *namer) dotted(i int) bool {
	return n.abbreviations[n.at(i).low] != 0 || isInitials(n.at(i).text)
}

// withStop takes in the last full stop of "U.N." and "Inc.".
func (n *namer) withStop(end int) int {
	last := n.at(end - 1)
	if n.at(end).text != "." || !n.at(end).glued {
		return end
	}
	if strings.Contains(last.text, ".") && isInitials(last.text) {
		return end + 1
	}
	if n.abbreviations[last.low] == nameFollows && n.isAcronym(last) && n.at(end-2).text == "." {
		return end + 1 // the second part of "EE. UU."
	}
	return end
}

// name makes the Name of tokens [i, end); ok is false where nothing but an
// honorific is left.
func (n *namer) name(i, end int) (Name, bool) {
	for i < end && n.honorifics[n.list[i].low] {
		if i++; i < end && n.list[i].text == "." {
			i++
		}
	}
	if i >= end {
		return Name{}, false
	}
	span := n.span(i, end)
	last := n.list[end-1]
	if k := len(last.low) - len(n.owner(last.low)); k > 0 {
		span.End = last.End - len(last.text) + len(ownerOf(last.text, n.possessives))
	}
	return Name{span, strings.Join(strings.Fields(span.In(n.s)), " ")}, true
}

// ownerOf returns word without a possessive ending.
func ownerOf(word string, possessives []string) string {
	for _, ending := range possessives {
		if w, ok := strings.CutSuffix(word, ending); ok {
			return w
		}
	}
	return word
}
