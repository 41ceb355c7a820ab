// Package answer takes a question to an answer whose every sentence is tied to
// a checked quote.
//
// # Design
//
// One path for all callers. What is pure in it is done by other packages; here
// the steps are put in their order, and one file holds each:
//
//  1. A question that leans on earlier ones is restated (restated.go, with
//     bot/restate), and retrieval/scope and bot/kind read it: which outlets,
//     when, what sort of answer.
//  2. A question in a language that the articles are not in is restated in
//     theirs by the model, and what is found is translated back, sentence by
//     sentence; without a model it is refused with the reason (language.go).
//  3. Each kind has its way: one search and one text for a fact or an account
//     (fact.go); the same for all sides of a comparison at once, and for each side
//     by itself that has no place in that, or not on the topic (compare.go,
//     topic.go, echo.go); one of each for every part of several questions
//     (parts.go); one search and a look at every outlet or article for a count, the
//     first and the last report (count.go, ordinal.go); and no search but the newest
//     articles for news in general (news.go). Where no model writes, what an article
//     is about is told by its lead (lead.go), and rules that need no weighing come
//     before or behind the built-in generator: who somebody is (who.go), and the
//     sentence that says no (denied.go). Words for time that became filters
//     are shown with the answer and cut from the question (when.go).
//  4. A search (search.go) goes through one retriever. No passage: the answer
//     ends here as "not in the articles", and no model is asked. So it does when
//     the retriever had to give up a filter to find anything: what another outlet
//     said, or the same one on other days, does not answer the question. Such
//     passages only name the nearest articles, and a note says what was given
//     up. Of what was known on a day, the versions of then are read. Copies of a
//     passage (Hit.Copies) are not shown to a generator and never count as
//     outlets of their own; a quote names the outlets that print it too (copies.go),
//     and their articles may be among the nearest.
//  5. What the question takes for granted is looked for before anything is
//     written (granted.go, with bot/premise): what no article says is said, not
//     followed, and what articles deny is answered by the denial.
//  6. The generator writes (write.go). When it fails, breaks off, takes longer
//     than [patience] or writes more than [longest], what it wrote is thrown
//     away: half an answer is none. The fallback then writes, and a note says so.
//  7. bot/cite keeps the sentences that the passages hold. When it keeps none
//     of the generator's, the fallback is asked as well: a model that cites
//     badly is no reason for silence. A second reader may drop more (judge.go).
//
// Sentences that this package composes ("Two outlets report this: …") say no more
// than which outlet reports and when, and carry the quotes that were checked. They
// are English, with the same as a value beside it (bot.Sentence.Own) that the
// interface says in its language; so are the notes, which are values only
// (bot.Note). What begins with "SNN reported on 3 March 2026:" went through the
// check as it stands and stays English, as what a generator writes does.
//
// What is left is the answer; when nothing is left the finding is "not in the
// articles", with the extent of what was searched and the nearest articles.
// That is a value and not an error. Errors are returned only when nothing can
// be said about what the articles hold: the retriever or the corpus failed, or
// the caller's context ended.
package answer

import (
	"context"
	"fmt"
	"log/slog"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/retrieval"
	"newsdesk/retrieval/scope"
)

const (
	// Passages is the number of passages that a prompt holds at most: some
	// 1,400 words, which leaves a model with a context of 4,096 tokens room for
	// its answer. On the evaluation data the built-in generator answers 77, 78,
	// 79 and 79 in a hundred with 8, 12, 16 and 20 passages, refuses 10, 12, 11
	// and 10 of 18, and takes longer with each.
	//
	// Neighbours of the hits (chunk.Neighbours) do not earn a place. With twelve
	// hits .772 of the questions are answered, .658 with a gold article and .342
	// with a gold fact; with eight and what stands beside them, up to twelve, .754,
	// .632 and .307; with twelve and up to eight beside them .781, .667 and .360,
	// which is what 20 hits give (.772, .684 and .360). 11 of 18 are refused in
	// each case.
	Passages = 12
	// quotes is the number of quotes of an answer, unless more outlets are
	// asked for.
	quotes = 4
	// nearest is the number of articles that are named when nothing answers.
	nearest = 3
)

// Answerer answers questions. It holds no state of a question; safe for
// concurrent use.
type Answerer struct {
	log       *slog.Logger
	corpus    *corpus.Corpus
	reader    *scope.Reader
	retriever retrieval.Retriever
	generator bot.Generator
	fallback  bot.Generator
	judge     judge
}

// New returns an Answerer over the articles of c, which r searches. Fallback is
// asked where g fails or writes nothing that can be kept; nil for none, as when
// g is the built-in generator itself.
func New(log *slog.Logger, c *corpus.Corpus, r retrieval.Retriever, g bot.Generator, fallback bot.Generator) *Answerer {
	return &Answerer{log: log, corpus: c, reader: new(scope.Reader), retriever: r, generator: g, fallback: fallback}
}

// Answer answers q. See the package comment for what is an error.
func (a *Answerer) Answer(ctx context.Context, q bot.Question) (bot.Answer, error) {
	outlets, err := a.corpus.Outlets(ctx)
	if err != nil {
		return bot.Answer{}, fmt.Errorf("answer: %w", err)
	}
	w := newWork(a, q, outlets)
	out, err := w.answer(ctx)
	if err != nil {
		return bot.Answer{}, fmt.Errorf("answer: %w", err)
	}
	w.alsoIn(out.Citations)
	out.Trace = w.trace
	return out, nil
}

// scribe is the generator that is asked where many short texts are wanted: the
// built-in one, which takes no time.
func (a *Answerer) scribe() bot.Generator {
	if a.fallback != nil {
		return a.fallback
	}
	return a.generator
}
