package extract

import (
	"context"
	"math"
	"slices"
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
	// chance is how likely it is the answer, of all that were looked at.
	chance float64
}

// answer chooses the sentences that answer the prompt's question; none if no
// sentence does.
func (g *Generator) answer(ctx context.Context, p bot.Prompt, e *evidence) []quote {
	a := read(p.Question, e.language, e.outlets())
	a.compare = a.compare || p.Kind == bot.Comparison
	if len(a.terms) == 0 && a.kind != report {
		return nil
	}
	s := g.newScorer(ctx, p.Question, a, e)
	if s.knowsNoRole() {
		return nil
	}
	ranked := s.rank()
	if len(ranked) == 0 || !s.trusts(ranked[0]) {
		return nil
	}
	want := maxQuotes
	if p.Sentences > 0 {
		want = min(want, p.Sentences)
	}
	return e.quotes(s.pick(ranked, want), want)
}

// trusts reports whether a sentence is good enough to be said.
func (s *scorer) trusts(r scored) bool {
	return s.learnt.trusted(&r.features, s.compares()) >= 0
}

// knowsNoRole reports whether a question asks who holds an office ("who is the
// president?") and nothing at hand has a word for it, by spelling or by group: the
// one who holds another office is no answer. Where the question has no other word
// it has to be that very one, for "the leader" may lead anything.
func (s *scorer) knowsNoRole() bool {
	if s.ask.role == "" {
		return false
	}
	need := float32(sameOpening)
	if len(s.ask.terms) == 1 {
		need = sameStem
	}
	for t, term := range s.ask.terms {
		if term.Norm == s.ask.role && !slices.ContainsFunc(s.levels[t], func(level float32) bool { return level >= need }) {
			return true
		}
	}
	return false
}

// compares reports whether accounts of several outlets are asked for.
func (s *scorer) compares() bool { return s.ask.compare || s.ask.brands() > 1 }

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
			out = append(out, scored{sentence: i, features: f, score: f.weighed(&s.learnt.weights)})
		}
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].score > out[j].score })
	var all float64
	for i := range out {
		out[i].chance = math.Exp(out[i].score - out[0].score)
		all += out[i].chance
	}
	for i := range out {
		out[i].chance /= all
	}
	return out
}

// pick takes from the ranked sentences as many as the question asks for.
func (s *scorer) pick(ranked []scored, want int) []int {
	if s.compares() {
		return s.perOutlet(ranked, want)
	}
	return s.likeliest(ranked, want)
}

// side is the part of the best sentence's chance from which on that of another
// outlet is worth setting beside it.
const side = 0.05

// manyWords is the number of words of an answer that sets accounts side by side: it
// still fits a phone's screen.
const manyWords = 110

// perOutlet takes the best sentence of each outlet, or of those that are named, and
// then what else the same ones say that is likely and to be trusted.
func (s *scorer) perOutlet(ranked []scored, want int) []int {
	var out []int
	seen := map[string]bool{}
	words := 0
	for _, first := range []bool{true, false} {
		for _, r := range ranked {
			outlet := brand(s.evidence.passages[s.evidence.sentences[r.sentence].passage].Outlet)
			n := len(s.evidence.sentences[r.sentence].words)
			if len(out) == want || len(out) > 0 && words+n > manyWords || seen[outlet] == first || !s.belongs(r, ranked[0], out, first) {
				continue
			}
			seen[outlet] = true
			words += n
			out = append(out, r.sentence)
		}
	}
	return out
}

// belongs reports whether a sentence is to be set beside others: as the first of its
// outlet, or as one more.
func (s *scorer) belongs(r, best scored, others []int, first bool) bool {
	if first {
		return r.chance >= side*best.chance || s.isSide(r)
	}
	return r.chance >= side*best.chance && s.trusts(r) && !slices.Contains(others, r.sentence) && !s.repeats(others, r.sentence)
}

// isSide reports whether a sentence is what an outlet that the question names has to
// say, however unlike the others.
func (s *scorer) isSide(r scored) bool { return s.ask.brands() > 1 && s.trusts(r) }

// An answer of one fact ends as soon as it is likelier than sure that it holds the
// fact, and has no more than fewWords words if it has several sentences. A further
// sentence needs the likely part of the best one's chance. With likely at 0, .15, .3
// and .5, and then fewWords at 45 and 40, the median answer has 64, 57, 51, 50, 51 and
// 49 words and .570, .553, .535, .518, .518 and .500 of the answers to questions that
// were not learnt from quote the fact.
const (
	sure     = 0.5
	fewWords = 50
	likely   = 0.2
)

// likeliest takes the best sentences, until it is sure enough that the answer is
// among them or they are long enough together.
func (s *scorer) likeliest(ranked []scored, want int) []int {
	var out []int
	var chance float64
	words := 0
	for _, r := range ranked {
		sentence := s.evidence.sentences[r.sentence]
		if len(out) >= min(want, 3) || len(out) >= s.ask.many && chance >= sure || r.chance < likely*ranked[0].chance {
			break
		}
		if len(out) > 0 && (words+len(sentence.words) > fewWords || !s.trusts(r) || s.repeats(out, r.sentence)) {
			continue
		}
		out = append(out, r.sentence)
		chance += r.chance
		words += len(sentence.words)
	}
	return out
}

// repeated is the share of a sentence's words from which on it says nothing new.
const repeated = 0.7

// repeats reports whether sentence i says what one of the others says.
func (s *scorer) repeats(others []int, i int) bool {
	for _, o := range others {
		have := map[int]bool{}
		for _, stem := range s.evidence.sentences[o].stems {
			have[stem] = true
		}
		n := 0
		stems := s.evidence.sentences[i].stems
		for _, stem := range stems {
			if have[stem] {
				n++
			}
		}
		if float64(n) >= repeated*float64(len(stems)) {
			return true
		}
	}
	return false
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
	from := dateline(s.text)
	if len(s.words) <= maxWords {
		return s.text[from:]
	}
	cut := s.words[maxWords-1].End
	if i := strings.LastIndexAny(s.text[:cut], ",;"); i > from {
		cut = i
	}
	return s.text[from:cut]
}

// longestDateline is the length in bytes of "SANT AUREL (Coastal Courier) - " and its
// like.
const longestDateline = 60

// dateline returns the length of the town and the agency that open a report, which
// are no part of its first sentence; 0 for none.
func dateline(s string) int {
	end := strings.Index(s, ") ")
	if end < 0 || end > longestDateline || len(s) < 2 || s[:2] != strings.ToUpper(s[:2]) || !startsUpper(s) {
		return 0
	}
	rest := s[end+len(") "):]
	for _, dash := range []string{"- ", "– ", "— ", "-- "} {
		if strings.HasPrefix(rest, dash) && strings.Contains(s[:end], "(") {
			return end + len(") ") + len(dash)
		}
	}
	return 0
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
