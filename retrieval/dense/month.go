package dense

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
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

// month holds the passages of the articles published in one month.
type month struct {
	articles map[string]*article
	passages int
	cells    []*cell
	// settledAt is the number of passages when the centroids were last found.
	settledAt int
}

// cell is a chromem collection of passages that are near each other.
type cell struct {
	centroid []float32
	docs     *chromem.Collection
	// outlets counts the passages of each outlet.
	outlets map[string]int
}

// errAsked cannot happen: every document brings its vector.
var errAsked = errors.New("dense: chromem asked for a vector")

func newCell(centroid []float32) (*cell, error) {
	refuse := func(context.Context, string) ([]float32, error) { return nil, errAsked }
	docs, err := chromem.NewDB().CreateCollection("cell", nil, refuse)
	if err != nil {
		return nil, fmt.Errorf("dense: %w", err)
	}
	return &cell{centroid: centroid, docs: docs, outlets: map[string]int{}}, nil
}

// add puts a passage into the nearest cell.
func (m *month) add(e *entry, label map[string]string) error {
	if len(m.cells) == 0 {
		only, err := newCell(e.vector)
		if err != nil {
			return err
		}
		m.cells = []*cell{only}
	}
	e.cell = m.cells[nearest(m.cells, e.vector)]
	return e.cell.add(e, label)
}

// nearest returns the position of the cell whose centroid is nearest.
func nearest(cells []*cell, vector []float32) int {
	best, most := 0, float32(math.Inf(-1))
	for i, c := range cells {
		if near := dot(c.centroid, vector); near > most {
			best, most = i, near
		}
	}
	return best
}

// add is whole or fails before chromem has changed: with an id and a vector of
// norm 1 AddDocument has no reason to fail, and its context is never cancelled.
func (c *cell) add(e *entry, label map[string]string) error {
	doc := chromem.Document{ID: e.id, Metadata: label, Embedding: e.vector}
	if err := c.docs.AddDocument(context.Background(), doc); err != nil {
		return fmt.Errorf("dense: %w", err)
	}
	c.outlets[label[outletKey]]++
	return nil
}

func (c *cell) remove(e *entry, outlet string) error {
	if err := c.docs.Delete(context.Background(), nil, nil, e.id); err != nil {
		return fmt.Errorf("dense: %w", err)
	}
	c.outlets[outlet]--
	if c.outlets[outlet] == 0 {
		delete(c.outlets, outlet)
	}
	return nil
}

// outgrown reports whether the month is worth new centroids.
func (m *month) outgrown() bool {
	return m.passages >= 2*cellSize && m.passages >= 2*m.settledAt
}

// newCells returns all passages of the month in new cells. Only whoever fills
// the index knows which cell an entry is in, so entries may be told at once.
func (m *month) newCells(labels map[string]map[string]string) ([]*cell, error) {
	held := slices.SortedFunc(maps.Values(m.articles), func(a, b *article) int { return cmp.Compare(a.seq, b.seq) })
	var vectors [][]float32
	for _, a := range held {
		for _, e := range a.entries {
			vectors = append(vectors, e.vector)
		}
	}
	var cells []*cell
	for _, centroid := range centroids(vectors, min(len(vectors)/cellSize, maxCells)) {
		c, err := newCell(centroid)
		if err != nil {
			return nil, err
		}
		cells = append(cells, c)
	}
	for _, a := range held {
		for _, e := range a.entries {
			e.cell = cells[nearest(cells, e.vector)]
			if err := e.cell.add(e, labels[a.outlet]); err != nil {
				return nil, err
			}
		}
	}
	return cells, nil
}
