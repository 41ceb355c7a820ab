package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"gonum.org/v1/plot/plotter"

	"newsdesk/corpus"
	"newsdesk/corpus/store"
	"newsdesk/retrieval/eval"
	"newsdesk/retrieval/static"
	"newsdesk/retrieval/story"
)

// evalStoriesCmd scores how well articles are put into stories.
type evalStoriesCmd struct {
	evalOutput
	Cases string `required:"" help:"Texts whose events are known: a JSON array of records with id, event and text." placeholder:"FILE"`
}

// Run adds the texts to a corpus of their own, in a temporary folder, in the order
// of the file and all with one date, and asks the stories that serve where each ended.
func (c *evalStoriesCmd) Run(inv *invocation) (err error) {
	if err := c.canPlot(); err != nil {
		return err
	}
	texts, err := readStories(c.Cases)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "newsdesk-eval-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	grouped, err := inv.grouped(filepath.Join(dir, "news.db"), texts)
	if err != nil {
		return err
	}
	f := eval.ScoreStories(grouped)
	if err := c.print(inv.streams, f, nil, func(w io.Writer) error { return printStories(w, f, grouped) }); err != nil {
		return err
	}
	return c.plot(f)
}

func readStories(path string) ([]eval.StoryText, error) {
	file, err := openFile(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return eval.ReadStories(path, file)
}

// grouped puts the texts into stories, in a store at path.
func (inv *invocation) grouped(path string, texts []eval.StoryText) (out []eval.Grouped, err error) {
	db, err := store.Open(inv.ctx, inv.log, path)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	log, err := corpus.New(inv.ctx, inv.log, db, time.Now)
	if err != nil {
		return nil, err
	}
	e, err := static.New()
	if err != nil {
		return nil, err
	}
	stories, err := story.New(inv.ctx, story.Needs{Log: inv.log, DB: db, Corpus: log, Embedder: e, Tokens: e.AppendTokens})
	if err != nil {
		return nil, err
	}
	if err := addTexts(inv.ctx, log, texts); err != nil {
		return nil, err
	}
	if err := stories.Update(inv.ctx); err != nil {
		return nil, err
	}
	byURL, err := storiesByURL(inv.ctx, log, stories)
	if err != nil {
		return nil, err
	}
	for i, t := range texts {
		out = append(out, eval.Grouped{Event: t.Event, Story: byURL[caseURL(i)]})
	}
	return out, nil
}

func storiesByURL(ctx context.Context, c *corpus.Corpus, stories *story.Stories) (map[string]string, error) {
	articles, err := c.List(ctx, corpus.Filter{})
	if err != nil {
		return nil, err
	}
	members, err := stories.Members(ctx)
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, a := range articles {
		out[a.URL] = members[a.ID]
	}
	return out, nil
}

// caseURL is an address of its own for each text, so that the corpus takes none for
// a version of another.
func caseURL(i int) string { return fmt.Sprintf("https://cases.invalid/%d", i+1) }

// addTexts adds the texts as articles of one day. Each comes from an outlet of its
// own, which nothing is known of.
func addTexts(ctx context.Context, c *corpus.Corpus, texts []eval.StoryText) error {
	day := time.Date(2000, time.January, 1, 0, 0, 0, 0, time.UTC)
	var articles []corpus.Article
	for i, t := range texts {
		articles = append(articles, corpus.Article{Outlet: fmt.Sprint("Outlet ", i+1), URL: caseURL(i), Text: t.Text, Published: day})
	}
	for some := range slices.Chunk(articles, corpus.DefaultBatch) {
		if _, err := c.Add(ctx, some); err != nil {
			return err
		}
	}
	return nil
}

func printStories(out io.Writer, f eval.StoryFigures, grouped []eval.Grouped) error {
	events, stories := map[string]bool{}, map[string]bool{}
	for _, g := range grouped {
		events[g.Event], stories[g.Story] = true, true
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tprecision\trecall\tF1\tlook-alikes merged\t")
	fmt.Fprintf(w, "B-cubed\t%s\t%s\t%s\t%s\t\n", shareOf(f.BCubed.Precision), shareOf(f.BCubed.Recall), shareOf(f.BCubed.F1), shareOf(f.LookalikeMerged))
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(out, "\n%s of %s in %s\n", count(f.N, "text", "texts"), count(len(events), "event", "events"), count(len(stories), "story", "stories"))
	return err
}

// plot draws the four figures.
func (c *evalStoriesCmd) plot(f eval.StoryFigures) error {
	p, err := sharesPlot(fmt.Sprintf("Stories (%s)", count(f.N, "text", "texts")), "share", []string{"precision", "recall", "F1", "look-alikes merged"},
		series{"share", plotter.Values{f.BCubed.Precision, f.BCubed.Recall, f.BCubed.F1, f.LookalikeMerged}})
	if err != nil {
		return err
	}
	return c.draw(p)
}
