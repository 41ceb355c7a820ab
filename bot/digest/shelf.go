package digest

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

const (
	// shelved is how many items are kept for other digests that tell the same.
	shelved = 1000
	// rest is how long a model is not asked after it has failed giveUp times in a row.
	rest = 5 * time.Minute
	// giveUp is after how many failures in a row that is.
	giveUp = 2
)

// shelf keeps items that were written, so that a story is written once for all the
// digests that tell the same of it, and remembers whether the model is worth asking.
type shelf struct {
	mu    sync.Mutex
	items map[string]prose
	// order are the keys, oldest first.
	order []string
	row   int
	until time.Time
}

func newShelf() *shelf { return &shelf{items: map[string]prose{}} }

// get returns what was written for a key.
func (s *shelf) get(key string) (prose, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.items[key]
	return p.clone(), ok
}

// put keeps it, and forgets the oldest where there are too many.
func (s *shelf) put(key string, p prose) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.items[key]; !ok {
		s.order = append(s.order, key)
	}
	s.items[key] = p.clone()
	if len(s.order) > shelved {
		delete(s.items, s.order[0])
		s.order = s.order[1:]
	}
}

// resting reports whether the model is not to be asked now.
func (s *shelf) resting() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Before(s.until)
}

// answered notes that the model did answer.
func (s *shelf) answered() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.row = 0
}

// failed notes that the model did not answer.
func (s *shelf) failed() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.row++; s.row >= giveUp {
		s.row, s.until = 0, time.Now().Add(rest)
	}
}

// key names all that an item is written from: two digests with one key may have one
// text.
func (c *candidate) key(head *page) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %d", c.story, head.Seq)
	for _, p := range c.news {
		fmt.Fprintf(&b, " %d", p.Seq)
	}
	for _, a := range c.known {
		fmt.Fprintf(&b, " k%d", a.Seq)
	}
	var said []string
	for f := range c.said {
		said = append(said, f)
	}
	slices.Sort(said)
	return b.String() + " " + strings.Join(said, " ")
}

const (
	// fresh is how long the stories of a period are kept for other digests of it.
	fresh = time.Minute
	// mostPeriods is how many periods are kept.
	mostPeriods = 16
)

// periods keeps the stories of periods: many channels are told the same one at the same
// time.
type periods struct {
	mu   sync.Mutex
	kept map[string]kept
}

type kept struct {
	stories []*candidate
	at      time.Time
}

func newPeriods() *periods { return &periods{kept: map[string]kept{}} }

// get returns the stories for a key, which are shared and not to be changed; it reads
// them where they are not there, one period at a time.
func (p *periods) get(key string, read func() ([]*candidate, error)) ([]*candidate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if k, ok := p.kept[key]; ok && time.Since(k.at) < fresh {
		return k.stories, nil
	}
	stories, err := read()
	if err != nil {
		return nil, err
	}
	maps.DeleteFunc(p.kept, func(_ string, k kept) bool { return time.Since(k.at) >= fresh })
	if len(p.kept) < mostPeriods {
		p.kept[key] = kept{stories, time.Now()}
	}
	return stories, nil
}
