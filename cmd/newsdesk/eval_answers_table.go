package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"

	"newsdesk/bot"
	"newsdesk/bot/eval"
)

// report prints the figures, and with --verbose every question.
func (c *evalAnswersCmd) report(inv *invocation, f eval.Answers, notes []string) error {
	f.Notes = append(notes, f.Notes...)
	judged := f.Questions
	if !inv.cli.Verbose {
		f.Questions = nil
	}
	if err := c.print(inv.streams, f, f.Notes, func(w io.Writer) error {
		if inv.cli.Verbose {
			printQuestions(w, judged)
		}
		return printAnswers(w, f)
	}); err != nil {
		return err
	}
	return c.plot(f)
}

// shownText is how much of an answer stands in its line, in characters.
const shownText = 160

// printQuestions prints a line for each question, with tabs, for a person and for
// cut(1).
func printQuestions(w io.Writer, judged []eval.Judged) {
	fmt.Fprintln(w, "no\ttype\tfound\tarticle\tfact\toutlet\tanswer")
	for i, j := range judged {
		outlet := "-"
		if j.OutletRight != nil {
			outlet = yesNo(*j.OutletRight)
		}
		text := []rune(oneLine(j.Text))
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\t%s\n", i+1, j.Type, yesNo(j.Found), yesNo(j.GoldArticle), yesNo(j.GoldFact), outlet,
			string(text[:min(len(text), shownText)]))
	}
	fmt.Fprintln(w)
}

// oneLine is text of strangers without what would break a line or a column.
func oneLine(s string) string {
	return strings.Join(strings.Fields(bot.Span{Text: s}.Visible()), " ")
}

func yesNo(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// printAnswers prints what a person reads.
func printAnswers(out io.Writer, f eval.Answers) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tquestions\tanswered\tgold article\tgold fact\twords\t")
	for _, kind := range slices.Sorted(maps.Keys(f.ByType)) {
		t := f.ByType[kind]
		fmt.Fprintf(w, "%s\t%d\t%s\t%s\t%s\t%g\t\n", kind, t.N, shareOf(t.Answered), shareOf(t.GoldArticle), shareOf(t.GoldFact), t.WordsMedian)
	}
	fmt.Fprintf(w, "all answerable\t\t%s\t%s\t%s\t%g\t\n", shareOf(f.Answered), shareOf(f.GoldArticle), shareOf(f.GoldFact), f.WordsMedian)
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\n%d questions; null questions refused %s, the others answered %s, balanced accuracy %s\n",
		f.N, shareOf(f.NullRefused), shareOf(f.Answered), shareOf(f.Balanced))
	fmt.Fprintf(out, "outlet questions answered: outlet right %s; quotes verbatim %s, median %g words\n",
		shareOf(f.OutletRight), shareOf(f.Verbatim), f.QuoteMedian)
	_, err := fmt.Fprintf(out, "a question: median %.3f s; without a model server's time median %.1f ms, p95 %.1f ms\n",
		f.SecondsMedian, f.Latency.P50, f.Latency.P95)
	return err
}

// shareOf writes a share as ".851" or "1.000".
func shareOf(v float64) string { return strings.TrimPrefix(fmt.Sprintf("%.3f", v), "0") }
