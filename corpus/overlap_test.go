package corpus

import (
	"hash/maphash"
	"strings"
	"testing"
)

func TestShare(t *testing.T) {
	o := overlap{maphash.MakeSeed()}
	words := "one two three four five six seven eight nine ten"
	cases := []struct {
		name, a, b string
		want       float64
	}{
		{"equal", words, words, 1},
		{"case and punctuation", words, strings.ToUpper(strings.ReplaceAll(words, " ", ", ")), 1},
		{"longer", words, words + " eleven twelve thirteen fourteen", 1},
		{"nothing in common", words, "alpha beta gamma delta epsilon zeta", 0},
		{"same words in another order", words, "ten nine eight seven six five four three two one", 0},
		{"last word changed", words, strings.Replace(words, "ten", "last", 1), 5.0 / 6},
		{"short and equal", "only this", "Only this.", 1},
		{"short and different", "only this", "only that", 0},
		{"no words at all", "…", "—", 1},
	}
	for _, c := range cases {
		if got := o.shingles(c.a).Share(o.shingles(c.b)); got != c.want {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}
