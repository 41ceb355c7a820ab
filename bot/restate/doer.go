package restate

import (
	"slices"
	"strings"
)

// bodyOfDoer returns what is left of a question whose subject asks, "who signed the
// treaty", for another question word to stand before: "was the treaty signed". Where
// there is no object that can take the place of who did it, the one whom the answer
// names does, or "somebody". Empty for other questions.
func (r *reader) bodyOfDoer() string {
	s := r.last
	verb := r.doing(s)
	if verb < 0 {
		return ""
	}
	if r.words.past == "" {
		return r.withSomebody(s, verb)
	}
	norm, rest := s.tokens[verb].Norm, strings.TrimRight(s.text[s.tokens[verb].End:], "?.! ")
	switch {
	case perfect[norm] && participle(normAt(s.tokens, verb+1)) != "":
		return r.passive(s, verb+1)
	case objectAsks[norm]:
		return norm + rest
	case r.words.aux[norm]:
		return norm + " " + r.doer() + rest
	case intransitive[norm] != "":
		return r.words.past + " " + r.doer() + " " + intransitive[norm] + rest
	}
	return r.passive(s, verb)
}

// perfect are the auxiliaries of what has been done.
var perfect = set("has have had")

// objectAsks are the auxiliaries behind a "who" that is no subject: "who did the
// mayor meet".
var objectAsks = set("did do does")

// doing returns the index of the verb of a question whose subject asks: that behind
// "who" or "what", or behind "which" and what it asks for; -1 for other questions.
func (r *reader) doing(s sentence) int {
	first := normAt(s.tokens, 0)
	if !r.words.doers[first] || len(s.tokens) < 3 {
		return -1
	}
	if first == "which" {
		for i := 2; i < len(s.tokens) && i < 5; i++ {
			if r.words.aux[s.tokens[i].Norm] {
				return -1
			}
			if participle(s.tokens[i].Norm) != "" {
				return i
			}
		}
		return -1
	}
	next := s.tokens[1].Norm
	switch {
	case r.words.aux[next] && (r.isSubject(first) || r.isParticipleAt(s, 2)):
		return 1
	case r.words.past == "" && !r.words.aux[next], participle(next) != "", intransitive[next] != "":
		return 1
	}
	return -1
}

// isParticipleAt reports whether word i is a participle behind "what was": "stolen".
func (r *reader) isParticipleAt(s sentence, i int) bool {
	norm := normAt(s.tokens, i)
	return strings.HasSuffix(norm, "ed") || slices.Contains(participles(), norm)
}

// passive returns "was the treaty signed in May" for the verb of "who signed the
// treaty in May"; empty where no object stands behind it.
func (r *reader) passive(s sentence, verb int) string {
	object, rest := r.object(s, verb)
	if object == "" {
		return ""
	}
	be := "was"
	if r.isSeveral(object) {
		be = "were"
	}
	return be + " " + object + " " + participle(s.tokens[verb].Norm) + rest
}

// object returns the noun phrase behind the verb, and what follows it.
func (r *reader) object(s sentence, verb int) (object, rest string) {
	from := verb + 1
	if from >= len(s.tokens) || r.words.prepositions[s.tokens[from].Norm] || r.words.aux[s.tokens[from].Norm] {
		return "", ""
	}
	end := r.phraseEnd(s, from)
	if end == from+1 && end < len(s.tokens) && r.words.articles[s.tokens[from].Norm] {
		end = r.phraseEnd(s, end) // "the report": a noun, though it may be a verb
	}
	return s.text[s.tokens[from].Start:s.tokens[end-1].End], strings.TrimRight(s.text[s.tokens[end-1].End:], "?.! ")
}

// isSeveral reports whether a noun phrase is a plural, by its head: the last word
// before a preposition.
func (r *reader) isSeveral(phrase string) bool {
	head := ""
	for _, w := range r.language.Words(phrase) {
		if r.words.prepositions[w.Norm] {
			break
		}
		if w.Norm == "and" {
			return true
		}
		head = w.Norm
	}
	return plurals[head] || strings.HasSuffix(head, "s") && !strings.HasSuffix(head, "ss") && !strings.HasSuffix(head, "us") && !strings.HasSuffix(head, "is")
}

var plurals = set("people men women children police")

// withSomebody returns the question with somebody, or something, in the place of
// who or what did it: "unterzeichnete jemand den Vertrag".
func (r *reader) withSomebody(s sentence, verb int) string {
	w := s.tokens[verb]
	return s.text[w.Start:w.End] + " " + r.anybody() + strings.TrimRight(s.text[w.End:], "?.! ")
}

// doer is who did it: the person whom the last answer names, where it was asked who.
func (r *reader) doer() string {
	if r.isSubject(normAt(r.last.tokens, 0)) {
		if name := r.personIn(r.turns[len(r.turns)-1].Answer, r.last.text); name != "" {
			return name
		}
	}
	return r.anybody()
}

// anybody is "somebody", or "something" where it was asked what.
func (r *reader) anybody() string {
	if r.isSubject(normAt(r.last.tokens, 0)) {
		return r.words.somebody
	}
	return r.words.something
}

// howMany reads "how many?" behind a question without a number: how many of what
// it was about, or where that is one thing, how many people did it.
func (r *reader) howMany() string {
	if r.last.text == "" || !r.words.how[r.norm(0)] || !r.words.many[r.norm(1)] || r.words.past == "" || r.counted(r.last) != "" {
		return ""
	}
	for i := 2; i < len(r.tokens); i++ {
		if w := r.norm(i); !r.words.aux[w] && !r.words.fill[w] && !r.words.group[w] {
			return ""
		}
	}
	s := r.last
	if verb := r.doing(s); verb > 0 && !r.words.aux[s.tokens[verb].Norm] {
		return r.howManyDone(s, verb)
	}
	return r.howManyOf(s)
}

func (r *reader) howManyDone(s sentence, verb int) string {
	object, rest := r.object(s, verb)
	if object != "" && r.isSeveral(object) {
		return asked("How many " + r.withoutArticle(object) + " were " + participle(s.tokens[verb].Norm) + rest)
	}
	return asked("How many people " + s.text[s.tokens[verb].Start:])
}

// howManyOf turns "where were the miners rescued" into "how many miners were
// rescued".
func (r *reader) howManyOf(s sentence) string {
	if !r.words.askers[normAt(s.tokens, 0)] || normAt(s.tokens, 1) != "were" {
		return ""
	}
	object := r.topic(s)
	if object == "" || !r.isSeveral(object) || !strings.HasPrefix(s.text[s.tokens[1].End:], " "+object) {
		return ""
	}
	return asked("How many " + r.withoutArticle(object) + " were" + s.text[s.tokens[1].End+1+len(object):])
}

func (r *reader) withoutArticle(phrase string) string {
	words := r.language.Words(phrase)
	if len(words) > 1 && r.words.articles[words[0].Norm] {
		return phrase[words[1].Start:]
	}
	return phrase
}

// participle returns that of a verb in the past, "" for a word that is none that is
// known. The two are the same where the verb is regular.
func participle(past string) string {
	if p, ok := irregular[past]; ok {
		return p
	}
	if strings.HasSuffix(past, "ed") && len(past) > len("need") {
		return past
	}
	if slices.Contains(participles(), past) {
		return past
	}
	return ""
}

// participles are those of the irregular verbs.
func participles() []string {
	out := make([]string, 0, len(irregular))
	for _, p := range irregular {
		out = append(out, p)
	}
	return out
}

// irregular are verbs of news with an object, by their past.
var irregular = pairs(`beat-beaten bit-bitten bought-bought broke-broken brought-brought built-built burnt-burnt caught-caught
	chose-chosen cut-cut drew-drawn drove-driven dug-dug fed-fed fought-fought forbade-forbidden forgave-forgiven found-found
	froze-frozen gave-given held-held hid-hidden hit-hit hung-hung kept-kept laid-laid led-led left-left lent-lent lost-lost
	made-made met-met overcame-overcome overthrew-overthrown paid-paid put-put ran-run sank-sunk saw-seen sent-sent set-set
	shot-shot showed-shown shut-shut sold-sold sought-sought spent-spent split-split spread-spread stole-stolen struck-struck
	swept-swept taught-taught tore-torn took-taken threw-thrown told-told undertook-undertaken withdrew-withdrawn won-won
	wore-worn wrote-written`)

// intransitive are verbs of news without an object, from their past to their plain
// form.
var intransitive = pairs(`appeared-appear arrived-arrive burned-burn came-come collapsed-collapse died-die disappeared-disappear
	drowned-drown escaped-escape fell-fall fled-flee flew-fly happened-happen protested-protest resigned-resign retired-retire
	returned-return rose-rise spoke-speak stood-stand survived-survive surrendered-surrender testified-testify voted-vote
	went-go`)

// pairs reads "a-b c-d".
func pairs(list string) map[string]string {
	out := map[string]string{}
	for pair := range strings.FieldsSeq(list) {
		a, b, _ := strings.Cut(pair, "-")
		out[a] = b
	}
	return out
}
