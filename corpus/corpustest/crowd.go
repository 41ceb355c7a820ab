package corpustest

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"newsdesk/corpus"
)

var (
	small  = regexp.MustCompile(`\b\p{Ll}\pL*`)
	name   = regexp.MustCompile(`\p{Lu}\pL{2,}`)
	digit  = regexp.MustCompile(`[0-9]`)
	couple = regexp.MustCompile(`\b(\pL+) (\pL+)\b`)
)

// Names returns the words that begin with a capital letter somewhere and with a
// small one nowhere, sorted.
func Names(articles []corpus.Article) []string {
	names := map[string]bool{}
	for _, a := range articles {
		for _, w := range name.FindAllString(a.Text, -1) {
			names[w] = true
		}
	}
	for _, a := range articles {
		for _, w := range small.FindAllString(a.Text, -1) {
			delete(names, strings.ToUpper(w[:1])+w[1:])
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Varied returns a as it is in round 0, and in every other one, up to 10, about
// other people and places, with other numbers, and its words in another order: as
// near to the first as two articles of one kind are. The names are those that
// [Names] found in the articles of which a is one. What it makes is for timing:
// vectors and lists crowd as those of so many articles do.
func Varied(a corpus.Article, round int, names []string) corpus.Article {
	if round == 0 {
		return a
	}
	if a.URL != "" {
		a.URL = fmt.Sprintf("%s?round=%d", a.URL, round)
	}
	a.Title, a.Text = variedText(a.Title, round, names), variedText(a.Text, round, names)
	return a
}

func variedText(text string, round int, names []string) string {
	text = name.ReplaceAllStringFunc(text, func(w string) string {
		at, known := slices.BinarySearch(names, w)
		if !known {
			return w
		}
		return names[(at+round*(len(names)/11))%len(names)]
	})
	text = digit.ReplaceAllStringFunc(text, func(d string) string {
		return string('0' + (d[0]-'0'+byte(round))%10)
	})
	n := 0
	return couple.ReplaceAllStringFunc(text, func(two string) string {
		if n++; n%(round+1) != 0 {
			return two
		}
		first, second, _ := strings.Cut(two, " ")
		return second + " " + first
	})
}
