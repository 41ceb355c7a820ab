package lexical

import (
	"context"
	"fmt"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"newsdesk/retrieval"
)

// filter is what a question's outlets and days let through, by the numbers of a
// view. A nil filter lets all through.
type filter struct {
	// needed is how many conditions there are, passed how many of them each
	// passage meets.
	needed uint8
	passed []uint8
}

// through reports whether passage n meets all conditions.
func (f *filter) through(n uint32) bool {
	return f == nil || int(n) < len(f.passed) && f.passed[n] == f.needed
}

// filter returns what q asks of outlet and day.
func (v *view) filter(ctx context.Context, q retrieval.Query) (*filter, error) {
	var f *filter
	if len(q.Outlets) > 0 {
		f = new(filter)
		names := slices.Compact(slices.Sorted(slices.Values(q.Outlets)))
		if err := f.need(ctx, v, nameField, names); err != nil {
			return nil, err
		}
	}
	first, last := days(q)
	if first == "" && last == "" {
		return f, nil
	}
	if f == nil {
		f = new(filter)
	}
	between, err := v.termsBetween(dayField, first, last)
	if err != nil {
		return nil, err
	}
	return f, f.need(ctx, v, dayField, between)
}

// need adds the condition that a passage has one of the terms in a field of which
// each passage has one.
func (f *filter) need(ctx context.Context, v *view, field string, terms []string) error {
	f.needed++
	for _, term := range terms {
		err := v.each(ctx, field, term, false, func(p *index.TermFieldDoc) { f.meet(int(p.ID.Value())) })
		if err != nil {
			return err
		}
	}
	return nil
}

func (f *filter) meet(n int) {
	if more := n + 1 - len(f.passed); more > 0 {
		f.passed = append(f.passed, make([]uint8, more+len(f.passed)/2)...)
	}
	f.passed[n]++
}

// afterDays sorts after every day.
const afterDays = ":"

// termsBetween returns the terms of a field from first to last, both with it;
// empty is no bound.
func (v *view) termsBetween(field, first, last string) (terms []string, err error) {
	if last == "" {
		last = afterDays
	}
	dictionary, err := v.reader.FieldDictRange(field, []byte(first), []byte(last))
	if err != nil {
		return nil, fmt.Errorf("lexical: %w", err)
	}
	defer closing(dictionary, &err)
	for {
		entry, err := dictionary.Next()
		if err != nil {
			return nil, fmt.Errorf("lexical: %w", err)
		}
		if entry == nil {
			return terms, nil
		}
		terms = append(terms, entry.Term)
	}
}

// days returns the first and the last day that q asks for, empty for no bound.
func days(q retrieval.Query) (first, last string) {
	if !q.From.IsZero() {
		first = day(q.From)
	}
	end := q.To
	if !q.AsOf.IsZero() && (end.IsZero() || q.AsOf.Before(end)) {
		end = q.AsOf
	}
	if !end.IsZero() {
		last = day(end)
	}
	return first, last
}
