package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/corpus/roundup"
)

// addCmd reads articles from files.
type addCmd struct {
	Paths []string `arg:"" name:"path" help:"Files to read; - is the standard input."`
	// Name is what the standard input is called in messages, when it is a file
	// that the person's own process has opened.
	Name string `kong:"-"`
}

// Run adds each file by itself: one that is wrong changes nothing and does not
// keep the others out.
func (c *addCmd) Run(inv *invocation) error {
	w, err := inv.enter()
	if err != nil {
		return err
	}
	errs := make([]error, 0, len(c.Paths)+1)
	for _, path := range c.Paths {
		errs = append(errs, w.add(inv, path))
	}
	return errors.Join(append(errs, w.leave())...)
}

func (w *workplace) add(inv *invocation, path string) error {
	if path == "-" {
		return w.run(inv.ctx, "add", &addCmd{Name: "standard input"}, inv.streams)
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if info.IsDir() {
		return fmt.Errorf("%s is a folder; name the files in it", path)
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	s := *inv.streams
	s.In = file
	return w.run(inv.ctx, "add", &addCmd{Name: path}, &s)
}

// runIn reads articles from the standard input and adds them, all or none.
func (c *addCmd) runIn(ctx context.Context, a *app, s *streams) error {
	articles, err := readArticles(c.Name, s.In)
	if err != nil {
		return err
	}
	// An index that cannot be built is told before anything is stored.
	if _, err := a.builtSearch(ctx, s); err != nil {
		return err
	}
	added, err := a.corpus.Add(ctx, articles)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Name, err)
	}
	fmt.Fprintf(s.Out, "%s: %s, %s, %d unchanged\n", c.Name,
		count(added.New, "new article", "new articles"), count(added.Changed, "new version", "new versions"), added.Same)
	return a.index(ctx, s)
}

// readArticles finds out what kind of file r is by its first bytes, and reads
// it.
func readArticles(name string, r io.Reader) ([]corpus.Article, error) {
	in := bufio.NewReaderSize(r, 1<<16)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if !isMultihop(name, head) {
		return readPage(name, in)
	}
	var all []corpus.Article
	for a, err := range multihop.Articles(name, in) {
		if err != nil {
			return nil, err
		}
		all = append(all, a)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no article in it", name)
	}
	return all, nil
}

// isMultihop reports whether a file is JSON or gzip, by content, or by name
// when there is no content to tell.
func isMultihop(name string, head []byte) bool {
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return true
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(trimmed) > 0 {
		return trimmed[0] == '[' || trimmed[0] == '{'
	}
	base := strings.ToLower(filepath.Base(name))
	return len(head) > 0 && (strings.HasSuffix(base, ".json") || strings.HasSuffix(base, ".json.gz"))
}

func readPage(name string, r io.Reader) ([]corpus.Article, error) {
	data, err := io.ReadAll(io.LimitReader(r, roundup.MaxPage+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return roundup.Read(name, data)
}

func count(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
