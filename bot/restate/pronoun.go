package restate

import "strings"

// pronouns returns the question with what its pronouns stand for in their
// place; empty where it has none that lean.
func (r *reader) pronouns() string {
	var out strings.Builder
	at, found := 0, false
	for i, w := range r.tokens {
		with := r.standsFor(i)
		if with == "" {
			continue
		}
		out.WriteString(r.rest[at:w.Start] + with)
		at, found = w.End, true
	}
	if !found {
		return ""
	}
	out.WriteString(r.rest[at:])
	return asked(out.String())
}

// standsFor returns what the word at i stands for; empty where it is no pronoun
// or its meaning stands in the question itself.
func (r *reader) standsFor(i int) string {
	w := r.norm(i)
	switch {
	case r.words.there[w] && i == len(r.tokens)-1:
		return r.place()
	case r.words.owner[w] && r.isOwner(i):
		return owned(r.ownerOf(i))
	case r.words.person[w]:
		return r.explained(i, r.person)
	case r.words.group[w]:
		return r.explained(i, r.group)
	case r.words.thing[w] || r.words.pointers[w] && r.points(i):
		return r.explained(i, func() string { return r.thing(i) })
	case w == "her":
		return r.explained(i, r.person)
	}
	return ""
}

// explained returns what means says, unless a name or a noun before the pronoun
// at i may be what it stands for.
func (r *reader) explained(i int, means func() string) string {
	for k := range i {
		if r.beginsPhrase(sentence{r.rest, r.tokens}, k) && !r.isOutletAt(k) && !r.isAnyOutlet(k) && !(k+1 == i) {
			if r.words.articles[r.norm(k)] && r.headedByPreposition(k, i) {
				continue // "the contract for them": what it stands for is elsewhere
			}
			return ""
		}
	}
	return means()
}

// isAnyOutlet reports whether "the papers" or the like stands at word k: who is asked
// is not what it is asked about.
func (r *reader) isAnyOutlet(k int) bool {
	return r.words.articles[r.norm(k)] && r.words.outlets[r.norm(k+1)]
}

// headedByPreposition reports whether a preposition stands right before the
// pronoun at i, in the phrase that begins at k.
func (r *reader) headedByPreposition(k, i int) bool {
	return i-1 > k && r.words.prepositions[r.norm(i-1)]
}

// isOutletAt reports whether the name of an outlet begins at word k, behind an
// article there too.
func (r *reader) isOutletAt(k int) bool { return r.isOutlet(r.rest[r.tokens[k].Start:]) }

// isOwner reports whether the word at i is followed by what is owned.
func (r *reader) isOwner(i int) bool {
	next := r.norm(i + 1)
	return next != "" && !r.language.IsStop(next) && !r.words.aux[next]
}

// ownerOf returns who or what owns.
func (r *reader) ownerOf(i int) string {
	switch r.norm(i) {
	case "its":
		return r.explained(i, func() string { return r.thing(i) })
	case "their", "ihre", "ihren", "ihrem", "ihrer", "ihr":
		if group := r.explained(i, r.group); group != "" {
			return group
		}
	}
	return r.explained(i, r.person)
}

// owned makes an owner of a name.
func owned(name string) string {
	switch {
	case name == "":
		return ""
	case strings.HasSuffix(name, "s"):
		return name + "’"
	}
	return name + "'s"
}

// group returns what was counted in the last question, with its article where
// the pronoun follows "of"; else what that was about.
func (r *reader) group() string {
	if counted := r.counted(r.last); counted != "" {
		return "the " + counted
	}
	return r.topicBefore()
}

// topicBefore returns what the last question was about; where that one leans itself,
// what the one before it was about, and so on.
func (r *reader) topicBefore() string {
	for i := len(r.turns) - 1; i >= 0; i-- {
		s := r.read(r.turns[i].Question)
		if topic := r.topic(s); topic != "" || s.text != "" && !r.hasPronoun(s) {
			return topic
		}
	}
	return ""
}

// hasPronoun reports whether a question has a pronoun for a thing or several.
func (r *reader) hasPronoun(s sentence) bool {
	for _, w := range s.tokens {
		if r.words.group[w.Norm] || r.words.thing[w.Norm] {
			return true
		}
	}
	return false
}

// thing returns what the last question was about; nothing where the pronoun at i
// stands for nothing, as in "is it true that".
func (r *reader) thing(i int) string {
	if r.words.empty[r.norm(i+1)] {
		return ""
	}
	return r.topicBefore()
}

// points reports whether the "that" at i stands for something: at the end, or
// before a verb.
func (r *reader) points(i int) bool {
	return i > 0 && (i == len(r.tokens)-1 || r.words.aux[r.norm(i+1)] && !r.isNoun(i-1))
}

// isNoun reports whether the word at i may be a noun which "that" goes on with.
func (r *reader) isNoun(i int) bool {
	w := r.norm(i)
	return !r.words.aux[w] && !r.words.askers[w] && !r.words.prepositions[w]
}
