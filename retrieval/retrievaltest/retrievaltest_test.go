package retrievaltest_test

import (
	"context"
	"slices"
	"testing"

	"newsdesk/retrieval"
	"newsdesk/retrieval/retrievaltest"
)

func TestIndex(t *testing.T) {
	retrievaltest.TestIndex(t, func(*testing.T) retrieval.Index { return retrievaltest.NewIndex() })
}

func TestEmbedder(t *testing.T) {
	retrievaltest.TestEmbedder(t, func(*testing.T) retrieval.Embedder { return &retrievaltest.Embedder{} })
}

func TestVectorsCanBeReadBack(t *testing.T) {
	e := &retrievaltest.Embedder{}
	vectors, err := e.EmbedPassages(context.Background(), []string{"Ferry strike at dawn", "A comet"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := e.Words(vectors[1]), []string{"a", "comet"}; !slices.Equal(got, want) {
		t.Errorf("the vector reads %v, want %v", got, want)
	}
	if got := e.Batches(); len(got) != 1 || len(got[0]) != 2 {
		t.Errorf("batches %v, want one of two texts", got)
	}
}
