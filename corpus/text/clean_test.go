package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestClean(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "The “dam” — all of it — holds 12 %.", "The “dam” — all of it — holds 12 %."},
		{"line ends", "a\r\nb\rc\u2028d\u2029e\u0085f", "a\nb\nc\nd\ne\nf"},
		{"empty lines", "a\n\n\nb\n", "a\n\n\nb\n"},
		{"spaces", " \ta  b\u00a0c\u2009\u3000d \n\t e \f", "a b c d\ne"},
		{"zero width", "dro\u200bnes \ufeffand\u2060 walls\u00ad", "drones and walls"},
		{"bidi", "\u202eabc\u202c \u2066d\u2069 \u200fe", "abc d e"},
		{"hidden space", "a \u200b b", "a b"},
		{"tags", "flag\U000E0067\U000E0062", "flag"},
		{"control", "1\u009620\x00x\x7fy", "1 20 x y"},
		{"invalid", "caf\xe9 \xff", "caf\ufffd \ufffd"},
		{"joiner between Latin letters", "ab\u200dc\u200cd", "abcd"},
		{"non-joiner in Persian", "می\u200cروم \u200cب", "می\u200cروم ب"},
		{"joiner of an emoji", "👩\u200d🌾!\u200d", "👩\u200d🌾!"},
		{"only unseen", "\u200b \u00a0", ""},
	} {
		if got := Clean(c.in); got != c.want {
			t.Errorf("%s: Clean(%q) = %q, want %q", c.name, c.in, got, c.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	got := Paragraphs(" One.\r\n\r\n\u200b\n Two\u00a0and a half. \n")
	if want := []string{"One.", "Two and a half."}; !slices.Equal(got, want) {
		t.Errorf("Paragraphs = %q, want %q", got, want)
	}
	if got := Paragraphs(" \n\u200b"); got != nil {
		t.Errorf("Paragraphs of blank lines = %q, want nil", got)
	}
}

func FuzzClean(f *testing.F) {
	f.Add("a\r\n b\u200d\u00a0c\xff")
	f.Add("می\u200cروم")
	f.Fuzz(func(t *testing.T, s string) {
		c := Clean(s)
		if !utf8.ValidString(c) {
			t.Fatalf("Clean(%q) = %q is not UTF-8", s, c)
		}
		if again := Clean(c); again != c {
			t.Fatalf("Clean(%q) = %q, and again %q", s, c, again)
		}
		for line := range strings.SplitSeq(c, "\n") {
			if line != strings.TrimSpace(line) || strings.Contains(line, "  ") {
				t.Fatalf("Clean(%q) has the line %q", s, line)
			}
		}
	})
}

func BenchmarkClean(b *testing.B) {
	clean := strings.Repeat("The “dam” of the valley holds 12 percent — no more.\n", 200)
	for _, c := range []struct{ name, s string }{{"clean", clean}, {"dirty", "\u200b" + clean}} {
		b.Run(c.name, func(b *testing.B) {
			b.SetBytes(int64(len(c.s)))
			for b.Loop() {
				Clean(c.s)
			}
		})
	}
}
