package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"newsdesk/bot"
	"newsdesk/corpus/page"
)

// pageCmd shows what is read of one saved page. It opens no data folder.
type pageCmd struct {
	File string `arg:"" help:"Saved HTML page, also gzipped; - is the standard input."`
	URL  string `name:"url" help:"Address that the page was saved from, for its links." placeholder:"URL"`
	JSON bool   `name:"json" help:"One JSON object: title, author, published (RFC 3339; empty where the page does not say), language, url, and text with its headings, a line each."`
}

// pageJSON is a page as the JSON has it.
type pageJSON struct {
	Title     string `json:"title"`
	Author    string `json:"author"`
	Published string `json:"published"`
	Language  string `json:"language"`
	URL       string `json:"url"`
	Text      string `json:"text"`
}

// Run shows whatever text was found, also of a page that is no article: what it
// is instead goes to the standard error. Only a page without any text is a
// failure.
func (c *pageCmd) Run(inv *invocation) error {
	data, err := readFile(c.File, inv.streams.In, page.MaxBytes)
	if err != nil {
		return err
	}
	p, err := page.Read(data, page.Source{URL: c.URL, Now: time.Now()})
	if err != nil && !isBarrier(err) {
		return fmt.Errorf("%s: %s", c.File, plainly(err))
	}
	if err := c.print(inv.streams, asRead(p)); err != nil {
		return err
	}
	if err == nil {
		return nil
	}
	fmt.Fprintf(inv.streams.Err, "newsdesk: %s: %s\n", c.File, plainly(err))
	if p.Whole() == "" {
		return errNoText
	}
	return nil
}

// isBarrier reports whether a page holds something else than an article, of which
// something was found all the same.
func isBarrier(err error) bool {
	return errors.Is(err, page.ErrPaywall) || errors.Is(err, page.ErrConsent) || errors.Is(err, page.ErrNoArticle)
}

// plainly is an error of package page or feed without that package's name, which
// says nothing to a person.
func plainly(err error) string {
	_, said, ok := strings.Cut(err.Error(), ": ")
	if !ok {
		return err.Error()
	}
	return said
}

func asRead(p page.Page) pageJSON {
	return pageJSON{Title: p.Draft.Title, Author: p.Draft.Author, Published: stamp(p.Draft.Published),
		Language: p.Draft.Language, URL: p.Draft.URL, Text: p.Whole()}
}

// stamp is a time as JSON has it; empty for none.
func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func (c *pageCmd) print(s *streams, p pageJSON) error {
	if c.JSON {
		return writeJSON(s.Out, p)
	}
	r := bot.Reply{Blocks: []bot.Block{{Spans: []bot.Span{{Text: p.Title, Bold: true}}}}}
	for _, line := range []string{joined(p.Author, p.Published, p.Language), p.URL, p.Text} {
		if line != "" {
			r.Blocks = append(r.Blocks, bot.Plain(bot.Paragraph, line))
		}
	}
	return printReply(s.Out, r, s.Width)
}

// joined puts what is known into one line.
func joined(parts ...string) string {
	var known []string
	for _, p := range parts {
		if p != "" {
			known = append(known, p)
		}
	}
	return strings.Join(known, " · ")
}

// readFile reads a file, - for in, unpacking it where it is gzipped. No more than
// one byte over most is read: what is longer is refused by whoever reads it.
func readFile(path string, in io.Reader, most int64) ([]byte, error) {
	if path != "-" {
		file, err := openFile(path)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		in = file
	}
	data, err := readAll(in, most)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return data, nil
}

// readAll reads to the end, and unpacks what begins as gzip.
func readAll(in io.Reader, most int64) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, most+1))
	if err != nil || !bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		return data, err
	}
	unpacked, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("the gzip file cannot be unpacked: %w", err)
	}
	out, err := io.ReadAll(io.LimitReader(unpacked, most+1))
	if err != nil {
		return nil, fmt.Errorf("the gzip file cannot be unpacked: %w", err)
	}
	return out, nil
}

// writeJSON writes one value, on a line.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}
