package scope

import (
	"slices"
	"strings"
	"testing"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/multihop"
)

// TestLabelled holds on labelled questions that no filter excludes the outlet or
// the day of the evidence, and that outlets which are asked for are read.
func TestLabelled(t *testing.T) {
	questions := corpustest.ReadShared(t, corpustest.EvalQuestions, multihop.Questions)
	outlets := outletsOf(corpustest.ReadShared(t, corpustest.EvalArticles, multihop.Articles))
	filtered, dated, asked, read := 0, 0, 0, 0
	several, total := make(map[string]int), make(map[string]int)
	for _, question := range questions {
		q := Read(question.Query, monday, outlets)
		total[question.Type]++
		if q.Several {
			several[question.Type]++
		}
		if len(q.Outlets) > 0 {
			filtered++
		}
		if !q.From.IsZero() {
			dated++
		}
		if question.Type == "outlet_query" {
			asked++
			if len(q.Outlets) > 0 {
				read++
			} else {
				t.Logf("no outlet: %s", show(q))
			}
		}
		for _, e := range question.Evidence {
			if !q.Matches(e.Outlet, e.Published) {
				t.Errorf("evidence of %s, %s is excluded by %s", e.Outlet, e.Published.Format(time.DateOnly), show(q))
			}
		}
	}
	for kind, n := range total {
		t.Logf("%s: several for %d of %d", kind, several[kind], n)
	}
	t.Logf("%d questions: %d filter outlets, %d dates; %d of %d that ask for an outlet", len(questions), filtered, dated, read, asked)
	if several["single_query"] > 2 || several["outlet_query"] > 1 || several["comparison_query"] < 20 {
		t.Errorf("several articles for %v", several)
	}
	if read < asked*9/10 {
		t.Errorf("%d of %d questions that ask for an outlet were read so", read, asked)
	}
}

// outletsOf counts the articles of each outlet.
func outletsOf(articles []corpus.Article) []corpus.Outlet {
	count := make(map[string]int)
	for _, a := range articles {
		count[a.Outlet]++
	}
	var outlets []corpus.Outlet
	for name, n := range count {
		outlets = append(outlets, corpus.Outlet{Name: name, Articles: n})
	}
	slices.SortFunc(outlets, func(a, b corpus.Outlet) int { return strings.Compare(a.Name, b.Name) })
	return outlets
}
