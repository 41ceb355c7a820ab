package text

import "slices"

// Runs are a text's runs of words, by which texts are told to be copies of each
// other (w-shingling; Broder, "On the resemblance and containment of documents",
// 1997): a hash each, sorted, each once. They know no language.
type Runs []uint64

// RunsOf returns the runs of n words each, n from 1, of a text that is given by the
// hashes of its words, whatever its reader takes for a word. A text of fewer words is
// one run, one without words none. The hashes of runs are spread evenly, whatever
// those of words are, so that the least of them are a sample.
func RunsOf(words []uint64, n int) Runs {
	if len(words) == 0 {
		return nil
	}
	all := make(Runs, 0, len(words))
	for i := range max(1, len(words)-n+1) {
		h := uint64(firstHash)
		for _, w := range words[i:min(i+n, len(words))] {
			h = mixed(h ^ w)
		}
		all = append(all, h)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// firstHash is the hash of no words: the offset of FNV-1a in 64 bits, as any number
// but 0 would do.
const firstHash = 14695981039346656037

// mixed is the finaliser of splitmix64 (Steele, Lea and Flood 2014): hashes of like
// words are to be far apart.
func mixed(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// Common returns how many runs both have. The other's must be of as many words, and
// of words that were hashed alike.
func (r Runs) Common(other Runs) int {
	n, i, j := 0, 0, 0
	for i < len(r) && j < len(other) {
		switch {
		case r[i] < other[j]:
			i++
		case r[i] > other[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// Share returns how much of the smaller the larger has, from 0 to 1; 0 where one has
// no runs.
func (r Runs) Share(other Runs) float64 {
	if len(r) == 0 || len(other) == 0 {
		return 0
	}
	return float64(r.Common(other)) / float64(min(len(r), len(other)))
}
