package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"newsdesk/retrieval/eval"
)

// printFigures prints what a person reads.
func printFigures(out io.Writer, f eval.Figures, s eval.Scores) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tquestions\tHits@1\tHits@4\tHits@10\tMRR@10\tMAP@10\tEvidence@10\t")
	row := func(name string, n int, m eval.Measures) {
		fmt.Fprintf(w, "%s\t%d\t%s\t\n", name, n, strings.Join(measured(m), "\t"))
	}
	for _, kind := range slices.Sorted(maps.Keys(s.ByType)) {
		row(kind, s.CountByType[kind], s.ByType[kind])
	}
	row("all", s.N, s.All)
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d passages of %.1f words on average, %d at most\n", f.Passages, f.WordsMean, f.WordsMax)
	fmt.Fprintf(out, "a question: median %.1f ms, p95 %.1f ms, p99 %.1f ms\n", f.Latency.P50, f.Latency.P95, f.Latency.P99)
	fmt.Fprintf(out, "index built in %.1f s; at most %.0f MiB resident\n", f.IndexSeconds, f.RSSMiB)
	_, err := fmt.Fprintf(out, "outlet questions with only passages of the outlets named: %d of %d; questions narrowed wrongly: %d\n",
		f.Scope.OnlyNamedOutlets, s.CountByType[eval.OutletQuery], f.Scope.NarrowedWrongly)
	return err
}

// printComparison prints a line for each stage.
func printComparison(out io.Writer, c eval.Comparison, n int) error {
	fmt.Fprintf(out, "%d questions\n", n)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tHits@1\tHits@4\tHits@10\tMRR@10\tMAP@10\tEvidence@10\tp50 ms\tp95 ms\tp99 ms\t")
	for _, s := range c.Stages {
		fmt.Fprintf(w, "%s\t%s\t%.1f\t%.1f\t%.1f\t\n", s.Name, strings.Join(measured(s.All), "\t"), s.Latency.P50, s.Latency.P95, s.Latency.P99)
	}
	return w.Flush()
}

// measured writes shares as ".851".
func measured(m eval.Measures) []string {
	var all []string
	for _, v := range []float64{m.Hits1, m.Hits4, m.Hits10, m.MRR, m.MAP, m.Evidence} {
		all = append(all, strings.TrimPrefix(fmt.Sprintf("%.3f", v), "0"))
	}
	return all
}
