package dense

import (
	"log/slog"

	"newsdesk/retrieval"
)

// NewSifted returns an Index that leaves no question to chromem, compares so many
// candidates at least, and always shares the work.
func NewSifted(log *slog.Logger, e retrieval.Embedder, candidates int) *Index {
	x := New(log, e)
	x.few, x.candidates, x.alone = 0, candidates, 1
	return x
}

// SetExact makes x answer as NewExact's does, or as New's. No question may be
// running.
func (x *Index) SetExact(exact bool) { x.exact = exact }

// ReadAll reads every vector held once, one number of each 64 bytes.
func (x *Index) ReadAll() (sum float32) {
	for _, m := range x.months {
		for _, e := range m.entries {
			for i := 0; i < len(e.vector); i += 16 {
				sum += e.vector[i]
			}
		}
	}
	return sum
}
