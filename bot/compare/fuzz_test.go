package compare

import (
	"reflect"
	"slices"
	"testing"
	"time"

	"newsdesk/corpus"
)

// FuzzCompare holds that any texts give whole sides with verbatim quotes, and the
// same ones in any order of the articles.
func FuzzCompare(f *testing.F) {
	for _, name := range []string{"differ.txtar", "agree_blind.txtar"} {
		for _, c := range readCases(f, name) {
			f.Add(c.articles[0].Text, c.articles[1].Text, c.articles[0].Text, c.articles[0].Language)
		}
	}
	f.Add("\xff 12 dead\n\n“5", "zwölf Tote 7.40 Uhr at 8", "denied that not", "zh")
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, a, b, c, tag string) {
		list := []corpus.Article{
			{ID: "a", Seq: 1, Outlet: "Harbour Herald", Text: a, Language: tag, Published: at},
			{ID: "b", Seq: 2, Outlet: "Radio Solana", Text: b, Language: tag, Published: at.Add(2 * time.Hour)},
			{ID: "c", Seq: 3, Outlet: "The Meridian Post", Text: c, Language: tag, Published: at},
		}
		got := Compare(list, Needs{})
		verbatim(t, list, got)
		turned := slices.Clone(list)
		slices.Reverse(turned)
		if again := Compare(turned, Needs{}); !reflect.DeepEqual(got, again) {
			t.Errorf("another order gives another comparison:\n%+v\n%+v", got, again)
		}
	})
}
