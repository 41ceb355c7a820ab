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
	articles, dimensions, err := x.articlesOf(docs, vectors)
	if err != nil {
		return err
	}
	if err := x.apply(ctx, articles, dimensions); err != nil {
		return err
	}
	return x.settle()
}

// Delete implements retrieval.Index.
func (x *Index) Delete(ctx context.Context, articleIDs []string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.filling.Lock()
	defer x.filling.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, id := range articleIDs {
		if err := x.drop(id); err != nil {
			return err
		}
	}
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

// articlesOf gives each document its vectors, copied, and says how long they
// are.
func (x *Index) articlesOf(docs []retrieval.Document, vectors [][]float32) ([]*article, int, error) {
	dimensions := x.dimensions
	articles := make([]*article, 0, len(docs))
	for _, doc := range docs {
		a := &article{id: doc.Article.ID, seq: doc.Article.Seq, outlet: doc.Article.Outlet, published: doc.Article.Published}
		for i, p := range doc.Passages {
			if vectors[i] == nil {
				continue
			}
			if dimensions == 0 {
				dimensions = len(vectors[i])
			}
			vector, err := unit(vectors[i], dimensions)
			if err != nil {
				return nil, 0, fmt.Errorf("dense: passage %s: %w", p.ID(), err)
			}
			a.entries = append(a.entries, &entry{id: p.ID(), vector: vector})
		}
		vectors = vectors[len(doc.Passages):]
		articles = append(articles, a)
	}
	return articles, dimensions, nil
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
func (x *Index) apply(ctx context.Context, articles []*article, dimensions int) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.dimensions = dimensions
	for _, a := range articles {
		if err := x.drop(a.id); err != nil {
			return err
		}
		if err := x.hold(a); err != nil {
			return err
		}
	}
	return nil
}

// hold adds an article of which nothing is held. mu is held.
func (x *Index) hold(a *article) error {
	if len(a.entries) == 0 {
		return nil
	}
	x.articles[a.id], x.versions[a.seq] = a, a
	key := monthOf(a.published)
	if x.months[key] == nil {
		x.months[key] = &month{articles: map[string]*article{}}
	}
	m := x.months[key]
	m.articles[a.id] = a
	for _, e := range a.entries {
		if err := m.add(e, x.label(a.outlet)); err != nil {
			return err
		}
	}
	m.passages += len(a.entries)
	x.passages += len(a.entries)
	return nil
}

// drop removes an article, if it is held. mu is held.
func (x *Index) drop(id string) error {
	a := x.articles[id]
	if a == nil {
		return nil
	}
	key := monthOf(a.published)
	m := x.months[key]
	for _, e := range a.entries {
		if err := e.cell.remove(e, a.outlet); err != nil {
			return err
		}
	}
	delete(m.articles, id)
	delete(x.articles, id)
	delete(x.versions, a.seq)
	m.passages -= len(a.entries)
	x.passages -= len(a.entries)
	if m.passages == 0 {
		delete(x.months, key)
	}
	return nil
}

// label returns the metadata of an outlet's passages, one map for all of them.
// chromem keeps the map it is given and only reads it. mu is held.
func (x *Index) label(outlet string) map[string]string {
	if x.labels[outlet] == nil {
		x.labels[outlet] = map[string]string{outletKey: outlet}
	}
	return x.labels[outlet]
}

// settle finds new cells for the months that have outgrown theirs. Questions go
// on meanwhile; each month is exchanged in one moment.
func (x *Index) settle() error {
	if x.exact {
		return nil
	}
	for key, m := range x.months {
		if !m.outgrown() {
			continue
		}
		cells, err := m.newCells(x.labels)
		if err != nil {
			return err
		}
		x.mu.Lock()
		m.cells, m.settledAt = cells, m.passages
		x.mu.Unlock()
		x.log.Debug("dense: month settled", "month", key.String(), "passages", m.passages, "cells", len(cells))
	}
	return nil
}
