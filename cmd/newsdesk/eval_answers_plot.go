package main

import (
	"fmt"
	"maps"
	"slices"

	"gonum.org/v1/plot/plotter"

	"newsdesk/bot/eval"
)

// plot draws what became of each type of question, and beside it the shares over
// all.
func (c *evalAnswersCmd) plot(f eval.Answers) error {
	kinds := slices.Sorted(maps.Keys(f.ByType))
	var types []eval.OfType
	for _, kind := range kinds {
		types = append(types, f.ByType[kind])
	}
	byType, err := sharesPlot(fmt.Sprintf("Answers (%d questions)", f.N), "share of the questions", shortTypes(kinds),
		series{"answered", valuesOf(types, func(t eval.OfType) float64 { return t.Answered })},
		series{"gold article", valuesOf(types, func(t eval.OfType) float64 { return t.GoldArticle })},
		series{"gold fact", valuesOf(types, func(t eval.OfType) float64 { return t.GoldFact })})
	if err != nil {
		return err
	}
	all, err := sharesPlot("Over all", "share", []string{"null refused", "answered", "article", "fact", "outlet", "verbatim"},
		series{"share", plotter.Values{f.NullRefused, f.Answered, f.GoldArticle, f.GoldFact, f.OutletRight, f.Verbatim}})
	if err != nil {
		return err
	}
	return c.draw(byType, all)
}
