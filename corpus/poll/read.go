package poll

import (
	"context"
	"fmt"

	"newsdesk/corpus"
	"newsdesk/corpus/page"
)

// Read fetches the page at an address ("https://…", or without the scheme) and
// stores its article: under the name of the outlet of the register whose site it
// is of, else what the page calls its outlet, else the host. It returns the
// article as it is stored and whether that is new.
//
// The error wraps those of fetch, page and corpus; [Plain] puts it into words.
func (p *Poller) Read(ctx context.Context, address string) (corpus.Article, corpus.Added, error) {
	a, err := p.fetchArticle(ctx, address)
	if err != nil {
		return corpus.Article{}, corpus.Added{}, fmt.Errorf("poll: %s: %w", address, err)
	}
	added, err := p.corpus.Add(ctx, []corpus.Article{a})
	if err != nil {
		return corpus.Article{}, corpus.Added{}, fmt.Errorf("poll: %s: %w", address, err)
	}
	held, err := p.heldAt(ctx, a.URL)
	if err != nil {
		return corpus.Article{}, corpus.Added{}, err
	}
	if held == nil {
		return corpus.Article{}, corpus.Added{}, fmt.Errorf("poll: %s: it was removed here: %w", address, corpus.ErrNotFound)
	}
	return *held, added, nil
}

func (p *Poller) fetchArticle(ctx context.Context, from string) (corpus.Article, error) {
	resp, err := p.open(ctx, from)
	if err != nil {
		return corpus.Article{}, err
	}
	now := p.now()
	pg, err := page.Read(resp.Body, page.Source{URL: resp.URL, ContentType: resp.ContentType, Now: now})
	if err != nil {
		return corpus.Article{}, err
	}
	r, err := p.ownerOf(ctx, resp.URL)
	if err != nil {
		return corpus.Article{}, err
	}
	r.Name = or(r.Name, siteName(pg, resp.URL), hostOf(resp.URL))
	listed, err := corpus.Canonical(resp.URL)
	if err != nil {
		return corpus.Article{}, err
	}
	it := item{url: listed, seen: now}
	a := it.ofPage(r, pg, now)
	a.URL = address(listed, resp.URL, pg.Draft.URL)
	held, err := p.heldAt(ctx, a.URL)
	if err != nil {
		return corpus.Article{}, err
	}
	if held != nil { // outlet and date stay those of the stored one
		a.Outlet, a.Published = held.Outlet, held.Published
	}
	return a, nil
}

// ownerOf is the outlet of the register whose site an address is of; without a
// name when there is none.
func (p *Poller) ownerOf(ctx context.Context, address string) (row, error) {
	var owner row
	of := site(address)
	all, err := p.Outlets(ctx)
	if err != nil {
		return row{}, err
	}
	for _, o := range all {
		if owner.Name == "" && (site(o.Home) == of || site(o.Feed) == of) || o.Home != "" && hostOf(o.Home) == hostOf(address) {
			owner.Outlet = o
		}
	}
	return owner, nil
}
