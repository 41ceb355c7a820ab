package answer

import (
	"context"
	"slices"

	"newsdesk/retrieval"
)

// retrieve runs the query; one that names several outlets is run for each, with
// an equal share of the limit, and the hits are taken in turn.
func (a *Answerer) retrieve(ctx context.Context, q retrieval.Query) (retrieval.Result, error) {
	if len(q.Outlets) < 2 {
		return a.retriever.Retrieve(ctx, q)
	}
	out := retrieval.Result{Query: q}
	var lists [][]retrieval.Hit
	for _, outlet := range q.Outlets {
		one := q
		one.Outlets = []string{outlet}
		one.Limit = max(1, q.Want()/len(q.Outlets))
		r, err := a.retriever.Retrieve(ctx, one)
		if err != nil {
			return retrieval.Result{}, err
		}
		lists = append(lists, r.Hits)
		out.Widened = append(out.Widened, r.Widened...)
		out.Missing = append(out.Missing, r.Missing...)
	}
	out.Hits = inTurn(lists)
	return out, nil
}

// inTurn returns the first of each list, then the second of each, and so on.
func inTurn(lists [][]retrieval.Hit) []retrieval.Hit {
	var out []retrieval.Hit
	for i := 0; ; i++ {
		before := len(out)
		for _, list := range lists {
			if i < len(list) {
				out = append(out, list[i])
			}
		}
		if len(out) == before {
			return out
		}
	}
}

// notes says what the reader should know about the search.
func notes(r retrieval.Result) []string {
	var out []string
	for _, filter := range r.Widened {
		out = append(out, "Nothing was found within the limits of the question, so the search went beyond them: "+filter+".")
	}
	if len(r.Missing) > 0 {
		out = append(out, "A part of the search did not answer, so something may be missing here.")
	}
	slices.Sort(out)
	return slices.Compact(out)
}
