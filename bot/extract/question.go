package extract

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval/scope"
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
	// topic are the indexes of the terms that say what it was said about.
	topic []int
	// future is set when the question is about what is still to come.
	future bool
	// naming is set where the name of what is in focus is asked for.
	naming bool
	// body is set where a person that is asked for may be some body as well.
	body bool
	// where is set for a place that may be any, such as a car.
	where bool
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
	// behind is the number of words between it and the question word before it.
	behind int
	// weight is how much it counts; see weigh.
	weight float64
}

// reader reads one question.
type reader struct {
	question string
	outlets  []string
	words    []text.Word
	at       int // index of the question word in words, len(words) if none
	// predicate is the index of the participle that says what was done, or -1.
	predicate int
	skip      map[int]bool
	ask       ask
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
	r.predicate = r.findPredicate()
	r.readUnit()
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
	if r.asksWhether() {
		return r.findEmbedded()
	}
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

// asksWhether reports whether the question asks for yes or no: an auxiliary verb
// opens it, or the clause behind its opening ("According to the Herald, did …").
func (r *reader) asksWhether() bool {
	for i, w := range r.words {
		switch {
		case questionWords[w.Norm] && w.Norm != "when":
			return false
		case auxiliaries[w.Norm] && (i == 0 || r.isPaused(i)):
			return true
		}
	}
	return false
}

// isPaused reports whether there is a comma or its like before word i.
func (r *reader) isPaused(i int) bool {
	return i > 0 && strings.ContainsAny(r.question[r.words[i-1].End:r.words[i].Start], ",;:.?!-–—")
}

// findEmbedded returns the index of the word that asks within a question that asks
// for yes or no ("do the reports agree on how many", "was he fined, and how
// much"), or -1 where it asks for nothing else.
func (r *reader) findEmbedded() int {
	for i, w := range r.words {
		before := r.norm(i - 1)
		if i > 0 && questionWords[w.Norm] && w.Norm != "when" && (embedding[before] || prepositions[before]) {
			return i
		}
	}
	return -1
}

// opensClause reports whether word i is the first of the question, follows
// punctuation, or stands before an auxiliary verb, alone or after one word
// ("in which town", "and where did").
func (r *reader) opensClause(i int) bool {
	if i == 0 || i == 1 && prepositions[r.norm(0)] || auxiliaries[r.norm(i+1)] {
		return true
	}
	return r.isPaused(i)
}

// readOutlets notes which outlets the question asks for: those that retrieval/scope
// is sure of. The words of their names are not searched for.
func (r *reader) readOutlets() {
	var list []corpus.Outlet
	for _, name := range r.outlets {
		list = append(list, corpus.Outlet{Name: name, Articles: manyArticles})
	}
	query := scope.Read(r.question, time.Unix(0, 0), list)
	r.ask.outlets, r.ask.compare = query.Outlets, query.Several
	for _, outlet := range query.Outlets {
		for _, name := range namesOf(outlet) {
			r.skipWords(strings.Fields(name))
		}
	}
}

// manyArticles is a number of articles that a person would not have written; it
// keeps retrieval/scope from taking an outlet's name for a columnist's.
const manyArticles = 1000

// namesOf returns the names in small letters by which a question may call an
// outlet: as it is stored, and without what labels and hosts add.
func namesOf(outlet string) []string {
	name, _, _ := strings.Cut(strings.ToLower(outlet), "(")
	name, _, _ = strings.Cut(name, " - ")
	name = strings.TrimPrefix(strings.TrimSuffix(strings.TrimSpace(name), ".com"), "the ")
	words := slices.DeleteFunc(strings.Fields(name), func(w string) bool { return labelWords[w] })
	short := strings.Join(words, " ")
	return []string{name, short, strings.TrimSuffix(short, " news"), initials(words), strings.TrimSuffix(name, "news") + " news"}
}

// skipWords leaves out the words of the question that are those of a name.
func (r *reader) skipWords(name []string) {
	for i := range r.words {
		if len(name) > 0 && r.matches(i, name) {
			for j := range name {
				r.skip[i+j] = true
			}
		}
	}
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

// initials returns the first letters of several words: "voa".
func initials(words []string) string {
	if len(words) < 2 {
		return ""
	}
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
		r.ask.kind, r.ask.body = person, true
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
		if r.norm(j) == "call" && r.norm(j-1) == "to" {
			r.ask.kind = thing // "what does he want to call it"
			return
		}
		if r.allSkipped(i+1, j) {
			r.ask.kind = report
			return
		}
		r.ask.kind = speech
		r.skip[j] = true
		for s := i + 1; s < j && !ofWords[r.norm(s)]; s++ {
			if !r.isPossessive(s) {
				r.ask.speaker = append(r.ask.speaker, s)
			}
		}
		for t := j + 1; t < len(r.words); t++ {
			r.ask.topic = append(r.ask.topic, t)
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
		if n := small[w]; n > 1 && i > r.at && i <= r.at+2 && r.ask.kind != amount {
			r.ask.many = n
			r.skip[i] = true
			if r.ask.kind == open && i == r.at+1 {
				r.ask.kind = thing // "which two hospitals"
				r.focusOn(i+1, 2)
			}
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
	index, last := map[int]int{}, -1
	if r.at < 0 {
		last = 0
	}
	for i, w := range r.words {
		if len(r.ask.terms) == mostTerms {
			break
		}
		if i > 0 && questionWords[r.norm(i)] && w.Norm != "when" || i == r.at {
			last = i
		}
		if r.skip[i] || i == r.at || l.IsStop(w.Norm) || idle[w.Norm] {
			continue
		}
		index[i] = len(r.ask.terms)
		r.ask.terms = append(r.ask.terms, term{
			Word: w, name: nameAt(names, w), number: isDigits(w.Norm), behind: behind(i, last), weight: 1,
		})
		if i == r.predicate {
			r.ask.terms[index[i]].behind = 1
		}
	}
	r.ask.focus = translate(r.ask.focus, index)
	if plain := r.ask.plain(); len(r.ask.focus) == 0 && len(plain) <= fewPlain {
		r.ask.focus = plain
	}
	r.ask.speaker, r.ask.topic = translate(r.ask.speaker, index), translate(r.ask.topic, index)
}

// aside is how far from the question word a word counts that stands before it.
const aside = 15

// behind returns how far word i stands behind the question word at last, -1 for
// none before it.
func behind(i, last int) int {
	if last < 0 {
		return aside
	}
	return i - last
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
