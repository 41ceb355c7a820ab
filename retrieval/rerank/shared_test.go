package rerank

import (
	"crypto/sha256"
	"encoding/hex"
	"log/slog"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/hybrid/hybridtest"
	"newsdesk/retrieval/scope"
	"newsdesk/retrieval/static"
)

var quiet = slog.New(slog.DiscardHandler)

// shared is the fusion over the evaluation data, and a Retriever on top of it.
type shared struct {
	inner    retrieval.Retriever
	reranked *Retriever
	corpus   *corpus.Corpus
}

// openShared fills indexes with the evaluation data beside the repository, or
// skips when it is not there.
func openShared(tb testing.TB) *shared {
	tb.Helper()
	e := hybridtest.OpenEvaluation(tb)
	return &shared{inner: e.Retriever, reranked: New(quiet, e.Retriever, e.Embedder), corpus: e.Corpus}
}

func testVocabulary(tb testing.TB) *static.Embedder {
	tb.Helper()
	e, err := static.New()
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

// asked is a question with what answers it.
type asked struct {
	kind  string
	query retrieval.Query
	// relevant says whether a passage answers it.
	relevant func(retrieval.Passage) bool
	// labelled is set for a question of the evaluation.
	labelled *multihop.Question
}

// reading reads questions as they are read when they are asked after the newest
// article.
func (s *shared) reading(tb testing.TB) func(string) retrieval.Query {
	tb.Helper()
	outlets, err := s.corpus.Outlets(tb.Context())
	if err != nil {
		tb.Fatal(err)
	}
	now := time.Date(2020, time.July, 15, 0, 0, 0, 0, time.UTC)
	return func(q string) retrieval.Query { return scope.Read(q, now, outlets) }
}

// evaluation returns the questions of the evaluation that something answers.
func (s *shared) evaluation(tb testing.TB) []asked {
	read := s.reading(tb)
	var list []asked
	for _, question := range corpustest.ReadShared(tb, corpustest.EvalQuestions, multihop.Questions) {
		if question.Type == eval.NullQuery {
			continue
		}
		var facts []string
		for _, e := range question.Evidence {
			facts = append(facts, squeezed(e.Fact))
		}
		list = append(list, asked{kind: question.Type, query: read(question.Query), labelled: &question,
			relevant: func(p retrieval.Passage) bool { return holdsAny(squeezed(p.Text), facts) }})
	}
	return list
}

func squeezed(s string) string { return strings.NewReplacer(" ", "", "\n", "").Replace(s) }

func holdsAny(s string, parts []string) bool {
	return slices.ContainsFunc(parts, func(part string) bool { return strings.Contains(s, part) })
}

// own returns the questions of testdata/questions.txt.
func (s *shared) own(tb testing.TB) []asked {
	read := s.reading(tb)
	data, err := os.ReadFile("testdata/questions.txt")
	if err != nil {
		tb.Fatal(err)
	}
	var list []asked
	for line := range strings.Lines(string(data)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(strings.TrimSpace(line), "|")
		if len(parts) != 3 {
			tb.Fatalf("not a question: %s", line)
		}
		list = append(list, asked{kind: "own " + parts[0], query: read(parts[1]), relevant: among(tb, strings.Fields(parts[2]))})
	}
	return list
}

// among tells the passages that hold one of the places.
func among(tb testing.TB, places []string) func(retrieval.Passage) bool {
	at := map[string][]int{}
	for _, place := range places {
		article, offset, _ := strings.Cut(place, ":")
		n, err := strconv.Atoi(offset)
		if err != nil {
			tb.Fatalf("not a place: %q", place)
		}
		at[article] = append(at[article], n)
	}
	return func(p retrieval.Passage) bool {
		sum := sha256.Sum256([]byte(p.URL))
		return slices.ContainsFunc(at[hex.EncodeToString(sum[:4])], func(n int) bool { return p.Start <= n && n < p.End })
	}
}

// measure returns the figures of questions whose hits come in these orders.
func measure(questions []asked, orders [][]retrieval.Passage) eval.Measures {
	var labelled []eval.Asked
	for i, q := range questions {
		labelled = append(labelled, eval.Asked{Question: *q.labelled, Query: q.query, Passages: orders[i]})
	}
	return eval.Score(labelled).All
}

// simple returns the figures that need no facts: Hits@1, Hits@4, Hits@10 and MRR.
func simple(questions []asked, orders [][]retrieval.Passage) (m eval.Measures) {
	n := float64(len(questions))
	for i, q := range questions {
		at := slices.IndexFunc(orders[i][:min(len(orders[i]), eval.Depth)], q.relevant)
		if at < 0 {
			continue
		}
		m.MRR += 1 / float64(at+1) / n
		m.Hits10 += 1 / n
		if at < 4 {
			m.Hits4 += 1 / n
		}
		if at < 1 {
			m.Hits1 += 1 / n
		}
	}
	return m
}

// figures asks every question of the evaluation, read so, and scores what r finds.
func (s *shared) figures(tb testing.TB, r retrieval.Retriever, questions []asked) eval.Measures {
	tb.Helper()
	var orders [][]retrieval.Passage
	for _, q := range questions {
		result, err := r.Retrieve(tb.Context(), q.query)
		if err != nil {
			tb.Fatal(err)
		}
		var order []retrieval.Passage
		for _, hit := range result.Hits {
			order = append(order, hit.Passage)
		}
		orders = append(orders, order)
	}
	return measure(questions, orders)
}

// unread returns the questions with their text alone.
func unread(questions []asked) []asked {
	list := slices.Clone(questions)
	for i := range list {
		list[i].query = retrieval.Query{Text: list[i].query.Text}
	}
	return list
}

// TestFigures holds the figures to what the weights were learnt for, with some room:
// of questions as they are read, and with their text alone.
func TestFigures(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: 5,312 articles and 114 questions are not short")
	}
	s := openShared(t)
	read := s.evaluation(t)
	s.hold(t, "read", read, eval.Measures{Hits1: .49, Hits4: .82, Hits10: .95, MRR: .65, MAP: .45, Evidence: .91})
	s.hold(t, "as they stand", unread(read), eval.Measures{Hits1: .45, Hits4: .80, Hits10: .93, MRR: .61, MAP: .41, Evidence: .90})
}

func (s *shared) hold(t *testing.T, name string, questions []asked, least eval.Measures) {
	t.Helper()
	got := s.figures(t, s.reranked, questions)
	t.Logf("%s: without %.3f, with %.3f", name, s.figures(t, s.inner, questions), got)
	if got.Hits1 < least.Hits1 || got.Hits4 < least.Hits4 || got.Hits10 < least.Hits10 ||
		got.MRR < least.MRR || got.MAP < least.MAP || got.Evidence < least.Evidence {
		t.Errorf("%s: figures %.3f, want at least %.3f", name, got, least)
	}
}

// BenchmarkRetrieve asks the questions of the evaluation in turn.
func BenchmarkRetrieve(b *testing.B) {
	s := openShared(b)
	questions := s.evaluation(b)
	for _, c := range []struct {
		name  string
		r     retrieval.Retriever
		limit int
	}{{"inner", s.inner, 10}, {"inner of a hundred", s.inner, depth}, {"reranked", s.reranked, 10}} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				q := questions[i%len(questions)].query
				q.Limit = c.limit
				if _, err := c.r.Retrieve(b.Context(), q); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
	b.Run("order", func(b *testing.B) { s.benchOrder(b, questions) })
}

// benchOrder times what this package adds.
func (s *shared) benchOrder(b *testing.B, questions []asked) {
	var hits [][]retrieval.Hit
	for _, q := range questions {
		q.query.Limit = depth
		result, err := s.inner.Retrieve(b.Context(), q.query)
		if err != nil {
			b.Fatal(err)
		}
		hits = append(hits, result.Hits)
	}
	i := 0
	for b.Loop() {
		at := i % len(questions)
		s.reranked.order(questions[at].query, hits[at])
		i++
	}
}
