package poll

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"newsdesk/corpus"
	"newsdesk/corpus/feed"
	"newsdesk/corpus/store"
)

// The states of an item.
const (
	waiting    = "waiting"
	isRead     = "read"
	unreadable = "unreadable"
)

// Where the text of an article came from.
const (
	fromFeed = "feed"
	fromPage = "page"
)

var (
	errNoText = errors.New("poll: the item has no page and no whole text")
	errOther  = errors.New("poll: the page is of another outlet")
	// errLeft means that the outlet was removed meanwhile.
	errLeft = errors.New("poll: the outlet has left the register")
)

// item is one item of a feed; see poll_items.
type item struct {
	row          int64
	key, url     string
	state        string
	seen         time.Time
	draft        draft
	article      string
	digest       []byte
	source       string
	etag         string
	lastModified string
	next         time.Time
	tries, idle  int
	// failing is since when its page has failed in a way that may pass.
	failing, read, gone time.Time
	// published is set with the article.
	published time.Time
	// oldest is set for a page of a sitemap: older articles are not wanted, nor
	// those without a date.
	oldest    time.Time
	withdrawn bool
	problem   string
}

// draft is what a feed says of an article.
type draft struct {
	Article corpus.Article
	Updated time.Time
}

// keyOf is what an item is known by: its address, else what the feed calls it,
// else its words.
func keyOf(outlet int64, i feed.Item) string {
	switch {
	case i.Draft.URL != "":
		return i.Draft.URL
	case i.ID != "":
		return fmt.Sprintf("%d id %s", outlet, i.ID)
	}
	return fmt.Sprintf("%d words %x", outlet, sum(i.Draft.Title, i.Summary, i.Draft.Text))
}

// hashOf is of what would be another article, or another version.
func hashOf(i feed.Item) []byte {
	return sum(i.Draft.Title, i.Summary, i.Draft.Text, i.Updated.UTC().Format(time.RFC3339))
}

// digestOf tells the same text under two addresses.
func digestOf(text string) []byte { return sum(strings.Join(strings.Fields(text), " ")) }

func sum(parts ...string) []byte {
	h := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return h[:16]
}

const selectItem = `SELECT rowid, key, url, state, seen, draft, article, digest, source, etag, last_modified,
	next, tries, idle, failing, read, gone, oldest, withdrawn, problem FROM poll_items `

// items returns those that rest, the end of a SELECT, chooses.
func (p *Poller) items(ctx context.Context, rest string, args ...any) ([]item, error) {
	var all []item
	err := p.db.Read(ctx, func(tx store.Tx) error {
		found, err := tx.Query(ctx, selectItem+rest, args...)
		if err != nil {
			return err
		}
		defer found.Close()
		for found.Next() {
			it, err := scanItem(found)
			if err != nil {
				return err
			}
			all = append(all, it)
		}
		return found.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("poll: %w", err)
	}
	return all, nil
}

func scanItem(from *sql.Rows) (item, error) {
	var it item
	var seen int64
	var kept sql.NullString
	var next, failing, first, gone, oldest sql.NullInt64
	err := from.Scan(&it.row, &it.key, &it.url, &it.state, &seen, &kept, &it.article, &it.digest, &it.source, &it.etag,
		&it.lastModified, &next, &it.tries, &it.idle, &failing, &first, &gone, &oldest, &it.withdrawn, &it.problem)
	if err != nil {
		return item{}, err
	}
	it.seen = time.UnixMicro(seen).UTC()
	it.next, it.failing, it.read, it.gone, it.oldest = read(next), read(failing), read(first), read(gone), read(oldest)
	if kept.Valid {
		err = json.Unmarshal([]byte(kept.String), &it.draft)
	}
	return it, err
}

// settle stores what has become of an item. What its feed said is dropped once
// it is read: the corpus has it.
func (p *Poller) settle(ctx context.Context, it item) error {
	err := p.db.WriteSoon(ctx, func(tx store.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE poll_items SET state = ?, draft = CASE WHEN ? THEN NULL ELSE draft END, article = ?,
			digest = ?, source = ?, etag = ?, last_modified = ?, next = ?, tries = ?, idle = ?, failing = ?, read = ?, gone = ?,
			withdrawn = ?, problem = ?, published = coalesce(published, ?) WHERE rowid = ? AND key = ?`,
			it.state, it.state == isRead || it.next.IsZero(), it.article, it.digest, it.source, it.etag, it.lastModified, stored(it.next),
			it.tries, it.idle, stored(it.failing), stored(it.read), stored(it.gone), it.withdrawn, it.problem, stored(it.published), it.row, it.key)
		return err
	})
	if err != nil {
		return fmt.Errorf("poll: %w", err)
	}
	return nil
}

// lister enters the items of one feed, in its transaction.
type lister struct {
	tx  store.Tx
	row row
	now time.Time
	// oldest is before when articles are not kept and not read; zero for never.
	oldest time.Time
}

// known is what is stored of an item that is in the feed again.
type known struct {
	outlet   int64
	feed     string
	hash     []byte
	state    string
	listed   time.Time
	read     time.Time
	attempts int
}

// relisted is after how long it is noted again that an item is still in the feed.
const relisted = 7 * 24 * time.Hour

func (l lister) list(ctx context.Context, i feed.Item) error {
	key := keyOf(l.row.ID, i)
	if len(key) > maxKey || !l.oldest.IsZero() && !i.Draft.Published.IsZero() && i.Draft.Published.Before(l.oldest) {
		return nil
	}
	k, err := l.known(ctx, key)
	switch {
	case err != nil:
		return err
	case k == nil:
		return l.insert(ctx, key, i)
	case k.outlet != l.row.ID && !l.isOwn(i.Draft.URL, k.feed):
		return nil
	case k.outlet != l.row.ID || string(k.hash) != string(hashOf(i)):
		return l.again(ctx, key, i, *k)
	case l.now.Sub(k.listed) > relisted:
		_, err := l.tx.Exec(ctx, `UPDATE poll_items SET listed = ? WHERE key = ?`, l.now.UnixMicro(), key)
		return err
	}
	return nil
}

// maxKey bounds what is stored of strangers' addresses, in bytes.
const maxKey = 4096

// isOwn reports whether an address is of this feed's site and not of the other's.
func (l lister) isOwn(address, other string) bool {
	own := site(address)
	return own == site(l.row.Feed) && own != site(other)
}

func (l lister) known(ctx context.Context, key string) (*known, error) {
	var k known
	var listed int64
	var first sql.NullInt64
	err := l.tx.QueryRow(ctx, `SELECT i.outlet, coalesce(o.feed, ''), i.hash, i.state, i.listed, i.read, i.idle
		FROM poll_items i LEFT JOIN poll_outlets o ON o.id = i.outlet WHERE i.key = ?`, key).
		Scan(&k.outlet, &k.feed, &k.hash, &k.state, &listed, &first, &k.attempts)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	k.listed, k.read = time.UnixMicro(listed).UTC(), read(first)
	return &k, err
}

func (l lister) insert(ctx context.Context, key string, i feed.Item) error {
	said, err := json.Marshal(l.said(i))
	if err != nil {
		return err
	}
	now := l.now.UnixMicro()
	_, err = l.tx.Exec(ctx, `INSERT INTO poll_items (key, outlet, url, hash, state, published, seen, listed, draft, next)
		VALUES (?, ?, ?, ?, 'waiting', ?, ?, ?, ?, ?)`,
		key, l.row.ID, i.Draft.URL, hashOf(i), stored(i.Draft.Published), now, now, string(said), now)
	return err
}

// said is what is kept of what the feed says. A date that lies ahead, for which
// package feed puts now, is none: the page may know better, and else the first
// reading is as good.
func (l lister) said(i feed.Item) draft {
	d := draft{i.Draft, i.Updated}
	if d.Article.Published.Equal(l.now) {
		d.Article.Published = time.Time{}
	}
	return d
}

// again has an item read once more, of which the feed says something else.
func (l lister) again(ctx context.Context, key string, i feed.Item, k known) error {
	said, err := json.Marshal(l.said(i))
	if err != nil {
		return err
	}
	next := l.now
	if at := rereadAt(k.listed, k.attempts); k.state == isRead && at.After(next) {
		next = at
	}
	_, err = l.tx.Exec(ctx, `UPDATE poll_items SET outlet = ?, hash = ?, listed = ?, draft = ?,
		next = CASE WHEN state = 'waiting' THEN next ELSE ? END, state = 'waiting', tries = 0, failing = NULL, oldest = NULL, published = coalesce(published, ?) WHERE key = ?`,
		l.row.ID, hashOf(i), l.now.UnixMicro(), string(said), next.UnixMicro(), stored(i.Draft.Published), key)
	return err
}
