package story

import (
	"slices"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

// FactKind says by what a sentence is new.
type FactKind string

// The kinds of new facts.
const (
	// NewNumber is a sentence with a number that was not said before.
	NewNumber FactKind = "number"
	// NewName is one with a name that was not said before.
	NewName FactKind = "name"
	// NewClaim is one most of whose words were not, or that denies what was said.
	NewClaim FactKind = "claim"
)

// Fact is a sentence of an article that says what earlier ones of its story do not.
type Fact struct {
	// Span covers the sentence in the article's text.
	text.Span
	// Kind is the first of the kinds, in their order above, that the sentence has.
	Kind FactKind
	// What are the numbers or names that are new, as they stand; nil for a claim.
	What []string
}

const (
	// claimWords is the number of words, but for function words, numbers and names,
	// that a claim has at least.
	claimWords = 4
	// freshShare is the share of those that no earlier article has.
	freshShare = .5
	// sameClaim is the share of those that an earlier sentence has of which the
	// denial, or the contrary, is looked at.
	sameClaim = .6
)

// Facts returns the sentences of later, in their order, that say what none of the
// earlier articles of its story does: another number, another name, or something
// else. Numbers are equal in whatever form they stand and names are known by each
// of their words, so that "Brenn" is no news after "Oskar Brenn". A rule, not an
// understanding: what is said with known words in a new order is not seen. Pure;
// nil where nothing is new.
func Facts(earlier []corpus.Article, later corpus.Article) []Fact {
	return newKnown(earlier).facts(later)
}

func (k *known) facts(later corpus.Article) []Fact {
	l := text.For(later.Language)
	var facts []Fact
	for _, s := range l.Sentences(later.Text) {
		if f, ok := k.fact(l, s.In(later.Text)); ok {
			f.Span = s
			facts = append(facts, f)
		}
	}
	return facts
}

// known is what earlier articles say.
type known struct {
	numbers []text.Number
	words   map[string]bool // by norm
	stems   map[string]bool
	claims  []claimed
}

// claimed is what a sentence says besides numbers and names.
type claimed struct {
	stems   map[string]bool
	denying bool
}

func newKnown(articles []corpus.Article) *known {
	k := &known{words: map[string]bool{}, stems: map[string]bool{}}
	for _, a := range articles {
		k.learn(a)
	}
	return k
}

func (k *known) learn(a corpus.Article) {
	l := text.For(a.Language)
	k.take(l, a.Title)
	for _, s := range l.Sentences(a.Text) {
		k.take(l, s.In(a.Text))
	}
}

func (k *known) take(l *text.Language, sentence string) {
	k.numbers = append(k.numbers, l.Numbers(sentence)...)
	c := claimed{stems: map[string]bool{}}
	for _, w := range l.Words(sentence) {
		k.words[w.Norm] = true
		k.stems[w.Stem] = true
		c.denying = c.denying || denials[w.Stem]
		c.stems[w.Stem] = true
	}
	k.claims = append(k.claims, c)
}

// fact reports whether a sentence says something new, and what.
func (k *known) fact(l *text.Language, sentence string) (Fact, bool) {
	numbers, names := l.Numbers(sentence), l.Names(sentence)
	if fresh := k.freshNumbers(numbers, sentence); len(fresh) > 0 {
		return Fact{Kind: NewNumber, What: fresh}, true
	}
	if fresh := k.freshNames(l, names); len(fresh) > 0 {
		return Fact{Kind: NewName, What: fresh}, true
	}
	var passed []text.Span
	for _, n := range numbers {
		passed = append(passed, n.Span)
	}
	for _, n := range names {
		passed = append(passed, n.Span)
	}
	return Fact{Kind: NewClaim}, k.freshClaim(l, sentence, passed)
}

func (k *known) freshNumbers(numbers []text.Number, sentence string) (fresh []string) {
	for _, n := range numbers {
		same := func(o text.Number) bool {
			return o.Value == n.Value && (o.Unit == n.Unit || o.Unit == "" || n.Unit == "")
		}
		if !slices.ContainsFunc(k.numbers, same) {
			fresh = append(fresh, n.In(sentence))
		}
	}
	return fresh
}

func (k *known) freshNames(l *text.Language, names []text.Name) (fresh []string) {
	for _, n := range names {
		unknown := func(w text.Word) bool { return !k.words[w.Norm] && !l.IsStop(w.Norm) }
		if slices.ContainsFunc(l.Words(n.Text), unknown) {
			fresh = append(fresh, n.Text)
		}
	}
	return fresh
}

func (k *known) freshClaim(l *text.Language, sentence string, passed []text.Span) bool {
	var stems []string
	denying, fresh := false, 0
	for _, w := range l.Words(sentence) {
		denying = denying || denials[w.Stem]
		inside := func(s text.Span) bool { return s.Start <= w.Start && w.End <= s.End }
		if l.IsStop(w.Norm) || denials[w.Stem] || slices.ContainsFunc(passed, inside) {
			continue
		}
		stems = append(stems, w.Stem)
		if !k.stems[w.Stem] {
			fresh++
		}
	}
	if len(stems) < claimWords {
		return false
	}
	return float64(fresh) >= freshShare*float64(len(stems)) || k.contrary(stems, denying)
}

// contrary reports whether what is said was said before, and only without the denial,
// or only with it.
func (k *known) contrary(stems []string, denying bool) bool {
	same, other := false, false
	for _, c := range k.claims {
		n := 0
		for _, s := range stems {
			if c.stems[s] {
				n++
			}
		}
		if float64(n) < sameClaim*float64(len(stems)) {
			continue
		}
		same = same || c.denying == denying
		other = other || c.denying != denying
	}
	return other && !same
}

// denials are words, by their stems, that turn what a sentence says.
var denials = func() map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(`not no never none nobody nothing deny denied denies reject rejected dismiss dismissed
		refute refuted disput disputed cannot cant dont doesnt didnt isnt arent wasnt werent wont
		nicht nie kein keine keinen dementiert bestreitet zurückgewiesen nunca niega negó не нет отрицает опроверг`) {
		set[w] = true
		for _, tag := range []string{"en", "de", "es", "ru"} {
			for _, word := range text.For(tag).Words(w) {
				set[word.Stem] = true
			}
		}
	}
	return set
}()
