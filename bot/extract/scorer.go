package extract

import (
	"context"
	"slices"
	"time"

	"newsdesk/retrieval"
)

// scorer looks at the sentences of one question.
type scorer struct {
	learnt   *learnt
	ask      ask
	evidence *evidence
	levels   levels
	query    []float32
	vectors  [][]float32
	// inArticle and inSentence are the best levels of each term, by article and
	// by sentence.
	inArticle  [][]float64
	inSentence [][]float64
	// dates are the stretches of time that the question names.
	dates [][2]time.Time
}

// newScorer prepares what all sentences share.
func (g *Generator) newScorer(ctx context.Context, question string, a ask, e *evidence) *scorer {
	s := &scorer{learnt: g.learnt, ask: a, evidence: e, levels: g.match(ctx, a, e), query: g.vector(ctx, question)}
	g.weigh(&s.ask, e, s.levels)
	s.vectors = g.vectors(ctx, e.embeddable())
	for _, sentence := range e.sentences {
		s.inSentence = append(s.inSentence, s.found(sentence.stems))
	}
	for _, article := range e.articles {
		found := s.found(article.title)
		for _, i := range article.sentences {
			found = higher(found, s.inSentence[i], 1)
		}
		s.addPublished(found, e.passages[article.passage])
		s.inArticle = append(s.inArticle, found)
	}
	s.dates = stretches(e.language.LooseDates(question), time.Now())
	return s
}

// embeddable returns each sentence with its article's title.
func (e *evidence) embeddable() []string {
	out := make([]string, len(e.sentences))
	for i, s := range e.sentences {
		p := e.passages[s.passage]
		out[i] = retrieval.Embeddable(retrieval.Passage{Title: p.Title, Text: s.text})
	}
	return out
}

// found returns the best level of each term among the stems.
func (s *scorer) found(stems []int) []float64 {
	out := make([]float64, len(s.levels))
	for t := range s.levels {
		out[t] = best(s.levels[t], stems)
	}
	return out
}

// addPublished lets the date of publication stand for a year or a month that
// the question names.
func (s *scorer) addPublished(found []float64, p retrieval.Passage) {
	for t, term := range s.ask.terms {
		if term.Norm == p.Published.Format("2006") || term.Norm == p.Published.Format("2") ||
			months[term.Norm] == int(p.Published.Month()) {
			found[t] = 1
		}
	}
}

// higher returns the higher of each two levels, those of b times a factor.
func higher(a, b []float64, factor float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = max(a[i], factor*b[i])
	}
	return out
}

// neighbour and distant are what a term counts that is found not in the
// sentence but beside it, or elsewhere in its article.
const neighbour, distant = 0.75, 0.5

// counts reports whether the question asks for the account of the sentence's
// outlet.
func (s *scorer) counts(i int) bool {
	outlet := s.evidence.passages[s.evidence.sentences[i].passage].Outlet
	return len(s.ask.outlets) == 0 || slices.Contains(s.ask.outlets, outlet)
}

// look returns the features of sentence i.
func (s *scorer) look(i int) features {
	sentence := s.evidence.sentences[i]
	inSentence := append([]float64(nil), s.inSentence[i]...)
	s.addPublished(inSentence, s.evidence.passages[sentence.passage])
	nearby := s.nearby(sentence, inSentence)
	all := higher(nearby, s.inArticle[sentence.article], distant)
	var f features
	f[near], f[wide] = s.share(nearby, s.every), s.share(all, s.every)
	f[names], f[plain] = s.nameShare(nearby), s.share(nearby, s.inNoName)
	f[gap], f[plainGap] = s.gap(nearby, s.every), s.gap(nearby, s.inNoName)
	f[offTopic] = s.offTopic(nearby)
	f[ranked] = 1 / (1 + float64(sentence.passage)/4)
	f[meaning] = f[near] // without an embedder
	if s.vectors != nil {
		f[meaning] = max(0, cosine(s.query, s.vectors[i]))
	}
	f[dated] = s.timely(sentence)
	s.lookAtForm(&f, sentence)
	s.lookAtItems(&f, sentence, nearby)
	return f
}

// nearby returns the levels of the terms in the sentence, or what they count
// beside it.
func (s *scorer) nearby(sentence sentence, inSentence []float64) []float64 {
	out := inSentence
	if sentence.prev >= 0 {
		out = higher(out, s.inSentence[sentence.prev], neighbour)
	}
	if sentence.next >= 0 {
		out = higher(out, s.inSentence[sentence.next], neighbour*neighbour)
	}
	return higher(out, s.found(s.evidence.articles[sentence.article].title), neighbour*neighbour)
}

// every and inNoName choose terms.
func (s *scorer) every(term) bool      { return true }
func (s *scorer) inNoName(t term) bool { return t.name < 0 && !t.number && months[t.Norm] == 0 }

// share returns the found share of the weight of the terms that count, 1 if there
// is none.
func (s *scorer) share(found []float64, counts func(term) bool) float64 {
	var sum, all float64
	for t, term := range s.ask.terms {
		if !counts(term) {
			continue
		}
		sum += found[t] * term.weight
		all += term.weight
	}
	if all == 0 {
		return 1
	}
	return sum / all
}

// nameShare is share for the question's names, all of one weight, 1 if there is
// none.
func (s *scorer) nameShare(found []float64) float64 {
	var sum, n float64
	for first := 0; first < len(s.ask.terms); {
		end := s.nameEnd(first)
		if s.ask.terms[first].name >= 0 {
			sum += s.named(found, first, end)
			n++
		}
		first = end
	}
	if n == 0 {
		return 1
	}
	return sum / n
}

// nameEnd returns where the name that term i is in ends; i+1 if it is in none.
func (s *scorer) nameEnd(i int) int {
	end := i + 1
	for s.ask.terms[i].name >= 0 && end < len(s.ask.terms) && s.ask.terms[end].name == s.ask.terms[i].name {
		end++
	}
	return end
}

// named returns how well the name of the terms [from, to) is found: its last
// word may stand for it, as surnames do, or most of its words; "President" alone
// is nobody in particular.
func (s *scorer) named(found []float64, from, to int) float64 {
	var sum, all float64
	for t := from; t < to; t++ {
		sum += found[t] * s.ask.terms[t].weight
		all += s.ask.terms[t].weight
	}
	return max(found[to-1], sum/all*sum/all)
}

// gap returns the share of the weightiest term that is not found, as far as it
// is not.
func (s *scorer) gap(found []float64, counts func(term) bool) float64 {
	var worst, all float64
	for t, term := range s.ask.terms {
		if !counts(term) {
			continue
		}
		worst = max(worst, term.weight*(1-found[t]))
		all += term.weight
	}
	if all == 0 {
		return 0
	}
	return worst / all
}

// offTopic returns how little is found of what is asked about, for questions
// that ask what was said or reported on something.
func (s *scorer) offTopic(found []float64) float64 {
	topic := s.ask.topic
	switch {
	case s.ask.kind == report:
		topic = s.terms()
	case s.ask.kind != speech:
		return 0
	}
	var sum, all float64
	for _, t := range topic {
		sum += s.ask.terms[t].weight * found[t]
		all += s.ask.terms[t].weight
	}
	if all == 0 {
		return 0
	}
	return 1 - sum/all
}

// terms returns the indexes of all terms.
func (s *scorer) terms() []int {
	out := make([]int, len(s.ask.terms))
	for t := range out {
		out[t] = t
	}
	return out
}

// silent is how little the one who is asked about may be heard to speak in a
// sentence that answers: what another said is no answer, however near it comes.
const silent = 0.6

// lookAtItems finds the item of the sentence that the question's words stand
// closest to.
func (s *scorer) lookAtItems(f *features, sentence sentence, nearby []float64) {
	f[unfit], f[unfocused] = 1, 1
	items := s.evidence.items(s.ask, s.levels, sentence)
	if many := float64(s.ask.many); many > 1 {
		f[short] = max(0, many-float64(len(items))) / many
	}
	for _, it := range items {
		f[unfit] = 0
		around := s.share(s.around(sentence, it, nearby, reach), s.every)
		focus := s.mean(s.ask.focus, s.beside(sentence, it, nearby))
		if around+focus > f[window]+1-f[unfocused] {
			f[window], f[unfocused] = around, 1-focus
		}
	}
	f[unspoken] = 1 - s.speaks(sentence, nearby)
	if f[unspoken] > silent {
		f[unfit] = 1
	}
}

// reach is the distance, in words, at which a word counts half as much as one
// that stands beside the item; focusReach the same for what is asked for, which
// stands close: "2,300 people from their homes" counts no homes.
const reach, focusReach = 12, 4

// around returns the level of each term as seen from the item: less the
// further away, and for terms that only the surroundings hold what they count
// there.
func (s *scorer) around(sentence sentence, it item, near []float64, reach float64) []float64 {
	out := make([]float64, len(s.levels))
	for t := range s.levels {
		out[t] = near[t] * reach / (reach + 12)
		for i, stem := range sentence.stems {
			d := it.distance(sentence, i)
			out[t] = max(out[t], float64(s.levels[t][stem])*reach/(reach+d))
		}
	}
	return out
}

// closeBy is how many words may stand between the item and what is asked for as if
// there were none: "17 significant errors".
const closeBy = 2

// beside is around for what is asked for, which stands close.
func (s *scorer) beside(sentence sentence, it item, near []float64) []float64 {
	out := make([]float64, len(s.levels))
	for _, t := range s.ask.focus {
		out[t] = near[t] * focusReach / (focusReach + 12)
		for i, stem := range sentence.stems {
			d := max(0, it.distance(sentence, i)-closeBy)
			out[t] = max(out[t], float64(s.levels[t][stem])*focusReach/(focusReach+d))
		}
	}
	return out
}

// distance returns how many words stand between the item and word i, 0 for its
// own words.
func (it item) distance(s sentence, i int) float64 {
	switch {
	case i < it.word:
		return float64(it.word - i)
	case s.words[i].Start < it.End:
		return 0
	}
	last := it.word
	for last+1 < i && s.words[last+1].Start < it.End {
		last++
	}
	return float64(i - last)
}

// mean returns the mean level of the given terms, 1 if there are none.
func (s *scorer) mean(terms []int, found []float64) float64 {
	if len(terms) == 0 {
		return 1
	}
	var sum float64
	for _, t := range terms {
		sum += found[t]
	}
	return sum / float64(len(terms))
}
