package remember

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"newsdesk/retrieval/retrievaltest"
)

func TestOnly(t *testing.T) {
	db := open(t)
	inner := new(retrievaltest.Embedder)
	e := around(t, db, inner)
	var texts []string
	for n := range 12_000 {
		texts = append(texts, fmt.Sprint("passage ", n))
	}
	embed(t, e, texts...)
	given := func(kept []string, fails error) func(func(string, error) bool) {
		return func(yield func(string, error) bool) {
			for _, text := range kept {
				if !yield(text, nil) {
					return
				}
			}
			if fails != nil {
				yield("", fails)
			}
		}
	}
	broken := errors.New("broken")
	if n, err := e.Only(t.Context(), given(nil, broken)); n != 0 || !errors.Is(err, broken) {
		t.Errorf("what cannot be read deletes %d: %v", n, err)
	}
	if n, err := e.Only(t.Context(), given(texts[:11_000], nil)); n != 1000 || err != nil {
		t.Errorf("%d deleted, %v", n, err)
	}
	if n, err := e.Only(t.Context(), given(append(texts[:11_000:11_000], "another"), nil)); n != 0 || err != nil {
		t.Errorf("again: %d deleted, %v", n, err)
	}
	before := len(asked(inner))
	embed(t, e, texts...)
	if got := asked(inner)[before:]; !slices.Equal(got, texts[11_000:]) {
		t.Errorf("%d were asked for anew", len(got))
	}
}
