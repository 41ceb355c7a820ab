package answer_test

import (
	"testing"
	"time"

	"newsdesk/bot/eval"
	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
)

// BenchmarkAnswer measures question to checked answer with the built-in
// generator on the articles of bot/extract.
func BenchmarkAnswer(b *testing.B) {
	h := build(b, ownArticles(b))
	var questions []string
	for _, f := range cases(b, "../extract/testdata/questions.txtar") {
		want, _ := fields(f.Data)
		questions = append(questions, want["question"])
	}
	i := 0
	for b.Loop() {
		h.ask(b, questions[i%len(questions)], ownNow)
		i++
	}
}

// BenchmarkEvaluation asks the 132 labelled questions of 5,312 articles and
// reports, besides the median time in milliseconds, the shares that say how
// good the answers are: of the questions that nothing answers, refused; of the
// others, answered, with a gold article cited, and with half of the words of a
// gold fact inside the quotes from its article (bot/eval).
func BenchmarkEvaluation(b *testing.B) {
	h := build(b, evaluationArticles(b))
	questions := evaluationQuestions(b)
	for b.Loop() {
		var asked []eval.Asked
		for _, q := range questions {
			asked = append(asked, h.askLabelled(b, q))
		}
		report(b, asked)
	}
}

// askLabelled asks a question, and reads what is cited from the corpus.
func (h house) askLabelled(b *testing.B, q multihop.Question) eval.Asked {
	b.Helper()
	start := time.Now()
	a := h.ask(b, q.Query, time.Date(2020, 7, 1, 0, 0, 0, 0, time.UTC))
	took := time.Since(start)
	var seqs []int64
	for _, c := range a.Citations {
		seqs = append(seqs, c.Passage.Seq)
	}
	stored, err := h.corpus.BySeqs(b.Context(), seqs)
	if err != nil {
		b.Fatal(err)
	}
	return eval.Asked{Question: q, Answer: a, Stored: stored, Took: took}
}

// report gives the shares to the benchmark.
func report(b *testing.B, asked []eval.Asked) {
	b.Helper()
	sentences, dropped := 0, 0
	for _, a := range asked {
		sentences, dropped = sentences+len(a.Answer.Sentences), dropped+len(a.Answer.Dropped)
	}
	s := eval.Score(asked)
	b.ReportMetric(s.Latency.P50, "ms-median")
	b.ReportMetric(s.NullRefused, "null-refused")
	b.ReportMetric(s.Answered, "answered")
	b.ReportMetric(s.GoldArticle, "gold-article")
	b.ReportMetric(s.GoldFact, "gold-fact")
	b.ReportMetric(float64(dropped)/float64(max(dropped+sentences, 1)), "dropped")
}

// evaluationArticles reads the articles of the evaluation data, or skips.
func evaluationArticles(b *testing.B) []corpus.Article {
	b.Helper()
	return corpustest.ReadShared(b, corpustest.EvalArticles, multihop.Articles)
}

// evaluationQuestions reads its questions.
func evaluationQuestions(b *testing.B) []multihop.Question {
	b.Helper()
	return corpustest.ReadShared(b, corpustest.EvalQuestions, multihop.Questions)
}
