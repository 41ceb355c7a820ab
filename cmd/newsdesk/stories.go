package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"newsdesk/retrieval/static"
	"newsdesk/retrieval/story"
)

// storiesCmd lists stories.
type storiesCmd struct {
	Since  string   `help:"Only stories with an article published on this day or later (2026-03-04), or within this time (48h)." placeholder:"DATE"`
	Outlet []string `help:"Only stories with an article of this outlet; may be given several times." placeholder:"NAME"`
	Limit  int      `default:"20" help:"The number of stories at most."`
	JSON   bool     `name:"json" help:"One JSON object a line."`
	Now    clock    `help:"Take this for now." placeholder:"DATE"`
}

// storyCmd shows one story.
type storyCmd struct {
	ID   string `arg:"" help:"The story's number, as the list shows it."`
	JSON bool   `name:"json" help:"One JSON object."`
}

// Validate is called by kong: what is wrong here is wrong use.
func (c *storiesCmd) Validate() error {
	if c.Limit <= 0 {
		return errors.New("--limit must be more than nothing")
	}
	_, err := c.from()
	return err
}

// from is where --since begins; zero when it was not given. A day is one of UTC, as
// that of articles whose source names no more than the day.
func (c *storiesCmd) from() (time.Time, error) {
	if c.Since == "" {
		return time.Time{}, nil
	}
	if day, err := time.Parse(time.DateOnly, c.Since); err == nil {
		return day, nil
	}
	if at, err := time.Parse(time.RFC3339, c.Since); err == nil {
		return at, nil
	}
	if d, err := time.ParseDuration(c.Since); err == nil && d > 0 {
		return c.Now.now().Add(-d), nil
	}
	return time.Time{}, fmt.Errorf("--since %q is neither a date such as 2026-03-04 nor a time such as 48h", c.Since)
}

func (c *storiesCmd) Run(inv *invocation) error { return inv.within("stories", c) }

func (c *storyCmd) Run(inv *invocation) error { return inv.within("story", c) }

// storied returns the stories, brought up to the end of the log.
func (a *app) storied(ctx context.Context) (*story.Stories, error) {
	s, err := a.builtStories(ctx)
	if err != nil {
		return nil, err
	}
	return s, s.Update(ctx)
}

// builtStories returns the stories as they are. Leads are always embedded inside the
// binary: the weights were learnt with that.
func (a *app) builtStories(ctx context.Context) (*story.Stories, error) {
	a.building.Lock()
	defer a.building.Unlock()
	if a.stories != nil {
		return a.stories, nil
	}
	e, err := static.New()
	if err != nil {
		return nil, err
	}
	a.stories, err = story.New(ctx, story.Needs{Log: a.log, DB: a.db, Corpus: a.corpus, Embedder: e, Tokens: e.AppendTokens})
	return a.stories, err
}

func (c *storiesCmd) runIn(ctx context.Context, a *app, s *streams) error {
	from, err := c.from()
	if err != nil {
		return err
	}
	stories, err := a.storied(ctx)
	if err != nil {
		return err
	}
	list, err := stories.Latest(ctx, story.Filter{From: from, Outlets: c.Outlet, Limit: c.Limit})
	if err != nil {
		return err
	}
	if len(list) == 0 && !c.JSON {
		fmt.Fprintln(s.Err, c.none())
	}
	for _, one := range list {
		if err := c.print(ctx, a, s.Out, one); err != nil {
			return err
		}
	}
	return nil
}

func (c *storiesCmd) none() string {
	if c.Since == "" && len(c.Outlet) == 0 {
		return "no articles are stored yet; add some with “newsdesk add FILE”"
	}
	return "no story fits that; “newsdesk stories” lists the newest"
}

func (c *storiesCmd) print(ctx context.Context, a *app, out io.Writer, s story.Story) error {
	if c.JSON {
		return encodeStory(ctx, a, out, s)
	}
	_, err := fmt.Fprintf(out, "%6s  %s  %s (%s, %s)\n", s.ID, a.view().Day(s.Last), visible(s.Title),
		count(len(s.Articles), "article", "articles"), originsOf(s))
	return err
}

// originsOf is "4 outlets, 2 origins: Reuters, own reporting".
func originsOf(s story.Story) string {
	outlets := map[string]bool{}
	for _, a := range s.Articles {
		outlets[a.Outlet] = true
	}
	var labels []string
	own := 0
	for _, o := range s.Origins {
		if o.Label == story.OwnReporting {
			if own++; own > 1 {
				continue
			}
		}
		labels = append(labels, o.Label)
	}
	said := strings.Join(labels, ", ")
	if own > 1 {
		said = strings.Replace(said, story.OwnReporting, fmt.Sprintf("%s (%d)", story.OwnReporting, own), 1)
	}
	return fmt.Sprintf("%s, %s: %s", count(len(outlets), "outlet", "outlets"), count(len(s.Origins), "origin", "origins"), visible(said))
}

func (c *storyCmd) runIn(ctx context.Context, a *app, s *streams) error {
	stories, err := a.storied(ctx)
	if err != nil {
		return err
	}
	one, err := stories.Story(ctx, c.ID)
	if errors.Is(err, story.ErrNotFound) {
		return fmt.Errorf("no story has the number %s; “newsdesk stories” lists them", visible(c.ID))
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return encodeStory(ctx, a, s.Out, one)
	}
	return printStory(ctx, a, s.Out, one)
}

func printStory(ctx context.Context, a *app, out io.Writer, s story.Story) error {
	updates, err := updateLines(ctx, a, s)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s\n%s: %s, %s\n", visible(s.Title), s.ID, count(len(s.Articles), "article", "articles"), originsOf(s))
	for _, o := range s.Origins {
		fmt.Fprintf(out, "\n%s: %s\n", visible(o.Label), visible(strings.Join(o.Outlets, ", ")))
		for _, x := range s.Articles {
			if slices.Contains(o.Articles, x.ID) {
				fmt.Fprintf(out, "%6d  %s  %s: %s\n", x.Seq, a.view().Day(x.Published), visible(x.Outlet), visible(x.Title))
			}
		}
	}
	if len(updates) > 0 {
		fmt.Fprintln(out, "\nwhat later articles add:")
	}
	for _, u := range updates {
		for _, f := range u.Facts {
			fmt.Fprintf(out, "%6d  %s: %s\n", u.Seq, f.Kind, visible(oneLine(f.Sentence)))
		}
	}
	return nil
}

// shownStory is a story as the JSON has it.
type shownStory struct {
	ID       string         `json:"id"`
	Title    string         `json:"title"`
	First    time.Time      `json:"first"`
	Last     time.Time      `json:"last"`
	Articles []storyArticle `json:"articles"`
	Origins  []shownOrigin  `json:"origins"`
	Updates  []shownUpdate  `json:"updates"`
}

type storyArticle struct {
	Seq       int64     `json:"seq"`
	Outlet    string    `json:"outlet"`
	Title     string    `json:"title"`
	Published time.Time `json:"published"`
	URL       string    `json:"url"`
}

type shownOrigin struct {
	Label   string   `json:"label"`
	Outlets []string `json:"outlets"`
}

type shownUpdate struct {
	Seq   int64       `json:"seq"`
	Facts []shownFact `json:"facts"`
}

type shownFact struct {
	Kind     string   `json:"kind"`
	What     []string `json:"what"`
	Sentence string   `json:"sentence"`
}

// updateLines reads the sentences of what is new.
func updateLines(ctx context.Context, a *app, s story.Story) ([]shownUpdate, error) {
	out := []shownUpdate{}
	var seqs []int64
	for _, u := range s.Updated {
		seqs = append(seqs, u.Seq)
	}
	texts, err := a.corpus.BySeqs(ctx, seqs)
	if err != nil {
		return nil, err
	}
	for _, u := range s.Updated {
		article, ok := texts[u.Seq]
		if !ok {
			continue // its text was removed meanwhile
		}
		shown := shownUpdate{Seq: u.Seq}
		for _, f := range u.Facts {
			shown.Facts = append(shown.Facts, shownFact{Kind: string(f.Kind), What: append([]string{}, f.What...), Sentence: f.In(article.Text)})
		}
		out = append(out, shown)
	}
	return out, nil
}

func encodeStory(ctx context.Context, a *app, out io.Writer, s story.Story) error {
	updates, err := updateLines(ctx, a, s)
	if err != nil {
		return err
	}
	shown := shownStory{ID: s.ID, Title: s.Title, First: s.First, Last: s.Last, Updates: updates}
	for _, x := range s.Articles {
		shown.Articles = append(shown.Articles, storyArticle{x.Seq, x.Outlet, x.Title, x.Published, x.URL})
	}
	for _, o := range s.Origins {
		shown.Origins = append(shown.Origins, shownOrigin{o.Label, o.Outlets})
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(shown)
}
