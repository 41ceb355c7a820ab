package eval

import (
	"math"
	"slices"
	"time"
)

// Figures are what an evaluation prints as one JSON object.
type Figures struct {
	// N is the number of questions that something answers: those that All and
	// ByType are means over.
	N int `json:"n"`
	// Passages counts the passages of the corpus; WordsMean and WordsMax are of
	// their texts, in words that white space parts.
	Passages  int     `json:"passages"`
	WordsMean float64 `json:"words_mean"`
	WordsMax  int     `json:"words_max"`

	All    Measures            `json:"all"`
	ByType map[string]Measures `json:"by_type"`

	// Latency is of all questions, those that nothing answers too.
	Latency Latency `json:"latency_ms"`
	// IndexSeconds is how long the run that built the index took from the
	// corpus's file to the first question.
	IndexSeconds float64 `json:"index_seconds"`
	// RSSMiB is the most memory that this process has had resident; 0 where the
	// system does not say.
	RSSMiB float64 `json:"rss_mib"`
	Scope  Scope   `json:"scope"`

	// Notes say what the figures lack, a sentence each; nil when they lack
	// nothing.
	Notes []string `json:"notes,omitempty"`
}

// Comparison is what an evaluation of each part of a retriever prints.
type Comparison struct {
	Stages []Stage  `json:"stages"`
	Notes  []string `json:"notes,omitempty"`
}

// Stage is one of several retrievers that were asked the same questions.
type Stage struct {
	Name    string   `json:"name"`
	All     Measures `json:"all"`
	Latency Latency  `json:"latency_ms"`
}

// Latency is the time of a question, asked alone, in milliseconds.
type Latency struct {
	P50 float64 `json:"p50"`
	P95 float64 `json:"p95"`
	P99 float64 `json:"p99"`
}

// LatencyOf returns the percentiles of the times that were taken.
func LatencyOf(asked []Asked) Latency {
	took := make([]time.Duration, 0, len(asked))
	for _, a := range asked {
		took = append(took, a.Took)
	}
	return Percentiles(took)
}

// Percentiles are by nearest rank: the least time that at least so many of a
// hundred did not exceed. The zero Latency for no times. The slice is put into
// order.
func Percentiles(took []time.Duration) Latency {
	slices.Sort(took)
	return Latency{P50: percentile(took, 50), P95: percentile(took, 95), P99: percentile(took, 99)}
}

// percentile is in milliseconds; sorted is in order.
func percentile(sorted []time.Duration, of float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(of / 100 * float64(len(sorted))))
	return float64(sorted[rank-1]) / float64(time.Millisecond)
}
