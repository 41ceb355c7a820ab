package story

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/static"
)

// labelled returns the texts of the evaluation data.
func labelled(t testing.TB) []eval.StoryText {
	t.Helper()
	texts, err := eval.ReadStories("stories.json", corpustest.Shared(t, corpustest.EvalStories))
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// readAll reads texts as articles without title and date.
func readAll(t testing.TB, texts []eval.StoryText) []*reading {
	t.Helper()
	e, err := static.New()
	if err != nil {
		t.Fatal(err)
	}
	common := byRank(e.AppendTokens)
	var readings []*reading
	var leads []string
	for i, x := range texts {
		a := corpus.Article{ID: fmt.Sprintf("%04d", i), Seq: int64(i + 1), Text: x.Text}
		readings = append(readings, read(a, common))
		leads = append(leads, leadOf(a))
	}
	vectors, err := e.EmbedPassages(t.Context(), leads)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range vectors {
		readings[i].vector = v
	}
	return readings
}

// fresh returns readings that no groups know yet.
func fresh(readings []*reading) []*reading {
	out := make([]*reading, len(readings))
	for i, r := range readings {
		c := *r
		c.story, c.slot = nil, 0
		c.terms, c.lead, c.names = slices.Clone(r.terms), slices.Clone(r.lead), slices.Clone(r.names)
		out[i] = &c
	}
	return out
}

// grouped adds the texts in that order and says where each ended.
func grouped(m *model, readings []*reading, texts []eval.StoryText, order []int, prefix string) []eval.Grouped {
	g := newGroups(m)
	readings = fresh(readings)
	for _, i := range order {
		g.add(readings[i])
	}
	var out []eval.Grouped
	for _, i := range order {
		out = append(out, eval.Grouped{Event: texts[i].Event, Story: fmt.Sprint(prefix, readings[i].story.id)})
	}
	return out
}

func inOrder(n int) []int {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	return order
}

// pairOf is one line of what is learnt from.
type pairOf struct {
	a, b int
	f    features
	same bool
}

// alike is the cosine of terms from which on a pair of two topics is learnt from:
// the others are never compared.
const alike = .06

func pairsOf(readings []*reading, texts []eval.StoryText) []pairOf {
	f := newFrequencies()
	for _, r := range readings {
		f.add(r, 1)
	}
	f.turn()
	for _, r := range readings {
		f.weigh(r)
	}
	var pairs []pairOf
	for i, a := range readings {
		for j, b := range readings[:i] {
			x := compare(a, b)
			if x[termCosine] > alike || topicOf(texts[i]) == topicOf(texts[j]) {
				pairs = append(pairs, pairOf{i, j, x, texts[i].Event == texts[j].Event})
			}
		}
	}
	return pairs
}

func topicOf(t eval.StoryText) string {
	return t.Event[:strings.IndexFunc(t.Event, func(r rune) bool { return r < '0' || r > '9' })]
}

// fit learns a model by Newton's method: a logistic regression over standardised
// features, with a penalty of ridge/2 on the squares of the weights.
func fit(pairs []pairOf, ridge float64) *model {
	const n = featureCount + 1
	var mean, dev features
	for _, p := range pairs {
		for i, x := range p.f {
			mean[i] += x / float64(len(pairs))
		}
	}
	for _, p := range pairs {
		for i, x := range p.f {
			dev[i] += (x - mean[i]) * (x - mean[i]) / float64(len(pairs))
		}
	}
	for i := range dev {
		dev[i] = max(math.Sqrt(dev[i]), 1e-9)
	}
	var w [n]float64
	for range 25 {
		var gradient [n]float64
		var hessian [n][n]float64
		for _, p := range pairs {
			var x [n]float64
			x[featureCount] = 1
			sum := w[featureCount]
			for i := range featureCount {
				x[i] = (p.f[i] - mean[i]) / dev[i]
				sum += w[i] * x[i]
			}
			likely := 1 / (1 + math.Exp(-sum))
			for i := range n {
				gradient[i] += (likely - number(p.same)) * x[i]
				for j := range i + 1 {
					hessian[i][j] += likely * (1 - likely) * x[i] * x[j]
				}
			}
		}
		for i := range featureCount {
			gradient[i] += ridge * w[i]
			hessian[i][i] += ridge
		}
		step := solve(hessian, gradient)
		for i := range w {
			w[i] -= step[i]
		}
	}
	m := &model{bias: w[featureCount]}
	for i := range featureCount {
		m.weights[i] = w[i] / dev[i]
		m.bias -= m.weights[i] * mean[i]
	}
	return m
}

// solve solves h·x = g by Cholesky's method; of h the lower half is given.
func solve[T [featureCount + 1]float64](h [featureCount + 1]T, g T) T {
	n := len(g)
	for j := range n {
		for k := range j {
			h[j][j] -= h[j][k] * h[j][k]
		}
		h[j][j] = math.Sqrt(h[j][j] + 1e-9)
		for i := j + 1; i < n; i++ {
			for k := range j {
				h[i][j] -= h[i][k] * h[j][k]
			}
			h[i][j] /= h[j][j]
		}
	}
	for i := range n {
		for k := range i {
			g[i] -= h[i][k] * g[k]
		}
		g[i] /= h[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			g[i] -= h[k][i] * g[k]
		}
		g[i] /= h[i][i]
	}
	return g
}

// ridge is the penalty that the weights were learnt with.
const ridge = 3

// BenchmarkLearn learns the weights of score.go from the evaluation data and says
// what they come to, and what weights come to on topics that they were not learnt
// from:
//
//	go test -bench Learn -benchtime 1x ./retrieval/story
func BenchmarkLearn(b *testing.B) {
	texts := labelled(b)
	readings := readAll(b, texts)
	for b.Loop() {
		pairs := pairsOf(readings, texts)
		m := fit(pairs, ridge)
		b.Logf("%d pairs; bias %.3f, weights %.3f", len(pairs), m.bias, m.weights)
		b.Logf("learnt on all: %+v", eval.ScoreStories(grouped(m, readings, texts, inOrder(len(texts)), "")))
		b.Logf("as shipped:    %+v", eval.ScoreStories(grouped(&learnt, readings, texts, inOrder(len(texts)), "")))
		b.Logf("five-fold:     %+v", eval.ScoreStories(crossed(pairs, readings, texts, 1)))
		b.Logf("five-fold:     %+v", eval.ScoreStories(crossed(pairs, readings, texts, 2)))
	}
}

// crossed parts the topics into five; the texts of each part are put together,
// among all texts, by weights that were learnt without it.
func crossed(pairs []pairOf, readings []*reading, texts []eval.StoryText, seed uint64) []eval.Grouped {
	part := partsOf(texts, seed)
	var out []eval.Grouped
	for k := range 5 {
		var others []pairOf
		for _, p := range pairs {
			if part[p.a] != k && part[p.b] != k {
				others = append(others, p)
			}
		}
		all := grouped(fit(others, ridge), readings, texts, inOrder(len(texts)), fmt.Sprint(k, ":"))
		for i, g := range all {
			if part[i] == k {
				out = append(out, g)
			}
		}
	}
	return out
}

func partsOf(texts []eval.StoryText, seed uint64) []int {
	var topics []string
	for _, t := range texts {
		topics = append(topics, topicOf(t))
	}
	slices.SortFunc(topics, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	topics = slices.Compact(topics)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(topics), func(i, j int) { topics[i], topics[j] = topics[j], topics[i] })
	part := make([]int, len(texts))
	for i, t := range texts {
		part[i] = slices.Index(topics, topicOf(t)) % 5
	}
	return part
}
