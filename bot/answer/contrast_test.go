package answer

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/bot"
	"newsdesk/bot/compare"
	"newsdesk/corpus"
)

// TestContrast: a difference stands behind what was said, with a value and a quote
// of each outlet; quotes that are there already are not repeated, and the answer
// that was given stays as it was.
func TestContrast(t *testing.T) {
	at := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	article := func(seq int64, outlet, n string) corpus.Article {
		return corpus.Article{
			ID: outlet, Seq: seq, Outlet: outlet, Published: at, Language: "en",
			Text: n + " people were killed under the roof of the market hall of Tarn Bridge, the fire service said. It rained.",
		}
	}
	differ := compare.Compare([]corpus.Article{article(1, "Harbour Herald", "Six"), article(2, "Radio Solana", "Nine")}, compare.Needs{}).Differ
	if len(differ) != 1 {
		t.Fatalf("%d differences", len(differ))
	}
	known := differ[0].Sides[1].Quotes[0].Citation
	known.N = 1
	before := bot.Answer{Found: true, Sentences: []bot.Sentence{{Text: "Nine were killed.", Citations: []int{1}}}, Citations: []bot.Citation{known}}
	got := withContrast(before, differ[0])
	if len(before.Sentences) != 1 || len(before.Citations) != 1 {
		t.Error("the answer that was given was changed")
	}
	if len(got.Sentences) != 2 || len(got.Citations) != 2 || got.Citations[1].N != 2 {
		t.Fatalf("%+v", got)
	}
	s := got.Sentences[1]
	if !slices.Equal(s.Citations, []int{1, 2}) || s.Own.Kind != bot.SaysDiffer || !slices.Equal(s.Own.Outlets, []string{"Harbour Herald", "Radio Solana"}) {
		t.Errorf("%+v", s)
	}
	if !strings.HasPrefix(s.Text, "The outlets differ: Harbour Herald: “Six people") || !strings.Contains(s.Text, "Radio Solana: “Nine people") {
		t.Errorf("%s", s.Text)
	}

	denial := compare.Difference{Kind: compare.Denial, Sides: []compare.Side{
		{Stance: compare.Denied, Outlets: []string{"Radio Solana"}, Quotes: differ[0].Sides[1].Quotes},
		{Stance: compare.Said, Outlets: []string{"Harbour Herald"}, Quotes: differ[0].Sides[0].Quotes},
	}}
	if s := withContrast(before, denial).Sentences[1]; s.Text != "Harbour Herald says it, and Radio Solana has it as denied." || s.Own.Kind != bot.SaysDenied {
		t.Errorf("%+v", s)
	}
	later := differ[0]
	later.Update = true
	if s := withContrast(before, later).Sentences[1]; s.Own.Kind != bot.SaysLater {
		t.Errorf("%+v", s)
	}
}
