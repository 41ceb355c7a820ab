package eval

import (
	"slices"
	"time"

	found "newsdesk/retrieval/eval"
)

// Answers are what answers to labelled questions come to: the JSON that is
// printed. Shares are from 0 to 1; those of nothing, and medians of nothing, are
// 0, and Notes say so.
type Answers struct {
	// N is the number of questions, null ones too.
	N           int     `json:"n"`
	NullRefused float64 `json:"null_refused"`
	Answered    float64 `json:"answered"`
	Balanced    float64 `json:"refusal_balanced_accuracy"`
	GoldArticle float64 `json:"gold_article_cited"`
	GoldFact    float64 `json:"gold_fact_quoted"`
	OutletRight float64 `json:"outlet_right"`
	Verbatim    float64 `json:"verbatim"`
	WordsMedian float64 `json:"words_median"`
	QuoteMedian float64 `json:"quote_words_median"`
	// SecondsMedian is from the question to the checked answer, a model server's
	// time included.
	SecondsMedian float64 `json:"seconds_median"`
	// Latency is the same in milliseconds, without a model server's time.
	Latency found.Latency `json:"latency_ms"`
	// ByType has an entry for each type of question that occurs.
	ByType map[string]OfType `json:"by_type"`
	// Questions are in the order they were asked; nil unless they are wanted.
	Questions []Judged `json:"questions,omitempty"`
	// Notes say what the figures lack, a sentence each; nil when they lack
	// nothing.
	Notes []string `json:"notes,omitempty"`
}

// OfType are the figures of one type of question.
type OfType struct {
	N int `json:"n"`
	// Answered is the share that was answered: of null questions, wrongly.
	Answered    float64 `json:"answered"`
	GoldArticle float64 `json:"gold_article_cited"`
	GoldFact    float64 `json:"gold_fact_quoted"`
	WordsMedian float64 `json:"words_median"`
}

// Score scores what was asked.
func Score(asked []Asked) Answers {
	var judged []Judged
	var took, own []time.Duration
	for _, a := range asked {
		judged = append(judged, Judge(a))
		took, own = append(took, a.Took), append(own, a.Took-a.Waited)
	}
	null, others := parted(judged)
	outlet := slices.DeleteFunc(slices.Clone(others), func(j Judged) bool { return j.OutletRight == nil })
	out := Answers{
		N:           len(asked),
		NullRefused: share(null, func(j Judged) bool { return !j.Found }),
		Answered:    share(others, func(j Judged) bool { return j.Found }),
		GoldArticle: share(others, func(j Judged) bool { return j.GoldArticle }),
		GoldFact:    share(others, func(j Judged) bool { return j.GoldFact }),
		OutletRight: share(outlet, func(j Judged) bool { return *j.OutletRight }),
		Verbatim:    verbatim(judged),
		WordsMedian: median(wordsOf(others)), QuoteMedian: median(quoteWordsOf(judged)),
		SecondsMedian: found.Percentiles(took).P50 / 1000, Latency: found.Percentiles(own),
		ByType: byType(judged), Questions: judged,
	}
	out.Balanced = (out.NullRefused + out.Answered) / 2
	out.Notes = lacking(null, others, outlet)
	return out
}

// parted parts null questions from the others.
func parted(judged []Judged) (null, others []Judged) {
	for _, j := range judged {
		if j.Null() {
			null = append(null, j)
			continue
		}
		others = append(others, j)
	}
	return null, others
}

// lacking says which shares are shares of nothing.
func lacking(null, others, outlet []Judged) []string {
	var out []string
	if len(null) == 0 {
		out = append(out, "no null question was asked: null_refused and refusal_balanced_accuracy say nothing")
	}
	if len(outlet) == 0 {
		out = append(out, "no question for an outlet was answered: outlet_right says nothing")
	}
	if !slices.ContainsFunc(others, func(j Judged) bool { return j.Found }) {
		out = append(out, "no answerable question was answered: words_median says nothing")
	}
	return out
}

func byType(judged []Judged) map[string]OfType {
	of := map[string][]Judged{}
	for _, j := range judged {
		of[j.Type] = append(of[j.Type], j)
	}
	out := map[string]OfType{}
	for kind, list := range of {
		out[kind] = OfType{
			N: len(list), Answered: share(list, func(j Judged) bool { return j.Found }),
			GoldArticle: share(list, func(j Judged) bool { return j.GoldArticle }),
			GoldFact:    share(list, func(j Judged) bool { return j.GoldFact }),
			WordsMedian: median(wordsOf(list)),
		}
	}
	return out
}

func share(of []Judged, is func(Judged) bool) float64 {
	n := 0
	for _, j := range of {
		if is(j) {
			n++
		}
	}
	return float64(n) / float64(max(len(of), 1))
}

// verbatim is the share of the quotes of all answers.
func verbatim(judged []Judged) float64 {
	n, all := 0, 0
	for _, j := range judged {
		n, all = n+j.verbatim, all+len(j.quoteWords)
	}
	return float64(n) / float64(max(all, 1))
}

// wordsOf returns the lengths of the answers that were given.
func wordsOf(judged []Judged) []int {
	var out []int
	for _, j := range judged {
		if j.Found {
			out = append(out, j.words)
		}
	}
	return out
}

func quoteWordsOf(judged []Judged) []int {
	var out []int
	for _, j := range judged {
		out = append(out, j.quoteWords...)
	}
	return out
}

// median is the middle one, the mean of two middle ones, or 0.
func median(of []int) float64 {
	if len(of) == 0 {
		return 0
	}
	slices.Sort(of)
	return float64(of[(len(of)-1)/2]+of[len(of)/2]) / 2
}
