package dense_test

import (
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// sharedArticles returns the evaluation's articles, or skips without them.
func sharedArticles(tb testing.TB) []corpus.Article {
	return readShared(tb, "corpus.json.gz", multihop.Articles)
}

// sharedQuestions returns the evaluation's questions, each for 100 hits.
func sharedQuestions(tb testing.TB) []retrieval.Query {
	var questions []retrieval.Query
	for _, q := range readShared(tb, "questions.json", multihop.Questions) {
		questions = append(questions, retrieval.Query{Text: q.Query, Limit: 100})
	}
	return questions
}

func readShared[T any](tb testing.TB, name string, read func(string, io.Reader) iter.Seq2[T, error]) []T {
	tb.Helper()
	file, err := os.Open(filepath.Join("..", "..", "..", "shared", "eval", name))
	if err != nil {
		tb.Skipf("needs the evaluation data: %v", err)
	}
	defer file.Close()
	var all []T
	for one, err := range read(name, file) {
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, one)
	}
	return all
}

var (
	small  = regexp.MustCompile(`\b\p{Ll}\pL*`)
	name   = regexp.MustCompile(`\p{Lu}\pL{2,}`)
	digit  = regexp.MustCompile(`[0-9]`)
	couple = regexp.MustCompile(`\b(\pL+) (\pL+)\b`)
)

// namesOf returns the words that begin with a capital letter somewhere and with a
// small one nowhere, sorted.
func namesOf(articles []corpus.Article) []string {
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

// varied returns a as it is in round 0, and in every other one about other people
// and places, with other numbers, and its words in another order: as near to the
// first as two articles of one kind are.
func varied(a corpus.Article, round int, names []string) corpus.Article {
	if round == 0 {
		return a
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
