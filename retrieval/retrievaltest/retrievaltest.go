// Package retrievaltest holds what every Retriever, Index and Embedder is
// tested against, and small strict ones for the tests of whoever uses them.
//
// # Design
//
// The suites [TestRetriever], [TestIndex] and [TestEmbedder] test what the
// contracts in package retrieval promise and nothing else, so that a new way of
// retrieving is right when its suite passes. They are written in articles of
// invented outlets, each one published at another moment: outlet and date of
// publication name an article in every implementation, whoever gives out ids.
//
// [Embedder] and [Index] are real, small and slow: a bag of words in a vector
// that can be read back, and a map that is scanned. A wrong vector or passage
// shows as wrong words.
package retrievaltest

import (
	"fmt"
	"time"

	"newsdesk/corpus"
	"newsdesk/retrieval"
)

// day0 is the date of publication of article 0.
var day0 = time.Date(2024, time.November, 28, 9, 0, 0, 0, time.UTC)

// Article returns the n-th article (from 0) of a corpus in tests: seq n+1,
// version 1, published n days after 28 November 2024, 9 o'clock UTC.
func Article(n int, outlet, title, text string) corpus.Article {
	url := fmt.Sprintf("https://news.example/%d", n)
	published := day0.AddDate(0, 0, n)
	return corpus.Article{
		ID: url, URL: url, Seq: int64(n) + 1, Version: 1,
		Outlet: outlet, OutletURL: "https://news.example/", Title: title, Text: text,
		Published: published, Fetched: published.Add(time.Hour),
	}
}

// Whole chunks an article in the simplest way: one passage of all its text, or
// none when there is no text.
func Whole(a corpus.Article) []retrieval.Passage {
	if a.Text == "" {
		return nil
	}
	return []retrieval.Passage{retrieval.NewPassage(a, 0, len(a.Text))}
}

// Documents chunks articles with [Whole].
func Documents(articles []corpus.Article) []retrieval.Document {
	docs := make([]retrieval.Document, len(articles))
	for i, a := range articles {
		docs[i] = retrieval.Document{Article: a, Passages: Whole(a)}
	}
	return docs
}
