package chunk

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

func TestNeighbours(t *testing.T) {
	for _, file := range archive(t, "neighbours.txtar") {
		t.Run(file.Name, func(t *testing.T) {
			lengths, lines, _ := strings.Cut(strings.TrimSpace(string(file.Data)), "\n")
			body, sentences := write(t, lengths)
			a := corpus.Article{Seq: 7, ID: "id", Outlet: "Harbour Herald", Text: body}
			for line := range strings.Lines(lines) {
				want := strings.Fields(strings.TrimPrefix(line, "? "))
				p := stretchOf(t, a, sentences, want[0])
				before, after := Neighbours(a, p)
				got := fmt.Sprintf("%s %s", named(sentences, before), named(sentences, after))
				if got != strings.Join(want[1:], " ") {
					t.Errorf("around %s: %s, want %s", want[0], got, want[1:])
				}
				p.Seq++
				if before, after := Neighbours(a, p); before != (retrieval.Passage{}) || after != (retrieval.Passage{}) {
					t.Errorf("%s of another version has neighbours", want[0])
				}
			}
		})
	}
}

// TestNeighboursAreWhole: they are what Passages returns.
func TestNeighboursAreWhole(t *testing.T) {
	body, _ := write(t, strings.Repeat("20 20 / 35 ", 20))
	a := corpus.Article{Seq: 7, ID: "id", Outlet: "Harbour Herald", Title: "Pier", Text: body}
	list := Passages(a)
	if len(list) < 4 {
		t.Fatalf("%d passages", len(list))
	}
	for i, p := range list[1 : len(list)-1] {
		if before, after := Neighbours(a, p); before != list[i] || after != list[i+2] {
			t.Errorf("around %s: %s and %s, want %s and %s", p.ID(), before.ID(), after.ID(), list[i].ID(), list[i+2].ID())
		}
	}
	if before, after := Neighbours(corpus.Article{Seq: 7}, list[0]); before.Seq != 0 || after.Seq != 0 {
		t.Error("an article without text has passages")
	}
}

// stretchOf returns the passage of the sentences "first-last".
func stretchOf(t *testing.T, a corpus.Article, sentences []text.Span, s string) retrieval.Passage {
	t.Helper()
	from, to, _ := strings.Cut(s, "-")
	first, err := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err != nil || err2 != nil {
		t.Fatalf("%q is no stretch", s)
	}
	return retrieval.NewPassage(a, sentences[first-1].Start, sentences[last-1].End)
}

// named writes a passage as its first and last sentence.
func named(sentences []text.Span, p retrieval.Passage) string {
	if p == (retrieval.Passage{}) {
		return "-"
	}
	return fmt.Sprintf("%d-%d", number(sentences, p.Start, true), number(sentences, p.End, false))
}

func BenchmarkNeighbours(b *testing.B) {
	a := corpus.Article{Text: strings.Repeat("The council of Solana voted on Jan. 17 to close the old pier, which "+
		"Mr. Brook called “a mistake.” Fishermen and shopkeepers said they had been told nothing about it.\n\n", 31)}
	p := Passages(a)[2]
	b.SetBytes(int64(len(a.Text)))
	for b.Loop() {
		Neighbours(a, p)
	}
}
