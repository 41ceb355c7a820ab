package eval

import (
	"strings"
)

// Scope says how well outlets and dates were read out of the questions.
type Scope struct {
	// OnlyNamedOutlets counts the questions of type [OutletQuery] for which
	// something was found, and in the first ten passages nothing but of the
	// outlets that the question names. Those are the outlets of its gold
	// evidence, by the house that a raw label belongs to ([House]).
	OnlyNamedOutlets int `json:"only_named_outlets"`
	// NarrowedWrongly counts the questions that something answers and that were
	// read with filters that exclude an article of the gold evidence, by its
	// outlet or its date of publication.
	NarrowedWrongly int `json:"narrowed_wrongly"`
}

// ScopeOf counts over what was asked.
func ScopeOf(asked []Asked) Scope {
	var s Scope
	for _, a := range asked {
		if !answerable(a.Question) {
			continue
		}
		if a.Question.Type == OutletQuery && onlyNamed(a) {
			s.OnlyNamedOutlets++
		}
		if narrowed(a) {
			s.NarrowedWrongly++
		}
	}
	return s
}

func onlyNamed(a Asked) bool {
	named := map[string]bool{}
	for _, e := range a.Question.Evidence {
		named[House(e.Outlet)] = true
	}
	for _, p := range a.Passages[:min(len(a.Passages), Depth)] {
		if !named[House(p.Outlet)] {
			return false
		}
	}
	return len(a.Passages) > 0
}

func narrowed(a Asked) bool {
	for _, e := range a.Question.Evidence {
		if !a.Query.Matches(e.Outlet, e.Published) {
			return true
		}
	}
	return false
}

// added are the words that a data set puts behind the name of an outlet.
var added = map[string]bool{"news": true, "online": true, "web": true,
	"opinion": true, "opinions": true, "editorial": true, "editorials": true}

// domains are ends of labels that are a host's name.
var domains = []string{".com", ".org", ".net", ".example"}

// House returns what the labels of one outlet have in common, in lower case and
// without spaces: "SNN (Web News)", "SNN - Opinion", "SNN Online News" and
// "SNN.com" are "snn", which is no name to show. It is a rule of its own, apart
// from the one by which questions are read (retrieval/scope), so that it can
// judge that one.
func House(label string) string {
	name := strings.ToLower(strings.TrimSpace(label))
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	words := strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '-' })
	for len(words) > 1 && added[words[len(words)-1]] {
		words = words[:len(words)-1]
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	name = strings.Join(words, "")
	for _, d := range domains {
		name = strings.TrimSuffix(name, d)
	}
	if short := strings.TrimSuffix(name, "news"); short != "" {
		return short
	}
	return name
}
