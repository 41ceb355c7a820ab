package extract

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
)

// readKind decides what is asked for from the question word and what follows.
func (r *reader) readKind() {
	word, next := r.norm(r.at), r.norm(r.at+1)
	switch word {
	case "who", "whom", "whose":
		r.ask.kind, r.ask.body = person, true
		r.readRole()
	case "when":
		r.ask.kind = moment
	case "where":
		r.ask.kind, r.ask.where = place, true
	case "why":
		r.ask.kind = reason
	case "how":
		r.readHow(next)
	case "what", "which":
		r.readWhat()
	}
}

// readRole reads the office in "who is the president" and "who was the captain of
// the ferry": the one word behind the article.
func (r *reader) readRole() {
	i := r.at + 3
	if r.norm(r.at) != "who" || !be[r.norm(r.at+1)] || r.norm(r.at+2) != "the" || i >= len(r.words) || startsUpper(r.question[r.words[i].Start:]) {
		return
	}
	if next := r.norm(i + 1); next == "" || next == "of" || next == "in" || next == "at" || next == "here" || next == "now" {
		r.ask.role = r.norm(i)
	}
}

// readHow reads "how many houses", "how long", "how old", "how did he explain".
func (r *reader) readHow(next string) {
	class := measures[next]
	switch {
	case class == "moment":
		r.ask.kind = moment
		r.skip[r.at+1] = true
		return
	case r.norm(r.at+2) == "apart":
		r.ask.kind, r.ask.unit = amount, "size"
		r.skip[r.at+1], r.skip[r.at+2] = true, true
		return
	case class == "":
		r.readSpeech()
		return
	}
	r.ask.kind, r.ask.unit = amount, class
	r.skip[r.at+1] = true
	switch class {
	case "count":
		r.ask.unit = r.unitCounted(next)
		r.focusOn(r.skipUnits(r.at+2), 3)
	case "time":
		if r.isLength() {
			r.ask.unit = "length"
		}
	case "size":
		r.focusOn(r.at+2, 3)
		if r.focusIsMoney() {
			r.ask.unit = "money"
		}
	case "age":
		r.ageOf()
	}
}

// unitCounted returns the class of unit that "how many" and "how much" ask for.
func (r *reader) unitCounted(word string) string {
	switch {
	case word == "much" && r.asksMoney():
		return "money"
	case word == "much":
		return "size"
	}
	return ""
}

// reachOfPredicate is how many words behind its auxiliary verb a participle may stand.
const reachOfPredicate = 8

// findPredicate returns the index of the participle that goes with the auxiliary verb
// of the question: "when was the wall at the bridge finished".
func (r *reader) findPredicate() int {
	aux := r.at + 1
	for aux < len(r.words) && aux < r.at+4 && !auxiliaries[r.norm(aux)] {
		aux++
	}
	for i := aux + 2; i < len(r.words) && i <= aux+reachOfPredicate; i++ {
		if r.isPaused(i) || questionWords[r.norm(i)] {
			break
		}
		if w := r.norm(i); len(w) > 4 && strings.HasSuffix(w, "ed") || participles[w] {
			return i
		}
	}
	return -1
}

// skipUnits leaves out "million crowns of" at word i, as any number of the kind has
// them, and returns what comes behind.
func (r *reader) skipUnits(i int) int {
	from := i
	for scales[r.norm(i)] || units[r.norm(i)] == "money" || i > from && r.norm(i) == "of" {
		r.skip[i] = true
		i++
	}
	return i
}

// readUnit reads the unit that stands between the question word and what is asked
// for: "how many dollars", "what dollar figure".
func (r *reader) readUnit() {
	if r.ask.kind != amount {
		return
	}
	for i := r.at + 1; i < r.at+5 && !auxiliaries[r.norm(i)]; i++ {
		if class := units[r.norm(i)]; class == "money" || class == "%" {
			r.ask.unit = class
		}
	}
}

// isLength reports whether a "how long" is about something that has a length.
func (r *reader) isLength() bool {
	for i := r.at + 2; i < r.at+6; i++ {
		if lengths[r.norm(i)] {
			return true
		}
	}
	return false
}

// focusIsMoney reports whether what is asked for is paid.
func (r *reader) focusIsMoney() bool {
	for _, i := range r.ask.focus {
		if moneyWords[r.norm(i)] {
			return true
		}
	}
	return false
}

// ageOf focuses on whose age is asked for: the words after "how old is".
func (r *reader) ageOf() { r.focusOn(r.at+3, 4) }

// asksMoney reports whether a "how much" is about money.
func (r *reader) asksMoney() bool {
	for i := range r.words {
		if moneyWords[r.norm(i)] {
			return true
		}
	}
	return false
}

// readWhat reads "which diplomat", "what year", "what is the name of", "what
// did he say".
func (r *reader) readWhat() {
	from := r.at + 1
	if be[r.norm(from)] {
		from++
	}
	for i := from; i < from+5; i++ {
		n, ok := nounFor(r.norm(i))
		// "what were the lawmakers calling for" asks for nobody
		ok = ok && (n.kind != person || from == r.at+1)
		if ok && r.headsItsPhrase(i) {
			r.nounAsked(i, n)
			return
		}
		if w := r.norm(i); auxiliaries[w] || prepositions[w] {
			break
		}
	}
	if be[r.norm(r.at+1)] && slices.ContainsFunc(r.words, func(w text.Word) bool { return w.Norm == "called" }) {
		r.ask.kind, r.ask.naming = thing, true // "what is the ship called that …"
		r.focusOn(r.at+2, 5)
		return
	}
	if causing[r.norm(r.at+1)] {
		r.ask.kind = reason
		return
	}
	if be[r.norm(r.at+1)] && r.asksMoney() {
		r.ask.kind, r.ask.unit = amount, "money"
		return
	}
	r.readSpeech()
	r.focusOnHead()
}

// focusOnHead takes the noun of "what extra arrangement with …" as what is asked for:
// the last word of its phrase.
func (r *reader) focusOnHead() {
	head := 0
	for i := r.at + 1; i < len(r.words) && i < r.at+5; i++ {
		if w := r.norm(i); auxiliaries[w] || prepositions[w] || r.isPaused(i) {
			break
		}
		head = i
	}
	if head > 0 {
		r.focusOn(head, 1)
	}
}

// nounFor looks a noun up, in the singular if need be.
func nounFor(w string) (noun, bool) {
	if n, ok := nouns[w]; ok {
		return n, true
	}
	n, ok := nouns[strings.TrimSuffix(w, "s")]
	return n, ok
}

// headsItsPhrase reports whether the noun at i stands for itself: it does not
// in "the minister's plan" and "President Koval".
func (r *reader) headsItsPhrase(i int) bool {
	if r.isPossessive(i) {
		return false
	}
	return i+1 >= len(r.words) || !startsUpper(r.question[r.words[i+1].Start:])
}

// isPossessive reports whether word i is one such as "minister's" or "Rovers'".
func (r *reader) isPossessive(i int) bool {
	w := r.words[i]
	return strings.ContainsAny(r.question[w.Start:min(len(r.question), w.End+len("’"))], "'’")
}

// nounAsked notes that the noun at i says what is wanted.
func (r *reader) nounAsked(i int, n noun) {
	r.ask.kind, r.ask.unit = n.kind, n.unit
	if n.silent {
		r.skip[i] = true
		r.focusOn(i+1, 4)
		r.ask.label = n.kind == thing && !strings.HasPrefix(r.norm(i), "name")
		r.ask.naming = n.kind == thing && strings.HasPrefix(r.norm(i), "name") && r.norm(i+1) == "of"
		if r.ask.naming && r.namesPerson(i+1) {
			r.ask.kind = person
		}
		return
	}
	if strings.HasSuffix(r.norm(i), "s") && n.kind != amount && n.kind != moment && nouns[r.norm(i)] == (noun{}) {
		r.ask.many = 2 // "which countries"
	}
	r.ask.focus = append(r.ask.focus, i)
}

// namesPerson reports whether the words from i on are "of the driver" and the like.
func (r *reader) namesPerson(i int) bool {
	for j := i; j < i+5; j++ {
		if n, ok := nounFor(r.norm(j)); ok {
			return n.kind == person
		}
	}
	return false
}
