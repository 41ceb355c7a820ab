package eval

import (
	"testing"

	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

func TestOfArticle(t *testing.T) {
	named := multihop.Evidence{URL: "HTTPS://lark.example/mill#fire", Outlet: "Lark", Title: "Mill burns"}
	unnamed := multihop.Evidence{Outlet: "Lark", Title: "Mill burns"}
	for name, c := range map[string]struct {
		evidence multihop.Evidence
		passage  retrieval.Passage
		want     bool
	}{
		"its address":             {named, retrieval.Passage{URL: "https://lark.example/mill"}, true},
		"another address":         {named, retrieval.Passage{URL: "https://lark.example/mill-2", Outlet: "Lark", Title: "Mill burns"}, false},
		"no address in the label": {unnamed, retrieval.Passage{URL: "https://lark.example/mill", Outlet: "Lark", Title: "Mill burns"}, true},
		"none in the passage":     {named, retrieval.Passage{Outlet: "Lark", Title: "Mill burns"}, true},
		"another outlet":          {unnamed, retrieval.Passage{Outlet: "Kite", Title: "Mill burns"}, false},
		"another title":           {unnamed, retrieval.Passage{Outlet: "Lark", Title: "Mill stands"}, false},
	} {
		if got := OfArticle(c.evidence, c.passage); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
