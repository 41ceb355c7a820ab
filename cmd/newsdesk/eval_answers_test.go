package main

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
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
	t.Run("each question", func(t *testing.T) {
		r := quietly(t, "", append(args, "--verbose")...).must(t)
		lines := strings.Split(r.out, "\n")
		if len(lines) < f.N+2 || !strings.HasPrefix(lines[1], "1\tsingle_query\t") || strings.Count(lines[1], "\t") != 6 || lines[f.N+1] != "" {
			t.Errorf("no line for each question:\n%s", r.out)
		}
	})
}
