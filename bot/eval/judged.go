package eval

import (
	"strings"

	"newsdesk/bot"
	found "newsdesk/retrieval/eval"
)

// Judged is what one answer is worth.
type Judged struct {
	// Question and Type are the label's.
	Question string `json:"question"`
	Type     string `json:"type"`
	// Found is the answer's own.
	Found bool `json:"found"`
	// GoldArticle and GoldFact are as in the package comment; false for a null
	// question.
	GoldArticle bool `json:"gold_article"`
	GoldFact    bool `json:"gold_fact"`
	// OutletRight is nil where it is not asked: no question for an outlet, or
	// not answered.
	OutletRight *bool `json:"outlet_right"`
	// Text are the answer's sentences, without markers, in one line.
	Text string `json:"answer"`

	// words is that of the sentences, quoteWords that of each quote; verbatim
	// counts the quotes that are.
	words, verbatim int
	quoteWords      []int
}

// Null reports whether nothing answers the question.
func (j Judged) Null() bool { return j.Type == found.NullQuery }

// Judge holds an answer against the question's label.
func Judge(a Asked) Judged {
	j := Judged{Question: a.Question.Query, Type: a.Question.Type, Found: a.Answer.Found, Text: sentencesOf(a.Answer)}
	for _, s := range a.Answer.Sentences {
		j.words += countWords(s.Text)
	}
	for _, c := range a.Answer.Citations {
		j.quoteWords = append(j.quoteWords, countWords(c.Quote))
		if a.verbatim(c) {
			j.verbatim++
		}
	}
	if j.Null() || !j.Found {
		return j
	}
	j.GoldArticle, j.GoldFact = goldArticle(a), goldFact(a)
	if j.Type == found.OutletQuery {
		right := onlyNamed(a)
		j.OutletRight = &right
	}
	return j
}

// onlyNamed reports whether all that is cited is of outlets that the label names.
func onlyNamed(a Asked) bool {
	named := map[string]bool{}
	for _, e := range a.Question.Evidence {
		named[found.House(e.Outlet)] = true
	}
	for _, c := range a.Answer.Citations {
		if !named[found.House(c.Passage.Outlet)] {
			return false
		}
	}
	return len(a.Answer.Citations) > 0
}

// sentencesOf returns the sentences in one line.
func sentencesOf(a bot.Answer) string {
	all := make([]string, 0, len(a.Sentences))
	for _, s := range a.Sentences {
		all = append(all, s.Text)
	}
	return strings.Join(all, " ")
}
