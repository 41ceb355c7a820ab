package dense

import (
	"context"
	"fmt"
	"math"

	"newsdesk/retrieval"
)

// Put implements retrieval.Index. All passages of docs are embedded in one call;
// one that gets no vector is left out. Vectors of another length than those held
// are retrieval.ErrDimension. On an error nothing has changed.
func (x *Index) Put(ctx context.Context, docs []retrieval.Document) error {
	x.filling.Lock()
	defer x.filling.Unlock()
	vectors, err := x.embed(ctx, docs)
	if err != nil {
		return err
	}
	c, err := x.changeOf(docs, vectors)
	if err != nil {
		return err
	}
	return x.apply(ctx, c)
}

// Delete implements retrieval.Index.
func (x *Index) Delete(ctx context.Context, articleIDs []string) error {
	x.filling.Lock()
	defer x.filling.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range articleIDs {
		if err := x.drop(id); err != nil {
			return err
		}
	}
	x.sweep()
	return nil
}

// embed returns a vector, or nil, for each passage of docs in order.
func (x *Index) embed(ctx context.Context, docs []retrieval.Document) ([][]float32, error) {
	var texts []string
	for _, doc := range docs {
		for _, p := range doc.Passages {
			texts = append(texts, retrieval.Embeddable(p))
		}
	}
	if len(texts) == 0 {
		return nil, ctx.Err()
	}
	vectors, err := x.embedder.EmbedPassages(ctx, texts)
	if err != nil {
		return nil, fmt.Errorf("dense: %w", err)
	}
	if len(vectors) != len(texts) {
		return nil, fmt.Errorf("dense: %s gave %d vectors for %d texts", x.embedder.Model(), len(vectors), len(texts))
	}
	return vectors, ctx.Err()
}

// change is what a Put brings, made ready while questions go on.
type change struct {
	rotation *rotation
	articles []*article
	// drawn holds what each of the articles brings.
	drawn []drawn
}

// drawn is the passages of an article that have a vector, and their sketches.
type drawn struct {
	entries  []entry
	sketches []block
}

// changeOf gives each document its vectors, copied, and their sketches.
func (x *Index) changeOf(docs []retrieval.Document, vectors [][]float32) (change, error) {
	c := change{rotation: x.rotation}
	for _, doc := range docs {
		var d drawn
		for i, p := range doc.Passages {
			if vectors[i] == nil {
				continue
			}
			if c.rotation == nil {
				c.rotation = newRotation(len(vectors[i]))
			}
			vector, err := unit(vectors[i], c.rotation.dimensions)
			if err != nil {
				return change{}, fmt.Errorf("dense: passage %s: %w", p.ID(), err)
			}
			d.entries = append(d.entries, entry{id: p.ID(), vector: vector})
			d.sketches = c.rotation.sketch(d.sketches, vector)
		}
		vectors = vectors[len(doc.Passages):]
		a := doc.Article
		c.articles = append(c.articles, &article{id: a.ID, seq: a.Seq, outlet: a.Outlet, published: a.Published})
		c.drawn = append(c.drawn, d)
	}
	return c, nil
}

// unit returns a copy of vector with norm 1. chromem keeps a vector of that norm
// as it is and would normalise any other in less precise arithmetic.
func unit(vector []float32, dimensions int) ([]float32, error) {
	if len(vector) != dimensions {
		return nil, fmt.Errorf("%w: %d, held are %d", retrieval.ErrDimension, len(vector), dimensions)
	}
	sum := 0.0
	for _, v := range vector {
		sum += float64(v) * float64(v)
	}
	norm := math.Sqrt(sum)
	if !(norm > 0) || math.IsInf(norm, 0) {
		return nil, fmt.Errorf("its vector has norm %v", norm)
	}
	scaled := make([]float32, len(vector))
	for i, v := range vector {
		scaled[i] = float32(float64(v) / norm)
	}
	return scaled, nil
}

// apply puts articles in the place of what is held of them, in one change.
func (x *Index) apply(ctx context.Context, c change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.rotation == nil && c.rotation != nil {
		x.log.Debug("dense: first vectors", "dimensions", c.rotation.dimensions, "signs", 256*c.rotation.blocks())
	}
	x.rotation = c.rotation
	for i, a := range c.articles {
		if err := x.drop(a.id); err != nil {
			return err
		}
		if err := x.hold(a, c.drawn[i]); err != nil {
			return err
		}
	}
	x.sweep()
	return nil
}

// hold adds an article of which nothing is held. mu is held.
func (x *Index) hold(a *article, d drawn) error {
	if len(d.entries) == 0 {
		return nil
	}
	key := monthOf(a.published)
	if x.months[key] == nil {
		m, err := newMonth(key)
		if err != nil {
			return err
		}
		x.months[key] = m
	}
	x.articles[a.id], x.versions[a.seq] = a, a
	x.passages += len(d.entries)
	return x.months[key].add(a, d, x.label(a.outlet))
}

// drop takes out an article, if it is held. mu is held, and sweep must follow.
func (x *Index) drop(id string) error {
	a := x.articles[id]
	if a == nil {
		return nil
	}
	delete(x.articles, id)
	delete(x.versions, a.seq)
	m := x.months[monthOf(a.published)]
	x.passages -= m.rows[a.row].count
	return m.drop(a)
}

// sweep tidies the months that articles were dropped from. mu is held.
func (x *Index) sweep() {
	for key, m := range x.months {
		if m.dropped {
			m.sweep()
		}
		if len(m.entries) == 0 {
			delete(x.months, key)
		}
	}
}

// label returns the metadata of an outlet's passages, one map for all of them.
// chromem keeps the map it is given and only reads it. mu is held.
func (x *Index) label(outlet string) map[string]string {
	if x.labels[outlet] == nil {
		x.labels[outlet] = map[string]string{outletKey: outlet}
	}
	return x.labels[outlet]
}
