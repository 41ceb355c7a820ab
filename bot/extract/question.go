package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

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

// readFuture notes whether the question is about what is still to come.
func (r *reader) readFuture() {
	next := r.norm(r.at + 1)
	r.ask.future = next == "will" || next == "shall"
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
