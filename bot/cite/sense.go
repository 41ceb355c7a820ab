package cite

import (
	"context"
	"sync"

	"newsdesk/retrieval/static"
)

// senses is the table of word vectors inside the binary. It tells a free
// paraphrase from a sentence about something else, which equal words cannot; it
// never tells what is true.
var senses = sync.OnceValue(func() *static.Embedder {
	e, err := static.New()
	if err != nil {
		return nil // built without the table: equal words alone have to do
	}
	return e
})

// senseOf returns the vector of s, nil without the table or without a word.
func senseOf(s string) []float32 {
	e := senses()
	if e == nil {
		return nil
	}
	v, err := e.EmbedQuery(context.Background(), s)
	if err != nil {
		return nil
	}
	return v
}

// senses returns the vectors of the passage as a whole and of each of its
// sentences. They are made when first asked for.
func (e *evidence) senses() [][]float32 {
	if e.sense != nil {
		return e.sense
	}
	e.sense = append(e.sense, senseOf(bounded(e.passage.Title, 1<<10)+". "+e.read.raw))
	for _, s := range e.read.sentences[:min(len(e.read.sentences), sensed)] {
		e.sense = append(e.sense, senseOf(s.In(e.read.raw)))
	}
	return e.sense
}

// sensed is the number of sentences of a passage that are compared one by one.
const sensed = 32

// about is the cosine of the sentence to what comes nearest to it in the set.
func (c *checking) about(set []*evidence) float64 {
	if c.sense == nil {
		c.sense = [][]float32{senseOf(c.said.raw)}
	}
	best := 0.
	for _, e := range set {
		for _, v := range e.senses() {
			best = max(best, cosine(c.sense[0], v))
		}
	}
	return best
}

// cosine multiplies two vectors of norm 1; 0 where one is missing.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	sum := float32(0)
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}
