package eval

import (
	"slices"
	"strings"

	"newsdesk/corpus"
	"newsdesk/corpus/multihop"
	"newsdesk/retrieval"
)

// squeezer removes what texts are compared without.
var squeezer = strings.NewReplacer(" ", "", "\n", "")

func squeezed(s string) string { return squeezer.Replace(s) }

// heldIn returns those of the squeezed facts that are a part of a squeezed text.
func heldIn(text string, facts []string) []string {
	var held []string
	for _, fact := range facts {
		if strings.Contains(text, fact) {
			held = append(held, fact)
		}
	}
	return held
}

// gold is an article that answers, as a label names it.
type gold struct {
	// url is canonical; empty where the label has none, or only a host's.
	url           string
	outlet, title string
}

// articlesOf returns the articles that a question's evidence names, each once.
func articlesOf(q multihop.Question) []gold {
	var all []gold
	for _, e := range q.Evidence {
		if g := goldOf(e); !slices.ContainsFunc(all, g.same) {
			all = append(all, g)
		}
	}
	return all
}

func goldOf(e multihop.Evidence) gold {
	return gold{url: articleURL(e.URL), outlet: e.Outlet, title: e.Title}
}

// same compares two labels.
func (g gold) same(o gold) bool {
	if g.url != "" || o.url != "" {
		return g.url == o.url
	}
	return g.outlet == o.outlet && g.title == o.title
}

// is reports whether a passage is of the article: by its address, or where one
// of the two has none, by outlet and title.
func (g gold) is(p retrieval.Passage) bool {
	return g.same(gold{url: p.URL, outlet: p.Outlet, title: p.Title}) ||
		(g.url == "" || p.URL == "") && g.outlet == p.Outlet && g.title == p.Title
}

// OfArticle reports whether a passage is of the article that a piece of evidence
// names: by canonical address, or where one of the two has none, by outlet and
// title.
func OfArticle(e multihop.Evidence, p retrieval.Passage) bool { return goldOf(e).is(p) }

// articleURL returns the address by which the corpus knows an article; empty for
// none, and for a host's home page, which is no article's.
func articleURL(address string) string {
	canonical, err := corpus.Canonical(address)
	if err != nil {
		return ""
	}
	_, rest, _ := strings.Cut(canonical, "://")
	if strings.IndexByte(rest, '/') == len(rest)-1 {
		return ""
	}
	return canonical
}
