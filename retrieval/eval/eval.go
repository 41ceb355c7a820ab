// Package eval scores what a retriever found for labelled questions, and the stories
// that labelled texts were put into.
//
// # Design
//
// Everything here is pure: it takes questions in MultiHop-RAG's form with the
// passages that were found for each ([Asked]) and makes figures of them. Who
// asks, of what, and how long it took is cmd's: the evaluation goes through the
// very values that serve.
//
// # What is counted
//
// As MultiHop-RAG's official script counts. Questions of type [NullQuery] are
// passed over. A passage is relevant if it holds a gold fact: spaces and line
// breaks removed from both, the fact is a part of the passage's text. Only the
// text counts, not the title. Of the first ten passages of a question:
//
//   - Hits@k: whether one of the first k is relevant.
//   - MRR@10: one divided by the rank of the first relevant one, 0 for none.
//   - MAP@10: the sum over the ranks of (facts that are first found at this rank
//     / rank), divided by the number of gold facts, ten at most. A fact that is
//     listed twice is found once.
//   - Evidence@10, which is ours: the share of the gold articles that have a
//     passage, whichever, among the ten.
//
// Articles are compared by canonical address, or where one has none by outlet and
// title. What a hit notes as copies of it (retrieval.Hit) is not counted as found.
//
// Each figure is the mean over the questions, in all and of each type; so a
// question with one gold article weighs as much as one with three.
//
// Stories are scored by B-cubed ([BCubed]) and by the look-alikes that were merged:
// see [StoryFigures].
//
// # What is said
//
// Figures over less than was asked for must say so: [Check] holds a set against
// its corpus and names what is wrong by file and record ([Fault]). A fact that
// no article holds stays in the figures, as one that is never found.
package eval

import (
	"time"

	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// Depth is the number of passages of a question that are looked at.
const Depth = 10

// The types of question that are treated in a way of their own.
const (
	// NullQuery is a question that nothing in the corpus answers.
	NullQuery = "null_query"
	// OutletQuery is a question for what a named outlet said.
	OutletQuery = "outlet_query"
)

// Asked is a labelled question, and what came of asking it.
type Asked struct {
	Question multihop.Question
	// Query is what the question was read as.
	Query retrieval.Query
	// Passages are those that were found, best first, with their texts and
	// what is known of their articles. Those after the tenth are not looked at.
	Passages []retrieval.Passage
	// Took is the time from the question to the passages.
	Took time.Duration
}

// answerable reports whether something in the corpus answers the question.
func answerable(q multihop.Question) bool { return q.Type != NullQuery }
