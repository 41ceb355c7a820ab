package static

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// plain is the same tokenizer written as its description reads, step by step
// over the whole text and without any table: what scanner must agree with.
type plain struct {
	starts, goes map[string]int32
}

func newPlain() *plain {
	p := &plain{map[string]int32{}, map[string]int32{}}
	for i, line := range strings.Split(strings.TrimSuffix(vocabularyFile, "\n"), "\n") {
		if rest, ok := strings.CutPrefix(line, "##"); ok && rest != "" {
			p.goes[rest] = int32(i)
		} else {
			p.starts[line] = int32(i)
		}
	}
	return p
}

func (p *plain) tokens(text string) []int32 {
	var tokens []int32
	for _, word := range strings.Fields(spaced(folded(text))) {
		tokens = append(tokens, p.spell(word)...)
	}
	return tokens
}

// folded drops accents and what is no text, and lowers the rest.
func folded(text string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToValidUTF8(text, "\uFFFD")) {
		switch {
		case strings.ContainsRune("\t\n\r", r):
			b.WriteByte(' ')
		case r == 0, r == 0xFFFD, unicode.Is(unicode.C, r), unicode.Is(unicode.Mn, r):
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}

// spaced puts spaces around ideographs and punctuation.
func spaced(text string) string {
	var b strings.Builder
	for _, r := range text {
		ascii := r < 0x80 && r > ' ' && !unicode.IsLetter(r) && !unicode.IsDigit(r)
		if ascii || unicode.Is(unicode.P, r) || ideograph(r) {
			b.WriteString(" " + string(r) + " ")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

func ideograph(r rune) bool {
	for _, block := range [][2]rune{
		{0x4E00, 0x9FFF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
		{0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF}, {0xF900, 0xFAFF}, {0x2F800, 0x2FA1F},
	} {
		if block[0] <= r && r <= block[1] {
			return true
		}
	}
	return false
}

func (p *plain) spell(word string) []int32 {
	unknown := []int32{p.starts["[UNK]"]}
	if utf8.RuneCountInString(word) > 100 {
		return unknown
	}
	var tokens []int32
	from := p.starts
	for word != "" {
		n := len(word)
		for n > 0 && !has(from, word[:n]) {
			n--
		}
		if n == 0 {
			return unknown
		}
		tokens = append(tokens, from[word[:n]])
		word, from = word[n:], p.goes
	}
	return tokens
}

func has(m map[string]int32, key string) bool { _, ok := m[key]; return ok }

func testScanner(tb testing.TB) *scanner {
	tb.Helper()
	t, err := newTokenizer(vocabularyFile)
	if err != nil {
		tb.Fatal(err)
	}
	return newScanner(t)
}

func TestEveryCharacter(t *testing.T) {
	s, p := testScanner(t), newPlain()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		text := "ab" + string(r) + "cd" + string(r) + string(r) + " e"
		if got, want := s.scan(text), p.tokens(text); !slices.Equal(got, want) {
			t.Fatalf("%U: got %v, want %v", r, got, want)
		}
	}
}

func TestEveryPiece(t *testing.T) {
	s, p := testScanner(t), newPlain()
	for i, piece := range s.pieces {
		for _, text := range []string{piece.text, piece.text + piece.text, "q" + piece.text + "q"} {
			if got, want := s.scan(text), p.tokens(text); !slices.Equal(got, want) {
				t.Fatalf("piece %d, %q: got %v, want %v", i, text, got, want)
			}
		}
	}
}

func TestNewTokenizer(t *testing.T) {
	if _, err := newTokenizer("a\nb\n"); err == nil || !strings.Contains(err.Error(), unknown) {
		t.Errorf("a vocabulary without the unknown token: %v", err)
	}
	if _, err := newTokenizer(strings.Repeat("a\n", 1<<16)); err == nil {
		t.Error("a vocabulary of 65,536 pieces was taken")
	}
}

func TestScanDoesNotAllocate(t *testing.T) {
	s := testScanner(t)
	text := "The harbour council’s unforeseeable vote – 7 to 2 – was “antidisestablishmentarian”. " + strings.Repeat("w", 500)
	s.scan(text)
	if n := testing.AllocsPerRun(20, func() { s.scan(text) }); n != 0 {
		t.Errorf("%v allocations a text, want none", n)
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range []string{
		"The pier closed; Café Zürich naïve.", "北京 announced", "e\u0301\u200dx\u0300", "a\xffb\x00c", "ΟΔΟΣ İstanbul ﬁne ½",
		strings.Repeat("x", 101), strings.Repeat("é", 100), "한국어 neue Straße ≠ \u037e \u1fef", "[CLS] ##ing [UNK]",
		"00\xf0Ȭ", // an incomplete character before one with accents
	} {
		f.Add(text)
	}
	s, p := testScanner(f), newPlain()
	f.Fuzz(func(t *testing.T, text string) {
		got, want := newScanner(s.tokenizer).scan(text), p.tokens(text)
		if !slices.Equal(got, want) {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	})
}
