package answer

import (
	"context"
	"errors"
	"iter"
	"reflect"
	"testing"
	"testing/synctest"
	"time"

	"newsdesk/bot"
	"newsdesk/retrieval"
)

// stuck is a generator that writes something and then waits for its context.
type stuck struct{}

func (stuck) Model() string { return "stuck" }

func (stuck) Generate(ctx context.Context, _ bot.Prompt) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		if yield("The tug", nil) {
			<-ctx.Done()
			yield("", ctx.Err())
		}
	}
}

// TestPatience: a generator that hangs is left after patience, without what it
// had written.
func TestPatience(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		text, err := generate(t.Context(), stuck{}, bot.Prompt{})
		if text != "" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("text %q, error %v", text, err)
		}
		if waited := time.Since(start); waited != patience {
			t.Errorf("waited %v, want %v", waited, patience)
		}
	})
}

// TestBounded: an answer has no more quotes than it may, numbered from 1 without
// gaps, and the sentences that are left are the first ones.
func TestBounded(t *testing.T) {
	a := bot.Answer{
		Sentences: []bot.Sentence{
			{Text: "a", Citations: []int{1, 2}}, {Text: "b", Citations: []int{2}},
			{Text: "c", Citations: []int{4}}, {Text: "d", Citations: []int{3, 5}}, {Text: "e", Citations: []int{1}},
		},
		Citations: []bot.Citation{{N: 1, Quote: "1"}, {N: 2, Quote: "2"}, {N: 3, Quote: "3"}, {N: 4, Quote: "4"}, {N: 5, Quote: "5"}},
	}
	got := bounded(a, 4)
	if len(got.Sentences) != 3 || len(got.Citations) != 3 {
		t.Fatalf("got %d sentences and %d quotes, want 3 and 3", len(got.Sentences), len(got.Citations))
	}
	for i, c := range got.Citations {
		if c.N != i+1 {
			t.Errorf("quote %d has number %d", i+1, c.N)
		}
	}
	if c := got.Sentences[2].Citations; len(c) != 1 || got.Citations[c[0]-1].Quote != "4" {
		t.Errorf("the third sentence cites %v of %v", c, got.Citations)
	}
}

// TestNearestArticles: each once, in the order of the hits; reprints come last.
func TestNearestArticles(t *testing.T) {
	hit := func(article string, copies ...string) retrieval.Hit {
		h := retrieval.Hit{Passage: retrieval.Passage{ArticleID: article, Title: article}}
		for _, c := range copies {
			h.Copies = append(h.Copies, retrieval.Passage{ArticleID: c, Title: c})
		}
		return h
	}
	for want, hits := range map[string][]retrieval.Hit{
		"":    nil,
		"ab":  {hit("a"), hit("b"), hit("a")},
		"abx": {hit("a", "x", "y"), hit("b", "a")},
		"abc": {hit("a", "x"), hit("b"), hit("c"), hit("d")},
	} {
		got := ""
		for _, n := range nearestArticles(hits) {
			got += n.Title
		}
		if got != want {
			t.Errorf("nearest are %q, want %q", got, want)
		}
	}
}

// TestSides: labels of one brand are one side, in the order of the question.
func TestSides(t *testing.T) {
	got := sides([]string{"SNN (Web News)", "The Meridian Post", "SNN - Editorial", "Kiln.com"})
	want := [][]string{{"SNN (Web News)", "SNN - Editorial"}, {"The Meridian Post"}, {"Kiln.com"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
