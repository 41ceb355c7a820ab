package rerank

import (
	"math"
	"math/bits"
	"slices"
	"strings"

	"newsdesk/retrieval"
)

// least is the cosine from which two words count as near. .2 and .35 order as well;
// without a bound words that have nothing to do with each other add up.
const least = .3

// cosines are by the number of bits that differ, 0 where below least.
var cosines = func() (list [257]float32) {
	for d := range list {
		if c := math.Cos(math.Pi * float64(d) / 256); c >= least {
			list[d] = float32(c)
		}
	}
	return list
}()

// sight looks at the passages of one question after the other. Each token that it
// meets is compared with the question's terms once, and what is near is kept by
// token. Not safe for concurrent use.
type sight struct {
	vocabulary Vocabulary
	question   question

	// places holds for each token 1 + its place in met, 0 for one that was not met.
	places []int32
	met    []meeting
	links  []link

	// Of the passage last looked at: how near the nearest of its tokens is to each
	// term, how many its text has, and whether one of those is a numeral.
	best    []float32
	length  int
	numeral bool

	tokens []int32
}

// meeting is a token that was met, with its links [from, to).
type meeting struct {
	token    int32
	from, to int32
	numeral  bool
}

// link says that a token is near a term.
type link struct {
	term int32
	near float32
}

func newSight(v Vocabulary) *sight { return &sight{vocabulary: v} }

// begin makes ready for a question; end must follow.
func (s *sight) begin(q question) {
	s.question = q
	s.best = slices.Grow(s.best[:0], len(q.terms))[:len(q.terms)]
}

// end forgets what was met.
func (s *sight) end() {
	for _, m := range s.met {
		s.places[m.token] = 0
	}
	s.question, s.met, s.links = question{}, s.met[:0], s.links[:0]
}

// look reads a passage.
func (s *sight) look(p retrieval.Passage) {
	clear(s.best)
	s.numeral = false
	s.tokens = s.vocabulary.AppendTokens(s.tokens[:0], p.Text)
	s.length = len(s.tokens)
	for _, token := range s.tokens {
		m := s.meet(token)
		s.numeral = s.numeral || m.numeral
		s.take(m)
	}
	s.tokens = s.vocabulary.AppendTokens(s.tokens[:0], p.Title)
	for _, token := range s.tokens {
		s.take(s.meet(token))
	}
}

// take notes what the token is near to.
func (s *sight) take(m meeting) {
	for _, l := range s.links[m.from:m.to] {
		s.best[l.term] = max(s.best[l.term], l.near)
	}
}

// meet returns what is known of a token.
func (s *sight) meet(token int32) meeting {
	if int(token) >= len(s.places) {
		s.places = append(s.places, make([]int32, int(token)+1-len(s.places)+len(s.places)/2)...)
	}
	if at := s.places[token]; at > 0 {
		return s.met[at-1]
	}
	m := meeting{token: token, from: int32(len(s.links)), numeral: slices.Contains(s.question.numerals, token)}
	s.compare(token)
	m.to = int32(len(s.links))
	s.met = append(s.met, m)
	s.places[token] = int32(len(s.met))
	return m
}

// compare links a token to the terms that it is near to.
func (s *sight) compare(token int32) {
	sketch := s.vocabulary.Sketch(token)
	for i := range s.question.terms {
		t := &s.question.terms[i]
		near := cosines[differ(&sketch, &t.sketch)]
		if token == t.token {
			near = 1
		}
		if near > 0 {
			s.links = append(s.links, link{int32(i), near})
		}
	}
}

// differ counts the bits in which two sketches differ.
func differ(a, b *[4]uint64) int {
	return bits.OnesCount64(a[0]^b[0]) + bits.OnesCount64(a[1]^b[1]) +
		bits.OnesCount64(a[2]^b[2]) + bits.OnesCount64(a[3]^b[3])
}

// share returns the share of the question that the passage holds.
func (s *sight) share() float64 {
	sum := 0.0
	for i, near := range s.best {
		sum += s.question.terms[i].weight * float64(near)
	}
	return sum
}

// marks are those of quotations.
const marks = `"“”„«»`

// holds returns 1 for a number that the question asks for, and 1 for a quotation
// that it asks for.
func (s *sight) holds(text string) (figures, quotes float64) {
	if s.question.figures && (s.numeral || s.hasFigure(text)) {
		figures = 1
	}
	if s.question.quotes && strings.ContainsAny(text, marks) {
		quotes = 1
	}
	return figures, quotes
}

// hasFigure reports whether text has a number in figures that is neither a year nor
// one of the question's own.
func (s *sight) hasFigure(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] < '0' || text[i] > '9' {
			continue
		}
		start := i
		for i < len(text) && '0' <= text[i] && text[i] <= '9' {
			i++
		}
		if run := text[start:i]; !isYear(run) && !slices.Contains(s.question.digits, run) {
			return true
		}
	}
	return false
}

// isYear reports whether figures look like a year of this century or the last.
func isYear(run string) bool {
	return len(run) == 4 && (strings.HasPrefix(run, "19") || strings.HasPrefix(run, "20"))
}
