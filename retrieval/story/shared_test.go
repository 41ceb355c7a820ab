package story

import (
	"math/rand/v2"
	"os"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/static"
)

const corpusFile = "../../../shared/eval/corpus.json.gz"

// TestLabelled holds the figures of the evaluation data.
func TestLabelled(t *testing.T) {
	texts := labelled(t)
	got := eval.ScoreStories(grouped(&learnt, readAll(t, texts), texts, inOrder(len(texts)), ""))
	t.Logf("%+v", got)
	if got.BCubed.F1 < .88 || got.LookalikeMerged > .1 {
		t.Errorf("%+v", got)
	}
}

// TestShuffled adds the texts in twenty other orders: what comes of it may differ
// by .02.
func TestShuffled(t *testing.T) {
	texts := labelled(t)
	readings := readAll(t, texts)
	var f1, merged []float64
	for seed := range uint64(20) {
		order := rand.New(rand.NewPCG(seed, 8)).Perm(len(texts))
		got := eval.ScoreStories(grouped(&learnt, readings, texts, order, ""))
		f1, merged = append(f1, got.BCubed.F1), append(merged, got.LookalikeMerged)
	}
	least, most := slices.Min(f1), slices.Max(f1)
	t.Logf("F1 from %.4f to %.4f, look-alikes merged from %.4f to %.4f", least, most, slices.Min(merged), slices.Max(merged))
	if most-least > .02 || least < .88 || slices.Max(merged) > .1 {
		t.Errorf("F1 from %.4f to %.4f, look-alikes merged at most %.4f", least, most, slices.Max(merged))
	}
}

// articlesOf returns the articles of the evaluation's corpus in the order of
// publication.
func articlesOf(b testing.TB) []corpus.Article {
	b.Helper()
	file, err := os.Open(corpusFile)
	if err != nil {
		b.Skipf("skipped: needs %s: %v", corpusFile, err)
	}
	defer file.Close()
	var articles []corpus.Article
	for a, err := range multihop.Articles(corpusFile, file) {
		if err != nil {
			b.Fatal(err)
		}
		articles = append(articles, a)
	}
	return articles
}

// BenchmarkCorpus reads and groups the articles of the evaluation's corpus.
func BenchmarkCorpus(b *testing.B) {
	articles := articlesOf(b)
	e, err := static.New()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		began := time.Now()
		common := byRank(e.AppendTokens)
		g := newGroups(&learnt)
		for i, a := range articles {
			a.ID, a.Seq = a.URL, int64(i+1)
			r := read(a, common)
			v, err := e.EmbedQuery(b.Context(), leadOf(a))
			if err != nil {
				b.Fatal(err)
			}
			r.vector = v
			g.add(r)
		}
		sizes := map[int]int{}
		for _, s := range g.stories {
			sizes[min(len(s.members), 10)]++
		}
		b.Logf("%d articles, %d stories, by size (10: or more) %v, %s", len(articles), len(g.stories), sizes, time.Since(began))
	}
}
