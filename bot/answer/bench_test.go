package answer_test

import (
	"os"
	"slices"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/corpus/text"
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
// gold fact inside the quotes from its article.
func BenchmarkEvaluation(b *testing.B) {
	h := build(b, evaluationArticles(b))
	questions := evaluationQuestions(b)
	for b.Loop() {
		var t tally
		for _, q := range questions {
			start := time.Now()
			a := h.ask(b, q.Query, time.Date(2020, 7, 1, 0, 0, 0, 0, time.UTC))
			t.times = append(t.times, time.Since(start))
			t.add(q, a)
		}
		t.report(b)
	}
}

// evaluationArticles reads the articles of the evaluation data, or skips.
func evaluationArticles(b *testing.B) []corpus.Article {
	b.Helper()
	name := shared(b, "eval/corpus.json.gz")
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var out []corpus.Article
	for a, err := range multihop.Articles(name, f) {
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, a)
	}
	return out
}

// evaluationQuestions reads its questions.
func evaluationQuestions(b *testing.B) []multihop.Question {
	b.Helper()
	name := shared(b, "eval/questions.json")
	f, err := os.Open(name)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	var out []multihop.Question
	for q, err := range multihop.Questions(name, f) {
		if err != nil {
			b.Fatal(err)
		}
		out = append(out, q)
	}
	return out
}

// tally counts what became of the questions.
type tally struct {
	null, refused                  int
	asked, answered, article, fact int
	sentences, dropped             int
	times                          []time.Duration
}

func (t *tally) add(q multihop.Question, a bot.Answer) {
	t.dropped += len(a.Dropped)
	t.sentences += len(a.Sentences)
	if q.Type == "null_query" {
		t.null++
		if !a.Found {
			t.refused++
		}
		return
	}
	t.asked++
	if a.Found {
		t.answered++
	}
	article, fact := gold(q, a)
	if article {
		t.article++
	}
	if fact {
		t.fact++
	}
}

// gold says whether an answer cites a gold article, and quotes half or more of
// the words of a gold fact from it.
func gold(q multihop.Question, a bot.Answer) (article, fact bool) {
	for _, e := range q.Evidence {
		var quoted []string
		for _, c := range a.Citations {
			if c.Passage.URL == e.URL {
				article = true
				quoted = append(quoted, words(c.Quote)...)
			}
		}
		held, all := 0, words(e.Fact)
		for _, w := range all {
			if slices.Contains(quoted, w) {
				held++
			}
		}
		fact = fact || len(quoted) > 0 && 2*held >= len(all)
	}
	return article, fact
}

// words returns the norms of the words of s.
func words(s string) []string {
	var out []string
	for _, w := range text.For("en").Words(s) {
		out = append(out, w.Norm)
	}
	return out
}

// report gives the shares to the benchmark.
func (t *tally) report(b *testing.B) {
	b.Helper()
	slices.Sort(t.times)
	share := func(n, of int) float64 { return float64(n) / float64(max(of, 1)) }
	b.ReportMetric(float64(t.times[len(t.times)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(share(t.refused, t.null), "null-refused")
	b.ReportMetric(share(t.answered, t.asked), "answered")
	b.ReportMetric(share(t.article, t.asked), "gold-article")
	b.ReportMetric(share(t.fact, t.asked), "gold-fact")
	b.ReportMetric(share(t.dropped, t.dropped+t.sentences), "dropped")
}
