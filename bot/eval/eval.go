// Package eval scores answers, and the check of citations, on labelled data.
//
// # Design
//
// Everything here is pure: it takes labelled questions with the answers that were
// given to them ([Asked]), or labelled sentences with what became of them
// ([Verdict]), and makes figures. Who asks, of what, and how long it took is
// cmd's: both evaluations go through the very values that serve.
//
// # Answers
//
// The questions are in MultiHop-RAG's form (corpus/multihop). Those of type
// null_query are answered by nothing in the corpus; the others are answerable.
//
//   - null refused: the share of the null questions that were not answered;
//     answered: the share of the answerable that were. Their mean is the balanced
//     accuracy of refusing.
//   - gold article cited: the share of all answerable questions, refused or not,
//     whose answer cites an article that the label names as evidence.
//   - gold fact quoted: the share of all answerable questions of which one gold
//     fact stands half or more, in words, inside the quotes from its article. A
//     word counts where it stands: the same word elsewhere in the article is not
//     the fact's. Only of a fact that the stored article does not hold, words are
//     compared wherever they stand, each as often as it occurs.
//   - outlet right: of the questions for what an outlet said that were answered,
//     the share whose citations are all of outlets that the label names. Labels
//     of one house are one outlet (retrieval/eval.House).
//   - verbatim: the share of all quotes that are, byte for byte, what the stored
//     article has at the offsets that the citation names.
//   - words: the median over the answerable questions answered, in words of the
//     sentences without quotes; quote words: the median over all quotes.
//
// A quote counts as one, for the facts, only when it is verbatim and no longer
// than [QuoteSentences] sentences and [QuoteWords] words: an answer that cites a
// page has not found the sentence.
//
// # Citations
//
// A case is a sentence, the passages that it cites, and whether they hold all of
// it ([Case]). A sentence is kept when a reader gets to see all of it: one of
// which a part was dropped is not. Recall of the supported is the share that was
// kept, of the unsupported the share that was dropped, and their mean is the
// balanced accuracy.
package eval

import (
	"time"

	"newsdesk/bot"
	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
)

// Bounds of what counts as a quote; they are the house's promise (bot.Citation).
const (
	QuoteSentences = 2
	QuoteWords     = 60
)

// Asked is a labelled question, and what came of asking it.
type Asked struct {
	Question multihop.Question
	Answer   bot.Answer
	// Stored are the versions of the cited articles by Seq, as the corpus has
	// them. A quote of one that is not there counts as not verbatim.
	Stored map[int64]corpus.Article
	// Took is the time from the question to the checked answer.
	Took time.Duration
	// Waited is the part of Took in which a model server wrote; 0 for the
	// built-in generator, whose work is newsdesk's own.
	Waited time.Duration
}
