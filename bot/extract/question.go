package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// kind says what sort of thing a question asks for, and with it what a
// sentence must hold to answer.
type kind int

const (
	// open asks for anything: only the words decide.
	open kind = iota
	// person asks for somebody, or some body, by name.
	person
	// thing asks for the name of something, or for words in quotation marks.
	thing
	// place asks for a name after a word such as "in".
	place
	// moment asks for a date, a year or a day of the week.
	moment
	// amount asks for a number.
	amount
	// reason asks why.
	reason
	// speech asks what somebody said.
	speech
	// report asks for what is told about a topic.
	report
)

// ask is a question as it was read.
type ask struct {
	kind kind
	// unit is the class of unit an amount must have: one of the classes of units,
	// "age", "size" for any but a time, or "" for a bare count.
	unit string
	// focus are the indexes of the terms that say what is asked for: the
	// "houses" of "how many houses", the "diplomat" of "which diplomat".
	focus []int
	// speaker are the indexes of the terms that name who said it.
	speaker []int
	// future is set when the question is about what is still to come.
	future bool
	// many is the number of things asked for, 1 if the question does not say.
	many int
	// compare is set when the question sets accounts side by side.
	compare bool
	// outlets are those whose account the question asks for, of the ones at
	// hand; empty for all of them.
	outlets []string
	// terms are the words that have to be found.
	terms []term
}

// term is a word of the question that has to be found.
type term struct {
	text.Word
	// name is the index of the name of the question that it is part of, or -1.
	name int
	// number is set for words made of digits.
	number bool
	// weight is how much it counts, 0 to 1; see weigh.
	weight float64
}

// reader reads one question.
type reader struct {
	question string
	outlets  []string
	words    []text.Word
	at       int // index of the question word in words, len(words) if none
	skip     map[int]bool
	ask      ask
}

// read reads a question in language l. Outlets are the names of those whose
// passages are at hand; where the question names them it asks who reported
// something, and not for a text that says so.
func read(question string, l *text.Language, outlets []string) ask {
	r := &reader{question: question, words: l.Words(question), outlets: outlets, skip: map[int]bool{}}
	r.ask.many = 1
	r.at = r.findQuestionWord()
	r.readOutlets()
	r.readKind()
	r.readMany()
	r.readTerms(l)
	r.readFuture()
	return r.ask
}

// norm returns the i-th word in its simplest form, "" outside the question.
func (r *reader) norm(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].Norm
}

// findQuestionWord returns the index of the word that asks. Words such as
// "when" and "who" also join clauses ("when he resigned, how many …"), so the
// first one that opens a clause or stands before an auxiliary verb wins.
func (r *reader) findQuestionWord() int {
	first := len(r.words)
	for i, w := range r.words {
		if w.Norm == "how" && measures[r.norm(i+1)] != "" {
			return i
		}
	}
	for i, w := range r.words {
		if !questionWords[w.Norm] {
			continue
		}
		if r.opensClause(i) && (w.Norm != "when" || auxiliaries[r.norm(i+1)]) {
			return i
		}
		first = min(first, i)
	}
	return first
}

// opensClause reports whether word i is the first of the question, follows
// punctuation, or stands before an auxiliary verb, alone or after one word
// ("in which town", "and where did").
func (r *reader) opensClause(i int) bool {
	if i == 0 || i == 1 && prepositions[r.norm(0)] || auxiliaries[r.norm(i+1)] {
		return true
	}
	between := r.question[r.words[i-1].End:r.words[i].Start]
	return strings.ContainsAny(between, ",;:.?!-–—")
}

// readOutlets notes which outlets the question names.
func (r *reader) readOutlets() {
	for _, outlet := range r.outlets {
		from, to := r.findOutlet(outlet)
		if from == to {
			continue
		}
		if !spokenTo[r.norm(from-1)] {
			r.ask.outlets = append(r.ask.outlets, outlet)
		}
		for i := from; i < to; i++ {
			r.skip[i] = true
		}
	}
}

// findOutlet returns the words [from, to) that name the outlet: its own name
// without an article, or the first letters of its words.
func (r *reader) findOutlet(outlet string) (from, to int) {
	name := outletWords(outlet)
	for i := range r.words {
		if len(name) > 0 && r.matches(i, name) {
			return i, i + len(name)
		}
		if len(name) > 1 && r.norm(i) == initials(name) {
			return i, i + 1
		}
	}
	return 0, 0
}

// matches reports whether the words from i on are those of name.
func (r *reader) matches(i int, name []string) bool {
	for j, w := range name {
		if r.norm(i+j) != w {
			return false
		}
	}
	return true
}

// outletWords returns the words of an outlet's name as they stand in a
// question: without an article, a host's ending and what is in brackets.
func outletWords(outlet string) []string {
	name, _, _ := strings.Cut(outlet, "(")
	name = strings.TrimSuffix(strings.TrimSpace(strings.ToLower(name)), ".com")
	words := strings.Fields(name)
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return words
}

// initials returns the first letters of the words: "voa".
func initials(words []string) string {
	out := ""
	for _, w := range words {
		c, _ := utf8.DecodeRuneInString(w)
		out += string(c)
	}
	return out
}

// readKind decides what is asked for from the question word and what follows.
func (r *reader) readKind() {
	word, next := r.norm(r.at), r.norm(r.at+1)
	switch word {
	case "who", "whom", "whose":
		r.ask.kind = person
	case "when":
		r.ask.kind = moment
	case "where":
		r.ask.kind = place
	case "why":
		r.ask.kind = reason
	case "how":
		r.readHow(next)
	case "what", "which":
		r.readWhat()
	}
}

// readHow reads "how many houses", "how long", "how old", "how did he explain".
func (r *reader) readHow(next string) {
	class := measures[next]
	if class == "" || r.norm(r.at+2) == "apart" {
		r.readSpeech()
		return
	}
	r.ask.kind, r.ask.unit = amount, class
	r.skip[r.at+1] = true
	switch class {
	case "count":
		r.ask.unit = r.unitCounted(next)
		r.focusOn(r.at+2, 3)
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
		n, ok := nouns[r.norm(i)]
		if ok && r.headsItsPhrase(i) {
			r.nounAsked(i, n)
			return
		}
		if w := r.norm(i); auxiliaries[w] || prepositions[w] {
			break
		}
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
	if !auxiliaries[r.norm(r.at+1)] {
		r.focusOn(r.at+1, 1)
	}
}

// headsItsPhrase reports whether the noun at i stands for itself: it does not
// in "the minister's plan" and "President Koval".
func (r *reader) headsItsPhrase(i int) bool {
	w := r.words[i]
	if strings.ContainsAny(r.question[w.Start:w.End], "'’") {
		return false
	}
	return i+1 >= len(r.words) || !startsUpper(r.question[r.words[i+1].Start:])
}

// nounAsked notes that the noun at i says what is wanted.
func (r *reader) nounAsked(i int, n noun) {
	r.ask.kind, r.ask.unit = n.kind, n.unit
	if n.silent {
		r.skip[i] = true
		r.focusOn(i+1, 3)
		return
	}
	r.ask.focus = append(r.ask.focus, i)
}

// readSpeech reads "what did <speaker> say about <topic>" and its like.
func (r *reader) readSpeech() {
	i := r.at + 1
	if !auxiliaries[r.norm(i)] {
		return
	}
	for j := i + 1; j < len(r.words); j++ {
		if reportVerbs[r.words[j].Norm] && j > i+1 && r.ask.kind == open {
			r.ask.kind = report
			return
		}
		if !speechVerbs[r.words[j].Norm] {
			continue
		}
		if r.allSkipped(i+1, j) {
			r.ask.kind = report
			return
		}
		r.ask.kind = speech
		r.skip[j] = true
		for s := i + 1; s < j && !ofWords[r.norm(s)]; s++ {
			r.ask.speaker = append(r.ask.speaker, s)
		}
		return
	}
}

// allSkipped reports whether the words [from, to) name nothing but outlets.
func (r *reader) allSkipped(from, to int) bool {
	for i := from; i < to; i++ {
		if !r.skip[i] && r.norm(i) != "the" {
			return false
		}
	}
	return to > from
}

// focusOn takes the next words, up to n of them and up to an auxiliary verb, as
// what is asked for.
func (r *reader) focusOn(from, n int) {
	for i := from; i < from+n && i < len(r.words) && !auxiliaries[r.norm(i)]; i++ {
		r.ask.focus = append(r.ask.focus, i)
	}
}

// readMany reads how many things are wanted: "which four senators", "each".
func (r *reader) readMany() {
	for i := range r.words {
		w := r.norm(i)
		if comparing[w] {
			r.ask.compare = true
		}
		if n := small[w]; n > 1 && i > r.at && i <= r.at+2 {
			r.ask.many = n
			r.skip[i] = true
		}
	}
}

// mostTerms bounds the words of a question that are searched for. The longest of
// 132 labelled questions has 36 words, function words and all.
const mostTerms = 40

// readTerms collects the words that have to be found, and turns the word
// indexes in focus and speaker into indexes of terms.
func (r *reader) readTerms(l *text.Language) {
	names := l.Names(r.question)
	index := map[int]int{}
	for i, w := range r.words {
		if len(r.ask.terms) == mostTerms {
			break
		}
		if r.skip[i] || i == r.at || l.IsStop(w.Norm) || idle[w.Norm] {
			continue
		}
		index[i] = len(r.ask.terms)
		r.ask.terms = append(r.ask.terms, term{
			Word: w, name: nameAt(names, w), number: isDigits(w.Norm), weight: 1,
		})
	}
	r.ask.focus = translate(r.ask.focus, index)
	if plain := r.ask.plain(); len(r.ask.focus) == 0 && len(plain) <= fewPlain {
		r.ask.focus = plain
	}
	r.ask.speaker = translate(r.ask.speaker, index)
}

// fewPlain is the number of words besides names up to which all of them say what
// is asked for; longer questions describe more than they ask for.
const fewPlain = 2

// plain returns the terms that are in no name: what happened, where nothing
// else says what is asked for. "When was Stein born" is not answered by a date
// on which Stein did something else.
func (a ask) plain() []int {
	var out []int
	for i, t := range a.terms {
		if t.name < 0 && !t.number {
			out = append(out, i)
		}
	}
	return out
}

// readFuture notes whether the question is about what is still to come.
func (r *reader) readFuture() {
	next := r.norm(r.at + 1)
	r.ask.future = next == "will" || next == "shall"
}

// nameAt returns the index of the name that holds word w, or -1.
func nameAt(names []text.Name, w text.Word) int {
	for i, n := range names {
		if n.Start <= w.Start && w.End <= n.End {
			return i
		}
	}
	return -1
}

// translate maps indexes of words to indexes of terms; words that are no terms
// fall away.
func translate(words []int, index map[int]int) []int {
	var out []int
	for _, w := range words {
		if i, ok := index[w]; ok {
			out = append(out, i)
		}
	}
	return out
}

// startsUpper reports whether s begins with a capital letter.
func startsUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// isDigits reports whether s is made of digits and their separators only.
func isDigits(s string) bool {
	for _, c := range s {
		if (c < '0' || c > '9') && c != ',' && c != '.' {
			return false
		}
	}
	return s != ""
}
