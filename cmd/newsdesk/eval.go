package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsdesk/corpus"
	"newsdesk/retrieval/eval"
)

// evalCmd scores newsdesk on labelled data.
type evalCmd struct {
	Retrieval evalRetrievalCmd `cmd:"" help:"Score how well the evidence is found, on a corpus and questions of MultiHop-RAG's form."`
	Answers   evalAnswersCmd   `cmd:"" help:"Score the answers, and what is refused, on a corpus and questions of MultiHop-RAG's form."`
	Stories   evalStoriesCmd   `cmd:"" help:"Score how articles are put into stories, on texts whose events are known."`
	Citations evalCitationsCmd `cmd:"" help:"Score the check of written sentences, on labelled ones with the passages that they cite."`
}

// evalSource is the labelled set that is asked.
type evalSource struct {
	Corpus    string `required:"" help:"Articles: MultiHop-RAG's JSON, plain or .gz." placeholder:"FILE"`
	Questions string `required:"" help:"Labelled questions: MultiHop-RAG's JSON, plain or .gz." placeholder:"FILE"`
	Now       clock  `help:"Take this for now; the day of the newest article when not given." placeholder:"DATE"`
}

// evalOutput is how the figures are given.
type evalOutput struct {
	JSON bool   `name:"json" help:"Print one JSON object."`
	Plot string `help:"Draw the figures into this file (.svg or .png)." placeholder:"FILE"`
}

// evalRetrievalCmd scores the retriever that serves.
type evalRetrievalCmd struct {
	evalSource
	evalOutput
	Compare bool `help:"Ask each part of the retriever alone, then together."`
}

// Validate is called by kong: what is wrong here is wrong use.
func (c *evalOutput) Validate() error {
	if ending := c.plotEnding(); c.Plot != "" && ending != ".svg" && ending != ".png" {
		return fmt.Errorf("--plot %s: name a file that ends in .svg or .png", c.Plot)
	}
	return nil
}

func (c *evalOutput) plotEnding() string { return strings.ToLower(filepath.Ext(c.Plot)) }

// Run works in a data folder of its own, in the user's cache folder.
func (c *evalRetrievalCmd) Run(inv *invocation) (err error) {
	if err := c.canPlot(); err != nil {
		return err
	}
	set, err := c.readSet(inv.ctx, inv.streams)
	if err != nil {
		return err
	}
	x, err := inv.openEvalIndex(set)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.close()) }()
	if c.Compare {
		return c.compare(inv.ctx, x, set, inv.streams)
	}
	return c.evaluate(inv.ctx, x, set, inv.streams)
}

// canPlot tells before all the work that there is no folder to draw into.
func (c *evalOutput) canPlot() error {
	if c.Plot == "" {
		return nil
	}
	if _, err := os.Stat(filepath.Dir(c.Plot)); err != nil {
		return fmt.Errorf("--plot %s: %w", c.Plot, err)
	}
	return nil
}

// evaluate asks the retriever that serves.
func (c *evalRetrievalCmd) evaluate(ctx context.Context, x *evalIndex, set *evalSet, s *streams) error {
	asked, notes, err := c.ask(ctx, x.app, x.served(), set, newBar(s, "asking"))
	if err != nil {
		return err
	}
	scores := eval.Score(asked)
	f := eval.Figures{
		N: scores.N, Passages: set.passages, WordsMean: set.wordsMean(), WordsMax: set.wordsMax,
		All: scores.All, ByType: scores.ByType, Latency: eval.LatencyOf(asked),
		IndexSeconds: x.built.Seconds, RSSMiB: peakMiB(), Scope: eval.ScopeOf(asked),
		Notes: slices.Concat(set.notes, x.notes, notes),
	}
	if err := c.print(s, f, f.Notes, func(w io.Writer) error { return printFigures(w, f, scores) }); err != nil {
		return err
	}
	return c.plot(scores)
}

// compare asks each stage of the retriever.
func (c *evalRetrievalCmd) compare(ctx context.Context, x *evalIndex, set *evalSet, s *streams) error {
	all := eval.Comparison{Notes: slices.Concat(set.notes, x.notes)}
	var last eval.Scores
	for _, stage := range x.stages() {
		asked, notes, err := c.ask(ctx, x.app, stage, set, newBar(s, stage.name))
		if err != nil {
			return fmt.Errorf("%s: %w", stage.name, err)
		}
		last = eval.Score(asked)
		all.Stages = append(all.Stages, eval.Stage{Name: stage.name, All: last.All, Latency: eval.LatencyOf(asked)})
		for _, n := range notes {
			all.Notes = append(all.Notes, stage.name+": "+n)
		}
	}
	if err := c.print(s, all, all.Notes, func(w io.Writer) error { return printComparison(w, all, last.N) }); err != nil {
		return err
	}
	return c.plot(last)
}

// print prints v as one JSON object, or as a table. What the figures lack is in
// the object and said to the person too.
func (c *evalOutput) print(s *streams, v any, notes []string, table func(io.Writer) error) error {
	for _, n := range notes {
		fmt.Fprintln(s.Err, "note: "+n)
	}
	if !c.JSON {
		return table(s.Out)
	}
	enc := json.NewEncoder(s.Out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("printing the figures: %w", err)
	}
	return nil
}

// now is the end of the newest article's day unless it was given.
func (c *evalSource) now(ctx context.Context, a *app) (time.Time, error) {
	if !c.Now.at.IsZero() {
		return c.Now.at, nil
	}
	extent, err := a.corpus.Extent(ctx, corpus.Filter{})
	return newest([]corpus.Article{{Published: extent.To}}), err
}
