package correct

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

// FuzzCompare: whatever two versions hold, nothing panics and every stretch is
// verbatim.
func FuzzCompare(f *testing.F) {
	for _, c := range append(casesIn(f, "testdata/cases.txtar"), casesIn(f, "testdata/blind.txtar")...) {
		f.Add(c.before.Text, c.after.Text, c.cited[0].Sentence, c.before.Language, c.cited[0].Start, c.cited[0].End)
	}
	f.Add("a\xffb. 3", "\xe2\x80", "[1]", "zz", -1, 99)
	f.Fuzz(func(t *testing.T, old, fresh, sentence, language string, start, end int) {
		before := corpus.Article{ID: "a", Seq: 1, Outlet: "Radio Solana", Language: language, Text: old}
		after := corpus.Article{ID: "a", Seq: 2, Outlet: "Radio Solana", Language: language, Text: fresh, Published: time.Unix(0, 0)}
		cited := Cited{Sentence: sentence, Seq: 1, Start: start, End: end}
		if start >= 0 && start < end && end <= len(old) {
			cited.Quote = old[start:end]
		}
		got := Compare(before, after, []Cited{cited})
		verbatim(t, before, after, []Cited{cited}, got)
		if !reflect.DeepEqual(got, Compare(before, after, []Cited{cited})) {
			t.Error("two runs differ")
		}
	})
}

// Sentences that are moved about, whatever paragraphs they come to stand in, are
// no change; those that are taken out are one, and each change is of one of
// those.
func TestMovedAndStruck(t *testing.T) {
	all := casesIn(t, "testdata/cases.txtar")
	rapid.Check(t, func(r *rapid.T) {
		c := rapid.SampledFrom(all).Draw(r, "case")
		l := text.For(c.before.Language)
		spans := l.Sentences(c.before.Text)
		var cited []Cited
		var sentences []string
		for _, s := range spans {
			quote := s.In(c.before.Text)
			cited = append(cited, Cited{Sentence: quote, Seq: 1, Start: s.Start, End: s.End, Quote: quote})
			sentences = append(sentences, quote)
		}
		struck := rapid.IntRange(-1, len(sentences)-1).Draw(r, "struck")
		var kept []string
		for _, s := range rapid.Permutation(indexes(len(sentences))).Draw(r, "order") {
			if s != struck {
				kept = append(kept, sentences[s], rapid.SampledFrom([]string{" ", "\n\n"}).Draw(r, "gap"))
			}
		}
		after := c.before
		after.Text = strings.TrimSpace(strings.Join(kept, ""))
		if after.Text == "" || len(l.Sentences(after.Text)) != len(kept)/2 {
			r.Skip() // what stands side by side was read as one
		}
		got := Compare(c.before, after, cited)
		verbatim(r, c.before, after, cited, got)
		for _, change := range got {
			if change.Cited != struck {
				r.Errorf("%q: %s", cited[change.Cited].Quote, describe(change))
			}
		}
		if struck >= 0 && len(got) == 0 {
			r.Errorf("%q is not missed", sentences[struck])
		}
	})
}

func indexes(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// BenchmarkCompare compares an article of 400 sentences with one that was rewritten
// throughout, for ten quotes.
func BenchmarkCompare(b *testing.B) {
	before := corpus.Article{ID: "a", Seq: 1, Outlet: "Radio Solana"}
	after := before
	var cited []Cited
	for i := range 400 {
		sentence := "The council of Oldmarket has approved " + strings.Repeat("1", 1+i%9) + " crowns for the pier."
		if i%40 == 0 {
			cited = append(cited, Cited{Sentence: sentence, Seq: 1, Start: len(before.Text), End: len(before.Text) + len(sentence), Quote: sentence})
		}
		before.Text += sentence + " "
		after.Text += strings.Replace(sentence, "1", "2", 1) + " "
	}
	for b.Loop() {
		if got := Compare(before, after, cited); len(got) != len(cited) {
			b.Fatal(got)
		}
	}
}
