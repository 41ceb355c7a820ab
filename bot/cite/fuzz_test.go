package cite

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"newsdesk/retrieval"
)

func FuzzCheck(f *testing.F) {
	for _, p := range pages(f) {
		for _, line := range p.cases {
			_, sentence, _ := strings.Cut(line, ": ")
			f.Add(sentence, p.passages[0].Text, p.passages[0].Outlet)
		}
	}
	for _, s := range []string{"<think>", "</think>a", "[1](http://a.example)", "![x](y)z", "【1†a】", "&lt;b&gt;", "\u202e[2]", "“", "a\x00b\xff", "1. [1] (1)"} {
		f.Add(s, "One bird sat on “the” wall.\n\nIt sang 3 songs in May.", "Radio Solana (Online) - News")
	}
	f.Fuzz(func(t *testing.T, generated, held, outlet string) {
		held = strings.ToValidUTF8(held, "\uFFFD")
		passages := []retrieval.Passage{
			{Seq: 1, Start: 7, End: 7 + len(held), ArticleID: "a", Outlet: outlet, Title: outlet, Text: held, Published: day},
			{Seq: 2, ArticleID: "b", Outlet: "Valley Dispatch", Text: "The mill burned down on Monday.", Published: day},
		}
		got := Check(generated, passages)
		holds(t, got, passages)
		if !reflect.DeepEqual(got, Check(generated, passages)) {
			t.Error("two runs differ")
		}
		for _, s := range got.Sentences {
			if !utf8.ValidString(s.Text) {
				t.Errorf("%q is not UTF-8", s.Text)
			}
		}
	})
}

var day = time.Date(2026, 3, 12, 0, 0, 0, 0, time.UTC)

// Sentences that are put together of the passages' own and of changed ones: no
// wrong figure, name or quotation ever gets through, and every copy does.
func TestPlanted(t *testing.T) {
	files := pages(t)
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SampledFrom(files).Draw(r, "page")
		i := rapid.IntRange(0, len(p.passages)-1).Draw(r, "passage")
		passage := p.passages[i]
		paragraphs := strings.Split(passage.Text, "\n\n")
		copied := rapid.SampledFrom(paragraphs).Draw(r, "paragraph")
		mark := rapid.SampledFrom([]string{"", " [1]", " [2]", " [7]"}).Draw(r, "mark")
		got := Check(copied+mark, p.passages)
		holds(r, got, p.passages)
		if len(got.Dropped) > 0 {
			r.Errorf("dropped of its own words: %+v", got.Dropped)
		}
		planted := rapid.SampledFrom([]string{
			"%s reported 987654 cases.", "%s said Wilmot Harrowgate had left.", "%s wrote “nobody ever said this before”.",
			"%s reported it on 29 February 2024.", "According to the Quarry Times, %s reported nothing.",
		}).Draw(r, "planted")
		got = Check(strings.ReplaceAll(planted, "%s", passage.Outlet)+mark, p.passages)
		if len(got.Sentences) > 0 {
			r.Errorf("kept: %q", got.Sentences[0].Text)
		}
	})
}

// BenchmarkCheck checks 20 sentences against three passages: what an answer
// costs, reading the passages included.
func BenchmarkCheck(b *testing.B) {
	var passages []retrieval.Passage
	var answer strings.Builder
	for _, p := range pages(b)[1:] {
		passages = append(passages, p.passages...)
		for _, line := range p.cases {
			_, sentence, _ := strings.Cut(line, ": ")
			answer.WriteString(sentence + "\n")
		}
	}
	twenty := strings.Join(strings.Split(answer.String(), "\n")[:20], "\n")
	b.ReportAllocs()
	for b.Loop() {
		Check(twenty, passages[:3])
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(20*b.N), "µs/sentence")
}

// BenchmarkThousands checks one sentence against three passages of 110 words, its
// own among them, as many sentences supported as not: what 10,000 sentences cost
// one by one. With GOMAXPROCS=1 it is the time on one core.
func BenchmarkThousands(b *testing.B) {
	asked := thousands(b)
	next := 0
	b.ReportAllocs()
	for b.Loop() {
		a := asked[next%len(asked)]
		Check(a.sentence, a.passages)
		next++
	}
	b.ReportMetric(10_000*b.Elapsed().Seconds()/float64(b.N), "s/10000")
}

type asked struct {
	sentence string
	passages []retrieval.Passage
}

// thousands returns the sentences of the hard sets, each with its own passages
// and others, filled up to 110 words from one another.
func thousands(b *testing.B) []asked {
	b.Helper()
	var out []asked
	for _, h := range append(hardFiles(b, "first"), hardFiles(b, "second")...) {
		for i := range h.passages {
			p := &h.passages[i]
			more := strings.Fields(h.passages[(i+1)%len(h.passages)].Text)
			if n := 110 - len(strings.Fields(p.Text)); n > 0 {
				p.Text += " " + strings.Join(more[:min(n, len(more))], " ")
			}
			p.End = p.Start + len(p.Text)
		}
		for _, line := range h.lines {
			_, sentence, own := h.labelled(b, line)
			for _, p := range h.passages {
				if len(own) < 3 && !slices.ContainsFunc(own, func(o retrieval.Passage) bool { return o.Seq == p.Seq }) {
					own = append(own, p)
				}
			}
			out = append(out, asked{sentence, own})
		}
	}
	return out
}

// BenchmarkLongText checks a text of the largest size that is read.
func BenchmarkLongText(b *testing.B) {
	passages := pages(b)[1].passages
	text := strings.Repeat("Fourteen hundred people were taken to the hospital of Skerry Point in 2026. ", MaxText/76)
	for b.Loop() {
		Check(text, passages)
	}
}
