package extract

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"newsdesk/corpus"
	"newsdesk/retrieval/scope"
)

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

// brand returns what the labels of one outlet have in common: "fox" of "Fox News",
// "Fox Online News" and "Fox News Opinion".
func brand(outlet string) string {
	return strings.TrimSpace(strings.TrimSuffix(namesOf(outlet)[1], "news"))
}

// brands returns the number of outlets that the question asks for, whatever labels
// they have.
func (a ask) brands() int {
	seen := map[string]bool{}
	for _, o := range a.outlets {
		seen[brand(o)] = true
	}
	return len(seen)
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
