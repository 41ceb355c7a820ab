package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"newsdesk/corpus"
	"newsdesk/corpus/archive"
	"newsdesk/corpus/multihop"
	"newsdesk/corpus/poll"
	"newsdesk/corpus/roundup"
)

// addCmd reads articles from files, folders and addresses.
type addCmd struct {
	Paths []string `arg:"" name:"path" help:"Files, folders of saved pages, or addresses of articles; - is the standard input."`
	// Name is what the standard input is called in messages, when it is a file
	// that the person's own process has opened.
	Name string `kong:"-"`
	// Do says what there is to be added: addFile and so on.
	Do string `kong:"-"`
}

// What is to be added.
const (
	addFile    = ""        // what the standard input is, found out by its beginning
	addAddress = "address" // the article at the address Name
	addPages   = "pages"   // pages of a folder, as sendPages writes them
)

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
	s := *inv.streams
	switch {
	case path == "-":
		return w.run(inv.ctx, "add", &addCmd{Name: "standard input"}, &s)
	case isAddress(path):
		s.In = strings.NewReader("")
		return w.run(inv.ctx, "add", &addCmd{Name: path, Do: addAddress}, &s)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return w.addFolder(inv.ctx, path, &s)
	}
	file, err := openFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return plainError{err.Error() + " or folder; the address of an article begins with https:// or http://", err}
	}
	if err != nil {
		return err
	}
	defer file.Close()
	s.In = file
	return w.run(inv.ctx, "add", &addCmd{Name: path}, &s)
}

// isAddress reports whether something is an address, also one that is refused.
func isAddress(path string) bool {
	return strings.Contains(path, "://")
}

func (c *addCmd) runIn(ctx context.Context, a *app, s *streams) error {
	// An index that cannot be built is told before anything is stored.
	if _, err := a.builtSearch(ctx, s); err != nil {
		return err
	}
	switch c.Do {
	case addAddress:
		return c.address(ctx, a, s)
	case addPages:
		return c.pages(ctx, a, s, receivePages(s.In))
	}
	return c.file(ctx, a, s)
}

// file reads articles from the standard input and adds them, all or none; those of
// an archive page by page.
func (c *addCmd) file(ctx context.Context, a *app, s *streams) error {
	in := bufio.NewReaderSize(s.In, 1<<16)
	head, err := in.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("%s: %w", c.Name, err)
	}
	if isWARC(c.Name, head) {
		return c.pages(ctx, a, s, archive.WARC(in))
	}
	articles, err := a.readArticles(ctx, c.Name, head, in)
	if err != nil {
		return err
	}
	added, err := a.corpus.Add(ctx, articles)
	if err != nil {
		return ofFields(c.Name, articles, err)
	}
	fmt.Fprintf(s.Out, "%s: %s\n", c.Name, addedIn(added))
	return a.index(ctx, s)
}

func addedIn(added corpus.Added) string {
	return fmt.Sprintf("%s, %s, %d unchanged", count(added.New, "new article", "new articles"),
		count(added.Changed, "new version", "new versions"), added.Same)
}

// ofFields names the outlet and the address of an article with a wrong field.
func ofFields(name string, articles []corpus.Article, err error) error {
	var field *corpus.FieldError
	if !errors.As(err, &field) || field.Position < 1 || field.Position > len(articles) {
		return fmt.Errorf("%s: %w", name, err)
	}
	return plainError{fmt.Sprintf("%s: %s: %s %s", name, whose(articles[field.Position-1]), field.Field, field.Reason), err}
}

// whose names an article by outlet and address, as far as they are known.
func whose(a corpus.Article) string {
	switch {
	case a.Outlet != "" && a.URL != "":
		return fmt.Sprintf("%s (%s)", a.Outlet, a.URL)
	case a.Outlet+a.URL != "":
		return a.Outlet + a.URL
	}
	return fmt.Sprintf("the article %q", a.Title)
}

// address reads the article at an address.
func (c *addCmd) address(ctx context.Context, a *app, s *streams) error {
	p, err := a.poller(ctx)
	if err != nil {
		return err
	}
	article, added, err := p.Read(ctx, c.Name)
	if err != nil {
		var field *corpus.FieldError
		if errors.As(err, &field) {
			return plainError{fmt.Sprintf("%s: %s %s", withoutUser(c.Name), field.Field, field.Reason), err}
		}
		return plainError{withoutUser(c.Name) + ": " + poll.Plain(err), err}
	}
	fmt.Fprintf(s.Out, "%s: %s\n    %s · %s · %s\n", c.Name, addedIn(added),
		visible(article.Outlet), article.Published.Format(time.DateOnly), visible(article.Title))
	return a.index(ctx, s)
}

// readArticles finds out what kind of file r is by its first bytes, and reads
// it.
func (a *app) readArticles(ctx context.Context, name string, head []byte, in io.Reader) ([]corpus.Article, error) {
	if !isMultihop(name, head) {
		return a.readPage(ctx, name, in)
	}
	return readRecords(name, in)
}

// readRecords reads a file in MultiHop-RAG's form, plain or gzipped.
func readRecords(name string, in io.Reader) ([]corpus.Article, error) {
	var all []corpus.Article
	for article, err := range multihop.Articles(name, in) {
		if err != nil {
			return nil, err
		}
		all = append(all, article)
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("%s: no article in it", name)
	}
	return all, nil
}

// isMultihop reports whether a file is JSON or gzip, by content, or by name
// when there is no content to tell.
func isMultihop(name string, head []byte) bool {
	base := strings.TrimSuffix(strings.ToLower(filepath.Base(name)), ".gz")
	if bytes.HasPrefix(head, []byte{0x1f, 0x8b}) {
		return !strings.HasSuffix(base, ".html") && !strings.HasSuffix(base, ".htm")
	}
	trimmed := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\ufeff")), " \t\r\n")
	if len(trimmed) > 0 {
		return trimmed[0] == '[' || trimmed[0] == '{'
	}
	return len(head) > 0 && strings.HasSuffix(base, ".json")
}

// readPage reads a roundup, or a page that is one article's own.
func (a *app) readPage(ctx context.Context, name string, r io.Reader) ([]corpus.Article, error) {
	data, err := readAll(r, roundup.MaxPage)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	articles, err := roundup.Read(name, data)
	if err == nil || !looksHTML(data) || !errors.Is(err, roundup.ErrNoByline) && utf8.Valid(data) {
		return articles, err
	}
	article, err := a.ofPage(ctx, archive.Document{Name: name, Data: data})
	if err != nil {
		return nil, fmt.Errorf("%s: neither an article's page nor a roundup with lines of the form “OUTLET | Published DATE”: %w", name, err)
	}
	return []corpus.Article{article}, nil
}

func count(n int, one, many string) string {
	if n == 1 {
		return fmt.Sprintf("%d %s", n, one)
	}
	return fmt.Sprintf("%d %s", n, many)
}
