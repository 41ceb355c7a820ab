package main

import (
	"fmt"
	"io"
	"time"

	"newsdesk/corpus/feed"
)

// feedCmd shows what is read of one saved feed. It opens no data folder.
type feedCmd struct {
	File string `arg:"" help:"RSS, Atom or JSON feed, also gzipped; - is the standard input."`
	URL  string `name:"url" help:"Address that the feed was saved from, for its links." placeholder:"URL"`
	JSON bool   `name:"json" help:"One JSON object: title, home, language, and items, an array of objects with title, link, published (RFC 3339; empty where the feed does not say) and summary."`
}

// feedJSON is a feed as the JSON has it.
type feedJSON struct {
	Title    string     `json:"title"`
	Home     string     `json:"home"`
	Language string     `json:"language"`
	Items    []itemJSON `json:"items"`
}

type itemJSON struct {
	Title     string `json:"title"`
	Link      string `json:"link"`
	Published string `json:"published"`
	Summary   string `json:"summary"`
}

func (c *feedCmd) Run(inv *invocation) error {
	data, err := readFile(c.File, inv.streams.In, feed.MaxBytes)
	if err != nil {
		return err
	}
	f, err := feed.Read(data, feed.Source{URL: c.URL, Now: time.Now()})
	if err != nil {
		return fmt.Errorf("%s: %s", c.File, plainly(err))
	}
	if c.JSON {
		return writeJSON(inv.streams.Out, feedAsRead(f))
	}
	return printFeed(inv.streams.Out, feedAsRead(f))
}

func feedAsRead(f feed.Feed) feedJSON {
	out := feedJSON{Title: f.Title, Home: f.Home, Language: f.Language, Items: []itemJSON{}}
	for _, item := range f.Items {
		out.Items = append(out.Items, itemJSON{Title: item.Draft.Title, Link: item.Draft.URL,
			Published: stamp(item.Draft.Published), Summary: item.Summary})
	}
	return out
}

func printFeed(w io.Writer, f feedJSON) error {
	if _, err := fmt.Fprintf(w, "%s (%s)\n", visible(joined(f.Title, f.Home, f.Language)), count(len(f.Items), "item", "items")); err != nil {
		return err
	}
	for _, item := range f.Items {
		if _, err := fmt.Fprintf(w, "%s\n    %s\n", visible(joined(item.Published, item.Title)), visible(item.Link)); err != nil {
			return err
		}
	}
	return nil
}
