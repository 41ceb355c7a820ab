package scope

import (
	"slices"
	"strings"

	"newsdesk/corpus"
)

// kind says how a name was made, the surest first.
type kind int

const (
	// ownName is the name as stored, or without what a data set added to it.
	ownName kind = iota
	// host is the host of the home page.
	host
	// brand is a name without its last "News".
	brand
	// initials are those of a name of several words.
	initials
	// lastWord is "the Post".
	lastWord
)

// alias is a name by which people may call outlets.
type alias struct {
	kind    kind
	outlets []string
	// family is the brand that the outlets share.
	family string
	// person says that it may be a person's name.
	person bool
	// nick says that it is a name in common use that is no word: "wapo".
	nick bool
	// bare says that the stored name has an article that this one lacks.
	bare bool
}

// aliases are the names of all outlets in one language.
type aliases struct {
	lex *lexicon
	// named are they by their words parted by one space, in lower case and all
	// but the last as lexicon.stem has them. A nil value is a name that fits
	// several brands.
	named map[string]*alias
	// longest is the number of words of the longest name that begins with a
	// word.
	longest map[string]int
}

// fewArticles is the number of articles up to which an outlet with a name of
// two plain words may be a person: a columnist has a handful, a paper more.
const fewArticles = 3

// aliasesOf returns the names of all outlets.
func aliasesOf(lex *lexicon, outlets []corpus.Outlet) *aliases {
	a := &aliases{lex: lex, named: make(map[string]*alias), longest: make(map[string]int)}
	bases := make([]string, len(outlets))
	families := make(map[string][]string)
	for i, o := range outlets {
		bases[i] = baseOf(o.Name)
		if bases[i] != "" {
			a.addNames(o, bases[i])
			family := familyOf(bases[i])
			families[family] = append(families[family], o.Name)
		}
	}
	for i, o := range outlets {
		if h := hostOf(o.URL); h != "" {
			one := alias{kind: host, family: h, outlets: slices.Clone(families[familyOf(bases[i])])}
			a.add(h, one)
			a.add("www."+h, one)
		}
		a.addHouse(o, bases[i])
	}
	for key := range a.named {
		first, _, _ := strings.Cut(key, " ")
		a.longest[first] = max(a.longest[first], 1+strings.Count(key, " "))
	}
	return a
}

// familyOf returns the brand of a base name.
func familyOf(base string) string { return strings.ToLower(trimArticle(base)) }

// addNames adds the names that are made of the words of an outlet's name.
func (a *aliases) addNames(o corpus.Outlet, base string) {
	plain := trimArticle(base)
	words := strings.Fields(plain)
	one := alias{family: familyOf(base), outlets: []string{o.Name}}
	one.person = o.Articles <= fewArticles && isPerson(base) && trimArticle(base) == base
	for _, name := range []string{o.Name, base, strings.ReplaceAll(base, " ", "")} {
		a.add(name, one)
	}
	one.bare = plain != base
	a.add(plain, one)
	one.person = false
	a.addNicknames(one)
	if len(words) > 1 && strings.EqualFold(words[len(words)-1], "news") {
		a.addBrand(strings.Join(words[:len(words)-1], " "), one)
	}
	one.kind = initials
	a.add(initialsOf(words, a.lex.language), one)
	if len(words) > 1 && isPaper(strings.ToLower(words[len(words)-1])) {
		one.kind = lastWord
		a.add("the "+words[len(words)-1], one)
	}
}

// addNicknames adds the other names in use for an outlet.
func (a *aliases) addNicknames(one alias) {
	one.bare = false
	one.nick = true
	if brands[one.family] {
		a.add(one.family, one)
	}
	short := strings.TrimSuffix(one.family, " news")
	for _, names := range nicknames {
		for _, name := range names {
			if name != one.family && name != short {
				continue
			}
			for _, other := range names {
				a.add(other, one)
			}
		}
	}
}

// addBrand adds a name without its last "News". Where an outlet of that very
// name is known too, it is of the same house: both are meant.
func (a *aliases) addBrand(name string, n alias) {
	n.kind = brand
	if old := a.named[a.lex.keyOf(name)]; old != nil && old.kind == ownName || isUpper(name) {
		n.kind = ownName
	}
	a.add(name, n)
}

// addHouse adds an outlet whose name begins with an acronym to those that are
// called by it: "SNN Fact Check" is of the house of SNN.
func (a *aliases) addHouse(o corpus.Outlet, base string) {
	first, rest, _ := strings.Cut(base, " ")
	if rest == "" || len(first) < 2 || !isUpper(first) {
		return
	}
	if house := a.named[a.lex.keyOf(first)]; house != nil && house.kind != lastWord {
		house.outlets = add(house.outlets, []string{o.Name})
	}
}

// add gives name to an alias. The surer kind wins; of equally sure ones of
// different brands, initials and last words fit none.
func (a *aliases) add(name string, n alias) {
	key := a.lex.keyOf(name)
	if key == "" {
		return
	}
	old, ok := a.named[key]
	switch {
	case !ok || old != nil && n.kind < old.kind:
		if ok && old.kind == brand {
			n.outlets = add(n.outlets, old.outlets)
		}
		a.named[key] = &n
	case old == nil || n.kind > old.kind:
		if old == nil && n.kind <= brand {
			a.named[key] = &n
		}
	case n.kind > brand && old.family != n.family:
		a.named[key] = nil
	default:
		old.outlets = add(old.outlets, n.outlets)
		old.nick = old.nick || n.nick
	}
}

// keyOf returns the words of a name as those of a question are read.
func (l *lexicon) keyOf(name string) string {
	words := l.wordsOf(name)
	if len(words) == 0 {
		return ""
	}
	var key strings.Builder
	for _, w := range words[:len(words)-1] {
		key.WriteString(w.stem + " ")
	}
	return key.String() + words[len(words)-1].low
}
