package extract

import (
	"sort"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// sentence is one sentence of the passages, a candidate for the answer.
type sentence struct {
	text.Span // bytes in the article's text
	// passage is the index of the best placed passage that holds it whole.
	passage int
	article int // index in evidence.articles
	text    string
	words   []text.Word
	stems   []int // per word, index in evidence.vocabulary
	// prev and next are the neighbours in the article's text, -1 if they are
	// not at hand.
	prev, next int
}

// article is what is at hand of one version of an article.
type article struct {
	passage   int // index of its best placed passage
	sentences []int
	title     []int // stems
}

// evidence is the prompt's passages taken apart.
type evidence struct {
	passages  []retrieval.Passage
	language  *text.Language
	sentences []sentence
	articles  []article
	// vocabulary holds each stem once, forms the word it was first seen as.
	vocabulary []string
	forms      []string
	index      map[string]int
	// ends is made by surnames.
	ends map[int]bool
}

// longest is the length, in words, of a sentence that is looked at. It is more
// than a passage has; a longer one is a passage that nobody has cut, and the
// work for a sentence grows with the square of its length.
const longest = 200

// gather takes the passages apart. Sentences that two passages share are kept
// once, with the passage that stands first.
func gather(passages []retrieval.Passage, l *text.Language) *evidence {
	e := &evidence{passages: passages, language: l, index: map[string]int{}}
	seqs := map[int64]int{}
	seen := map[[2]int64]bool{}
	for i, p := range passages {
		a, ok := seqs[p.Seq]
		if !ok {
			a = len(e.articles)
			seqs[p.Seq] = a
			e.articles = append(e.articles, article{passage: i, title: e.stems(l.Words(p.Title))})
		}
		e.take(i, a, seen)
	}
	e.link()
	return e
}

// take adds the sentences of passage i, which belongs to article a.
func (e *evidence) take(i, a int, seen map[[2]int64]bool) {
	p := e.passages[i]
	for _, span := range e.language.Sentences(p.Text) {
		key := [2]int64{p.Seq, int64(p.Start + span.Start)}
		if seen[key] {
			continue
		}
		seen[key] = true
		s := sentence{
			Span:    text.Span{Start: p.Start + span.Start, End: p.Start + span.End},
			passage: i, article: a, text: span.In(p.Text), prev: -1, next: -1,
		}
		s.words = e.language.Words(s.text)
		if len(s.words) > longest {
			continue
		}
		s.stems = e.stems(s.words)
		e.articles[a].sentences = append(e.articles[a].sentences, len(e.sentences))
		e.sentences = append(e.sentences, s)
	}
}

// stems returns the indexes of the words' stems in the vocabulary.
func (e *evidence) stems(words []text.Word) []int {
	out := make([]int, len(words))
	for i, w := range words {
		id, ok := e.index[w.Stem]
		if !ok {
			id = len(e.vocabulary)
			e.index[w.Stem] = id
			e.vocabulary = append(e.vocabulary, w.Stem)
			e.forms = append(e.forms, w.Norm)
		}
		out[i] = id
	}
	return out
}

// link puts the sentences of each article in order and joins neighbours.
func (e *evidence) link() {
	for _, a := range e.articles {
		sort.Slice(a.sentences, func(i, j int) bool {
			return e.sentences[a.sentences[i]].Start < e.sentences[a.sentences[j]].Start
		})
		for k := 1; k < len(a.sentences); k++ {
			i, j := a.sentences[k-1], a.sentences[k]
			if e.adjacent(i, j) {
				e.sentences[i].next, e.sentences[j].prev = j, i
			}
		}
	}
}

// apart is the number of bytes that may stand between two neighbours: a space or
// the blank line between paragraphs.
const apart = 3

// adjacent reports whether sentence j follows i directly.
func (e *evidence) adjacent(i, j int) bool {
	between := e.sentences[j].Start - e.sentences[i].End
	return between >= 0 && between <= apart
}
