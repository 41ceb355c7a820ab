package eval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsdesk/bot"
	"newsdesk/corpus/multihop"
	"newsdesk/corpus/text"
	found "newsdesk/retrieval/eval"
)

// goldArticle reports whether an answer cites an article that the label names.
func goldArticle(a Asked) bool {
	for _, e := range a.Question.Evidence {
		if len(citing(a, e)) > 0 {
			return true
		}
	}
	return false
}

// citing returns the citations of the article that a piece of evidence names.
func citing(a Asked, e multihop.Evidence) []bot.Citation {
	var out []bot.Citation
	for _, c := range a.Answer.Citations {
		if found.OfArticle(e, c.Passage) {
			out = append(out, c)
		}
	}
	return out
}

// goldFact reports whether half or more of the words of one gold fact lie inside
// quotes from its article.
func goldFact(a Asked) bool {
	for _, e := range a.Question.Evidence {
		var quotes []bot.Citation
		for _, c := range citing(a, e) {
			if a.counts(c) {
				quotes = append(quotes, c)
			}
		}
		if len(quotes) > 0 && quoted(a, e.Fact, quotes) {
			return true
		}
	}
	return false
}

// quoted looks for the fact in each version of the article that is quoted.
func quoted(a Asked, fact string, quotes []bot.Citation) bool {
	placed := false
	for _, q := range quotes {
		body := a.Stored[q.Passage.Seq].Text
		for _, at := range places(body, fact) {
			placed = true
			if halfInside(body, at, q.Passage.Seq, quotes) {
				return true
			}
		}
	}
	return !placed && halfAmong(fact, quotes)
}

// halfInside reports whether half or more of the words at a place of a version's
// text lie inside the quotes from that version.
func halfInside(body string, at text.Span, seq int64, quotes []bot.Citation) bool {
	words := text.For("").Words(at.In(body))
	held := 0
	for _, w := range words {
		if covered(text.Span{Start: at.Start + w.Start, End: at.Start + w.End}, seq, quotes) {
			held++
		}
	}
	return len(words) > 0 && 2*held >= len(words)
}

func covered(w text.Span, seq int64, quotes []bot.Citation) bool {
	for _, q := range quotes {
		if q.Passage.Seq == seq && q.Start <= w.Start && w.End <= q.End {
			return true
		}
	}
	return false
}

// halfAmong reports whether half or more of the words of a fact are among those
// of the quotes, each as often as it occurs there.
func halfAmong(fact string, quotes []bot.Citation) bool {
	left := map[string]int{}
	for _, q := range quotes {
		for _, w := range text.For("").Words(q.Quote) {
			left[w.Norm]++
		}
	}
	words := text.For("").Words(fact)
	held := 0
	for _, w := range words {
		if left[w.Norm] > 0 {
			left[w.Norm]--
			held++
		}
	}
	return len(words) > 0 && 2*held >= len(words)
}

// places returns where a fact stands in a text, white space aside, which the
// corpus may have cleaned.
func places(body, fact string) []text.Span {
	squeezed, at := squeeze(body)
	sought, _ := squeeze(fact)
	if sought == "" {
		return nil
	}
	var out []text.Span
	for from := 0; ; {
		i := strings.Index(squeezed[from:], sought)
		if i < 0 {
			return out
		}
		first, last := from+i, from+i+len(sought)-1
		out = append(out, text.Span{Start: at[first], End: at[last] + 1})
		from = last + 1
	}
}

// squeeze takes white space out; at holds where each byte that is left stood.
func squeeze(s string) (squeezed string, at []int) {
	var b strings.Builder
	for i, size := 0, 0; i < len(s); i += size {
		var r rune
		if r, size = utf8.DecodeRuneInString(s[i:]); unicode.IsSpace(r) {
			continue
		}
		b.WriteString(s[i : i+size])
		for k := range size {
			at = append(at, i+k)
		}
	}
	return b.String(), at
}
