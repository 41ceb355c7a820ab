// Package hybrid asks several retrievers at once and fuses what they find.
//
// # Design
//
// Each [Part] gets the query with a larger limit ([depth]) and a time limit
// ([patience]). A passage's score is the sum over the parts of 1/(k+rank)
// (reciprocal rank fusion, Cormack, Clarke and Büttcher 2009), so the parts'
// own scores, which are not comparable, do not matter; passages of outlets that
// are likely meant get a small bonus. A part that fails or is late is named in
// Result.Missing and the others answer; when all do, nothing can be said and
// that is an error.
//
// Texts and everything else of a hit come from the corpus, by Seq, so hits are
// what is stored and not what an index remembers. A hit is dropped when its
// text is gone, or was changed after Query.AsOf, or when another hit is of a
// newer version of its article; as this happens after the parts' cut, they are
// asked again for more if too little is left.
//
// Where the filters let nothing through at all, the search falls back: it gives up
// the dates, or else the outlets, or else both, never Query.AsOf. Result.Query is
// then the query as it was run and Result.Widened names what was given up, so that
// whoever answers can say that nothing was found where it was asked for, and what
// is nearest. When nothing is found without filters either, none counts as given
// up.
//
// # Figures
//
// Shares of 114 questions over 5,312 articles in 45,610 passages, and time with
// texts on 2 cores (go test -bench Figures ./retrieval/hybrid):
//
//	         Hits@10  Hits@4  MRR
//	dense     .798     .596   .460    2.5 ms
//	lexical   .851     .649   .475    2.2 ms
//	fused     .921     .719   .561    3.4 ms
//
// Both indexes are filled in 6 s, one after the other; the process that does it
// and holds the corpus has 340 MB resident at most.
package hybrid

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

const (
	// depth is the number of hits that each part is asked for at least. Fusion
	// finds as much with 50 and with 200; what a removal or the time of fetching
	// drops needs some room.
	depth = 100
	// k is how slowly a rank loses weight. Hits@10, Hits@4 and MRR: 2 gives .868
	// .711 .529, 5 .895 .711 .549, 10 .921 .719 .563, 20 .904 .711 .561, 60 .886
	// .711 .560.
	k = 10
	// patience is how long a part may take before the others answer alone. It is
	// for a model server that hangs; a part in this process takes milliseconds.
	patience = 4 * time.Second
	// deepest bounds the asking for more.
	deepest = 3200
)

// Part is one retriever and its name, under which it stands in Hit.Places and
// Result.Missing. Names differ.
type Part struct {
	Name      string
	Retriever retrieval.Retriever
}

// Retriever is a retrieval.Retriever over its parts. Its hits are whole: their
// texts and the fields of their articles are filled in. Safe for concurrent use.
type Retriever struct {
	log    *slog.Logger
	corpus *corpus.Corpus
	parts  []Part
}

var _ retrieval.Retriever = (*Retriever)(nil)

// New returns a Retriever over parts, of which there must be one at least, whose
// passages are of c.
func New(log *slog.Logger, c *corpus.Corpus, parts ...Part) *Retriever {
	return &Retriever{log: log, corpus: c, parts: parts}
}

// Retrieve implements retrieval.Retriever. The error of all parts failing holds
// every one of theirs (errors.Is).
func (r *Retriever) Retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	result, err := r.search(ctx, q)
	if err != nil || len(result.Hits) > 0 {
		return result, err
	}
	for _, w := range widened(q) {
		wide, err := r.search(ctx, w.query)
		if err != nil {
			return retrieval.Result{}, err
		}
		if len(wide.Hits) > 0 {
			wide.Widened = w.given
			return wide, nil
		}
	}
	return result, nil
}

// search finds what q asks for, within all of its filters.
func (r *Retriever) search(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if err := ctx.Err(); err != nil {
		return retrieval.Result{}, err
	}
	for limit := max(depth, q.Want()); ; limit *= 4 {
		answers, missing, err := r.ask(ctx, q, limit)
		if err != nil {
			return retrieval.Result{}, err
		}
		hits, err := r.fill(ctx, q, fuse(answers, q), q.Want())
		if err != nil {
			return retrieval.Result{}, err
		}
		if len(hits) >= q.Want() || limit >= deepest || !cut(answers, limit) {
			return retrieval.Result{Hits: hits, Query: q, Missing: missing}, nil
		}
	}
}

// answer is what one part found.
type answer struct {
	part string
	hits []retrieval.Hit
	err  error
}

// cut reports whether some part may hold more than it was asked for.
func cut(answers []answer, limit int) bool {
	for _, a := range answers {
		if len(a.hits) == limit {
			return true
		}
	}
	return false
}

// ask returns the answers of the parts that answered, in the order of the parts,
// and names the others.
func (r *Retriever) ask(ctx context.Context, q retrieval.Query, limit int) ([]answer, []retrieval.Missing, error) {
	q.Limit = limit
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	pending := make([]<-chan answer, len(r.parts))
	for i, part := range r.parts {
		pending[i] = start(limited, part, q)
	}
	var answers []answer
	var missing []retrieval.Missing
	var errs []error
	for i, part := range r.parts {
		a := wait(limited, part, pending[i])
		if a.err == nil {
			answers = append(answers, a)
			continue
		}
		missing = append(missing, retrieval.Missing{Retriever: part.Name, Err: a.err})
		errs = append(errs, fmt.Errorf("hybrid: %s: %w", part.Name, a.err))
	}
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if len(answers) == 0 {
		return nil, nil, errors.Join(errs...)
	}
	return answers, missing, nil
}

// start asks one part. The channel has room for its answer, so a part that is
// waited for no longer ends all the same.
func start(ctx context.Context, part Part, q retrieval.Query) <-chan answer {
	done := make(chan answer, 1)
	go func() {
		result, err := part.Retriever.Retrieve(ctx, q)
		done <- answer{part: part.Name, hits: result.Hits, err: err}
	}()
	return done
}

// wait returns the part's answer, or the context's error when it ends first.
func wait(ctx context.Context, part Part, done <-chan answer) answer {
	select {
	case a := <-done:
		return a
	default:
	}
	select {
	case a := <-done:
		return a
	case <-ctx.Done():
		return answer{part: part.Name, err: ctx.Err()}
	}
}
