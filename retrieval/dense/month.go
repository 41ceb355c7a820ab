package dense

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/philippgille/chromem-go"
)

// outletKey is the name of the outlet in chromem's metadata.
const outletKey = "outlet"

// monthKey counts months from year 0, in UTC.
type monthKey int

func monthOf(t time.Time) monthKey {
	t = t.UTC()
	return monthKey(t.Year()*12 + int(t.Month()) - 1)
}

// start returns the first moment of the month.
func (k monthKey) start() time.Time {
	return time.Date(int(k)/12, time.Month(int(k)%12+1), 1, 0, 0, 0, 0, time.UTC)
}

func (k monthKey) String() string { return k.start().Format("2006-01") }

// month holds the passages of the articles published in one month: in a chromem
// collection, and side by side with their sketches.
type month struct {
	docs    *chromem.Collection
	rows    []row
	entries []entry
	// sketches holds as many blocks for each entry as the rotation has.
	sketches []block
	// dropped says that some of the rows are to be swept out.
	dropped bool
}

// row is an article of a month: its passages are the entries [first, first+count).
// What filters ask for is repeated here, as most of the time of a filter would go
// into fetching each article's. The article is nil once it was dropped.
type row struct {
	article      *article
	outlet       string
	published    time.Time
	first, count int
}

// errAsked cannot happen: every document brings its vector.
var errAsked = errors.New("dense: chromem asked for a vector")

func newMonth(key monthKey) (*month, error) {
	refuse := func(context.Context, string) ([]float32, error) { return nil, errAsked }
	docs, err := chromem.NewDB().CreateCollection(key.String(), nil, refuse)
	if err != nil {
		return nil, fmt.Errorf("dense: %w", err)
	}
	return &month{docs: docs}, nil
}

// add holds an article that the month does not hold. chromem has no reason to
// fail: documents have ids and vectors of norm 1, and the context is never
// cancelled.
func (m *month) add(a *article, found drawn, label map[string]string) error {
	for _, e := range found.entries {
		doc := chromem.Document{ID: e.id, Metadata: label, Embedding: e.vector}
		if err := m.docs.AddDocument(context.Background(), doc); err != nil {
			return fmt.Errorf("dense: %w", err)
		}
	}
	a.row = len(m.rows)
	m.rows = append(m.rows, row{a, a.outlet, a.published, len(m.entries), len(found.entries)})
	m.entries = append(m.entries, found.entries...)
	m.sketches = append(m.sketches, found.sketches...)
	return nil
}

// drop takes an article out of chromem, and leaves the rest to sweep.
func (m *month) drop(a *article) error {
	var ids []string
	r := &m.rows[a.row]
	for _, e := range m.entries[r.first : r.first+r.count] {
		ids = append(ids, e.id)
	}
	if err := m.docs.Delete(context.Background(), nil, nil, ids...); err != nil {
		return fmt.Errorf("dense: %w", err)
	}
	r.article, m.dropped = nil, true
	return nil
}

// sweep moves together what is held, once for all articles that were dropped.
func (m *month) sweep() {
	blocks := len(m.sketches) / len(m.entries)
	rows, to := m.rows[:0], 0
	for _, r := range m.rows {
		if r.article == nil {
			continue
		}
		end := r.first + r.count
		copy(m.entries[to:], m.entries[r.first:end])
		copy(m.sketches[to*blocks:], m.sketches[r.first*blocks:end*blocks])
		r.first, r.article.row = to, len(rows)
		rows = append(rows, r)
		to += r.count
	}
	clear(m.rows[len(rows):])
	clear(m.entries[to:])
	m.rows, m.entries, m.sketches = rows, m.entries[:to], m.sketches[:to*blocks]
	m.dropped = false
}
