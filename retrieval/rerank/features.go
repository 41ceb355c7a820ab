package rerank

import (
	"math"

	"newsdesk/retrieval"
)

// What is known of a hit, in this order.
const (
	// place is -ln(slow + rank), of the rank in the inner retriever.
	place = iota
	// cosine is the score in the retriever of that name, the cosine of question and
	// passage; the least of all hits for one that it did not find.
	cosine
	// dated is how near the date of publication is to a date of the question.
	dated
	// figures is 1 where the question asks for a number and the text has one.
	figures
	// quotes is 1 where the question asks for what was said and the text quotes.
	quotes
	// length is ln(brief + tokens of the text): a long passage says more.
	length
	// share is the share of the question's terms that title and text hold, in other
	// words too.
	share
	known
)

const (
	// slow is how slowly a rank loses weight, as in the fusion of retrieval/hybrid.
	slow = 10
	// brief is the number of tokens below which length hardly counts.
	brief = 15
)

// features are what is known of a hit.
type features [known]float64

// features returns those of each hit, in their order.
func (r *Retriever) features(q question, hits []retrieval.Hit) []features {
	s := r.sights.Get().(*sight)
	defer r.sights.Put(s)
	s.begin(q)
	defer s.end()
	least := leastOf(hits, denseName)
	list := make([]features, len(hits))
	for i, hit := range hits {
		x := &list[i]
		x[place] = -math.Log(slow + float64(i+1))
		x[cosine] = scoreIn(hit, denseName, least)
		x[dated] = q.nearness(hit.Passage.Published)
		s.look(hit.Passage)
		x[share], x[length] = s.share(), math.Log(brief+float64(s.length))
		x[figures], x[quotes] = s.holds(hit.Passage.Text)
	}
	return list
}

// denseName is the retriever whose scores are looked at.
const denseName = "dense"

// scoreIn returns the score of a hit in a retriever; otherwise where it has none, or
// none that is a number.
func scoreIn(hit retrieval.Hit, name string, otherwise float64) float64 {
	at, ok := hit.Places[name]
	if !ok || math.IsNaN(at.Score) || math.IsInf(at.Score, 0) {
		return otherwise
	}
	return at.Score
}

// leastOf returns the least score that a hit has in a retriever, 0 where none has one.
func leastOf(hits []retrieval.Hit, name string) float64 {
	least := math.Inf(1)
	for _, hit := range hits {
		least = min(least, scoreIn(hit, name, least))
	}
	if math.IsInf(least, 1) {
		return 0
	}
	return least
}
