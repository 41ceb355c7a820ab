package openai

import (
	"path"
	"strings"
)

// prefixes are put before what is embedded, as a model was trained with them.
type prefixes struct{ query, passage string }

// prefixesOf returns the prefixes that a family of models documents in its
// model card, none for any other. It goes by the last part of the name, which
// servers decorate ("intfloat/multilingual-e5-small", "nomic-embed-text:v1.5").
func prefixesOf(model string) prefixes {
	name := strings.ToLower(path.Base(model))
	switch {
	case strings.Contains(name, "e5-") && strings.Contains(name, "instruct"):
		return prefixes{query: "Instruct: Given a question, retrieve passages of news articles that answer it\nQuery: "}
	case strings.HasPrefix(name, "e5-"), strings.HasPrefix(name, "multilingual-e5-"):
		return prefixes{query: "query: ", passage: "passage: "}
	case strings.HasPrefix(name, "nomic-embed-text"), strings.HasPrefix(name, "text-embedding-nomic-embed-text"):
		return prefixes{query: "search_query: ", passage: "search_document: "}
	case strings.HasPrefix(name, "mxbai-embed-large"):
		return prefixes{query: "Represent this sentence for searching relevant passages: "}
	}
	return prefixes{}
}
