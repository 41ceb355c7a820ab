package text

import (
	"math"
	"strings"
	"testing"
	"time"
)

// FuzzReaders holds every reader to what the package comment promises of its
// spans, on any bytes.
func FuzzReaders(f *testing.F) {
	for _, s := range []string{
		"", "\n", "Mr. Brook paid $3–4 bn on Jan. 17, 2025. “We won,” he said.",
		"'a' ‘b’ \"c\" „d“ «e»", "1. 2. 3/4/2025 half a 5p.m. -1 a\u0301 \xff.\xc3 \u202f1\u202f000",
		"next week, two days ago, last May 3rd, the 1990s", "al-A. O'B's U.S.'s 's İ ﬁ",
		"…A… 1 ½½ 2½bn a third of one-half-year-old 99999999999 years ago",
		"Q1 2019, mid-May, the end of 2018, winter 2018-19, 3.5.2019", "the day before yesterday",
		"Am 3. Mai 2019, vom 3.5. bis 17.30 Uhr, z. B. zweitausenddreihundertfünf Mio. Euro, vor drei Tagen",
		"¿Viene el Sr. Río de la Vega? Hace tres días pagó 1,2 millones de euros, treinta y un mil; el lunes pasado «no» de EE. UU.",
		"В. В. Брук, т. е. «Леди Марен», 17 января 2025 г. отдал 8 000 руб., 3-й, 1,2 млн рублей; год назад, в 90-х",
		"آقای آرش کمالی گفت: «۱٬۲۳۴٫۵ میلیون» ۳۰ اسفند ۱۴۰۳، ۱۴۰۳/۱۰/۱۵، سه شنبه گذشته، بیست و پنج‌هزار ه. ش. \u200c ـ",
		"وقال وزير الخارجية سامي الحداد إن ٣٫٥ في المئة و12 ألفا وعشرون؛ ”خطأ“ 17 يناير/كانون الثاني 2025، والسابع عشر من مايو",
		"他说：“二〇二五年一月十七日，1.2亿元！”《海港日报》约翰·史密斯在海城市。上周五，百分之七点五，三分之一（好。）５人",
		"c\" “ \u2004\x84", "\u2004\x84 a.", "Die Reederei Nordlinie, der neue Vertrag; Bad Orrin, Rotes Kreuz, Dr. Vey: 12 Boote; K.s A-B Neue Boote",
	} {
		f.Add(s)
	}
	ref := time.Date(2025, 1, 20, 15, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, s string) {
		Detect(s)
		for _, l := range languages {
			checkReaders(t, l, s, ref)
		}
	})
}

// checkReaders holds the readers of one language to their promises.
func checkReaders(t *testing.T, l *Language, s string, ref time.Time) {
	t.Helper()
	checkSentences(t, s, l.Sentences(s))
	var spans []Span
	for _, w := range l.Words(s) {
		if w.Norm == "" || w.Stem == "" {
			t.Errorf("%q: %q has norm %q and stem %q", s, w.In(s), w.Norm, w.Stem)
		}
		spans = append(spans, w.Span)
	}
	checkSpans(t, "words", s, spans)
	checkNumbersAndDates(t, l, s, ref)
	spans = nil
	for _, n := range l.Names(s) {
		spans = append(spans, n.Span)
	}
	checkSpans(t, "names", s, spans)
	spans = nil
	for _, q := range l.Quotations(s) {
		if strings.Contains(q.In(s), "\n") {
			t.Errorf("%q: the quotation %q crosses a line", s, q.In(s))
		}
		spans = append(spans, q.Span)
	}
	checkSpans(t, "quotations", s, spans)
}

// checkSpans fails where spans are not in order, apart, full, and on borders of
// runes; a byte that is no UTF-8 is a rune of its own.
func checkSpans(t *testing.T, what, s string, spans []Span) {
	t.Helper()
	border := map[int]bool{len(s): true}
	for i := range s {
		border[i] = true
	}
	last := 0
	for _, p := range spans {
		if p.Start < last || p.End <= p.Start || p.End > len(s) {
			t.Fatalf("%s of %q: span %v after %d", what, s, p, last)
		}
		if !border[p.Start] || !border[p.End] {
			t.Fatalf("%s of %q: span %v is inside a rune", what, s, p)
		}
		last = p.End
	}
}

// checkSentences fails where a sentence is not trimmed or words are left out.
func checkSentences(t *testing.T, s string, spans []Span) {
	t.Helper()
	checkSpans(t, "sentences", s, spans)
	last := 0
	for _, p := range append(spans, Span{len(s), len(s)}) {
		if in := p.In(s); strings.Contains(in, "\n") || strings.TrimSpace(in) != in {
			t.Errorf("%q: sentence %q", s, in)
		}
		if isWord(s[last:p.Start]) {
			t.Errorf("%q: no sentence holds %q", s, s[last:p.Start])
		}
		last = p.End
	}
}

// checkNumbersAndDates fails where a value is not finite, a number is a part
// of a date, or a stretch of time ends before it begins.
func checkNumbersAndDates(t *testing.T, l *Language, s string, ref time.Time) {
	t.Helper()
	checkDates(t, s, l.LooseDates(s), ref)
	taken := checkDates(t, s, l.Dates(s), ref)
	var spans []Span
	for _, n := range l.Numbers(s) {
		if math.IsInf(n.Value, 0) || math.IsNaN(n.Value) {
			t.Errorf("%q: %+v", s, n)
		}
		for i := n.Start; i < n.End; i++ {
			if taken[i] {
				t.Fatalf("%q: number %q is in a date", s, n.In(s))
			}
		}
		spans = append(spans, n.Span)
	}
	checkSpans(t, "numbers", s, spans)
}

// checkDates returns which bytes belong to dates.
func checkDates(t *testing.T, s string, dates []Date, ref time.Time) []bool {
	t.Helper()
	taken := make([]bool, len(s))
	var spans []Span
	for _, d := range dates {
		if from, to, ok := d.Resolve(ref); !ok || !from.Before(to) {
			t.Errorf("%q: %+v resolves to %v, %v, %v", s, d, from, to, ok)
		}
		spans = append(spans, d.Span)
		for i := d.Start; i < d.End; i++ {
			taken[i] = true
		}
	}
	checkSpans(t, "dates", s, spans)
	return taken
}

// TestLinear is for texts that tempt a reader to look ahead to the end at each
// step; run time of that would be hours here.
func TestLinear(t *testing.T) {
	for _, piece := range []string{"1. ", "! ", "'a ", "\"a ", "« ", "A.", "Mr. ", "a-", "1-", "U.S. ", "“‘", "… ", "half a ", "May ", "of ", "end of ", "3. ", "des ", "ein ",
		"1 000 ", "100 ", "بن ", "（好。）", "y ", "mil ", "В. ", "т. ", "год ", "« А", "و", "و١", "سه ", "سال ", "دی ", "ال ", "قال ", "一", "1年", "百分之", "万亿", "“", "。）", "《", "·约", "上", "W", "Rote ", "der ", "Der ",
	} {
		s := strings.Repeat(piece, 1<<15/len(piece))
		for _, l := range languages {
			checkSentences(t, s, l.Sentences(s))
			l.Words(s)
			l.Numbers(s)
			l.Dates(s)
			l.LooseDates(s)
			l.Names(s)
			l.Quotations(s)
		}
	}
}
