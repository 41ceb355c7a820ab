// Package rerank takes a second look at the first hundred.
//
// # Design
//
// A [Retriever] stands on the fusion of the others (spread ▸ rerank ▸ hybrid ▸
// dense, lexical), asks it for a hundred hits, and orders them by a sum of seven
// things that are known of each (features.go): its place, the cosine of its vector,
// how near its date is to one that the question names, whether it has the number or
// the quotation that is asked for, its length, and the share of the question's terms
// that its title and text hold, in other words too. What a term counts depends on
// how rare it is, how close it stands behind the word that asks, and whether it is a
// part of a date or of an outlet's name (question.go). Words are compared by bits:
// the sketches of the built-in table's vectors, each token once a question.
//
// Filters, what was widened and what is missing are the inner retriever's, and so
// are errors. Nothing is kept between two questions.
//
// # Learning
//
// The twelve weights are constants (weights.go), rounded from what is learnt on the
// evaluation's 114 questions together with own ones about other articles of its
// corpus (testdata/questions.txt). What they are worth on questions that they were
// not learnt on is printed by
//
//	go test -run xxx -bench Learn -benchtime 1x ./retrieval/rerank
//
// and what each of them adds by -bench Without. Of the evaluation's questions:
//
//	                                    Hits@1  Hits@4  Hits@10  MRR   MAP   Evidence
//	as they come                         .421    .754    .921    .572  .396   .883
//	learnt on own questions alone        .544    .860    .974    .686  .476   .949
//	five-fold, the mean of five splits   .544    .858    .965    .695  .484   .938
//	the constants                        .535    .860    .974    .684  .478   .936
//
// A hundred hits take .7 ms of one core to order, besides the reading of their texts.
package rerank

import (
	"cmp"
	"context"
	"log/slog"
	"slices"
	"sync"

	"newsdesk/retrieval"
)

// Name is what a Retriever is called in the Places of its hits.
const Name = "rerank"

// depth is the number of hits that are looked at, at least.
const depth = 100

// Vocabulary tells words apart and compares them; the built-in embedder
// (retrieval/static) is one. Safe for concurrent use.
type Vocabulary interface {
	// AppendTokens appends the tokens of text to list and returns it: small numbers
	// from 0, equal for equal words or pieces of words.
	AppendTokens(list []int32, text string) []int32
	// Weight says how much a token counts, above 0; more for a rare one.
	Weight(token int32) float64
	// Sketch returns 256 bits of a token. The more of them two tokens have in
	// common, the nearer they are in meaning: their cosine is about cos(π·d/256)
	// where d bits differ.
	Sketch(token int32) [4]uint64
}

// Retriever is a retrieval.Retriever over another. Safe for concurrent use.
type Retriever struct {
	log        *slog.Logger
	inner      retrieval.Retriever
	vocabulary Vocabulary
	sights     sync.Pool
}

var _ retrieval.Retriever = (*Retriever)(nil)

// New returns a Retriever over inner, whose hits must have their texts: those of an
// index have none.
func New(log *slog.Logger, inner retrieval.Retriever, v Vocabulary) *Retriever {
	r := &Retriever{log: log, inner: inner, vocabulary: v}
	r.sights.New = func() any { return newSight(v) }
	return r
}

// Retrieve implements retrieval.Retriever. Score orders the hits of one question and
// says nothing else. What was widened or missing is the inner retriever's, and so are
// errors.
func (r *Retriever) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	asked := q
	asked.Limit = max(depth, q.Want())
	result, err := r.inner.Retrieve(ctx, asked)
	if err != nil {
		return retrieval.Result{}, err
	}
	result.Query.Limit = q.Limit
	r.order(q, result.Hits)
	if err := ctx.Err(); err != nil {
		return retrieval.Result{}, err
	}
	result.Hits = result.Hits[:min(len(result.Hits), q.Want())]
	return result, nil
}

// order scores the hits and orders them by that.
func (r *Retriever) order(q retrieval.Query, hits []retrieval.Hit) {
	for i, x := range r.features(r.read(q), hits) {
		hits[i].Score = x.score()
	}
	slices.SortFunc(hits, func(a, b retrieval.Hit) int {
		if a.Score == b.Score {
			return cmp.Compare(a.Passage.ID(), b.Passage.ID())
		}
		return cmp.Compare(b.Score, a.Score)
	})
	for i := range hits {
		if hits[i].Places == nil {
			hits[i].Places = map[string]retrieval.Place{}
		}
		hits[i].Places[Name] = retrieval.Place{Rank: i + 1, Score: hits[i].Score}
	}
}
