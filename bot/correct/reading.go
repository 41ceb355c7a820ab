package correct

import (
	"strings"
	"time"
	"unicode"

	"newsdesk/corpus"
	"newsdesk/corpus/text"
)

// maxTokens bounds the tokens of one sentence that are aligned: the time of an
// alignment is the product of both sides.
const maxTokens = 300

// fact is a number, name or date that a text names.
type fact struct {
	text.Span
	kind   Kind
	raw    string
	number text.Number
	// words are the normal forms of a name's words.
	words []string
	// date with the day of publication that gives it its meaning.
	date text.Date
	day  time.Time
}

// token is one word, or one whole fact.
type token struct {
	text.Span
	stem string
	stop bool
	fact *fact
}

// sentence is one sentence of a reading.
type sentence struct {
	text.Span
	// plain is the sentence without what is typography.
	plain string
	// note says that it belongs to a note on what the article said before.
	note      bool
	paragraph int
	tokens    []token
}

// reading is one version of an article, read.
type reading struct {
	article   corpus.Article
	language  *text.Language
	sentences []sentence
}

// read reads a version.
func read(a corpus.Article) *reading {
	r := &reading{article: a, language: text.For(a.Language)}
	tokens := tokensOf(r.language, a.Text, a.Published)
	spans := r.language.Sentences(a.Text)
	paragraph, note, end := 0, false, 0
	for i, s := range spans {
		if i == 0 || strings.Contains(a.Text[end:s.Start], "\n") {
			paragraph++
			note = isNote(s.In(a.Text))
		}
		note = note || tellsOfEarlier(s.In(a.Text))
		end = s.End
		own := sentence{Span: s, plain: plain(s.In(a.Text)), note: note, paragraph: paragraph}
		own.tokens, tokens = cut(tokens, s)
		r.sentences = append(r.sentences, own)
	}
	return r
}

// cut takes the tokens of a sentence from the front of a list.
func cut(tokens []token, s text.Span) (own, rest []token) {
	for len(tokens) > 0 && tokens[0].Start < s.Start {
		tokens = tokens[1:]
	}
	n := 0
	for n < len(tokens) && tokens[n].Start < s.End {
		n++
	}
	return tokens[:min(n, maxTokens)], tokens[n:]
}

// tokensOf reads raw, written on day, into tokens.
func tokensOf(l *text.Language, raw string, day time.Time) []token {
	facts := factsOf(l, raw, day)
	var out []token
	at := 0
	for _, w := range l.Words(raw) {
		for at < len(facts) && facts[at].End <= w.Start {
			at++
		}
		if at < len(facts) && facts[at].Start <= w.Start {
			f := &facts[at]
			if n := len(out); n == 0 || out[n-1].fact != f {
				out = append(out, token{Span: f.Span, fact: f})
			}
			f.words = append(f.words, w.Norm)
			continue
		}
		out = append(out, token{Span: w.Span, stem: w.Stem, stop: l.IsStop(w.Norm)})
	}
	return out
}

// factsOf returns the facts of raw in order; of two that overlap a date comes
// before a number and a number before a name.
func factsOf(l *text.Language, raw string, day time.Time) []fact {
	var dates, numbers, names []fact
	for _, d := range l.Dates(raw) {
		dates = append(dates, fact{Span: d.Span, kind: DateChanged, raw: d.In(raw), date: d, day: day})
	}
	for _, n := range l.Numbers(raw) {
		numbers = append(numbers, fact{Span: n.Span, kind: NumberChanged, raw: n.In(raw), number: n})
	}
	for _, n := range l.Names(raw) {
		names = append(names, fact{Span: n.Span, kind: NameChanged, raw: n.In(raw)})
	}
	return merged(merged(dates, numbers), names)
}

// merged puts two ordered lists together, without those of the second that
// overlap one of the first.
func merged(first, second []fact) []fact {
	var out []fact
	for len(first) > 0 || len(second) > 0 {
		switch {
		case len(second) == 0 || len(first) > 0 && first[0].End <= second[0].Start:
			out, first = append(out, first[0]), first[1:]
		case len(first) == 0 || second[0].End <= first[0].Start:
			out, second = append(out, second[0]), second[1:]
		default:
			second = second[1:]
		}
	}
	return out
}

// plain returns s without what is typography: the kinds of quotation marks,
// dashes and white space, and what cannot be seen.
func plain(s string) string {
	var b strings.Builder
	space := false
	for _, r := range text.Clean(s) {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case strings.ContainsRune("“”„‟«»″＂", r):
			r = '"'
		case strings.ContainsRune("‘’‚‛′`´", r):
			r = '\''
		case unicode.Is(unicode.Pd, r) || r == '−':
			r = '-'
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		if r == '…' {
			b.WriteString("...")
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// noteHeads begin a paragraph that says what was changed in the article.
var noteHeads = []string{
	"correction", "clarification", "editor's note", "editors' note", "amended",
	"korrektur", "berichtigung", "richtigstellung", "anmerkung der redaktion",
	"corrección", "fe de errores", "rectificación", "nota de la redacción",
	"исправление", "уточнение", "от редакции",
	"اصلاحیه", "اصلاح", "توضیح:",
	"تصحيح", "تصويب", "توضيح:",
	"更正", "勘误", "编者按",
}

// earlier are what notes say of the version before.
var earlier = []string{
	"version of this article", "version of this story", "version of this report", "version of this headline",
	"this article has been amended", "this article was amended", "this story has been corrected", "this story was corrected",
	"this article has been corrected", "this article was corrected", "this article originally", "this story originally",
	"früheren version", "früheren fassung", "frühere version", "frühere fassung", "ursprünglichen version",
	"versión anterior de est", "versión previa de est",
	"предыдущей версии", "ранней версии", "первоначальной версии",
	"نسخه قبلی این", "نسخه پیشین این", "نسخهٔ قبلی این", "نسخهٔ پیشین این",
	"نسخة سابقة من هذ", "النسخة السابقة من هذ",
	"早前版本", "此前版本", "本文先前", "本文此前",
}

// isNote reports whether a paragraph that begins with s is a note on what the
// article said before. Such a note repeats what was wrong.
func isNote(s string) bool {
	low := strings.ToLower(plain(s))
	for _, head := range noteHeads {
		rest, ok := strings.CutPrefix(low, head)
		if ok && strings.ContainsAny(head+firstRunes(rest), ":：,") {
			return true
		}
	}
	return tellsOfEarlier(s)
}

// firstRunes returns the first dozen runes of s: "Correction (12 March): …".
func firstRunes(s string) string {
	n := 0
	for i := range s {
		if n++; n > 24 {
			return s[:i]
		}
	}
	return s
}

func tellsOfEarlier(s string) bool {
	low := strings.ToLower(plain(s))
	for _, phrase := range earlier {
		if strings.Contains(low, phrase) {
			return true
		}
	}
	return false
}
