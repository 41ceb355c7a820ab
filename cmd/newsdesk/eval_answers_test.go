package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus/corpustest"
)

// evalAnswersSample returns the flags that evaluate answers from the sample
// articles.
func evalAnswersSample(t *testing.T) []string {
	t.Helper()
	args := evalSample(t)
	args[1] = "answers"
	return args
}

// answersKeys are what other programs read.
var answersKeys = []string{"answered", "by_type", "gold_article_cited", "gold_fact_quoted", "latency_ms", "n", "null_refused",
	"outlet_right", "quote_words_median", "refusal_balanced_accuracy", "seconds_median", "verbatim", "words_median"}

// keysIn returns the members of a JSON object, in order.
func keysIn(t *testing.T, object string) []string {
	t.Helper()
	var members map[string]json.RawMessage
	if err := json.Unmarshal([]byte(object), &members); err != nil {
		t.Fatalf("%v\n%s", err, object)
	}
	var keys []string
	for k := range members {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func TestEvalAnswers(t *testing.T) {
	cacheFolder(t)
	args := evalAnswersSample(t)
	r := quietly(t, "", append(args, "--json")...).must(t)
	if got := keysIn(t, r.out); !slices.Equal(got, answersKeys) {
		t.Errorf("keys %q, want %q", got, answersKeys)
	}
	var f struct {
		N         int
		Verbatim  float64
		Outlet    float64               `json:"outlet_right"`
		LatencyMS struct{ P50 float64 } `json:"latency_ms"`
	}
	if err := json.Unmarshal([]byte(r.out), &f); err != nil || f.N < 5 || f.Verbatim != 1 || f.Outlet != 1 || f.LatencyMS.P50 <= 0 {
		t.Errorf("%v %+v", err, f)
	}
	t.Run("table", func(t *testing.T) {
		r := quietly(t, "", args...).must(t)
		for _, part := range []string{"outlet_query", "all answerable", "quotes verbatim 1.000"} {
			if !strings.Contains(r.out, part) {
				t.Errorf("%q is not in the table:\n%s", part, r.out)
			}
		}
	})
	t.Run("plot", func(t *testing.T) { plotted(t, "Answers (6 questions)", args...) })
	t.Run("each question", func(t *testing.T) {
		r := quietly(t, "", append(args, "--verbose")...).must(t)
		lines := strings.Split(r.out, "\n")
		if len(lines) < f.N+2 || !strings.HasPrefix(lines[1], "1\tsingle_query\t") || strings.Count(lines[1], "\t") != 6 || lines[f.N+1] != "" {
			t.Errorf("no line for each question:\n%s", r.out)
		}
	})
}

func TestEvalAnswersWrongUse(t *testing.T) {
	cacheFolder(t)
	good := evalAnswersSample(t)
	for _, args := range [][]string{
		{"eval", "answers"}, good[:4], append(slices.Clone(good), "--plot", "figures.pdf"), append(slices.Clone(good), "--generator", "parrot"),
		append(slices.Clone(good), "--compare"), append(slices.Clone(good), "--now", "soon"),
	} {
		if r := quietly(t, "", args...); r.code != exitUsage || !strings.Contains(r.err, "newsdesk: ") {
			t.Errorf("%q: %+v", args, r)
		}
	}
	for _, path := range []string{"nothing.json", t.TempDir()} {
		for _, args := range [][]string{
			{"eval", "answers", "--corpus", path, "--questions", "testdata/eval/questions.json"},
			{"eval", "answers", "--corpus", good[3], "--questions", path},
		} {
			if r := quietly(t, "", args...); r.code != exitFailed || r.out != "" || !strings.Contains(r.err, path) {
				t.Errorf("%q: %+v", args, r)
			}
		}
	}
}

// Answers refuse the sets that the retrieval refuses, in the same words.
func TestEvalAnswersBadSets(t *testing.T) { badSets(t, "answers") }

// The figures on the evaluation data; the floors are a step below what is
// measured, so that they fail for a loss and not for one question.
func TestEvalAnswersShared(t *testing.T) {
	articles, questions := corpustest.SharedPath(t, corpustest.EvalArticles), corpustest.SharedPath(t, corpustest.EvalQuestions)
	if testing.Short() {
		t.Skip("skipped: indexing 5,312 articles is not short")
	}
	cacheFolder(t)
	f := evalAnswersOf(t, nil, "eval", "answers", "--corpus", articles, "--questions", questions)
	f.Questions = nil
	t.Logf("%+v", f)
	if f.N != 132 || f.Verbatim != 1 || f.OutletRight < .95 || f.WordsMedian > 60 {
		t.Errorf("figures %+v", f)
	}
	if f.NullRefused < .40 || f.Answered < .75 || f.GoldArticle < .65 || f.GoldFact < .32 {
		t.Errorf("figures %+v", f)
	}
}
