package restate

import (
	"slices"
	"strings"

	"newsdesk/corpus/text"
)

// bare reads a question word alone, "why?", "when was that?": the last question
// is asked with it.
func (r *reader) bare() string {
	if r.last.text == "" || !r.words.bare[r.norm(0)] || !r.isBare() {
		return ""
	}
	word := capital(r.rest[r.tokens[0].Start:r.tokens[0].End])
	body := r.body()
	if body == "" {
		return ""
	}
	return asked(word + " " + body)
}

// isBare reports whether nothing but "was that" or "so" follows the first word.
func (r *reader) isBare() bool {
	for i := 1; i < len(r.tokens); i++ {
		w := r.norm(i)
		if !r.words.aux[w] && !r.words.pointers[w] && !r.words.fill[w] && w != "so" && w != "not" {
			return false
		}
	}
	// "Who is it?" and "who was that?" ask for somebody and not for a clause.
	return len(r.tokens) == 1 || r.norm(0) != "who" && r.norm(0) != "wer"
}

// body returns the last question without what asks in it, from its auxiliary on:
// "did the sirens not sound". A subject that asks is made to say so.
func (r *reader) body() string {
	s := r.last
	first := normAt(s.tokens, 0)
	if r.words.aux[first] {
		return lowered(s.text)
	}
	if r.words.how[first] && r.words.many[normAt(s.tokens, 1)] {
		return r.bodyOfCount()
	}
	if body := r.bodyOfDoer(); body != "" {
		return body
	}
	for i := 1; i < len(s.tokens) && i < 6; i++ {
		if r.words.aux[s.tokens[i].Norm] && !r.isSubject(first) {
			return s.text[s.tokens[i].Start:]
		}
	}
	return r.topic(s)
}

// isSubject reports whether a word that asks may be the subject of its question,
// so that no other one follows: "who has won".
func (r *reader) isSubject(first string) bool { return first == "who" || first == "wer" }

// bodyOfCount returns "did houses burn down" for "how many houses burned down".
// Where the verb has an auxiliary that one stands first: "were houses flooded".
func (r *reader) bodyOfCount() string {
	s := r.last
	counted := r.counted(s)
	if counted == "" {
		return ""
	}
	at := strings.Index(s.text, counted) + len(counted)
	rest := s.text[at:]
	tokens := r.language.Words(rest)
	switch {
	case len(tokens) == 0:
		return ""
	case r.words.aux[tokens[0].Norm]:
		return rest[tokens[0].Start:tokens[0].End] + " " + counted + rest[tokens[0].End:]
	case r.words.past == "" || !strings.HasSuffix(tokens[0].Norm, "ed"):
		return counted + rest
	}
	return r.words.past + " " + counted + " " + strings.TrimSuffix(rest[tokens[0].Start:tokens[0].End], "ed") + rest[tokens[0].End:]
}

func lowered(s string) string {
	for _, c := range s {
		return strings.ToLower(string(c)) + s[len(string(c)):]
	}
	return s
}

// outlet reads a question for another outlet's account: "and what did Radio
// Solana say?", "what about Radio Solana?".
func (r *reader) outlet() string {
	name, at, end := r.outletIn(sentence{r.rest, r.tokens})
	if name == "" || r.last.text == "" || !r.saysNothingElse(at, end) {
		return ""
	}
	if old, from, to := r.outletIn(r.last); old != "" {
		if r.words.articles[normAt(r.last.tokens, from-1)] {
			from--
		}
		return asked(r.last.text[:r.last.tokens[from].Start] + name + r.last.text[r.last.tokens[to-1].End:])
	}
	return asked(strings.TrimRight(r.last.text, "?.! ") + " " + r.words.according + " " + name)
}

// outletIn returns the outlet that s names, with the words [from, to) of its
// name without an article; empty for none.
func (r *reader) outletIn(s sentence) (name string, from, to int) {
	for _, o := range r.outlets {
		words := r.language.Words(bareName(o))
		for i := range s.tokens {
			if len(words) > 0 && i+len(words) <= len(s.tokens) && slices.EqualFunc(s.tokens[i:i+len(words)], words, sameWord) {
				return o, i, i + len(words)
			}
		}
	}
	return "", 0, 0
}

func sameWord(a, b text.Word) bool { return a.Norm == b.Norm }

// saysNothingElse reports whether the question has nothing but words that ask
// what was said besides the outlet's name at [from, to).
func (r *reader) saysNothingElse(from, to int) bool {
	for i := range r.tokens {
		w := r.norm(i)
		if i >= from && i < to || r.words.askers[w] || r.words.aux[w] || r.words.say[w] || r.words.about[w] {
			continue
		}
		if !r.words.articles[w] && !r.words.fill[w] && !r.words.thing[w] && !r.words.prepositions[w] && w != "according" && w != "laut" {
			return false
		}
	}
	return true
}

// piece reads a piece of a question: "and in Solana?", "what about Esk?", "and on
// Tuesday?": it takes the place of its like in the last question.
func (r *reader) piece() string {
	if r.last.text == "" {
		return ""
	}
	from := 0
	asksAbout := slices.Contains(r.words.whatAbout, [2]string{r.norm(0), r.norm(1)})
	if asksAbout {
		from = 2
	}
	if from >= len(r.tokens) || !r.joined && !asksAbout || r.hasVerb(from) {
		return ""
	}
	piece := strings.TrimRight(r.rest[r.tokens[from].Start:], "?.! ")
	if r.words.prepositions[r.norm(from)] {
		return r.exchange(piece, r.norm(from))
	}
	return r.exchangeName(piece, from)
}

// hasVerb reports whether the words from i on ask by themselves.
func (r *reader) hasVerb(i int) bool {
	for ; i < len(r.tokens); i++ {
		if w := r.norm(i); r.words.aux[w] || r.words.askers[w] || r.words.say[w] {
			return true
		}
		if w := r.norm(i); r.words.person[w] || r.words.thing[w] || r.words.group[w] {
			return true
		}
	}
	return false
}

// exchange puts a piece with a preposition in the place of the last one with the
// same, or of one of a place for a place; else at the end.
func (r *reader) exchange(piece, preposition string) string {
	s := r.last
	for i := len(s.tokens) - 2; i >= 0; i-- {
		w := s.tokens[i].Norm
		if w != preposition && !(r.words.places[w] && r.words.places[preposition]) || !r.beginsPhrase(s, i+1) && w != preposition {
			continue
		}
		if !r.beginsPhrase(s, i+1) {
			continue
		}
		end := i + 2
		for end < len(s.tokens) && (startsUpper(s.text[s.tokens[end].Start:]) || r.words.articles[s.tokens[end-1].Norm]) {
			end++
		}
		return asked(s.text[:s.tokens[i].Start] + piece + s.text[s.tokens[end-1].End:])
	}
	return asked(strings.TrimRight(s.text, "?.! ") + " " + piece)
}

// exchangeName puts a name in the place of the last name of the last question.
func (r *reader) exchangeName(piece string, from int) string {
	if !startsUpper(r.rest[r.tokens[from].Start:]) && !r.words.articles[r.norm(from)] {
		return ""
	}
	names := r.language.Names(r.last.text)
	for i := len(names) - 1; i >= 0; i-- {
		n := names[i]
		if startsUpper(piece) && !r.isOutlet(n.Text) {
			return asked(r.last.text[:n.Start] + piece + r.last.text[n.End:])
		}
	}
	topic := r.topic(r.last)
	if topic == "" {
		return ""
	}
	return asked(strings.Replace(r.last.text, topic, piece, 1))
}
