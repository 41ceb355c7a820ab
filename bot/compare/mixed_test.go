package compare

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
)

// TestMixed compares five hundred stories that are shaken together of sentences of
// all cases, cut and broken: nothing panics, sides are whole, quotes are verbatim,
// and the order of the articles says nothing.
func TestMixed(t *testing.T) {
	var pieces []string
	for _, name := range []string{"differ.txtar", "agree.txtar", "differ_blind.txtar", "agree_blind.txtar"} {
		for _, c := range readCases(t, name) {
			for _, a := range c.articles {
				pieces = append(pieces, strings.SplitAfter(a.Text, " ")...)
				pieces = append(pieces, strings.SplitAfter(a.Text, ". ")...)
			}
		}
	}
	pieces = append(pieces, "\xff", "\n\n", "“", " 5-", "٣", "不", ".", "''", "9999999999999999999 ", "denied ", "no ")
	outlets := []string{"Harbour Herald", "Radio Solana", "The Meridian Post", ""}
	tags := []string{"", "en", "de", "es", "ru", "fa", "ar", "zh", "x"}
	found := 0
	for seed := range uint64(500) {
		r := rand.New(rand.NewPCG(seed, 1))
		tag := tags[r.IntN(len(tags))]
		var list []corpus.Article
		for i := range 2 + r.IntN(3) {
			var body strings.Builder
			for range r.IntN(60) {
				body.WriteString(pieces[r.IntN(len(pieces))])
			}
			text := body.String()
			list = append(list, corpus.Article{
				Seq: int64(i + 1), Outlet: outlets[i%len(outlets)], Text: text[r.IntN(1+len(text)/8):], Language: tag,
				Published: time.Date(2026, 5, 1+r.IntN(3), 0, 0, 0, 0, time.UTC),
			})
		}
		got := Compare(list, Needs{})
		verbatim(t, list, got)
		found += len(got.Differ)
		turned := slices.Clone(list)
		slices.Reverse(turned)
		if again := Compare(turned, Needs{}); !reflect.DeepEqual(got, again) {
			t.Fatalf("seed %d: another order gives another comparison:\n%+v\n%+v", seed, got, again)
		}
	}
	if found == 0 {
		t.Error("nothing was found, so nothing was tested")
	}
}

// TestOrigin holds that copies of one text are one voice.
func TestOrigin(t *testing.T) {
	c := readCases(t, "differ.txtar")[0]
	got := Compare(c.articles, Needs{Origin: func(corpus.Article) string { return "Coastal Agency" }})
	if len(got.Differ) != 0 {
		t.Errorf("copies of one text differ: %s", show(got.Differ[0]))
	}
	third := c.articles[1]
	third.ID, third.Seq, third.Outlet = "third", 3, "Valley Dispatch"
	got = Compare(append(slices.Clone(c.articles), third), Needs{Origin: func(a corpus.Article) string {
		if a.Outlet == "Harbour Herald" {
			return ""
		}
		return "Coastal Agency"
	}})
	if len(got.Differ) != 1 || len(got.Differ[0].Sides) != 2 {
		t.Fatalf("%+v", got.Differ)
	}
	if s := got.Differ[0].Sides[1]; len(s.Outlets) != 2 || s.Origins != 1 {
		t.Errorf("%d outlets of %d origins, want 2 of 1", len(s.Outlets), s.Origins)
	}
}

// TestUpdate holds that of one outlet the newest article counts, and that a toll
// that grew in a later article of another is an update.
func TestUpdate(t *testing.T) {
	at := time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC)
	article := func(outlet string, after time.Duration, n string) corpus.Article {
		return corpus.Article{
			ID: outlet + n, Outlet: outlet, Published: at.Add(after), Language: "en",
			Text: "A storm tore the roof off the market hall of Tarn Bridge on Friday. " + n + " people were killed under the roof of the market hall, the fire service said.",
		}
	}
	for _, c := range []struct {
		name         string
		articles     []corpus.Article
		differ       int
		update       bool
		first, later string
	}{
		{"at one time", []corpus.Article{article("Harbour Herald", 0, "Six"), article("Radio Solana", 0, "Nine")}, 1, false, "Six", "Nine"},
		{"grown later", []corpus.Article{article("Harbour Herald", 0, "Six"), article("Radio Solana", 5*time.Hour, "Nine")}, 1, true, "Six", "Nine"},
		{"less later", []corpus.Article{article("Harbour Herald", 0, "Nine"), article("Radio Solana", 5*time.Hour, "Six")}, 1, false, "Nine", "Six"},
		{"one outlet over time", []corpus.Article{article("Harbour Herald", 0, "Six"), article("Radio Solana", 5*time.Hour, "Nine"), article("Harbour Herald", 6*time.Hour, "Nine")}, 0, false, "", ""},
		{"one outlet alone", []corpus.Article{article("Harbour Herald", 0, "Six"), article("Harbour Herald", time.Hour, "Nine")}, 0, false, "", ""},
	} {
		got := Compare(c.articles, Needs{}).Differ
		if len(got) != c.differ {
			t.Errorf("%s: %d differences, want %d", c.name, len(got), c.differ)
			continue
		}
		if c.differ > 0 && (got[0].Update != c.update || !strings.HasPrefix(got[0].Sides[0].Value, c.first) || !strings.HasPrefix(got[0].Sides[1].Value, c.later)) {
			t.Errorf("%s: %s", c.name, show(got[0]))
		}
	}
}
