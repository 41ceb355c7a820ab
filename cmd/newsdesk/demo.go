package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/sample"
)

// demoCmd shows newsdesk on its sample articles.
type demoCmd struct {
	Question []string `arg:"" optional:"" help:"Ask these, each in quotes, instead of the three questions of the demo."`
}

// demoQuestions are what a newcomer sees first: a fact, what one outlet said,
// and something that no article answers.
var demoQuestions = []string{
	"How many people were injured on the ferry?",
	"What did the mayor of Velmora say about the free trams?",
	"Who will be the next mayor of Westhaven?",
}

func (c *demoCmd) Run(inv *invocation) error {
	dir, err := os.MkdirTemp("", "newsdesk-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	inv.cli.Data = dir
	w, err := inv.enter()
	if err != nil {
		return err
	}
	err = w.staying(inv, func(ctx context.Context) error { return c.demonstrate(ctx, w, inv.streams) })
	return errors.Join(err, w.leave())
}

func (c *demoCmd) demonstrate(ctx context.Context, w *workplace, s *streams) error {
	articles, err := sample.Articles()
	if err != nil {
		return err
	}
	added, err := w.app.corpus.Add(ctx, articles)
	if err != nil {
		return err
	}
	now := clock{newest(articles)}
	fmt.Fprintf(s.Out, "%s of five invented outlets, %s; the newest of %s.\n",
		count(added.New, "sample article", "sample articles"),
		count(added.Changed, "of them in a second version", "of them in a second version"), now.at.Format("2 January 2006"))
	if w.app.models.server() == "" {
		fmt.Fprintln(s.Out, "Nothing but this binary is used: no token, no model server, no network.")
	}
	questions := c.Question
	if len(questions) == 0 {
		questions = demoQuestions
	}
	for _, q := range questions {
		fmt.Fprintf(s.Out, "\n› %s\n\n", q)
		one := *s
		one.In = strings.NewReader("")
		err := w.run(ctx, "ask", &askCmd{Question: []string{q}, Now: now}, &one)
		if err != nil && !errors.Is(err, errNotInArticles) {
			return err
		}
	}
	if !s.Interactive {
		return nil
	}
	fmt.Fprintln(s.Out, "\nNow you. An empty line or Ctrl-D ends.")
	return w.converse(ctx, s, now)
}

// newest returns the end of the day of the newest article.
func newest(articles []corpus.Article) time.Time {
	var at time.Time
	for _, a := range articles {
		if a.Published.After(at) {
			at = a.Published
		}
	}
	return at.Truncate(24 * time.Hour).Add(24*time.Hour - time.Second)
}
