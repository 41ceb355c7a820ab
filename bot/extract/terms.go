package extract

import "newsdesk/corpus/text"

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
