package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// German writes every noun with a capital, so that names have to be told from
// common nouns. A word is a noun where it is one of germanNouns or made of one,
// where it ends as nouns do that no name ends like, where an article, a number or
// an adjective that agrees with it stands before it, or where it is so elsewhere
// in the text. Behind a title, or directly behind a common noun ("die Reederei
// Nordlinie"), it is a name.

// germanKnown are the words of a text that it shows to be nouns or names: the
// stems of nouns as they are, norms of names behind germanNamed.
const germanNamed = "name:"

// prepareGerman finds the words of the text that are shown to be names, and then
// those that are shown to be nouns.
func prepareGerman(n *namer) {
	n.known = make(map[string]bool)
	for i := range n.list {
		if n.nounLike(i) && (n.behindTitle(i) || n.behindNoun(i) && n.isForeign(i) || germanFirst[n.norm(n.list[i].text)]) {
			n.nameFrom(i)
		}
	}
	for i := range n.list {
		if n.nounLike(i) && !n.nameForm(i) && !n.behindNoun(i) && n.agrees(i) {
			n.known[n.stemOf(n.norm(n.list[i].text))] = true
		}
	}
}

// nameFrom marks the words of a name that begins with token i: one, or a first
// name and the next.
func (n *namer) nameFrom(i int) {
	n.known[germanNamed+n.norm(n.list[i].text)] = true
	next := n.at(i + 1)
	if n.nounLike(i+1) && !next.glued && !n.starts[i+1] && !strings.HasSuffix(n.list[i].low, "s") && !n.isCalendar(i+1) {
		n.known[germanNamed+n.norm(next.text)] = true
	}
}

// nounLike reports whether token i has the shape of a noun: a capital and then
// small letters, and a hyphen at most.
func (n *namer) nounLike(i int) bool {
	t := n.at(i)
	return t.word && t.capital() && !n.isAcronym(t)
}

// germanNoun reports whether the capitalised token i is a common noun, or an
// adjective at the beginning of a sentence.
func germanNoun(n *namer, i int) bool {
	w := n.norm(n.at(i).text)
	switch {
	case germanPlaces[w] || n.nameForm(i) || n.honorifics[n.at(i).low]:
		return false
	case n.behindTitle(i) || n.known[germanNamed+w]:
		return false
	case n.measures[n.at(i).low] != "" || n.scales[n.at(i).low] > 0:
		return true
	case isPlainNoun(w):
		return !(germanSurnames[w] && n.behindName(i))
	case n.starts[i] && (n.isAdjective(i, w) || n.isPlural(i)):
		return true
	case n.behindNoun(i):
		return false
	case isGermanCompound(w) || n.beside(i):
		return true
	}
	return n.known[n.stemOf(w)] || n.agrees(i) || utf8.RuneCountInString(w) >= longestGermanName && !n.dashed(i+1)
}

// longestGermanName is the length in runes from which a word is a compound noun.
const longestGermanName = 15

// isGermanNoun reports whether a word, by its norm, is a noun by what it is
// itself.
func isGermanNoun(w string) bool { return germanKinds.of(w) != notNoun }

// The kinds of words, as they are remembered.
const (
	notNoun      = "-"
	plainNoun    = "plain"
	compoundNoun = "compound"
)

// germanKinds remembers the kinds of words, which take some time to find.
var germanKinds = newStems(kindOfWord)

func kindOfWord(w string) string {
	switch {
	case looksPlain(w):
		return plainNoun
	case looksCompound(w):
		return compoundNoun
	}
	return notNoun
}

// isGermanCompound reports whether a word ends in a noun of the list and is none
// by other signs.
func isGermanCompound(w string) bool { return germanKinds.of(w) == compoundNoun }

// isPlainNoun is isGermanNoun without compounds, which are names as well:
// "Nordlinie".
func isPlainNoun(w string) bool { return germanKinds.of(w) == plainNoun }

func looksPlain(w string) bool {
	stem := germanStems.of(w)
	if germanNounStems[stem] && len(w) <= len(stem)+longestInflection || germanNounStems[w] || isGermanTitle(w) {
		return true
	}
	for _, part := range germanInner {
		if i := strings.Index(w, part); i > 1 && i+len(part) < len(w)-2 {
			return true
		}
	}
	for _, ending := range germanEndings {
		if strings.HasSuffix(w, ending) && len(w) >= len(ending)+3 {
			return true
		}
	}
	return false
}

// longestInflection is the length in bytes of what a stemmer takes off a noun at
// most: of "Nordstern" it leaves "nord".
const longestInflection = 4

// The fewest bytes of the parts of a compound, and more than any noun of the list
// has with an ending: a word of thousands of letters is not stemmed at each.
const shortestFront, shortestHead, longestHead = 3, 5, 40

// looksCompound reports whether a word ends in a noun of the list that ends no
// names of places.
func looksCompound(w string) bool {
	for i := max(shortestFront, len(w)-longestHead); i <= len(w)-shortestHead; i++ {
		if utf8.RuneStart(w[i]) && germanHeads[germanStems.of(w[i:])] {
			return true
		}
	}
	return false
}

// nameForm reports whether token i begins a name of two words of which the
// second may be a noun: "Rotes Kreuz", "Bad Orrin".
func (n *namer) nameForm(i int) bool {
	w := n.norm(n.at(i).text)
	if !n.at(i+1).word || !n.at(i+1).capital() || n.isCalendar(i+1) {
		return false
	}
	return germanPrefixes[w] || !n.starts[i] && isNamingAdjective(w) || n.isOfPlace(i)
}

// isOfPlace reports whether token i is made of the name of a place, as stands
// before a noun in all its cases: "Selmer Zeitung".
func (n *namer) isOfPlace(i int) bool {
	w := n.norm(n.at(i).text)
	next := n.at(i + 1)
	return strings.HasSuffix(w, "er") && len(w) >= shortestHead && !isGermanNoun(w) && !n.stops[w] && !n.starters[w] &&
		next.word && !next.glued && n.nounLike(i+1) && isGermanNoun(n.norm(next.text))
}

// isNamingAdjective reports whether a word is an adjective that names begin with.
func isNamingAdjective(w string) bool {
	for _, ending := range [...]string{"e", "er", "es", "en", "em"} {
		head, ok := strings.CutSuffix(w, ending)
		if ok && (germanNaming[head] || strings.HasSuffix(head, "isch") || strings.HasSuffix(head, "national")) {
			return true
		}
	}
	return false
}

// isAdjective reports whether token i, at the beginning of a sentence, is an
// adjective before a noun.
func (n *namer) isAdjective(i int, w string) bool {
	return adjectiveEnding(w) != "" && n.at(i+1).word && n.nounLike(i+1) && isGermanNoun(n.norm(n.at(i+1).text)) ||
		germanAdjectives[w]
}

// isPlural reports whether a verb in the plural follows token i at the beginning
// of a sentence: "Pendler klagen". A single name has one in the singular.
func (n *namer) isPlural(i int) bool {
	verb := n.at(i + 1)
	if !verb.word || verb.glued || verb.capital() || len(verb.low) < 4 || germanNoAdjectives[verb.low] {
		return false
	}
	return germanPluralVerbs[verb.low] || strings.HasSuffix(verb.low, "en") && !n.stops[n.norm(verb.text)]
}

// behindTitle reports whether an honorific, an office or a profession stands
// before token i.
func (n *namer) behindTitle(i int) bool {
	before := n.at(i - 1)
	if before.text == "." && before.glued {
		return n.honorifics[n.at(i-2).low] && !n.starts[i]
	}
	if !before.word || n.starts[i] || n.at(i).glued {
		return false
	}
	w := n.norm(before.text)
	return n.honorifics[before.low] || before.capital() && isGermanTitle(w)
}

// isGermanTitle reports whether a word names an office or a profession.
func isGermanTitle(w string) bool {
	w = strings.TrimSuffix(w, "in")
	for _, title := range germanTitles {
		if w == title || len(title) >= shortestHead && strings.HasSuffix(w, title) {
			return true
		}
	}
	return false
}

// behindNoun reports whether a common noun stands directly before token i, which
// is then its name; measures and parts of wholes are no such nouns.
func (n *namer) behindNoun(i int) bool {
	before := n.at(i - 1)
	if !before.word || !before.capital() || n.starts[i] || n.at(i).glued || n.isAcronym(before) {
		return false
	}
	if n.measures[before.low] != "" || n.scales[before.low] > 0 || n.portions[before.low] != "" || germanMass[before.low] {
		return false
	}
	w := n.norm(before.text)
	return isGermanNoun(w) || n.known[n.stemOf(w)]
}

// behindName reports whether a word that may be a first name stands before token
// i.
func (n *namer) behindName(i int) bool {
	before := n.at(i - 1)
	if before.text == "." {
		before = n.at(i - 2)
	}
	return before.word && before.capital() && !n.starts[i] && !isGermanNoun(n.norm(before.text)) &&
		!n.stops[n.norm(before.text)] && !n.isCalendar(i-1)
}

// beside reports whether "und" joins the single word at token i to a noun that
// has no article: "Decken und Suppe".
func (n *namer) beside(i int) bool {
	and, noun := n.at(i-1), n.at(i-2)
	if !n.and[and.low] && and.low != "oder" || !noun.capital() || n.isForeign(i+1) {
		return false
	}
	return isGermanNoun(n.norm(noun.text)) && !n.agrees(i-2) && !n.behindTitle(i-2) && !n.behindName(i-2)
}

// The most adjectives between an article and its noun.
const mostAdjectives = 3

// agrees reports whether an article, a number, or an adjective with its ending
// stands before the noun at token i.
func (n *namer) agrees(i int) bool {
	if n.starts[i] || n.at(i).glued {
		return false
	}
	k, ending := i-1, ""
	for ; k >= i-mostAdjectives && !n.starts[k+1]; k-- {
		t := n.at(k)
		if !t.word || t.capital() || germanDeterminers[t.low] || n.stops[t.low] || n.stops[n.norm(t.text)] || t.digit() {
			break
		}
		e := adjectiveEnding(t.low)
		if e == "" {
			break
		}
		if ending == "" {
			ending = e
		}
	}
	before := n.at(k)
	switch {
	case k < 0 || !before.word || n.starts[k+1]:
		return ending == "e" || ending == "es" || ending == "er"
	case germanDeterminers[before.low] && ending == "":
		// A relative pronoun looks like an article: ", die Brook nannte". Of two
		// words with capitals behind one the first may be a name as well.
		return n.at(k-1).text != "," && !n.isForeign(i+1)
	case germanDeterminers[before.low]:
		return true
	case before.digit() && yearOf(before.text) == 0 && !n.isDotted(k):
		return true
	case n.isNumberWord(k) && before.low != "eins":
		return true
	case ending == "":
		return false
	}
	return ending == "e" || ending == "es" || ending == "er" || germanPrepositions[before.low]
}

// isForeign reports whether token i is a capitalised word that is no noun for all
// that is known of it.
func (n *namer) isForeign(i int) bool {
	return !n.at(i).glued && n.nounLike(i) && !n.isCalendar(i) && !isGermanNoun(n.norm(n.at(i).text))
}

// isDotted reports whether token k is digits with a full stop behind them.
func (n *namer) isDotted(k int) bool { return n.at(k+1).text == "." && n.at(k+1).glued }

// adjectiveEnding returns the ending of a word that is an adjective for all that
// is seen; empty for verbs in the past and others.
func adjectiveEnding(low string) string {
	r, _ := utf8.DecodeLastRuneInString(low)
	if len(low) < 4 || !unicode.IsLetter(r) || germanNoAdjectives[low] {
		return ""
	}
	for _, ending := range [...]string{"en", "er", "es", "em", "e"} {
		head, ok := strings.CutSuffix(low, ending)
		if !ok {
			continue
		}
		if strings.HasSuffix(head, "t") && (ending == "e" || ending == "en") && !isAdjectiveT(head) {
			return ""
		}
		return ending
	}
	return ""
}

// isAdjectiveT reports whether a word that ends in "t" is an adjective or a
// participle, so that "-te" is no past tense.
func isAdjectiveT(head string) bool {
	return germanAdjectivesT[head] || strings.HasPrefix(head, "ge") && len(head) > 5
}

// germanEnds reports whether a name that goes to token last ends before the
// capitalised word at token next: a common noun, but for one that is a family
// name too, or behind an adjective that names begin with.
func germanEnds(n *namer, last, next int) bool {
	w := n.norm(n.at(next).text)
	if isNamingAdjective(n.norm(n.at(last).text)) || germanPrefixes[n.norm(n.at(last).text)] {
		return false
	}
	if germanSurnames[w] || germanPlaces[w] || n.isOfPlace(last) && germanBodies[w] {
		return false
	}
	if (n.behindTitle(last) || n.behindNoun(last) || germanFirst[n.norm(n.at(last).text)]) && !strings.HasSuffix(n.at(last).low, "s") {
		return false // a first name: "Rektor Ivo Hart"
	}
	return isGermanNoun(w)
}
