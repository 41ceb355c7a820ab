package extract

import (
	"context"
	"slices"
	"strings"

	"newsdesk/retrieval"
)

// features are what is seen of a sentence as an answer, each 0 to 1.
type features struct {
	// own, near and article are the shares of the question's weight that is
	// found in the sentence, in it or its neighbours, and anywhere at hand of
	// its article (the neighbours and the article each as far as they add).
	own, near, article float64
	// names is the share of the weight of the question's names found near.
	names float64
	// vector is the cosine of question and sentence with its title.
	vector float64
	// window is the share of the weight found close to the best item that can
	// be the answer; fit says whether there is such an item.
	window, fit float64
	// focus is how well what is asked for is named close to that item.
	focus float64
	// speaker is how well the one who is asked about speaks here.
	speaker float64
	// missing is the greatest weight of a term that is not found near.
	missing float64
	// rank falls with the place of the passage, 1 for the first.
	rank float64
}

// scorer looks at the sentences of one question.
type scorer struct {
	ask      ask
	evidence *evidence
	levels   levels
	query    []float32
	vectors  [][]float32
	// inArticle and inSentence are the best levels of each term, by article and
	// by sentence.
	inArticle  [][]float64
	inSentence [][]float64
}

// newScorer prepares what all sentences share.
func (g *Generator) newScorer(ctx context.Context, question string, a ask, e *evidence) *scorer {
	s := &scorer{ask: a, evidence: e, levels: g.match(ctx, a, e), query: g.vector(ctx, question)}
	weigh(&s.ask, e, s.levels)
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
	own := s.inSentence[i]
	dated := append([]float64(nil), own...)
	s.addPublished(dated, s.evidence.passages[sentence.passage])
	near := dated
	if sentence.prev >= 0 {
		near = higher(near, s.inSentence[sentence.prev], neighbour)
	}
	if sentence.next >= 0 {
		near = higher(near, s.inSentence[sentence.next], neighbour*neighbour)
	}
	near = higher(near, s.found(s.evidence.articles[sentence.article].title), neighbour*neighbour)
	all := higher(near, s.inArticle[sentence.article], distant)
	f := features{
		own: s.share(dated), near: s.share(near), article: s.share(all),
		names: s.nameShare(near), missing: s.missing(near),
		rank: 1 / (1 + float64(sentence.passage)/4),
	}
	if s.vectors != nil {
		f.vector = max(0, cosine(s.query, s.vectors[i]))
	}
	s.lookAtItems(&f, sentence, near)
	return f
}

// share returns the found share of the weight of all terms, 1 if there is none.
func (s *scorer) share(found []float64) float64 {
	var sum, all float64
	for t, term := range s.ask.terms {
		sum += found[t] * term.weight
		all += term.weight
	}
	if all == 0 {
		return 1
	}
	return sum / all
}

// nameShare is share for the terms in names, each name by its best term.
func (s *scorer) nameShare(found []float64) float64 {
	held := map[int]float64{}
	for t, term := range s.ask.terms {
		if term.name >= 0 {
			held[term.name] = max(held[term.name], found[t])
		}
	}
	var sum float64
	for _, h := range held {
		sum += h
	}
	if len(held) == 0 {
		return 1
	}
	return sum / float64(len(held))
}

// missing returns the greatest weight of a term that is not found.
func (s *scorer) missing(found []float64) float64 {
	var out float64
	for t, term := range s.ask.terms {
		out = max(out, term.weight*(1-found[t]))
	}
	return out
}

// lookAtItems finds the item of the sentence that the question's words stand
// closest to.
func (s *scorer) lookAtItems(f *features, sentence sentence, near []float64) {
	for _, it := range s.evidence.items(s.ask, s.levels, sentence) {
		f.fit = 1
		found := s.around(sentence, it, near)
		window, focus := s.share(found), s.mean(s.ask.focus, found, 1)
		if window+focus > f.window+f.focus {
			f.window, f.focus = window, focus
		}
	}
	f.speaker = s.speaks(sentence)
}

// reach is the distance, in words, at which a word counts half as much as one
// that stands beside the item.
const reach = 12

// around returns the level of each term as seen from the item: less the
// further away, and for terms that only the surroundings hold what they count
// there.
func (s *scorer) around(sentence sentence, it item, near []float64) []float64 {
	out := make([]float64, len(s.levels))
	for t := range s.levels {
		out[t] = near[t] * 0.5
		for i, stem := range sentence.stems {
			d := i - it.word
			if d < 0 {
				d = -d
			}
			out[t] = max(out[t], float64(s.levels[t][stem])*reach/(reach+float64(d)))
		}
	}
	return out
}

// mean returns the mean level of the given terms, or the fallback if there are
// none.
func (s *scorer) mean(terms []int, found []float64, fallback float64) float64 {
	if len(terms) == 0 {
		return fallback
	}
	var sum float64
	for _, t := range terms {
		sum += found[t]
	}
	return sum / float64(len(terms))
}

// speaks returns how well the one who is asked about is the one who speaks: in
// the sentence itself, or in the one before when this one only says "he".
func (s *scorer) speaks(sentence sentence) float64 {
	if len(s.ask.speaker) == 0 {
		return 1
	}
	own := s.mean(s.ask.speaker, s.found(sentence.stems), 1)
	if sentence.prev >= 0 && leansBack(sentence) {
		own = max(own, s.mean(s.ask.speaker, s.inSentence[sentence.prev], 1)*0.9)
	}
	return own
}

// leansBack reports whether a sentence needs the one before it to be
// understood: it opens with a pronoun, or with a quotation that such a one
// speaks, or with a word that continues.
func leansBack(s sentence) bool {
	if len(s.words) == 0 {
		return false
	}
	if leaning[s.words[0].Norm] {
		return true
	}
	if !strings.ContainsAny(s.text[:min(3, len(s.text))], "“\"„«‘") {
		return false
	}
	last := s.words[max(0, len(s.words)-3):]
	for _, w := range last {
		if pronouns[w.Norm] {
			return true
		}
	}
	return false
}
