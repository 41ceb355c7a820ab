package spread

import (
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/hybrid/hybridtest"
	"newsdesk/retrieval/scope"
)

// shared is the stack over the evaluation data, and its questions as they are read.
type shared struct {
	inner     retrieval.Retriever
	questions []multihop.Question
	queries   []retrieval.Query
}

// openShared fills indexes with the evaluation data beside the repository, or
// skips when it is not there.
func openShared(tb testing.TB) *shared {
	tb.Helper()
	e := hybridtest.OpenEvaluation(tb)
	s := &shared{inner: e.Retriever, questions: corpustest.ReadShared(tb, corpustest.EvalQuestions, multihop.Questions)}
	s.read(tb, e.Corpus)
	return s
}

// read reads the questions, each as asked after the newest article.
func (s *shared) read(tb testing.TB, c *corpus.Corpus) {
	tb.Helper()
	outlets, err := c.Outlets(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	now := time.Date(2020, time.July, 1, 0, 0, 0, 0, time.UTC)
	for _, question := range s.questions {
		s.queries = append(s.queries, scope.Read(question.Query, now, outlets))
	}
}

// score asks r every question, each changed by as.
func (s *shared) score(tb testing.TB, r retrieval.Retriever, as func(multihop.Question, *retrieval.Query)) eval.Scores {
	tb.Helper()
	var asked []eval.Asked
	for i, question := range s.questions {
		q := s.queries[i]
		as(question, &q)
		result, err := r.Retrieve(tb.Context(), q)
		if err != nil {
			tb.Fatal(err)
		}
		a := eval.Asked{Question: question, Query: q}
		for _, hit := range result.Hits {
			a.Passages = append(a.Passages, hit.Passage)
		}
		asked = append(asked, a)
	}
	return eval.Score(asked)
}

// The ways to take a question: without a wish, with those that it was read with, and
// with others.
var ways = []struct {
	name string
	as   func(multihop.Question, *retrieval.Query)
}{
	{"none", func(_ multihop.Question, q *retrieval.Query) { q.Several, q.Latest = false, false }},
	{"as read", func(multihop.Question, *retrieval.Query) {}},
	{"by type", func(question multihop.Question, q *retrieval.Query) { q.Several, q.Latest = isSeveral(question), false }},
	{"all several", func(_ multihop.Question, q *retrieval.Query) { q.Several, q.Latest = true, false }},
	{"all latest", func(_ multihop.Question, q *retrieval.Query) { q.Several, q.Latest = false, true }},
}

// isSeveral says what a reading of the question should: comparisons and questions
// of several steps need several articles.
func isSeveral(question multihop.Question) bool {
	return question.Type == "comparison_query" || question.Type == "inference_query"
}

// TestFigures holds spreading to what its constants were chosen for: nothing is
// lost over all questions, and those that need several articles find more of them.
func TestFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: 5,312 articles and 114 questions are not short")
	}
	s := openShared(t)
	below, r := s.score(t, s.inner, ways[0].as), New(quiet, s.inner)
	figures(t, "below", below)
	var got []eval.Scores
	for _, way := range ways {
		got = append(got, s.score(t, r, way.as))
		figures(t, way.name, got[len(got)-1])
	}
	plain, read, typed := got[0].All, got[1].All, got[2].All
	if plain.Hits10 < below.All.Hits10 || plain.Hits4 < below.All.Hits4 || plain.MRR < below.All.MRR-.001 || plain.MAP < below.All.MAP-.001 {
		t.Errorf("noting copies costs: %+v, without %+v", plain, below.All)
	}
	if typed.Evidence < plain.Evidence || typed.Hits10 < plain.Hits10 || typed.MRR < plain.MRR {
		t.Errorf("spreading costs: %+v, without %+v", typed, plain)
	}
	if read.Evidence < plain.Evidence || read.Hits10 < plain.Hits10-.01 || read.MRR < plain.MRR {
		t.Errorf("spreading what is read so costs more than a question: %+v, without %+v", read, plain)
	}
}

func figures(t *testing.T, name string, s eval.Scores) {
	t.Helper()
	row := func(of string, m eval.Measures) {
		t.Logf("%-12s %-16s %.3f %.3f %.3f  %.3f %.3f  %.3f", name, of, m.Hits10, m.Hits4, m.Hits1, m.MRR, m.MAP, m.Evidence)
	}
	row("all", s.All)
	for _, of := range slices.Sorted(maps.Keys(s.ByType)) {
		row(of, s.ByType[of])
	}
}

// BenchmarkShared measures a question of the evaluation: of the retriever below
// asked for as many as are wanted, and as this package asks it.
func BenchmarkShared(b *testing.B) {
	s := openShared(b)
	b.Run("below", func(b *testing.B) { s.bench(b, s.inner, ways[0].as) })
	for _, way := range ways {
		b.Run(way.name, func(b *testing.B) { s.bench(b, New(quiet, s.inner), way.as) })
	}
}

func (s *shared) bench(b *testing.B, r retrieval.Retriever, as func(multihop.Question, *retrieval.Query)) {
	i := 0
	for b.Loop() {
		q := s.queries[i%len(s.queries)]
		as(s.questions[i%len(s.questions)], &q)
		if _, err := r.Retrieve(b.Context(), q); err != nil {
			b.Fatal(err)
		}
		i++
	}
}

// BenchmarkOwn measures what this package does with what was found, without the
// finding.
func BenchmarkOwn(b *testing.B) {
	s := openShared(b)
	for _, limit := range []int{room * retrieval.DefaultLimit, wide * retrieval.DefaultLimit} {
		found := s.found(b, limit)
		b.Run(fmt.Sprintf("%d hits", limit), func(b *testing.B) {
			i := 0
			for b.Loop() {
				hits := noted(slices.Clone(found[i%len(found)]), retrieval.Query{})
				newerFirst(hits)
				share(hits, retrieval.Query{})
				i++
			}
		})
	}
}

func (s *shared) found(tb testing.TB, limit int) [][]retrieval.Hit {
	tb.Helper()
	var all [][]retrieval.Hit
	for _, q := range s.queries {
		q.Limit = limit
		result, err := s.inner.Retrieve(tb.Context(), q)
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, result.Hits)
	}
	return all
}
