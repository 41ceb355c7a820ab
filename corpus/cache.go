package corpus

import (
	"container/list"
	"slices"
	"sync"
)

// cacheBytes bounds the texts that a Corpus keeps in memory: some 3,000
// articles of usual length.
const cacheBytes = 16 << 20

// cache keeps versions by Seq, the longest unused go first. What a Seq names
// never changes, but its text may be removed, by another process too: so
// everything in the cache is of one removal, the last that its reader saw, and
// a later one empties it.
type cache struct {
	mu      sync.Mutex
	limit   int
	bytes   int
	removal int64
	order   *list.List // of Article, last used first
	bySeq   map[int64]*list.Element
}

func newCache(limit int) *cache {
	return &cache{limit: limit, order: list.New(), bySeq: make(map[int64]*list.Element)}
}

// take puts copies of those of seqs that it has into found and returns the
// others. removal is the last one that the caller's snapshot holds.
func (c *cache) take(removal int64, seqs []int64, found map[int64]Article) (absent []int64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if removal > c.removal {
		c.removal, c.bytes = removal, 0
		c.order.Init()
		clear(c.bySeq)
	}
	for _, seq := range seqs {
		element, ok := c.bySeq[seq]
		if !ok {
			absent = append(absent, seq)
			continue
		}
		c.order.MoveToFront(element)
		found[seq] = unshared(element.Value.(Article))
	}
	return absent
}

// put keeps copies of articles, unless a later removal than the caller's
// snapshot holds is known by now: then one of them may have gone.
func (c *cache) put(removal int64, articles []Article) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if removal != c.removal {
		return
	}
	for _, a := range articles {
		if _, ok := c.bySeq[a.Seq]; ok {
			continue
		}
		c.bySeq[a.Seq] = c.order.PushFront(unshared(a))
		c.bytes += size(a)
	}
	for c.bytes > c.limit {
		oldest := c.order.Back()
		a := c.order.Remove(oldest).(Article)
		delete(c.bySeq, a.Seq)
		c.bytes -= size(a)
	}
}

// unshared returns a with slices of its own.
func unshared(a Article) Article {
	a.Captions, a.Headings = slices.Clone(a.Captions), slices.Clone(a.Headings)
	return a
}

// size estimates what a version costs in memory, in bytes.
func size(a Article) int {
	const fields = 512 // the struct, its short strings, the list and the map
	n := fields + len(a.Text) + len(a.Title)
	for _, list := range [][]string{a.Captions, a.Headings} {
		for _, s := range list {
			n += len(s)
		}
	}
	return n
}

// outletCache keeps the outlets as they were at one end of the log. Whatever
// changes them writes an entry, whichever process does it, so the end alone says
// whether they still hold.
type outletCache struct {
	mu      sync.Mutex
	end     int64
	outlets []Outlet
}

// take returns a copy of the outlets at this end of the log, if they are kept.
// At 0 there are none.
func (c *outletCache) take(end int64) ([]Outlet, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if end != c.end {
		return nil, false
	}
	return slices.Clone(c.outlets), true
}

// put keeps a copy of outlets, unless those of a later end are known by now.
func (c *outletCache) put(end int64, outlets []Outlet) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if end > c.end {
		c.end, c.outlets = end, slices.Clone(outlets)
	}
}
