package text

import (
	"strings"
	"testing"
)

// article is some 1 MB of prose in paragraphs.
var article = strings.Repeat(strings.Repeat(`The council of Solana voted 7-2 on Jan. 17, 2025 to close the old pier, `+
	`which Mr. Brook, its chairman, called “a mistake that will cost the town $3.5 million a year.” `+
	`Fishermen and shopkeepers said they had been told nothing about it until last week. `, 4)+"\n\n", 1000)

func BenchmarkSentences(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		For("en").Sentences(article)
	}
}

func BenchmarkWords(b *testing.B) {
	b.SetBytes(int64(len(article)))
	b.ReportAllocs()
	for b.Loop() {
		For("en").Words(article)
	}
}

func BenchmarkNumbers(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		For("en").Numbers(article)
	}
}

func BenchmarkNames(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		For("en").Names(article)
	}
}

func BenchmarkQuotations(b *testing.B) {
	b.SetBytes(int64(len(article)))
	for b.Loop() {
		For("en").Quotations(article)
	}
}
