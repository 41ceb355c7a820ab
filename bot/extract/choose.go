package extract

import (
	"context"
	"sort"
	"strings"

	"newsdesk/bot"
)

// The bounds of a quote, of which bot.Citation speaks.
const (
	maxQuotes = 4
	maxWords  = 60
)

// scored is a sentence with its features and what they come to.
type scored struct {
	sentence int
	features features
	score    float64
}

// answer chooses the sentences that answer the prompt's question; none if no
// sentence does.
func (g *Generator) answer(ctx context.Context, p bot.Prompt, e *evidence) []quote {
	a := read(p.Question, e.language, e.outlets())
	if len(a.terms) == 0 && a.kind != report {
		return nil
	}
	s := g.newScorer(ctx, p.Question, a, e)
	ranked := s.rank()
	if len(ranked) == 0 || ranked[0].score < enough {
		return nil
	}
	want := maxQuotes
	if p.Sentences > 0 {
		want = min(want, p.Sentences)
	}
	return e.quotes(s.pick(ranked, want), want)
}

// outlets returns the names of the outlets at hand, each once.
func (e *evidence) outlets() []string {
	var out []string
	seen := map[string]bool{}
	for _, p := range e.passages {
		if !seen[p.Outlet] {
			seen[p.Outlet] = true
			out = append(out, p.Outlet)
		}
	}
	return out
}

// rank scores all sentences, best first, earlier passages first among equals.
func (s *scorer) rank() []scored {
	var out []scored
	for i := range s.evidence.sentences {
		if s.counts(i) {
			f := s.look(i)
			out = append(out, scored{sentence: i, features: f, score: f.score()})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score > out[j].score })
	return out
}

// pick takes from the ranked sentences as many as the question asks for.
func (s *scorer) pick(ranked []scored, want int) []int {
	switch {
	case s.ask.compare || len(s.ask.outlets) > 1:
		return s.perOutlet(ranked, want)
	case s.ask.kind == report:
		return s.several(ranked, min(want, 3))
	}
	return s.several(ranked, min(want, s.ask.many))
}

// perOutlet takes the best sentence of each outlet.
func (s *scorer) perOutlet(ranked []scored, want int) []int {
	var out []int
	seen := map[string]bool{}
	for _, r := range ranked {
		outlet := s.evidence.passages[s.evidence.sentences[r.sentence].passage].Outlet
		if r.score >= enough*0.7 && !seen[outlet] && len(out) < want {
			seen[outlet] = true
			out = append(out, r.sentence)
		}
	}
	return out
}

// nearlyAsGood is the share of the best score from which on a further sentence is
// worth saying too.
const nearlyAsGood = 0.85

// several takes the best n sentences that are good enough.
func (s *scorer) several(ranked []scored, n int) []int {
	var out []int
	for _, r := range ranked {
		if r.score >= max(enough, nearlyAsGood*ranked[0].score) && len(out) < n {
			out = append(out, r.sentence)
		}
	}
	return out
}

// quotes turns sentences into quotes, those of one article together and in its
// order. A sentence that leans on the one before it brings that one along,
// where both together are no longer than a quote may be.
func (e *evidence) quotes(chosen []int, want int) []quote {
	var out []quote
	for _, i := range e.inOrder(chosen) {
		s := e.sentences[i]
		if leansBack(s) && s.prev >= 0 && len(out)+2 <= max(want, 2) {
			before := e.sentences[s.prev]
			if len(before.words)+len(s.words) <= maxWords && !hasQuote(out, before.text) {
				out = append(out, quote{passage: before.passage, text: before.text})
			}
		}
		if q := bounded(s); q != "" {
			out = append(out, quote{passage: s.passage, text: q})
		}
	}
	return out
}

// hasQuote reports whether the text is quoted already.
func hasQuote(quotes []quote, text string) bool {
	for _, q := range quotes {
		if q.text == text {
			return true
		}
	}
	return false
}

// inOrder groups the sentences by article, in the order of their first one, and
// sorts each group by place in the text.
func (e *evidence) inOrder(chosen []int) []int {
	first := map[int]int{}
	for n, i := range chosen {
		if _, ok := first[e.sentences[i].article]; !ok {
			first[e.sentences[i].article] = n
		}
	}
	out := append([]int(nil), chosen...)
	sort.SliceStable(out, func(x, y int) bool {
		a, b := e.sentences[out[x]], e.sentences[out[y]]
		if a.article != b.article {
			return first[a.article] < first[b.article]
		}
		return a.Start < b.Start
	})
	return out
}

// bounded returns the sentence, or of one that is too long for a quote its
// beginning up to the last comma within the bound.
func bounded(s sentence) string {
	if len(s.words) <= maxWords {
		return s.text
	}
	cut := s.words[maxWords-1].End
	if i := strings.LastIndexAny(s.text[:cut], ",;"); i > 0 {
		cut = i
	}
	return s.text[:cut]
}

// leads returns the first sentence at hand of each passage.
func (e *evidence) leads() []quote {
	out := make([]quote, 0, len(e.passages))
	for i, p := range e.passages {
		spans := e.language.Sentences(p.Text)
		if len(spans) == 0 {
			continue
		}
		s := sentence{Span: spans[0], passage: i, text: spans[0].In(p.Text)}
		s.words = e.language.Words(s.text)
		if q := bounded(s); q != "" {
			out = append(out, quote{passage: i, text: q})
		}
	}
	return out
}
