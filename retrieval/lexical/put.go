package lexical

import (
	"context"
	"errors"
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"newsdesk/retrieval"
)

// Put implements retrieval.Index. It is one batch and becomes one bleve
// segment, so some thousand passages at once are a good number.
func (x *Index) Put(ctx context.Context, docs []retrieval.Document) error {
	c := change{batch: x.bleve.NewBatch(), put: map[string]*version{}}
	x.filling.Lock()
	defer x.filling.Unlock()
	build := newBuilder(x.bleve.Mapping())
	for _, doc := range newest(docs) {
		x.table.drop(&c, doc.Article.ID)
		if len(doc.Passages) == 0 {
			continue
		}
		v := versionOf(doc)
		c.put[v.article] = v
		for _, p := range doc.Passages {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := c.batch.IndexAdvanced(build.document(p, v.term())); err != nil {
				return fmt.Errorf("lexical: passage %s: %w", p.ID(), err)
			}
		}
	}
	return x.apply(ctx, c)
}

// Delete implements retrieval.Index.
func (x *Index) Delete(ctx context.Context, articleIDs []string) error {
	c := change{batch: x.bleve.NewBatch()}
	x.filling.Lock()
	defer x.filling.Unlock()
	for _, id := range articleIDs {
		x.table.drop(&c, id)
	}
	return x.apply(ctx, c)
}

// change is what one call does: to bleve, and to the table.
type change struct {
	batch *bleve.Batch
	put   map[string]*version
	gone  []*version
}

// newest leaves the last document of each article.
func newest(docs []retrieval.Document) []retrieval.Document {
	last := map[string]int{}
	for i, doc := range docs {
		last[doc.Article.ID] = i
	}
	kept := docs[:0:0]
	for i, doc := range docs {
		if last[doc.Article.ID] == i {
			kept = append(kept, doc)
		}
	}
	return kept
}

func versionOf(doc retrieval.Document) *version {
	a := doc.Article
	v := &version{seq: a.Seq, article: a.ID, outlet: a.Outlet, published: a.Published}
	for _, p := range doc.Passages {
		v.spans = append(v.spans, span{p.Start, p.End})
	}
	return v
}

// drop takes what is held of an article out of the index.
func (t *table) drop(c *change, articleID string) {
	for _, v := range t.articles[articleID] {
		c.gone = append(c.gone, v)
		for _, id := range v.ids() {
			c.batch.Delete(id)
		}
	}
}

// apply makes the change. Versions that come are in the table before they can be
// found, those that go until no question that may find them is left.
func (x *Index) apply(ctx context.Context, c change) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if c.batch.Size() == 0 {
		return nil
	}
	x.table.announce(c)
	failed := x.bleve.Batch(c.batch)
	x.table.mu.Lock()
	defer x.table.mu.Unlock()
	if err := errors.Join(failed, x.dropView()); err != nil {
		return fmt.Errorf("lexical: %w", err)
	}
	x.table.settle(c)
	return nil
}

func (t *table) announce(c change) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, v := range c.put {
		t.versions[v.seq] = v
		t.articles[id] = append(t.articles[id], v)
	}
}

// settle is called with mu held.
func (t *table) settle(c change) {
	for _, v := range c.gone {
		delete(t.articles, v.article)
		if t.versions[v.seq] == v {
			delete(t.versions, v.seq)
		}
	}
	for id, v := range c.put {
		t.articles[id] = []*version{v}
	}
}
