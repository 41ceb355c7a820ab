package cite

import (
	"slices"
	"strings"
	"testing"

	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// holds fails the test where a result breaks one of the promises of the package.
func holds(t interface {
	Helper()
	Errorf(string, ...any)
}, got Checked, passages []retrieval.Passage) {
	t.Helper()
	if len(got.Sentences) > MaxSentences {
		t.Errorf("%d sentences", len(got.Sentences))
	}
	next := 1
	for _, s := range got.Sentences {
		if len(s.Citations) == 0 || !slices.IsSorted(s.Citations) || strings.TrimSpace(s.Text) == "" {
			t.Errorf("sentence without quotes or text: %+v", s)
		}
		if strings.Contains(s.Text, "<") || strings.Contains(s.Text, "://") {
			t.Errorf("markup or link in %q", s.Text)
		}
		for _, n := range s.Citations {
			if n < 1 || n > len(got.Citations) || n > next {
				t.Errorf("citation %d out of order", n)
				return
			}
			next = max(next, n+1)
		}
		holdsFacts(t, s.Text, s.Citations, got)
	}
	for i, c := range got.Citations {
		holdsQuote(t, i, got, passages)
		if c.N != i+1 {
			t.Errorf("citation %d has number %d", i, c.N)
		}
	}
}

func holdsQuote(t interface {
	Helper()
	Errorf(string, ...any)
}, i int, got Checked, passages []retrieval.Passage) {
	t.Helper()
	c := got.Citations[i]
	from, to := c.Start-c.Passage.Start, c.End-c.Passage.Start
	if from < 0 || to > len(c.Passage.Text) || from >= to || c.Passage.Text[from:to] != c.Quote {
		t.Errorf("quote %q is not at %d-%d of its article", c.Quote, c.Start, c.End)
	}
	if !slices.Contains(passages, c.Passage) {
		t.Errorf("quote of a passage that was not shown")
	}
	if n := len(strings.Fields(c.Quote)); n > QuoteWords {
		t.Errorf("quote of %d words: %q", n, c.Quote)
	}
	if n := len(text.For(c.Passage.Language).Sentences(c.Quote)); n > QuoteSentences {
		t.Errorf("quote of %d sentences: %q", n, c.Quote)
	}
}

// holdsFacts looks by other means than the package does for the figures and
// quotations of a sentence in the passages that it cites: hedged and derived
// numbers aside, each must be there.
func holdsFacts(t interface {
	Helper()
	Errorf(string, ...any)
}, sentence string, citations []int, got Checked) {
	t.Helper()
	l := text.For("")
	var all strings.Builder
	for _, n := range citations {
		p := got.Citations[n-1].Passage
		all.WriteString(p.Text + "\n\n" + p.Title + "\n\n" + p.Outlet + "\n\n")
	}
	flat := spoken(all.String())
	for _, q := range l.Quotations(sentence) {
		if !strings.Contains(flat, spoken(q.In(sentence))) {
			t.Errorf("no cited passage holds the quotation in %q", sentence)
		}
	}
}

func TestCheckNothing(t *testing.T) {
	for _, s := range []string{"", "   \n\n", "[1]", "Nobody was hurt [1].", "<b></b>", "\x00\xff"} {
		if got := Check(s, nil); len(got.Sentences)+len(got.Citations) > 0 {
			t.Errorf("%q without passages gives %+v", s, got)
		}
	}
}

// A whole answer: order, shared quotes, numbering by first use, the list of
// sources cut off, repetitions said once.
func TestCheckAnswer(t *testing.T) {
	passages := pages(t)[1].passages
	got := Check("Here is what I found:\n\n"+
		"* Northway Lines carried 2.4 million passengers last year [2].\n"+
		"* The repair will cost 1.2 million crowns.[1] The repair will cost 1.2 million crowns.[1]\n"+
		"* It will take about six weeks [1].\n\nSources:\n[1] Harbour Herald, 99 crowns\n", passages)
	holds(t, got, passages)
	if len(got.Sentences) != 3 || len(got.Citations) != 2 {
		t.Fatalf("got %+v", got)
	}
	for i, want := range [][]int{{1}, {2}, {2}} {
		if !slices.Equal(got.Sentences[i].Citations, want) {
			t.Errorf("sentence %d cites %v, want %v", i, got.Sentences[i].Citations, want)
		}
	}
	if got.Citations[0].Passage.Seq != 2 || got.Citations[1].Passage.Seq != 1 {
		t.Errorf("citations are not in the order of first use")
	}
	if got.Sentences[1].Text != "The repair will cost 1.2 million crowns." {
		t.Errorf("text is %q", got.Sentences[1].Text)
	}
}

// A sentence of the article that is longer than a quote may be is quoted in
// part, with the fact in it.
func TestLongQuote(t *testing.T) {
	long := strings.Repeat("while the boats waited in the fog and the crews slept on deck, ", 12)
	p := retrieval.Passage{Seq: 1, Outlet: "Radio Solana", Text: "Once, " + long + "the pilot Imra Tolland counted 37 lights, " + long + "and nothing moved."}
	p.End = len(p.Text)
	got := Check("The pilot, Imra Tolland, counted 37 lights [1].", []retrieval.Passage{p})
	holds(t, got, []retrieval.Passage{p})
	if len(got.Citations) != 1 || !strings.Contains(got.Citations[0].Quote, "Tolland counted 37 lights") {
		t.Errorf("got %+v", got)
	}
}

func TestBounds(t *testing.T) {
	passages := pages(t)[1].passages
	for name, s := range map[string]string{
		"10 MB of one word":  strings.Repeat("ferry ", 10<<20/6),
		"10 MB of tags":      strings.Repeat("<b", 5<<20),
		"10 MB of brackets":  strings.Repeat("[", 10<<20),
		"10 MB of thought":   "<think>" + strings.Repeat("x", 10<<20),
		"10 MB of sentences": strings.Repeat("Fourteen people were taken to hospital [1]. ", 10<<20/44),
		"10 MB of zeros":     strings.Repeat("\x00", 10<<20),
	} {
		got := Check(s, passages)
		holds(t, got, passages)
		if len(got.Dropped) > MaxClaims {
			t.Errorf("%s: %d dropped", name, len(got.Dropped))
		}
	}
}
