// Package remember keeps vectors in SQLite, so that nothing is embedded twice:
// not after a restart, not when an index is rebuilt, not when an article comes
// again.
//
// # Design
//
// An [Embedder] stands around another one and asks it only for texts that it
// has not seen under this model. A vector is kept under the model's name and
// the hash of the exact string that was embedded (the first 16 bytes of its
// SHA-256), so it holds for as long as string and model are the same, and two
// models live side by side. That a text has no vector is remembered too.
//
// Questions pass through: one is embedded once, and a table of what people
// asked, even as hashes, is nobody's need.
//
// # Guarantees
//
// What came before an error is kept: texts go to the inner embedder in batches
// of 128, each written before the next is asked for, so a retry goes on where
// the last one stopped. Nothing that came wrong is written: the number of
// vectors, one dimension for a model for ever, finite numbers and norm 1 are
// checked first.
//
// # Change of model
//
// A new model is a new index beside the old one until it is complete. Who fills
// the new one calls [Embedder.Complete] when it has reached the end of the
// corpus's log; [Embedder.LastComplete] says, also after a restart, with which
// model questions can be answered meanwhile. The old one's vectors are kept, so
// that going back costs nothing but their four bytes a number.
//
// # Tables
//
// remember_models (name, dimensions, complete): one row a model.
// remember_vectors (model, hash, vector): little-endian float32, NULL for no
// vector. The rows lie in the order they came in, which is the order they are
// asked for again, with a small index of hashes beside them: 50,000 vectors of
// 256 numbers are read in 0.34 s of one core (BenchmarkLoad).
package remember

import (
	"context"
	"fmt"
	"log/slog"
	"slices"

	"newsdesk/corpus/store"
	"newsdesk/retrieval"
)

// batch is the number of texts that the inner embedder is asked for at once:
// what is lost at most when it fails. It is also what retrieval/openai sends in
// one request.
const batch = 128

// Embedder remembers what an inner Embedder gave. It implements
// retrieval.Embedder and is safe for concurrent use, also by several processes
// on one file.
type Embedder struct {
	log     *slog.Logger
	inner   retrieval.Embedder
	vectors *table
}

// New returns an Embedder around inner that keeps its vectors in db. It asks
// inner for nothing but its model's name.
func New(ctx context.Context, log *slog.Logger, db *store.DB, inner retrieval.Embedder) (*Embedder, error) {
	if err := db.Migrate(ctx, "remember", steps...); err != nil {
		return nil, fmt.Errorf("remember: %w", err)
	}
	return &Embedder{log: log, inner: inner, vectors: &table{db: db, model: inner.Model()}}, nil
}

// Model returns the inner embedder's.
func (e *Embedder) Model() string { return e.vectors.model }

// EmbedPassages returns one vector for each text, in order. The inner embedder
// is asked for those that are not remembered, each once. Its errors are
// returned as they are; what it gave before is kept. Wrong vectors give
// retrieval.ErrDimension or an error that names what is wrong with them.
func (e *Embedder) EmbedPassages(ctx context.Context, texts []string) ([][]float32, error) {
	keys := make([]key, len(texts))
	for i, text := range texts {
		keys[i] = keyOf(text)
	}
	known, err := e.vectors.load(ctx, keys)
	if err != nil {
		return nil, err
	}
	missing := missingTexts(texts, keys, known)
	for part := range slices.Chunk(missing, batch) {
		if err := e.learn(ctx, part, known); err != nil {
			return nil, err
		}
	}
	if len(missing) > 0 {
		e.log.DebugContext(ctx, "embedded passages", "model", e.Model(), "new", len(missing), "remembered", len(texts)-len(missing))
	}
	return inOrder(keys, known), nil
}

// missingTexts returns the texts without a remembered vector, each once, in
// order.
func missingTexts(texts []string, keys []key, known map[key][]float32) []string {
	var missing []string
	seen := map[key]bool{}
	for i, k := range keys {
		if _, ok := known[k]; !ok && !seen[k] {
			seen[k] = true
			missing = append(missing, texts[i])
		}
	}
	return missing
}

// learn asks the inner embedder for texts, checks and keeps what it gives, and
// adds it to known.
func (e *Embedder) learn(ctx context.Context, texts []string, known map[key][]float32) error {
	vectors, err := e.inner.EmbedPassages(ctx, texts)
	if err != nil {
		return err
	}
	if len(vectors) != len(texts) {
		return fmt.Errorf("remember: model %s gave %d vectors for %d texts", e.Model(), len(vectors), len(texts))
	}
	dimensions, err := e.check(vectors)
	if err != nil {
		return err
	}
	if err := e.vectors.save(ctx, texts, vectors, dimensions); err != nil {
		return err
	}
	for i, text := range texts {
		known[keyOf(text)] = vectors[i]
	}
	return nil
}

// check returns the one length of the vectors, 0 when all are nil.
func (e *Embedder) check(vectors [][]float32) (dimensions int, err error) {
	for _, v := range vectors {
		if v == nil {
			continue
		}
		if dimensions == 0 {
			dimensions = len(v)
		}
		if len(v) != dimensions || len(v) == 0 {
			return 0, fmt.Errorf("remember: %w: model %s gave %d and %d numbers", retrieval.ErrDimension, e.Model(), dimensions, len(v))
		}
		if norm := normOf(v); !(norm > 1-tolerance && norm < 1+tolerance) {
			return 0, fmt.Errorf("remember: model %s gave a vector of norm %v, want 1", e.Model(), norm)
		}
	}
	return dimensions, nil
}

// inOrder gives each key its vector; vectors that stand twice are copied,
// because the caller may change them.
func inOrder(keys []key, known map[key][]float32) [][]float32 {
	vectors := make([][]float32, len(keys))
	given := make(map[key]bool, len(known))
	for i, k := range keys {
		vectors[i] = known[k]
		if given[k] {
			vectors[i] = slices.Clone(known[k])
		}
		given[k] = true
	}
	return vectors
}

// EmbedQuery asks the inner embedder. A vector that does not fit the remembered
// ones gives retrieval.ErrDimension: the server then has another model under
// the same name.
func (e *Embedder) EmbedQuery(ctx context.Context, text string) ([]float32, error) {
	vector, err := e.inner.EmbedQuery(ctx, text)
	if err != nil || vector == nil {
		return nil, err
	}
	dimensions, err := e.check([][]float32{vector})
	if err != nil {
		return nil, err
	}
	if err := e.vectors.fits(ctx, dimensions); err != nil {
		return nil, err
	}
	return vector, nil
}

// Complete records that an index with this embedder's vectors has reached seq,
// an end of the corpus's log.
func (e *Embedder) Complete(ctx context.Context, seq int64) error {
	return e.vectors.complete(ctx, seq)
}

// LastComplete returns the model, this or another one, for which Complete was
// called last, and the Seq it was called with. The model is empty when there is
// none.
func (e *Embedder) LastComplete(ctx context.Context) (model string, seq int64, err error) {
	return e.vectors.lastComplete(ctx)
}
