package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/archive"
	"newsdesk/corpus/page"
)

// Articles from pages that somebody kept: a file, a folder, a WARC file.

// isWARC reports whether a file is a WARC file, by its beginning, or by its name
// when it is packed.
func isWARC(name string, head []byte) bool {
	lower := strings.ToLower(name)
	return bytes.HasPrefix(head, []byte("WARC/")) || strings.HasSuffix(lower, ".warc") || strings.HasSuffix(lower, ".warc.gz")
}

// looksHTML reports whether a file begins as HTML does.
func looksHTML(data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\ufeff")), " \t\r\n\f")
	return bytes.HasPrefix(data, []byte("<"))
}

// wrongField says what an article's page lacks.
type wrongField struct{ whose, field, reason string }

func (e wrongField) Error() string { return fmt.Sprintf("%s: %s %s", e.whose, e.field, e.reason) }

// ofPage reads the article of a page that was kept. Its outlet is the one of the
// register whose page or feed has that host, else what the page calls it, else the
// host. A page that does not say when it was published is refused: nobody could
// say what it answers.
func (a *app) ofPage(ctx context.Context, d archive.Document) (corpus.Article, error) {
	p, err := page.Read(d.Data, page.Source{URL: d.URL, ContentType: d.ContentType, Now: d.At})
	if err != nil {
		return corpus.Article{}, plainError{plainly(err), err}
	}
	article := p.Draft
	if d.URL != "" && hostName(article.URL) != hostName(d.URL) {
		article.URL = d.URL // a page may name any address
	}
	if article.Outlet, err = a.outletOf(ctx, article.URL, p.Site); err != nil {
		return corpus.Article{}, err
	}
	switch {
	case article.Outlet == "":
		return corpus.Article{}, wrongField{whose(article), "outlet", "is not named by the page, and neither is its address"}
	case article.Published.IsZero():
		return corpus.Article{}, wrongField{whose(article), "published", "is not named by the page"}
	}
	return article, nil
}

// outletOf is the name of an outlet by an address of it, and by what its page calls
// it; empty when neither says anything.
func (a *app) outletOf(ctx context.Context, address, site string) (string, error) {
	host := hostName(address)
	if host != "" {
		p, err := a.poller(ctx)
		if err != nil {
			return "", err
		}
		if o, err := p.Outlet(ctx, host); err == nil {
			return o.Name, nil
		}
	}
	if site != "" && !strings.Contains(site, "://") && !strings.EqualFold(site, host) {
		return site, nil
	}
	return host, nil
}

// hostName is the host of an address without www; empty for none.
func hostName(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// heap is what became of many pages.
type heap struct {
	added corpus.Added
	// without counts pages that hold no article.
	without int
	// wrong counts pages that could not be read or lack something.
	wrong int
}

func (h *heap) add(added corpus.Added) {
	h.added.New += added.New
	h.added.Changed += added.Changed
	h.added.Same += added.Same
}

// problem counts a page that was passed over, and names it unless it is one of
// those that simply hold no article: of an archive most do.
func (h *heap) problem(s *streams, place string, err error) {
	if isBarrier(err) {
		h.without++
		return
	}
	h.wrong++
	fmt.Fprintln(s.Err, visible(place+err.Error()))
}

// end says what became of all, and is an error when no article was among them.
func (h *heap) end(s *streams, name string) error {
	passed := ""
	if h.without > 0 {
		passed += fmt.Sprintf("; %s without an article", count(h.without, "page", "pages"))
	}
	if h.wrong > 0 {
		passed += fmt.Sprintf("; %s named above that cannot be read", count(h.wrong, "page", "pages"))
	}
	if h.added == (corpus.Added{}) {
		return fmt.Errorf("%s: no article in it%s", name, passed)
	}
	_, err := fmt.Fprintf(s.Out, "%s: %s%s\n", name, addedIn(h.added), passed)
	return err
}

// pages adds the articles of pages, page by page: one that is wrong does not keep
// the others out.
func (c *addCmd) pages(ctx context.Context, a *app, s *streams, all iter.Seq2[archive.Document, error]) error {
	var h heap
	var fatal error
	for d, err := range all {
		if err == nil {
			err = a.addDocument(ctx, &h, d)
		}
		if err == nil {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !isPageError(err) {
			fatal = fmt.Errorf("%s: %w", c.Name, err)
			break
		}
		h.problem(s, c.Name+": "+placeOf(d), err)
	}
	if fatal == nil {
		fatal = h.end(s, c.Name)
	}
	return errors.Join(fatal, a.index(ctx, s))
}

// isPageError reports whether an error is one page's, after which others can be
// read.
func isPageError(err error) bool {
	var ofArchive *archive.Error
	var field wrongField
	var file errFile
	return errors.As(err, &ofArchive) || errors.As(err, &file) || errors.As(err, &field) ||
		isBarrier(err) || errors.Is(err, page.ErrUnreadable) || errors.Is(err, page.ErrOther)
}

// placeOf names a page of an archive; what is wrong with an archive names its place
// itself.
func placeOf(d archive.Document) string {
	if d.URL != "" && d.Name != "" {
		return d.Name + ", " + d.URL + ": "
	}
	if d.Name != "" {
		return d.Name + ": "
	}
	return ""
}

// addDocument adds the article of one page.
func (a *app) addDocument(ctx context.Context, h *heap, d archive.Document) error {
	article, err := a.ofPage(ctx, d)
	if err != nil {
		return err
	}
	added, err := a.corpus.Add(ctx, []corpus.Article{article})
	var field *corpus.FieldError
	if errors.As(err, &field) {
		return wrongField{whose(article), field.Field, field.Reason}
	}
	if err != nil {
		return err
	}
	h.add(added)
	return nil
}

// keptPage is a page of a folder on its way to the process that adds it: a
// document, or what is wrong with a file.
type keptPage struct {
	archive.Document
	Problem string `json:",omitempty"`
}

// errFile is what is wrong with a file of a folder, said by the process that has
// read it.
type errFile struct{ said string }

func (e errFile) Error() string { return e.said }

// addFolder adds the pages of a folder: the person's own process reads them.
func (w *workplace) addFolder(ctx context.Context, path string, s *streams) error {
	out, in := io.Pipe()
	go func() { in.CloseWithError(sendPages(in, archive.Folder(os.DirFS(path)))) }()
	one := *s
	one.In = out
	return errors.Join(w.run(ctx, "add", &addCmd{Name: path, Do: addPages}, &one), out.Close())
}

// sendPages writes pages as JSON.
func sendPages(w io.Writer, all iter.Seq2[archive.Document, error]) error {
	enc := json.NewEncoder(w)
	for d, err := range all {
		p := keptPage{Document: d}
		if err != nil {
			p.Problem = err.Error()
		}
		if err := enc.Encode(p); err != nil {
			return err
		}
	}
	return nil
}

// receivePages reads what sendPages has written.
func receivePages(r io.Reader) iter.Seq2[archive.Document, error] {
	return func(yield func(archive.Document, error) bool) {
		dec := json.NewDecoder(r)
		for {
			var p keptPage
			err := dec.Decode(&p)
			switch {
			case errors.Is(err, io.EOF):
				return
			case err != nil:
				yield(archive.Document{}, fmt.Errorf("the pages did not come whole: %w", err))
				return
			case p.Problem != "":
				err = errFile{p.Problem}
			}
			if !yield(p.Document, err) {
				return
			}
		}
	}
}
