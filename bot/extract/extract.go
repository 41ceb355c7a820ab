// Package extract is the generator inside the binary: it chooses sentences of
// the passages that answer the question, and invents none.
//
// # Design
//
// A question is read into an ask: what sort of thing it asks for (a person, a
// number of houses, a date, a name, what somebody said, yes or no), the words that
// have to be found, and which of them name what is asked for or who is to speak.
// Whose account is asked for is read as retrieval/scope reads it. The passages are
// taken apart into sentences that know their neighbours and their article. Each word
// of the question is compared with each word of the passages once (same stem, same
// group of synonyms.txt, same opening letters, near in the table of word vectors); it
// weighs more if it says much in any text, few sentences hold it, and it stands close
// behind the question word. A sentence is then seen by a score of features: how much
// of the question it, its neighbours and its article hold, whether it holds something
// of the sort that is asked for, how close to that the question's words stand,
// whether the right one speaks, when it was published, whether it is a sentence at
// all.
//
// Two sums are made of the features (features.go). One puts the sentences in order.
// The other says whether a sentence is to be trusted: a question whose best sentence
// is not gets no text. The refusal of near misses, where the event is there and the
// detail is not, matters as much as the finding. Where the best sentence is not much
// likelier than the next, and both are to be trusted, both are said; of accounts that
// are compared, the best of each outlet.
//
// What it writes is "DW reported on 17 January 2025: " and the sentence as it
// stands in the article, but for the town and agency that open it, with its marker. All that is in its own words is who
// reported it and when.
package extract

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"newsdesk/bot"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// Generator chooses sentences. It implements bot.Generator; safe for concurrent
// use.
type Generator struct {
	embedder   retrieval.Embedder
	vocabulary vocabulary // nil if the embedder has none
	synonyms   synonyms
	learnt     *learnt
}

// vocabulary is what retrieval/static knows of words besides their vectors: how
// much a word says.
type vocabulary interface {
	AppendTokens(list []int32, text string) []int32
	Weight(token int32) float64
}

// New returns a generator. The embedder compares words and sentences by
// meaning; it is called with a few hundred of them for each question, so it
// should be one inside the process (retrieval/static). nil is allowed: words
// are then compared by spelling and by the list of synonyms only.
func New(embedder retrieval.Embedder) *Generator {
	words, _ := embedder.(vocabulary)
	return &Generator{embedder: embedder, vocabulary: words, synonyms: readSynonyms(text.For("en")), learnt: served()}
}

// Model returns "built-in".
func (g *Generator) Model() string { return "built-in" }

// Generate chooses the sentences for p. The text comes in one piece for each
// sentence; no piece means that the passages do not hold the answer. The only
// error is that of ctx.
func (g *Generator) Generate(ctx context.Context, p bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for _, piece := range write(p.Passages, g.choose(ctx, p)) {
			if ctx.Err() != nil {
				break
			}
			if !yield(piece, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield("", err)
		}
	}
}

// quote is a stretch of a passage that is to be said.
type quote struct {
	passage int
	text    string
}

// choose returns the quotes for the prompt's task.
func (g *Generator) choose(ctx context.Context, p bot.Prompt) []quote {
	if len(p.Passages) == 0 || p.Task == bot.JudgeTask {
		return nil
	}
	e := gather(p.Passages, text.For(p.Passages[0].Language))
	switch p.Task {
	case bot.DigestTask:
		return e.leads()
	case bot.AnswerTask:
		return g.answer(ctx, p, e)
	}
	return nil // other tasks need words of one's own
}

// write turns quotes into text: who reported it and when stands before the
// first quote of each article.
func write(passages []retrieval.Passage, quotes []quote) []string {
	var out []string
	var last int64
	for i, q := range quotes {
		var b strings.Builder
		p := passages[q.passage]
		if i > 0 {
			b.WriteByte('\n')
		}
		if i == 0 || p.Seq != last {
			b.WriteString(spoken(p.Outlet) + " reported on " + p.Published.Format("2 January 2006") + ": ")
		}
		b.WriteString(q.text + " [" + strconv.Itoa(q.passage+1) + "]")
		last = p.Seq
		out = append(out, b.String())
	}
	return out
}

// spoken returns an outlet's name as people say it: without what a label adds
// in brackets or after a dash.
func spoken(outlet string) string {
	name, _, _ := strings.Cut(outlet, " (")
	name, _, _ = strings.Cut(name, " - ")
	if short := strings.TrimSpace(name); short != "" {
		return short
	}
	return outlet
}
