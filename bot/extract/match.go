package extract

import (
	"context"
	_ "embed"
	"math"
	"strings"

	"newsdesk/corpus/text"
)

//go:embed synonyms.txt
var synonymsFile string

// synonyms maps the stem of a word to the groups that it stands in.
type synonyms map[string][]int

// readSynonyms reads the file of groups.
func readSynonyms(l *text.Language) synonyms {
	out := synonyms{}
	for group, line := range strings.Split(synonymsFile, "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		for _, w := range l.Words(line) {
			out[w.Stem] = append(out[w.Stem], group)
		}
	}
	return out
}

// share reports whether two stems stand in one group.
func (s synonyms) share(a, b string) bool {
	for _, x := range s[a] {
		for _, y := range s[b] {
			if x == y {
				return true
			}
		}
	}
	return false
}

// How well a word of a sentence stands for a word of the question, 0 to 1.
const (
	sameStem    = 1.0
	sameGroup   = 0.8
	sameOpening = 0.7 // "Chinese" and "China", "commander" and "command"
	// A vector's cosine counts from softFrom on and reaches softMost at
	// softFull. Of 42 pairs looked at, related ones ("mistakes", "errors") had
	// .3 to .7 and unrelated ones ("ferry", "bank") .2 or less.
	softFrom, softFull, softMost = 0.3, 0.65, 0.65
)

// levels holds, for each term of a question, how well each stem of the
// evidence's vocabulary stands for it.
type levels [][]float32

// match compares every term with the whole vocabulary, once.
func (g *Generator) match(ctx context.Context, a ask, e *evidence) levels {
	out := make(levels, len(a.terms))
	vectors := g.vectors(ctx, e.forms)
	for t, term := range a.terms {
		out[t] = make([]float32, len(e.vocabulary))
		vector := g.vector(ctx, term.Norm)
		for v, stem := range e.vocabulary {
			out[t][v] = float32(g.level(term, stem, e.forms[v]))
			if vectors != nil && !term.number && out[t][v] < softMost && !isDigits(stem) {
				out[t][v] = max(out[t][v], soft(cosine(vector, vectors[v])))
			}
		}
	}
	return out
}

// level compares a term with a word by spelling and by group.
func (g *Generator) level(t term, stem, form string) float64 {
	switch {
	case t.Stem == stem || t.Norm == form:
		return sameStem
	case t.number:
		return 0
	case g.synonyms.share(t.Stem, stem):
		return sameGroup
	case opensAlike(t.Norm, form, t.name >= 0):
		return sameOpening
	}
	return 0
}

// opensAlike reports whether two words begin with the same letters: five of
// them and all but the endings, or four in the name of a country or a person.
func opensAlike(a, b string, name bool) bool {
	need := max(5, min(len(a), len(b))-2)
	if name {
		need = max(4, min(len(a), len(b))-2)
	}
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n >= need && max(len(a), len(b))-n <= 5
}

// soft turns a cosine into a level.
func soft(cos float64) float32 {
	if cos < softFrom {
		return 0
	}
	return float32(softMost * min(1, (cos-softFrom)/(softFull-softFrom)*0.6+0.4))
}

// vectors embeds words; nil without an embedder, or if it fails: soft matches
// are a help, and the rest works without.
func (g *Generator) vectors(ctx context.Context, words []string) [][]float32 {
	if g.embedder == nil {
		return nil
	}
	out, err := g.embedder.EmbedPassages(ctx, words)
	if err != nil {
		return nil
	}
	return out
}

// vector embeds a question or a word of one; nil as in vectors.
func (g *Generator) vector(ctx context.Context, words string) []float32 {
	if g.embedder == nil {
		return nil
	}
	out, err := g.embedder.EmbedQuery(ctx, words)
	if err != nil {
		return nil
	}
	return out
}

// cosine compares two unit vectors; 0 if one of them is missing.
func cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return 0
	}
	var sum float32
	for i := range a {
		sum += a[i] * b[i]
	}
	return float64(sum)
}

// weigh gives each term its weight: more for a word that says much in any text and
// that few of the sentences hold, and for one that stands close behind the question
// word.
func (g *Generator) weigh(a *ask, e *evidence, lv levels) {
	n := float64(len(e.sentences))
	for t := range a.terms {
		var holding float64
		for _, s := range e.sentences {
			if best(lv[t], s.stems) >= sameOpening {
				holding++
			}
		}
		rare := math.Log((n+1)/(holding+1)) / math.Log(n+1)
		a.terms[t].weight = (0.3 + 0.7*rare) * g.rarity(a.terms[t].Norm) * a.terms[t].nearness()
	}
}

// fading is the power of the distance from the question word by which a word
// counts less. With 0, -.6 and -1 the best sentence is right for 48, 51 and 51 of
// the 114 questions of the evaluation, and one of the best two for 66, 69 and 62.
const fading = -0.6

// nearness returns what a term counts for its distance from the question word.
func (t term) nearness() float64 { return math.Pow(1+float64(t.behind)/5, fading) }

// best returns the best level of the stems.
func best(levels []float32, stems []int) float64 {
	var out float32
	for _, s := range stems {
		out = max(out, levels[s])
	}
	return float64(out)
}

// usual is the weight of half of the tokens; see static.Embedder.Weight.
const usual = 5

// rarity returns how much a word says in any text, about 1 for half of them.
func (g *Generator) rarity(word string) float64 {
	if g.vocabulary == nil {
		return 1
	}
	var most float64
	for _, token := range g.vocabulary.AppendTokens(nil, word) {
		most = max(most, g.vocabulary.Weight(token))
	}
	if most == 0 {
		return 1
	}
	return most / usual
}
