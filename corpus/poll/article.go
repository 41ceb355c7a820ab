package poll

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/fetch"
	"newsdesk/corpus/page"
	"newsdesk/corpus/store"
)

// readItem reads what is due of an item: its page for the first time, or again.
// Only errors of the store, the corpus and the context are returned; e counts
// what has become of it.
func (p *Poller) readItem(ctx context.Context, r *row, it item, e *Event) error {
	if it.state == isRead {
		return p.recheck(ctx, *r, it, e)
	}
	own := it.url == "" || site(it.url) == site(r.Feed)
	if !own {
		it.draft.Article.Text = "" // a feed tells no other site's articles
	}
	whole := isWhole(it.draft.Article.Text)
	switch {
	case it.url == "" && whole, own && r.trusted(it):
		return p.store(ctx, *r, it, it.ofFeed(*r, p.now()), fromFeed, e)
	case it.url == "":
		return p.giveUp(ctx, it, errNoText, e)
	}
	switch theirs, err := p.isTheirs(ctx, *r, it.url); {
	case err != nil:
		return err
	case theirs:
		return p.giveUp(ctx, it, errOther, e)
	}
	resp, pg, err := p.readPage(ctx, it)
	now := p.now()
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && resp.NotModified:
		return p.idle(ctx, it, e)
	case err != nil && mayPass(err) && it.hasPatience(now, whole):
		return p.later(ctx, it, err, e)
	case err != nil && whole:
		return p.store(ctx, *r, it, it.ofFeed(*r, now), fromFeed, e)
	case err != nil:
		return p.unreadable(ctx, it, err, e)
	}
	it.etag, it.lastModified = marks(resp, now)
	return p.choose(ctx, r, it, resp, pg, e)
}

// hasPatience reports whether a page that fails in a way that may pass is to be
// tried again.
func (it item) hasPatience(now time.Time, whole bool) bool {
	bound := patience
	if whole {
		bound = patienceWhole
	}
	return it.failing.IsZero() || now.Sub(it.failing) < bound
}

// readPage fetches and reads the page of an item. A page that is as it was comes
// as NotModified.
func (p *Poller) readPage(ctx context.Context, it item) (fetch.Response, page.Page, error) {
	request := fetch.Request{URL: it.url, MaxBytes: page.MaxBytes}
	if it.article != "" && (it.state == isRead || it.source == fromPage) {
		request.ETag, request.LastModified = it.etag, it.lastModified
	}
	resp, err := p.get(ctx, request)
	if err != nil || resp.NotModified {
		return resp, page.Page{}, err
	}
	var pg page.Page
	if ended := p.parse(ctx, func() {
		pg, err = page.Read(resp.Body, page.Source{URL: resp.URL, ContentType: resp.ContentType, Now: p.now()})
	}); ended != nil {
		return resp, page.Page{}, ended
	}
	return resp, pg, err
}

// choose takes the better of the texts of feed and page, and learns whether the
// feed's are whole.
func (p *Poller) choose(ctx context.Context, r *row, it item, resp fetch.Response, pg page.Page, e *Event) error {
	now := p.now()
	fed := it.draft.Article.Text
	if fed == "" || site(resp.URL) != site(r.Feed) { // nor of where its address leads
		return p.storePage(ctx, *r, it, resp, pg, e)
	}
	r.trust = min(r.trust+1, enoughTrust)
	if !holdsAsMuch(fed, pg.Draft.Text) {
		r.trust = 0
	}
	if err := p.learnTrust(ctx, *r); err != nil {
		return err
	}
	if !holdsAsMuch(fed, pg.Draft.Text) {
		return p.storePage(ctx, *r, it, resp, pg, e)
	}
	a := it.ofFeed(*r, now)
	if err := p.setAddress(ctx, it, resp, pg, &a); err != nil {
		return err
	}
	a.Author, a.Language = or(a.Author, pg.Draft.Author), or(a.Language, pg.Draft.Language)
	a.Published = it.publishedAt(pg, now)
	return p.store(ctx, *r, it, a, fromFeed, e)
}

func (p *Poller) learnTrust(ctx context.Context, r row) error {
	err := p.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_outlets SET trust = ? WHERE id = ? AND trust <> ?`, r.trust, r.ID, r.trust)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}

// storePage stores what a page holds, unless it is another outlet's.
func (p *Poller) storePage(ctx context.Context, r row, it item, resp fetch.Response, pg page.Page, e *Event) error {
	switch theirs, err := p.isTheirs(ctx, r, resp.URL); {
	case err != nil:
		return err
	case theirs:
		return p.giveUp(ctx, it, errOther, e)
	}
	a := it.ofPage(r, pg, p.now())
	if failed := it.unwanted(pg, a); failed != nil {
		return p.giveUp(ctx, it, failed, e)
	}
	if err := p.setAddress(ctx, it, resp, pg, &a); err != nil {
		return err
	}
	return p.store(ctx, r, it, a, fromPage, e)
}

// setAddress gives an article its address: the canonical one, unless another article
// has that; there are outlets whose pages all name the same.
func (p *Poller) setAddress(ctx context.Context, it item, resp fetch.Response, pg page.Page, a *corpus.Article) error {
	a.URL = address(it.url, resp.URL, pg.Draft.URL)
	final := address(it.url, resp.URL, "")
	if a.URL == final {
		return nil
	}
	taken, err := p.heldAt(ctx, a.URL)
	if err != nil {
		return err
	}
	if taken != nil && !akin(*taken, *a) {
		a.URL = final
	}
	return nil
}

// unwanted is why an article of a sitemap is not wanted; nil when it is.
func (it item) unwanted(pg page.Page, a corpus.Article) error {
	switch {
	case it.oldest.IsZero():
		return nil
	case it.draft.Article.Published.IsZero() && pg.Draft.Published.IsZero():
		return errNoDate
	case a.Published.Before(it.oldest):
		return errOld
	}
	return nil
}

// address is what an article is known by: the page's canonical address within
// the site that it was fetched from, else where it was fetched, else what the
// feed says.
func address(listed, fetched, canonical string) string {
	final, err := corpus.Canonical(fetched)
	if err != nil || isHome(final) {
		final = listed
	}
	if named, err := corpus.Canonical(canonical); err == nil && !isHome(named) && site(named) == site(final) {
		return named
	}
	return final
}

// isTheirs reports whether an address is of another outlet of the register, and
// not of this one.
func (p *Poller) isTheirs(ctx context.Context, r row, address string) (bool, error) {
	of := site(address)
	if of == site(r.Feed) || of == site(r.Home) {
		return false, nil
	}
	theirs := false
	err := p.db.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Query(ctx, `SELECT feed, home FROM poll_outlets WHERE id <> ?`, r.ID)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			var feed, home string
			if err := found.Scan(&feed, &home); err != nil {
				return err
			}
			theirs = theirs || of == site(feed) || of == site(home)
		}
		return found.Err()
	})
	if err != nil {
		return false, fmt.Errorf("poll: %w", err)
	}
	return theirs, nil
}

// heldAt is the article with this address; nil when there is none.
func (p *Poller) heldAt(ctx context.Context, address string) (*corpus.Article, error) {
	id, err := corpus.IDOf(address)
	if err != nil {
		return nil, nil
	}
	a, err := p.corpus.Article(ctx, id)
	switch {
	case errors.Is(err, corpus.ErrNotFound):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("poll: %w", err)
	}
	return &a, nil
}

// store adds an article to the corpus and marks its item as read, in this order.
func (p *Poller) store(ctx context.Context, r row, it item, a corpus.Article, source string, e *Event) error {
	digest := digestOf(a.Text)
	switch kept, err := p.kept(ctx, r, it, &a, digest); {
	case err != nil:
		return err
	case kept != "":
		e.Same++
		it.article, it.source = kept, source
		return p.settle(ctx, it.done(time.Time{}, p.now()))
	}
	added, err := p.corpus.Add(ctx, []corpus.Article{a})
	if bad, ok := errors.AsType[*corpus.FieldError](err); ok {
		p.log.WarnContext(ctx, "article not taken", "outlet", r.Name, "url", it.url, "error", bad)
		return p.giveUp(ctx, it, bad, e)
	}
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	e.New, e.Changed, e.Same = e.New+added.New, e.Changed+added.Changed, e.Same+added.Same
	it.idle = 0
	if added.Same > 0 && !it.read.IsZero() {
		it.idle++
	}
	it.digest, it.source, it.published = digest, source, a.Published
	if a.URL != "" {
		var err error
		if it.article, err = corpus.IDOf(a.URL); err != nil {
			return fmt.Errorf("poll: %w", err)
		}
	}
	if source == fromFeed && it.etag == "" && it.lastModified == "" && it.url == "" {
		return p.settle(ctx, it.done(time.Time{}, p.now()))
	}
	return p.settle(ctx, p.laddered(it))
}

// kept is the ID of a stored article to which nothing is to be added: one that
// has been removed here, the same text under another address, or another
// outlet's. Empty when a is to be added, under the address that the item had from
// its beginning.
func (p *Poller) kept(ctx context.Context, r row, it item, a *corpus.Article, digest []byte) (string, error) {
	if it.article != "" {
		held, err := p.corpus.Article(ctx, it.article)
		switch {
		case errors.Is(err, corpus.ErrNotFound):
			return it.article, nil
		case err != nil:
			return "", fmt.Errorf("poll: %w", err)
		}
		a.URL = held.URL
	} else if twin, err := p.twin(ctx, r, it, digest); err != nil || twin != "" {
		return twin, err
	}
	return p.ofOther(ctx, r, *a)
}

// twin is the article of this outlet that has the same text under another
// address; empty when there is none.
func (p *Poller) twin(ctx context.Context, r row, it item, digest []byte) (string, error) {
	same, err := p.items(ctx, `WHERE outlet = ? AND digest = ? AND rowid <> ? AND gone IS NULL AND article <> '' LIMIT 1`,
		r.ID, digest, it.row)
	if err != nil || len(same) == 0 {
		return "", err
	}
	return same[0].article, nil
}

// ofOther is the ID of the article with the address of a when it is stored as
// another outlet's of the register: it stays that one's.
func (p *Poller) ofOther(ctx context.Context, r row, a corpus.Article) (string, error) {
	if a.URL == "" {
		return "", nil
	}
	held, err := p.heldAt(ctx, a.URL)
	if err != nil || held == nil || held.Outlet == r.Name {
		return "", err
	}
	others, err := p.outletsNamed(ctx, held.Outlet)
	if err != nil || others == 0 {
		return "", err
	}
	return held.ID, nil
}

func (p *Poller) outletsNamed(ctx context.Context, name string) (n int, err error) {
	err = p.db.Read(ctx, func(tx store.Tx) error {
		return tx.QueryRow(ctx, `SELECT count(*) FROM poll_outlets WHERE name = ?`, name).Scan(&n)
	})
	if err != nil {
		return 0, fmt.Errorf("poll: %w", err)
	}
	return n, nil
}

// done is the item once it was read, to be looked at again at next.
func (it item) done(next, now time.Time) item {
	it.state, it.next, it.problem = isRead, next, ""
	it.tries, it.failing, it.gone, it.withdrawn = 0, time.Time{}, time.Time{}, false
	if it.read.IsZero() {
		it.read = now
	}
	return it
}

// laddered is done, with the next step of the ladder.
func (p *Poller) laddered(it item) item {
	now := p.now()
	it = it.done(time.Time{}, now)
	if it.oldest.IsZero() { // the archive of an outlet is read once
		it.next = recheckAt(it.read, now, p.s.Recheck)
	}
	return it
}

// idle is an item whose feed says something else, while its page is as it was.
func (p *Poller) idle(ctx context.Context, it item, e *Event) error {
	e.Same++
	it.idle++
	return p.settle(ctx, p.laddered(it))
}

// later has a page tried again that failed in a way that may pass.
func (p *Poller) later(ctx context.Context, it item, failed error, e *Event) error {
	e.Later++
	now := p.now()
	if it.failing.IsZero() {
		it.failing = now
	}
	it.tries++
	it.problem = Plain(failed)
	wait := max(spreadOut(backOff(it.tries, asked(failed), lastRetry), p.s.Jitter()), asked(failed))
	it.next = now.Add(wait)
	p.log.DebugContext(ctx, "page not read", "url", it.url, "error", failed)
	return p.settle(ctx, it)
}

// unreadable is an item whose page holds no article, or is not let out: it is
// tried a few times more.
func (p *Poller) unreadable(ctx context.Context, it item, failed error, e *Event) error {
	if it.state == unreadable && it.tries >= len(unreadableAfter) || errors.Is(failed, fetch.ErrAddress) || errors.Is(failed, page.ErrOther) ||
		!it.oldest.IsZero() && errors.Is(failed, page.ErrNoArticle) { // sitemaps name sections as well
		return p.giveUp(ctx, it, failed, e)
	}
	e.Unreadable++
	if it.state != unreadable {
		it.tries = 0
	}
	it.state, it.problem = unreadable, Plain(failed)
	it.next = p.now().Add(spreadOut(unreadableAfter[it.tries], p.s.Jitter()))
	it.tries++
	p.log.DebugContext(ctx, "no article", "url", it.url, "error", failed)
	return p.settle(ctx, it)
}

// giveUp leaves an item that cannot be read, until its feed says something else.
func (p *Poller) giveUp(ctx context.Context, it item, failed error, e *Event) error {
	e.Unreadable++
	it.state, it.problem, it.next = unreadable, Plain(failed), time.Time{}
	p.log.DebugContext(ctx, "item left", "url", it.url, "error", failed)
	return p.settle(ctx, it)
}

// recheck looks at the page of a stored article again.
func (p *Poller) recheck(ctx context.Context, r row, it item, e *Event) error {
	resp, pg, err := p.readPage(ctx, it)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, fetch.ErrGone):
		return p.isGone(ctx, r, it, e)
	case err == nil && resp.NotModified:
		e.Same++
		return p.settle(ctx, p.laddered(it))
	case err != nil || it.source == fromFeed && it.gone.IsZero():
		return p.settle(ctx, p.unchanged(it, resp))
	}
	a := it.ofPage(r, pg, p.now())
	a.URL = address(it.url, resp.URL, pg.Draft.URL)
	held, err := p.corpus.Article(ctx, it.article)
	switch {
	case errors.Is(err, corpus.ErrNotFound): // removed here
		return p.settle(ctx, it.done(time.Time{}, p.now()))
	case err != nil:
		return fmt.Errorf("poll: %w", err)
	case held.URL != "" && site(resp.URL) != site(held.URL), a.URL != held.URL && !akin(held, a):
		return p.settle(ctx, p.unchanged(it, fetch.Response{})) // it leads to something else now
	}
	a.Published, a.Title, a.Author = held.Published, or(a.Title, held.Title), or(a.Author, held.Author)
	if it.source == fromFeed {
		a.Text, a.Title, a.Headings, a.Captions = held.Text, held.Title, held.Headings, held.Captions
	}
	it.etag, it.lastModified = marks(resp, p.now())
	return p.store(ctx, r, it, a, it.source, e)
}

// unchanged goes on to the next look at a page; what the server said for it is
// kept if it said anything.
func (p *Poller) unchanged(it item, resp fetch.Response) item {
	if resp.ETag != "" || resp.LastModified != "" {
		it.etag, it.lastModified = marks(resp, p.now())
	}
	was := it
	it = p.laddered(it)
	it.gone, it.withdrawn = was.gone, was.withdrawn
	if now := p.now(); it.next.IsZero() && !it.gone.IsZero() && !it.withdrawn && now.Sub(it.gone) < patience {
		it.next = now.Add(goneAgain)
	}
	return it
}

// isGone notes that the page of a stored article is missing; the second time it
// is withdrawn.
func (p *Poller) isGone(ctx context.Context, r row, it item, e *Event) error {
	now := p.now()
	it.etag, it.lastModified = "", "" // should it come back, its text is wanted
	if it.gone.IsZero() {
		it.gone = now
		it.next = now.Add(goneAgain)
		return p.settle(ctx, it)
	}
	if !it.withdrawn && it.article != "" {
		if err := p.withdraw(ctx, r, it, e); err != nil {
			return err
		}
	}
	was := it
	it = p.laddered(it)
	it.gone, it.withdrawn = was.gone, true
	return p.settle(ctx, it)
}

func (p *Poller) withdraw(ctx context.Context, r row, it item, e *Event) error {
	err := p.corpus.Withdraw(ctx, it.article)
	if errors.Is(err, corpus.ErrNotFound) {
		return nil // removed here
	}
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	e.Withdrawn++
	p.log.InfoContext(ctx, "article withdrawn", "outlet", r.Name, "url", it.url)
	return p.rereadTwins(ctx, r, it)
}

// rereadTwins has the other addresses of a withdrawn article read: it may live on
// at one of them.
func (p *Poller) rereadTwins(ctx context.Context, r row, it item) error {
	err := p.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_items SET state = 'waiting', article = '', next = ?, etag = '', last_modified = '', tries = 0
			WHERE outlet = ? AND article = ? AND rowid <> ?`, p.now().UnixMicro(), r.ID, it.article, it.row)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}
