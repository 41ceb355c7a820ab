package text

import "strings"

// followers returns the abbreviations of some lists by what may follow them.
func followers(lists map[follower]string) map[string]follower {
	m := make(map[string]follower)
	for kind, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[w] = kind
		}
	}
	return m
}

// unitsOf returns units by the names they have in lists parted by "|", as tokens
// have them.
func unitsOf(lists map[string]string) map[string]string {
	m := make(map[string]string)
	for unit, names := range lists {
		for name := range strings.SplitSeq(names, "|") {
			m[lower(name)] = unit
		}
	}
	return m
}

// numbersOf returns the values of the words of a list, each step more than the one
// before; "|" parts words of one value, "_" stands for one that has none. The
// words of more are added.
func numbersOf(first float64, list string, step float64, more map[string]float64) map[string]float64 {
	m := make(map[string]float64)
	for word, v := range more {
		m[word] = v
	}
	v := first
	for names := range strings.FieldsSeq(list) {
		for name := range strings.SplitSeq(names, "|") {
			if name != "_" {
				m[lower(name)] = v
			}
		}
		v += step
	}
	return m
}

// phrases returns a map of the words and phrases of some lists, parted by "|", as
// tokens have them.
func phrases[V any](lists map[string]V) map[string]V {
	m := make(map[string]V)
	for list, v := range lists {
		for phrase := range strings.SplitSeq(list, "|") {
			m[lower(phrase)] = v
		}
	}
	return m
}

// folded is set for words that are written in several ways.
func folded(list string) map[string]bool { return set(lower(list)) }
