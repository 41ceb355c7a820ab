package eval

import (
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
)

func articlesIn(t *testing.T, text string) []corpus.Article {
	t.Helper()
	var all []corpus.Article
	for a, err := range multihop.Articles("corpus", strings.NewReader(text)) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, a)
	}
	return all
}

func TestCheck(t *testing.T) {
	for name, parts := range casesOf(t, "testdata/check.txtar") {
		questions, articles := questionsOf(t, parts["questions"]), articlesIn(t, parts["corpus"])
		c := NewCheck("corpus", "questions", questions)
		for _, a := range articles {
			c.Article(a)
		}
		for _, a := range articles {
			c.Elsewhere(a)
		}
		var got strings.Builder
		for _, list := range [][]*Fault{CheckQuestions("questions", questions), c.Duplicates(), c.Missing()} {
			for _, f := range list {
				got.WriteString(f.Error() + "\n")
			}
		}
		if got.String() != parts["want"] {
			t.Errorf("%s: got\n%swant\n%s", name, got.String(), parts["want"])
		}
		if c.Articles() != len(articles) || c.Wanting() != len(c.Missing()) {
			t.Errorf("%s: %d articles, %d facts wanting", name, c.Articles(), c.Wanting())
		}
	}
}
