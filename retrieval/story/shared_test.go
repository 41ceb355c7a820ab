package story

import (
	"math/rand/v2"
	"runtime"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
	"newsdesk/corpus/store"
	"newsdesk/retrieval/eval"
)

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
	return corpustest.ReadShared(b, corpustest.EvalArticles, multihop.Articles)
}

// BenchmarkUpdate brings the stories of the evaluation's corpus up to its end, what
// it takes to open them again included:
//
//	go test -bench Update -benchtime 1x ./retrieval/story
func BenchmarkUpdate(b *testing.B) {
	articles := articlesOf(b)
	db := corpustest.Store(b)
	c := corpustest.On(b, db)
	corpustest.Fill(b, c, articles)
	var s *Stories
	for b.Loop() {
		began := time.Now()
		must(b, db.Write(b.Context(), func(tx store.Tx) error {
			_, err := tx.Exec(b.Context(), `DROP TABLE IF EXISTS story_stories; DROP TABLE IF EXISTS story_members;
				DROP TABLE IF EXISTS story_reached; DELETE FROM store_steps WHERE owner = 'story'`)
			return err
		}))
		s = open(b, needs(b, db, c))
		update(b, s)
		b.Logf("%d articles in %d stories: %s", len(s.groups.articles), len(s.groups.stories), time.Since(began))
	}
	began := time.Now()
	s = open(b, needs(b, db, c))
	must(b, s.load(b.Context(), always))
	b.Logf("opened again: %s", time.Since(began))
	began = time.Now()
	latest, err := s.Latest(b.Context(), Filter{})
	must(b, err)
	b.Logf("the latest %d stories with their origins and updates: %s", len(latest), time.Since(began))
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	b.Logf("%d MiB in use", m.HeapAlloc>>20)
	runtime.KeepAlive(s)
}
