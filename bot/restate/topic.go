package restate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/corpus/text"
)

// topic returns what a question is about, as it stands there: its first noun
// phrase behind the words that ask. Empty where none is found.
func (r *reader) topic(s sentence) string {
	from := r.behindAsking(s)
	for i := from; i < len(s.tokens); i++ {
		if !r.beginsPhrase(s, i) {
			continue
		}
		end := r.phraseEnd(s, i)
		if phrase := s.text[s.tokens[i].Start:s.tokens[end-1].End]; !r.isOutlet(phrase) {
			return phrase
		}
		i = end - 1
	}
	return ""
}

// counted returns what "how many" counts in a question: "wounded miners".
func (r *reader) counted(s sentence) string {
	for i := range s.tokens {
		if !r.words.how[normAt(s.tokens, i)] || !r.words.many[normAt(s.tokens, i+1)] {
			continue
		}
		end := i + 2
		for end < len(s.tokens) && r.isCounted(s.tokens[end].Norm, end == i+2) {
			end++
		}
		if end > i+2 {
			return s.text[s.tokens[i+2].Start:s.tokens[end-1].End]
		}
	}
	return ""
}

// isCounted reports whether a word behind "how many" is of what is counted: no
// verb, as one in "ed" is that follows a noun.
func (r *reader) isCounted(norm string, first bool) bool {
	return !r.words.aux[norm] && !r.language.IsStop(norm) && !r.words.ends[norm] && (first || !strings.HasSuffix(norm, "ed"))
}

// behindAsking returns the index of the first word behind those that ask: "how
// much did", "who", "when was".
func (r *reader) behindAsking(s sentence) int {
	for i := range s.tokens {
		if r.words.aux[s.tokens[i].Norm] {
			return i + 1
		}
		if i >= 5 {
			break
		}
	}
	if r.words.askers[normAt(s.tokens, 0)] {
		return 1
	}
	return 0
}

// beginsPhrase reports whether word i may be the first of a noun phrase: an
// article, a name, a number.
func (r *reader) beginsPhrase(s sentence, i int) bool {
	w := s.tokens[i]
	if r.words.articles[w.Norm] {
		return i+1 < len(s.tokens)
	}
	first, _ := utf8.DecodeRuneInString(s.text[w.Start:])
	return i > 0 && unicode.IsUpper(first) && !r.words.askers[w.Norm] || unicode.IsDigit(first)
}

// phraseEnd returns the index behind the last word of the noun phrase that
// begins at i. A preposition goes on with it where a noun follows.
func (r *reader) phraseEnd(s sentence, i int) int {
	end := i + 1
	for end < len(s.tokens) {
		w := s.tokens[end]
		if strings.ContainsAny(s.text[s.tokens[end-1].End:w.Start], ",;:?!") || r.words.ends[w.Norm] {
			break
		}
		if r.words.prepositions[w.Norm] && !r.goesOn(s, end) {
			break
		}
		end++
	}
	return r.withoutVerb(s, i, end)
}

// goesOn reports whether the preposition at i belongs to the phrase before it:
// an article, a name or a plain word follows, and the words are of a place or of
// belonging rather than of time.
func (r *reader) goesOn(s sentence, i int) bool {
	if i+1 >= len(s.tokens) || s.tokens[i].Norm == "about" {
		return false
	}
	next := s.tokens[i+1]
	if len(r.language.LooseDates(s.text[next.Start:])) > 0 && r.language.LooseDates(s.text[next.Start:])[0].Start == 0 {
		return false
	}
	return !r.isOutlet(s.text[next.Start:])
}

// splits are the auxiliaries that stand before a subject whose verb follows it.
var splits = set("did does do was were will has have")

// withoutVerb cuts off the verb with which a question ends whose auxiliary
// stands before its subject: "how much did the dam [cost]".
func (r *reader) withoutVerb(s sentence, i, end int) int {
	if end-i < 2 || end < len(s.tokens) || r.words.past == "" {
		return end
	}
	if i == 0 || !splits[s.tokens[i-1].Norm] {
		return end
	}
	last := s.tokens[end-1]
	first, _ := utf8.DecodeRuneInString(s.text[last.Start:])
	before := s.tokens[end-2].Norm
	if unicode.IsUpper(first) || r.words.articles[before] || r.words.prepositions[before] {
		return end
	}
	if be := s.tokens[i-1].Norm; (be == "was" || be == "were" || be == "has" || be == "have") && !isParticiple(last.Norm) {
		return end
	}
	return end - 1
}

func isParticiple(norm string) bool {
	return strings.HasSuffix(norm, "ed") || strings.HasSuffix(norm, "en") || strings.HasSuffix(norm, "wn") || strings.HasSuffix(norm, "ilt")
}

// person returns the last person who was named before: of each turn first in
// the question, then in its answer. Empty where none is found.
func (r *reader) person() string {
	for i := len(r.turns) - 1; i >= 0; i-- {
		question := r.read(r.turns[i].Question)
		if name := r.personIn(question.text, ""); name != "" && !r.isSubject(normAt(question.tokens, 0)) {
			return name
		}
		if name := r.personIn(r.turns[i].Answer, question.text); name != "" {
			return name
		}
	}
	return ""
}

// personIn returns the name in s that most likely is a person's: of two words
// or more and no outlet, body or place with a preposition before it; not one of
// those that stand in without.
func (r *reader) personIn(s, without string) string {
	names := r.language.Names(s)
	for _, n := range names {
		name, _, _ := strings.Cut(n.Text, " of ")
		fields := strings.Fields(name)
		if len(fields) < 2 || len(fields) > 4 || r.isOutlet(name) || strings.Contains(without, name) {
			continue
		}
		if r.afterPlace(s, n) || isBody(fields) {
			continue
		}
		return name
	}
	return ""
}

// bodies are last words of names that no person has.
var bodies = set(`board office ministry council line lines bank company university hospital party union court police
	agency committee commission department institute association federation group river bay port street lane
	square bridge tower church school museum festival cup league league's service services island islands
	lake mount north south east west war day week post herald times news radio journal rock`)

// isBody reports whether a name is of something else than a person by its first
// or last word.
func isBody(fields []string) bool {
	last := strings.ToLower(fields[len(fields)-1])
	return bodies[last] || slices.Contains([]string{"the", "port", "saint", "lake", "mount", "university", "ministry", "bank", "st"}, strings.ToLower(fields[0]))
}

// afterPlace reports whether the name stands behind a preposition of place, as
// places do, or behind an article, as things do.
func (r *reader) afterPlace(s string, n text.Name) bool {
	before := r.language.Words(s[:n.Start])
	if len(before) == 0 {
		return false
	}
	w := before[len(before)-1]
	if strings.TrimSpace(s[w.End:n.Start]) != "" {
		return false
	}
	return r.words.places[w.Norm] || r.words.articles[w.Norm]
}

// place returns the last place that the last question names.
func (r *reader) place() string {
	for i := len(r.last.tokens) - 2; i >= 0; i-- {
		if !r.words.places[r.last.tokens[i].Norm] || !r.beginsPhrase(r.last, i+1) {
			continue
		}
		end := i + 2
		for end < len(r.last.tokens) && startsUpper(r.last.text[r.last.tokens[end].Start:]) {
			end++
		}
		return r.last.text[r.last.tokens[i].Start:r.last.tokens[end-1].End]
	}
	return ""
}

func startsUpper(s string) bool {
	c, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(c)
}

// isOutlet reports whether s is or begins with the name of an outlet.
func (r *reader) isOutlet(s string) bool {
	low := bareName(s)
	for _, o := range r.outlets {
		if name := bareName(o); name != "" && (low == name || strings.HasPrefix(low, name+" ")) {
			return true
		}
	}
	return false
}

// bareName returns a name in small letters without an article before it.
func bareName(s string) string {
	low := strings.ToLower(strings.TrimSpace(s))
	for _, article := range []string{"the ", "der ", "die ", "das "} {
		low = strings.TrimPrefix(low, article)
	}
	return strings.TrimRight(low, "?.!,;: ")
}
