package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"text/tabwriter"

	"gonum.org/v1/plot/plotter"

	"newsdesk/bot"
	"newsdesk/bot/cite"
	"newsdesk/bot/eval"
)

// evalCitationsCmd scores the check of what a generator wrote.
type evalCitationsCmd struct {
	evalOutput
	Cases string `required:"" help:"Labelled sentences with the passages that they cite: JSON, plain or .gz." placeholder:"FILE"`
	Judge bool   `help:"Let the model of the server that is set read each sentence that was kept once more, and give its figures too."`
}

// Run gives every sentence to the check that stands between a generator and a
// reader, as text of a generator that cites the case's passages. It needs no
// index and no data folder. With --judge a model reads what was kept a second
// time; it can drop a sentence and never keep one.
func (c *evalCitationsCmd) Run(inv *invocation) error {
	if err := c.canPlot(); err != nil {
		return err
	}
	cases, err := readCases(c.Cases)
	if err != nil {
		return err
	}
	model, err := c.judging(inv)
	if err != nil {
		return err
	}
	verdicts, err := decideAll(inv.ctx, cases, newBar(inv.streams, "checking"))
	if err != nil {
		return err
	}
	f := eval.ScoreCitations(verdicts)
	if model != nil {
		if err := judgeAll(inv.ctx, model, cases, &f, newBar(inv.streams, "judging")); err != nil {
			return err
		}
	}
	if err := c.print(inv.streams, f, f.Notes, func(w io.Writer) error { return printCitations(w, f) }); err != nil {
		return err
	}
	return c.plot(f)
}

// judging returns the model that judges; nil when none is wanted.
func (c *evalCitationsCmd) judging(inv *invocation) (bot.Generator, error) {
	if !c.Judge {
		return nil, nil
	}
	return inv.judging()
}

func readCases(path string) ([]eval.Case, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return eval.ReadCases(path, file)
}

func decideAll(ctx context.Context, cases []eval.Case, bar *bar) ([]eval.Verdict, error) {
	defer bar.finish()
	verdicts := make([]eval.Verdict, 0, len(cases))
	for i, c := range cases {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		checked := cite.Check(c.Cited(), c.Passages)
		verdicts = append(verdicts, eval.Decide(i+1, c, checked.Sentences, checked.Dropped))
		bar.at(int64(i+1), int64(len(cases)))
	}
	return verdicts, nil
}

// printCitations prints a line for each case, with tabs, then what it comes to.
func printCitations(out io.Writer, f eval.Citations) error {
	fmt.Fprintln(out, "no\tlabel\tkind\tverdict\tright\treason\tsentence")
	for _, v := range f.Cases {
		v = v.Judged()
		fmt.Fprintf(out, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", v.Case, v.Label, oneLine(v.Kind), verdictOf(v), yesNo(v.Right), reasonOf(v), oneLine(v.Sentence))
	}
	fmt.Fprintln(out)
	if err := printKinds(out, f.Recalls); err != nil {
		return err
	}
	if f.WithJudge == nil {
		return nil
	}
	fmt.Fprintln(out, "\nwith the model as second reader, as in the list:")
	return printKinds(out, *f.WithJudge)
}

// printKinds prints the recalls of each kind and over all.
func printKinds(out io.Writer, r eval.Recalls) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tsentences\tsupported\tright\trecall\t")
	for _, kind := range slices.Sorted(maps.Keys(r.ByKind)) {
		k := r.ByKind[kind]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%s\t\n", oneLine(kind), k.N, k.Supported, k.Right, shareOf(k.Recall))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%s; supported kept %s, unsupported dropped %s, balanced accuracy %s\n",
		count(r.N, "sentence", "sentences"), shareOf(r.RecallSupported), shareOf(r.RecallUnsupported), shareOf(r.Balanced))
	return err
}

func verdictOf(v eval.Verdict) string {
	if v.Kept {
		return "kept"
	}
	return "dropped"
}

// reasonOf is a dash for a sentence that was kept.
func reasonOf(v eval.Verdict) string {
	switch {
	case v.Reason == "":
		return "-"
	case v.Detail == "":
		return v.Reason
	}
	return oneLine(v.Reason + ": " + v.Detail)
}

// plot draws the recall of each kind, those that are supported first, and beside
// it the recalls over all.
func (c *evalCitationsCmd) plot(f eval.Citations) error {
	kinds := slices.Sorted(maps.Keys(f.ByKind))
	slices.SortStableFunc(kinds, func(a, b string) int { return f.ByKind[b].Supported - f.ByKind[a].Supported })
	var recalls plotter.Values
	for _, kind := range kinds {
		recalls = append(recalls, f.ByKind[kind].Recall)
	}
	byKind, err := sharesPlot(fmt.Sprintf("Verdicts (%s)", count(f.N, "sentence", "sentences")), "share judged rightly", kinds, series{"recall", recalls})
	if err != nil {
		return err
	}
	slantNames(byKind)
	all, err := sharesPlot("Over all", "share", []string{"supported kept", "unsupported dropped", "balanced"},
		series{"share", plotter.Values{f.RecallSupported, f.RecallUnsupported, f.Balanced}})
	if err != nil {
		return err
	}
	return c.draw(byKind, all)
}
