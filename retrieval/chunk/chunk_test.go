package chunk

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/tools/txtar"
	"pgregory.net/rapid"

	"newsdesk/corpus"
	"newsdesk/corpus/corpustest"
	"newsdesk/corpus/text"
	"newsdesk/retrieval"
)

// words returns n words; the first says which sentence it is.
func words(sentence, n int) string {
	return "S" + strconv.Itoa(sentence) + strings.Repeat(" word", n-1)
}

// write makes the text of an article from the lengths of its sentences.
func write(t *testing.T, lengths string) (string, []text.Span) {
	t.Helper()
	var b strings.Builder
	var spans []text.Span
	for _, f := range strings.Fields(lengths) {
		if f == "/" {
			b.WriteString("\n\n")
			continue
		}
		n, err := strconv.Atoi(f)
		if err != nil {
			t.Fatal(err)
		}
		if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
			b.WriteString(" ")
		}
		start := b.Len()
		b.WriteString(words(len(spans)+1, n) + ".")
		spans = append(spans, text.Span{Start: start, End: b.Len()})
	}
	return b.String(), spans
}

func archive(t *testing.T, name string) []txtar.File {
	t.Helper()
	a, err := txtar.ParseFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	if len(a.Files) == 0 {
		t.Fatalf("%s holds no cases", name)
	}
	return a.Files
}

func TestPassages(t *testing.T) {
	for _, file := range archive(t, "passages.txtar") {
		t.Run(file.Name, func(t *testing.T) {
			lengths, want, _ := strings.Cut(string(file.Data), "\n")
			body, sentences := write(t, lengths)
			a := corpus.Article{Text: body}
			var got strings.Builder
			for _, p := range Passages(a) {
				fmt.Fprintf(&got, "%d-%d\n", number(sentences, p.Start, true), number(sentences, p.End, false))
			}
			if got.String() != want {
				t.Errorf("%s: got\n%swant\n%s", lengths, got.String(), want)
			}
			check(t, a, Passages(a))
		})
	}
}

// number returns which sentence begins, or ends, at a place; 0 for none.
func number(sentences []text.Span, at int, start bool) int {
	for i, s := range sentences {
		if start && s.Start == at || !start && s.End == at {
			return i + 1
		}
	}
	return 0
}

func TestLongSentence(t *testing.T) {
	for _, file := range archive(t, "long.txtar") {
		t.Run(file.Name, func(t *testing.T) {
			first, second, _ := strings.Cut(strings.TrimSpace(string(file.Data)), "\n")
			var clauses []string
			for i, f := range strings.Fields(first)[1:] {
				n, err := strconv.Atoi(f)
				if err != nil {
					t.Fatal(err)
				}
				clauses = append(clauses, words(i+1, n))
			}
			s := strings.Join(clauses, ", ") + "."
			got := "pieces"
			for _, piece := range split(s, text.Span{End: len(s)}) {
				got += " " + strconv.Itoa(fields(piece.In(s)))
			}
			if got != second {
				t.Errorf("%s: got %s, want %s", first, got, second)
			}
		})
	}
}

func TestFieldsOfPassage(t *testing.T) {
	a := corpus.Article{
		ID: "id", Seq: 7, Outlet: "Harbour Herald", OutletURL: "https://harbour.example", Title: "Pier",
		Text: "  The pier fell. Nobody was hurt.\n",
	}
	want := retrieval.NewPassage(a, 2, 33)
	got := Passages(a)
	if len(got) != 1 || got[0] != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNothing(t *testing.T) {
	for _, s := range []string{"", " ", "\n\n\t"} {
		if got := Passages(corpus.Article{Text: s}); got != nil {
			t.Errorf("%q: got %v", s, got)
		}
	}
	if got := Passages(corpus.Article{Text: " *** \n"}); len(got) != 1 || got[0].Text != "***" {
		t.Errorf("marks only: got %v", got)
	}
}

func TestSpaceless(t *testing.T) {
	a := corpus.Article{Text: strings.Repeat("他来了又走了，", 400)}
	got := Passages(a)
	check(t, a, got)
	if len(got) < 8 {
		t.Errorf("2,400 letters in %d passages", len(got))
	}
	for _, p := range got[:len(got)-1] {
		if !strings.HasSuffix(p.Text, "，") {
			t.Errorf("a passage ends inside a clause: …%s", p.Text[len(p.Text)-12:])
		}
	}
}

// TestEven holds that texts of common sentences make passages of common
// length, with no scrap among them.
func TestEven(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var b strings.Builder
		for i, n := range rapid.SliceOfN(rapid.IntRange(4, 40), 6, 80).Draw(rt, "lengths") {
			b.WriteString(words(i+1, n) + "." + rapid.SampledFrom([]string{" ", " ", "\n\n"}).Draw(rt, "space"))
		}
		a := corpus.Article{Text: b.String()}
		got := Passages(a)
		check(t, a, got)
		for _, p := range got {
			if n := fields(p.Text); n < 60 && len(got) > 1 {
				rt.Errorf("a passage of %d words among %d", n, len(got))
			}
		}
	})
}

// check holds passages to what the package comment promises.
func check(t *testing.T, a corpus.Article, passages []retrieval.Passage) {
	t.Helper()
	end, start := 0, -1
	for i, p := range passages {
		if p.Text != a.Text[p.Start:p.End] || strings.TrimSpace(p.Text) != p.Text || p.Text == "" {
			t.Fatalf("passage %d has the text %q", i, p.Text)
		}
		if n := fields(p.Text); n > MaxWords {
			t.Fatalf("passage %d has %d words", i, n)
		}
		if p.Start <= start || p.End <= end {
			t.Fatalf("passage %d is at %d-%d, the one before it ends at %d", i, p.Start, p.End, end)
		}
		if p.Start >= end && strings.IndexFunc(a.Text[end:p.Start], isWord) >= 0 {
			t.Fatalf("no passage holds %q", a.Text[end:p.Start])
		}
		if p.Start < end && !isUnit(a, p.Start, end) {
			t.Fatalf("passage %d repeats %q", i, a.Text[p.Start:end])
		}
		if utf8.ValidString(a.Text) && !utf8.ValidString(p.Text) {
			t.Fatalf("passage %d is cut inside a rune", i)
		}
		start, end = p.Start, p.End
	}
	if strings.IndexFunc(a.Text[end:], isWord) >= 0 {
		t.Fatalf("no passage holds %q", a.Text[end:])
	}
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// isUnit reports whether [start, end) is one sentence, or a piece of one.
func isUnit(a corpus.Article, start, end int) bool {
	for _, s := range text.For(a.Language).Sentences(a.Text) {
		if s.Start <= start && end <= s.End {
			return true
		}
	}
	return false
}

func FuzzPassages(f *testing.F) {
	for _, s := range []string{
		"", "***", "One. Two.\n\nThree “four.” Five?", strings.Repeat("word ", 400),
		strings.Repeat("他来了，", 200), strings.Repeat("a, ", 160) + ".The end\xff.", strings.Repeat("- ", 200) + "x",
		strings.Repeat("Short one. ", 100), strings.Repeat("\u00a0一\u0e31", 90), strings.Repeat("x", 5000),
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a := corpus.Article{Text: s}
		got := Passages(a)
		if len(got) == 0 && strings.TrimSpace(s) != "" {
			t.Fatalf("%q has no passage", s)
		}
		check(t, a, got)
	})
}

// TestCorpus measures the passages of real articles.
func TestCorpus(t *testing.T) {
	articles := readCorpus(t)
	passages, total, repeated := 0, 0, 0
	for _, body := range articles {
		a := corpus.Article{Text: body}
		got := Passages(a)
		check(t, a, got)
		end := 0
		for _, p := range got {
			total += fields(p.Text)
			if p.Start < end {
				repeated += fields(a.Text[p.Start:end])
			}
			end = p.End
		}
		passages += len(got)
	}
	mean := float64(total) / float64(passages)
	t.Logf("%d articles, %d passages, %.1f words on average, %d words in two", len(articles), passages, mean, repeated)
	if mean < 100 || mean > 120 {
		t.Errorf("passages have %.1f words on average, want 100 to 120", mean)
	}
	if perArticle := float64(passages) / float64(len(articles)); perArticle < 8 || perArticle > 11 {
		t.Errorf("%.1f passages an article, want 8 to 11", perArticle)
	}
}

// readCorpus returns the texts of the evaluation data, or skips.
func readCorpus(t *testing.T) []string {
	t.Helper()
	plain, err := gzip.NewReader(corpustest.Shared(t, corpustest.EvalArticles))
	if err != nil {
		t.Fatal(err)
	}
	var articles []struct{ Body string }
	if err := json.NewDecoder(plain).Decode(&articles); err != nil {
		t.Fatal(err)
	}
	bodies := make([]string, len(articles))
	for i, a := range articles {
		bodies[i] = a.Body
	}
	return bodies
}

func BenchmarkPassages(b *testing.B) {
	a := corpus.Article{Text: strings.Repeat("The council of Solana voted on Jan. 17 to close the old pier, which "+
		"Mr. Brook called “a mistake.” Fishermen and shopkeepers said they had been told nothing about it.\n\n", 40)}
	b.SetBytes(int64(len(a.Text)))
	b.ReportAllocs()
	for b.Loop() {
		Passages(a)
	}
}
