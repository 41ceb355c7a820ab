package story

import "math"

// backed is the number of texts that what is thought of a word before counts as,
// beside those that were seen. Between 200 and 2,000 the figures of the evaluation
// differ by less than .02.
const backed = 500

// frequencies say how rare something is. What has been seen is counted at once,
// and counts from the next epoch on, so that weights stay comparable until then.
type frequencies struct {
	seen, counted   int
	counts, current map[uint32]int32
}

func newFrequencies() *frequencies {
	return &frequencies{counts: map[uint32]int32{}, current: map[uint32]int32{}}
}

// nameKey keeps names apart from words: "May" is rare as a name.
func nameKey(key uint32) uint32 { return key ^ 0x9e3779b9 }

func (f *frequencies) add(r *reading, n int) {
	f.counted += n
	for _, t := range r.terms {
		f.bump(t.key, n)
	}
	for _, t := range r.names {
		f.bump(nameKey(t.key), n)
	}
}

func (f *frequencies) bump(key uint32, n int) {
	if f.counts[key] += int32(n); f.counts[key] <= 0 {
		delete(f.counts, key)
	}
}

// due reports whether so much was counted since that the idf of a term may have
// moved by a tenth.
func (f *frequencies) due() bool { return 10*(backed+f.counted) >= 11*(backed+f.seen) }

// turn begins an epoch.
func (f *frequencies) turn() {
	f.seen = f.counted
	f.current = make(map[uint32]int32, len(f.counts))
	for k, n := range f.counts {
		f.current[k] = n
	}
}

// idf is the natural logarithm of how many texts there are for one that has the
// term, in what is thought and what was seen together; never negative.
func (f *frequencies) idf(key uint32, common float32) float32 {
	all := float64(backed + f.seen)
	having := backed*float64(common) + float64(f.current[key]) + .5
	return float32(max(0, math.Log(all/having)))
}

// weigh sets the weights of a reading for this epoch.
func (f *frequencies) weigh(r *reading) {
	same := func(k uint32) uint32 { return k }
	f.weighAll(r.terms, same)
	f.weighAll(r.lead, same)
	f.weighAll(r.names, nameKey)
}

func (f *frequencies) weighAll(terms []term, key func(uint32) uint32) {
	var square float64
	for i := range terms {
		t := &terms[i]
		t.weight = t.tf * f.idf(key(t.key), t.common)
		square += float64(t.weight) * float64(t.weight)
	}
	normalise(terms, square)
}
